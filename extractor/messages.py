"""What is said to a person: English words with values in them, and the same in another language.

A `Message` is the English text, and keeps the template and the values that it was made of. So exceptions read as they
always did, and the command line says the same in Chinese: it looks the template up in a catalog of GNU gettext
(``data/locale``) and fills it anew. Nothing is looked up before there is something to say.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

# What parts the items of a tuple, by the format that the template names: ``{names}``, ``{names:or}``.
BETWEEN = {"": ", ", "or": " or ", "and": " and ", "lines": "\n", "below": "\n  ", "joined": "", "semi": "; "}

DOMAIN = "extractor"
# Where gettext looks first for a language.
_VARIABLE = "LANGUAGE"

Value: TypeAlias = "str | int | float | list[Value] | tuple[Value, ...] | dict[str, Value] | None"


class Message(str):
    """Words for a person: a template in English, filled in as `str.format` does it.

    A tuple among the values is a list, parted as its format says (`BETWEEN`), and words may stand for one; other values than numbers are taken as their
    words, which may be a message in turn.

    >>> Message("{path}: expected {tables:or}, found {count}.", path="a.toml", tables=("x", "y"), count=3)
    'a.toml: expected x or y, found 3.'
    """

    __slots__ = ("of_one", "template", "values")
    template: str
    values: dict[str, object]
    # The template of one, and how many there are; None where a message counts nothing.
    of_one: tuple[str, int] | None

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill the template."""
        return cls._new(template, None, values)

    @classmethod
    def counted(cls, one: str, several: str, number: int, /, **values: object) -> Self:
        """Fill the template for so many: English has one for a single thing, other languages the forms of their own.

        >>> [Message.counted("{count} page", "{count} pages", count, count=count) for count in (1, 2)]
        ['1 page', '2 pages']
        """
        return cls._new(several, (one, number), values)

    @classmethod
    def _new(cls, template: str, of_one: tuple[str, int] | None, values: Mapping[str, object]) -> Self:
        kept = {name: _plain(value) for name, value in values.items()}
        made = super().__new__(cls, _filled(_of_count(template, of_one), kept, _as_is))
        made.template, made.of_one, made.values = template, of_one, kept
        return made

    def __str__(self) -> str:
        """Give the message itself, so that what is made of it by `str` still knows its template."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Say how a copy is made."""
        return Message._new, (self.template, self.of_one, self.values)

    def with_values(self, **values: object) -> Message:
        """Fill the same template with other values for some."""
        return Message._new(self.template, self.of_one, {**self.values, **values})

    def mapped(self, change: Callable[[str], str]) -> Message:
        """Change the words among the values, and among the values of those."""
        values = {name: _mapped(value, change) for name, value in self.values.items()}
        return Message._new(self.template, self.of_one, values)


def translated(text: str) -> str:
    """Say a message, or fixed words, in the language that `speaking` set; what isn't in its catalog stays as it is."""
    from gettext import gettext, ngettext

    if isinstance(text, Message):
        one, number = text.of_one or (None, 0)
        template = gettext(text.template) if one is None else ngettext(one, text.template, number)
        return _filled(template, text.values, translated)
    return gettext(text) if text else text  # an empty one would be the catalog's head


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have `translated`, and click's own words, speak a language (``zh``, ``en``) while the body runs."""
    import os
    from gettext import bindtextdomain, textdomain

    domain, kept = textdomain(), os.environ.get(_VARIABLE)
    bindtextdomain(DOMAIN, os.path.join(os.path.dirname(__file__), "data", "locale"))  # noqa: PTH118, PTH120 - at once
    textdomain(DOMAIN)
    try:
        speak(language)
        yield
    finally:
        textdomain(domain)
        if kept is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = kept


def speak(language: str) -> None:
    """Speak another language from now on, within `speaking`; English has no catalog, it is what is looked up."""
    import os
    from gettext import textdomain

    if textdomain() == DOMAIN:
        os.environ[_VARIABLE] = language


# ── Messages on their way between processes and runs, as plain values


def as_text(value: object) -> str:
    """Give the English words of a message alone, for encoders: data are in no language but their own."""
    if isinstance(value, Message):
        return str.__str__(value)
    raise NotImplementedError


def packed(text: str) -> Value:
    """Make plain values of a message, its template and values; of other text the text itself."""
    return _packed(text)


def unpacked(value: Value) -> str:
    """Make of plain values the text that `packed` was given."""
    return str(_unpacked(value))


def _packed(value: object) -> Value:
    if isinstance(value, Message):
        form: Value = value.template if value.of_one is None else [value.template, *value.of_one]
        return {"": form, **{name: _packed(one) for name, one in value.values.items()}}
    if isinstance(value, tuple):
        return [_packed(one) for one in value]
    return value if isinstance(value, (str, int, float)) else None


