"""How often words were counted: jieba's dictionary, kept between runs in a form that is read a character at a time. The only importer of jieba.

Jieba's own reading of half a million words takes half a second and 60 MB; a notice asks for those that begin with its
few hundred characters.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.errors import CatalogError
from extractor.kept import keep, name_of, read_kept
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_decode = msgspec.msgpack.Decoder(dict[str, int]).decode


class _Head(msgspec.Struct, frozen=True):
    """What begins a kept file: which dictionary it was made of, its total, and where each character's words stand."""

    made_of: tuple[str, int, int]
    total: int
    places: dict[str, tuple[int, int]]


class KnownWords(msgspec.Struct, frozen=True, eq=False):
    """Jieba's words, packed by first character; ``total`` is the sum of their counts, ``made_of`` the file they were read from."""

    made_of: tuple[str, int, int]
    total: int
    packed: Mapping[str, bytes | memoryview]

    def beginning(self, char: str) -> dict[str, int]:
        """Return the words that begin with a character, and, with count 0, what only begins words; a new dict."""
        packed = self.packed.get(char)
        return _decode(packed) if packed else {}


class WordCounts(dict[str, dict[str, int]]):
    """The counts of words by their first character, to which words can be added; read when first asked for.

    >>> counts = WordCounts(known_words())
    >>> counts["医"]["医保"] > 0, "医保局长会议" in counts["医"]
    (True, False)
    """

    def __init__(self, known: KnownWords, at_least: Mapping[str, int] | None = None) -> None:
        """Begin with the known words; those of ``at_least`` count at least so much."""
        super().__init__()
        self._known = known
        self._raised: dict[str, dict[str, int]] = {}
        for word, count in (at_least or {}).items():
            self._raised.setdefault(word[0], {})[word] = count

    def __missing__(self, char: str) -> dict[str, int]:
        """Read the words that begin with a character."""
        self[char] = words = self._known.beginning(char)
        for word, count in self._raised.get(char, {}).items():
            self.put(word, max(words.get(word, 0), count))
        return words

    def of(self, word: str, unknown: int = 0) -> int:
        """Return how often a word was counted."""
        return self[word[:1]].get(word, unknown)

    def put(self, word: str, count: int) -> None:
        """Give a word its count."""
        words = self[word[0]]
        words[word] = count
        for end in range(1, len(word)):
            words.setdefault(word[:end], 0)


@cache
def known_words() -> KnownWords:
    """Read jieba's dictionary, once a process: from the user's own cache, else anew, and keep it there."""
    source = _dictionary_file()
    found = source.stat()
    made_of = (str(source), found.st_size, found.st_mtime_ns)
    name = name_of("words", str(source).encode())
    kept = _kept(name, made_of)
    if kept is not None:
        return kept
    made, head = _pack(made_of)
    first = msgspec.msgpack.encode(head)
    keep(name, (len(first).to_bytes(4, "little"), first, *made.packed.values()))
    return made


def import_jieba() -> Any:  # noqa: ANN401 - a module without types
    """Import jieba without what the interpreter says of its sources when it first compiles them: 3.12 shows that to users."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    return jieba


def _dictionary_file() -> Path:
    """Find jieba's dictionary without importing jieba, which takes a tenth of the time of reading a notice."""
    spec = find_spec("jieba")
    path = Path(spec.origin).with_name("dict.txt") if spec and spec.origin else None
    if path is None or not path.is_file():
        msg = Message("jieba's dictionary dict.txt: not found beside the package. Install jieba again.")
        raise CatalogError(msg)
    return path


def _pack(made_of: tuple[str, int, int]) -> tuple[KnownWords, _Head]:
    """Read the dictionary as jieba does, and pack it."""
    jieba = import_jieba()
    tokenizer = jieba.Tokenizer()
    counts, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    by_char: dict[str, dict[str, int]] = {}
    for word, count in counts.items():
        by_char.setdefault(word[0], {})[word] = count
    packed = {char: msgspec.msgpack.encode(words) for char, words in by_char.items()}
    places, at = {}, 0
    for char, data in packed.items():
        places[char] = (at, at + len(data))
        at += len(data)
    return KnownWords(made_of, total, packed), _Head(made_of, total, places)


def _kept(name: str, made_of: tuple[str, int, int]) -> KnownWords | None:
    """Read the packed words; None where there are none, or they were made of another dictionary."""
    body = read_kept(name)
    if body is None:
        return None
    first = 4 + int.from_bytes(body[:4], "little")
    try:
        head = msgspec.msgpack.decode(body[4:first], type=_Head)
    except msgspec.MsgspecError:
        return None
    if head.made_of != made_of:
        return None
    rest = body[first:]
    return KnownWords(made_of, head.total, {char: rest[start:end] for char, (start, end) in head.places.items()})
