"""The first step: characters that were damaged on the way are repaired where that is certain, and marked where not.

What is lost becomes U+FFFD, one for each character, so that no later step takes it for words.
"""

from __future__ import annotations

import html
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import regex
from msgspec import Struct

from extractor.notice.dictionary import dictionary
from extractor.notice.normalise.byteshift import CONTEXT, LONGEST, Shift, ShiftCandidates, Shifts
from extractor.notice.normalise.characters import ASCII, HAN, PAIR
from extractor.notice.normalise.mojibake import Mojibake
from extractor.notice.normalise.script import converter, find_words, load_words
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.model import Span
    from extractor.notice.normalise.aligned import Change, Editor
    from extractor.notice.normalise.script import Lexicon
    from extractor.resources import Resources

LOST = "\ufffd"
_MARKER = regex.compile("[?\ufffd\ue000-\uefff\uf100-\uf8ff]")
# U+F000 to U+F0FF are the signs of symbol fonts: bullets and ticks, no damage to words.
_GONE = regex.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]++")
_SHOWN = "?\ufffd"
# What a notice in simplified or traditional Chinese is made of; anything else makes a text worth a closer look.
_COMMON_MARKS = "　、。·—～…‘’“”〔〕〈〉《》「」『』【】±×÷℃￥％，．：；？！（）＋－／＝￠①②③④⑤⑥⑦⑧⑨⑩㎡＂＃＆＇＊［］｛｝∶﹝﹞―–•〇\u3000\xa0\ufeff\u200b"
_ENTITY = regex.compile(r"&(?:[a-zA-Z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_FEWEST_RARE = 3
_CLAUSE = 60
# More markers than this, and more places with rare characters, are not looked at one by one.
_MOST = 1000


class QuestionLists(Struct, frozen=True):
    """The lists of `questions.toml`."""

    questions: WordList


class Signs(NamedTuple):
    """The characters of a text, and those of them that are common in neither script."""

    all: set[str]
    rare: set[str]


class Repaired(NamedTuple):
    """One change of the text, and the byte or the row that it rests on; empty where the characters are lost."""

    change: Change
    detail: str


def mend(editor: Editor, resources: Resources) -> set[str]:
    """Repair what is certain, step by step; return the characters that the text has then."""
    signs = _signs(editor.text, resources)
    steps = (
        ("mojibake", find_mojibake),
        ("byte_shift", find_shifts),
        ("lost", find_single_losses),
        ("entity", find_entities),
        ("ocr", find_confusions),
        ("latin_digit", find_latin_digits),
    )
    for kind, find in steps:
        found = find(editor.text, signs, resources)
        if found:
            editor.apply([item.change for item in found], kind, [item.detail for item in found])
            signs = _signs(editor.text, resources)
    return signs.all


def _signs(text: str, resources: Resources) -> Signs:
    alphabet = set(text)
    return Signs(alphabet, rare_characters(alphabet, resources))


def lost_stretches(editor: Editor, alphabet: set[str]) -> tuple[Span, ...]:
    """List the source ranges of the characters that are lost; ``alphabet`` holds all characters of the text."""
    if LOST not in editor.text and _GONE.search("".join(alphabet)) is None:
        return ()
    return tuple(editor.place(*m.span()) for m in _GONE.finditer(editor.text))


def simplified(convert: Callable[[str], str], text: str) -> str:
    """Simplify a text character for character; one that OpenCC would make longer or cannot read stays."""
    try:
        simple = convert(text)
    except UnicodeEncodeError:
        return text
    return simple if len(simple) == len(text) else text


def common_characters(_resources: Resources) -> frozenset[str]:
    """Return the characters that say nothing about damage: those of GB 2312's first level, and usual marks."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    level = {pair.decode("gb2312", "ignore") for pair in rows} - {""}
    wide = {chr(code) for code in range(0xFF10, 0xFF5B)}
    return frozenset(level | wide | set(_COMMON_MARKS))


def rare_characters(alphabet: set[str], resources: Resources) -> set[str]:
    """Return the characters of a text that are not common in either script, ASCII aside."""
    left = {char for char in alphabet - resources.built(common_characters) if not char.isascii()}
    if not left:
        return left
    order = sorted(left)
    simple = simplified(resources.built(converter), "\n".join(order)).split("\n")
    common = resources.built(common_characters)
    return {char for char, new in zip(order, simple, strict=True) if new not in common}


def find_mojibake(text: str, signs: Signs, resources: Resources) -> list[Repaired]:
    """Find stretches whose bytes were read in the wrong encoding."""
    if len(signs.rare) < _FEWEST_RARE:
        return []
    found = Mojibake(text, resources.built(dictionary), partial(simplified, resources.built(converter))).find(
        signs.rare
    )
    return [Repaired((piece.start, piece.end, piece.text), piece.detail) for piece in found]


def find_entities(text: str, signs: Signs, _resources: Resources) -> list[Repaired]:
    """Find references of HTML that were left in plain text; a space becomes an ordinary one later."""
    if not {"&", ";"} <= signs.all:
        return []
    found = [(m, html.unescape(m[0])) for m in _ENTITY.finditer(text)]
    return [Repaired((*m.span(), char), m[0]) for m, char in found if char != m[0]]


def find_confusions(text: str, signs: Signs, resources: Resources) -> list[Repaired]:
    """Find characters that optical recognition takes for others, in the contexts that leave no doubt."""
    return _confused(text, signs.all, resources.built(load_confusions))


def find_latin_digits(text: str, signs: Signs, resources: Resources) -> list[Repaired]:
    """Find Latin letters typed or recognised in the place of digits."""
    return _confused(text, signs.all, resources.built(load_latin_digits))


def load_confusions(resources: Resources) -> Lexicon:
    """Read the rows of `ocr.toml`."""
    return load_words(resources.root / "ocr.toml")


def load_latin_digits(resources: Resources) -> Lexicon:
    """Read the rows of `digits.toml`."""
    return load_words(resources.root / "digits.toml")


def _confused(text: str, alphabet: set[str], rows: Lexicon) -> list[Repaired]:
    met = tuple(row for row in rows if alphabet.issuperset(row[0].from_))
    return [Repaired(change, row.id) for change, row in find_words(text, met)] if met else []


def find_shifts(text: str, signs: Signs, resources: Resources) -> list[Repaired]:
    """Find runs that are shifted by one byte, and repair them or mark them as lost."""
    rare = signs.rare
    marked = _MARKER.finditer(text) if _MARKER.search("".join(signs.all)) else ()
    markers = list(islice((m.start() for m in marked if _may_start_run(text, m.start())), _MOST))
    pieces = list(islice(_rare_pieces(text, rare), _MOST)) if rare else []
    if not markers and not pieces:
        return []
    shifts = Shifts(text, resources.built(shift_candidates))
    # Where a marker shows the place of the loss, little has to be tried; what is repaired so needs no other look.
    certain = [shift for at in markers if text[at] in _SHOWN and (shift := shifts.behind(at))]
    repaired = [shift for shift in certain if shift.text is not None]
    open_ = [piece for piece in pieces if not any(one.start <= piece[0] and piece[1] <= one.end for one in repaired)]
    found = certain + [shift for piece in open_ if (shift := shifts.within(*piece))]
    for at in markers:
        # A private-use character may be two bytes of a run as well as the marker before it.
        if text[at] in _SHOWN or not rare.isdisjoint(text[max(0, at - CONTEXT) : at]):
            continue
        if any(one.start <= at < one.end for one in found):
            continue
        if (shift := shifts.behind(at)) and not _overlap(shift, found):
            found.append(shift)
    made: list[Repaired] = []
    for shift in _best(found):
        made += _repairs(shift)
    return made


def shift_candidates(resources: Resources) -> ShiftCandidates:
    """Make the table of what an open place may hold; for `Resources.built`."""
    return ShiftCandidates(resources.built(dictionary), partial(simplified, resources.built(converter)))


def find_single_losses(text: str, signs: Signs, resources: Resources) -> list[Repaired]:
    """Mark each ``?`` that stands for a character, and the halves of characters beside a marker."""
    lost = []
    if "?" in signs.all:
        questions = resources.built(load_questions).questions
        lost = [m.span() for m in _single_loss().finditer(text) if not _asks(text, m.start(), questions)]
    if LOST in signs.all:
        chars = regex.escape("".join(sorted(signs.rare | {LOST})), special_only=False)
        halves = regex.finditer(rf"(?<={LOST})[{chars}]++|[{chars}]++(?={LOST})", text)
        lost += [m.span() for m in halves if m[0].strip(LOST)]
    return [Repaired((start, end, LOST * (end - start)), "") for start, end in sorted(lost)]


@cache
def _single_loss() -> regex.Pattern[str]:
    """A question mark in the middle of a sentence, right behind a figure, or before characters that are lost."""
    return regex.compile(rf"(?<=[{HAN}])\?(?=[{HAN}\d/])|(?<=[\d%])\?|\?[,;:]?(?=[\ufffd\ue000-\uefff])")


def load_questions(resources: Resources) -> QuestionLists:
    """Read the words of `questions.toml`."""
    path = resources.root / "questions.toml"
    return word_lists(path, read_rows(path, "list", ListRow), QuestionLists)


def _asks(text: str, at: int, questions: WordList) -> bool:
    """Tell whether the clause before a question mark is a question."""
    begin = max(text.rfind(mark, max(0, at - _CLAUSE), at) for mark in "。！？!\n") + 1
    return questions.meets(text[max(begin, at - _CLAUSE) : at])


def _may_start_run(text: str, at: int) -> bool:
    """Tell whether something stands behind a marker that could be a shifted run."""
    following = text[at + 1 : at + 3]
    return not following.isascii() or following[:1].islower() or following[:1] in {*",;:!()"}


def _rare_pieces(text: str, rare: set[str]) -> Iterator[tuple[int, int]]:
    """Yield stretches of characters of two bytes, none but the last with an ASCII byte, around rare ones beside Han."""
    chars = regex.escape("".join(sorted(rare)), special_only=False)
    beside = rf"(?<=[{HAN}])[{chars}]|[{chars}](?=[{HAN}])"
    end = 0
    for m in regex.finditer(beside, text):
        if m.start() < end:
            continue
        at = m.start()
        while at > max(end, m.start() - CONTEXT) and not text[at - 1].isascii():
            at -= 1
        end = m.start()
        non_figure = regex.compile(r"[^\x00-\x7f]++").match(text, end, end + LONGEST)
        end = non_figure.end() if non_figure else m.end()
        for start, stop in _pieces(text, at, end):
            if rare.intersection(text[start:stop]):
                yield start, stop


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch behind every character whose second byte is ASCII: there a shifted run comes to its end."""
    for at in range(start, end):
        size, last = _bytes_of(text[at])
        if size != PAIR:
            if start < at:
                yield start, at
            start = at + 1
        elif last < ASCII or at == end - 1:
            yield start, at + 1
            start = at + 1


def _bytes_of(char: str) -> tuple[int, int]:
    data = char.encode("gb18030", "replace")
    return len(data), data[-1]


def _overlap(shift: Shift, others: Iterable[Shift]) -> bool:
    return any(shift.start < other.end and other.start < shift.end for other in others)


def _best(found: Iterable[Shift]) -> list[Shift]:
    """Choose the runs that gain most where several overlap."""
    chosen: list[Shift] = []
    for shift in sorted(found, key=lambda shift: (-shift.gain, shift.start)):
        if not _overlap(shift, chosen):
            chosen.append(shift)
    return sorted(chosen)


def _repairs(shift: Shift) -> Iterator[Repaired]:
    """Write a run as changes, so that each character keeps the place of the one that it stands for."""
    if shift.text is None:
        yield Repaired((shift.start, shift.end, LOST * (shift.end - shift.start)), "")
        return
    text, start, known = shift.text, shift.start, shift.known
    if shift.head - start > 1 and len(text) > 1:
        yield Repaired((start, shift.head, text[0]), shift.detail)
        text, start = text[1:], shift.head
    same = min(len(text), known - start) - (len(text) != known - start)
    if same > 0:
        yield Repaired((start, start + same, text[:same]), shift.detail)
    if same < len(text):
        yield Repaired((start + same, known, text[same:]), shift.detail)
    if known < shift.end:
        yield Repaired((known, shift.end, LOST * (shift.end - known)), "")
