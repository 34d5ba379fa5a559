"""Words around a figure, cut by jieba: what is counted, which phrase a figure is about, which word a sign is part of.

Uses a tokenizer of its own, whose dictionary knows the catalog's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.notice.dictionary import Dictionary

# Parts of speech (jieba's tags) of which a name is made.
_NAME = (
    "n",
    "vn",
    "an",
    "eng",
    "j",
    "l",
    "b",
    "i",
    "nz",
    "s",
    "f",
    "x",
    "g",
    "k",
    "h",
    "a",
    "ns",
    "nt",
    "nr",
    "m",
    "q",
    "t",
)
_LONGEST_NAME = 18


class Segmenter:
    """The dictionary's tokenizer with the catalog's words."""

    def __init__(self, words: Dictionary, known: Iterable[str], whole: Iterable[str] = ()) -> None:
        """Add the words to a copy of the dictionary."""
        self._tokenizer, self._tagger = words.tokenizer()
        names = sorted(set(known))
        self._parts = {name: tuple(self._tokenizer.cut(name, HMM=False)) for name in names}
        for name in names:
            self._tokenizer.add_word(name, tag="n")
        for name in whole:
            self._parts.pop(name, None)
            self._tokenizer.add_word(name, tag="n")
        self._tagged: dict[str, list[tuple[str, str]]] = {}

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that rebuild it; the catalog's names (人均财政补助标准) come apart into theirs."""
        return [part for word in self._tokenizer.cut(text, HMM=False) for part in self._parts.get(word, (word,))]

    def word_at(self, text: str, at: int) -> str:
        """Return the word that holds the character at an offset, cut from the few characters around it."""
        start, end = max(0, at - 6), min(len(text), at + 8)
        place = start
        for word in self._tokenizer.cut(text[start:end], HMM=False):
            if place <= at < place + len(word):
                return str(word)
            place += len(word)
        return text[at]

    def _tag(self, text: str) -> list[tuple[str, str]]:
        if text not in self._tagged:
            if len(self._tagged) > 4096:  # noqa: PLR2004 - notices repeat their phrases; a bound keeps memory flat
                self._tagged.clear()
            self._tagged[text] = [(pair.word, pair.flag) for pair in self._tagger.cut(text, HMM=False)]
        return self._tagged[text]

    def name_after(self, text: str) -> str | None:
        """Return the name that a text begins with: what a count counts (30个|DRG付费试点城市|和71个…)."""
        taken: list[str] = []
        tokens = self._tag(text[:_LONGEST_NAME])
        for index, (word, flag) in enumerate(tokens):
            following = tokens[index + 1][1] if index + 1 < len(tokens) else ""
            joins = flag.startswith("v") and len(word) > 1 and following.startswith(("n", "eng", "v", "j", "l", "b"))
            linking = word in ("的", "/", "·", "“", "”", "-") and taken and following
            if flag == "x" and not linking:
                break
            if not (flag.startswith(_NAME) or joins or linking):
                break
            taken.append(word)
        name = "".join(taken).strip("的、/“”")
        return name or None

    def name_before(self, text: str) -> str | None:
        """Return the name that a text ends with: what a figure is about (月最低工资标准|由2000元…)."""
        taken: list[str] = []
        text = text[-_LONGEST_NAME:]
        tokens = self._tag(text[max(map(text.rfind, "，。；：、）")) + 1 :] or text)
        for index in range(len(tokens) - 1, -1, -1):
            word, flag = tokens[index]
            joins = flag.startswith("v") and len(word) > 1 and bool(taken)
            if flag == "x" and word not in ("/", "“", "”", "-", "·"):
                break
            if not (flag.startswith(_NAME) or joins or (word == "的" and taken)):
                if not taken:
                    continue
                break
            taken.insert(0, word)
        name = "".join(taken).strip("的、/“”")
        return name if name and len(name) > 1 else None
