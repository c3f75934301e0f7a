"""What a prompt's own words ask for: how many words, images, characters.

A length line ("Answer length: 100-200 words + 1 figure") is believed first. Without one, amounts of words count where
they limit something ("at least 50 words"), and images where the prompt tells the reader to put them in ("Upload one
image"). The example answer below "Example:" asks for nothing. In doubt a prompt says nothing: a limit that is not there
would be a false alarm, and the other sources still have their say. So it says nothing where it speaks of characters
without spaces, since those that we count have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.report.amounts import (
    NOUN,
    NOUNS,
    QUALIFIERS,
    Kind,
    Mention,
    amount_without_noun,
    begins_with_amount,
    mentions,
    mentions_any,
    without_mentions,
)
from invigilator.report.model import Bounds, Constraint
from invigilator.report.sentences import paragraphs, sentences

_LONGEST_PROMPT: Final = 8_000  # characters that are read; an answer whose marker is gone may pass for a prompt


def prompt_constraint(prompt: str) -> Constraint:
    """What the words of a prompt ask for; None for a kind they do not speak of.

    `prompt` is the text between a question's heading and its answer marker, with its quote and emphasis marks. No more
    than its first 8,000 characters are read.
    """
    parts = paragraphs(prompt[:_LONGEST_PROMPT])
    asked = list(sentences(parts.asked, _stands_alone))
    said = [_length_line(sentence) or _fragment(sentence) for sentence in asked]
    said += [_length_line(sentence) for sentence in sentences(parts.example, _stands_alone) if _LABEL.match(sentence)]
    words = [constraint.words for constraint in said if constraint and constraint.words]
    images = [constraint.images for constraint in said if constraint and constraint.images]
    characters = [constraint.characters for constraint in said if constraint and constraint.characters]
    words = words or [bounds for sentence in asked for bounds in _text_in(sentence, "words")]
    images = images or _total([bounds for sentence in asked for bounds in _images_in(sentence)])
    characters = characters or [bounds for sentence in asked for bounds in _text_in(sentence, "characters")]
    return Constraint(words[0] if words else None, images[0] if images else None, characters[0] if characters else None)


def question_text(prompt: str) -> str:
    """What a prompt asks, without marks, line breaks and its example, in lower case: for looking up key words."""
    return " ".join(paragraphs(prompt[:_LONGEST_PROMPT]).asked)


# --- length lines -----------------------------------------------------------------------------------------------------

_LABEL: Final = re.compile(
    r"(?<!\w)(?P<label>(?:(?:recommended|expected|suggested|approximate|approx|required|desired|allowed|total|"
    r"max(?:imum)?|min(?:imum)?) ){0,2}(?:(?:answer|response|text|reply|report)(?:['’]s)? )?"
    r"(?:length|size|limit|(?:words?|char(?:acter)?s?) (?:limit|count|range)|(?:number|amount) of (?:words|characters)|"
    r"words|characters)(?: of (?:the |your )?answers?)?)"
    r"(?: ?\([a-z ]{0,30}\))? ?[:=] ?(?P<rest>.*)"
)
_LIMIT_OF: Final = re.compile(r"\b(?P<label>(?:word|character)s? limit) (?:of|is) (?P<rest>.*)")
_CHARACTERS: Final = re.compile(r"\bchar(?:acter)?s?\b")
_WITHOUT_SPACES: Final = re.compile(
    r"\b(?:excl(?:uding|usive of)?|without|w/o|no|not (?:counting|including)|ignoring|minus) "
    r"(?:the |any |white )*(?:white)?spaces?\b|"
    r"\b(?:white)?spaces? (?:are )?(?:excl(?:uded)?|not (?:included|counted))\b"
)
_IMAGE_LABEL: Final = re.compile(
    r"(?P<label>(?:(?:max(?:imum)?|min(?:imum)?|required|expected) )?(?:number of )?"
    r"(?:figures|images|screenshots|pictures)) ?: ?(?P<rest>.*)"
)
_ABOUT: Final = re.compile(r"(?:about|around|approximately|roughly|approx|ca|circa|~|≈) ?$")
_JOINED: Final = re.compile(r"(?:^|[+&,;/(]|\b(?:and|plus|with|including|as well as))\s*$")
_MORE_THAN_A_LIST: Final = re.compile(
    r"\b(?!(?:and|plus|with|max|maximum|min|minimum|at|most|least|or|more|less|fewer|in|total|each)\b)[a-z0-9]"
)
_AFTER_IMAGE: Final = re.compile(
    r"(?= ?(?:$|[.,;:!?()\[\]/+&\u2010-\u2015-])| (?:of|that|which|who|where|with|without|showing|describing|"
    r"illustrating|depicting|explaining|displaying|comparing|visuali[sz]ing|demonstrating|presenting|summari[sz]ing|documenting|from|"
    r"for|in|on|below|here|and|or|such|so|as|to|per|each|by|at|along|containing|taken|files?|you|is|are|if|when)\b)"
)


def _stands_alone(inner: str) -> bool:
    return mentions_any(inner) or _LABEL.match(inner) is not None


def _length_line(sentence: str) -> Constraint | None:
    """What a line with a label says: "Answer length: ...", "Word limit: ...", "Number of images: ..."."""
    if (of_images := _IMAGE_LABEL.match(sentence)) and (amount := amount_without_noun(of_images["rest"])):
        bounds, bare = amount
        sided = bare and of_images["label"].startswith(("min", "max"))
        return Constraint(None, _one_sided(bounds, of_images["label"]) if sided else bounds)
    label = _LABEL.search(sentence) or _LIMIT_OF.search(sentence)
    if label is None:
        return None
    listed = _list(label["rest"], label["label"])
    if listed.words or listed.characters or not (amount := amount_without_noun(label["rest"])):
        return listed
    bounds, bare = amount
    bounds = _one_sided(bounds, label["label"]) if bare else bounds
    if not _CHARACTERS.search(sentence, label.start("label"), label.start("rest")):
        return listed if label["label"] == "limit" else listed._replace(words=bounds)
    return listed if _WITHOUT_SPACES.search(sentence) else listed._replace(characters=bounds)


def _fragment(sentence: str) -> Constraint | None:
    """What a length line without its label says: "100-200 words and one figure."; a single number says nothing."""
    if not begins_with_amount(sentence) or _MORE_THAN_A_LIST.search(without_mentions(sentence)):
        return None
    return _list(sentence, "")


def _list(text: str, label: str) -> Constraint:
    words: Bounds | None = None
    images: Bounds | None = None
    characters: Bounds | None = None
    for mention in mentions(text):
        if mention.kind == "images":
            if images is None and _JOINED.search(mention.before):
                images = _at_least_if_each(mention) if _is_image(mention) else None
            continue
        if mention.each or (mention.bare and (not label or _ABOUT.search(mention.before))):
            continue
        bounds = _one_sided(mention.bounds, label) if mention.bare else mention.bounds
        if mention.kind == "words":
            words = words or bounds
        elif not _WITHOUT_SPACES.search(text):
            characters = characters or bounds
    return Constraint(words, images, characters)


def _one_sided(bounds: Bounds, label: str) -> Bounds:
    """A bare number behind a label: "minimum length: 50 words" is a lower limit, any other an upper one."""
    return Bounds(bounds.low, None) if label.startswith("min") else Bounds(None, bounds.high)


# --- words and characters in running text -----------------------------------------------------------------------------

_NOT_OF_THE_ANSWER: Final = re.compile(
    r"(?:(?<!should )(?<!must )(?<!shall )(?<!may )(?<!can )(?<!to )\b(?:have|has|had|contains?|containing|contained)|"
    r"\b(?:first|last|top|next|(?:vocabulary|dictionary|corpus|list|set|window|sequences?|length) of|of length)) $"
)
_OF_SOMETHING: Final = re.compile(r" (?:of|in|from) (?:the|an?|each|every) (?!answer|report|response|text\b)")
_INSIDE: Final = re.compile(r"(?:^|\b(?:in|within|using|with|use) )$")
_LIMITED_TO: Final = re.compile(r"\b(?:limit|restrict|keep)(?:ed)? [^,;:]{1,40} (?:to|within) $")
_OF_OTHER_TEXTS: Final = re.compile(
    r"\b(?:passwords?|passphrases?|strings?|(?:user|file)?names?|identifiers?|tokens?|keys?|hash(?:es)?|lines?|columns?|"
    r"fields?|variables?|messages?|urls?|encoding|unicode|ascii)\b"
)


def _text_in(sentence: str, kind: Kind) -> Iterator[Bounds]:
    if kind == "characters" and (_WITHOUT_SPACES.search(sentence) or _OF_OTHER_TEXTS.search(sentence)):
        return
    question = sentence.endswith("?")
    for mention in mentions(sentence):
        inside = _INSIDE.search(mention.before)
        if mention.kind != kind or (question and not inside):
            continue
        if mention.each or _OF_SOMETHING.match(mention.behind) or _NOT_OF_THE_ANSWER.search(mention.before):
            continue
        if not mention.bare:
            yield mention.bounds
        elif (inside and mention.before and mention.bounds != (1, 1)) or _LIMITED_TO.search(mention.before):
            yield Bounds(None, mention.bounds.high)  # "in 200 words"


# --- images in running text -------------------------------------------------------------------------------------------

_IMPERATIVE: Final = re.compile(
    r"(?:^|[,:;—–] ?|\b(?:and|or|please|also|then|additionally|kindly|finally|always|do|must|should|shall|may|can|"
    r"could|might|(?:needs?|have|has|remember|sure|required|asked|expected|free|welcome|want you|like you|you) to|"
    r"that you) )"
    r"(?P<verb>insert|upload|include|add|attach|provide|embed|paste|show|supply|submit|share|put|post|give|present)"
    r"(?: (?:here|below|also|us))* "
)
_MUST_HAVE: Final = re.compile(r"\b(?:must|should|shall|(?:has|have|needs?) to) (?:also )?(?:contain|have|show) $")
_ILLUSTRATE: Final = re.compile(
    r"(?:^|[,:;] ?|\b(?:and|please|also|then) )(?:illustrate|support|document|accompany)\b[^,;:]{0,60}? "
    r"(?:with|by|in) $"
)
_REQUIRED: Final = re.compile(
    r" (?:is|are|must be|should be) (?:required|expected|mandatory|needed|included|uploaded|inserted)\b"
)
_OPTIONAL: Final = re.compile(r"\b(?:may|can|could|might|free|welcome|optional(?:ly)?|if|where|when|whenever|unless)\b")
_CLAUSE: Final = re.compile(r"\b(?:that|which|who|such|so|because|where|when|from)\b")
_ELSEWHERE: Final = re.compile(  # an image put into a registry is none put into the answer
    r" (?:in)?to (?!(?:your|the|this|each|every) (?:answer|report|text|description|explanation|figures?)\b|(?:show|"
    r"illustrate|support|document|explain|demonstrate|visuali[sz]e|back|describe|clarify|prove|complement|accompany)\b)"
)
_ALTERNATIVE: Final = re.compile(rf" or (?:an? |one |some |the )?(?!{NOUN}\b)[a-z]")
_WITHOUT_AMOUNT: Final = re.compile(rf"{QUALIFIERS}{NOUNS}\b(?! (?:to|into) (?:an?|the|your)\b)")
_VAGUE_VERBS: Final = frozenset({"give", "present", "provide", "show"})  # "provide figures" may ask for numbers


def _images_in(sentence: str) -> Iterator[Bounds]:
    named = False
    for mention in mentions(sentence):
        if mention.kind != "images" or not _is_asked_for(mention, question=sentence.endswith("?")):
            continue
        named = True
        # "You may include up to two images": what is optional has no lower limit, but may have an upper one.
        optional = _OPTIONAL.search(mention.before) or _ALTERNATIVE.match(mention.behind)
        if not optional or mention.bounds.low is None:
            yield _at_least_if_each(mention)
    if not named and not sentence.endswith("?") and _asks_for_some(sentence):
        yield Bounds(1, None)


def _is_asked_for(mention: Mention, *, question: bool) -> bool:
    verbs = list(_IMPERATIVE.finditer(mention.before))
    told = next((verb for verb in verbs if verb.end() == len(mention.before)), None)
    if question and not (told and told.start() == 0):
        return False
    joined = verbs and _JOINED.search(mention.before) and not _CLAUSE.search(mention.before, verbs[0].end())
    asked = (
        told
        or joined
        or _MUST_HAVE.search(mention.before)
        or _ILLUSTRATE.search(mention.before)
        or _REQUIRED.match(mention.behind)
    )
    return bool(asked) and _is_image(mention) and not _ELSEWHERE.match(mention.behind)


def _is_image(mention: Mention) -> bool:
    """An "image" before another noun is none: "image classifier", "3 image transformations"."""
    return not mention.singular or _AFTER_IMAGE.match(mention.behind) is not None


def _asks_for_some(sentence: str) -> bool:
    """Whether images are asked for without saying how many: "Include screenshots of the dashboard"."""
    return any(
        verb["verb"] not in _VAGUE_VERBS
        and _WITHOUT_AMOUNT.match(sentence, verb.end())
        and not _OPTIONAL.search(sentence, 0, verb.end())
        for verb in _IMPERATIVE.finditer(sentence)
    )


def _at_least_if_each(mention: Mention) -> Bounds:
    """One image per experiment: at least one."""
    return Bounds(mention.bounds.low, None) if mention.each else mention.bounds


def _total(requests: list[Bounds]) -> list[Bounds]:
    """Several requests in one prompt add up."""
    if not requests:
        return []
    lows = [bounds.low for bounds in requests if bounds.low is not None]
    highs = [bounds.high for bounds in requests if bounds.high is not None]
    return [Bounds(sum(lows) if lows else None, sum(highs) if len(highs) == len(requests) else None)]
