"""Links a figure to an indicator of the catalog: by the words of its clause, then of its sentence, then of its section.

Never further. `STEPS` is the order: the first step that finds something decides, and the link names it with the words
that it rests on. Where two indicators fit equally, none is linked and both are named. To add a way of linking, write
its function, place it in `STEPS`, and give it a name in `StepName` and in `labels.toml`.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from extractor.model import Span
from extractor.notice.facts.fit import (
    ANOTHER,
    LinkedFigure,
    Misfit,
    is_about,
    is_beside,
    is_beyond,
    is_told_by_persons,
    misfit,
    names_both_bounds,
    part_payer,
    unknown_of,
)
from extractor.notice.facts.groups import adds, bare_name_of, within
from extractor.notice.facts.names import past_marker
from extractor.notice.facts.statement import OWNING, without
from extractor.notice.facts.statement_words import VERBS
from extractor.notice.facts.tables import cell_heads, stripped
from extractor.notice.mentions.cells import cells_before, cells_beside
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.model import Term
    from extractor.notice.facts.catalog import Cue, Indicator, Within
    from extractor.notice.facts.context import SentenceContext
    from extractor.notice.facts.lists import Share

# 30个DRG付费试点城市: how far a name may stand behind its figure and still be its own.
TOUCHING = 2
# A heading names a figure only when the figure's own words say next to nothing (每人每年400元).
BARE_LEAD = 8
# As many signs of a name may end all items of a list.
_LONGEST_ENDING = 20
# So many things may be of whom a figure is; more are an aim or a result of their own.
_FEW = 10
# Words further back in the clause than this do not block.
LEAD = 60
# 其中|单位|0.7%，个人0.3%
_WHO = frozenset({"person", "payer"})
# 缴存比例|为|单位8%
_SAYING = frozenset({"base", "adverb", "mark", "joint"})
# 挥发性有机物|再减少|9%
_MOVING = frozenset({"change", "adverb"})
_LABEL_ENDS = ("：", ":")
# What says for whom, where or of which class a figure is, and never what it measures: 一类工资区, 中等偏下收入家庭.
_WHOSE = frozenset({"place", "grade", "person", "provider"})

StepName: TypeAlias = Literal[
    "action", "listed", "hinted", "paid_by", "clause_name", "clause_cue", "changed_column", "inherited", "sentence_name", "sentence_cue",
    "head_name", "caption_name", "heading_name", "section_cue",
]  # fmt: skip


class Link(Struct, frozen=True, gc=False):
    """The outcome: an indicator or None, others that fit, and what it rests on.

    ``subject`` is the place of the catalog's name in the text. ``step`` is the step that decided, None where none did;
    ``cue`` the row of cue words that it went by; ``place`` the heading, or the figure, that it took the indicator from.
    """

    indicator: str | None = None
    candidates: tuple[str, ...] = ()
    subject: Span | None = None
    step: StepName | None = None
    cue: Cue | None = None
    place: Span | None = None

    @property
    def within(self) -> Within:
        """Where the words of the cue were looked for: a heading may lend its words to a cue of sentences."""
        return "section" if self.cue is None or self.step == "section_cue" else self.cue.within


NONE = Link()


class LinkCase:
    """One figure with all that a step may look at.

    ``before`` is the figure before it in the sentence, with its link (for 新增30元，达到610元); ``share`` its subject in a
    分别 list; ``until`` the end of what is to be done by a deadline, None for all other figures.
    """

    def __init__(
        self,
        context: SentenceContext,
        figure: LinkedFigure,
        *,
        before: tuple[LinkedFigure, Link] | None = None,
        share: Share | None = None,
        until: int | None = None,
    ) -> None:
        """Look up what the figure is about."""
        self.context, self.figure, self.before, self.share, self.until = context, figure, before, share, until
        self.programmes = context.programmes_of(share.span if share else None) or context.programmes(
            figure.number.start
        )

    @cached_property
    def clause(self) -> Span:
        """The figure's clause."""
        return self.context.clause(self.figure.number.start)

    @cached_property
    def restates(self) -> bool:
        """Whether the clause says again what the one before says: 按50%资助，即每人200元."""
        lists = self.context.linking_resources.lists
        return self.clause.start > self.context.span.start and lists.restate.meets(self.context.words(self.clause))

    @cached_property
    def blocking(self) -> Span | None:
        """The thing of its own that the clause is about, and that the catalog may not know; None where there is none."""
        context, start = self.context, max(self.clause.start, self.figure.number.start - LEAD)
        gives = context.linking_resources.lists.another_gives.pattern
        if other := gives.search(context.text, start, self.figure.number.start):
            return Span(*other.span())
        found = [*context.linking_resources.blocking.finditer(context.text, start, self.figure.number.start)]
        names = [term.span for term in (*context.of("alias"), *context.of("population"))] if found else []
        # 中等偏下|收入|家庭 are persons that no catalog lists; 产前检查费用，…的，|限额|为300元 needs a name, and is none.
        chunks = context.statement.chunks(start, self.figure.number.start) if found else []
        # 每增加一个病种，限额增加1000元; …限额由|增加|1000元调整为…
        old = context.linking_resources.lists.old_before.meets(
            context.text[self.figure.number.start - 1 : self.figure.number.start]
        )
        needs = self.figure.role == "level" or (self.figure.role == "previous" and old)
        names += [one.span for one in chunks if one.kind in _WHOSE or (needs and one.kind == "weak")]
        # 地区生产总值2448亿元，|按可比价格计算|同比增长5.7%
        pieces = context.statement.cut(Span(start, self.figure.number.start)) if found else []
        names += [Span(one.start, one.end) for one in pieces if one.use == "adverb"]
        for match in found:
            if not any(name.start <= match.start() < name.end for name in names):
                return Span(*match.span())
        return self._done_to(start) if self.figure.kind == "count" else None

    def _done_to(self, start: int) -> Span | None:
        """Return what something is done to that a number counts: 每千人口托位数达4个；改造|老旧小区100个."""
        words = self.context.statement.words
        chunks = self.context.statement.chunks(start, self.figure.number.start)
        if not chunks or chunks[-1].kind not in ("measure", "place") or chunks[-1].span.end != self.figure.number.start:
            return None
        return chunks[-1].span if words.use_of.get(chunks[-1].before) in VERBS else None

    @cached_property
    def names(self) -> list[Term]:
        """The catalog's names in the sentence, without those of a share's amount and of the other items of the figure's list."""
        names = self.context.figure_names
        if self.context.grounds:
            # 以月平均工资7466元为基数，按50%计发，即3733元: the wage has its own amount, and names none that is reckoned by it.
            at = self.figure.number.start
            if at in self.context.grounds:  # 按人均可支配收入54188元的20倍发放: only a name right before it is its own
                return [term for term in names if term.span.end == at]
            grounds = [span for span in self.context.grounds.values() if span.end <= at]
            names = [term for term in names if not any(within(term.span, span) for span in grounds)]
        if self.context.parted or self.context.brackets:
            names = [term for term in names if not (self._is_apart(term) or self._is_kind_of_another(term, names))]
        if self.context.limits:
            names = [term for term in names if term.span not in self.context.limits or self._is_told_aside(term)]
        if self.context.bases and self.restates:
            # 可以低于最低工资标准支付，但不能低于最低工资标准的80%，即2016元: a share of it, wherever else it is named.
            shared_words = {self.context.words(span) for span in self.context.bases}
            names = [term for term in names if self.context.words(term.span) not in shared_words]
        if self.figure.base and self.figure.role in ("increase", "decrease"):
            # 尖峰时段电价在高峰时段电价基础上上浮25%: what it rises from doesn't rise.
            names = [term for term in names if self.context.words(term.span) not in self.figure.base.text]
        share = self.share
        if share is not None and share.group == "alias":
            return [name for name in names if name.span == share.span]
        if share is None or share.whole is None or share.group != "words":
            return names
        own = (share.span, share.head or share.span)
        return [
            name for name in names if not _meet(name.span, share.whole) or any(_meet(name.span, span) for span in own)
        ]

    def _is_apart(self, name: Term) -> bool:
        """Return True if a name has a figure of its own: in a bracket that the figure isn't in, or that it is taken out of.

        低保户（城市低保标准为每月920元）再补助1000元; 个人缴费400元中划入门诊统筹基金90元
        """
        if name.key and self.is_out_of(name.span.end, self.indicator(name.key).kinds):
            return True
        aside = self.context.bracket(name.span.start)
        at = self.figure.number.start
        if aside is None or aside.start <= at < aside.end:
            return False
        labelled = self.context.labelled.get(aside.start)
        # 报销比例为65%（住院）、50%（门诊）; 分散供养每人每月900元（含照料护理费）
        if labelled is not None and (labelled != at or adds(self.context, aside)):
            return True
        if self.context.linking_resources.lists.left_out.pattern.match(self.context.text, *aside):
            return True  # 失业保险费（不含个人缴纳部分）的100%
        kinds = self.indicator(name.key).kinds if name.key else ()
        held = (one for one in self.context.mentions.quantities if name.span.end <= one.number.start < aside.end)
        return any(one.kind in kinds for one in held)

    def _is_kind_of_another(self, name: Term, names: list[Term]) -> bool:
        """Return True if a bracket only tells kinds of the name right before it: |难产|（胎头吸引、产钳助产）2500元."""
        aside = self.context.bracket(name.span.start)
        if aside is None or aside.start <= self.figure.number.start < aside.end:
            return False
        return any(other.span.end == aside.start and other.key == name.key for other in names)

    def _is_told_aside(self, name: Term) -> bool:
        """Return True if the figure stands in the bracket right behind a name: 不低于最低工资标准（现行标准为|2300元）."""
        aside = self.context.bracket(self.figure.number.start)
        return aside is not None and aside.start == name.span.end

    def is_out_of(self, start: int, kinds: tuple[str, ...] = ()) -> bool:
        """Return True if the figure is a part of one behind ``start``, of some ``kinds`` if they are given: 400元|中划入90元."""
        return any(
            start <= one.number.start < self.figure.number.start and (not kinds or one.kind in kinds)
            for one in self.context.parted
        )

    @property
    def is_of_persons(self) -> bool:
        """True for an age that says who is meant, whatever a clause before says of ages: 发至3周岁；|60周岁|老人每月50元."""
        return self.figure.kind == "age" and self.figure.condition

    @property
    def is_left_over(self) -> bool:
        """True for a share of what is left of a whole, which no words before its clause name: 返还失业保险费的60%，|其余40%|由企业承担."""
        lists = self.context.linking_resources.lists
        before = self.context.text[self.clause.start : self.figure.span.start]
        return self.figure.kind == "rate" and lists.left_over.meets(before)

    @property
    def is_summed(self) -> bool:
        """True for a figure that others are added to, or that they add up to: 个人缴费400元+|670元|=|1070元|."""
        start = self.figure.span.start
        between = self.context.text[max(self.context.span.start, self.context.figure_before(start)) : start]
        return self.context.linking_resources.lists.sum_signs.meets(between.strip())

    @property
    def asks_headings(self) -> bool:
        """True if the figure's own words say so little that a heading may name it."""
        bare = not self._is_named_behind and self._lead_length() <= BARE_LEAD
        return bare or self.context.sentence.kind == "cell" or self.in_short is not None

    @cached_property
    def in_short(self) -> Span | None:
        """The word right before the figure, where the nearest heading ends in it: 一次性扩岗补助。…，每招用1人|补助|1500元."""
        context, end = self.context, self.figure.span.start
        if not context.headings:
            return None
        given = context.statement.words.lists.given_ends.pattern.finditer(context.text, self.clause.start, end)
        tail = next((Span(*match.span()) for match in given if match.end() == end), None)
        return tail if tail and context.words(context.headings[0]).endswith(context.words(tail)) else None

    @property
    def _is_named_behind(self) -> bool:
        """True if a stretch of time has a name of its own behind it: 1月1日至2月28日为补缴期."""
        if self.figure.kind != "period":
            return False
        behind = self.context.text[self.figure.span.end : self.clause.end]
        return self.context.linking_resources.lists.named_behind.meets(behind)

    def indicator(self, key: str) -> Indicator:
        """Return an indicator's row."""
        return self.context.linking_resources.catalog.indicators[key]

    def fits(self, key: str, said: str | Cue = "") -> bool:
        """Return True if an indicator can have the figure; a name or cue that says what it is about needs no other words."""
        # The kind first, as `misfit` does: most names of a sentence are of another.
        return self.figure.kind in self.indicator(key).kinds and self.misfit(key, said) is None

    def misfit(self, key: str, said: str | Cue = "", figure: LinkedFigure | None = None) -> Misfit | None:
        """Say why an indicator can't have the figure, or another one in its place; None where it can."""
        return misfit(self.context, self.indicator(key), figure or self.figure, self._programmes(key, said))

    def payer_of_part(self, key: str) -> Span | None:
        """Return who pays only a part of what an indicator's figures are, where they are what all pay together."""
        return part_payer(self.context, self.indicator(key), self.figure)

    def is_about(self, key: str, said: str | Cue) -> bool:
        """Return True if the figure is about an indicator's programme, or the name or cue that brings it up says so."""
        return is_about(self.context, self.indicator(key), self._programmes(key, said))

    @cached_property
    def is_of_family(self) -> bool:
        """Whether the figure is about a family as a whole, and nothing says about which of its programmes."""
        return self.programmes <= self.context.linking_resources.generic_programmes

    def is_akin(self, key: str) -> bool:
        """Return True if an indicator's programme is of the family of those that the figure is about."""
        catalog = self.context.linking_resources.catalog.programmes
        families = {catalog[name].family for name in self.programmes} - {""}
        return any(catalog[name].family in families for name in self.indicator(key).programmes)

    def _programmes(self, key: str, said: str | Cue) -> frozenset[str]:
        unlisted = self.programmes & self.context.linking_resources.unlisted_programmes
        if unlisted == self.programmes and any(term.key in unlisted for term in self.context.of("programme")):
            return self.programmes  # 补充住房公积金…所对应的|月缴存额上限|为3418元
        here = said in self.words("clause") if isinstance(said, str) else said.within == "clause"
        if self._names_a_programme and not here:
            return self.programmes
        return self.programmes | self.context.linking_resources.told_programmes(key, said)

    @cached_property
    def _names_a_programme(self) -> bool:
        """Whether the clause says what it is about: 失业保险单位费率0.5%，职业年金单位缴费比例8% takes over nothing."""
        context, generic = self.context, self.context.linking_resources.generic_programmes
        start, end = self.clause.start, self.figure.number.start
        return any(
            start <= term.span.start < end and term.key not in generic and not context.is_shared(term.span)
            for term in context.of("programme")
        )

    def takes(self, name: Term) -> bool:
        """Return True if the indicator of a name can have the figure."""
        return self.fits(name.key, self.context.words(name.span))

    def _is_given_by_row(self, key: str, name: str) -> bool:
        """Return True if a head only says that what its rows name is given: 家庭经济困难学生生活补助 × 资助标准."""
        context, lists = self.context, self.context.statement.words.lists
        if not self.context.linking_resources.lists.gift_heads.meets(name):
            return False
        rows = (term.span for _, terms in context.terms_around("alias") for term in terms if term.key == key)
        return any(row in context.sentence.context and lists.given_ends.meets(context.words(row)) for row in rows)

    def names_itself(self, key: str) -> bool:
        """Return True if a figure's own words give or name what an indicator's words say nothing of: 营养补贴300元 under 筹资水平."""
        return self.gives_another(key) or self.has_own_name(key)

    def has_own_name(self, key: str) -> bool:
        """Return True if the figure has a name of its own of which an indicator's words say nothing: |待遇等待期|30日 behind 失能状态."""
        said, own = self.indicator(key).said, self.figure.own
        if own is None and self.restates and self.before is not None:
            own = self.before[0].own
        if own is None or self.context.statement.words.kind_of(self.context.words(own)) != "measure":
            return False
        if self.is_paid_otherwise(key):
            return True
        name = self.context.words(own)
        cell = self.context.sentence.kind == "cell"
        if cell and (self.context.linking_resources.lists.bare_heads.meets(name) or self._is_given_by_row(key, name)):
            return False
        # 每月房租2600元 under 租房提取; but the head 个人缴费 of a column under 缴费档次
        if name in self.indicator(key).own or any(
            word in name or word.endswith(name) or (cell and name in word) for word in said
        ):
            return False
        # 流产的享受15天 under 生育津贴天数; not 每月增加额 under 伤残津贴
        return not self.context.linking_resources.lists.plain_heads.meets(name)

    @cached_property
    def is_named_right_before(self) -> bool:
        """True if next to nothing stands between a figure's own name and it: 待遇等待期|为|30日; not of a count of what was named."""
        own, start = self.figure.own, self.figure.span.start
        return self.figure.kind != "count" and own is not None and own.end <= start <= own.end + TOUCHING

    def is_paid_otherwise(self, key: str) -> bool:
        """Return True if the figure's name opens with who pays, of whom an indicator's words say nothing: |政府|补助标准 behind 个人缴费标准."""
        own, said = self.figure.own, self.indicator(key).said
        if own is None:
            return False
        terms = (*self.context.of("payer"), *self.context.hidden_payers)
        payer = max(
            (self.context.words(term.span) for term in terms if term.span.start == own.start), key=len, default=""
        )
        return bool(payer) and not any(word in payer or payer in word for word in said)

    def has_another_head(self, key: str) -> bool:
        """Return True if the figure's bare head is of another name: 部分不能自理|的标准 behind 月平均工资7388元.

        Of an indicator that benefits are reckoned by, or of one whose words don't have it.
        """
        head, row = self.context.statement.owned_head(self.figure.number), self.indicator(key)
        if head is None:
            return False
        ground = self.context.statement.words.lists.pay_grounds.meets(row.name)
        return ground or not any(self.context.words(head) in word for word in row.said)

    def gives_another(self, key: str) -> bool:
        """Return True if the verb right before an amount gives what an indicator's words say nothing of.

        每人补150元 under 缴费标准; 按60%补助，即240元 under 筹资标准
        """
        if self.figure.kind != "money":
            return False
        verb = self.context.statement.verb_before(self.figure.number)
        if not verb and self.restates:  # but 按50%计发，即3733元
            before = self.context.statement.verb_before(Span(self.clause.start - 1, self.clause.start - 1))
            lists = self.context.linking_resources.lists
            gives = self.context.statement.words.lists.given_ends.meets(before) or lists.gift_names.meets(before)
            verb = before if gives else ""
        if self.context.linking_resources.lists.setting_verbs.meets(verb):
            return False  # 执行2070元标准的有：…
        said, lists = self.indicator(key).said, self.context.linking_resources.lists
        if lists.bare_giving.meets(verb) and any(map(lists.gift_names.meets, said)):
            verb = ""  # 给予5000元 below 一次性创业补贴
        return any(word and not any(word in one for one in said) for word in (verb, self._gift_behind))

    @cached_property
    def _gift_behind(self) -> str:
        """What is given, where an amount says nothing else behind it: 贷款额度30万元，个人最高不超过2万元|贴息."""
        behind = self.context.linking_resources.lists.gift_behind.pattern.match(self.context.text, self.figure.span.end)
        return behind["given"] if behind else ""

    @cached_property
    def is_raised(self) -> bool:
        """True if the words behind say that all raise it, whatever a part before was: 个人缴纳40元；居民按每人每年50元筹集."""
        behind = self.context.text[self.figure.span.end : self.figure.span.end + LEAD]
        return self.context.linking_resources.lists.raised_behind.meets(behind)

    def words(self, within: Within) -> str:
        """Return the words that cues of a kind are looked for in: of the clause, the sentence, or all above it and its own."""
        if within == "clause":
            return self._clause_words
        return self._sentence_words if within == "sentence" else self.context.words_above + self._sentence_words + "\n"

    @cached_property
    def _sentence_words(self) -> str:
        """The words up to the next figure's clause: 直接结算率提高到70%，基金支付比例|稳定在75% says what the second is, not the first.

        With it where it says no more than whose it is, or who bears it: 其中单位0.7%，个人0.3%; 单位承担0.7%，个人承担0.3%.
        """
        context = self.context
        following = min(context.number_from(self.figure.span.end), context.span.end)
        apart = context.clause(following)
        chunks = context.statement.chunks(apart.start, max(apart.start, following))
        verb = context.text[chunks[-1].span.end : following] if chunks else None
        same = verb is not None and context.text.endswith(verb, context.span.start, self.figure.span.start)
        bears = verb is not None and same and context.linking_resources.lists.bears.meets(verb)
        shared = bears and all(one.kind in _WHO for one in chunks)
        end = max(self.clause.end, min(context.span.end, apart.end if shared else apart.start))
        return self._without_items(Span(context.span.start, end))

    @cached_property
    def _clause_words(self) -> str:
        return self._without_items(self.cue_clause)

    @cached_property
    def cue_clause(self) -> Span:
        """The clause whose words cues are looked for in; with the one before where it says the same as a sum: 按90%资助，即每人360元."""
        before = self.before[0] if self.before and self.restates and self.figure.kind == "money" else None
        if before is None or before.kind != "rate":
            return self.clause
        return Span(self.context.clause(before.number.start).start, self.clause.end)

    def _without_items(self, span: Span) -> str:
        """Return the words of a span without the names of the other items of the figure's list, and without what others are reckoned by.

        公积金贷款最高额度、商业贷款额度分别为80万元、120万元: the first name says nothing of the second figure.
        生活护理费以月平均工资6812元为基数，…的由每月3290元: nor does the wage.
        """
        words, share = self.context.words(span), self.share
        apart = [ground for at, ground in self.context.grounds.items() if at != self.figure.number.start]
        if share is not None and share.group == "alias":
            names = (name.span for name in self.context.of("alias"))
            apart += [name for name in names if span.start <= name.start and name.end <= share.span.start]
        # 需缴纳1070元（个人缴费400元、财政补助670元）: what a bracket has figures for is theirs
        apart += self.context.asides_of_others(self.figure.number.start)
        for one in apart:
            low, high = max(one.start - span.start, 0), min(one.end, span.end) - span.start
            if low < high:
                words = words[:low] + " " * (high - low) + words[high:]
        return words

    def actions(self) -> Iterator[Span]:
        """Yield the clauses behind a deadline, up to where its reach ends."""
        at, until = self.figure.span.end, self.until or 0
        while at < until:
            yield (clause := Span(at, min(until, max(at + 1, self.context.clause(at).end))))
            at = clause.end + 1

    def _lead_length(self) -> int:
        """Count the words before a figure that say something: not scope words, classes (二档), dates, ages and per what (每人每月)."""
        context, start, end = self.context, self.clause.start, self.figure.span.start
        listed = (self.share.whole or self.share.span) if self.share else None
        if listed and start <= listed.start:
            # 一级至四级伤残职工|分别增加|240元、225元
            start, end = listed.end, min(end, context.number_from(listed.end))
        lead = Span(start, end)
        terms = [t.span for t in context.terms if within(t.span, lead)]
        # 长春市区、吉林市区|由每人每月1504元
        terms += [one.span for one in context.statement.chunks(start, max(start, end)) if one.kind in _WHOSE]
        units = context.linking_resources.units
        terms += [span for _, span in units.per_found(context.text, start, end)]
        terms += [q.span for q in context.mentions.quantities if q.kind == "age" and within(q.span, lead)]
        # 2029年底前|仍为|15年
        terms += [date.span for date in context.mentions.dates if within(date.span, lead)]
        grades = (
            Span(*match.span())
            for match in context.linking_resources.statement.words.lists.grades.pattern.finditer(
                context.text, start, end
            )
        )
        told = {at for span in (*terms, *grades) for at in range(max(start, span.start), min(end, span.end))}
        return max(0, end - start - len(told))


