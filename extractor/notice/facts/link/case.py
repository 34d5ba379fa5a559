"""One figure with all that tells what it measures, and the outcome of asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from extractor.model import Span
from extractor.notice.facts.fit.amount import part_payer
from extractor.notice.facts.fit.figure import LinkedFigure, Misfit
from extractor.notice.facts.fit.misfit import misfit
from extractor.notice.facts.fit.others import is_about
from extractor.notice.facts.groups.signs import adds, within
from extractor.notice.facts.names.words import VERBS
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.model import Term
    from extractor.notice.facts.catalog import Cue, Indicator, Within
    from extractor.notice.facts.lists.items import Share
    from extractor.notice.facts.sentence.context import SentenceContext

# 30个DRG付费试点城市: how far a name may stand behind its figure and still be its own.
TOUCHING = 2
# A heading names a figure only when the figure's own words say next to nothing (每人每年400元).
BARE_LEAD = 8
# Words further back in the clause than this do not block.
LEAD = 60
# 其中|单位|0.7%，个人0.3%
WHO = frozenset({"person", "payer"})
# What says for whom, where or of which class a figure is, and never what it measures: 一类工资区, 中等偏下收入家庭.
WHOSE = frozenset({"place", "grade", "person", "provider"})
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
        self.programmes = context.programmes.of_item(share.span if share else None) or context.programmes.at(
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
        names += [one.span for one in chunks if one.kind in WHOSE or (needs and one.kind == "weak")]
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
        if self.context.reckoned.grounds:
            # 以月平均工资7466元为基数，按50%计发，即3733元: the wage has its own amount, and names none that is reckoned by it.
            at = self.figure.number.start
            if (
                at in self.context.reckoned.grounds
            ):  # 按人均可支配收入54188元的20倍发放: only a name right before it is its own
                return [term for term in names if term.span.end == at]
            grounds = [span for span in self.context.reckoned.grounds.values() if span.end <= at]
            names = [term for term in names if not any(within(term.span, span) for span in grounds)]
        if self.context.reckoned.parted or self.context.brackets:
            names = [term for term in names if not (self._is_apart(term) or self._is_kind_of_another(term, names))]
        if self.context.reckoned.limits:
            names = [
                term for term in names if term.span not in self.context.reckoned.limits or self._is_told_aside(term)
            ]
        if self.context.reckoned.bases and self.restates:
            # 可以低于最低工资标准支付，但不能低于最低工资标准的80%，即2016元: a share of it, wherever else it is named.
            shared_words = {self.context.words(span) for span in self.context.reckoned.bases}
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
            name for name in names if not meet(name.span, share.whole) or any(meet(name.span, span) for span in own)
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
            for one in self.context.reckoned.parted
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
            start <= term.span.start < end and term.key not in generic and not context.reckoned.is_shared(term.span)
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
        shared = bears and all(one.kind in WHO for one in chunks)
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
        apart = [ground for at, ground in self.context.reckoned.grounds.items() if at != self.figure.number.start]
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
        terms += [one.span for one in context.statement.chunks(start, max(start, end)) if one.kind in WHOSE]
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


def meet(first: Span, other: Span) -> bool:
    """Return True if two spans share a sign."""
    return first.start < other.end and other.start < first.end
