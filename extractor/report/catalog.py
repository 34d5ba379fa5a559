"""What `extractor catalog` shows: what is wrong with rows, and why; and rows that it suggests, as TOML."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.build.suggest import GROUP, ID, toml_row
from extractor.dataset.labels import one_line, safe, subject_words, value_words
from extractor.notice.facts.linking_resources import linking_resources
from extractor.report.columns import WrappedWords
from extractor.report.explanation import basis_words, refused_words, shown_refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from extractor.build.suggest import LeftOut, Quotation, SuggestedProgramme, Suggestion, Suggestions
    from extractor.dataset.labels import Labels
    from extractor.model import Fact
    from extractor.notice.catalog_check import CatalogCheck, CheckedFault, SharedName
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources

# Longer names in which one lies are told by the first of them.
_MOST_NAMES = 3


def catalog_view(found: CatalogCheck, resources: Resources, labels: Labels, *, verbose: bool) -> RenderableType:
    """Show what was found, mistakes first; names that lie in others only with ``verbose``, and always how many there are."""
    parts: list[RenderableType] = []
    for title, faults in (("faults", found.faults), ("spoilt", found.spoilt)):
        if faults:
            parts.append(Text(labels("catalog", title), style="bold"))
        for (path, entry), rows in groupby(faults, key=lambda one: (one.fault.path, one.fault.entry)):
            file = path.relative_to(resources.root) if path.is_relative_to(resources.root) else path
            parts.append(_head(entry, str(file), labels))
            parts += [
                Padding(WrappedWords(line), (0, 0, 0, indent)) for row in rows for indent, line in _fault(row, labels)
            ]
            parts.append(Text(""))
    if lines := _overlap_lines(found.overlaps, labels, verbose=verbose):
        parts.append(Text(labels("catalog", "overlaps"), style="bold"))
        parts += [Padding(WrappedWords(line), (0, 0, 0, 2)) for line in lines]
        parts.append(Text(""))
    parts.append(Text(_summary(found, resources, labels), style="bold red" if found.mistakes else "bold green"))
    return Group(*parts)


def _head(entry: str, file: str, labels: Labels) -> Text:
    name = labels.indicator(entry)
    line = Text(f"  {safe(entry)}", style="bold")
    line.append(f"  {safe(name)}" if name and name != entry else "")
    return line.append(f"  {safe(file)}", style="dim")


def _fault(checked: CheckedFault, labels: Labels) -> Iterator[tuple[int, Text]]:
    """Say one fault, each line with its indent: the text, what was expected, and its figures with why they were linked so."""
    fault = checked.fault
    if fault.is_missing:
        yield 4, Text(labels("catalog", f"missing_{fault.what}"))
        return
    wanted = f"  {labels('catalog', 'expected').format(safe(fault.wanted))}" if fault.table == "indicator" else ""
    yield 4, Text(f"{labels('catalog', fault.what)}  {one_line(fault.text)}{wanted if fault.what == 'example' else ''}")
    if fault.table != "indicator":
        yield 6, Text(labels("catalog", "not_met" if fault.what == "example" else "met"))
    elif not checked.facts:
        yield 6, Text(labels("catalog", "no_figure"))
    for fact, why in checked.facts:
        yield from _figure(fact, why, fault.entry, labels)


def _figure(fact: Fact, why: Explanation, entry: str, labels: Labels) -> Iterator[tuple[int, Text]]:
    """Say what a figure was linked to and why, and what kept the row from it."""
    value = value_words(fact, labels) or fact.due or ""
    ids = labels.listed(fact.candidates) or fact.indicator or ""
    name = " ".join(filter(None, (subject_words(fact, labels), ids)))
    yield 6, Text(f"{safe(value)} → {safe(name)}: {safe(basis_words(why, labels))}")
    if fact.indicator != entry and entry not in fact.candidates:
        shown = [one for one in why.refused if one.indicator == entry] or shown_refusals(why)
        yield from ((8, Text(safe(refused_words(one, labels)))) for one in shown)


def _overlap_lines(overlaps: Iterable[SharedName], labels: Labels, *, verbose: bool) -> list[Text]:
    """Say which words rows share, mistakes first; those of one pair of rows on one line."""
    groups: dict[tuple[str, tuple[str, str]], list[SharedName]] = {}
    for one in overlaps:
        if verbose or one.is_mistake:
            groups.setdefault((one.kind, one.rows), []).append(one)
    ranked = sorted(groups.items(), key=lambda item: not item[1][0].is_mistake)
    return [
        Text(
            labels("overlap", kind).format(words=_words([one.words for one in found], labels), other=_words([one.other for one in found], labels), one=rows[0], two=rows[1]),
            style="red" if found[0].is_mistake else "",
        )
        for (kind, rows), found in ranked
    ]  # fmt: skip


def _words(words: Sequence[str], labels: Labels) -> str:
    """List words, the first of many."""
    known = list(dict.fromkeys(words))
    more = f" … ({len(known)})" if len(known) > _MOST_NAMES else ""
    return safe(labels.listed(known[:_MOST_NAMES]) + more)


def _summary(found: CatalogCheck, resources: Resources, labels: Labels) -> str:
    """Count rows, examples, near misses and mistakes."""
    catalog = resources.built(linking_resources).catalog
    rows = [catalog.indicators.get(key) or catalog.programmes[key] for key in found.rows]
    counts = {
        "indicators": sum(key in catalog.indicators for key in found.rows),
        "programmes": sum(key in catalog.programmes for key in found.rows),
        "examples": sum(len(row.examples) for row in rows),
        "near_misses": sum(len(row.rejects) for row in rows),
        "mistakes": found.mistakes,
        "notes": sum(not one.is_mistake for one in found.overlaps),
    }
    return " · ".join(f"{labels('catalog', name)} {count}" for name, count in counts.items())


# ── Suggested rows


def suggestions_text(found: Suggestions, source: str, labels: Labels) -> str:
    """Write suggested rows as TOML, by programme, each with what it rests on as comments; then what was left out."""
    lines = _comment(labels("suggest", "head").format(source=one_line(source), count=len(found.rows)))
    for entry, group in groupby(found.rows, key=lambda one: one.programme):
        listed = list(group)
        count = sum(one.facts for one in listed)
        if programme := found.programmes.get(entry):
            lines += [
                "",
                *_comment(labels.counted("suggest", "unknown", count).format(count=count)),
                *_programme(entry, programme, labels),
            ]
        else:
            lines += ["", *_comment(labels.counted("suggest", "programme", count).format(programme=entry, count=count))]
        lines += [line for one in listed for line in ("", *_suggestion(one, labels))]
    if found.left_out:
        count = sum(one.facts for one in found.left_out)
        lines += ["", *_comment(labels("suggest", "left_out").format(count=count))]
        lines += [line for one in found.left_out for line in _comment(_left_out(one, labels))]
    return safe("\n".join([*lines, ""]))


def _programme(entry: str, programme: SuggestedProgramme, labels: Labels) -> Iterator[str]:
    """Write the rows of a programme and of its group, below the titles of the notices that speak of it."""
    if programme.titles:
        yield from _comment(
            "\n".join([labels("suggest", "titles"), *(f"  {one_line(one)}" for one in programme.titles)])
        )
    yield ""
    yield from _row("programme", programme.row(entry), labels)
    yield ""
    group = {"id": GROUP.format(entry), "name": programme.terms[0], "name_en": ""}
    yield from toml_row("group", group).rstrip().splitlines()


# Names of figures that no row was made of.
_MOST_LEFT = 8
# Of these as many are quoted.
_MOST_SAID = 3


def _left_out(one: LeftOut, labels: Labels) -> str:
    """Say why figures of a kind are in no row, and what they are called."""
    named = [f"{one_line(name)} {count}" for name, count in one.names if name][:_MOST_LEFT]
    more = " …" if sum(bool(name) for name, _ in one.names) > _MOST_LEFT else ""
    head = f"  {labels('suggest', one.why)} · {labels('kind', one.kind)} {one.facts}"
    said = [f"    “…{one_line(one.said[name])}”" for name, _ in one.names[:_MOST_SAID]]
    return "\n".join([labels.bracketed(head, labels.listed(named) + more), *said])


def _suggestion(one: Suggestion, labels: Labels) -> Iterator[str]:
    """Write one row: how often and where, what else was said, and the row."""
    counts = {
        "facts": one.facts,
        "notices": one.notices,
        "years": labels.listed(map(str, one.years)),
        "regions": labels.listed(one.regions),
    }
    said = [f"{labels('suggest', name)} {value}" for name, value in counts.items() if value]
    if one.span:
        said.append(f"{labels('suggest', 'span')} {'–'.join(dict.fromkeys(one.span))}")
    yield from _comment(" · ".join(said))
    for quotation in (*one.examples, *one.quotations):
        yield from _comment(_quoted(quotation))
    if not one.examples:
        yield from _comment(labels("suggest", "no_example"))
    yield from _row("indicator", one.row(ID.format(one.programme), one.programme), labels)


def _row(table: str, row: dict[str, Any], labels: Labels) -> list[str]:
    """Write a row; where it has no near miss one is still to be written."""
    *lines, rejects = toml_row(table, row).rstrip().splitlines()
    return [*lines, rejects if row["rejects"] else f"{rejects}  # {labels('suggest', 'rejects')}"]


def _quoted(quotation: Quotation) -> str:
    return f"“{one_line(quotation.text)}” {one_line(quotation.source)}"


def _comment(words: str) -> list[str]:
    return [f"# {line}".rstrip() for line in words.split("\n")]
