"""Repairs text in a GB encoding that lost a byte: from there on every pair is made of halves of two characters.

    病（以下簡稱   B2A1 A3A8 D2D4 CFC2 BA86 B751
    ?。ㄒ韵潞喎Q   B2|A1A3 A8D2 D4CF C2BA 86B7 51     a stray byte behind B2 was swallowed with it as ``?``

The run itself comes out the same whatever was lost; only the character at its beginning is open. Every possible byte is
put back there, and the readings are compared by how likely their known words are. A run is taken for shifted only where
that makes it by far more likely than what stands there, and it is repaired only if the open character makes a known
word with its neighbours and no other reading comes near. All else is lost. So is the character at a run's end whose
second byte went too: nothing but words would tell it, and the sign beside it may have been a digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor.notice.normalise.characters import ASCII, GB_MARKS, PAIR, decoded, encoded, is_usual, plausible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.notice.dictionary import Dictionary

# Natural logarithms, measured by tests/test_repair.py on notices that lost random bytes: how much more likely a
# repaired run must be than what stands there (with a marker of the loss before it, less will do), and its open
# character than every other one. A mark must lead by more.
GAIN = 15.0
MARKED_GAIN = 10.0
MARGIN = 5.0
MARK_SURPLUS = 4.0
UNMARKED_SURPLUS = 4.0  # where nothing shows the place of the loss, many more readings compete
RIVAL_SURPLUS = 4.0  # one that makes a word, too, or is common alone
# Counts in the dictionary: of characters that are common alone, of words that are words enough for a rival, and of
# characters below which one is stranded where it stands alone beside the open one.
COMMON = 60_000
RIVAL = 10
STRANDED = 10_000
AFTER_CLOSING = 2.0  # a stop stands there more often than elsewhere
CONTEXT = 8
LONGEST = 400
_RIVAL_REACH = 3
_PLACES = 4  # characters before which the byte may have been lost, looked at closely
_STOPS = frozenset("，。、；：")
_CLOSING = ("）", ")", "》", "”")
_FOLDED = dict(zip(",;:()", "，；：（）", strict=True))
_ENDS = 4  # ASCII characters at which a run may end
_TONED = "[a-zɡü]{1,4}+[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zɡ]{0,3}+[)）]"
# The stray byte behind a lead stands beside the marker, or the marker swallowed it: of a gloss all but the bracket is left.
_STRAY = regex.compile(rf"{_TONED}|[ -/:-@\[-`{{-~](?=[^\x00-\x7f])")
_GLOSS = regex.compile(rf"[(（]{_TONED}")


class Shift(NamedTuple):
    """A shifted run in the source: what it reads, None where it is lost, and the byte put back.

    ``text`` stands for ``start`` to ``known``, its first character for ``start`` to ``head``; from ``known`` to ``end``
    a last character is lost.
    """

    start: int
    head: int
    known: int
    end: int
    text: str | None
    detail: str
    gain: float


class _Run(NamedTuple):
    """Characters that may be shifted: what stands there, its bytes, and whether the last byte ends a character."""

    start: int
    begin: int
    shown: str
    data: bytes
    end: int
    closed: bool
    marked: bool


class ShiftCandidate(NamedTuple):
    """A character, the same simplified, how likely that is alone, and the byte that it puts back."""

    char: str
    simple: str
    alone: float
    detail: str


class ShiftReading(NamedTuple):
    """How likely a run is with one character put back, the byte put back, and the character simplified.

    A character that stands alone as often as 的, or makes a word itself, is a rival: a word beside it proves little.
    """

    score: float
    detail: str
    simple: str


class ShiftCandidates:
    """The characters that an open place may hold, by the byte that is left of it; worked out once for each byte."""

    def __init__(self, words: Dictionary, simplify: Callable[[str], str]) -> None:
        """Remember the words; ``simplify`` makes traditional characters simplified ones, one for one."""
        self.words, self.simplify = words, simplify
        self._found: dict[tuple[int, bool], tuple[ShiftCandidate, ...]] = {}

    def at(self, byte: int, *, lead_only: bool) -> tuple[ShiftCandidate, ...]:
        """List the characters that a byte may be the second one of, or without ``lead_only`` the first one, too."""
        key = (byte, lead_only)
        if key not in self._found:
            pairs = [(bytes((lead, byte)), f"lead {lead:02X}") for lead in range(0x81, 0xFF)]
            if not lead_only:
                trails = (*range(0x40, 0x7F), *range(0x80, 0xFF))
                pairs += [(bytes((byte, trail)), f"trail {trail:02X}") for trail in trails]
            chars = [(char, detail) for pair, detail in pairs if (char := plausible(pair))]
            simple = self.simplify("".join(char for char, _ in chars))
            self._found[key] = tuple(
                ShiftCandidate(char, new, self.words.alone(new), detail)
                for (char, detail), new in zip(chars, simple, strict=True)
            )
        return self._found[key]


class Shifts:
    """Finds the shifted runs of one text."""

    def __init__(self, text: str, candidates: ShiftCandidates) -> None:
        """Look at a text."""
        self._text, self._candidates = text, candidates
        self._words, self._simple = candidates.words, candidates.simplify

    def behind(self, marker: int) -> Shift | None:
        """Read the run behind a marker of a lost byte; None where what follows is not shifted."""
        begins = {marker + 1}
        if stray := _STRAY.match(self._text, marker + 1):
            begins.add(stray.end())
        found = [shift for at in sorted(begins) for run in self._runs_from(marker, at) if (shift := self._read(run))]
        return max(found, key=lambda shift: shift.gain, default=None)

    def within(self, start: int, end: int) -> Shift | None:
        """Read a stretch of characters whose tail may be shifted, without a marker where the byte is lost."""
        text = self._text
        shown = text[start:end]
        data = encoded(shown)
        if data is None:
            return None
        closed = data[-1] < ASCII
        if not closed and "@" <= text[end : end + 1] <= "~":
            data, end, closed = data + text[end].encode(), end + 1, True
        elif not closed and text[end : end + 1] in {"?", "\ufffd"}:
            end += 1
        return self._read(_Run(start, start, shown, data, end, closed, marked=False))

    def _runs_from(self, marker: int, begin: int) -> Iterator[_Run]:
        """Yield the runs that may stand behind a marker, by where they end."""
        data = bytearray()
        text, ends = self._text, 0
        last = min(len(text), begin + LONGEST)
        for at in range(begin, last):
            char = text[at]
            if data and char.isascii() and self._is_run(begin, at):
                closed = "@" <= char <= "~"
                byte = char.encode() if closed else b""
                ends += 1
                end = at + (closed or char == "?")
                yield _Run(marker, begin, text[begin:at], bytes(data) + byte, end, closed, marked=True)
            pair = encoded(_FOLDED.get(char, char))
            if pair is None or ends == _ENDS:
                if data and not char.isascii() and self._is_run(begin, at):
                    yield _Run(
                        marker, begin, text[begin:at], bytes(data), at + (char == "\ufffd"), closed=False, marked=True
                    )
                return
            data += pair
            if pair[1] < ASCII:
                yield _Run(marker, begin, text[begin : at + 1], bytes(data), at + 1, closed=True, marked=True)
                return
        if data:
            yield _Run(marker, begin, text[begin:last], bytes(data), last, closed=False, marked=True)

    def _is_run(self, begin: int, end: int) -> bool:
        """Tell whether folded marks are not all there is before a run's end; a gloss says that a letter is Han."""
        return not self._text[begin:end].isascii() or _GLOSS.match(self._text, end + 1) is not None

    def _read(self, run: _Run) -> Shift | None:
        """Put a byte back where that makes the run most likely."""
        text = self._text
        shifted = decoded(run.data[1 : None if run.closed else -1])
        if shifted is None:
            return None
        # What stands there was whole up to the loss, and what is read from there on is Chinese.
        first = next((at for at in range(len(shifted), 0, -1) if not is_usual(shifted[at - 1])), 0)
        places = range(first, 1 if run.marked else len(run.shown))
        if not places:
            return None
        left = self._left(run.start)
        right = self._right(run.end) if run.closed else ""
        shown, behind = self._simple(run.shown), self._simple(shifted) + right
        after = self._words.suffixes(behind)
        if run.marked:
            before = self._words.prefixes(left + shown)
            base = self._words.likelihood(left + self._simple(text[run.start : run.end]) + right)
        else:
            before = self._words.prefixes(left + self._simple(text[run.start : run.end]) + right)
            base = before[-1]
        needed = MARKED_GAIN if run.marked else GAIN
        readings: dict[tuple[int, str], ShiftReading] = {}
        for place in sorted(places, key=lambda at: -(before[len(left) + at] + after[at]))[:_PLACES]:
            outer = before[len(left) + place] + after[place]
            # Even a perfect character must leave the run more likely than it stands.
            if outer - base < needed:
                break
            near, far = (left + shown)[: len(left) + place][-CONTEXT:], behind[place : place + CONTEXT]
            likelihood = self._words.between(near, far)
            outer -= self._words.likelihood(near) + self._words.likelihood(far)
            for char, simple, alone, detail in self._candidates.at(run.data[2 * place], lead_only=run.marked):
                score = outer + likelihood(simple, alone)
                score += AFTER_CLOSING if char in _STOPS and near.endswith(_CLOSING) else 0.0
                key = (place, char)
                if key not in readings or readings[key].score < score:
                    readings[key] = ShiftReading(score, detail, simple)
        return self._choose(run, shifted, readings, base)

    def _choose(
        self, run: _Run, shifted: str, readings: dict[tuple[int, str], ShiftReading], base: float
    ) -> Shift | None:
        """Accept the best reading if it is far better than what stands there and than every other reading."""
        top = max((reading.score for reading in readings.values()), default=base)
        if top - base < (MARKED_GAIN if run.marked else GAIN):
            return None
        (place, char), (best, detail, _) = min(
            ((key, reading) for key, reading in readings.items() if reading.score == top), key=lambda item: item[0]
        )
        start = run.start + (0 if run.marked else place)
        if not self._holds_word(run, shifted[place:]):
            return None
        margin = MARGIN + self._surplus(run, place, char) + (0.0 if run.marked else UNMARKED_SURPLUS)
        near = self._near(run, shifted, readings, best - margin, (place, char))
        known = _known(run)
        if self._runs_over(run, shifted):
            return Shift(start, start, start, max(start + 1, run.end - 1), None, "", best - base)
        if near or known <= start or not self._makes_word(run, shifted, place, char):
            first = min([start, *(run.start + other for other, _ in near if not run.marked)])
            return Shift(first, first, first, run.end, None, "", best - base)
        head = run.begin if run.marked else start + 1
        return Shift(start, head, known, run.end, char + shifted[place:], detail, best - base)

    def _near(
        self,
        run: _Run,
        shifted: str,
        readings: dict[tuple[int, str], ShiftReading],
        least: float,
        chosen: tuple[int, str],
    ) -> list[tuple[int, str]]:
        """List the other readings that come near: within the margin, or a little behind if they are rivals."""
        joins: dict[int, Callable[[str], bool]] = {}
        near = []
        for key, reading in readings.items():
            if key == chosen or reading.score <= least - RIVAL_SURPLUS:
                continue
            place = key[0]
            if reading.score <= least and self._words.count(reading.simple) < COMMON:
                if place not in joins:
                    left, right = self._left(run.start + place), self._simple(shifted[place : place + CONTEXT])
                    joins[place] = self._words.joins(left[-_RIVAL_REACH:], right[:_RIVAL_REACH], RIVAL)
                if not joins[place](reading.simple):
                    continue
            near.append(key)
        return near

    def _runs_over(self, run: _Run, shifted: str) -> bool:
        """Tell whether the last character, of which an ASCII one would be left, is good as it stands.

        Then the run came to its end before it, at a second byte that was dropped without a trace.
        """
        if not run.closed or len(run.data) % PAIR:
            return False
        right = self._right(run.end)
        whole, parted = self._simple(run.shown[-1]) + right, self._simple(shifted[-2:]) + right
        return self._words.likelihood(whole) >= self._words.likelihood(parted)

    def _surplus(self, run: _Run, place: int, char: str) -> float:
        """Say how much more a mark must lead by: it makes no word, and is likelier than most characters that do."""
        if char not in GB_MARKS:
            return 0.0
        before = (self._left(run.start) + self._simple(run.shown[:place]))[-1:]
        return 0.0 if char in _STOPS and before in _CLOSING else MARK_SURPLUS

    def _makes_word(self, run: _Run, shifted: str, place: int, char: str) -> bool:
        """Tell whether a character makes a known word with its neighbours, and leaves none of them stranded."""
        if char in GB_MARKS:
            return True
        left = self._left(run.start + place)
        text = left + self._simple(char + shifted[place : place + CONTEXT])
        words = self._words.words(text)
        at = next(index for index, (start, end) in enumerate(words) if start <= len(left) < end)
        start, end = words[at]
        beside = [text[first:last] for first, last in words[max(0, at - 1) : at + 2]]
        return end - start > 1 and not any(
            len(word) == 1 and "\u4e00" <= word <= "\u9fff" and self._words.count(word) < STRANDED for word in beside
        )

    def _holds_word(self, run: _Run, known: str) -> bool:
        """Tell whether the part of a run that comes out the same for every byte makes a known word."""
        if run.closed and _GLOSS.match(self._text, run.end):
            return True  # only a Han character has a gloss
        right = self._right(run.end) if run.closed else ""
        found = self._words.words(self._simple(known) + right)
        return any(start < len(known) and end - start > 1 for start, end in found)

    def _left(self, at: int) -> str:
        """Give the simplified words before a place, without glosses."""
        return self._simple(_GLOSS.sub("", self._text[max(0, at - 3 * CONTEXT) : at])[-CONTEXT:])

    def _right(self, at: int) -> str:
        """Give the simplified words behind a place, without glosses."""
        return self._simple(_GLOSS.sub("", self._text[at : at + 3 * CONTEXT])[:CONTEXT])


def _known(run: _Run) -> int:
    """Say where the characters end that stand for known ones; the rest stands for a character that is lost."""
    if run.closed:
        return run.end
    last = run.begin + len(run.shown)
    return last if not run.marked and run.end > last else last - 1