def _unpacked(value: Value) -> object:
    if isinstance(value, dict):
        form, values = value[""], {name: _unpacked(one) for name, one in value.items() if name}
        if isinstance(form, (list, tuple)):
            several, one, number = form
            return Message.counted(str(one), str(several), int(str(number)), **values)
        return Message(str(form), **values)
    if isinstance(value, (list, tuple)):
        return tuple(map(_unpacked, value))
    return value


# ── Messages that data keep as English words


def retold(text: str, language: str) -> str:
    """Say the English words that a message was once filled in with in a language; words of no template stay as they are.

    A template is known by its fixed words, and what stands in its slots may be of a template in turn. Lists keep their commas.
    """
    if language != "zh":
        return text
    rows = _catalog(language)
    if text in rows:
        return rows[text][0]
    for parts, said in _templates(language):
        values = _slots(parts, text)
        if values is not None:
            return "".join(words + _value(values, words, name, language) for words, name in said)
    return text


def _value(values: dict[str, list[str]], before: str, name: str | None, language: str) -> str:
    """Say what stands in a slot, at each of its places in turn; what is typed behind an option stays as it is typed."""
    if name is None:
        return ""
    here = values[name]
    value = here.pop(0) if len(here) > 1 else here[0]
    return value if before.endswith("--limit ") else retold(value, language)


# A template is only told by so many fixed characters: {found} has none, and {where}: {what} is what any text may look like.
_FEWEST = 12

_Parts: TypeAlias = "list[tuple[str, str | None]]"


