"""What a report is judged by: configuration, script and edition, and every question's limits that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.official.editions import Recognised, recognise
from invigilator.official.script import Script, read_script
from invigilator.official.verdict import Rules
from invigilator.report import configuration as configurations
from invigilator.report.configuration import Configuration
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Bounds, Constraint, Limit, Limits, Problem, Sources
from invigilator.report.reading import asking_text, prompt_text
from invigilator.report.sections import Section
from invigilator.surroundings import Surroundings, TextFile
from invigilator.template.matching import originals_of
from invigilator.template.original import FirstBlank, Template, TemplateQuestion, read_template

Settings = Mapping[str, object]
"""What an editor's settings say, by the names of the configuration file."""

NO_SETTINGS: Final[Settings] = {}


class Ground(NamedTuple):
    """What a report is judged by and is not in its text: configuration and script, as they were at one moment.

    `template` is the original template that the configuration names.
    """

    surroundings: Surroundings
    generation: int
    settings: Settings
    configuration: Configuration
    script: Script | None
    problems: tuple[Problem, ...]
    template: Template | None = None


class Frame(NamedTuple):
    """What follows from the headings and prompts alone: the edition, every question's limits, the official rules.

    `template` is the original template, if one is known: the configured one, else a version of the report in git's
    history. `originals` says which of its questions each question is, `absent` has those that no question is. `asked`
    are the numbers of all questions that there should be (None: nothing says so), `expected` how many answers the
    official check expects.
    """

    numbers: tuple[int, ...]
    prompts: tuple[str, ...]
    edition: str | None
    expected: int | None
    limits: tuple[Limits, ...]
    sources: tuple[Sources, ...]
    rules: Rules | None
    template: Template | None = None
    originals: tuple[TemplateQuestion | None, ...] = ()
    absent: tuple[TemplateQuestion, ...] = ()
    asked: tuple[int, ...] | None = None
    asking: tuple[str, ...] = ()


def stand_on(surroundings: Surroundings, settings: Settings, previous: Ground | None) -> Ground:
    """The ground as it is now; `previous` itself where nothing has changed."""
    if previous is not None:
        same_sources = previous.surroundings is surroundings and previous.settings is settings
        if same_sources and previous.generation == surroundings.generation:
            return previous
    configuration, problems = configurations.from_sources(
        surroundings.configuration, settings, report=surroundings.report
    )
    script: Script | None = None
    script_problems: tuple[Problem, ...] = ()
    if (file := surroundings.script) is not None:
        result = read_script(file.text, file.path)
        if isinstance(result, Script):
            script, script_problems = result, result.problems
        else:
            script_problems = (result,)
    grammar = configuration.grammar
    if script is not None and grammar.marker and not grammar.official:
        configuration = replace(configuration, grammar=replace(grammar, official=True))
    if previous is not None and previous.configuration == configuration:
        configuration = previous.configuration  # so that nothing is read again for its sake
    template, template_problems = _configured_template(surroundings, configuration)
    surroundings.figure_folder(configuration.figures, configuration.extensions)  # so that its problems are known
    return Ground(
        surroundings,
        surroundings.generation,
        settings,
        configuration,
        script,
        (*surroundings.problems, *problems, *script_problems, *template_problems),
        template,
    )