Step: TypeAlias = "Callable[[LinkCase], Link | None]"


def link(case: LinkCase) -> Link:
    """Link a figure by the first step that finds something."""
    for step in _steps(case):
        if (found := step(case)) is not None:
            # 财政补助700元，其中中央420元 is still named 财政补助, and no subsidy of all.
            part = found.indicator is not None and case.payer_of_part(found.indicator) is not None
            other = part or _is_of_growth(case, found) or _is_reckoned(case, found) or _is_its_bound(case)
            other = other or _is_unlikely(case, found) or _is_share_of_amount(case, found) or _is_of_each(case, found)
            other = other or _is_of_named_change(case, found) or _is_per_as_before(case, found)
            return replace(found, indicator=None) if other else _as_change(case, found)
    return NONE


def _as_change(case: LinkCase, found: Link) -> Link:
    """Give a change the one indicator that is of such changes alone, of the same name: 报销比例60%，经备案转市外住院的降低|10个百分点|."""
    figure, key = case.figure, found.indicator
    if key is None or figure.unit != "pp" or figure.role not in ("increase", "decrease") or case.indicator(key).change:
        return found
    row, whole = case.indicator(key), replace(figure, own=None)
    rows = (one for one in case.context.linking_resources.catalog.indicators.values() if one.change == figure.role)
    alike = [one.id for one in rows if one.programmes == row.programmes and {*one.aliases}.intersection(row.aliases)]
    changes = [one for one in alike if case.misfit(one, "", whole) is None]
    return replace(found, indicator=changes[0]) if len(changes) == 1 else found


