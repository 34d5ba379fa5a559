"""Makes a notice's facts, unresolved entries and ledger, and its record for the dataset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, cast

from extractor.messages import Message, as_text
from extractor.model import Disposition, Evidence, Fact, NoticeResult, Span, Support, Unresolved, UnresolvedReason
from extractor.notice.facts.dates.drafts import draft_dates
from extractor.notice.facts.draft import bounds_apart
from extractor.notice.facts.explain import Explanation, explain
from extractor.notice.facts.figures.drafts import draft_quantities
from extractor.notice.facts.ledger import Claim, ClaimMap, claim_rest, ledger_rows
from extractor.notice.facts.linking_resources import linking_resources
from extractor.notice.facts.programme import notice_programmes
from extractor.notice.facts.record import Ids, NoticePlace, evidence_of, notice_record, sentence_records
from extractor.notice.facts.sentence.context import SentenceContext
from extractor.notice.facts.sentence.text import LONGEST_HEADING, searched
from extractor.notice.facts.support import add_indicator_support
from extractor.notice.mentions.patterns import amounts_of

if TYPE_CHECKING:
    from extractor.model import Block, DateMention, Notice, Quantity
    from extractor.notice.facts.draft import Draft
    from extractor.notice.facts.linking_resources import LinkingResources
    from extractor.notice.mentions import Mentions, SentenceMentions
    from extractor.resources import Resources

_MESSAGES: dict[UnresolvedReason, str] = {
    "no_unit": as_text(Message("a number without a unit that units.toml lists")),
    "unreadable": as_text(Message("signs of a numeral that do not make a number")),
    "too_long": as_text(Message("a run of digits too long to be a figure")),
    "ambiguous": as_text(Message("words that can be read in several ways")),
    "impossible_date": as_text(Message("a day that the calendar does not have")),
    "uneven_list": as_text(Message("a list of values with another number of subjects")),
    "damaged": as_text(Message("characters that are damaged beyond repair")),
    "internal": as_text(Message("a fault of this program in reading the sentence")),
}
_DISPOSITIONS: dict[str, Disposition] = {
    "citation": "citation", "word": "word", "structure": "structure", "furniture": "furniture", "date": "date",
}  # fmt: skip


def make_facts(
    notice: Notice,
    mentions: Mentions,
    resources: Resources,
    place: NoticePlace,
    *,
    explanations: dict[str, Explanation] | None = None,
) -> NoticeResult:
    """Link, scope and date every figure of a notice; ``place`` says which file and notice id it has.

    ``explanations``, where given, is filled with why each fact was linked as it was, by fact id.
    """
    maker = _Maker(notice, resources.built(linking_resources), resources.built(_hints), place)
    maker.explanations = explanations
    return maker.run(mentions)


def _hints(resources: Resources) -> dict[str, str | None]:
    return {row.id: row.indicator for row, _ in amounts_of(resources)}


class _Maker:
    """State of one notice: its drafts, claims and ids."""

    def __init__(
        self, notice: Notice, linking_resources: LinkingResources, hints: dict[str, str | None], place: NoticePlace
    ) -> None:
        self.notice, self.linking_resources, self.hints, self.place = notice, linking_resources, hints, place
        self.ids = Ids(place.notice_id)
        self.claims: list[Claim] = [Claim(mark.span, "structure", reason=mark.kind) for mark in notice.marks]
        self.facts: list[Fact] = []
        self.unresolved: list[Unresolved] = []
        self.explanations: dict[str, Explanation] | None = None
        self._last: tuple[Span, str] = (Span(0, 0), "")
        self.begins = [sentence.span.start for sentence in notice.sentences]
        self.blocks = [block for block in notice.text.source.blocks if block.page]
        self.block_starts = [block.start for block in self.blocks]
        self.damaged = any(block.damaged for block in self.blocks)

    def run(self, mentions: Mentions) -> NoticeResult:
        programmes = notice_programmes(self.notice, self.linking_resources)
        for sentence in self.notice.sentences:
            if sentence.kind not in ("body", "cell"):
                self.claims.append(Claim(sentence.span, "furniture", reason=sentence.kind))
        holding = [found for found in mentions.sentences if found.quantities or found.dates]
        if holding:
            headings = [
                s.heading_span
                for s in self.notice.sections
                if s.heading_span and s.heading_span.end - s.heading_span.start <= LONGEST_HEADING
            ]
            self.linking_resources.look_at(
                self.notice, [*(searched(self.notice.text.text, found) for found in holding), *headings]
            )
        heads = {found.span.start: found.dates for found in mentions.sentences if found.dates and self._is_cell(found)}
        for found in mentions.sentences:
            kind = self.notice.sentences[found.index].kind
            # Navigation may list figures and dates of other notices: all of it is furniture.
            if kind != "furniture":
                self._claim_stretches(found)
            if kind in ("body", "cell") and (found.quantities or found.dates):
                self._sentence_or_none(found, programmes, heads)
        claim_map = ClaimMap(self.notice.text, self.claims)
        claim_rest(self.notice, claim_map, self.linking_resources, self._unresolved)
        ledger = ledger_rows(self.notice.text, claim_map)
        counts = Counter(row.disposition for row in ledger)
        return NoticeResult(
            notice=notice_record(self.notice, self.place, dict(sorted(counts.items())), self.quote),
            facts=tuple(sorted(self.facts, key=lambda fact: (fact.evidence.start, fact.evidence.end))),
            unresolved=tuple(sorted(self.unresolved, key=lambda entry: entry.evidence.start)),
            ledger=ledger,
            sentences=sentence_records(self.notice) if self.place.measures else (),
        )

    def _is_cell(self, found: SentenceMentions) -> bool:
        return self.notice.sentences[found.index].kind == "cell"

    def _sentence_or_none(
        self,
        found: SentenceMentions,
        programmes: dict[str, Span | None],
        heads: dict[int, tuple[DateMention, ...]],
    ) -> None:
        """Make a sentence's facts; a fault in it loses the sentence, never the notice."""
        facts, unresolved, claims = len(self.facts), len(self.unresolved), len(self.claims)
        if self._is_damaged(self.notice.sentences[found.index].span):
            for span in (*(one.span for one in found.quantities), *(one.span for one in found.dates)):
                entry = self._unresolved(found.index, span, "damaged")
                self.claims.append(Claim(span, "unresolved", entry, "damaged"))
            return
        context = SentenceContext(self.notice, found, self.linking_resources, programmes, heads)
        try:
            self._sentence(context)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever the fault is, the other sentences are worth as much as before
            del self.facts[facts:], self.unresolved[unresolved:], self.claims[claims:]
            entry = self._unresolved(found.index, found.span, "internal")
            self.claims.append(Claim(found.span, "unresolved", entry, "internal"))
        finally:
            context.let_go()

    def _claim_stretches(self, found: SentenceMentions) -> None:
        for non_figure in found.non_figures:
            if non_figure.disposition == "unresolved":
                if self.notice.sentences[found.index].kind in ("body", "cell"):
                    reason = cast("UnresolvedReason", non_figure.rule)
                    entry = self._unresolved(found.index, non_figure.span, reason, non_figure.candidates)
                    self.claims.append(Claim(non_figure.span, "unresolved", entry, reason))
                continue
            self.claims.append(Claim(non_figure.span, _DISPOSITIONS[non_figure.disposition], reason=non_figure.rule))
        self.claims.extend(Claim(date.span, "date", reason=date.pattern) for date in found.dates)

    def _sentence(self, context: SentenceContext) -> None:
        drafts, items, uneven = draft_quantities(context, self.hints)
        self.claims.extend(Claim(item.span, "word", reason="counts the text's own items") for item in items)
        bare = [draft for draft in drafts if draft.unit is None and draft.kind == "count"]
        for draft in bare:
            self.claims.append(
                Claim(
                    draft.number,
                    "unresolved",
                    self._unresolved(context.mentions.index, draft.span, "no_unit"),
                    "no_unit",
                )
            )
        for index in sorted(uneven):
            self._note_uneven(context, context.mentions.quantities[index])
        kept = [draft for draft in drafts if draft not in bare]
        kept += draft_dates(context, kept)
        add_indicator_support(kept)
        kept = _apart(context, kept)
        kept.sort(key=lambda draft: (draft.number, draft.span))
        for draft in kept:
            self._name(context, draft)
        for draft in kept:
            self._finish(context, draft)

    def _note_uneven(self, context: SentenceContext, quantity: Quantity) -> None:
        self._unresolved(context.mentions.index, quantity.span, "uneven_list")

    def _name(self, context: SentenceContext, draft: Draft) -> None:
        exact = context.words(draft.span)
        section = self._section_id(context.sentence.section)
        draft.fact_id = self.ids.make("f", section, self._words(context.span), exact, tuple(draft.span))

    def _finish(self, context: SentenceContext, draft: Draft) -> None:
        scope = draft.scope
        if draft.conditions:
            scope = type(scope)(
                region=scope.region, area=scope.area, places=scope.places, population=scope.population, payer=scope.payer,
                provider=scope.provider, condition=_condition_of(context, draft),
                condition_facts=tuple(condition.fact_id for condition in draft.conditions),
            )  # fmt: skip
        support = []
        for what, span in draft.support:
            start, end = self.notice.text.to_source(span)
            support.append(Support(for_=what, start=start, end=end, exact=self.notice.text.source.text[start:end]))
            self.claims.append(Claim(span, "support", draft.fact_id, what))
        # Signs of its words beside the number: the 百 of 5个百分点, the 6 of 6年（含6年）以上.
        self.claims.append(Claim(draft.span, "support", draft.fact_id, "words"))
        self.claims.append(Claim(draft.number, "fact", draft.fact_id))
        if self.explanations is not None and draft.case is not None:
            self.explanations[draft.fact_id] = explain(draft.case, draft.link)
        self.facts.append(
            Fact(
                fact_id=draft.fact_id, notice_id=self.place.notice_id, policy_year=self.notice.policy_year, rule=draft.rule,
                kind=draft.kind, role=draft.role, operator=draft.operator, value=draft.value, lower=draft.lower,
                upper=draft.upper, lower_inclusive=draft.lower_inclusive, upper_inclusive=draft.upper_inclusive,
                unit=draft.unit, counted=draft.counted, per=draft.per, base=draft.base, due=draft.due, edtf=draft.edtf,
                applies_to=draft.applies_to, compared_to=draft.compared_to, valid_from=draft.valid_from, valid_to=draft.valid_to,
                until_changed=draft.until_changed, anchor=draft.anchor,
                programme=draft.programme, indicator=draft.link.indicator, candidates=draft.link.candidates, subject=draft.subject, scope=scope,
                modality=draft.modality, status="read", evidence=self.evidence(draft.span, context.sentence.section),
                support=tuple(dict.fromkeys(support)),
            )
        )  # fmt: skip

    def _unresolved(self, index: int, span: Span, reason: UnresolvedReason, candidates: tuple[str, ...] = ()) -> str:
        sentence = self.notice.sentences[index]
        words = self._words(sentence.span)
        exact = self.notice.text.text[slice(*span)]
        entry = self.ids.make("u", self._section_id(sentence.section), words, exact, tuple(span))
        self.unresolved.append(
            Unresolved(
                unresolved_id=entry, notice_id=self.place.notice_id, reason=reason, message=_MESSAGES[reason],
                candidates=candidates, evidence=self.evidence(span, sentence.section),
            )
        )  # fmt: skip
        return entry

    def _words(self, span: Span) -> str:
        """Return the words of a sentence, cut once for all of its figures."""
        if self._last[0] != span:
            self._last = (span, self.notice.text.text[slice(*span)].strip())
        return self._last[1]

    def _section_id(self, section: int | None) -> str | None:
        return None if section is None else self.notice.sections[section].id

    def evidence(self, span: Span, section: int | None) -> Evidence:
        """Quote the source for a span of the normalised text."""
        blocks = self._blocks_of(span)
        return evidence_of(self.notice.text, span, self._section_id(section), blocks, self.notice.quality.repairs)

    def _blocks_of(self, span: Span) -> list[Block]:
        if not self.blocks:
            return []
        start, end = self.notice.text.to_source(span)
        first = max(bisect_right(self.block_starts, start) - 1, 0)
        return self.blocks[first : max(bisect_left(self.block_starts, end), first + 1)]

    def _is_damaged(self, span: Span) -> bool:
        """Return True if words stand on a page whose bytes fail their checksum: 350 may have been 250."""
        return self.damaged and any(block.damaged for block in self._blocks_of(span))

    def quote(self, span: Span) -> Evidence:
        """Quote the source for a relation."""
        index = bisect_right(self.begins, span.start) - 1
        return self.evidence(span, self.notice.sentences[index].section if index >= 0 else None)


