"""Says in words why a figure was linked as it was, for `extractor show` and `extractor parse --explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from extractor.dataset.labels import find_rule, one_line, safe, subject_words, value_words
from extractor.report.columns import Columns, TableColumn, WrappedWords
from extractor.report.terminal import named_rows, short_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from extractor.build.reread import Reread
    from extractor.dataset.labels import Labels
    from extractor.model import Fact
    from extractor.notice.facts.explain import Explanation, Refused
    from extractor.resources import Resources

# Headings and lead-ins may be long; their beginning is enough to find them.
_LONGEST_PLACE = 30
_TELLING = {"rival", "require", "programme", "excluded", "several"}


def basis_words(found: Explanation, labels: Labels) -> str:
    """Say what decided: ``同一分句里的名称“人均财政补助标准”``, or why nothing did."""
    if found.indicator is None:
        several = any(refused.reason == "several" for refused in found.refused)
        reason = "several_fit" if several else "none_fits" if found.refused else "none_named"
        return labels("phrase", reason)
    said = _quoted(found.said, labels)
    if found.said == (found.place,):
        return labels("phrase", "heading_alone").format(said)
    place = one_line(found.place or "")
    place = f"{place[:_LONGEST_PLACE]}…" if len(place) > _LONGEST_PLACE else place
    return labels("step", found.step).format(said=said, place=_quoted([place], labels))


def refused_words(refused: Refused, labels: Labels) -> str:
    """Say what kept an indicator from a figure: ``起付标准（“起付线”）：单位不合，…``."""
    name = labels.indicator(refused.indicator)
    said = _quoted(refused.said, labels)
    return labels("phrase", "refused").format(indicator=name, said=said, reason=_reason(refused, labels))


def explanation_view(fact: Fact, again: Reread | None, resources: Resources, labels: Labels) -> RenderableType:
    """Show why one fact was linked as it was; where its notice can't be read again, say so."""
    found = again.explanations.get(fact.fact_id) if again else None
    rows: list[tuple[str, str]] = []
    # The package doesn't know by which words a user's own row finds its figures.
    foreign = any(row["id"] == fact.indicator for row in resources.known) and not resources.catalogs
    said = [labels("phrase", "own_catalog")] if foreign else _notes(fact, again, found, labels)
    notes = [WrappedWords(Text(safe(note), style="italic")) for note in said]
    if found is not None and not foreign:
        rows = _rows(found, find_rule(resources, found.indicator) if found.indicator else None, labels)
    heading = Text(labels("field", "explanation"), style="bold")
    return Group(Text(""), heading, Padding(Group(*notes, named_rows(rows)), (0, 2)))


def _notes(fact: Fact, again: Reread | None, found: Explanation | None, labels: Labels) -> list[str]:
    """Say what an explanation can't know, and where the dataset has another indicator than the notice gives now."""
    if again is None:
        return [labels("phrase", "no_file")]
    notes = [] if again.whole else [labels("phrase", "kept_text")]
    if found is None:
        notes.append(labels("phrase", "not_read_again"))
    elif any(one.field == "indicator" for one in fact.corrections):
        notes.append(labels("phrase", "corrected_since"))
    elif fact.indicator != found.indicator:
        outcome = labels.indicator(found.indicator) or labels("phrase", "not_linked")
        notes.append(labels("phrase", "catalog_changed").format(outcome))
    return notes


def _rows(found: Explanation, file: str | None, labels: Labels) -> list[tuple[str, str]]:
    """List name and words of an explanation; ``file`` is the data file with its indicator's row."""
    name = labels.indicator(found.indicator)
    rows = [(labels("field", "indicator"), f"{name}  {found.indicator}" if name else labels("phrase", "not_linked"))]
    rows.append((labels("field", "decided"), basis_words(found, labels)))
    if found.row and file:
        rows.append((labels("field", "catalog_row"), f"{file}  {labels('row', found.row)}"))
    if found.programmes:
        rows.append((labels("field", "programmes"), labels.listed(found.programmes)))
    refused = [refused_words(one, labels) for one in shown_refusals(found)]
    return [*rows, *((labels("field", "refused") if at == 0 else "", words) for at, words in enumerate(refused))]


def shown_refusals(found: Explanation) -> list[Refused]:
    """List what is worth telling, what came closest first.

    Beside an indicator that was taken, only what a word or the programme kept from the figure says something: the names
    of other figures stand around it anyway.
    """
    shown = [one for one in found.refused if found.indicator is None or one.reason in _TELLING]
    return sorted(shown, key=lambda one: (one.reason == "kind", one.reason != "several"))


def explanations_view(facts: Sequence[Fact], found: Mapping[str, Explanation], labels: Labels) -> Columns:
    """Show of each fact what decided, and below it, where nothing did, what was refused and why."""
    columns = [
        TableColumn(labels("field", "fact_id")),
        TableColumn(labels("field", "value")),
        TableColumn(labels("field", "indicator"), least=20, most=30),
        TableColumn(labels("field", "decided"), below=True),
    ]
    ids = short_ids([fact.fact_id for fact in facts])
    rows = [
        (
            Text(name, style="dim"),
            Text(safe(value_words(fact, labels) or fact.due or ""), style="bold"),
            Text(subject_words(fact, labels), style="" if fact.indicator else "italic"),
            _basis(found[fact.fact_id], labels),
        )
        for fact, name in zip(facts, ids, strict=True)
        if fact.fact_id in found
    ]
    return Columns(columns, rows, labels("field", "explanation"))


def _basis(found: Explanation, labels: Labels) -> Text:
    lines = [basis_words(found, labels)]
    if found.indicator is None:
        lines += [f"· {refused_words(refused, labels)}" for refused in shown_refusals(found)]
    return Text("\n".join(map(safe, lines)))


def _reason(refused: Refused, labels: Labels) -> str:
    """Fill the words of a reason with what was found and what is wanted, in the reader's language."""
    reason = refused.reason
    found, wanted = refused.found, refused.wanted
    if reason in {"kind", "operator", "per"}:
        found, wanted = (tuple(labels(reason, word) for word in words) for words in (found, wanted))
    elif reason == "unit":
        found, wanted = (tuple(labels.unit(word) for word in words) for words in (found, wanted))
    else:
        found, wanted = (tuple(_quoted([word], labels) for word in words) for words in (found, wanted))
    if reason == "programme" and not found:
        return labels("refusal", "unnamed").format(wanted=labels("phrase", "or").join(wanted))
    if reason == "require" and found:
        return labels("refusal", "barred").format(found=labels("phrase", "and").join(found))
    lacking = reason == "per" and not (found and wanted)
    said = ("per_any" if found else "per_none") if lacking else reason
    return labels("refusal", said).format(
        found=labels("phrase", "and").join(found), wanted=labels("phrase", "or").join(wanted)
    )


def _quoted(words: Sequence[str], labels: Labels) -> str:
    return labels("phrase", "and").join(labels("phrase", "quoted").format(one_line(word)) for word in words)
