"""Loads the data files under `extractor/data/` once and hands them on, with the catalogs that a user adds to them.

The rows are plain structs; a stage that needs something built from them (a compiled pattern, a matcher) asks
`Resources.built` for it, so that it is built once and only where used. Import does no work.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

import msgspec

from extractor.errors import CatalogError
from extractor.kept import keep_packed, name_of, read_packed
from extractor.messages import Message, said_elsewhere, system_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import regex

T = TypeVar("T")

DATA = Path(__file__).parent / "data"
# What a user's own catalog may hold; a table of each is a file or a folder of the package.
OWN_TABLES = {"indicator": "indicators/*.toml", "programme": "programmes.toml", "group": "labels.toml"}
# Bytes of a user's own catalog: some ten thousand rows.
_MOST_CATALOG = 1 << 24


class OwnCatalog(NamedTuple):
    """A user's own indicators and programmes, as they were read; ``path`` is what messages call the file."""

    path: Path
    data: bytes

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Parse it; a `CatalogError` names a table that no catalog has, and a row that has no id."""
        data = parse_toml(self.path, self.data)
        require_tables(self.path, data, OWN_TABLES)
        for table, rows in data.items():
            for row in rows if isinstance(rows, list) else [rows]:
                if not isinstance(rows, list) or not isinstance(row, dict) or not isinstance(row.get("id"), str):
                    msg = Message(
                        "{path}: {table}: found {row}, expected rows [[{table}]] that have an id. Correct the entry.",
                        path=self.path,
                        table=table,
                        row=repr(row)[:80],
                    )
                    raise CatalogError(msg)
        return data


class Resources:
    """The data files of one folder, read when first asked for.

    ``root`` is the folder; the default is the one that travels with the package. ``catalogs`` are a user's own, ``known``
    the rows of indicators that a dataset brings along, which count only where nothing else lists their ids.
    """

    def __init__(
        self,
        root: Path = DATA,
        *,
        catalogs: Sequence[OwnCatalog] = (),
        known: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Remember what to read; read nothing."""
        self.root = root
        self.catalogs = tuple(catalogs)
        self.known = tuple(known)
        self._built: dict[Any, Any] = {}

    def __reduce__(self) -> tuple[Callable[..., Resources], tuple[Any, ...]]:
        """Pickle and copy what was given: what was built is built again."""
        return _again, (self.root, self.catalogs, self.known)

    def knowing(self, rows: Sequence[Mapping[str, Any]]) -> Resources:
        """Return the same files with the rows of indicators that a dataset brings along."""
        return Resources(self.root, catalogs=self.catalogs, known=rows) if rows else self

    def adding(self, catalog: OwnCatalog) -> Resources:
        """Return the same files with one more catalog of a user's own."""
        return Resources(self.root, catalogs=(*self.catalogs, catalog), known=self.known)

    def built(self, build: Callable[[Resources], T]) -> T:
        """Return what ``build(self)`` makes, made once."""
        if build not in self._built:
            self._built[build] = build(self)
        return cast("T", self._built[build])

    def files(self, pattern: str) -> list[Path]:
        """List the data files that match a glob, in the order of their names."""
        return sorted(self.root.glob(pattern))

    def digest(self) -> str:
        """SHA-256 over the names and bytes of all data files and a user's own catalogs: the catalog's version."""
        total = hashlib.sha256()
        for path in self.files("**/*.toml"):
            total.update(path.relative_to(self.root).as_posix().encode())
            total.update(b"\0")
            # Git on Windows may check files out with CRLF; the version must not depend on that.
            total.update(path.read_bytes().replace(b"\r\n", b"\n"))
        for table in OWN_TABLES if self.catalogs else ():
            total.update(f"\0{table}\0{own_rows(self, table)!r}".encode())
        return total.hexdigest()


def indicator_rows(resources: Resources) -> list[dict[str, Any]]:
    """Read the catalog's rows as their files hold them; for `Resources.built`. `notice.facts.catalog` checks them in full.

    A user's own stand behind the package's, by id: in which order the files were named changes nothing.
    """
    rows = [row for path in resources.files("indicators/*.toml") for row in read_toml(path).get("indicator", ())]
    rows += own_rows(resources, "indicator")
    there = {row["id"] for row in rows}
    return [*rows, *(dict(row) for row in resources.known if row["id"] not in there)]