def _steps(case: LinkCase) -> tuple[Step, ...]:
    """Choose the steps that a figure is linked by: none for a sum, its list's alone where that deals out two bounds."""
    if case.is_summed:
        return ()
    if names_both_bounds(case.context, case.share):
        return (listed,)
    return OWN_STEPS if case.is_left_over else STEPS


def _is_per_as_before(case: LinkCase, found: Link) -> bool:
    """Return True if a figure has the name of the one before, and could not be per what that is: |单日限额|村级20元，乡级|40元|."""
    before, _ = case.before or (case.figure, NONE)
    name, figure = found.subject, case.figure
    if found.indicator is None or found.step != "sentence_name" or name is None or not before.per or figure.per:
        return False
    named = case.context.clause(before.number.start).start <= name.start and name.end <= before.number.start
    if not named or before.kind != figure.kind:
        return False
    return case.misfit(found.indicator, case.context.words(name), replace(figure, per=before.per)) is not None


def _is_of_named_change(case: LinkCase, found: Link) -> bool:
    """Return True if only words further off name a level that a change leads to, which has another name of its own: |个人缴费|新增30元，达到250元."""
    context, (before, link) = case.context, case.before or (case.figure, NONE)
    changed = before.role in ("increase", "decrease") and before.kind == case.figure.kind and link.indicator is None
    if case.before is None or not changed or before.own is None:
        return False
    segment = context.segment(case.figure.number.start)
    earlier = found.step == "sentence_name" and found.subject is not None and found.subject.end <= segment.start
    if not earlier and found.step != "heading_name":
        return False
    said = context.statement.chunks(before.span.end, max(before.span.end, case.figure.number.start))
    others = context.linking_resources.aliases.get(context.words(before.own), ())
    named = before.own.start >= segment.start and bool(others) and found.indicator not in others
    return named and all(one.kind in ("time", "empty") for one in said)