@cache
def _catalog(language: str) -> dict[str, tuple[str, ...]]:
    """Read a language's rows from the compiled catalog: English, of what is counted each form, and what is said for it."""
    from pathlib import Path
    from struct import unpack_from

    data = (Path(__file__).parent / "data" / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
    count, *tables = unpack_from("<3I", data, 8)

    def words(table: int, row: int) -> list[str]:
        length, start = unpack_from("<2I", data, table + 8 * row)
        return data[start : start + length].decode().split("\0")

    pairs = [[words(table, row) for table in tables] for row in range(count)]
    return {english: tuple(said) for forms, said in pairs for english in forms if english}


@cache
def _templates(language: str) -> list[tuple[_Parts, _Parts]]:
    """List the templates with slots, those with the most fixed words first."""
    found = [(_parts(english), _parts(said[0])) for english, said in _catalog(language).items() if "{" in english]
    told = [pair for pair in found if sum(len(words) for words, _ in pair[0]) >= _FEWEST]
    return sorted(told, key=lambda pair: -sum(len(words) for words, _ in pair[0]))


def _parts(template: str) -> _Parts:
    from string import Formatter

    return [(words, name) for words, name, _, _ in Formatter().parse(template)]


def _slots(parts: _Parts, text: str) -> dict[str, list[str]] | None:
    """Find what stands in the slots between fixed words, each as short as can be; None where the words aren't there."""
    found: dict[str, list[str]] = {}
    at, slot = 0, None
    for words, name in parts:
        start = at if slot is None else text.find(words, at) if name else max(at, len(text) - len(words))
        if start < 0 or not text.startswith(words, start):
            return None
        if slot is not None:
            found.setdefault(slot, []).append(text[at:start])
        at, slot = start + len(words), name
    if slot is not None:
        found.setdefault(slot, []).append(text[at:])
        return found
    return found if at == len(text) else None


# ── Filling templates


class _Listed(tuple[object, ...]):
    """Items of a list, which are parted as the format says."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return translated(BETWEEN[form]).join(map(str, self))


class _ListedAsIs(tuple[object, ...]):
    """The same, in English whatever is spoken."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return BETWEEN[form].join(map(str, self))


class _Words(str):
    """One item where a list may stand, as in 无 for a list of nothing: there is nothing to part."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return format(str.__str__(self), "" if form in BETWEEN else form)


def _as_is(text: str) -> str:
    return text


def _filled(template: str, values: Mapping[str, object], say: Callable[[str], str]) -> str:
    listed = _ListedAsIs if say is _as_is else _Listed

    def said(value: object) -> object:
        if isinstance(value, str):
            return _Words(say(value) if isinstance(value, Message) else value)
        return listed(map(said, value)) if isinstance(value, tuple) else value

    return template.format(**{name: said(value) for name, value in values.items()})


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return tuple(map(_plain, value)) if isinstance(value, tuple) else str(value)


def _mapped(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.mapped(change)
    if isinstance(value, tuple):
        return tuple(_mapped(one, change) for one in value)
    return change(value) if isinstance(value, str) else value


def _of_count(template: str, of_one: tuple[str, int] | None) -> str:
    """Take the English template of a count."""
    return of_one[0] if of_one and of_one[1] == 1 else template


# ── What systems and the standard library say, as they say it

_ELSEWHERE: dict[str, str] = {
    words: words
    for words in (
        Message("Bad file descriptor"),
        Message("Broken pipe"),
        Message("Cannot allocate memory"),
        Message("Connection refused"),
        Message("Connection reset by peer"),
        Message("Connection timed out"),
        Message("Device or resource busy"),
        Message("Directory not empty"),
        Message("Disk quota exceeded"),
        Message("File exists"),
        Message("File name too long"),
        Message("File too large"),
        Message("Input/output error"),
        Message("Invalid argument"),
        Message("Is a directory"),
        Message("Name or service not known"),
        Message("Network is unreachable"),
        Message("No address associated with hostname"),
        Message("No route to host"),
        Message("No space left on device"),
        Message("No such file or directory"),
        Message("Not a directory"),
        Message("Operation not permitted"),
        Message("Permission denied"),
        Message("Read-only file system"),
        Message("Stale file handle"),
        Message("Temporary failure in name resolution"),
        Message("Text file busy"),
        Message("Too many levels of symbolic links"),
        Message("Too many open files"),
        # of TOML
        Message("Cannot overwrite a value"),
        Message("Escaped character is not a Unicode scalar value"),
        Message("Expected '=' after a key in a key/value pair"),
        Message("Expected ']' at the end of a table declaration"),
        Message("Expected ']]' at the end of an array declaration"),
        Message("Expected newline or end of document after a statement"),
        Message("Invalid date or datetime"),
        Message("Invalid hex value"),
        Message("Invalid initial character for a key part"),
        Message("Invalid statement"),
        Message("Invalid value"),
        Message("Unclosed array"),
        Message("Unclosed inline table"),
        Message("Unescaped '\\' in a string"),
        Message("Unterminated string"),
        # of structs
        Message("Invalid RFC3339 encoded date"),
        # of JSON
        Message("Expecting ',' delimiter"),
        Message("Expecting ':' delimiter"),
        Message("Expecting property name enclosed in double quotes"),
        Message("Expecting value"),
        Message("Extra data"),
        Message("Invalid control character at"),
        Message("Unterminated string starting at"),
    )
}


def _with_values() -> Iterator[tuple[str, Callable[..., Message]]]:
    """List the forms of what libraries say with values in it, and what makes a message of these."""
    yield r"(?P<words>.+) - at `(?P<place>.+)`", lambda **v: Message("{words} - at `{place}`", **v)
    yield (
        r"(?P<words>.+) \(at line (?P<line>[0-9]+), column (?P<column>[0-9]+)\)",
        lambda **v: Message("{words} (at line {line}, column {column})", **v),
    )
    yield r"(?P<words>.+) \(at end of document\)", lambda **v: Message("{words} (at end of document)", **v)
    yield (
        r"Expected `(?P<expected>[^`]+)`, got `(?P<found>[^`]+)`",
        lambda **v: Message("Expected `{expected}`, got `{found}`", **v),
    )
    yield r"Expected `(?P<expected>[^`]+)`", lambda **v: Message("Expected `{expected}`", **v)
    yield (
        r"Object missing required field `(?P<name>[^`]+)`",
        lambda **v: Message("Object missing required field `{name}`", **v),
    )
    yield (
        r"Object contains unknown field `(?P<name>[^`]+)`",
        lambda **v: Message("Object contains unknown field `{name}`", **v),
    )
    yield r"Invalid enum value (?P<value>.+)", lambda **v: Message("Invalid enum value {value}", **v)
    yield r"Illegal character (?P<sign>.+)", lambda **v: Message("Illegal character {sign}", **v)
    yield r"Found invalid character (?P<sign>.+)", lambda **v: Message("Found invalid character {sign}", **v)
    yield r"Duplicate inline table key (?P<name>.+)", lambda **v: Message("Duplicate inline table key {name}", **v)
    yield r"Cannot declare (?P<name>.+) twice", lambda **v: Message("Cannot declare {name} twice", **v)
    yield (
        r"Cannot mutate immutable namespace (?P<name>.+)",
        lambda **v: Message("Cannot mutate immutable namespace {name}", **v),
    )


# What is longer is no message of theirs alone.
_LONGEST = 500


def said_elsewhere(words: str) -> str:
    """Make a message of words of the system, the standard library or msgspec, where their like is known."""
    if words in _ELSEWHERE or len(words) > _LONGEST:
        return _ELSEWHERE.get(words, words)
    import re

    for form, made in _with_values():
        if found := re.fullmatch(form, words):
            values = found.groupdict()
            return made(**{name: said_elsewhere(one) if name == "words" else one for name, one in values.items()})
    return words


def system_words(error: Exception) -> str:
    """Say why the system refused something, or why what wraps its error did; of another error its own words."""
    inner = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
    reason = inner.strerror if isinstance(inner, OSError) else None
    return said_elsewhere(reason or str(error))
