"""What changed between two shapes of the dataset, and what of it breaks a promise of the same major version.

Within a major version, programs written for an earlier minor read later files, and `extractor` reads earlier files:

| breaks | does not break |
|---|---|
| a property is removed or renamed, or no longer always there | a property is added, with a default for files that lack it |
| a property is added that earlier files would have to have | a member is added to an enumeration (readers tolerate them) |
| a type is another one, gains null or an alternative, or loses one | words: descriptions, titles |
| a member of an enumeration is removed, an enumeration is opened or closed | |
| a pattern or a limit is added, changed or removed | |

``python tests/schema_changes.py`` accepts the present shape, where it breaks nothing and has a version of its own;
``--unpublished`` accepts additions to a version that was never published.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from extractor import model
from extractor.dataset import canonical
from extractor.dataset.schema import SCHEMA_VERSION, dataset_schema

FOLDER = Path(__file__).parent / "contract"
_WORDS = {"description", "title", "default", "$schema", "$defs"}
_SHAPE = {"type", "anyOf", "enum", "$ref", "properties", "required", "items", "prefixItems", "additionalProperties"}


Seen: TypeAlias = frozenset[tuple[str, ...]]


class Change(NamedTuple):
    """A difference: where, what, and whether it needs a new major version."""

    place: str
    what: str
    breaking: bool


def accepted_path(version: str = SCHEMA_VERSION) -> Path:
    """The file with the last accepted shape of a version's major."""
    return FOLDER / f"dataset.schema-{version.partition('.')[0]}.json"


def schema_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """List the differences of two schemas, by place."""
    found: list[Change] = []
    _compare("dataset", old, new, (old, new), found, frozenset())
    return sorted(set(found))


def _compare(place: str, old: Any, new: Any, roots: tuple[Any, Any], found: list[Change], seen: Seen) -> None:
    before, after = _kinds(old, roots[0]), _kinds(new, roots[1])
    for kind in sorted(before.keys() ^ after.keys()):
        verb = "can also be" if kind in after else "can no longer be"
        found.append(Change(place, f"{verb} {kind}", breaking=True))
    for kind in sorted(before.keys() & after.keys()):
        pair = tuple(_name(part, root) for part, root in zip((before[kind], after[kind]), roots, strict=True))
        if pair not in seen:
            _compare_kind(
                pair[1] or place, before[kind], after[kind], roots, found, seen | {pair} if all(pair) else seen
            )


def _name(node: dict[str, Any], root: dict[str, Any]) -> str:
    """Say under which name a schema defines a node; none for one that it defines in place."""
    return next((name for name, part in root.get("$defs", {}).items() if part is node), "")


def _kinds(node: dict[str, Any], root: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Split a node into its alternatives by JSON type, references followed."""
    if "$ref" in node:
        return _kinds(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    if "anyOf" in node:
        return {kind: one for part in node["anyOf"] for kind, one in _kinds(part, root).items()}
    return {node.get("type") or ("string" if "enum" in node else "anything"): node}


def _compare_kind(place: str, old: Any, new: Any, roots: tuple[Any, Any], found: list[Change], seen: Seen) -> None:
    _compare_members(place, old.get("enum"), new.get("enum"), found)
    limits = [name for name in sorted((old.keys() | new.keys()) - _WORDS - _SHAPE) if old.get(name) != new.get(name)]
    found += [Change(place, f"{name} was {old.get(name)!r}, is {new.get(name)!r}", breaking=True) for name in limits]
    before, after = old.get("properties", {}), new.get("properties", {})
    found += [Change(f"{place}.{name}", "removed", breaking=True) for name in before.keys() - after.keys()]
    found += [Change(f"{place}.{name}", "added", breaking=False) for name in after.keys() - before.keys()]
    for name in sorted(before.keys() & after.keys()):
        if name in old.get("required", ()) and name not in new.get("required", ()):
            found.append(Change(f"{place}.{name}", "is no longer always there", breaking=True))
        _compare(f"{place}.{name}", before[name], after[name], roots, found, seen)
    for name in ("items", "additionalProperties"):
        if isinstance(old.get(name), dict) and isinstance(new.get(name), dict):
            _compare(f"{place}[]", old[name], new[name], roots, found, seen)
        elif old.get(name) != new.get(name):
            found.append(Change(place, f"{name} changed", breaking=True))
    if len(old.get("prefixItems", ())) != len(new.get("prefixItems", ())):
        found.append(Change(place, "has another length", breaking=True))
    for number, (one, other) in enumerate(zip(old.get("prefixItems", ()), new.get("prefixItems", ()), strict=False)):
        _compare(f"{place}[{number}]", one, other, roots, found, seen)


def _compare_members(place: str, old: list[str] | None, new: list[str] | None, found: list[Change]) -> None:
    if (old is None) != (new is None):
        found.append(
            Change(place, "is no longer an enumeration" if new is None else "became an enumeration", breaking=True)
        )
    for member in sorted(set(old or ()) ^ set(new or ())) if old and new else ():
        gone = member in old
        found.append(
            Change(place, f"{member!r} {'removed from' if gone else 'added to'} the enumeration", breaking=gone)
        )


def without_default(changes: list[Change], types: Any = model) -> list[Change]:
    """List the properties added that have no default, so that files of an earlier minor version can't be read."""
    found = []
    for change in changes:
        name, _, field = change.place.rpartition(".")
        kind = getattr(types, name, None)
        if change.what == "added" and kind is not None:
            required = {one.encode_name for one in msgspec.structs.fields(kind) if one.required}
            found += [Change(change.place, "added without a default", breaking=True)] if field in required else []
    return found


def main() -> None:
    """Write the present shape as the accepted one."""
    path, schema = accepted_path(), dataset_schema()
    if path.exists():
        old = msgspec.json.decode(path.read_bytes())
        changes = schema_changes(old, schema)
        breaking = [change for change in (*changes, *without_default(changes)) if change.breaking]
        if breaking:
            sys.exit(f"not accepted, these need a new major version: {breaking}")
        if changes and old["title"] == schema["title"] and "--unpublished" not in sys.argv:
            sys.exit(f"not accepted, raise the minor version of SCHEMA_VERSION for: {changes}")
    path.write_bytes(canonical.encode(schema))


if __name__ == "__main__":
    main()