def programme_rows(resources: Resources) -> list[dict[str, Any]]:
    """Read the rows of programmes, as `indicator_rows` does; for `Resources.built`."""
    path = resources.root / "programmes.toml"
    return [*(read_toml(path).get("programme", ()) if path.exists() else ()), *own_rows(resources, "programme")]


def own_rows(resources: Resources, table: str) -> list[dict[str, Any]]:
    """List the rows of a user's own catalogs, by id."""
    rows = (row for catalog in resources.catalogs for row in catalog.tables().get(table, ()))
    return sorted(rows, key=lambda row: str(row["id"]))


def group_of(indicator: str) -> str:
    """Say which group an indicator stands in: that of all whose ids begin alike.

    >>> group_of("medical.funding.total"), group_of("macro.gdp_growth"), group_of("single")
    ('medical.funding', 'macro', '')
    """
    return ".".join(indicator.split(".")[:-1][:2])


@cache
def load(root: Path = DATA) -> Resources:
    """Return the resources of a folder; the same object for the same folder."""
    return Resources(root)


def load_with(catalogs: Iterable[Path | OwnCatalog], root: Path = DATA) -> Resources:
    """Return the resources of a folder with a user's own catalogs: TOML files of indicators and programmes.

    Reading a notice checks them in full; `notice.facts.catalog.load_catalog` does so at once. A `CatalogError` names a file
    that can't be read. A file named twice counts once.
    """
    found = [one if isinstance(one, OwnCatalog) else OwnCatalog(one, _catalog_bytes(one)) for one in catalogs]
    return Resources(root, catalogs=tuple(dict.fromkeys(found))) if found else load(root)


def _catalog_bytes(path: Path) -> bytes:
    """Read a user's own catalog."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_CATALOG + 1)
    except (OSError, ValueError) as error:
        reason = system_words(error)
        msg = Message(
            "{path}: cannot be read: {reason}. Name a TOML file with rows [[indicator]] or [[programme]].",
            path=path,
            reason=reason,
        )
        raise CatalogError(msg) from error
    if len(data) > _MOST_CATALOG:
        msg = Message(
            "{path}: has more than {most_catalog} MiB, expected a TOML file of rows. Check what the file is.",
            path=path,
            most_catalog=_MOST_CATALOG >> 20,
        )
        raise CatalogError(msg)
    return data


def _again(root: Path, catalogs: tuple[OwnCatalog, ...], known: tuple[Mapping[str, Any], ...]) -> Resources:
    return Resources(root, catalogs=catalogs, known=known) if catalogs or known else load(root)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; a `CatalogError` names the file and the place."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = Message(
            "{path}: cannot be read as TOML: {error}. Correct the file at the place named.",
            path=path,
            error=said_elsewhere(str(error)),
        )
        raise CatalogError(msg) from error
    return _parsed(path, data)


@lru_cache(maxsize=1 << 8)
def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    """Parse a data file: resources that differ in a file share all others, whose tables nobody changes.

    The package's own are kept between runs: to parse them takes a sixth of the time of reading a notice.
    """
    if DATA not in path.parents:
        return parse_toml(path, data)
    digest = hashlib.sha256(data).digest()
    packed = _kept_tables().get(digest)
    if packed is None:
        packed = _keep_tables().get(digest)
    return msgspec.msgpack.decode(packed) if packed else parse_toml(path, data)


_TABLES = name_of("tables", str(DATA).encode())


@cache
def _kept_tables() -> dict[bytes, bytes]:
    """Read what is kept of the package's files: each packed, by the digest of its bytes."""
    return read_packed(_TABLES, dict[bytes, bytes]) or {}


@cache
def _keep_tables() -> dict[bytes, bytes]:
    """Parse the package's files, all that aren't kept, and keep them, once a process."""
    kept, found = _kept_tables(), dict[bytes, bytes]()
    for path in sorted(DATA.glob("**/*.toml")):
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        try:
            found[digest] = kept[digest] if digest in kept else _packed(parse_toml(path, data))
        except CatalogError:  # said where the file is asked for
            continue
    keep_packed(_TABLES, found)
    return found


