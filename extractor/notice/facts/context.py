"""A sentence with everything that its figures are read against: clauses, terms, headings, lead-in and header cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from extractor.model import Span
from extractor.notice.facts.names import MARKER, ClauseReader
from extractor.notice.facts.statement import OWNING, without
from extractor.notice.mentions.cells import CAPTION_REACH
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import DateMention, Modality, Notice, Quantity, Term
    from extractor.notice.facts.catalog import Programme
    from extractor.notice.facts.linking_resources import LinkingResources
    from extractor.notice.mentions import SentenceMentions
    from extractor.notice.word_lists import WordList

_CLAUSE_MARKS = "，；：。！？\n\t"
_CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
_ASKING = ("？", "?")
_ENDS = frozenset("。；！？")
# Kinds of chunks that hold the name of an amount and are none: 高龄津贴对象, 失业保险金代发银行.
_HOLDERS = frozenset({"person", "body"})
_BRACKET = re.compile("[（(）)]")
_CLOSED = re.compile("[（(][^（()）]*+[）)]")
# A clause without a mark is looked at in stretches of so many characters: work on it stays the same for a character. Lists
# of places without a comma have up to 300 in notices.
_LONGEST_CLAUSE = 400
# So long are the words that say what an amount is above or below.
_GAP = 24
# So many sentences an answer has at most.
_ANSWER = 13
# So long are the words from a comma to the number that an amount changes from, and an amount's head before the comma.
_CHANGE, _HEAD = 24, 8
# So many signs has the name of a place that ends with its tier: 广东省, 连云港市, 黑龙江省.
_PLACE_NAMES = range(3, 6)
# A heading or a lead-in longer than this is a paragraph; its words say too much.
LONGEST_HEADING = 80
# An example is told in a few sentences.
_EXAMPLE_REACH = 300
# So far back the text before a sentence says what it is about.
_TOLD_REACH = 300
# Among so many of a notice's first sentences its title stands.
_TITLED = 20
# As many sentences back stands what 上述标准 means.
_MEANT = 8
# Words before the name of a programme that say that it is another one: 参照.
_LIKENED_REACH = 4
_PAID_REACH = 8
# As far behind a name a share of it is looked for: 标准的92.25%.
_SHARE = 16
# The longest word that an insurance begins with.
_INSURANCE = 4
# 等待遇的
_SAYS_WHO = 4
# The longest word for who is insured or for a fund.
_INSURED = 4
# The longest words behind a name that others are reckoned by: 月平均缴费工资总额的0.24%.
_BASE = 20
_NO_TERMS: list[Any] = []
_NO_PROGRAMMES: frozenset[str] = frozenset()
# What ties a share to what it is taken of.
# So far before the name of a base stands the word that makes it one (不低于当地低保标准1.3倍).
_BASE_REACH = 8
# 不高于广州市统计部门公布的2023年广州市|职工月平均工资
_LIMIT_REACH = 36
# 本次|调整前
_OPENING_WORDS = 4
# 缴存基数下限不得低于我市现行最低工资标准: as far before a name stands what is set to it.
_SET_REACH = 16
# What a paragraph's next sentences are about is named in so many signs, behind a mark of so many, so many sentences before.
_TOPIC, _TOPIC_MARK, _TOPIC_BEFORE = 20, 6, 3
# 其中|生育保险|费率为0.5%: so far before and behind a programme stand the words that make it a part.
_PART_LEAD, _PART_REACH = 28, 16
# So far from a figure may the sign stand that multiplies it.
_SIGNS = 3


# What a longer term of another group hides when it covers a shorter one: 个人 in 个人缴费标准, 居民医保 in 居民医保基金,
# 乡镇 in 乡镇卫生院.
_HIDES = {
    "alias": ("population", "payer", "provider", "area"),
    "programme": ("population", "payer", "provider", "area"),
    "payer": ("programme", "population"),
    "provider": ("payer", "population"),
    "population": ("payer", "provider"),
}


def _start_of(span: Span) -> int:
    return span.start


def _family(programme: Programme) -> str:
    """Return the family of a programme, which is its own where the catalog names none."""
    return programme.family or programme.id


def _hides(other: Term, term: Term) -> bool:
    """Tell whether a term takes the place of another that it covers."""
    longer = other.span.end - other.span.start > term.span.end - term.span.start
    # 社会散居孤儿 names what they get, and is still for whom it is.
    named = other.group in ("alias", "programme") and term.group != "population"
    return term.group in _HIDES.get(other.group, ()) and (longer or named)


def searched(text: str, mentions: SentenceMentions) -> Span:
    """Return the part of a sentence that its figures are read against: not what follows the last figure's clause.

    A deadline is for what follows it, so a sentence with a date is searched whole.
    """
    start, end = mentions.span
    if not mentions.dates and mentions.quantities:
        last = max(quantity.span.end for quantity in mentions.quantities)
        mark = _CLAUSE_END.search(text, last, end)
        end = mark.end() if mark else end
    return Span(start, end)


HeadKind: TypeAlias = Literal["measure", "person", "place", "provider", "payer", "class", "generic"]


class CellHead(NamedTuple):
    """A head of a cell without the unit in brackets, and what it names; ``column``: it stands above the cell.

    ``generic`` are heads that name no measure themselves: 2030年标准, 指标值, 比上年变化. ``class``: 一类, 第二档.
    """

    span: Span
    kind: HeadKind
    column: bool


class SentenceContext:
    """One sentence of a notice, ready for linking. Offsets are of the notice's normalised text."""

    def __init__(
        self,
        notice: Notice,
        mentions: SentenceMentions,
        linking_resources: LinkingResources,
        programmes: dict[str, Span | None],
        dated_heads: dict[int, tuple[DateMention, ...]],
    ) -> None:
        """Look at the sentence; terms and headings are found when first asked for.

        ``programmes`` are those of the notice, with the place of the words that name each; ``dated_heads`` the dates in
        the cells of its tables, by where a cell begins.
        """
        self.dated_heads = dated_heads
        self.notice = notice
        self.text = notice.text.text
        self.mentions = mentions
        self.sentence = notice.sentences[mentions.index]
        self.span = mentions.span
        self.linking_resources = linking_resources
        self.notice_programmes = programmes
        self.searched = searched(self.text, mentions)
        # The heads of a table's cell, once `tables.cell_heads` has read them.
        self.cell_heads: list[CellHead] | None = None
        self._segments: dict[int, Span] = {}
        self._said: dict[WordList, bool] = {}
        self._shared: dict[Span, bool] = {}
        self._programmes: dict[int, frozenset[str]] = {}

    @cached_property
    def statement(self) -> ClauseReader:
        """What reads the names around the sentence's figures."""
        return ClauseReader(self.linking_resources.statement, self)

    def let_go(self) -> None:
        """Let go of the reader, which refers back: a circle of two and all they found would wait for the garbage collector.

        Looking for such circles took 8 % of the pipeline's time.
        """
        self.__dict__.pop("statement", None)

    @cached_property
    def _citations(self) -> list[Span]:
        """《国家基本医疗保险、工伤保险和生育保险药品目录》: words of a title say nothing about the figures beside it."""
        return [non_figure.span for non_figure in self.mentions.non_figures if non_figure.disposition == "citation"]

    def is_quoted(self, at: int) -> bool:
        """Return True if an offset lies in the title of another document: 《黑龙江省人口与计划生育条例》."""
        return any(title.start <= at < title.end for title in self._citations)

    @cached_property
    def terms(self) -> list[Term]:
        """The catalog's words in the sentence. A scope word that is part of a name or a programme is none."""
        found = self.linking_resources.terms_at(self.notice, self.searched)
        for title in self._citations:
            found = [term for term in found if not (title.start <= term.span.start and term.span.end <= title.end)]
        found = [term for term in found if self._stands(term)]
        hiding = [term for term in found if term.group in _HIDES]
        return [
            term
            for term in found
            if not (term.group == "programme" and self._lends(term.key, term.span))
            and not self._is_hidden(term, hiding)
        ]

    def _is_hidden(self, term: Term, hiding: list[Term]) -> bool:
        """Return True if one of other terms, in the order of the text, takes the place of one that it covers."""
        start, end = term.span
        for other in hiding:
            if other.span.start > start:
                return False
            if end <= other.span.end and _hides(other, term) and not self._opens_name(term, other):
                return not self._is_others_fund(term, other, hiding)
        return False

    def _is_others_fund(self, programme: Term, payer: Term, names: list[Term]) -> bool:
        """Tell whether the fund of an insurance that the notice isn't about opens the name of an amount.

        In a notice on 惠民保: 居民医保基金|年度最高支付限额仍为15万元
        """
        catalog = self.linking_resources.catalog.programmes
        if (programme.group, payer.group) != ("programme", "payer") or not self.notice_programmes:
            return False
        own, family = [catalog[key] for key in self.notice_programmes], catalog[programme.key].family
        others = not any(one.broad or one.family == family or family in one.draws_on for one in own)
        return others and any(name.group == "alias" and name.span.start == payer.span.end for name in names)

    def _lends(self, programme: str, named: Span) -> bool:
        """Tell whether a programme's name only says who is insured, or who pays, in the notice's own.

        In a notice on long-term care: 职工医保参保人员筹资标准为120元, 由居民医保基金划转18元, 参加居民医保的，每人40元
        """
        catalog, own = self.linking_resources.catalog.programmes, self.notice_programmes
        lent = bool(own) and all(catalog[programme].family in catalog[key].draws_on for key in own)
        if not lent:
            return False
        lists, behind = self.linking_resources.lists, self.text[named.end : named.end + _INSURED]
        if lists.insured_or_fund.meets(behind):
            return True
        before = self.text[max(0, named.start - _INSURED) : named.start]
        joins = lists.joins_insurance.meets(before) and lists.insured_by.meets(behind)
        return joins and self._is_apart(programme)

    def _is_apart(self, programme: str) -> bool:
        """Tell whether who is insured elsewhere has no benefits of his own in the notice's programme.

        In one on 生育保险 参加居民医保的 have.
        """
        beside, own = self.linking_resources.beside, self.notice_programmes
        speaks = (beside.get(key, frozenset()) for key in own)
        return beside.get(programme, frozenset()).isdisjoint(own) and all(programme not in keys for keys in speaks)

    def _opens_name(self, persons: Term, name: Term) -> bool:
        """Tell whether persons or a provider open a catalog's name that the catalog has without them.

        低保边缘户|采暖补贴, 特殊教育学校|生均公用经费 is theirs
        """
        row = self.linking_resources.catalog.indicators.get(name.key) if name.group == "alias" else None
        if row is None or persons.group not in ("population", "provider") or persons.span.start != name.span.start:
            return False
        rest = self.text[persons.span.end : name.span.end]
        return rest in row.aliases and self.words(persons.span) not in row.implied_population

    def _ends_place_name(self, tier: Span) -> bool:
        """Return True if a tier is the end of a place's name that bears nothing: 广东|省|职工医保的最低缴费基数; not 广东省承担30%."""
        names = self.linking_resources.place_names
        named = any(self.text[max(self.span.start, tier.end - size) : tier.end] in names for size in _PLACE_NAMES)
        return named and not self.statement.words.lists.sharing.meets(self.text[tier.end : self.span.end])

    def _stands(self, term: Term) -> bool:
        """Tell whether a scope word has the company that it needs in its clause."""
        crossed, (start, end) = self.linking_resources.lists.crossed, term.span
        if crossed.meets(self.text[end - 1 : end + 1]) or crossed.meets(self.text[max(0, start - 1) : start + 1]):
            return False
        offices = self.linking_resources.lists.own_offices
        if term.group == "payer" and (offices.meets(self.text[end - 1 : end + 2]) or self._ends_place_name(term.span)):
            return False
        lists = self.statement.words.lists
        if lists.insured.meets(self.words(term.span)) and lists.insurances.meets(self.text[end : end + _INSURANCE]):
            return False
        if term.group == "population" and lists.reckoned_of.meets(self.text[start : end + _INSURANCE]):
            return False
        needed = self.linking_resources.with_words.get(term.key)
        if needed is None:
            return True
        clause = self.clause(term.span.start)
        if any(map(self.words(clause).__contains__, needed)):
            return True
        # 中央财政补助384元，省级154元: the word alone leads to a figure, and what is paid was said before.
        lead = self.text[clause.start : term.span.start].strip()
        # 财政补助700元，其中中央420元、省级140元
        bare = not lead or (term.group == "payer" and self.linking_resources.lists.payer_leads.meets(lead))
        if bare and self.text[term.span.end : term.span.end + 1] in "：:" and self.lead_in:
            # 政策范围内报销比例：⏎二级：一档60%
            return any(word in self.words(self.lead_in) for word in needed)
        leads = any(term.span.end <= quantity.span.start <= term.span.end + 1 for quantity in self.mentions.quantities)
        before = self.text[self.segment(term.span.start).start : clause.start]
        return bare and leads and any(word in before for word in needed)

    def is_shared(self, name: Span) -> bool:
        """Tell whether a share of an amount follows its name: 失业保险金按最低工资标准的90%发放，即1890元 gives no wage."""
        if name not in self._shared:
            lists = self.linking_resources.lists
            share = lists.share_behind.pattern.match(self.text, name.end, name.end + _SHARE)
            base = self.words(name) + (share["tail"] or "") if share else ""
            self._shared[name] = share is not None and lists.amount_bases.meets(base)
        return self._shared[name]

    @cached_property
    def hidden_payers(self) -> list[Term]:
        """Payers inside a name: the 个人 of 个人缴费比例."""
        return self._hidden("payer")

    @cached_property
    def hidden_populations(self) -> list[Term]:
        """Populations inside a name: the 新生儿 of 新生儿出生当年参保率."""
        return self._hidden("population")

    def _hidden(self, group: str) -> list[Term]:
        found = [term for term in self.linking_resources.terms_at(self.notice, self.searched) if term.group == group]
        if not found:
            return []
        # 地方一般公共预算收入增长4%: nobody pays what grows, and it grows for nobody.
        rows = self.linking_resources.catalog.indicators
        names = [name for name in self.of("alias") if rows[name.key].change is None]
        held = (t for t in found if any(n.span.start <= t.span.start and t.span.end <= n.span.end for n in names))
        return [term for term in held if self._stands(term)]

    def of(self, group: str) -> list[Term]:
        """The sentence's terms of one group."""
        return self._by_group.get(group, _NO_TERMS)

    @cached_property
    def _by_group(self) -> dict[str, list[Term]]:
        groups: dict[str, list[Term]] = {}
        for term in self.terms:
            groups.setdefault(term.group, []).append(term)
        return groups

    @cached_property
    def breaks(self) -> list[int]:
        """Offsets right behind each clause mark, with the sentence's ends around them and cuts in what is too long."""
        marks = [match.end() for match in _CLAUSE_END.finditer(self.text, *self.span)]
        marks = [mark for mark in marks if not (self._changes_behind(mark) or self._lists_aside(mark))]
        found = [self.span.start]
        for mark in (*marks, self.span.end):
            found += range(found[-1] + _LONGEST_CLAUSE, mark, _LONGEST_CLAUSE)
            found.append(mark)
        return found

    def _lists_aside(self, mark: int) -> bool:
        """Return True for a comma of a bracket without figures: 本专科学生（含第二学士学位、预科生|，|下同）每人每年不超过20000元."""
        if self.text[mark - 1] != "，" or not self.bracketed:
            return False
        held = self.bracket(mark - 1)
        return held is not None and self.number_from(held.start) >= held.end

    def _changes_behind(self, mark: int) -> bool:
        """Return True if a comma only parts an amount's name from its change: 各级财政对居民医保的补助标准，|从每人每年240元提高到280元."""
        lists = self.statement.words.lists
        if self.text[mark - 1] != "，" or not lists.opening_changes.meets(self.text[mark : mark + _CHANGE]):
            return False
        return lists.amount_heads.meets(self.text[max(self.span.start, mark - _HEAD) : mark - 1])

    @cached_property
    def _clauses(self) -> list[Span]:
        """What stands between each two breaks, without its mark; before the first and behind the last nothing does."""
        starts, ends = [self.span.start, *self.breaks], [*self.breaks, self.span.end]
        return [
            Span(start, end - (end > start and self.text[end - 1] in _CLAUSE_MARKS))
            for start, end in zip(starts, ends, strict=True)
        ]

    def clause(self, at: int) -> Span:
        """Return the clause that holds an offset, without its mark."""
        return self._clauses[bisect_right(self.breaks, at)]

    @cached_property
    def brackets(self) -> list[Span]:
        """The sentence's closed brackets without others in them."""
        return [Span(*match.span()) for match in _CLOSED.finditer(self.text, *self.span)]

    @cached_property
    def brackets_with_figures(self) -> list[Span]:
        """Of these the ones that hold a figure."""
        return [one for one in self.brackets if self.number_from(one.start) < one.end]

    @cached_property
    def bracketed(self) -> bool:
        """Whether a bracket opens or closes in the sentence."""
        return _BRACKET.search(self.text, *self.span) is not None

    def bracket(self, at: int) -> Span | None:
        """Return the closed bracket that holds an offset; None where none does."""
        index = bisect_right(self.brackets, at, key=_start_of)
        held = self.brackets[index - 1] if index else None
        return held if held and at < held.end else None

    def words_outside(self, span: Span, at: int = -1) -> str:
        """Return the words of a span without those of its brackets that are of other figures than the one ``at``.

        脱贫不稳定人口（起付线5000元）、低保边缘家庭成员; 下限为167元（单位和职工各83.5元）: what a bracket has figures for is theirs
        """
        words = self.words(span)
        for aside in self.asides_of_others(at):
            if span.start <= aside.start and aside.end <= span.end:
                words = words.replace(self.words(aside), "")
        return words

    def asides_of_others(self, at: int) -> list[Span]:
        """Return the brackets that hold a figure other than the one ``at``, or that stand right behind one: 65%（住院）、50%."""
        if not self.bracketed:
            return []
        found = (one for one in self.brackets_with_figures if not one.start <= at < one.end)
        labels = (self.bracket(start) for start, number in self.labelled.items() if number != at)
        return [*found, *filter(None, labels)]

    def label(self, quantity: Quantity) -> Span | None:
        """Return the bracket without figures right behind a figure, which says whose it is: 300元|（全护理）|、200元（半护理）."""
        return self.bracket(quantity.span.end) if quantity.span.end in self.labelled else None

    @cached_property
    def labelled(self) -> dict[int, int]:
        """Of each such bracket, by where it opens, where the number of its figure starts."""
        if not self.bracketed:
            return {}
        starts = {one.span.end: one.number.start for one in self.mentions.quantities}
        found = (one.start for one in self.brackets if self.number_from(one.start) >= one.end)
        return {start: starts[start] for start in found if start in starts}

    def told_aside(self, words: Span, number: Span) -> bool:
        """Return True for words in a bracket that is of another figure: 报销75%（|退休|80%）、二级报销65%; 300元（|全护理|）、200元."""
        held = self.bracket(words.start)
        if held is None or held.start <= number.start < held.end:
            return False
        return self.number_from(held.start) < held.end or self.labelled.get(held.start, number.start) != number.start

    def segment(self, at: int) -> Span:
        """Return the part between ；-marks that holds an offset."""
        if at not in self._segments:
            start = max(self.span.start, self.text.rfind("；", self.span.start, at) + 1)
            end = self.text.find("；", at, self.span.end)
            self._segments[at] = Span(start, self.span.end if end < 0 else end)
        return self._segments[at]

    def in_one_segment(self, one: int, other: int) -> bool:
        """Return True if no ；-mark stands between two offsets."""
        return self.segment(one) == self.segment(other)

    @cached_property
    def list_ends(self) -> list[int]:
        """Of each quantity where the list of values ends that it stands in: 80%、60%的比例给予补助."""
        quantities, joints = self.mentions.quantities, self.linking_resources.lists.joints.words
        ends = [quantity.span.end for quantity in quantities]
        for index in range(len(quantities) - 2, -1, -1):
            here, following = quantities[index], quantities[index + 1]
            alike = (here.kind, here.unit) == (following.kind, following.unit)
            if alike and self.text[ends[index] : following.span.start].strip() in joints:
                ends[index] = ends[index + 1]
        return ends

    @cached_property
    def parted(self) -> list[Quantity]:
        """Figures of which others are taken: 400元|中划入90元."""
        takes = self.linking_resources.lists.parted.pattern.match
        return [one for one in self.mentions.quantities if takes(self.text, one.span.end)]

    @cached_property
    def _number_starts(self) -> list[int]:
        return [*sorted(quantity.number.start for quantity in self.mentions.quantities), len(self.text)]

    @cached_property
    def _figure_ends(self) -> list[int]:
        return [0, *sorted(quantity.span.end for quantity in self.mentions.quantities)]

    def figure_before(self, at: int) -> int:
        """Return where the last quantity up to an offset ends; 0 where there is none."""
        return self._figure_ends[bisect_right(self._figure_ends, at) - 1]

    @cached_property
    def bases(self) -> list[Span]:
        """Names of amounts of which a share is taken, and that name no figure: 按低保标准的1.3倍确定，每月1040元."""
        if not self.of("alias"):
            return []
        times = {one.span.end for one in self.mentions.quantities if one.kind in ("rate", "duration")}
        rates = {one.number.start for one in self.mentions.quantities if one.kind == "rate"}
        indicators = self.linking_resources.catalog.indicators
        terms = self.of("alias") if times else []
        # 98天生育津贴: days that bear the name, too, are no times of an amount.
        counted = {one.span for one in terms if {"rate", "duration"} & set(indicators[one.key].kinds)}
        names = [name.span for name in terms if name.span not in counted]
        # 基础养老金的8个月
        months = {one.number.start for one in self.mentions.quantities if one.kind == "duration"}
        behind = [name for name in names if self.number_from(name.end) in rates and self._is_base(name)]
        behind += [name for name in names if self.text.startswith(OWNING, name.end) and name.end + 1 in months]
        # 1.5倍低保标准, 12个月的基本生活标准
        tied = (name for name in names if name.start - self.text.startswith(OWNING, max(0, name.start - 1)) in times)
        return [*behind, *tied, *self._followed]

    @cached_property
    def grounds(self) -> dict[int, Span]:
        """Amounts that others are reckoned by, each by where its number starts: 以|全省月平均工资7466元|为基数."""
        lists = self.statement.words.lists
        rates = {one.number.start for one in self.mentions.quantities if one.kind == "rate"}
        found = (
            one
            for one in self.mentions.quantities
            if one.kind == "money"
            and (
                lists.as_base.pattern.match(self.text, one.span.end)
                or self._is_multiplied(one.span.end, rates)
                or self.is_factor(one)
                or self._is_wage_reckoned_by(one)
            )
        )
        return {one.number.start: Span(self._ground_start(one), one.span.end) for one in found}

    @cached_property
    def gaps(self) -> dict[int, Span]:
        """Figures by which one is above or below another, each by where its number starts: 起付标准1000元，|比二级医院高400元|."""
        if not self.may_say(self.linking_resources.lists.comparing):
            return {}
        amounts = (one for one in self.mentions.quantities if one.kind in ("money", "rate"))
        starts = ((one, self._gap_start(one)) for one in amounts)
        return {one.number.start: Span(start, one.span.end) for one, start in starts if start is not None}

    def _gap_start(self, amount: Quantity) -> int | None:
        """Return where the words begin that hold an amount against another; None where none do."""
        lists, at = self.linking_resources.lists, amount.number.start
        words = lists.gap_before if amount.kind == "money" else lists.elsewhere_before
        low = max(self.span.start, at - _GAP)
        said = words.pattern.search(self.text, low, at)
        begins = [said.start()] if said else []
        if amount.unit == "pp":
            # 比|职工医保|低10个百分点
            low = max(low, self.clause(at).start)
            named = [term for term in self.of("programme") if low <= term.span.start < at]
            begins += [
                term.span.start for term in named if term not in self._own_programmes and not self.is_shared(term.span)
            ]
        return min(begins, default=None)

    def _ground_start(self, amount: Quantity) -> int:
        """Return where the words of a ground begin: the clause's 以 or 按, but the name's where a rate is taken of it."""
        start = self.clause(amount.number.start).start
        if self.statement.words.lists.as_base.pattern.match(self.text, amount.span.end):
            pieces = self.statement.cut(Span(start, amount.number.start))
            return next((piece.start for piece in pieces if piece.use == "base"), start)
        if self.is_factor(amount) and not self.statement.name_at(start, amount.number.start):
            return amount.number.start  # 月标准为21元×8小时
        return max(self.statement.base_start(start, amount.number.start), self._opened(amount.number.start))

    def _opened(self, at: int) -> int:
        """Return where the bracket opens that holds an offset; 0 where none does."""
        held = self.bracket(at)
        return held.start if held else 0

    def is_factor(self, figure: Quantity) -> bool:
        """Return True if a figure is one of those that are multiplied: 1083760元（54188元×20倍）."""
        times = self.statement.words.lists.product_signs
        if not self.may_say(times):
            return False
        start, end = figure.span
        before = self.text[max(self.span.start, start - _SIGNS) : start].rstrip()
        return before.endswith(times.words) or self.text[end : end + _SIGNS].lstrip().startswith(times.words)

    def _is_wage_reckoned_by(self, amount: Quantity) -> bool:
        """Return True if an amount is a wage that others are reckoned by: 按照上年度|最低工资标准为22920元|计算，自理人员每年2292元."""
        lists = self.linking_resources.lists
        if not lists.reckoned_behind.meets(self.text[amount.span.end : amount.span.end + _BASE]):
            return False
        start = self.clause(amount.number.start).start
        return lists.wage_reckoned.pattern.search(self.text, start, amount.number.start) is not None

    def _is_multiplied(self, at: int, rates: set[int]) -> bool:
        """Return True if a rate is taken of the amount that ends at an offset: 月平均工资8221元|×300%, 54188元|的20倍."""
        sign = self.statement.words.lists.rate_signs.pattern.match(self.text, at)
        return sign is not None and sign.end() in rates

    @cached_property
    def rate_factors(self) -> frozenset[int]:
        """Where the rates start of which another is taken, and those that are: 按基准费率|0.2%、0.4%的80%|执行，即分别执行0.16%、0.32%."""
        rates = [one for one in self.mentions.quantities if one.kind == "rate" and one.unit == "%"]
        starts = {one.number.start for one in rates}
        found: set[int] = set()
        for one, after in reversed([*pairwise(rates)]):
            if self._is_multiplied(one.span.end, starts):
                found |= {one.number.start, after.number.start}
            elif after.number.start in found and self.statement.joined(one.span, after.span):
                found.add(one.number.start)
        return frozenset(found)

    @cached_property
    def moved_along(self) -> list[Span]:
        """With what an amount is said to move: 生活护理费|随平均工资调整|，完全不能自理的每月3420元."""
        lists = self.linking_resources.lists
        found = lists.moves_along.pattern.finditer(self.text, *self.span) if self.may_say(lists.moves_along) else ()
        return [Span(*match.span()) for match in found]

    @cached_property
    def shared_out(self) -> list[Span]:
        """What shares are taken of: 生活护理费按|月平均工资|的50%计发，其中…."""
        rates = (one for one in self.mentions.quantities if one.kind == "rate" and one.role == "level")
        ends = [one.number.start - 1 for one in rates if self.text[one.number.start - 1 : one.number.start] in OWNING]
        # 补助金为1036420元（|人均可支配收入51821元|的20倍），上年为985660元
        starts = (max(self.statement.base_start(self.clause(end).start, end), self._opened(end)) for end in ends)
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def _followed(self) -> list[Span]:
        """Names of amounts that another amount is as high as."""
        names = dict.fromkeys(term.span for term in self.of("alias"))
        return [name for name in names if self._is_followed(name) or self.is_equated(name)]

    def before_change(self, at: int) -> Span | None:
        """Return the words that say of a figure that it held until now: 本次|调整前|，城市标准为320元、农村为160元."""
        lists = self.linking_resources.lists
        if not self.may_say(lists.before_change):
            return None
        said = [*lists.before_change.pattern.finditer(self.text, self.segment(at).start, at)]
        if not said or lists.after_change.pattern.search(self.text, said[-1].end(), at):
            return None
        span, clause = Span(*said[-1].span()), self.clause(said[-1].start())
        opens = span.start - clause.start <= _OPENING_WORDS
        # 调整前已领取的，补发50元
        return span if opens and (clause.end == span.end or at < clause.end) else None

    @cached_property
    def limits(self) -> list[Span]:
        """Names of amounts that something else stays within, at the end of a clause: 缴存基数不低于|最低工资标准|，…."""
        lists = self.linking_resources.lists
        if not self.may_say(lists.stays_within):
            return []
        names = dict.fromkeys(term.span for term in self.of("alias"))
        return [name for name in names if self._is_limit(name)]

    def _is_limit(self, name: Span) -> bool:
        lists = self.linking_resources.lists
        if not lists.within_behind.meets(self.text[name.end : name.end + _SHARE]):
            return False
        start = max(self.clause(name.start).start, name.start - _LIMIT_REACH)
        bounds = lists.stays_within.pattern.finditer(self.text, start, name.start)
        last = max((bound.end() for bound in bounds), default=0)
        return bool(last) and self.number_from(last) >= name.end

    def is_equated(self, name: Span) -> bool:
        """Return True if a name before an amount says what a bound is set to: 缴存基数下限为|最低工资标准|2270元, …|最低工资标准|，即2270元."""
        lists, at = self.linking_resources.lists, self.number_from(name.end)
        amount = next((one for one in self.mentions.quantities if one.number.start == at), None)
        if amount is None or self.text.startswith(OWNING, amount.span.end):
            return False  # 按月平均工资9770元|的3倍确定
        if at > name.end and not lists.that_is.meets(self.text[name.end : at]):
            return False
        start = max(self.clause(name.start).start, name.start - _SET_REACH)
        return lists.set_to.pattern.search(self.text, start, name.start) is not None

    def _is_followed(self, name: Span) -> bool:
        """Tell whether an amount named before it is as high as what a name names: 缴存基数下限按月最低工资标准执行，市区为1930元."""
        lists = self.linking_resources.lists
        found = lists.as_high.pattern.search(
            self.text, max(self.clause(name.start).start, name.start - _LIMIT_REACH), name.start
        )
        if found is None or not lists.held_to.meets(self.text[name.end : name.end + _SHARE]):
            return False
        before = self.text[self.clause(name.start).start : found.start()]
        return self.statement.words.lists.amount_heads.meets(before)

    def _is_base(self, name: Span) -> bool:
        """Tell whether a share behind a name is of it: 低保标准的1.3倍, 不低于当地低保标准1.3倍; not 省财政补助12%."""
        between = self.text[name.end : self.number_from(name.end)]
        if between in OWNING:
            return True
        low = max(self.clause(name.start).start, name.start - _BASE_REACH)
        verbs = self.linking_resources.lists.base_before.pattern
        return not between and verbs.search(self.text, low, name.start) is not None

    def number_from(self, at: int) -> int:
        """Return where the first number of a quantity from an offset on begins; the end of the text where there is none."""
        return self._number_starts[bisect_left(self._number_starts, at, 0, len(self._number_starts) - 1)]

    def may_say(self, words: WordList) -> bool:
        """Return False if none of the words of a list stands in the sentence; looked for once, not for each figure."""
        known = self._said.get(words)
        if known is None:
            known = self._said[words] = words.may_meet(self.text[self.span.start : self.span.end])
        return known

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span.start : span.end]

    @cached_property
    def lead_in(self) -> Span | None:
        """The sentence before that ends in a colon and so governs this one, in the same section or one above it.

        A cell is governed by one right above its table, too, that sends to it: 伤残津贴按下表增加。
        """
        sentences = self.notice.sentences
        first = self.mentions.index if self.sentence.opens is None else self.sentence.opens
        chain: set[int | None] = {None}
        section = self.sentence.section
        while section is not None:
            chain.add(section)
            section = self.notice.sections[section].parent
        if self.sentence.section is not None:
            chain.discard(None)
        for index in range(first - 1, max(-1, first - 13), -1):
            before = sentences[index]
            if before.kind not in ("body", "cell"):
                return None
            if before.section not in chain:
                if self._under(before.section, chain - {self.sentence.section}):
                    continue  # an item before this one
                return None
            words = self.words(before.span).rstrip()
            announces = index == first - 1 and self.sentence.opens is not None
            if words.endswith(("：", ":")) or (announces and self.linking_resources.lists.table_leads.meets(words)):
                return before.span if len(words) <= 3 * LONGEST_HEADING else None
        return None

    def words_behind(self, at: Span) -> Span | None:
        """Return the words that close the statement of a figure: its last clause without a figure, else the sentence behind.

        None where a figure or another paragraph comes before.
        """
        segment = self.segment(at.start)
        last = self.clause(max(segment.start, segment.end - 1 - (self.text[segment.end - 1 : segment.end] in _ENDS)))
        if last.start > self.figure_before(segment.end) and at.end <= last.start:
            return last
        following = self.mentions.index + 1
        if segment.end < self.span.end or following >= len(self.notice.sentences):
            return None
        behind = self.notice.sentences[following]
        if behind.kind != "body" or "\n" in self.text[self.span.end : behind.span.start]:
            return None
        end = behind.span.end - (self.text[behind.span.end - 1] in _ENDS)
        return Span(behind.span.start, end)

    @cached_property
    def title_terms(self) -> list[Term]:
        """The catalog's words in the notice's title, where the text has it."""
        title = self.notice.title or ""
        heads = (one.span for one in self.notice.sentences[:_TITLED] if one.kind == "head")
        lines = (span for span in heads if self.words(span).strip() and self.words(span).strip() in title)
        return [term for span in lines for term in self.linking_resources.terms_at(self.notice, span)]

    @cached_property
    def titled(self) -> list[Term]:
        """The catalog's names in the notice's title."""
        return [term for term in self.title_terms if term.group == "alias"]

    @cached_property
    def told_of(self) -> list[list[Term]]:
        """The catalog's names in each of the sentences before, nearest first, which 上述标准 may mean."""
        found: list[list[Term]] = []
        for before in reversed(self.notice.sentences[max(0, self.mentions.index - _MEANT) : self.mentions.index]):
            if before.kind == "body" and before.span.end - before.span.start <= _TOLD_REACH:
                terms = self.linking_resources.terms_at(self.notice, before.span)
                found.append([term for term in terms if term.group == "alias"])
        return found

    @cached_property
    def question(self) -> Span | None:
        """The question that the sentence answers, a paragraph of its own: 问：大病保险怎么报."""
        sentences = self.notice.sentences
        first = self.mentions.index if self.sentence.opens is None else self.sentence.opens
        for index in range(first - 1, max(-1, first - _ANSWER), -1):
            before = sentences[index]
            if before.kind not in ("body", "cell", "head") or before.section != self.sentence.section:
                return None
            start, end = before.span
            # 　　问：门诊报销提高了多少？ is indented
            begin = self.text.rfind("\n", 0, start) + 1
            opens = not self.text[begin:start].strip()
            if opens and self.text[end - 1 : end] in "？?" and self.text.startswith("\n", end):
                return before.span if end - start <= LONGEST_HEADING else None
        return None

    def _under(self, section: int | None, chain: set[int | None]) -> bool:
        """Return True if a section lies in one of others."""
        while section is not None:
            section = self.notice.sections[section].parent
            if section is not None and section in chain:
                return True
        return False

    @cached_property
    def example(self) -> Span | None:
        """Somebody made up of whom the paragraph tells an example, in this sentence or before it; None where there is none."""
        start = max(self.text.rfind("\n", 0, self.span.start) + 1, self.span.start - _EXAMPLE_REACH)
        found = self.linking_resources.lists.example_person.pattern.search(self.text, start, self.span.end)
        return Span(*found.span()) if found else None

    def example_at(self, at: int) -> Span | None:
        """Return the words by which a figure is no rule but an example: somebody made up, 据测算，若每人再提高100元; else None.

        What is only supposed, proposed, rumoured or asked ends with its statement, what is told of somebody with the paragraph.
        """
        if self.example and self.example.start <= at:
            return self.example
        lists, start = self.linking_resources.lists, self.segment(at).start
        asks = self.text[self.span.end - 1 : self.span.end] in _ASKING  # 问：我每月房租2600元，可以提取多少？
        found = lists.supposed.pattern.search(self.text, start, at)
        found = found or (lists.asker.pattern.search(self.text, start, at) if asks else None)
        return Span(*found.span()) if found else None

    @cached_property
    def headings(self) -> list[Span]:
        """Headings of the section and of those above it, nearest first."""
        found = [self.topic] if self.topic else []
        index = self.sentence.section
        while index is not None:
            section = self.notice.sections[index]
            if section.heading_span is not None:
                found.append(section.heading_span)
            index = section.parent
        return [span for span in found if span.end - span.start <= LONGEST_HEADING]

    @cached_property
    def topic(self) -> Span | None:
        """What a sentence before only names, in the same paragraph: 二是|一次性扩岗补助|。招用…的，每招用1人补助1500元."""
        opens = self.linking_resources.lists.item_opens
        if self.sentence.kind != "body" or opens.meets(self.words(self.span)):
            return None
        item = False
        for before in reversed(
            self.notice.sentences[max(0, self.mentions.index - _TOPIC_BEFORE) : self.mentions.index]
        ):
            start, end = before.span
            if item:
                return None  # 二是代缴兜底线。…三是待遇有提升。…
            colon = self.text.rfind("：", start, end) + 1
            if colon and opens.meets(self.words(Span(colon, end))):
                start = colon  # 救助供养标准：|一是基本生活标准。
            item = opens.meets(self.words(Span(start, end)))
            if (before.kind, before.section) != ("body", self.sentence.section) or "\n" in self.text[
                end : self.span.start
            ]:
                return None
            if end - start > _TOPIC or not self.text.endswith("。", start, end):
                continue
            named = self.statement.chunks(start, end - 1)
            whole = len(named) == 1 and named[0].kind == "measure" and named[0].span.end == end - 1
            if whole and named[0].span.start - start <= _TOPIC_MARK:
                return Span(start, end - 1)
            # 一是|定额调整|。 调整一至四级工伤人员|伤残津贴|。
            names = [term for term in self.linking_resources.terms_at(self.notice, before.span) if term.key]
            if any(term.group == "alias" and term.span.end == end - 1 for term in names):
                return Span(start, end - 1)
        return None

    @cached_property
    def caption(self) -> Span | None:
        """The name of a cell's table, in the line above it: 附表　补助经费分配表（单位：万元）."""
        opens = self.sentence.opens
        pattern = self.linking_resources.statement.words.lists.captions.pattern
        for index in range(opens - 1, max(-1, opens - 1 - CAPTION_REACH), -1) if opens else ():
            above = self.notice.sentences[index]
            if above.kind == "furniture":
                continue
            if above.kind == "cell" or above.span.end - above.span.start > 2 * LONGEST_HEADING:
                return None
            if found := pattern.fullmatch(self.text, *above.span):
                return Span(*found.span("name"))
        return None

    @cached_property
    def around(self) -> list[Span]:
        """What stands above the sentence, nearest first: header cells, the table's caption, lead-in, headings."""
        said = [span for span in (self.caption, self.lead_in, self.question) if span]
        # 关于伤残津贴。 of the paragraph itself is nearer than the 通知如下： that opens the notice
        return [*self.sentence.context, *sorted((*said, *self.headings), key=_start_of, reverse=True)]

    @cached_property
    def words_around(self) -> list[str]:
        """The words of what stands above the sentence, nearest first."""
        return [self.words(span) for span in self.around]

    @cached_property
    def words_above(self) -> str:
        """The words of all that stands above the sentence."""
        return "".join(words + "\n" for words in self.words_around)

    @cached_property
    def modal_words(self) -> list[tuple[int, int, Modality | None]]:
        """The modal words of the sentence: where each begins and ends, and what it means; None for what only looks like one."""
        pattern, meaning = self.linking_resources.modal
        return [(*match.span(), meaning[match.group()]) for match in pattern.finditer(self.text, *self.span)]

    def terms_over(self, span: Span) -> list[Term]:
        """The catalog's words that a span of the sentence, a heading or a header cell holds any sign of, hidden ones too."""
        places = (self.searched, *self.around)
        holding = (place for place in places if place.start <= span.start and span.end <= place.end)
        place = next(holding, None)
        terms = self.linking_resources.terms_at(self.notice, place) if place else []
        return [term for term in terms if term.span.start < span.end and span.start < term.span.end]

    def terms_around(self, group: str) -> list[tuple[Span, list[Term]]]:
        """Return the terms of one group in each place above the sentence that has some."""
        return self._terms_around.get(group, _NO_TERMS)

    @cached_property
    def _terms_around(self) -> dict[str, list[tuple[Span, list[Term]]]]:
        groups: dict[str, list[tuple[Span, list[Term]]]] = {}
        for span in self.around:
            of_place: dict[str, list[Term]] = {}
            for term in self.linking_resources.terms_at(self.notice, span):
                if term.group == "programme" and self._lends(term.key, term.span) and self._is_apart(term.key):
                    continue  # （一）职工参保人员 in a notice on long-term care
                of_place.setdefault(term.group, []).append(term)
            for group, terms in of_place.items():
                groups.setdefault(group, []).append((span, terms))
        return groups

    @cached_property
    def scopes_said(self) -> frozenset[str]:
        """The groups of which the sentence, or what stands above it, has words: also those within names."""
        terms = self.linking_resources.terms_at(self.notice, self.searched)
        return frozenset(term.group for term in terms).union(self._terms_around)

    @cached_property
    def says_per(self) -> bool:
        """False if no word of the sentence says per what an amount is."""
        return self.linking_resources.units.may_say_per(self.text, *self.span)

    @cached_property
    def figure_names(self) -> list[Term]:
        """The catalog's names in the sentence, without those of a share's amount and those that only say who is meant."""
        return [
            term
            for term in self.of("alias")
            if term.span not in self.bases
            and not self.is_shared(term.span)
            and not self._says_who(term)
            and not self._is_risen_from(term)
            and not self._names_no_figure(term)
            and self.statement.with_other_areas(term.span) == term.span
        ]

    def _names_no_figure(self, name: Term) -> bool:
        """Return True if a name is the upper end of a band, what another is set after, or one of several things asked of persons."""
        lists = self.linking_resources.lists
        before = self.text[self.clause(name.span.start).start : name.span.start]
        behind = self.text[name.span.end : self.span.end]
        band = lists.band_up_to.meets(before) and lists.band_behind.meets(behind)
        had = before.endswith(self.statement.words.lists.having.words) and lists.also_has.meets(behind)
        return band or had or lists.taken_after.meets(before)

    def _is_risen_from(self, name: Term) -> bool:
        """Return True if a name is of a rise on top of which another comes: 在参加|普调|基础上，每人每月分别增发19元."""
        row = self.linking_resources.catalog.indicators.get(name.key)
        if row is None or row.roles[:1] != ("increase",):
            return False
        return self.linking_resources.lists.atop.meets(self.text[name.span.end : name.span.end + _BASE])

    def _says_who(self, name: Term) -> bool:
        """Return True if a name only says who is meant: 获得国家助学贷款等|高校毕业生, |高龄津贴|对象, |失业保险金|领取人员."""
        lists, (start, end) = self.linking_resources.lists, name.span
        meets, getting = lists.says_of_persons.meets, lists.getting_persons.meets
        holders = [one.span for one in self.statement.chunks(*self.clause(start)) if one.kind in _HOLDERS]
        if any((low <= start and end < high) or (low == end and getting(self.text[low:high])) for low, high in holders):
            return True
        near = (t.span.start for t in self.of("population") if 0 < t.span.start - end <= _SAYS_WHO)
        return any(meets(self.text[end:start]) for start in near)

    def programmes_of(self, item: Span | None) -> frozenset[str]:
        """Return the programme that an item of a list names: 养老保险、失业保险单位费率分别为16%、0.5%; not 二级定点医疗机构."""
        if item is None:
            return _NO_PROGRAMMES
        terms = [term for term in self.of("programme") if item.start <= term.span.start and term.span.end <= item.end]
        # 基本医疗保险（含生育保险）、失业保险: what a bracket adds is not the item
        terms = [term for term in terms if not ((aside := self.bracket(term.span.start)) and item.start <= aside.start)]
        # 养老保险、|医疗保险|、失业保险的个人费率: which of its family nobody says, but none of the others
        catalog = self.linking_resources.catalog.programmes
        exact = [term.key for term in terms if not catalog[term.key].generic]
        whole = [term.key for term in terms if self.words(term.span) in catalog[term.key].proper]
        return frozenset((exact or whole)[-1:])

    def programmes(self, at: int) -> frozenset[str]:
        """Return the programmes that a figure at an offset is about: of its clause, its sentence, the places above, the notice."""
        if at not in self._programmes:
            self._programmes[at] = self._find_programmes(at)
        return self._programmes[at]

    def _find_programmes(self, at: int) -> frozenset[str]:
        exact = self._exact_programmes
        if self.bracketed:
            # 每月加发20元（不影响高龄津贴，80至89周岁50元）: what a bracket tells of itself says nothing before it
            aside = (term for term in exact if not self._is_aside(term.span.end, at))
            exact = [term for term in aside if not self.told_aside(term.span, Span(at, at))]
        if exact and (term := self._nearest_programme(exact, at)):
            joined = self._joined(exact, term)
            return joined | self._programmes_around if self._goes_back(term, at) else joined
        return self._told_before or self._programmes_around

    def _goes_back(self, term: Term, at: int) -> bool:
        """Return True if a figure may be about what all is again: 单位费率6%；|生育保险|费率0.5%；职工本人按2%: nobody says of which.

        So it is where an insurance that notices on another speak of as its own is named in an earlier statement behind a figure.
        """
        beside = self.linking_resources.beside.get(term.key, frozenset())
        if term.span.end > self.segment(at).start or beside.isdisjoint(self._programmes_around):
            return False
        return self.figure_before(term.span.start) > self.span.start

    @cached_property
    def _programmes_around(self) -> frozenset[str]:
        """The programmes that what stands above the sentence is about, else the notice, else those of which the sentence speaks."""
        catalog = self.linking_resources.catalog.programmes
        for place, terms in self.terms_around("programme"):
            exact = [term for term in terms if not catalog[term.key].generic]
            meant: frozenset[str] = frozenset().union(*map(self._meant, exact))
            # 养老金 above means 居民养老保险 in a notice on it; 生育医疗费用 of 职工医保 is still the other insurance's.
            qualified = any(catalog[key].qualifies for key in meant)
            keys = frozenset(term.key for term in exact) if qualified else meant
            if keys and not self._is_of_other_item(place, terms):
                return keys
        if self.notice_programmes:
            return frozenset(self.notice_programmes)
        return frozenset(term.key for term in self._own_programmes)

    def _is_of_other_item(self, place: Span, terms: list[Term]) -> bool:
        """Return True if a heading joins a programme with something else, and only that is spoken of below it, up to this sentence.

        住院和大额医疗待遇 above 在三级医院住院的，起付标准为800元
        """
        chunks = self.statement.chunks(*place) if place.end <= self.span.start else []
        joined = [
            one
            for one in without(chunks, terms)
            if any(self.statement.joined(*sorted((one.span, each.span))) for each in chunks)
        ]
        if not joined:
            return False  # most headings name one thing: what stands below them isn't searched
        said = self.text[place.end : self.span.end]
        named = any(self.words(term.span) in said for term in terms)
        return not named and any(self.words(one.span) in said for one in joined)

    def _nearest_programme(self, exact: list[Term], at: int) -> Term | None:
        """Return the last programme before an offset in its clause, else the first behind it, else the last that still holds."""
        clause = self.clause(at)
        if before := [term for term in exact if clause.start <= term.span.start < at]:
            return before[-1]
        behind = next((term for term in exact if at <= term.span.start < clause.end), None)
        if behind is not None and not self._is_of_next(behind, at, clause):
            return behind
        earlier = (term for term in reversed(exact) if term.span.start < at and self._holds_until(term, at))
        earlier = (term for term in earlier if not self._is_purpose(term.span))
        return next(earlier, None)

    def _is_purpose(self, name: Span) -> bool:
        """Return True for what money is only used for: 新增补助一半用于提高|大病保险|保障能力；个人缴费新增30元."""
        said = self.text[self.clause(name.start).start : name.start]
        return self.linking_resources.lists.used_for.meets(said)

    @cached_property
    def programmes_named(self) -> frozenset[str]:
        """The programmes that the sentence or what stands above it names."""
        around = (term for _, terms in self.terms_around("programme") for term in terms)
        return frozenset(term.key for term in (*self.of("programme"), *around))

    @cached_property
    def _own_programmes(self) -> list[Term]:
        """The programmes that the sentence speaks of, not those that one is only like, takes a share of or reckons by."""
        bases = self.linking_resources.lists.base_of
        return [
            term
            for term in self.of("programme")
            if not (self._likened(term) or self.is_shared(term.span))
            and (
                not self.notice_programmes
                or term.key in self.notice_programmes
                or not bases.meets(self.text[term.span.end : term.span.end + _BASE])
            )
            and not self._funds_another(term)
        ]

    def _funds_another(self, term: Term) -> bool:
        """Return True for a programme that the funds of another are a share of: 大病保险筹资标准为|居民医保|人均筹资标准的10%."""
        shared = self.linking_resources.lists.funding_shared
        if not shared.meets(self.text[term.span.end : term.span.end + _BASE]):
            return False
        before = (one.key for one in self.of("programme") if one.span.end <= term.span.start)
        return term.key not in self.notice_programmes or any(key != term.key for key in before)

    @cached_property
    def _exact_programmes(self) -> list[Term]:
        """The sentence's own programmes that are no family as a whole, nor part of what an amount is as high as, nor paid first."""
        catalog = self.linking_resources.catalog.programmes
        first = self._paid_first
        exact = [
            term
            for term in self._own_programmes
            if not (catalog[term.key].generic and not self._is_of_others(term))
            and not (first and first.start <= term.span.start < first.end)
            and not self._is_left_out(term.span)
            and not self._is_helped_more(term)
        ]
        return [term for term in exact if not any(name.start <= term.span.start < name.end for name in self._followed)]

    def _is_left_out(self, place: Span) -> bool:
        """Return True for what a bracket says an amount goes without: 单位按8%缴纳（不含|生育保险费|）."""
        aside = self.bracket(place.start)
        return aside is not None and self.linking_resources.lists.left_out.meets(self.words(aside))

    def _is_helped_more(self, term: Term) -> bool:
        """Return True for a programme that says for whom another does more: 大病保险对|医疗救助|对象…的倾斜支付政策."""
        lists = self.linking_resources.lists
        who = lists.helped.meets(self.text[term.span.end : term.span.end + _INSURED])
        return who and lists.tilted.meets(self.words(self.segment(term.span.start)))

    def _is_of_others(self, term: Term) -> bool:
        """Return True if a family is named by its own name where all else is about others: 养老保险单位费率16%，|基本医疗保险|8%."""
        resources, catalog = self.linking_resources, self.linking_resources.catalog.programmes
        row = catalog[term.key]
        ends = resources.lists.insurances_things.meets(self.text[term.span.end : term.span.end + _INSURED])
        if self.words(term.span) not in row.proper or ends or self._is_named_before(term):
            return False
        above = {one.key for _, terms in self.terms_around("programme") for one in terms} - resources.generic_programmes
        others = [catalog[key] for key in above.union(self.notice_programmes)]
        return not any(one.broad or row.family == one.family or row.family in one.draws_on for one in others)

    def _is_named_before(self, family: Term) -> bool:
        """Return True if the sentence has named which of a family it is: 参加|职工医保|的，|基本医疗保险|费由基金代缴."""
        catalog = self.linking_resources.catalog.programmes
        before = (catalog[one.key] for one in self._own_programmes if one.span.end <= family.span.start)
        return any(row.family == catalog[family.key].family and not row.generic for row in before)

    @cached_property
    def _paid_first(self) -> Span | None:
        """The programmes that pay before the one that the sentence is about: 经居民医保、大病保险|支付后，个人自付费用."""
        words = self.linking_resources.lists.paid_first
        ends = (term.span.end for term in self._own_programmes)
        end = max((end for end in ends if words.meets(self.text[end : end + _PAID_REACH])), default=None)
        return Span(self.clause(end - 1).start, end) if end else None

    def _meant(self, term: Term) -> frozenset[str]:
        """Return the programme that a term names: the notice's own where a word of its family stands bare (养老保险费)."""
        catalog = self.linking_resources.catalog.programmes
        row = catalog[term.key]
        if self.words(term.span) in row.bare:
            if row.bare_in:
                return frozenset(self.notice_programmes) if self._is_of_bare(row, term.span) else frozenset([row.id])
            notice = (key for key in self.notice_programmes if not catalog[key].broad)
            akin = frozenset(key for key in notice if row.family in ("", catalog[key].family))
            return akin or frozenset([term.key])
        return frozenset([term.key])

    def _is_of_bare(self, programme: Programme, name: Span) -> bool:
        """Return True if a programme's bare word means what the notice is on: 救助比例 in one on 临时救助; not where it names 医疗救助."""
        own = self.notice_programmes.keys()
        if self.words(name) not in programme.bare or not own or not own <= set(programme.bare_in):
            return False
        around = (term for _, terms in self.terms_around("programme") for term in terms)
        named = (self.words(one.span) for one in (*self.of("programme"), *around) if one.key == programme.id)
        whole = set(programme.terms) - set(programme.bare)
        return whole.isdisjoint(named) and not any(word in self.told for word in whole)

    def _likened(self, term: Term) -> bool:
        """Tell whether a programme is only what another is like, or held against: 参照居民医保执行, 比职工医保低."""
        lists = self.linking_resources.lists
        lead = self.text[max(self.span.start, term.span.start - _LIKENED_REACH) : term.span.start]
        return lists.likened.meets(lead) or lists.compared_with.meets(lead)

    def _joined(self, terms: list[Term], term: Term) -> frozenset[str]:
        """Return a programme with those that are named together with it: 居民医保和大病保险的等待期."""
        place = terms.index(term)
        first = last = place
        while first and self._are_joined(terms[first - 1], terms[first]):
            first -= 1
        while last + 1 < len(terms) and self._are_joined(terms[last], terms[last + 1]):
            last += 1
        return frozenset().union(*map(self._meant, terms[first : last + 1]))

    def _are_joined(self, one: Term, other: Term) -> bool:
        return self.linking_resources.lists.scope_joints.meets(self.text[one.span.end : other.span.start])

    @cached_property
    def _told_before(self) -> frozenset[str]:
        """The programme that the paragraph spoke of last before this sentence; none that is the notice's, or of its family.

        长期护理保险筹资标准为每人每年100元。个人缴费标准为40元。
        """
        start = max(self.text.rfind("\n", 0, self.span.start) + 1, self.span.start - _TOLD_REACH)
        resources = self.linking_resources
        pattern, meaning = resources.programme_words
        found = pattern.finditer(self.text, start, self.span.start)
        places = (Span(*match.span()) for match in found)
        # 退休人员以本人|养老金|为基数，个人按0.15%缴纳。居民每人每年130元
        bases = self.linking_resources.lists.base_of
        told = (
            place
            for place in places
            if not (self.is_shared(place) or self._is_aside(place.end, self.span.start) or self._is_of_part(place))
            and not bases.meets(self.text[place.end : place.end + _BASE])
        )
        rows = ((meaning[self.words(place)], place) for place in told)
        named = [
            (row, place.end)
            for row, place in rows
            if row.within == "any"
            and not row.generic
            and not self._lends(row.id, place)
            and not self._is_of_bare(row, place)
        ]
        if not named:
            return frozenset()
        notice = (resources.catalog.programmes[key] for key in self.notice_programmes)
        families = {_family(row) for row in notice}
        programme, own = named[-1][0], _family(named[-1][0])
        if families == {own} and not self._opens_paragraph(programme, start):
            # 更名为职工大病保险，筹资标准为200元。起付标准为1.5万元: of the fund's or of this one, nobody says which
            before = self.text.rfind("。", start, self.span.start - 1) + 1
            tells = named[-1][1] > before and any(map(str.isdecimal, self.text[named[-1][1] : self.span.start]))
            return frozenset([programme.id, *self._programmes_around]) if tells and programme.qualifies else frozenset()
        # 单位职工医保费率为6.5%；生育保险费率为0.8%。灵活就业人员费率为8.5%: both were told in one sentence
        last = self.text.rfind("。", start, self.span.start - 1) + 1
        if {_family(row) for row, end in named if end > last} & families - {own}:
            return frozenset()
        # 失能人员可享受长期护理保险待遇。住院支付比例75% in a notice on medical insurance
        if families and own not in families and self.of("setting"):
            return frozenset()
        # 《国家基本医疗保险、工伤保险和生育保险药品目录》: a title says nothing of what follows it.
        return frozenset() if "》" in self.text[start : self.span.start] else frozenset([programme.id])

    def _opens_paragraph(self, programme: Programme, paragraph: int) -> bool:
        """Return True if a paragraph begins with one programme of several, and its sentence is of no other care.

        大病保险起付标准1.6万元。对低保对象，起付标准降低50%; not: 住院报销比例为75%
        """
        article = self.linking_resources.lists.article.pattern.match(self.text, paragraph, self.span.start)
        paragraph = article.end() if article else paragraph
        begin = MARKER.match(self.text[paragraph : self.span.start])
        at = paragraph + (begin.end() if begin else 0)
        return programme.qualifies and self.text.startswith(tuple(programme.terms), at) and not self.of("setting")

    def _is_aside(self, end: int, at: int) -> bool:
        """Return True if the words that end at an offset stand in a bracket that closes before another: 费率（含生育保险）为8.8%."""
        closing = _BRACKET.search(self.text, end, max(end, at))
        return closing is not None and closing.group() in "）)"

    def _is_of_part(self, programme: Span) -> bool:
        """Return True if a programme only has its part of the figure before: 单位缴费比例7.5%，其中|生育保险|0.5%；职工个人缴费比例2%."""
        parts = self.linking_resources.lists.parts.pattern
        found = parts.search(self.text, max(0, programme.start - _PART_LEAD), programme.end + _PART_REACH)
        return found is not None and found.start() < programme.start and programme.end < found.end()

    @cached_property
    def told(self) -> str:
        """What the paragraph says before this sentence."""
        start = max(self.text.rfind("\n", 0, self.span.start) + 1, self.span.start - _TOLD_REACH)
        return self.text[start : self.span.start]

    def _is_of_next(self, term: Term, at: int, clause: Span) -> bool:
        """住院报销比例75%、职工医保85%: a programme behind a figure is the next one's, where one follows it.

        大型企业按30%、中小微企业按60%返还失业保险费: behind all of a list it is all of theirs.
        """
        between = self.number_from(at + 1) < term.span.start
        listed = any(sign in self.statement.words.joints for sign in self.text[at : term.span.start])
        return self.number_from(term.span.end) < clause.end or (between and not listed)

    def _holds_until(self, term: Term, at: int) -> bool:
        """Tell whether a programme named earlier still holds: 大病保险…1万元；住院起付标准为300元 speaks of another."""
        segment = self.segment(at)
        # 大病保险：起付标准1万元；住院费用超过10万元的支付70%
        end = self.clause(term.span.start).end
        opens = self.text[end : end + 1] == "："
        if opens or term.span.start >= segment.start:
            return True
        if self._is_of_part(term.span) or self.linking_resources.lists.along_with.meets(
            self.words(self.clause(term.span.start))
        ):
            return False
        if any(segment.start <= other.span.start < at for other in self.of("setting")):
            return False
        lead = len(self.words(segment)) - len(self.words(segment).lstrip())
        return not any(other.span.start == segment.start + lead for other in self.of("programme"))
