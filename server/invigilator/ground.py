"""What a report is judged by: configuration, script and edition, and every question's limits that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.official.editions import Recognised, recognise
from invigilator.official.script import Script, read_script
from invigilator.official.verdict import Rules
from invigilator.report import configuration as configurations
from invigilator.report.configuration import Configuration
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Bounds, Constraint, Limit, Limits, Problem, Sources
from invigilator.report.reading import prompt_text
from invigilator.report.sections import Section
from invigilator.surroundings import Surroundings

Settings = Mapping[str, object]
"""What an editor's settings say, by the names of the configuration file."""

NO_SETTINGS: Final[Settings] = {}


class Ground(NamedTuple):
    """What a report is judged by and is not in its text: configuration and script, as they were at one moment."""

    surroundings: Surroundings
    generation: int
    settings: Settings
    configuration: Configuration
    script: Script | None
    problems: tuple[Problem, ...]


class Frame(NamedTuple):
    """What follows from the headings and prompts alone: the edition, every question's limits, the official rules."""

    numbers: tuple[int, ...]
    prompts: tuple[str, ...]
    edition: str | None
    expected: int | None
    limits: tuple[Limits, ...]
    sources: tuple[Sources, ...]
    rules: Rules | None


def stand_on(surroundings: Surroundings, settings: Settings, previous: Ground | None) -> Ground:
    """The ground as it is now; `previous` itself where nothing has changed."""
    if previous is not None:
        same_sources = previous.surroundings is surroundings and previous.settings is settings
        if same_sources and previous.generation == surroundings.generation:
            return previous
    configuration, problems = configurations.from_sources(
        surroundings.configuration, settings, report=surroundings.report
    )
    if previous is not None and previous.configuration == configuration:
        configuration = previous.configuration  # so that nothing is read again for its sake
    script: Script | None = None
    script_problems: tuple[Problem, ...] = ()
    if (file := surroundings.script) is not None:
        result = read_script(file.text, file.path)
        if isinstance(result, Script):
            script, script_problems = result, result.problems
        else:
            script_problems = (result,)
    surroundings.figure_folder(configuration.figures, configuration.extensions)  # so that its problems are known
    return Ground(
        surroundings,
        surroundings.generation,
        settings,
        configuration,
        script,
        (*surroundings.problems, *problems, *script_problems),
    )


def frame_of(ground: Ground, sections: Sequence[Section], previous: Frame | None) -> Frame:
    """What the question `sections` give; `previous`, of the same ground, itself where they say the same."""
    numbers = tuple(section.number or 0 for section in sections)
    prompts = tuple(map(prompt_of, sections))
    if previous is not None and previous.numbers == numbers and previous.prompts == prompts:
        return previous
    recognised = _recognise(numbers, prompts)
    sources = tuple(
        _sources(number, prompt, ground, recognised) for number, prompt in zip(numbers, prompts, strict=True)
    )
    rules = _rules(ground, recognised)
    return Frame(
        numbers,
        prompts,
        recognised.edition if recognised else None,
        rules.questions if rules else None,
        tuple(map(_limits, sources)),
        sources,
        rules,
    )


def prompt_of(section: Section) -> str:
    """A question's prompt as it is written."""
    known = section.kept.get("prompt")
    if not isinstance(known, str):
        section.kept["prompt"] = known = prompt_text(section)
    return known


_stated = lru_cache(maxsize=512)(prompt_constraint)


@lru_cache(maxsize=16)
def _recognise(numbers: tuple[int, ...], prompts: tuple[str, ...]) -> Recognised | None:
    # a number that stands twice says nothing of its question's prompt
    by_number = {n: prompt for n, prompt in zip(numbers, prompts, strict=True) if numbers.count(n) == 1}
    return recognise(numbers, by_number, {number: _stated(prompt) for number, prompt in by_number.items()})


def _sources(number: int, prompt: str, ground: Ground, recognised: Recognised | None) -> Sources:
    return Sources(
        ground.configuration.limits.get(number, Limits()),
        ground.script.constraints.get(number) if ground.script else None,
        _stated(prompt),
        recognised.limits(number) if recognised else Limits(),
    )


def _limits(said: Sources) -> Limits:
    """Each kind from the first source that says something: configuration, script, prompt, edition."""
    script, prompt = said.script, said.prompt
    return Limits(
        said.configuration.words or _first(script, script and script.words, prompt.words) or said.edition.words,
        said.configuration.images or _first(script, script and script.images, prompt.images) or said.edition.images,
    )


def _first(scripted: Constraint | None, by_script: Bounds | None, by_prompt: Bounds | None) -> Limit | None:
    """What the script says, which is "none" where it has the question and no such limit; else what the prompt says."""
    if scripted is not None:
        return Limit(by_script, "report.py")
    return Limit(by_prompt, "prompt") if by_prompt is not None else None


def _rules(ground: Ground, recognised: Recognised | None) -> Rules | None:
    """What the official check goes by; None where nothing says how many answers it expects."""
    if ground.script is not None:
        script = ground.script
        return Rules(script.questions, script.constraints, script.dropped_head)
    configuration = ground.configuration
    if configuration.questions is not None:
        constraints = {number: _constraint(limits) for number, limits in configuration.limits.items()}
        return Rules(configuration.questions, constraints, 0)
    if recognised is None:
        return None
    constraints = {number: _constraint(recognised.limits(number)) for number in range(1, recognised.questions + 1)}
    return Rules(recognised.questions, constraints, recognised.dropped_head)


def _constraint(limits: Limits) -> Constraint:
    return Constraint(limits.word_bounds, limits.image_bounds)