def _packed(tables: dict[str, Any]) -> bytes:
    """Pack tables; empty where they would come back as something else (a TOML file may hold dates)."""
    packed = msgspec.msgpack.encode(tables)
    return packed if msgspec.msgpack.decode(packed) == tables else b""


# tomllib takes time by the square of a key's parts: 64 KiB of a.a.a.a took it 22 seconds.
_MOST_PARTS = 64
_DOTTED = re.compile(
    r"""(?<![\w\-"'.\\])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+)""" f"{{{_MOST_PARTS}}}"
)


def parse_toml(path: Path, data: bytes) -> dict[str, Any]:
    """Parse the bytes of a TOML file; a `CatalogError` names the file and the place."""
    try:
        text = data.decode()
        if _DOTTED.search(text):
            msg = Message(
                "{path}: cannot be read as TOML: found a key of {most_parts} parts or more. Correct the key.",
                path=path,
                most_parts=_MOST_PARTS,
            )
            raise CatalogError(msg)
        return tomllib.loads(text)
    except RecursionError as error:
        msg = Message(
            "{path}: cannot be read as TOML: its lists or tables are nested too deeply. Correct the file.", path=path
        )
        raise CatalogError(msg) from error
    except ValueError as error:  # what is no UTF-8 or no TOML, and numbers of thousands of digits
        msg = Message(
            "{path}: cannot be read as TOML: {error}. Correct the file at the place named.",
            path=path,
            error=said_elsewhere(str(error)),
        )
        raise CatalogError(msg) from error


def read_rows(path: Path, key: str, row: type[T]) -> list[T]:
    """Read a file that has one table array, ``key``, as rows of a struct type; see `read_tables`."""
    return read_tables(path, {key: row})[key]


