"""``textDocument/completion``: a figure's path, a whole image, or its description; ``completionItem/resolve``.

An answer is JSON text, most of it kept from the last one. What stands at the cursor is told by `figures/slots.py`, the
figures by `figures/offers.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.figures.half_typed import TypedPath
from invigilator.figures.image_text import label_of, markdown_image
from invigilator.figures.offers import Offer, Written, as_paths, best, composed, offers
from invigilator.figures.slots import ImageSlot, LabelSlot, slot_at
from invigilator.ground import Ground
from invigilator.lsp import convert
from invigilator.lsp.client import Completions
from invigilator.lsp.edits import Target, snippet_text
from invigilator.lsp.hover import content, describe_file, readable_size
from invigilator.lsp.json_rpc import JsonText, mapping
from invigilator.report.destination import visible
from invigilator.text import Span

MOST_FIGURES: Final = 100
"""In one answer; a client that shows more asks again when more is typed."""

TRIGGERS: Final = ["(", "/", "<", "!", "["]
"""Behind `![a]`, behind a folder, for a path in angle brackets, and at the beginning of an image."""

_MOST_DOCUMENTED: Final = 20  # at once, for a client that does not ask later
_FILE: Final = types.CompletionItemKind.File.value
_TEXT: Final = types.CompletionItemKind.Text.value
_SNIPPET: Final = types.InsertTextFormat.Snippet.value

Json = dict[str, Any]


def completion(
    analysis: Analysis, target: Target, params: types.CompletionParams, takes: Completions, *, lists_folders: bool
) -> JsonText | None:
    """What can be completed at a position, None for nothing; `takes` is what the client makes of it.

    `lists_folders`: whether the editor itself lists what is in a folder whose name is typed, as VS Code does.
    """
    slot = slot_at(analysis, convert.offset(target.text, params.position, target.encoding))
    if isinstance(slot, LabelSlot):
        return JsonText(f'{{"isIncomplete":false,"items":[{_text(_description(target, slot))}]}}')
    if isinstance(slot, TypedPath):
        asked = slot, takes, lists_folders, target.uri, target.encoding
        known = analysis.outline.kept.get("completion")
        if not isinstance(known, _Known) or known.ground is not analysis.ground or known.asked != asked:
            paths = as_paths(analysis, offers(analysis), slot.typed, angled=slot.angled, below_only=lists_folders)
            listed = _listed(analysis, target, slot, *best(paths, slot.typed, MOST_FIGURES), takes)
            analysis.outline.kept["completion"] = known = _Known(analysis.ground, asked, listed)
        return known.answer
    if isinstance(slot, ImageSlot) and (slot.unasked or not _is_typing(params.context)):
        images = _images(offers(analysis), slot)
        return _listed(analysis, target, slot, *best(images, slot.typed, MOST_FIGURES), takes)
    return None


class _Known(NamedTuple):
    """The last answer about a text, and what it depends on besides: a list is often asked for twice."""

    ground: Ground
    asked: tuple[object, ...]
    answer: JsonText | None


def resolved(item: types.CompletionItem, analysis: Analysis | None, takes: Completions) -> types.CompletionItem:
    """The item with what there is to say of its figure: the picture itself too, where the client shows Markdown."""
    path = mapping(item.data).get("path")
    if analysis is None or not isinstance(path, str):
        return item
    fact = analysis.ground.surroundings.look_up(path)
    if fact.status == "file":
        said = describe_file(analysis, fact, preview=takes.markdown)
        item.documentation = content(said, markdown=takes.markdown)
    return item


def uri_of(item: types.CompletionItem) -> str:
    """The report that the item was made for; empty where it does not say."""
    return str(mapping(item.data).get("uri", ""))


def _is_typing(context: types.CompletionContext | None) -> bool:
    """Whether the list comes up by itself, because of a character that was typed."""
    return context is not None and context.trigger_kind == types.CompletionTriggerKind.TriggerCharacter


def _images(offered: Iterable[Offer], slot: ImageSlot) -> Iterator[Written]:
    """The images that a beginning may become: with some of the description typed, those that it fits."""
    wanted = composed(slot.label).casefold()
    for offer in offered:
        path = offer.fact.path
        names = f"{label_of(offer.path)} {offer.path}"
        if wanted in names.casefold():
            sought = f"![{names}" if slot.typed.startswith("!") or not slot.typed else f"{slot.typed} {names}"
            yield Written(offer, markdown_image(path), sought)


def _listed(
    analysis: Analysis, target: Target, slot: TypedPath | ImageSlot, found: list[Written], cut: bool, takes: Completions
) -> JsonText | None:
    if not found:
        return None
    is_path = isinstance(slot, TypedPath)
    if isinstance(slot, TypedPath):
        new_text, edit = _path_edit(target, slot, takes)
    else:
        new_text, edit = _image_edit(target, slot, takes)
    is_documented = not takes.resolves_documentation and len(found) <= _MOST_DOCUMENTED
    items = []
    for index, figure in enumerate(found):
        said = _documentation(analysis, figure.offer, takes) if is_documented else ""
        item = _item(figure, new_text(figure), index, target.uri, is_path=is_path, details=takes.label_details)
        items.append(f"{item},{edit}{said}}}")
    return JsonText(f'{{"isIncomplete":{json.dumps(cut)},"items":[{",".join(items)}]}}')


@lru_cache(maxsize=4_096)
def _item(figure: Written, new_text: str, index: int, uri: str, *, is_path: bool, details: bool) -> str:
    """An item's JSON as far as it is the same at every place, up to where its edit's range stands."""
    fact = figure.offer.fact
    label = visible(fact.path if is_path else figure.text)
    use = _use(figure.offer)
    item: Json = {
        "label": label,
        "kind": _FILE,
        "detail": f"{readable_size(fact)}, {use}",
        "sortText": f"!{figure.offer.rank}{index:03}",  # before all that an editor lists of its own
        "data": {"uri": uri, "path": fact.path},
    }
    if figure.sought != label:
        item["filterText"] = figure.sought
    if details:
        item["labelDetails"] = {"description": use}
    item["textEdit"] = {"newText": new_text}
    return _text(item).removesuffix("}}")


def _documentation(analysis: Analysis, offer: Offer, takes: Completions) -> str:
    said = content(describe_file(analysis, offer.fact, preview=False), markdown=takes.markdown)
    return f',"documentation":{_text({"kind": str(said.kind.value), "value": said.value})}'


def _path_edit(target: Target, slot: TypedPath, takes: Completions) -> tuple[Callable[[Written], str], str]:
    """What is written for a path, and the rest of the item's JSON from its edit's range on."""
    where: Json = {"range": convert.range_json(target.text, slot.span, target.encoding)}
    if slot.glued > slot.span.end and takes.insert_replace:
        glued = Span(slot.span.start, slot.glued)
        where = {"insert": where["range"], "replace": convert.range_json(target.text, glued, target.encoding)}
    return lambda figure: figure.text + slot.closing, _text(where)[1:]


def _image_edit(target: Target, slot: ImageSlot, takes: Completions) -> tuple[Callable[[Written], str], str]:
    """The same of a whole image; its description is selected where the client takes snippets."""
    rest = _text({"range": convert.range_json(target.text, slot.span, target.encoding)})[1:]
    if slot.removed is not None:
        removed = convert.range_json(target.text, slot.removed, target.encoding)
        rest += f',"additionalTextEdits":{_text([{"range": removed, "newText": ""}])}'
    if not takes.snippets:
        return lambda figure: f"{slot.before}{figure.text}{slot.after}", rest
    rest += f',"insertTextFormat":{_SNIPPET}'
    return lambda figure: f"{slot.before}{_snippet(figure.offer)}$0{slot.after}", rest


def _snippet(offer: Offer) -> str:
    words = snippet_text(label_of(offer.fact.path))
    return f"![{f'${{1:{words}}}' if words else '$1'}]({snippet_text(offer.written)})"


def _description(target: Target, slot: LabelSlot) -> Json:
    item: Json = {
        "label": slot.words,
        "kind": _TEXT,
        "detail": "from the file's name",
        "sortText": "!0000",
        "textEdit": {"range": convert.range_json(target.text, slot.span, target.encoding), "newText": slot.words},
    }
    if slot.typed.strip():
        item["filterText"] = f"{slot.typed} {slot.words}"
    return item


def _use(offer: Offer) -> str:
    """What the report makes of a figure."""
    numbers = [str(number) for number in offer.questions]
    if not numbers:
        return "only in a prompt" if offer.is_example else "unused"
    if len(numbers) == 1:
        return f"used in question {numbers[0]}"
    return f"used in questions {', '.join(numbers[:-1])} and {numbers[-1]}"


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