def _is_reckoned(case: LinkCase, found: Link) -> bool:
    """Return True if an amount stands behind that by which it is reckoned, and a share or another amount between them.

    月最低工资标准为2260元，缴费不足5年的按其78%计发，即每月|1763元|; 不得低于最低工资标准的80%，一类地区是|1696元|
    """
    distant = found.step == "sentence_name" and found.indicator is not None and found.subject is not None
    if not distant or case.before is None or case.figure.kind != "money":
        return False
    before, link = case.before
    grounds = case.context.linking_resources.lists.reckoned_amounts
    if link.indicator is not None or not grounds.meets(case.indicator(found.indicator or "").name):
        return False
    changes = case.figure.role in ("increase", "decrease")
    if before.kind == "rate":
        return not changes
    start = found.subject.end if found.subject else before.number.start
    figures = (one for one in case.context.mentions.quantities if one.kind == "money" and one.number.start >= start)
    own = next(figures, None)
    told = own is not None and own.number.start <= before.number.start
    return told and (before.kind == "money" or before.condition)


def _is_unlikely(case: LinkCase, found: Link) -> bool:
    """Return True if a figure is more than there can be of an indicator that nothing in its own clause names.

    小时工资为24元，失业人员每人每月可领2142元，较原来的|1980元|多162元
    """
    row = case.indicator(found.indicator) if found.indicator is not None and found.step not in _NAMED else None
    return row is not None and case.figure.unit == row.unit and is_beyond(row, case.figure)


def _is_share_of_amount(case: LinkCase, found: Link) -> bool:
    """Return True if a rate is of the amount right before it, and nothing in its own clause names it: 封顶线25万元的|20%|即5万元."""
    if found.step in (*_NAMED, "clause_cue") or case.figure.kind != "rate":
        return False
    end = case.figure.span.start - 1
    owned = case.context.text[end : end + 1] in OWNING
    return owned and any(one.kind == "money" and one.span.end == end for one in case.context.mentions.quantities)


def _is_of_each(case: LinkCase, found: Link) -> bool:
    """Return True for what each pays of the amount before, that its own words don't name: 缴存额上限为8060元，即单位、个人各不高于|4030元|."""
    said = case.context.words(case.clause)
    return found.step not in _NAMED and case.context.linking_resources.lists.said_of_each.meets(said)


def _is_its_bound(case: LinkCase) -> bool:
    """Return True if a share is that which a clause before bounds: 缴费基数低于平均工资60%的，按|60%|核定."""
    before, figure = case.before[0] if case.before else None, case.figure
    bounds = before is not None and before.condition and before.base is not None
    return bounds and before is not None and before.kind == figure.kind == "rate" and before.value == figure.value


def _is_of_growth(case: LinkCase, found: Link) -> bool:
    """Return True if a change in percent has no name of its own for an amount, so that it is of what its clause tells.

    将次均门诊费用增幅控制在5%以内 in a paragraph on payment rates; 归集住房公积金108.7亿元，同比增长6.2% below 缴存比例有变化吗
    """
    figure = case.figure
    changes = figure.kind == "rate" and figure.unit == "%" and figure.role in ("increase", "decrease")
    distant = found.step in ("sentence_cue", "section_cue", "heading_name", "caption_name")
    row = case.indicator(found.indicator) if changes and distant and found.indicator is not None else None
    return row is not None and not (row.change or "increase" in row.roles)


# The steps by which a figure's own words name it, whatever it comes to.
_NAMED = frozenset({"hinted", "listed", "paid_by", "clause_name", "changed_column", "head_name"})

# ── The steps: each returns what it finds, a link without indicator where the search must end, None to go on


def action(case: LinkCase) -> Link | None:
    """Link a deadline to what must be done by then: clause by clause behind it, by name, else by cue."""
    if case.until is None:
        return None
    for clause in case.actions():
        names = [t for t in case.names if clause.start <= t.span.start and t.span.end <= clause.end]
        found = _nearest(case, names, "action") or _by_cue(case, case.context.words(clause), "clause", "action")
        if found:
            return found
    return Link(step="action")


def listed(case: LinkCase) -> Link | None:
    """Link by the name that a 分别 list gives the figure: 财政补助和个人缴费分别达到640元和380元."""
    share = case.share
    if share is not None and share.group in ("words", "payer"):
        return _put_together(case, share)
    if share is None or share.group != "alias":
        return None
    keys = {term.key for term in case.names if term.span == share.span and case.takes(term)}
    return Link(keys.pop(), subject=share.span, step="listed") if len(keys) == 1 else None


def _put_together(case: LinkCase, share: Share) -> Link | None:
    """Link by an item and what it shares with the last of its list: 城镇、农村居民人均可支配收入分别增长5%、6%.

    Or by who pays and what all of them pay: 单位和个人|的缴费比例分别为7%和2%.
    """
    if share.whole is None:
        return None
    behind = share.whole.end + case.context.text.startswith(OWNING, share.whole.end)
    ends = [
        name.span.end for name in case.context.of("alias") if _meet(name.span, share.whole) or name.span.start == behind
    ]
    end = max([share.whole.end, *ends])
    text, owning = case.context.text, OWNING[0]
    tails = [
        Span(at + text.startswith(owning, at), end) for at in range(max(share.span.end, end - _LONGEST_ENDING), end + 1)
    ]
    verb = _verb_shared(case, share.whole.end) if share.group == "payer" else None
    # Its name is whole with what it shares.
    figure, rows = replace(case.figure, own=None), case.context.linking_resources
    for tail in [*tails, *([verb] if verb else [])]:
        name = share.words + case.context.words(tail)
        keys = sorted({key for key in rows.aliases.get(name, ()) if case.misfit(key, name, figure) is None})
        if keys:
            subject = None if tail is verb else tail if tail.start < tail.end else share.span
            return Link(keys[0] if len(keys) == 1 else None, tuple(keys[1:] and keys), subject=subject, step="listed")
    return None


def _verb_shared(case: LinkCase, start: int) -> Span | None:
    """Return the verb of giving between a list that ends at ``start`` and its first value: 个人和财政分别|承担|400元."""
    first = case.context.number_from(start)
    verb = case.context.statement.verb_before(Span(first, first + 1))
    at = case.context.text.rfind(verb, start, first) if verb else -1
    return Span(at, at + len(verb)) if at >= 0 else None


def hinted(case: LinkCase) -> Link | None:
    """Link to the indicator that the pattern names which read the figure (个人不缴费); to it or to none."""
    hint = case.figure.hint
    if not hint:
        return None
    if hint not in case.context.linking_resources.catalog.indicators or not case.fits(hint):
        return Link(step="hinted")
    # 大病保险不设封顶线: the name within may be of the programme's own.
    said = {term.key: term.span for term in reversed(case.names) if _meet(term.span, case.figure.span)}
    keys = _particular(case, {hint, *(key for key in said if case.fits(key))})
    key = keys[0] if len(keys) == 1 else hint
    before = (term.span for term in case.names if term.key == key and term.span.end <= case.figure.span.end)
    return Link(key, subject=next(before, None), step="hinted")


def paid_by(case: LinkCase) -> Link | None:
    """Link by who alone stands right before a figure, with the name before them: 缴存比例：|单位|8%，|个人|8%."""
    context, figure = case.context, case.figure
    segment, clause = context.segment(figure.number.start), case.clause
    before = [name for name in case.names if segment.start <= name.span.start and name.span.end <= figure.span.start]
    last = max((name.span for name in before), key=lambda name: name.end, default=None)
    if last is None or case.share is not None:
        return None
    start = max(clause.start, last.end, context.figure_before(figure.span.start))
    chunks = context.statement.chunks(start, figure.span.start)
    # 单位 alone is a name that says nothing
    if len(chunks) != 1 or chunks[0].kind not in (*_WHO, "empty") or chunks[0].span.end != figure.span.start:
        return None
    who = chunks[0].span
    if opened := context.linking_resources.lists.goes_on.pattern.search(context.text, start, who.start):
        start = opened.end()  # 筹资标准1070元，其中|个人400元
    if who.start > start and any(one.use not in _SAYING for one in context.statement.cut(Span(start, who.start))):
        return None
    name, rows = context.words(who) + context.words(last), context.linking_resources.aliases
    whole = replace(figure, own=None)
    keys = _particular(case, {key for key in rows.get(name, ()) if case.misfit(key, name, whole) is None})
    return Link(keys[0], subject=last, step="paid_by") if len(keys) == 1 else None


