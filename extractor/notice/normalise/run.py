"""Text and the way back: folds width and script, repairs damage, and records every edit with its reason.

Reasons, in the order of the steps: ``mojibake``, ``byte_shift``, ``lost``, ``entity``, ``ocr`` and ``latin_digit``,
which put characters in the place of damaged ones (U+FFFD where they are lost); ``invisible``, ``width``, ``gloss``,
``script``, ``page_mark``, ``wrap``, ``bold``, ``doubled``, ``punctuation``, ``note_mark``, ``spaces``, ``letters``, ``lexicon``.
Lines are joined before marks and spaces are looked at, so that a figure cut by a line's end is mended too; the lexicon
comes last, when every word is whole.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.model import AlignedText, Damage, Quality, Repair, SourceText
from extractor.notice.normalise.aligned import Editor
from extractor.notice.normalise.characters import find_invisible, find_width
from extractor.notice.normalise.lines import find_wraps
from extractor.notice.normalise.losses import build_losses, count_missing
from extractor.notice.normalise.pages import cuts_after, find_page_marks
from extractor.notice.normalise.repair import lost_stretches, mend
from extractor.notice.normalise.script import find_lexicon, find_script, is_traditional
from extractor.notice.normalise.steps import (
    find_bold,
    find_doubled,
    find_gloss,
    find_letters,
    find_note_marks,
    find_punctuation,
    find_spaces,
    find_split_figures,
    find_thousands,
)

if TYPE_CHECKING:
    from extractor.resources import Resources

# ── Counts what was wrong with a text, from the edits that repaired it and the characters that nothing could repair
# Kinds: what `_KINDS` names, ``spaced_figure`` and ``spread_letters`` from the layout's edits; each repair's own kind
# (``byte_shift``, ``mojibake``, ``ocr`` …), whether its characters were found or are lost; ``private_use`` and
# ``replacement_character`` for stretches of such characters, which are lost; ``symbol`` for those of symbol fonts;
# ``page_without_text`` for pages that are pictures, whose words are missing; what the reader left out (``struck_out``,
# ``unseen_words``) or read from a picture (``recognised_text``); ``broken_stream`` for pages whose bytes fail their checksum;
# ``cut_short`` for a web page without its end; ``missing_figure`` where a unit has no figure before it (不低于元).

_KINDS = {
    "gloss": "pinyin_gloss",
    "doubled": "doubled_mark",
    "wrap": "wrapped_line",
    "page_mark": "page_mark",
}
# Reasons of edits that put characters in the place of damaged ones; see `extractor.notice.normalise.repair`.
REPAIRS = frozenset({"mojibake", "byte_shift", "entity", "ocr", "latin_digit", "lost"})
# Damage that nothing repairs, and that isn't lost characters.
_UNREPAIRED = frozenset(
    {
        "symbol",
        "page_without_text",
        "struck_out",
        "unseen_words",
        "made_field",
        "recognised_text",
        "missing_figure",
        "broken_stream",
        "cut_short",
    }
)
LOST = "\ufffd"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
# Bullets and ticks of symbol fonts: neither damage to words nor lost.
_SYMBOL = re.compile("[\uf000-\uf0ff]")
_FOUR_PLACES = Decimal("0.0001")


def damage(text: AlignedText) -> tuple[Damage, ...]:
    """Count each kind of damage that a text was found with, by kind; traditional script is none."""
    return _counted(text, repairs(text))


def assess(text: AlignedText) -> Quality:
    """Sum the damage up: what was repaired, what is lost, which part of the text that is, and where it stands."""
    rows = repairs(text)
    found = _counted(text, rows)
    lost = sum(row.replacement is None for row in rows)
    repaired = sum(item.count for item in found if item.kind not in _UNREPAIRED) - lost
    covered = Decimal(sum(row.end - row.start for row in rows))
    share = (covered / (len(text.source.text) or 1)).quantize(_FOUR_PLACES).normalize()
    return Quality(found, repaired, lost, f"{share:f}", rows)


def repairs(text: AlignedText) -> tuple[Repair, ...]:
    """List the places where characters were replaced by others, and those that are lost, in order."""
    if not text.lost and REPAIRS.isdisjoint(_reasons(text)):
        return ()
    rows: list[Repair] = []
    kinds = {}
    for edit in text.edits:
        kind = next((reason for reason in edit.reason.split("+") if reason in REPAIRS), None)
        if kind is None:
            continue
        if edit.replacement and not edit.replacement.strip(LOST):
            kinds[edit.start] = kind
        elif rows and (rows[-1].end, rows[-1].kind, rows[-1].detail) == (edit.start, kind, edit.detail):
            last = rows.pop()
            rows.append(_row(text, kind, last.start, edit.end, f"{last.replacement}{edit.replacement}", edit.detail))
        else:
            rows.append(_row(text, kind, edit.start, edit.end, edit.replacement, edit.detail))
    for start, end in text.lost:
        kind = next((kinds[at] for at in range(start, end) if at in kinds), "lost")
        if kind == "lost":
            kind = "private_use" if _PRIVATE.match(text.source.text, start) else "replacement_character"
        rows.append(_row(text, kind, start, end, None, ""))
    return tuple(sorted(rows, key=lambda row: row.start))


def _row(text: AlignedText, kind: str, start: int, end: int, replacement: str | None, detail: str) -> Repair:
    exact = text.source.text[start:end]
    return Repair(kind=kind, start=start, end=end, exact=exact, replacement=replacement, detail=detail)


def _counted(text: AlignedText, rows: tuple[Repair, ...]) -> tuple[Damage, ...]:
    counts: Counter[str] = Counter(row.kind for row in rows)
    reasons = _reasons(text)
    for reason, kind in _KINDS.items():
        counts[kind] += reasons[reason]
    if reasons["spaces"] or reasons["letters"]:
        spread_end = -1
        for edit in text.edits:
            if "spaces" in edit.reason:
                counts["spaced_figure"] += _is_figure(text.source.text, edit.start, edit.end)
            if "letters" in edit.reason:
                # 财 政 部 is one word spread apart, though two spaces went.
                counts["spread_letters"] += edit.start != spread_end + 1
                spread_end = edit.end
    counts["page_without_text"] = text.source.pictured
    counts["missing_figure"] = text.missing
    counts.update({item.kind: item.count for item in text.source.damage})
    counts["symbol"] = len(_SYMBOL.findall(text.text))
    return tuple(Damage(kind, count) for kind, count in sorted(counts.items()) if count)


def _reasons(text: AlignedText) -> Counter[str]:
    """Count the reasons of a text's edits; one that has several counts for each."""
    counts: Counter[str] = Counter()
    for reasons, count in Counter([edit.reason for edit in text.edits]).items():
        for reason in reasons.split("+"):
            counts[reason] += count
    return counts


