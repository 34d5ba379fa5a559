"""The words of `data/html.toml`, made ready: soft evidence about the parts of a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import regex
from msgspec import Struct

from extractor.resources import Resources, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WORD = regex.compile(r"[A-Z]?[a-z]++|[A-Z]++(?![a-z])|[A-Z]")
NOT_LETTER = regex.compile(r"[\s:：\u200b\ufeff]++")
# What may stand around a line that begins a part after the article: 【相关链接】, 网友评论（3）.
AROUND = regex.compile(r"\A[\s【\[［|>》·▪◆■]*+|[\s】\]］：:>|]*+(?:[（(]\d{0,9}[条]?[)）])?[\s：:>]*+\Z")
MOST_FOOTER = 400
# A value is a title at most, and no sentence.
MOST_PARTICULARS = 150
SENTENCE = regex.compile(r"[。；！？]")


class HintRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say the same about a part of a page."""

    id: str
    kind: Literal[
        "name", "name_part", "label", "tail", "line", "footer", "waiting", "title_name", "meta_title", "meta_published"
    ]
    words: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class Hints(NamedTuple):
    """The words of all rows, by what they are used for."""

    names: frozenset[str]
    name_parts: tuple[str, ...]
    labels: frozenset[str]
    tails: frozenset[str]
    lines: tuple[str, ...]
    footers: tuple[str, ...]
    waiting: regex.Pattern[str]
    title_names: frozenset[str]
    meta_titles: frozenset[str]
    meta_published: frozenset[str]
    label_start: regex.Pattern[str]

    @property
    def tests(self) -> dict[str, Callable[[str], bool]]:
        """What each kind of row is found with."""
        return {
            "name": self.is_beside, "name_part": self.is_beside, "label": self.is_label, "tail": self.is_tail,
            "line": self.is_line, "footer": self.is_footer, "waiting": self.is_waiting, "title_name": self.is_headline,
            "meta_title": self.is_title, "meta_published": self.is_published,
        }  # fmt: skip

    def is_beside(self, names: str) -> bool:
        """Tell an element beside the article by its class, id and role."""
        return any(word in self.names or any(part in word for part in self.name_parts) for word in words_of(names))

    def is_headline(self, names: str) -> bool:
        """Return True if an element is called so by its class and id that it holds the headline."""
        return not self.title_names.isdisjoint(words_of(names))

    def is_title(self, name: str) -> bool:
        """Return True if a meta element of this name holds the title."""
        return name.lower() in self.meta_titles

    def is_published(self, name: str) -> bool:
        """Return True if a meta element of this name holds the day of publication."""
        return name.lower() in self.meta_published

    def is_waiting(self, text: str) -> bool:
        """Return True if a line only says that the text is still to come."""
        return self.waiting.fullmatch(text) is not None

    def is_label(self, text: str) -> bool:
        """Tell a text that is a label of the document's particulars and nothing else (文 号：)."""
        return len(text) <= 40 and squeeze(text) in self.labels  # noqa: PLR2004 - labels are short, letters spread

    def label_of(self, text: str) -> str | None:
        """Return the label that a line starts with, before a colon."""
        head, colon, _ = text[:40].replace(":", "：").partition("：")
        label = squeeze(head)
        return label if colon and label in self.labels else None

    def split_label(self, text: str) -> tuple[str, str] | None:
        """Split a short line that begins with a label into label and value; a colon between them may be missing."""
        match = self.label_start.match(text) if len(text) <= MOST_PARTICULARS else None
        if not match or SENTENCE.search(text):
            return None
        return squeeze(match[1]), text[match.end() :].strip()

    def is_tail(self, text: str) -> bool:
        """Tell a line that begins a part after the article."""
        return len(text) <= 40 and AROUND.sub("", text) in self.tails  # noqa: PLR2004 - such a line is short

    def is_line(self, text: str) -> bool:
        """Tell a line of the page's frame by how it begins."""
        return text.lstrip().startswith(self.lines)

    def is_footer(self, text: str) -> bool:
        """Tell a line of the page's footer."""
        return len(text) <= MOST_FOOTER and any(word in text for word in self.footers)


def words_of(names: str) -> list[str]:
    """Cut the names of an element into words: articleTitle, left-nav.

    >>> words_of("articleTitle left-nav")
    ['article', 'title', 'left', 'nav']
    """
    return [word.lower() for word in WORD.findall(names[:1000])]


def squeeze(text: str) -> str:
    """Drop blanks and colons, which spread and end labels.

    >>> squeeze("文　号：")
    '文号'
    """
    letters: str = NOT_LETTER.sub("", text)
    return letters


def load_rows(resources: Resources) -> list[HintRow]:
    """Read the rows of `data/html.toml`."""
    return read_rows(resources.root / "html.toml", "hint", HintRow)


def build_hints(resources: Resources) -> Hints:
    """Gather the words of all rows by kind."""
    return gather(load_rows(resources))


def gather(rows: Iterable[HintRow]) -> Hints:
    """Gather the words of some rows by kind."""
    rows = list(rows)

    def of(kind: str) -> tuple[str, ...]:
        return tuple(word for row in rows if row.kind == kind for word in row.words)

    labels = sorted(of("label"), key=lambda word: (-len(word), word))
    spread = "|".join(r"\s{0,9}+".join(map(regex.escape, word)) for word in labels)
    return Hints(
        frozenset(of("name")), of("name_part"), frozenset(labels), frozenset(of("tail")), of("line"), of("footer"),
        regex.compile(rf"(?:(?:{'|'.join(map(regex.escape, of('waiting')))})[\s,，.…。·!！]{{0,12}}+){{1,4}}+"),
        frozenset(of("title_name")), frozenset(of("meta_title")), frozenset(of("meta_published")),
        regex.compile(rf"\s{{0,9}}+({spread})[\s：:]{{0,9}}+"),
    )  # fmt: skip