def clause_name(case: LinkCase) -> Link | None:
    """Link to the nearest name in the clause; a count or a span of time asks first what stands right behind it."""
    context, figure, clause = case.context, case.figure, case.clause
    inside = [term for term in case.names if clause.start <= term.span.start and term.span.end <= clause.end]
    if not inside:
        return None
    behind = [term for term in inside if term.span.start >= figure.span.end]
    touching = [
        term
        for term in behind
        if term.span.start - figure.span.end <= TOUCHING and "、" not in context.text[figure.span.end : term.span.start]
    ]
    before = [term for term in inside if term.span.end <= figure.number.start]
    before = [term for term in before if not _is_for_others(case, term.key, term.span.end)]
    following = [term for term in behind if not other_figure(case, term) and not _leads_another(case, term)]
    order = (touching, before, following) if figure.kind in ("count", "duration") else (before, touching, following)
    return next((found for terms in order if (found := _nearest(case, terms, "clause_name"))), None)


def clause_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the clause."""
    return _by_cue(case, case.words("clause"), "clause", "clause_cue")


def inherited(case: LinkCase) -> Link | None:
    """Take over the indicator of the figure before: 人均财政补助标准新增30元，达到每人每年不低于610元."""
    before, found = case.before or (case.figure, NONE)
    # 个人和财政分别承担400元、670元: what one of them pays is named by who pays
    by_payer = found.step == "listed" and case.share is not None and case.share.group == "payer"
    by_payer = by_payer or (found.step == "paid_by" and _is_of_somebody(case, before.span.end))
    others = by_payer or case.blocking or _is_of_what_follows(case)
    others = others or (found.subject is not None and _is_tied_to(case, found.subject))
    others = others or case.is_of_persons or _turns_to_another(case, before.span.end)
    others = (
        others or _is_for_others(case, found.indicator, before.span.end) or _is_paid_by_another(case, found.indicator)
    )
    if found.indicator is None or others or _is_another_item(case, found.indicator):
        return None
    name = case.context.words(found.subject) if found.subject else ""
    # 每月每平方米28元，低收入家庭22元: what says neither per nor name since is per the same.
    own = case.figure.own
    bare = not case.figure.per and (own is None or own.end <= before.span.start)
    figure = replace(case.figure, per=before.per) if bare else case.figure
    if case.misfit(found.indicator, name, figure) or case.is_out_of(before.number.start):
        return None
    start = case.context.segment(case.figure.number.start).start
    behind = own is not None and own.start >= case.figure.span.end
    # 缴费比例为20%，按60%、80%两个|档次|选择缴费基数
    elsewhere = behind or (before.number.start >= start and _names_another(case, before.span))
    # 不设等待期；透析治疗中断超过|3个月|的，重新认定: what something else depends on is none of what was said before
    parted = case.is_raised or (case.figure.condition and not before.condition)
    if before.number.start < start and (parted or (found.subject and _was_a_part(case, found.subject))):
        return None
    another = case.has_another_head(found.indicator) or case.gives_another(found.indicator)
    elsewhere = elsewhere or _moves_itself(case)
    if another or (elsewhere and case.names_itself(found.indicator)):
        return None  # 每人补助240元，本人缴纳160元；脱贫人口给予每人不超过80元的参保补助
    aside = case.context.bracket(before.number.start)
    if aside and aside.end <= case.figure.number.start and found.subject and aside.start <= found.subject.start:
        return None  # （城市低保标准为每月920元）再补助1000元
    # A name that belongs to neither figure's kind starts a new statement: 补助640元，其中中央财政按60%…
    end = case.figure.number.start
    between = [t for t in case.names if before.span.end <= t.span.start and t.span.end <= end]
    # So does one that could be the figure's, were it not about another programme: 取暖补贴300元，个人缴费380元.
    if any(term.key != found.indicator and case.figure.kind in case.indicator(term.key).kinds for term in between):
        return None
    if any(case.takes(term) for term in between):
        return None
    # 居民门诊起付标准300元，在职职工500元: the name may be another's for others.
    same = {term.key for term in case.names if term.span == found.subject and case.fits(term.key)}
    keys = _particular(case, {found.indicator, *same})
    key = keys[0] if len(keys) == 1 else found.indicator
    return Link(key, subject=found.subject, step="inherited", place=before.span)


def _was_a_part(case: LinkCase, name: Span) -> bool:
    """Return True if a name of a statement before is of what one payer bears of the whole told there: the next whole follows.

    职工每人每年100元，|个人缴费|50元；居民由每人每年50元提高到60元
    """
    context = case.context
    if case.figure.kind != "money" or name.end > context.segment(case.figure.number.start).start:
        return False
    terms = (*context.of("payer"), *context.hidden_payers)
    whole = context.segment(name.start).start < context.figure_before(name.start)
    return whole and any(term.span.start == name.start for term in terms)


def _is_of_somebody(case: LinkCase, start: int) -> bool:
    """Return True if words behind ``start`` say who pays a figure or whose it is: 其中个人400元、|财政|670元."""
    start = max(start, case.clause.start)
    chunks = case.context.statement.chunks(start, max(start, case.figure.number.start))
    return any(one.kind in (*_WHO, "empty") for one in chunks)


def _is_of_what_follows(case: LinkCase) -> bool:
    """Return True if a share in a clause of its own is of what stands behind it: 城镇化率达到64%，公交覆盖|93%|的建制镇."""
    figure, text = case.figure, case.context.text
    own = figure.own if figure.kind == "rate" and figure.role == "level" else None
    if own is None or own.start < figure.span.end or text[figure.span.end : own.start].strip("".join(OWNING)):
        return False
    # 二级医院支付|80%|的医疗费用 is a share of an amount, whose name may stand before
    return not case.context.statement.words.lists.amount_heads.meets(case.context.words(own))


def _is_another_item(case: LinkCase, key: str) -> bool:
    """Return True if a list gives the figure a name of which an indicator says nothing: 氮氧化物、|挥发性有机物|排放量分别下降8%、7%."""
    share, said = case.share, case.indicator(key).said
    if share is None or share.group != "words" or case.context.statement.words.kind_of(share.words) != "measure":
        return False
    return not any(word in share.words or share.words in word for word in said)


def _names_another(case: LinkCase, before: Span) -> bool:
    """Return True if a figure has the whole name of an amount between the one before and itself: 优良天数比例92%，|PM2.5平均浓度|下降6%."""
    own, context = case.figure.own, case.context
    between = own is not None and before.end <= own.start and own.end <= case.figure.number.start
    if own is None or not between or bare_name_of(context, own):
        return False  # 一次性生育补贴，|二孩标准|2000元
    return context.statement.words.lists.amount_heads.meets(context.words(own))


def _is_paid_by_another(case: LinkCase, key: str | None) -> bool:
    """Return True if a figure's name opens with who pays, of whom an indicator says nothing: 筹资额65元，|财政|多拿5元.

    Or a list deals it to another payer than the figure before: 中央与地方按60%、|40%|分担.
    """
    before = case.before[0].share if case.before else None
    shares = (before, case.share)
    dealt = all(one is not None and one.group == "payer" for one in shares) and before != case.share
    return key is not None and (dealt or case.is_paid_otherwise(key))


def _is_for_others(case: LinkCase, key: str | None, start: int) -> bool:
    """Return True if a time to do something is that of persons named behind another's: 退役后3个月内、|新迁入人员|6个月内."""
    if key is None or not case.indicator(key).window:
        return False
    return any(one.kind == "person" for one in case.context.statement.chunks(start, case.figure.number.start))


def _turns_to_another(case: LinkCase, start: int) -> bool:
    """Return True if a text turns to what no indicator is of between two figures: 岗位补贴1000元，另买一份|意外险|，每人每年100元."""
    context, unlisted = case.context, case.context.linking_resources.unlisted_programmes
    return any(
        start <= term.span.start < case.figure.number.start and term.key in unlisted for term in context.of("programme")
    )


def _is_tied_to(case: LinkCase, name: Span) -> bool:
    """Return True if something else only goes by a name: 岗位补贴随|最低工资标准|（2060元）同步调整，每月提高104元."""
    tied = case.context.linking_resources.lists.tied_behind
    return tied.meets(case.context.text[name.end : name.end + LEAD])