def _apart(context: SentenceContext, drafts: list[Draft]) -> list[Draft]:
    """Part what has two bounds, and let the figures that it is a condition of have both: 满1年|不足5年的最长12个月."""
    bounds = {id(draft): bounds_apart(context, draft) for draft in drafts}
    for draft in drafts:
        draft.conditions = [part for one in draft.conditions for part in bounds.get(id(one), [one])]
    return [part for draft in drafts for part in bounds[id(draft)]]


def _condition_of(context: SentenceContext, draft: Draft) -> str:
    """Say under which conditions a figure holds: what its scope says, and its clause besides: 怀孕未满4个月|流产的计发15天."""
    said, clause = draft.scope.condition, context.clause(draft.number.start)
    spans: list[Span] = []
    for one in draft.conditions:
        # 20万元以上的部分，由大病保险按90%支付: a band of costs holds beside whatever else does
        if said and one.span.start < clause.start and one.kind != "money":
            continue
        if spans and spans[-1].end == one.span.start:
            spans[-1] = Span(spans[-1].start, one.span.end)  # 满1年|不足5年
        else:
            spans.append(one.span)
    if said and spans and context.text.startswith(said, spans[-1].end):
        spans[-1], said = Span(spans[-1].start, spans[-1].end + len(said)), None  # 未满4个月|流产
    words = [context.words(span) for span in spans if context.words(span) not in (said or "")]
    return "，".join([*words, said] if said else words)
