"""Repairs text whose bytes were read in the wrong encoding: UTF-8 as GB18030 or Latin-1, GB18030 as Latin-1.

    医保 → 鍖讳繚   E58CBB E4BF9D read as the pairs E58C BBE4 BF9D
    医保 → åŒ»ä¿   the same bytes read one by one; 9D is no character of Windows and may be lost
    医保 → Ò½±£     D2BD B1A3 read one by one

The stretch is encoded back and read in the right encoding, twice where it was read wrongly twice. What comes out must
be Chinese, and by far more likely than what stands there; bytes that make no character are lost with their character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.notice.normalise.byteshift import GAIN, LONGEST
from extractor.notice.normalise.characters import is_usual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.notice.dictionary import Dictionary

LOST = "\ufffd"
# Windows-1252 with the five bytes that it lacks as control characters, as browsers read it.
_WINDOWS = {chr(byte): bytes([byte]) for byte in range(0x80, 0x100)} | {
    char: bytes([byte]) for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))
}
# A byte that was lost stands as 00, in the pattern and in the bytes. The group holds what makes no character.
_UTF8 = regex.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|([\xe0-\xef][\x80-\xbf]?\x00?|[\x80-\xff]\x00?|\x00)"
)
_GB = regex.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|([\x80-\xff]\x00?|\x00)")
_MARKERS = frozenset({"?", LOST})
_STRETCH = regex.compile(rf"[^\x00-\x7f{LOST}](?:[^\x00-\x7f]|\?)*+")
_LATIN = regex.compile(
    rf"[{regex.escape(''.join(sorted(_WINDOWS)), special_only=False)}][{regex.escape(''.join(sorted(_WINDOWS)), special_only=False)}{LOST}?]{{3,}}+"
)
_SHORTEST = 3  # characters of two bytes, which hold two of three
_FEW_RARE = 12  # of UTF-8 read as GB18030 every second or third character is rare, so at least one of so many
_FEWEST = 2  # characters that a reading must make
_MOST_LOST = 0.67
# The likelihood of a character: notices have -5 to -7 on the average, wrong readings less than -11.
_WORST = -9.0


class DamagedPiece(NamedTuple):
    """Characters of the source and what they stand for, with how they were misread; U+FFFD for what is lost."""

    start: int
    end: int
    text: str
    detail: str


class _Char(NamedTuple):
    """A character of a reading, and where the source character that holds its last byte ends."""

    char: str
    end: int


class Mojibake:
    """Finds stretches of one text that were read in the wrong encoding."""

    def __init__(self, text: str, words: Dictionary, simplify: Callable[[str], str]) -> None:
        """Look at a text; ``simplify`` makes traditional characters simplified ones, one for one."""
        self._text, self._words, self._simple = text, words, simplify

    def find(self, rare: set[str]) -> Iterator[DamagedPiece]:
        """Yield what the stretches with rare characters stand for, in order."""
        for m in _STRETCH.finditer(self._text):
            if m.end() - m.start() < _SHORTEST or rare.isdisjoint(m[0]):
                continue
            dense = sum(map(rare.__contains__, m[0])) * _FEW_RARE > len(m[0])
            # A multiple of three characters of two bytes ends with a character of three.
            for start in range(m.start(), m.end(), LONGEST * 3):
                end = min(m.end(), start + LONGEST * 3)
                if dense and (found := self._read(start, end, ("GB18030",))):
                    yield from found
                    continue
                for latin in _LATIN.finditer(self._text, start, end):
                    yield from self._read(*latin.span(), ("Latin-1",))

    def _read(self, start: int, end: int, wrong: tuple[str, ...]) -> list[DamagedPiece]:
        """Read a stretch by the way that makes the most likely text; empty where none is Chinese."""
        shown = self._text[start:end]
        chars = [_Char(char, at) for at, char in enumerate(shown, start + 1)]
        best: tuple[float, list[DamagedPiece]] = (_WORST, [])
        for name in wrong:
            once = _reread(chars, name, "UTF-8")
            ways = [(once, f"UTF-8 read as {name}"), (_reread(once, name, "UTF-8"), f"UTF-8 read as {name}, twice")]
            if name == "Latin-1":
                ways.append((_reread(chars, name, "GB18030"), f"GB18030 read as {name}"))
            for read, detail in ways:
                worth = self._worth(read, shown)
                if worth is not None and worth > best[0]:
                    best = (worth, list(_placed(start, read, detail)))
        return best[1]

    def _worth(self, read: list[_Char], shown: str) -> float | None:
        """Return the likelihood of a reading's average character; None for one that is not good enough."""
        if (
            read
            and read[-1].char == LOST
            and len(read) > 1
            and shown.endswith("?")
            and read[-2].end == read[-1].end - 1
        ):
            read.pop()  # a question mark behind a whole character
        whole = "".join(item.char for item in read if item.char != LOST)
        if len(whole) < _FEWEST or len(read) - len(whole) > _MOST_LOST * len(read) or not all(map(is_usual, whole)):
            return None
        likelihood = self._words.likelihood(self._simple(whole))
        if likelihood < _WORST * len(whole) or likelihood - self._words.likelihood(self._simple(shown)) < GAIN:
            return None
        return likelihood / len(whole)


def _reread(chars: list[_Char], wrong: str, right: str) -> list[_Char]:
    """Encode characters in the wrong encoding and read them in the right one; empty where they cannot be encoded."""
    data, ends = bytearray(), []
    for char, end in chars:
        code = _code(char, wrong)
        if not code:
            return []
        data += code
        ends += [end] * len(code)
    pattern, codec = (_UTF8, "utf-8") if right == "UTF-8" else (_GB, "gb18030")
    return [
        _Char(LOST if m[1] else m[0].decode(codec, "replace")[:1], ends[m.end() - 1]) for m in pattern.finditer(data)
    ]


def _code(char: str, wrong: str) -> bytes:
    if char in _MARKERS:
        return b"\0"
    if wrong == "Latin-1":
        return _WINDOWS.get(char, b"")
    if char == "€":
        return b"\x80"  # so Windows reads the byte that is no lead
    return char.encode("gb18030", "ignore")


def _placed(start: int, read: Iterable[_Char], detail: str) -> Iterator[DamagedPiece]:
    """Give each character the source characters up to its own end; those that share one stand together."""
    text, at = "", start
    last = start
    for char, end in read:
        if end > last and text:
            yield DamagedPiece(at, last, text, "" if not text.strip(LOST) else detail)
            text, at = "", last
        text += "" if text.endswith(LOST) and char == LOST else char
        last = end
    if text:
        yield DamagedPiece(at, last, text, "" if not text.strip(LOST) else detail)