def _is_of_label(case: LinkCase, name: Span) -> bool:
    """Return True if a name only tells whom a label is about: 待遇享受期⏎|集中缴费期|缴费的：2031年1月1日至12月31日."""
    context = case.context
    clause = context.clause(name.start)
    label = context.words(clause).endswith(OWNING) and context.text[clause.end : clause.end + 1] in _LABEL_ENDS
    return label and clause.end + 1 >= case.clause.start


def _moves_itself(case: LinkCase) -> bool:
    """Return True if a clause opens with what rises or falls by a share: 氮氧化物排放总量减少10%，|挥发性有机物|减少9%."""
    own, context = case.figure.own, case.context
    if own is None or case.figure.kind != "rate" or case.figure.role not in ("increase", "decrease"):
        return False
    opens = own.start == past_marker(context.text, case.clause)
    return opens and all(one.use in _MOVING for one in context.statement.cut(Span(own.end, case.figure.span.start)))


def sentence_name(case: LinkCase) -> Link | None:
    """Link to the nearest name earlier in the sentence."""
    earlier = [name for name in case.names if name.span.end <= case.clause.start]
    if not earlier or case.blocking or case.is_of_persons or _is_of_what_follows(case):
        return None
    start = case.context.segment(case.figure.number.start).start
    earlier = [name for name in earlier if not _changes_what_follows(case, name)]
    # 个人缴纳100元；脱贫人口给予每人不超过80元的参保补助: the verb names another thing.
    # 失能状态持续6个月以上，|待遇等待期|为30日, in the same statement, too
    own = [
        name
        for name in earlier
        if not (case.is_named_right_before and case.has_own_name(name.key) and _names_another(case, name.span))
        and (name.span.end > start or not (case.is_raised or case.names_itself(name.key)))
    ]
    if _counts_another(case, start):
        own = [name for name in own if name.span.end > start]
    own = [name for name in own if not (case.is_paid_otherwise(name.key) or case.has_another_head(name.key))]
    own = [name for name in own if not (_is_past(case, name) or _is_spent(case, name) or _is_refused(case, name))]
    own = [name for name in own if not (_was_a_part(case, name.span) or _is_share_of_last(case, name))]
    own = [name for name in own if not _is_tied_to(case, name.span)]
    own = [name for name in own if not (_turns_to_another(case, name.span.end) or _is_of_label(case, name.span))]
    return _nearest(case, own, "sentence_name")


def _is_refused(case: LinkCase, name: Term) -> bool:
    """Return True if a name's own figure has none of its indicators, so that it names no change of it either.

    产前检查费最高支付2500元，较原标准提高|500元|: 最高支付 alone is said of other amounts
    """
    if case.before is None or case.figure.role not in ("increase", "decrease"):
        return False
    before, link = case.before
    own = name.span.end <= before.number.start and case.context.clause(before.number.start).start <= name.span.start
    return own and link.indicator is None and before.kind == case.figure.kind


def _is_spent(case: LinkCase, name: Term) -> bool:
    """Return True if a name has its own figure, and this one is of something else, or given as that.

    个人缴费标准400元，对低保对象|给予200元补助; 工业增加值增长8%，|企业总数|实现增长5%
    """
    before, own = case.before[0] if case.before else None, case.figure.own
    if before is None or before.number.start < name.span.end or before.kind != case.figure.kind:
        return False
    named = own is not None and before.span.end <= own.start and own.end <= case.figure.number.start
    if named and _is_rate_of_change(case.figure) and case.has_own_name(name.key):
        return True
    if case.figure.role != "level" or not case.gives_another(name.key):
        return False
    # 高龄津贴80周岁以上每月50元，百岁以上给予300元补贴 is the allowance itself
    return not any(map(case.context.linking_resources.lists.gift_names.meets, case.indicator(name.key).said))


def _is_rate_of_change(figure: LinkedFigure) -> bool:
    return figure.kind == "rate" and figure.role in ("increase", "decrease")


def _counts_another(case: LinkCase, start: int) -> bool:
    """Return True if a figure's own part of a sentence, from ``start`` on, is of things that it counts: …；清洁取暖改造|5.2万户|，每户补贴2500元."""
    before = (one for one in case.context.mentions.quantities if start <= one.number.start < case.figure.number.start)
    return any(one.kind == "count" and one.value is not None and one.value > _FEW for one in before)


def _is_past(case: LinkCase, name: Term) -> bool:
    """Return True if the figure before has a later name that the catalog lacks: 年度限额400元；|一般诊疗费|10元，由基金支付8元."""
    figure = case.figure
    before, found = case.before or (figure, NONE)
    if name.span.end <= before.span.start and _is_of_unknown(case, name.key):
        return True
    if found.indicator not in (None, name.key) and found.subject and name.span.end <= found.subject.start:
        return True  # 固定资产投资增长8%，社零额增长7%，限上社零额增长9%
    start = case.context.segment(figure.number.start).start
    if found.indicator not in (None, name.key) and name.span.end <= start <= before.number.start:
        return True  # 城镇调查失业率5.5%左右；居民人均可支配收入增长6.5%，其中城镇5.5%、农村|7%
    if (
        before is figure
        or found.indicator
        or before.own is None
        or (before.kind, before.role) != (figure.kind, figure.role)
    ):
        return False
    near = case.context.segment(figure.number.start).start <= before.own.start
    # 合伙创业总额最高360万元，小微企业仍为500万元: others have what was named before
    chunks = case.context.statement.chunks(case.clause.start, figure.number.start)
    near = near and not any(one.kind in _WHOSE for one in chunks)
    return near and name.span.end <= before.own.start and (figure.own is None or figure.own.end <= before.own.start)


def _is_of_unknown(case: LinkCase, key: str) -> bool:
    """Return True if a figure without a name goes on from a change of what an indicator's words don't say.

    福利养老金增加15元，从180元提高到195元; not 每孕次定额支付标准提高300元，达到1500元.
    """
    figure = case.figure
    before, found = case.before or (figure, NONE)
    if before is figure or found.indicator or found.candidates or figure.own or before.kind != figure.kind:
        return False
    if case.context.segment(figure.number.start).start > before.number.start:
        return False
    if (before.role, figure.role) == ("previous", "level"):
        return True
    changed = before.role in ("increase", "decrease") and figure.role in ("previous", "level")
    return changed and before.own is not None and unknown_of(case.context, before.own, case.indicator(key)) >= ANOTHER


def _changes_what_follows(case: LinkCase, name: Term) -> bool:
    """Return True if a change without a name is of the figure before, which has its own: 地区生产总值178亿元；|接待游客|290万人次，增长10.8%."""
    figure, before = case.figure, case.before[0] if case.before else None
    if before is None or before.own is None or before.condition or before.kind != figure.kind != "rate":
        return False
    bare = figure.own is None and figure.role in ("increase", "decrease")
    return bare and name.span.end <= before.own.start


def _is_share_of_last(case: LinkCase, name: Term) -> bool:
    """Return True if a clause only says of what the figure before is a share: 城镇化率48.7%；|地区生产总值|14.5万亿元，占全国的|20.1%|."""
    figure, before, text = case.figure, case.before[0] if case.before else None, case.context.text
    if figure.kind != "rate" or before is None or before.kind == "rate" or before.own is None:
        return False
    opens = case.context.linking_resources.lists.share_opens.meets(text[case.clause.start : figure.number.start])
    return opens and name.span.end <= before.own.start


