"""Makes any amount of notice text from the few notices there are: other figures, years and names in every sentence.

The same seed gives the same text. What makes a notice stays as it is: its lines, marks, section numbers, formulas and
the density of its figures. A sentence that would repeat is varied again, and at last begins with the name of a place.
"""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor import ingest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "notices"
CORPUS = ROOT / "corpus"

VOCABULARY = Path(__file__).with_name("vocabulary.toml")
_OFTEN = 0.6
_TRIES = 6
_SENTENCE = regex.compile(r"[^。！？；\n]++[。！？；]?+|[。！？；]")
_MARKER = regex.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、])?"
)
_FIGURE = regex.compile(
    r"(?<year>(?:19|20)\d\d)(?=\s?[年〕])|(?<month>\d{1,2})(?=\s?月)|(?<day>\d{1,2})(?=\s?日)|\d+(?:\.\d+)?"
)
_TRADITIONAL = regex.compile("[醫療財關於個為與]")
# Of the head, the lines before the first full stop; of the closing, those behind the last.
_FULL_STOP = "。"


class Original(NamedTuple):
    """A notice to vary: its name, its text, and its script, ``Hans`` or ``Hant``."""

    name: str
    text: str
    script: str


def originals() -> list[Original]:
    """Read the shared notices where they lie beside the project, else those of the corpus."""
    files = sorted(SHARED.glob("*.txt"))
    if not files:
        files = sorted(path for path in CORPUS.rglob("*.*") if path.suffix in {".txt", ".html"})
        # A page with a few lines is no notice.
        files = [path for path in files if path.stat().st_size > 4000]
    found = []
    for path in files:
        text = ingest.read(path.read_bytes(), origin=path.name).text
        traditional = len(_TRADITIONAL.findall(text)) > len(text) / 200
        found.append(Original(path.stem, text, "Hant" if traditional else "Hans"))
    return found


class Vocabulary(NamedTuple):
    """Places, the row of each word, and a pattern for all words, in one script."""

    places: list[str]
    row_of: dict[str, list[str]]
    words: regex.Pattern[str]


@cache
def vocabulary(script: str) -> Vocabulary:
    """Load the words, in traditional script for ``"Hant"``."""
    rows = {row["id"]: row["words"] for row in tomllib.loads(VOCABULARY.read_text("utf-8"))["row"]}
    if script == "Hant":
        import opencc

        convert = opencc.OpenCC("s2t").convert
        rows = {name: [convert(word) for word in words] for name, words in rows.items()}
    row_of = {word: words for words in rows.values() for word in words}
    longest_first = sorted(row_of, key=lambda word: (-len(word), word))
    return Vocabulary(rows["place"], row_of, regex.compile("|".join(map(regex.escape, longest_first))))


class Generator:
    """Varies notices; remembers every sentence it gave, so that none is given twice."""

    def __init__(self, seed: int) -> None:
        """Begin a run of its own."""
        self._random = random.Random(seed)  # noqa: S311 - for texts, not for secrets
        self._given: set[str] = set()

    def vary(self, original: Original) -> str:
        """Return the notice with other figures and names; its line structure stays."""
        words = vocabulary(original.script)
        return "\n".join(self._line(line, words) for line in original.text.split("\n"))

    def long(self, original: Original, times: int) -> str:
        """Return one document with the notice's head, its body ``times`` over, each time varied, and its closing."""
        lines = original.text.split("\n")
        announced = [index for index, line in enumerate(lines) if _FULL_STOP in line]
        body = lines[announced[0] : announced[-1] + 1]
        whole = [*lines[: announced[0]], *body * times, *lines[announced[-1] + 1 :]]
        words = vocabulary(original.script)
        return "\n".join(self._line(line, words) for line in whole)

    def _line(self, line: str, words: Vocabulary) -> str:
        return "".join(self._sentence(m[0], words) for m in _SENTENCE.finditer(line))

    def _sentence(self, sentence: str, words: Vocabulary) -> str:
        if not any(char.isalpha() for char in sentence):
            return sentence
        new = sentence
        for tried in range(_TRIES):
            new = self._varied(sentence, words)
            if tried >= _TRIES // 2:
                at = _MARKER.match(new).end()  # type: ignore[union-attr]  # it meets the empty text
                new = f"{new[:at]}{self._place(words, tried)}{new[at:]}"
            if new.strip() not in self._given:
                break
        self._given.add(new.strip())
        return new

    def _place(self, words: Vocabulary, tried: int) -> str:
        return "、".join(self._random.sample(words.places, tried - _TRIES // 2 + 1))

    def _varied(self, sentence: str, words: Vocabulary) -> str:
        def other(match: regex.Match[str]) -> str:
            return self._random.choice(words.row_of[match[0]]) if self._random.random() < _OFTEN else match[0]

        return _FIGURE.sub(self._figure, words.words.sub(other, sentence))

    def _figure(self, match: regex.Match[str]) -> str:
        pick = self._random.randint
        if match["year"]:
            return str(pick(2010, 2029))
        if match["month"]:
            return str(pick(1, 12))
        if match["day"]:
            return str(pick(1, 28))
        # As many digits as before, so that 80% stays below 100% and 610元 stays an amount of this size.
        return "".join(
            char if char == "." else str(pick(1 if not index else 0, 9)) for index, char in enumerate(match[0])
        )


def documents(characters: int, seed: int) -> Iterator[str]:
    """Yield varied notices, one kind after the other, until there are so many characters."""
    generator, notices = Generator(seed), originals()
    made = 0
    while made < characters:
        for notice in notices:
            text = generator.vary(notice)
            made += len(text)
            yield text
            if made >= characters:
                return


def repeated(texts: Iterable[str]) -> tuple[int, int]:
    """Count sentences (of four characters or more, so not 四、 alone), and those that stood before."""
    seen: set[str] = set()
    count = again = 0
    for text in texts:
        for match in _SENTENCE.finditer(text):
            words = match[0].strip()
            if len(words) < 4 or not any(char.isalpha() for char in words):
                continue
            count += 1
            again += words in seen
            seen.add(words)
    return count, again
