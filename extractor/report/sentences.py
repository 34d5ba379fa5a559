"""The sentence around a figure, as it is quoted: whole, where a page's end or a hard wrap cuts it in two.

Offsets stay those of the source: what cuts a sentence is blanked with a sign that stands in no text, and left out when words
are cut out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.dataset.labels import one_line
from extractor.model import SourceText

if TYPE_CHECKING:
    from extractor.model import Edit, Evidence
    from extractor.resources import Resources

# A code point that Unicode keeps free for uses like this.
GONE = "\ufdd0"
_APART = (" ", "\t", "\u3000", "\xa0")
_ENDS = "。！？；!?;\n"
_LONGEST_SENTENCE = 400
_KEPT = 1024  # a report of so many notices reads none twice


class QuotedSentence(NamedTuple):
    """A figure's own words, and those of its sentence before and after them."""

    before: str
    exact: str
    after: str


def quoted(evidence: Evidence, source: str | None, resources: Resources) -> QuotedSentence:
    """Quote the sentence of a figure from its source; where that is gone or another by now, as the dataset does."""
    start, end = evidence.start, evidence.end
    if source is None or source[start:end] != evidence.exact:
        return QuotedSentence(evidence.prefix, evidence.exact, evidence.suffix)
    text = uncut(source, resources)
    first, last = sentence_bounds(text, start, end)
    before, exact, after = (
        text[low:high].replace(GONE, "") for low, high in ((first, start), (start, end), (end, last))
    )
    return QuotedSentence(before, exact, after)


def in_one_line(sentence: QuotedSentence) -> QuotedSentence:
    r"""Put a sentence on one line; a blank or a cell's border beside the figure stays, lest two numbers become one.

    >>> in_one_line(QuotedSentence("三档\t500\t", "90", "\t100\n"))
    QuotedSentence(before='三档 500 ', exact='90', after=' 100')
    """
    before, exact, after = map(one_line, sentence)
    left = " " if before and sentence.before.endswith(_APART) else ""
    right = " " if after and sentence.after.startswith(_APART) else ""
    return QuotedSentence(f"{before}{left}", exact, f"{right}{after}")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentence around a place; a line's end is a sentence's."""
    low = max(0, start - _LONGEST_SENTENCE)
    first = 1 + max((text.rfind(sign, low, start) for sign in _ENDS), default=-1)
    high = min(len(text), end + _LONGEST_SENTENCE)
    ends = [at + 1 for sign in _ENDS if (at := text.find(sign, end, high)) >= 0]
    first = max(first, low)
    while first < start and (text[first].isspace() or text[first] == GONE):
        first += 1
    return first, min(ends, default=high)


@lru_cache(maxsize=_KEPT)
def uncut(source: str, resources: Resources) -> str:
    """Blank the line ends and page numbers that cut a sentence, where the program itself read across them."""
    if "\n" not in source:
        return source
    # What quotes nothing needn't wait for it.
    from extractor.notice.normalise.run import normalise

    text = SourceText(sha256="", origin="", media_type="text/plain", encoding="", reader="", text=source)
    parts: list[str] = []
    at = 0
    for edit in normalise(text, resources).edits:
        if blank := _blank(edit, source):
            parts += (source[at : edit.start], blank)
            at = edit.end
    return "".join([*parts, source[at:]])


def _blank(edit: Edit, source: str) -> str:
    """Blank what an edit took away of layout; of Latin words a space stays. Other edits are no cuts."""
    reasons = edit.reason.split("+")
    words = source[edit.start : edit.end]
    if "page_mark" in reasons:
        return GONE * len(words)
    if "wrap" not in reasons:
        return ""
    space = " " if edit.replacement.startswith(" ") else GONE
    blanked = "".join(GONE if sign.isspace() else sign for sign in words)
    return blanked.replace(GONE, space, 1)