def sentence_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the sentence."""
    return _by_cue(case, case.words("sentence"), "sentence", "sentence_cue")


def changed_column(case: LinkCase) -> Link | None:
    """Link a cell below no more than a change to the name above the cell before it: 月最低工资标准（元） | 比上年增加（元）.

    It is of nothing else: below a name that it can't be of it gets none, whatever a heading says.
    """
    context, resources = case.context, case.context.linking_resources
    heads = [head for head in cell_heads(context) if head.column] if context.sentence.kind == "cell" else []
    if not heads or not resources.lists.bare_changes.meets(context.words(heads[-1].span).strip()):
        return None
    beside = next(cells_before(context.notice, context.mentions.index), None)
    figure = replace(case.figure, own=None)
    for head in reversed(beside.context[: beside.columns] if beside else ()):
        terms = [term for term in resources.terms_at(context.notice, head) if term.group == "alias"]
        unfit = {term.key: case.misfit(term.key, context.words(term.span), figure) for term in terms}
        # 伤残补助金（月） | 每月增加（元）: a change of months is none of an amount. 其中：比上年增加 only looks like a thing.
        unfit = {key: reason for key, reason in unfit.items() if reason not in ("kind", "unit")}
        may = {key for key, reason in unfit.items() if reason in (None, "another")}
        if len(keys := _particular(case, may)) == 1:
            said = next(term.span for term in terms if term.key == keys[0])
            return Link(keys[0], subject=said, step="changed_column", place=head)
        if unfit:
            return Link(None, tuple(keys), step="changed_column", place=head)
    return None


def head_name(case: LinkCase) -> Link | None:
    """Link a cell to the name in its heads, which are its sentence, too: 上限 below 月缴存基数 (元); else by their cue words."""
    heads = case.context.sentence.context if case.context.sentence.kind == "cell" else ()
    if not heads or case.blocking:
        return None
    if found := (
        _joined_heads(case) or _named_above(case, lambda place: place in heads, "head_name") or _paid_by_head(case)
    ):
        return found
    words = "".join(map(case.context.words, heads))
    # 支付标准（元/人·日）
    return _by_cue(case, words, "sentence", "section_cue") or _by_cue(case, words, "clause", "section_cue")


def caption_name(case: LinkCase) -> Link | None:
    """Link a cell whose heads name no amount by the name that its table ends with: 附表　最高贷款额度 over 一人申请."""
    context, own = case.context, case.figure.own
    amounts = context.statement.words.lists.amount_heads
    if context.sentence.kind != "cell" or case.blocking or own is None or amounts.meets(context.words(own).strip()):
        return None
    for place, terms in context.terms_around("alias"):
        if place not in (context.caption, context.lead_in):
            continue
        last = max(terms, key=lambda term: term.span.end)
        behind = context.statement.chunks(last.span.end, place.end)
        named = any(one.kind == "measure" and amounts.meets(context.words(one.span)) for one in behind)
        if named or any(map(str.isdecimal, context.text[last.span.end : place.end])):
            continue  # 最高支付限额为65元，考核结果如下：
        keys = _particular(case, {term.key for term in terms if term.span == last.span and case.takes(term)})
        if len(keys) == 1 and (_opens_with_persons(context, own) or not _has_own_column(context, keys[0])):
            return Link(keys[0], subject=last.span, step="caption_name", place=place)
    return None


def _opens_with_persons(context: SentenceContext, own: Span) -> bool:
    """Return True if a head only says for whom the amount is that a table names: |寄宿生|增加 beside 生均公用经费."""
    return any(one.kind == "person" and one.span.start == own.start for one in context.statement.chunks(*own))


def _has_own_column(context: SentenceContext, key: str) -> bool:
    """Return True if another column of a cell's table is the indicator's: 政府补贴 beside 合计入账 under 缴费补贴标准."""
    others = (head for cell in cells_beside(context.notice, context.mentions.index) for head in cell.context)
    others = (head for head in others if head not in context.sentence.context)
    named = (term for head in others for term in context.linking_resources.terms_at(context.notice, head))
    return any(term.group == "alias" and term.key == key for term in named)


def heading_name(case: LinkCase) -> Link | None:
    """Link to the one name in the lead-in or a heading; two (个人缴费和财政补助) decide nothing."""
    if case.blocking:
        return None
    if meant := _meant_before(case):
        return meant
    if not case.asks_headings:
        return None
    heads = case.context.sentence.context if case.context.sentence.kind == "cell" else ()
    found = _named_above(case, lambda place: place not in heads, "heading_name")
    found = found or _by_heading_cue(case) or _by_title(case)
    if found is None or found.indicator is None:
        return found
    another = _is_of_unknown(case, found.indicator) or _tells_of_another(case, found.indicator, found.subject)
    another = another or _changes_another(case, found.indicator)
    return None if another or _is_one_of_several(case, found) else found


def _changes_another(case: LinkCase, key: str) -> bool:
    """Return True if a change is of the figure before, whose name is no indicator's: |人均消费支出|16810元，增长14.4% below 城乡居民收入."""
    figure, before = case.figure, case.before[0] if case.before else None
    if before is None or before.own is None or before.kind == figure.kind or figure.own is not None:
        return False
    near = case.context.segment(figure.number.start).start <= before.own.start and _is_rate_of_change(figure)
    return near and unknown_of(case.context, before.own, case.indicator(key)) >= ANOTHER


def _is_one_of_several(case: LinkCase, found: Link) -> bool:
    """Return True if the place that names a cell joins that name with others that the catalog lacks: 照料护理、儿童福利和|高龄津贴."""
    context, place, name = case.context, found.place, found.subject
    if place is None or name is None or context.sentence.kind != "cell" or place == name:
        return False
    chunks = context.statement.chunks(*place)
    own = next((one for one in chunks if one.span.start <= name.start < one.span.end), None)
    known = (term for where, terms in context.terms_around("alias") if where == place for term in terms)
    # 公用经费定额和分担比例: an amount is no share
    shares = context.statement.words.lists.share_names if case.figure.kind == "money" else None
    others = (one for one in without(chunks, known) if one.kind == "measure")
    others = (one for one in others if not (shares and shares.meets(context.words(one.span))))
    return own is not None and any(context.statement.joined(*sorted((own.span, one.span))) for one in others)


def _tells_of_another(case: LinkCase, key: str, name: Span | None) -> bool:
    """Return True if the statement names an insurance before the figure that isn't the heading's: 代缴职工医保费，每人每月486元.

    Or the sentences before it did: 失业保险金按最低工资标准的90%计发。一类地区每人每月2160元 in a notice on 最低工资标准.
    """
    context, catalog = case.context, case.context.linking_resources.catalog.programmes
    if name is not None and _is_base_before(context, context.words(name)):
        return True
    start, end = context.segment(case.figure.number.start).start, case.figure.number.start
    told = (term for term in context.of("programme") if start <= term.span.start < end)
    exact = (term for term in told if catalog[term.key].family and not catalog[term.key].generic)
    # 足额缴纳职工养老保险费的，每招用一人1500元: what somebody must have paid is none of it
    named = any(not context.words(context.clause(term.span.start)).endswith(OWNING) for term in exact)
    return named and not is_about(context, case.indicator(key), case.programmes)


def _is_base_before(context: SentenceContext, name: str) -> bool:
    """Return True if a share of what a name above names was told last in the paragraph: 失业保险金按|最低工资标准|的90%计发。一类地区2160元."""
    start = context.span.start - len(context.told)
    at = context.text.rfind(name, start, context.span.start)
    return at >= 0 and context.is_shared(Span(at, at + len(name)))


def _by_heading_cue(case: LinkCase) -> Link | None:
    """Link by cue words of the nearest heading and the sentence: 三、月缴存额⏎最高不得超过7498元."""
    nearest = case.context.headings[:1]
    if not nearest or case.context.sentence.kind == "cell" or case.context.terms_around("alias"):
        return None
    return _by_cue(case, case.context.words(nearest[0]) + case.words("sentence"), "sentence", "section_cue")


def _by_title(case: LinkCase) -> Link | None:
    """Link by the title, where nothing nearer has a name: 关于调整全省最低工资标准的通知, 一类区每月2180元.

    What says in which time it is paid is an amount of the kind; 共5万元, 金额上限为17200元 are something else's.
    """
    context = case.context
    times = context.linking_resources.units.per_times & set(case.figure.per)
    if not times or context.terms_around("alias"):
        return None
    timed = [term for term in context.titled if times & set(case.indicator(term.key).per)]
    names = [term for term in timed if case.takes(term) and not case.names_itself(term.key)]
    keys = _particular(case, {term.key for term in names})
    if len(keys) == 1:
        return Link(keys[0], subject=names[0].span, step="heading_name", place=names[0].span)
    if keys or not context.titled:
        return Link(None, tuple(keys), step="heading_name") if keys else None
    return _by_cue(case, f"{context.notice.title}\n{case.words('section')}", "section", "section_cue")


def _meant_before(case: LinkCase) -> Link | None:
    """Link what 上述标准 means to the name that fits in the nearest sentence before: 上述标准每月分别提高160元、150元."""
    context = case.context
    back = context.linking_resources.lists.back_reference.pattern.search(
        context.text, case.clause.start, case.figure.number.start
    )
    for names in context.told_of if back else ():
        fitting = [term for term in names if case.takes(term)]
        if keys := _particular(case, {term.key for term in fitting}):
            one = keys[0] if len(keys) == 1 else None
            return Link(
                one, tuple(keys[1:] and keys), subject=fitting[0].span, step="heading_name", place=fitting[0].span
            )
    return None


def _named_above(case: LinkCase, wanted: Callable[[Span], bool], step: StepName) -> Link | None:
    """Link to the one name in the nearest of the wanted places above a figure that has any."""
    for place, terms in case.context.terms_around("alias"):
        if not wanted(place):
            continue
        told = case.context.linking_resources.lists.figure_told
        open_names = [one for one in terms if not told.pattern.search(case.context.text, one.span.end, place.end)]
        if fitting := [term for term in open_names if case.takes(term) and not case.names_itself(term.key)]:
            keys = _particular(case, {term.key for term in fitting})
            if len(keys) == 1:
                return Link(keys[0], subject=fitting[0].span, step=step, place=place)
            return Link(None, tuple(keys), step=step, place=place)
    return None


