"""What fact-making needs from the data files, built once: catalog, term finder, word lists, jieba where asked for."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from extractor.notice.dictionary import dictionary
from extractor.notice.facts.catalog import load_catalog
from extractor.notice.facts.names.statement import StatementReader
from extractor.notice.facts.names.words import statement_words
from extractor.notice.mentions.phrase_matcher import PhraseFinder, longest
from extractor.notice.mentions.segmenter import Segmenter
from extractor.notice.mentions.units import unit_table
from extractor.notice.structure.regions import load_gazetteer, load_provinces
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.notice.word_trie import Prefilter, compile_forms
from extractor.resources import read_rows

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from extractor.model import Kind, Modality, Notice, Region, Span, Term
    from extractor.notice.facts.catalog import Cue, Indicator, Programme, Within
    from extractor.notice.mentions.phrase_matcher import Raw
    from extractor.resources import Resources


_KEPT = 4096
# So far around a name stands what says that another amount moves with it.
_MOVED_REACH = 14


class LinkingLists(msgspec.Struct, frozen=True):
    """The lists of `linking.toml`."""

    blocking: WordList
    floors: WordList
    neutral: WordList
    ceilings: WordList
    along_with: WordList
    amounting: WordList
    vast: WordList
    allotting: WordList
    allotting_tables: WordList
    as_high: WordList
    moved_with: WordList
    moves_along: WordList
    item_opens: WordList
    each_step: WordList
    held_to: WordList
    before_change: WordList
    after_change: WordList
    bracketed_year: WordList
    on_average: WordList
    stays_within: WordList
    within_behind: WordList
    amount_bases: WordList
    each_pays: WordList
    yearly: WordList
    halved: WordList
    thresholds: WordList
    bare_heads: WordList
    gift_heads: WordList
    gift_behind: WordList
    gift_names: WordList
    base_behind: WordList
    figure_told: WordList
    tied_behind: WordList
    parts_behind: WordList
    whose_rates: WordList
    paid_caps: WordList
    borne_first: WordList
    base_of: WordList
    sum_signs: WordList
    left_over: WordList
    change_names: WordList
    bare_changes: WordList
    share_behind: WordList
    example_person: WordList
    supposed: WordList
    asker: WordList
    person_nouns: WordList
    persons_at_end: WordList
    general_population: WordList
    limit_before: WordList
    limit_bare: WordList
    in_force_until: WordList
    until_changed: WordList
    ended: WordList
    as_of: WordList
    past_before: WordList
    compared_before: WordList
    compared_tail: WordList
    compared_after: WordList
    last_years: WordList
    year_on_year: WordList
    ailment: WordList
    restate: WordList
    until_before: WordList
    assured_before: WordList
    kept_at: WordList
    at_before: WordList
    year_end: WordList
    reach_after: WordList
    to_do: WordList
    cited: WordList
    introduce: WordList
    taken_in: WordList
    condition_verbs: WordList
    past_event: WordList
    date_condition_end: WordList
    clause_condition_end: WordList
    other_case: WordList
    excepted: WordList
    tier_clauses: WordList
    included_behind: WordList
    paid_out: WordList
    having_things: WordList
    condition_behind: WordList
    reached: WordList
    consequence: WordList
    vague_words: WordList
    cited_before: WordList
    cited_behind: WordList
    band_from: WordList
    condition_before_figure: WordList
    short_or_past: WordList
    a_step: WordList
    defining: WordList
    rate_reached: WordList
    condition_later: WordList
    own_case: WordList
    ages_by_sex: WordList
    month_stages: WordList
    stays: WordList
    amounts_behind: WordList
    tier_chosen: WordList
    rest_borne: WordList
    said_of_each: WordList
    band_up_to: WordList
    band_behind: WordList
    taken_after: WordList
    also_has: WordList
    sized_whom: WordList
    done_before: WordList
    list_moves: WordList
    second_bounds: WordList
    given_nouns: WordList
    giving_before: WordList
    part_behind: WordList
    costs_behind: WordList
    class_of_loans: WordList
    lately: WordList
    later: WordList
    base_before: WordList
    risen_from: WordList
    that_is: WordList
    atop: WordList
    wage_reckoned: WordList
    reckoned_behind: WordList
    base_verbs: WordList
    change_base: WordList
    anchor_day: WordList
    anchor_after: WordList
    anchor_event: WordList
    item_nouns: WordList
    item_units: WordList
    joints: WordList
    date_joints: WordList
    old_before: WordList
    incomes: WordList
    reckoned_by: WordList
    heading_year: WordList
    plan_spans: WordList
    goals_of_paragraph: WordList
    other_times: WordList
    past_of_paragraph: WordList
    ahead: WordList
    aiming: WordList
    plan_heads: WordList
    measured_ages: WordList
    toward: WordList
    times_of_paragraph: WordList
    times_behind: WordList
    in_all: WordList
    work_reports: WordList
    five_years_heads: WordList
    years_counted: WordList
    yearly_mean: WordList
    year_ends: WordList
    counted_as: WordList
    goes_on: WordList
    parts_open: WordList
    by_band: WordList
    same_year: WordList
    look_back: WordList
    effects: WordList
    was_so_much: WordList
    by_degrees: WordList
    this_time: WordList
    set_to: WordList
    scope_joints: WordList
    respectively: WordList
    share_by: WordList
    list_cuts: WordList
    list_openers: WordList
    list_openers_sure: WordList
    list_tail: WordList
    same_case: WordList
    same_whom: WordList
    besides: WordList
    chosen: WordList
    back_reference: WordList
    chosen_behind: WordList
    left_out: WordList
    paid_share_behind: WordList
    named_amounts: WordList
    setting_verbs: WordList
    reckoned_amounts: WordList
    bare_giving: WordList
    article: WordList
    tier_behind: WordList
    rewarded_behind: WordList
    offered_behind: WordList
    band_opens: WordList
    given_for_band: WordList
    topped_up_before: WordList
    weekly: WordList
    other_growth: WordList
    grown_again: WordList
    part_of_year: WordList
    whole_year: WordList
    share_opens: WordList
    summed_before: WordList
    and_others: WordList
    referral_cases: WordList
    bare_stays: WordList
    opening_stays: WordList
    funding_shared: WordList
    used_for: WordList
    tried_out: WordList
    sum_opens: WordList
    averages: WordList
    denied_before: WordList
    sampled_behind: WordList
    compared_behind: WordList
    elsewhere_before: WordList
    gap_before: WordList
    apart_behind: WordList
    another_gives: WordList
    got_before: WordList
    such_a_case: WordList
    not_counted_leads: WordList
    averaged: WordList
    spent: WordList
    each_moved: WordList
    working_days: WordList
    topped_up_behind: WordList
    raised_behind: WordList
    named_behind: WordList
    payer_leads: WordList
    excluded: WordList
    of_all: WordList
    comparing: WordList
    compared_with: WordList
    ages_said: WordList
    treated: WordList
    treated_at: WordList
    topic_headings: WordList
    benefit_headings: WordList
    crossed: WordList
    own_offices: WordList
    likened: WordList
    parts: WordList
    insured_or_fund: WordList
    insured_by: WordList
    joins_insurance: WordList
    insurances_things: WordList
    ratios: WordList
    borne_behind: WordList
    borne_before: WordList
    bears: WordList
    own_money: WordList
    bands: WordList
    paid_amounts: WordList
    tilted: WordList
    helped: WordList
    paid_first: WordList
    plain_heads: WordList
    rates_paid: WordList
    rate_tails: WordList
    table_leads: WordList
    own_per: WordList
    parted: WordList
    says_of_persons: WordList
    getting_persons: WordList
    setting_tails: WordList


class LinkingResources:
    """Everything that facts are made with."""

    def __init__(self, resources: Resources) -> None:
        """Read the catalog and the word lists."""
        self._resources = resources
        self.catalog = resources.built(load_catalog)
        self.units = resources.built(unit_table)
        self.counted = {form: unit.counted for form, unit in self.units.by_form.items() if unit.counted}
        path = resources.root / "linking.toml"
        self.lists = lists = word_lists(path, read_rows(path, "list", ListRow), LinkingLists)
        self.joint = lists.joints.pattern
        self.anchors = [item.pattern for item in (lists.anchor_day, lists.anchor_after, lists.anchor_event)]
        self.limits = (*lists.limit_before.words, *lists.limit_bare.words)
        self.with_words = {row.id: row.with_ for row in self.catalog.scope if row.with_}
        self.treatment = tuple(word for row in self.catalog.scope if row.group == "provider" for word in row.with_)
        # 一级, 基层: levels that are providers only where one is treated.
        self.bare_levels = frozenset(
            form for row in self.catalog.scope if row.group == "provider" and row.with_ for form in row.forms
        )
        self.part_payers = frozenset(row.id for row in self.catalog.scope if row.part)
        self.silent = frozenset(row.id for row in self.catalog.scope if row.silent)
        self.apart = frozenset(row.id for row in self.catalog.scope if row.apart)
        programmes = self.catalog.programmes.values()
        self.generic_programmes = frozenset(row.id for row in programmes if row.generic)
        self.broad_programmes = frozenset(row.id for row in programmes if row.broad)
        self.qualifying_programmes = frozenset(row.id for row in programmes if row.qualifies)
        self.scope_forms = {(row.group, form) for row in self.catalog.scope for form in row.forms}
        self.blocking = lists.blocking.pattern
        # Figures of a sentence ask for the same words, and so do the cells of a table for those above them.
        self.cues_met = lru_cache(_KEPT)(self._cues_met)
        self.region_names = lru_cache(_KEPT)(self._region_names)
        self._told: dict[tuple[str, str | Cue], frozenset[str]] = {}
        self._around: tuple[Notice | None, dict[Span, list[Term]]] = (None, {})
        self._searched: dict[Span, list[Raw]] = {}

    @cached_property
    def provinces(self) -> dict[str, str]:
        """The names of provinces, with their codes."""
        return self._resources.built(load_provinces)

    @cached_property
    def place_names(self) -> frozenset[str]:
        """The names of all regions, in full and in short."""
        gazetteer = self._resources.built(load_gazetteer)
        return frozenset((*gazetteer.full, *gazetteer.short))

    def _region_names(self, region: Region) -> tuple[str, ...]:
        """Name a region, and its province in full and in short, the longer before what it holds."""
        above = f"{region.code[:2]}0000"
        names = {region.name, *(name for name, code in self.provinces.items() if code == above)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def terms(self) -> PhraseFinder:
        """The finder of all catalog words."""
        return PhraseFinder(self._phrases())

    def _phrases(self) -> Iterable[tuple[str, str, str]]:
        yield from (("alias", key, form) for form, keys in self.aliases.items() for key in keys)
        for indicator in self.catalog.indicators.values():
            # Without a key: 人均地区生产总值 names none, and hides the name within.
            yield from (("alias", "", form) for form in indicator.hidden_by)
        for programme in self.catalog.programmes.values():
            if programme.within == "any":
                yield from (("programme", programme.id, form) for form in programme.terms)
        for term in self.catalog.scope:
            yield from ((term.group, term.value or term.id, form) for form in term.forms)

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """The indicators that have each name; 年度|筹资标准 of one programme is a name of all that have 筹资标准, too."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.catalog.indicators.values():
            for form in row.aliases:
                found[form] = (*found.get(form, ()), row.id)
        openers = self.lists.yearly.words
        return {
            form: tuple(
                dict.fromkeys([*keys, *(key for word in openers for key in found.get(form.removeprefix(word), ()))])
            )
            for form, keys in found.items()
        }

    @cached_property
    def beside(self) -> dict[str, frozenset[str]]:
        """Of each programme those in notices on which its figures are told as their own: 生育保险 in one on 职工医保."""
        found: dict[str, set[str]] = {}
        for row in self.catalog.indicators.values():
            for key in row.programmes:
                found.setdefault(key, set()).update(row.beside)
        return {key: frozenset(names) for key, names in found.items() if names}

    @cached_property
    def unlisted_programmes(self) -> frozenset[str]:
        """The programmes of no family of which the catalog has no indicator: 商业保险."""
        listed = {key for row in self.catalog.indicators.values() for key in (*row.programmes, *row.beside)}
        rows = self.catalog.programmes.values()
        return frozenset(row.id for row in rows if not row.family and not row.generic) - listed

    def told_programmes(self, key: str, said: str | Cue) -> frozenset[str]:
        """Of an indicator and one of its names or cues the programmes that its own words tell: social assistance of 城市低保标准."""
        if (key, said) not in self._told:
            row = self.catalog.indicators[key]
            # Each of the words, of which any one is enough, must tell it.
            groups: list[tuple[str, ...]]
            if isinstance(said, str):
                groups = [(said,)] if said in row.aliases else []
            else:
                groups = [said.any, *((word,) for word in said.all)]
            programmes = {one: self.catalog.programmes[one] for one in row.programmes}
            # 一次性生育补助 of a notice on unemployment is that programme's
            terms = {one: (*(set(held.terms) - set(held.bare)), *row.tells) for one, held in programmes.items()}
            told = (one for one, words in terms.items() if any(_tell(group, words) for group in groups))
            self._told[key, said] = frozenset(told)
        return self._told[key, said]

    def _cues_met(self, kind: Kind, within: Within, words: str) -> tuple[tuple[Indicator, tuple[Cue, ...]], ...]:
        """Name the indicators of a kind that have cues for a place, and of these the ones that some words meet."""
        if (kind, within) not in self._cued:
            return ()
        rows, prefilter = self._cued[kind, within]
        met: dict[str, tuple[Indicator, tuple[Cue, ...]]] = {}
        for index in prefilter.admitted(words, 0, len(words)):
            row, cue = rows[index]
            if cue.met_by(words):
                met[row.id] = row, (*met[row.id][1], cue) if row.id in met else (cue,)
        return tuple(met.values())

    @cached_property
    def _cued(self) -> dict[tuple[Kind, Within], tuple[list[tuple[Indicator, Cue]], Prefilter]]:
        """The indicators with their cues, by kind and by where these must stand, and what tells which cues words can meet."""
        found: dict[tuple[Kind, Within], list[tuple[Indicator, Cue]]] = {}
        for row in self.catalog.indicators.values():
            for kind, cue in product(row.kinds, row.cues):
                found.setdefault((kind, cue.within), []).append((row, cue))
        return {
            key: (rows, Prefilter([[max(cue.all, key=len)] if cue.all else [*cue.any] for _, cue in rows]))
            for key, rows in found.items()
        }

    @cached_property
    def words(self) -> Segmenter:
        """Jieba with the catalog's names and the words of statements."""
        names = (form for _, _, form in self._phrases() if len(form) > 1)
        known = self._resources.built(statement_words).known()
        return Segmenter(self._resources.built(dictionary), names, known)

    @cached_property
    def statement(self) -> StatementReader:
        """The reader of statements."""
        return StatementReader(self._resources.built(statement_words), self.words)

    @cached_property
    def modal(self) -> tuple[re.Pattern[str], dict[str, Modality | None]]:
        """The modal words as one pattern, and what each means; None for words that only look like one."""
        meaning: dict[str, Modality | None] = {}
        for row in self.catalog.modality:
            meaning.update(dict.fromkeys(row.words, row.id))
        for row in self.catalog.modality:
            meaning.update(dict.fromkeys(row.not_, None))
        return compile_forms(meaning), meaning

    @cached_property
    def programme_words(self) -> tuple[re.Pattern[str], dict[str, Programme]]:
        """The words of all programmes as one pattern, and what each names."""
        meaning = {form: row for row in self.catalog.programmes.values() for form in (*row.terms, *row.titles)}
        return compile_forms(meaning), meaning

    def terms_at(self, notice: Notice, span: Span) -> list[Term]:
        """Terms of a sentence, heading, lead-in or header cell; the same place is looked at once a notice."""
        if self._around[0] is not notice:
            self._around, self._searched = (notice, {}), {}
        known = self._around[1]
        if span not in known:
            raw = self._searched.pop(span, None)
            found = self.terms.find(notice.text.text, *span) if raw is None else longest(raw)
            known[span] = [term for term in found if not self._is_moved_with(term, notice.text.text, span)]
        return known[span]

    def _is_moved_with(self, term: Term, text: str, place: Span) -> bool:
        """Return True if another amount moves with what a name names, which then is not what is measured."""
        if term.group != "alias":
            return False
        before = text[max(place.start, term.span.start - _MOVED_REACH) : term.span.start]
        behind = text[term.span.end : min(place.end, term.span.end + _MOVED_REACH)]
        return self.lists.moved_with.meets(f"{before}…{behind}")

    def look_at(self, notice: Notice, places: list[Span]) -> None:
        """Find the terms of many places of a notice at once, for `terms_at`."""
        self._around = (notice, {})
        self._searched = self.terms.find_all(notice.text.text, places)


def _tell(words: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    """Return True if each of some words has a programme's term in it."""
    return bool(words) and all(any(term in word for term in terms) for word in words)


def linking_resources(resources: Resources) -> LinkingResources:
    """Build the tools; for `Resources.built`."""
    return LinkingResources(resources)