def _configured_template(
    surroundings: Surroundings, configuration: Configuration
) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template that the configuration names, or why it cannot be used."""
    path = configuration.template
    if path is None or surroundings.report is None:
        return None, ()
    found = surroundings.text_file(path)
    if isinstance(found, TextFile):
        template = read_template(found, configuration.grammar)
        if template is not None:
            return template, ()
        marker = configuration.grammar.marker
        wrong = "which is no template: it has no question heading" + (f" with `{marker}` below it" if marker else "")
    elif found is not None:
        wrong = f"which {found.message}" + ("" if found.line is None else f" (line {found.line})")
    else:
        wrong = "which is not there"
    where, line = configurations.place_of("template", surroundings.configuration)
    return None, (Problem(where, line, f"template names {path}, {wrong}, so it is not used"),)


def _template(ground: Ground, sections: Sequence[Section]) -> Template | None:
    """The original template of a report with these questions; the history is looked at only where it is a report."""
    if ground.template is not None or not any(section.marker_count for section in sections):
        return ground.template
    grammar = ground.configuration.grammar
    original = ground.surroundings.original(FirstBlank(grammar))
    return None if original is None else read_template(original, grammar)


def frame_of(ground: Ground, sections: Sequence[Section], previous: Frame | None) -> Frame:
    """What the question `sections` give; `previous`, of the same ground, itself where they say the same."""
    numbers = tuple(section.number or 0 for section in sections)
    prompts, asking = tuple(map(prompt_of, sections)), tuple(map(asking_of, sections))
    if previous is not None and (previous.numbers, previous.prompts, previous.asking) == (numbers, prompts, asking):
        return previous
    template = _template(ground, sections)
    originals = originals_of(template, numbers, prompts) if template else (None,) * len(numbers)
    recognised = _edition(ground, numbers, prompts, template)
    sources = tuple(
        _sources(number, text, ground, recognised, original)
        for number, text, original in zip(numbers, asking, originals, strict=True)
    )
    rules = _rules(ground, recognised)
    expected = rules.questions if rules else ground.configuration.questions
    asked = tuple(range(1, expected + 1)) if expected is not None else template.numbers if template else None
    return Frame(
        numbers,
        prompts,
        recognised.edition if recognised else None,
        expected,
        tuple(map(_limits, sources)),
        sources,
        rules,
        template,
        originals,
        _absent(template, originals, asked),
        asked,
        asking,
    )


def _absent(
    template: Template | None, originals: Sequence[TemplateQuestion | None], asked: Sequence[int] | None
) -> tuple[TemplateQuestion, ...]:
    """The questions of the template that there should be and no question of the report is."""
    if template is None or asked is None:
        return ()
    return tuple(one for one in template.questions if one.number in asked and one not in originals)


def _edition(
    ground: Ground, numbers: tuple[int, ...], prompts: tuple[str, ...], template: Template | None
) -> Recognised | None:
    """The edition of a report; its template's where the report has lost its last questions, or too much to tell."""
    if not ground.configuration.grammar.official:  # another template may have 27 questions
        return None
    recognised = _recognise(numbers, prompts)
    if template is None:
        return recognised
    original = _recognise(template.numbers, tuple(question.prompt for question in template.questions))
    if original is None or (recognised is not None and recognised.questions >= original.questions):
        return recognised
    return original


def prompt_of(section: Section) -> str:
    """A question's prompt as it is written."""
    known = section.kept.get("prompt")
    if not isinstance(known, str):
        section.kept["prompt"] = known = prompt_text(section)
    return known


def asking_of(section: Section) -> str:
    """What may say how long a question's answer is to be."""
    if section.grammar.official:
        return prompt_of(section)
    known = section.kept.get("asking")
    if not isinstance(known, str):
        section.kept["asking"] = known = asking_text(section)
    return known


_stated = lru_cache(maxsize=512)(prompt_constraint)


@lru_cache(maxsize=16)
def _recognise(numbers: tuple[int, ...], prompts: tuple[str, ...]) -> Recognised | None:
    # a number that stands twice says nothing of its question's prompt
    by_number = {n: prompt for n, prompt in zip(numbers, prompts, strict=True) if numbers.count(n) == 1}
    return recognise(numbers, by_number, {number: _stated(prompt) for number, prompt in by_number.items()})


def _sources(
    number: int, prompt: str, ground: Ground, recognised: Recognised | None, original: TemplateQuestion | None
) -> Sources:
    return Sources(
        ground.configuration.limits.get(number, Limits()),
        ground.script.constraints.get(number) if ground.script else None,
        _stated(prompt),
        recognised.limits(number) if recognised else Limits(),
        original.constraint if original is not None and original.number == number else None,
    )


def _limits(said: Sources) -> Limits:
    """Each kind from the first source that says something: configuration, script, prompt, template, edition."""
    script, prompt, template = said.script, said.prompt, said.template or Constraint()
    return Limits(
        said.configuration.words
        or _first(script, script and script.words, prompt.words, template.words)
        or said.edition.words,
        said.configuration.images
        or _first(script, script and script.images, prompt.images, template.images)
        or said.edition.images,
        said.configuration.characters  # the course's script counts none
        or _first(None, None, prompt.characters, template.characters),
    )


def _first(
    scripted: Constraint | None, by_script: Bounds | None, by_prompt: Bounds | None, by_template: Bounds | None
) -> Limit | None:
    """What the script says ("none" where it has the question and no such limit), else the prompt, else the original."""
    if scripted is not None:
        return Limit(by_script, "report.py")
    if by_prompt is not None:
        return Limit(by_prompt, "prompt")
    return Limit(by_template, "template") if by_template is not None else None


def _rules(ground: Ground, recognised: Recognised | None) -> Rules | None:
    """What the official check goes by; None where nothing says how many answers it expects."""
    if ground.script is not None:
        script = ground.script
        return Rules(script.questions, script.constraints, script.dropped_head)
    configuration = ground.configuration
    if configuration.questions is not None and configuration.grammar.official:
        constraints = {number: limits.constraint for number, limits in configuration.limits.items()}
        counts_characters = any(constraint.characters for constraint in constraints.values())
        return Rules(configuration.questions, constraints, 0, counts_characters)
    if recognised is None:
        return None  # nothing says how many, or it is a template that the course's script cannot read
    constraints = {number: recognised.limits(number).constraint for number in range(1, recognised.questions + 1)}
    return Rules(recognised.questions, constraints, recognised.dropped_head)
