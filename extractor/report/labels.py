"""The words that people read for fields, members and indicators, in Chinese or English, from the data files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from extractor.resources import check_unique, read_rows, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.resources import Resources

LANGUAGES = ("zh", "en")


class LabelRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of ``labels.toml``."""

    id: str
    zh: str
    en: str


class Labels:
    """Labels in one language; what has none is shown by its own name."""

    def __init__(self, words: dict[str, str], indicators: dict[str, str]) -> None:
        """Keep the words by label id and the names by indicator id."""
        self._words = words
        self._indicators = indicators

    def __call__(self, group: str, member: str | None) -> str:
        """Say a member of a group (``kind``, ``money``); an unknown member is its own label."""
        return "" if member is None else self._words.get(f"{group}.{member}", member)

    def indicator(self, indicator: str | None) -> str | None:
        """Say an indicator's name."""
        return None if indicator is None else self._indicators.get(indicator, indicator)

    def indicators(self) -> tuple[str, ...]:
        """List the ids of the indicators in the order of the catalog."""
        return tuple(self._indicators)

    def unit(self, unit: str | None) -> str:
        """Say a unit; a classifier in braces is its own word."""
        return self("unit", unit).strip("{}")


def load_labels(resources: Resources, language: str) -> Labels:
    """Load the labels of a language, ``zh`` or ``en``."""
    path = resources.root / "labels.toml"
    rows = read_rows(path, "label", LabelRow)
    check_unique(((path, row.id) for row in rows), "label")
    words = {row.id: row.zh if language == "zh" else row.en for row in rows}
    key = "name" if language == "zh" else "name_en"
    names = {row["id"]: str(row.get(key) or row["name"]) for row in _catalog_rows(resources) if "name" in row}
    return Labels(words, names)


def find_rule(resources: Resources, rule: str) -> str | None:
    """Name the data file whose row has an id, as a path below the data folder."""
    for path in resources.files("**/*.toml"):
        if any(row.get("id") == rule for rows in read_toml(path).values() for row in _tables(rows)):
            return path.relative_to(resources.root).as_posix()
    return None


def _catalog_rows(resources: Resources) -> Iterator[dict[str, Any]]:
    for path in resources.files("indicators/*.toml"):
        for rows in read_toml(path).values():
            yield from (row for row in _tables(rows) if "id" in row)


def _tables(rows: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever TOML held
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
