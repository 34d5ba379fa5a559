"""The rows of `statement.toml`: the words that hold a statement together, and how names of persons, places, payers end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from extractor.notice.structure.regions import load_cities, load_short_counties
from extractor.notice.word_lists import ListRow, WordList, word_lists
from extractor.resources import read_tables

if TYPE_CHECKING:
    from extractor.resources import Resources

FILE = "statement.toml"
Use: TypeAlias = Literal[
    "change", "give", "grant", "act", "task", "prep", "base", "adverb", "edge", "joint", "mark", "de", "name"
]
ChunkKind: TypeAlias = Literal[
    "measure", "person", "place", "provider", "payer", "body", "time", "empty", "weak", "grade"
]

VERBS: frozenset[Use] = frozenset({"change", "give", "grant", "act", "task"})


# So short is what says per what: 每学期; 每千人口执业医师数 is a measure.
_PER = 4
_KEPT = 4096


class StatementWord(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are no part of a name; ``compound``: in front of one of these they are."""

    id: str
    use: Use
    forms: tuple[str, ...]
    compound: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class TailRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How names of one kind end; with ``whole`` the forms are the whole name."""

    id: str
    kind: ChunkKind
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    whole: bool = False


class StatementLists(Struct, frozen=True):
    """The lists of `statement.toml`; each row says what its words do."""

    compound_names: WordList
    household_sizes: WordList
    whole_words: WordList
    household_lists: WordList
    level_lists: WordList
    case_columns: WordList
    bounding: WordList
    general_places: WordList
    general_times: WordList
    insured: WordList
    stays_in: WordList
    zoned: WordList
    applied_in: WordList
    place_signs: WordList
    prefixes: WordList
    leaning: WordList
    paid_rates: WordList
    receiving: WordList
    each_of: WordList
    given_whom: WordList
    spans_behind: WordList
    rate_signs: WordList
    product_signs: WordList
    handing_out: WordList
    adding: WordList
    among: WordList
    lead_verbs: WordList
    item_marks: WordList
    grade_sign: WordList
    grade_lists: WordList
    reckoned_by: WordList
    keeping: WordList
    person_units: WordList
    item_numbers: WordList
    own_objects: WordList
    handed_to: WordList
    funds: WordList
    giving_to: WordList
    caps_of_all: WordList
    withholding: WordList
    caps_of_each: WordList
    insurers: WordList
    paying: WordList
    bearing: WordList
    raised_by_all: WordList
    getting: WordList
    sharing: WordList
    pay_openers: WordList
    officials: WordList
    generic_heads: WordList
    either: WordList
    topic_heads: WordList
    amount_heads: WordList
    place_ends: WordList
    place_bodies: WordList
    ranks: WordList
    no_places: WordList
    said_of_things: WordList
    each_part: WordList
    region_parts: WordList
    strong_groups: WordList
    aims: WordList
    aims_behind: WordList
    opening_changes: WordList
    spans: WordList
    plan_periods: WordList
    counting: WordList
    openers: WordList
    shares_borne: WordList
    funds_moved: WordList
    of_all_kinds: WordList
    tier_words: WordList
    after_persons: WordList
    own_names: WordList
    rules_behind: WordList
    area_prefix: WordList
    reckoned_of: WordList
    insurances: WordList
    own_persons: WordList
    area_columns: WordList
    insured_heads: WordList
    selves: WordList
    behind_number: WordList
    behind_amount: WordList
    share_tails: WordList
    since: WordList
    after_event: WordList
    event_day: WordList
    within: WordList
    by_time: WordList
    each: WordList
    measured_units: WordList
    being: WordList
    points: WordList
    short_heads: WordList
    benefiting: WordList
    every_time: WordList
    manners: WordList
    sum_signs: WordList
    base_ends: WordList
    base_words: WordList
    moving: WordList
    acting: WordList
    into: WordList
    papers: WordList
    light: WordList
    along: WordList
    paid_ends: WordList
    asks: WordList
    part_signs: WordList
    rates_named: WordList
    paid_headings: WordList
    limits: WordList
    handing: WordList
    bounds_behind: WordList
    no_amounts: WordList
    topic_rests: WordList
    no_topics: WordList
    given_as: WordList
    every: WordList
    anew: WordList
    gifts: WordList
    levels: WordList
    hospital_levels: WordList
    hospital_figures: WordList
    as_base: WordList
    made_into: WordList
    bounded_by: WordList
    short_verbs: WordList
    level_ends: WordList
    class_opens: WordList
    listed_ordinals: WordList
    class_ranges: WordList
    class_lists: WordList
    class_numbers: WordList
    halves: WordList
    bound_pairs: WordList
    bound_names: WordList
    mean_behind: WordList
    half_names: WordList
    ages_between: WordList
    bare_persons: WordList
    untelling: WordList
    having: WordList
    denying: WordList
    nobody: WordList
    digit_levels: WordList
    some_of: WordList
    some_of_before: WordList
    graded_keeping: WordList
    numbers_of: WordList
    by_rule: WordList
    self_care: WordList
    fund_sides: WordList
    governing: WordList
    denying_too: WordList
    meaning: WordList
    times: WordList
    rate_ends: WordList
    share_names: WordList
    bare_verbs: WordList
    ages: WordList
    sums: WordList
    takers: WordList
    tiers: WordList
    nots: WordList
    whole_names: WordList
    lasting: WordList
    running: WordList
    per_group: WordList
    graded_persons: WordList
    person_grades: WordList
    graded_people: WordList
    area_ends: WordList
    level_heads: WordList
    pay_grounds: WordList
    change_heads: WordList
    class_heads: WordList
    opened: WordList
    share_of: WordList
    ordinals: WordList
    births: WordList
    totals: WordList
    compared_heads: WordList
    grades: WordList
    head_years: WordList
    class_tails: WordList
    tier_columns: WordList
    area_classes: WordList
    bearers: WordList
    borne: WordList
    stages: WordList
    captions: WordList
    name_tails: WordList
    endowed: WordList
    given_heads: WordList
    given_ends: WordList
    joined_names: WordList
    place_rests: WordList
    rest_of: WordList
    rest_alone: WordList
    schooling: WordList
    persons_classes: WordList
    institutions: WordList
    against: WordList
    class_columns: WordList
    span_classes: WordList
    amounts_said: WordList
    parting: WordList
    weighed: WordList
    old_values: WordList
    per_measured: WordList
    bare_bounds: WordList


class StatementWords:
    """The rows, by word."""

    def __init__(
        self,
        words: list[StatementWord],
        tails: list[TailRow],
        lists: StatementLists,
        cities: frozenset[str] = frozenset(),
        counties: frozenset[str] = frozenset(),
    ) -> None:
        """Index the rows; where two have a form, the first decides.

        ``cities`` are names without 市: 南宁; ``counties`` those that are too short to be known by their end: 义县.
        """
        self.word_rows, self.tail_rows, self.lists = words, tails, lists
        self.use_of: dict[str, Use] = {}
        self.compound: dict[str, tuple[str, ...]] = {}
        for row in words:
            for form in row.forms:
                self.use_of.setdefault(form, row.use)
                self.compound.setdefault(form, row.compound)
        self._ends: dict[str, ChunkKind] = {}
        for form, kind in ((form, tail.kind) for tail in tails if not tail.whole for form in tail.forms):
            self._ends.setdefault(form, kind)
        self._longest = max(map(len, self._ends), default=0)
        self._wholes = {form: row.kind for row in tails for form in row.forms if row.whole}
        self.area_names = tuple(sorted(name for name, kind in self._wholes.items() if kind == "grade"))
        self.joints = frozenset(form for row in words if row.use == "joint" for form in row.forms)
        self.basing = frozenset(form for row in words if row.use == "base" for form in row.forms)
        self.openers = tuple(sorted(lists.openers.words, key=len, reverse=True))
        # By whether a thing is counted.
        self.behind = {
            counted: tuple(sorted([*lists.behind_number.words, *named], key=len, reverse=True))
            for counted, named in ((True, ()), (False, lists.behind_amount.words))
        }
        self.places, self.cities = frozenset(lists.general_places.words), cities
        self.counties = counties.difference(lists.no_places.words)
        # A notice asks of the same names again and again, a table of the same heads for each of its cells.
        self.kind_of = lru_cache(_KEPT)(self._kind_of)
        self.is_general_place = lru_cache(_KEPT)(self._is_general_place)
        self.is_generic = lru_cache(_KEPT)(self._is_generic)

    def _kind_of(self, name: str) -> ChunkKind:
        """Say what a name names, by its end."""
        if self.lists.own_persons.meets(name):
            return "person"
        if self.is_class(name):
            return "grade"
        if name in self.places or name in self.cities:
            return "place"
        if len(name) <= _PER and self.lists.every.meets(name[:1]):
            return "time"  # 每学期
        if name in self._wholes:
            return self._wholes[name]
        if name in self.lists.no_places.words:
            return "measure"
        ends = (name[-length:] for length in range(min(self._longest, len(name)), 0, -1))
        kind = next((self._ends[end] for end in ends if end in self._ends), None)
        bracket = name.rfind("（") if kind is None and name.endswith("）") else 0
        # 各市（地）, 乡镇（街道）
        if bracket > 0:
            return self._kind_of(name[:bracket])
        return kind or ("person" if self.graded_at(name) else "measure")

    def _is_general_place(self, name: str) -> bool:
        """Return True for the whole of the notice's own region, or all its parts: 全市, 各县, 全省各市, 今年全市."""
        if name in self.places:
            return True
        opens = (*self.lists.general_times.words, *self.places)
        return any(name.startswith(one) and name[len(one) :] in self.places for one in opens)

    def is_graded(self, name: str) -> bool:
        """Return True for a grade of persons: 半护理, 完全不能自理."""
        return self._wholes.get(name) == "person"

    def graded_at(self, name: str) -> int:
        """Return where the grade of persons begins that stands behind them: 分散供养特困人员|全护理; 0 where none does."""
        grades = (at for at in range(1, len(name)) if self._wholes.get(name[at:]) == "person")
        return next((at for at in grades if self.kind_of(name[:at]) == "person"), 0)

    def is_class(self, name: str) -> bool:
        """Return True for a class of a table or tariff, and for how a child is born: 第二档, 剖宫产."""
        return self.lists.grades.meets(name) or self.lists.births.meets(name)

    def is_area_class(self, name: str) -> bool:
        """Return True for a class of areas that names of measures open with: 城市, 农村; not 八类行业."""
        return self._wholes.get(name) == "grade"

    def area_class(self, name: str) -> str:
        """Return the class of areas that opens a name, else nothing: 城市|特困人员基本生活标准."""
        if not name.startswith(self.area_names):
            return ""
        return next(area for area in self.area_names if name.startswith(area))

    def glued(self, word: str) -> Use | None:
        """Return the use of a verb that is glued to an adverb or a verb before it: 全面|实现, 修订|完善."""
        for at in range(2, len(word) - 1):
            use = self.use_of.get(word[at:])
            if use in VERBS and use != "task" and self.use_of.get(word[:at]) in ("adverb", "act"):
                return use
        return None

    def _is_generic(self, head: str) -> bool:
        """Return True if a table's head names no measure: 2030年标准, 原标准, 指标值, 2030年, 比上年增长."""
        head = head.strip()
        said = self.lists.head_years.pattern.match(head) or self.lists.stages.pattern.match(head)
        rest = (head[said.end() :] if said else head).strip()
        lists = self.lists
        changes = lists.change_heads.meets(head) or lists.change_heads.meets(rest)
        rows = (lists.generic_heads, lists.class_heads, lists.topic_heads)
        generic = not rest or changes or any(row.meets(rest) for row in rows)
        # 2025年标准|或|完成数
        parts = lists.either.pattern.split(rest) if not generic else []
        return generic or (len(parts) > 1 and all(lists.generic_heads.meets(part) for part in parts))

    def known(self) -> list[str]:
        """List the words that a segmenter must keep whole."""
        return [
            word
            for word in (
                *self.use_of,
                *self.lists.compound_names.words,
                *self.lists.leaning.words,
                *self.lists.own_persons.words,
                *self.lists.base_words.words,
                *self._wholes,
            )
            if len(word) > 1
        ]


def statement_words(resources: Resources) -> StatementWords:
    """Read `statement.toml`; for `Resources.built`."""
    path = resources.root / FILE
    tables = read_tables(path, {"word": StatementWord, "tail": TailRow, "list": ListRow})
    lists = word_lists(path, tables["list"], StatementLists)
    return StatementWords(
        tables["word"], tables["tail"], lists, resources.built(load_cities), resources.built(load_short_counties)
    )
