"""The certificate in words, as Markdown; a set's name and a person's are escaped, so that they stay words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.dataset.labels import load_labels
from extractor.evaluate.scoring import FIGURES
from extractor.report.changes import PhraseRow, escape
from extractor.resources import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.certificate.digests import FileDigests
    from extractor.certificate.statement import Certificate, Measured
    from extractor.dataset.labels import Labels
    from extractor.resources import Resources

# Hexadecimal digits of a file's digest that are shown; all stand in the JSON.
_SHOWN = 16
# What a line on an audit counts.
_COUNTS = ("figures", "sample", "right", "wrong", "unclear", "share", "low", "high")


def load_words(resources: Resources) -> dict[str, str]:
    """Load the words of `CERTIFICATE.md`; for `Resources.built`."""
    return {row.id: row.text for row in read_rows(resources.root / "certificate.toml", "phrase", PhraseRow)}


def document(certificate: Certificate, resources: Resources) -> bytes:
    """Write a certificate as Markdown."""
    writer = _Writer(certificate, resources.built(load_words), load_labels(resources, "zh"))
    return ("\n".join(writer.lines()).rstrip() + "\n").encode()


class _Writer:
    def __init__(self, certificate: Certificate, words: dict[str, str], labels: Labels) -> None:
        self._made, self._words, self._labels = certificate, words, labels

    def lines(self) -> Iterator[str]:
        made = self._made
        state = self._words["published" if made.published else "built"]
        yield f"# {self._words['title']} {made.dataset_version}"
        yield from ("", self._words["about"], "")
        yield from self._table(("what", "count"), self._contents(state))
        for name, group, counts in (
            ("numerals", "disposition", made.numerals), ("unresolved", "reason", made.unresolved),
            ("set_aside", "set_aside", made.set_aside), ("checks", "check_status", made.checks), ("doubts", "doubt", made.doubts),
            ("reviews", "status", made.reviews),
        ):  # fmt: skip
            yield from self._section(name, total=made.doubtful if name == "doubts" else sum(counts.values()))
            rows = [(self._labels(group, member), str(count)) for member, count in counts.items()]
            yield from self._table(("what", "count"), rows) if rows else (self._words["none"], "")
        yield from self._quality()
        yield from self._audit()
        yield from self._section("digests")
        files = (("inputs", made.inputs), ("releases", made.releases), ("rules", made.rules), ("outputs", made.outputs))
        yield from self._table(("what", "files", "sha256"), (self._digest(name, found) for name, found in files))

    def _contents(self, state: str) -> list[tuple[str, str]]:
        made = self._made
        linked = f"{made.linked.share if made.linked.total else '–'} ({made.linked.met}/{made.linked.total})"
        return [
            (self._words["version"], f"{made.dataset_version}{state}"),
            (self._words["generator"], f"{made.generator.name} {made.generator.version}"),
            *((self._words[f"contents.{name}"], str(count)) for name, count in made.contents.items()),
            (self._words["linked"], linked),
        ]

    def _quality(self) -> Iterator[str]:
        yield from self._section("quality")
        sets = self._made.quality
        if not sets:
            yield from (self._words["not_measured"], "")
            return
        yield from (self._words["about_quality"], "")
        names = [name for name in FIGURES if any(name in one.figures for one in sets)]
        heads = [self._words["set"], self._words["contents.notices"], *(self._labels("figure", name) for name in names)]
        cells = [
            [escape(one.name), str(one.notices), *(_share(one.figures.get(name)) for name in names)] for one in sets
        ]
        yield from _table(heads, cells)

    def _audit(self) -> Iterator[str]:
        yield from self._section("audit")
        found = self._made.audit
        if found is None:
            yield from (self._words["no_audit"], "")
        elif found.share is None:
            yield from (self._words["open_audit"].format(sample=found.sample, open=found.open), "")
        else:
            counts = {name: getattr(found, name) for name in _COUNTS}
            told = {name: escape(getattr(found, name)) for name in ("who", "on", "seed")}
            yield from (self._words["audited"].format(**counts, **told), "")

    def _digest(self, name: str, found: FileDigests) -> tuple[str, str, str]:
        return self._words[f"files.{name}"], str(len(found.files)), f"`{found.digest[:_SHOWN]}`"

    def _section(self, name: str, **counts: int) -> Iterator[str]:
        yield from (f"## {self._words[f'heading.{name}'].format(**counts)}", "")

    def _table(self, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
        yield from _table([self._words[f"head.{name}"] for name in heads], rows)


def _table(heads: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _share(measured: Measured | None) -> str:
    return f"{measured.share} [{measured.low}, {measured.high}]" if measured else "–"