def _is_figure(text: str, start: int, end: int) -> bool:
    """Say whether the space removed at a place stood in or at a figure; beside a mark it is mere typing."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return (left.isdigit() and right.isalnum()) or left in {"%", "％"} or (left.isalnum() and right.isdigit())


__all__ = ["assess", "damage", "normalise", "normalise_piece"]


def normalise(source: SourceText, resources: Resources) -> AlignedText:
    """Normalise a source text; lines are joined only where the reader knows nothing of the layout."""
    return _run(source, resources, join=not source.blocks)


def normalise_piece(text: str, resources: Resources) -> AlignedText:
    """Normalise a bare piece of text by the same steps, without joining lines or dropping page marks.

    >>> from extractor.resources import load
    >>> normalise_piece("居民醫(yī)保 ７０ ％", load()).text
    '居民医保70%'
    """
    source = SourceText(sha256="", origin="", media_type="text/plain", encoding="", reader="", text=text)
    return _run(source, resources, join=False)


def _run(source: SourceText, resources: Resources, *, join: bool) -> AlignedText:
    editor = Editor(source)
    alphabet = mend(editor, resources)
    editor.apply(find_invisible(editor.text, alphabet), "invisible")
    editor.apply(find_thousands(editor.text), "width")
    editor.apply(find_width(editor.text, alphabet), "width")
    editor.apply(find_gloss(editor.text), "gloss")
    script = find_script(editor.text, resources)
    traditional = is_traditional(editor.text, script)
    editor.apply(script, "script")
    if join:
        pages = find_page_marks(editor.text, resources)
        editor.apply(pages, "page_mark")
        editor.apply(find_wraps(editor.text, resources, cuts_after(pages)), "wrap")
    editor.apply(find_bold(editor.text), "bold")
    editor.apply(find_doubled(editor.text), "doubled")
    editor.apply(find_punctuation(editor.text), "punctuation")
    editor.apply(find_note_marks(editor.text), "note_mark")
    editor.apply(find_split_figures(editor.text), "spaces")
    editor.apply(find_spaces(editor.text), "spaces")
    editor.apply(find_letters(editor.text), "letters")
    if traditional:
        editor.apply(find_lexicon(editor.text, resources), "lexicon")
    missing = count_missing(editor.text, resources.built(build_losses))
    return editor.finish(lost_stretches(editor, alphabet), missing=missing)