def read_tables(path: Path, tables: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Read the tables of a file as rows: ``tables`` maps each name to the struct type of its rows.

    A table that is no array is one row. Raises `CatalogError` that names file, entry, what was found and what is
    expected, for unknown tables and keys, wrong types, missing keys and ids used twice.
    """
    return convert_tables(path, read_toml(path), tables)


def convert_tables(path: Path, data: Mapping[str, Any], tables: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Turn what a TOML file held into rows; see `read_tables`."""
    require_tables(path, data, tables)
    found = {}
    for key, row in tables.items():
        items = data.get(key, [])
        found[key] = _converted(path, key, [items] if isinstance(items, dict) else items, row)
        check_unique(((path, item.id) for item in found[key] if hasattr(item, "id")), key)
    return found


def _converted(path: Path, key: str, items: Any, row: Any) -> list[Any]:  # noqa: ANN401 - whatever TOML held
    """Turn TOML tables into rows, all at once, which takes a tenth of the time; one by one where one of them is wrong."""
    try:
        return msgspec.convert(items, list[row], strict=True)
    except msgspec.ValidationError:
        return [convert(path, key, item, row) for item in items]


def require_tables(path: Path, data: Mapping[str, Any], tables: Iterable[str]) -> None:
    """Raise `CatalogError` for a table that a file hasn't."""
    if unknown := sorted(set(data) - set(tables)):
        msg = Message(
            "{path}: unknown table {unknown!r}, expected {tables:or}. Rename it, or move its rows to their own file.",
            path=path,
            unknown=unknown[0],
            tables=tuple(tables),
        )
        raise CatalogError(msg)


def convert(path: Path, key: str, item: Any, row: type[T]) -> T:  # noqa: ANN401 - whatever TOML held
    """Turn one TOML table into a row; see `read_tables`."""
    entry = item.get("id", item.get("code", "?")) if isinstance(item, dict) else "?"
    try:
        return msgspec.convert(item, row, strict=True)
    except msgspec.ValidationError as error:
        keys = (
            [field.encode_name for field in msgspec.structs.fields(row)]
            if isinstance(row, type(msgspec.Struct))
            else []
        )
        known = ""
        if keys and key[:1] in "aeio":
            known = Message("Keys of an {key}: {keys}. ", key=key, keys=tuple(keys))
        elif keys:
            known = Message("Keys of a {key}: {keys}. ", key=key, keys=tuple(keys))
        msg = Message(
            "{path}: {key} {entry!r}: {error}. {choices}{known}Correct the entry.",
            path=path,
            key=key,
            entry=entry,
            error=said_elsewhere(str(error)),
            choices=_choices(row, str(error)),
            known=known,
        )
        raise CatalogError(msg) from error


def _choices(row: type[Any], error: str) -> str:
    """Name the values that a field may have, when the error is that it has none of them."""
    place = error.rpartition("$.")[2].partition("`")[0].partition("[")[0]
    hint = get_type_hints(row).get(place) if "Invalid enum value" in error else None
    values = list(dict.fromkeys(_values(hint)))
    return Message("Values of {place}: {values}. ", place=place, values=tuple(map(str, values))) if values else ""


def _values(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a field may hold
    """Yield what a field of `Literal` values may have, alone or in a list."""
    for value in get_args(hint):
        yield from _values(value) if get_args(value) else [value] if isinstance(value, str) else []


def check_unique(path_of: Iterable[tuple[Path, str]], what: str) -> None:
    """Raise `CatalogError` when two rows have the same id; ``path_of`` yields (file, id)."""
    seen: dict[str, Path] = {}
    for path, entry in path_of:
        if entry in seen:
            msg = Message(
                "{path}: {what} id {entry!r} is used twice (also in {seen}). Ids are unique: rename or delete one.",
                path=path,
                what=what,
                entry=entry,
                seen=seen[entry],
            )
            raise CatalogError(msg)
        seen[entry] = path


# ── Regexes of rows: %{name} stands for a piece, so that a number or a unit is spelt once

_PIECE = re.compile(r"%\{(\w+)\}")


def pieces_in(source: str) -> set[str]:
    """Name the pieces that a regex asks for.

    >>> pieces_in("按%{number}元")
    {'number'}
    """
    return set(_PIECE.findall(source))


def compile_regex(path: Path, entry: str, source: str, pieces: Mapping[str, str] | None = None) -> regex.Pattern[str]:
    """Fill in the pieces of a row's regex and compile it; a `CatalogError` names file, entry and fault.

    The package's own rows are tested, and a notice asks for half of them: they are compiled when first used.
    """
    filled = fill_pieces(path, entry, source, pieces or {})

    def compiled() -> regex.Pattern[str]:
        try:
            return _compiled(filled)
        except ValueError as error:
            msg = Message(
                "{path}: {entry!r} has a regex that does not compile: {error}. Correct the regex {source!r}.",
                path=path,
                entry=entry,
                error=error,
                source=source,
            )
            raise CatalogError(msg) from error

    return cast("regex.Pattern[str]", _Later(filled, compiled)) if DATA in path.parents else compiled()


class _Later:
    """A pattern that is compiled when something is first asked of it."""

    def __init__(self, source: str, compiled: Callable[[], regex.Pattern[str]]) -> None:
        """Keep the source, and how to compile it."""
        self.pattern = source
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        """Compile, and from then on answer as the pattern does."""
        compiled = self._compiled()
        for method in ("match", "search", "fullmatch", "finditer", "sub"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


# A regex of this many characters takes the standard library 10 to 100 ms to compile, and is kept compiled instead.
_LONG = 1_000


@lru_cache(maxsize=1 << 12)
def _compiled(source: str) -> regex.Pattern[str]:
    """Compile a regex; a `ValueError` has its fault. Resources that differ in a row share the patterns of all others."""
    if len(source) < _LONG:
        try:
            # The standard library runs what it can compile up to twice as fast; \p{Han} and the like it cannot.
            return cast("regex.Pattern[str]", re.compile(source))
        except re.error:
            pass
    import regex

    from extractor.kept_patterns import compile_pattern

    try:
        return compile_pattern(source)
    except regex.error as error:
        raise ValueError(str(error)) from error


def fill_pieces(path: Path, entry: str, source: str, pieces: Mapping[str, str]) -> str:
    """Put the pieces into a regex, also those that pieces name; a `CatalogError` names one that there is not."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in pieces:
            msg = Message(
                "{path}: {entry!r} uses the piece %{{{name}}}, which does not exist. Pieces: {pieces}.",
                path=path,
                entry=entry,
                name=name,
                pieces=tuple(sorted(pieces)),
            )
            raise CatalogError(msg)
        return _PIECE.sub(fill, pieces[name])

    return _PIECE.sub(fill, source)