def _joined_heads(case: LinkCase) -> Link | None:
    """Link a cell by two of its heads that are one name together: 城市 below 低保标准, 高峰 beside 上浮比例.

    A year before one of them is no part of it: 城市最低生活保障 beside 2031年标准.
    """
    context, aliases = case.context, case.context.linking_resources.aliases
    heads = cell_heads(context) if context.sentence.kind == "cell" else []
    figure = replace(case.figure, own=None)
    found: dict[str, Span] = {}
    spans = [stripped(context, head.span) if head.kind == "generic" else head.span for head in heads]
    for first, other in permutations(spans, 2):
        name = context.words(first).strip() + context.words(other).strip()
        if name not in aliases:
            name = name.removeprefix(context.statement.words.area_class(name))
        for key in aliases.get(name, ()):
            if case.misfit(key, name, figure) is None:
                found.setdefault(key, other)
    keys = _particular(case, set(found))
    if len(keys) == 1:
        return Link(keys[0], subject=found[keys[0]], step="head_name", place=found[keys[0]])
    return Link(None, tuple(keys), step="head_name") if keys else None


def _paid_by_head(case: LinkCase) -> Link | None:
    """Link a rate by who pays it above, where a table is of rates that are paid: 8% below 单位, beside 职工医保, in 2031年费率表."""
    context, lists = case.context, case.context.linking_resources.lists
    if case.figure.kind != "rate":
        return None
    above = [*filter(None, (context.caption, context.lead_in)), *context.headings]
    told = [context.notice.title or "", *map(context.words, above)]
    terms = tuple(term for key in case.programmes for term in context.linking_resources.catalog.programmes[key].terms)
    heads = cell_heads(context)
    insured = any(context.words(one.span).strip().endswith(terms) for one in heads if not one.column)
    if not insured or not any(map(lists.rates_paid.meets, told)):
        return None
    figure, found = replace(case.figure, own=None), dict[str, Span]()
    for head in (one.span for one in heads if one.column):
        for tail in lists.rate_tails.words:
            name = context.words(head).strip() + tail
            for key in context.linking_resources.aliases.get(name, ()):
                if case.misfit(key, name, figure) is None:
                    found.setdefault(key, head)
    keys = _particular(case, set(found))
    return Link(keys[0], subject=found[keys[0]], step="head_name", place=found[keys[0]]) if len(keys) == 1 else None


def section_cue(case: LinkCase) -> Link | None:
    """Link by cue words in the sentence and what stands above it."""
    return _by_cue(case, case.words("section"), "section", "section_cue")


STEPS: tuple[Step, ...] = (
    action, listed, hinted, paid_by, clause_name, clause_cue, changed_column, inherited, sentence_name, sentence_cue, head_name,
    caption_name, heading_name, section_cue,
)  # fmt: skip
# They look at nothing but the figure's own clause and list.
OWN_STEPS = STEPS[: STEPS.index(changed_column)]


# ── What steps share


def _meet(first: Span, other: Span) -> bool:
    return first.start < other.end and other.start < first.end


def other_figure(case: LinkCase, name: Term) -> bool:
    """Return True if another figure stands between the figure and a name behind it."""
    start, end = case.figure.span.end, name.span.start
    return case.context.number_from(start) < end


def _leads_another(case: LinkCase, name: Term) -> bool:
    """Return True if a name behind a figure leads to the next of a list: 每人资助300元、个人缴纳100元."""
    context, number = case.context, case.context.number_from(name.span.end)
    joints = context.statement.words.joints
    opened = context.text[case.figure.span.end : name.span.start]
    return bool(opened) and opened[:1] in joints and number - name.span.end <= TOUCHING


def cue_holds(case: LinkCase, cue: Cue, within: Within) -> bool:
    """Return True if a cue may decide: where the clause has a thing of its own, some word of the cue stands in it, too."""
    if cue.programmes and not case.programmes & set(cue.programmes):
        return False
    if within == "clause" or not case.blocking:
        return True
    own = case.words("clause")
    return any(word in own for word in (*cue.all, *cue.any))


def _nearest(case: LinkCase, terms: list[Term], step: StepName) -> Link | None:
    """Choose the nearest of several names; the longest where they end together."""
    figure = case.figure
    fitting = [term for term in terms if case.takes(term)]
    if not fitting:
        return None

    def distance(term: Term) -> tuple[int, int]:
        apart = (
            figure.number.start - term.span.end
            if term.span.end <= figure.number.start
            else term.span.start - figure.span.end
        )
        return (abs(apart), term.span.start - term.span.end)

    best = min(distance(term) for term in fitting)
    chosen = [term for term in fitting if distance(term) == best]
    chosen += _joined_before(case, chosen[0])
    keys = _particular(case, {term.key for term in chosen})
    if len(keys) == 1:
        return Link(keys[0], subject=chosen[0].span, step=step)
    return Link(None, tuple(keys), subject=chosen[0].span, step=step)


def _joined_before(case: LinkCase, name: Term) -> list[Term]:
    """Return the names that a name before a figure is joined to: one amount of both is neither's alone (A、B均为1500元)."""
    joints, found = case.context.linking_resources.lists.scope_joints, []
    if case.share is not None or name.span.end > case.figure.number.start:
        return []
    for term in sorted(case.names, key=lambda term: -term.span.end):
        between = case.context.text[term.span.end : name.span.start]
        # The last of them is the rival of those before it.
        row, other = case.indicator(term.key), case.indicator(name.key)
        # 二氧化硫、氮氧化物排放总量下降15%: the own name of the figure is the last one's.
        alike = bool(row.change) and (row.change, row.unit, row.kinds) == (other.change, other.unit, other.kinds)
        known = (None, "rival", "another") if alike and row is not other else (None, "rival")
        if joints.meets(between) and case.misfit(term.key, case.context.words(term.span)) in known:
            found.append(term)
            name = term
    return found


def _by_cue(case: LinkCase, words: str, within: Within, step: StepName) -> Link | None:
    """Link to the one indicator of whose cues one is met by some words."""
    found: dict[str, Cue] = {}
    for indicator, cues in case.context.linking_resources.cues_met(case.figure.kind, within, words):
        cue = next((cue for cue in cues if cue_holds(case, cue, within)), None)
        own = within == "section" and (case.names_itself(indicator.id) or case.has_another_head(indicator.id))
        part = cue and within == "sentence" and _is_part_of_another(case, indicator.id, cue)
        if cue and case.fits(indicator.id, cue) and not (own or part):
            found[indicator.id] = cue
    if not found:
        return None
    if len(found) > 1 and within == "sentence":
        found = _of_statement(case, found) or found
    keys = _particular(case, set(found))
    if len(keys) == 1:
        return Link(keys[0], step=step, cue=found[keys[0]])
    return Link(None, tuple(keys), step=step)


def _is_part_of_another(case: LinkCase, key: str, cue: Cue) -> bool:
    """Return True if a bracket tells parts of a figure that is another indicator's: 缴存额下限为167元（单位和职工各|83.5元|）.

    Unless it names them itself: 总费率3%（单位|2%|、个人1%）.
    """
    aside, (before, link) = case.context.bracket(case.figure.number.start), case.before or (case.figure, NONE)
    if aside is None or before.span.end != aside.start or link.indicator in (None, key):
        return False
    return not cue.met_by(case.context.words(aside))


def _of_statement(case: LinkCase, found: dict[str, Cue]) -> dict[str, Cue]:
    """Return what the figure's own statement says alone: 缴存基数上限为20703元，下限为1670元；|缴存额上限为4968元，下限为167元|."""
    context = case.context
    statement = context.segment(case.figure.number.start)
    if statement == context.span:
        return found
    said = context.words(Span(statement.start, case.clause.end))
    return {key: cue for key, cue in found.items() if cue.met_by(said)}


def _particular(case: LinkCase, keys: set[str]) -> list[str]:
    """Leave out what is said of a family where another name is the programme's own: 大病保险起付标准 is no 起付标准 of the fund's."""
    if len(keys) > 1:
        # 支付比例降低10个百分点: what is a change itself, before what it is a change of.
        moved = case.figure.role in ("increase", "decrease")
        changes = {key for key in keys if moved and case.indicator(key).change}
        keys = changes or keys
        beside = {key for key in keys if is_beside(case.context, case.indicator(key), case.programmes)}
        own = {key for key in keys if case.programmes & set(case.indicator(key).programmes)}
        # 在职职工 beside 门诊起付标准 in a notice about medical insurance
        told = {key for key in keys if case.is_of_family and is_told_by_persons(case.context, case.indicator(key))}
        keys = beside or told or own or keys
        keys = {key for key in keys if case.indicator(key).needs_own} or keys
    return sorted(keys)
