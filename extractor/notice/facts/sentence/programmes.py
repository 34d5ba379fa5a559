"""Which programme a sentence speaks of at a figure: its own words, what stands above it, its paragraph, the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.names.pieces import BRACKET_SIGN
from extractor.notice.facts.names.reader import MARKER
from extractor.notice.facts.names.statement import without
from extractor.notice.facts.sentence.reckoned import BASE_WORDS, Reckoned
from extractor.notice.facts.sentence.text import INSURED, TOLD_REACH
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Term
    from extractor.notice.facts.catalog import Programme
    from extractor.notice.facts.sentence.above import SentenceSurroundings

# Words before the name of a programme that say that it is another one: 参照.
_LIKENED_REACH = 4
_PAID_REACH = 8
_NO_PROGRAMMES: frozenset[str] = frozenset()
# 其中|生育保险|费率为0.5%: so far before and behind a programme stand the words that make it a part.
_PART_LEAD, _PART_REACH = 28, 16


def _family(programme: Programme) -> str:
    """Return the family of a programme, which is its own where the catalog names none."""
    return programme.family or programme.id


class SentenceProgrammes:
    """The programmes of one sentence. Offsets are of the notice's normalised text."""

    def __init__(self, context: SentenceSurroundings, reckoned: Reckoned) -> None:
        """Look at a sentence; what is asked for is found when first asked for."""
        self.context, self.reckoned = context, reckoned
        self.text = context.text
        self.span = context.span
        self.linking_resources = context.linking_resources
        self.notice_programmes = context.notice_programmes
        self._programmes: dict[int, frozenset[str]] = {}

    def of_item(self, item: Span | None) -> frozenset[str]:
        """Return the programme that an item of a list names: 养老保险、失业保险单位费率分别为16%、0.5%; not 二级定点医疗机构."""
        if item is None:
            return _NO_PROGRAMMES
        terms = [
            term for term in self.context.of("programme") if item.start <= term.span.start and term.span.end <= item.end
        ]
        # 基本医疗保险（含生育保险）、失业保险: what a bracket adds is not the item
        terms = [
            term
            for term in terms
            if not ((aside := self.context.bracket(term.span.start)) and item.start <= aside.start)
        ]
        # 养老保险、|医疗保险|、失业保险的个人费率: which of its family nobody says, but none of the others
        catalog = self.linking_resources.catalog.programmes
        exact = [term.key for term in terms if not catalog[term.key].generic]
        whole = [term.key for term in terms if self.context.words(term.span) in catalog[term.key].proper]
        return frozenset((exact or whole)[-1:])

    def at(self, at: int) -> frozenset[str]:
        """Return the programmes that a figure at an offset is about: of its clause, its sentence, the places above, the notice."""
        if at not in self._programmes:
            self._programmes[at] = self._find_programmes(at)
        return self._programmes[at]

    def _find_programmes(self, at: int) -> frozenset[str]:
        exact = self._exact_programmes
        if self.context.bracketed:
            # 每月加发20元（不影响高龄津贴，80至89周岁50元）: what a bracket tells of itself says nothing before it
            aside = (term for term in exact if not self._is_aside(term.span.end, at))
            exact = [term for term in aside if not self.context.told_aside(term.span, Span(at, at))]
        if exact and (term := self._nearest_programme(exact, at)):
            joined = self._joined(exact, term)
            return joined | self._programmes_around if self._goes_back(term, at) else joined
        return self._told_before or self._programmes_around

    def _goes_back(self, term: Term, at: int) -> bool:
        """Return True if a figure may be about what all is again: 单位费率6%；|生育保险|费率0.5%；职工本人按2%: nobody says of which.

        So it is where an insurance that notices on another speak of as its own is named in an earlier statement behind a figure.
        """
        beside = self.linking_resources.beside.get(term.key, frozenset())
        if term.span.end > self.context.segment(at).start or beside.isdisjoint(self._programmes_around):
            return False
        return self.context.figure_before(term.span.start) > self.span.start

    @cached_property
    def _programmes_around(self) -> frozenset[str]:
        """The programmes that what stands above the sentence is about, else the notice, else those of which the sentence speaks."""
        catalog = self.linking_resources.catalog.programmes
        for place, terms in self.context.terms_around("programme"):
            exact = [term for term in terms if not catalog[term.key].generic]
            meant: frozenset[str] = frozenset().union(*map(self._meant, exact))
            # 养老金 above means 居民养老保险 in a notice on it; 生育医疗费用 of 职工医保 is still the other insurance's.
            qualified = any(catalog[key].qualifies for key in meant)
            keys = frozenset(term.key for term in exact) if qualified else meant
            if keys and not self._is_of_other_item(place, terms):
                return keys
        if self.notice_programmes:
            return frozenset(self.notice_programmes)
        return frozenset(term.key for term in self.own)

    def _is_of_other_item(self, place: Span, terms: list[Term]) -> bool:
        """Return True if a heading joins a programme with something else, and only that is spoken of below it, up to this sentence.

        住院和大额医疗待遇 above 在三级医院住院的，起付标准为800元
        """
        chunks = self.context.statement.chunks(*place) if place.end <= self.span.start else []
        joined = [
            one
            for one in without(chunks, terms)
            if any(self.context.statement.joined(*sorted((one.span, each.span))) for each in chunks)
        ]
        if not joined:
            return False  # most headings name one thing: what stands below them isn't searched
        said = self.text[place.end : self.span.end]
        named = any(self.context.words(term.span) in said for term in terms)
        return not named and any(self.context.words(one.span) in said for one in joined)

    def _nearest_programme(self, exact: list[Term], at: int) -> Term | None:
        """Return the last programme before an offset in its clause, else the first behind it, else the last that still holds."""
        clause = self.context.clause(at)
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
        said = self.text[self.context.clause(name.start).start : name.start]
        return self.linking_resources.lists.used_for.meets(said)

    @cached_property
    def named(self) -> frozenset[str]:
        """The programmes that the sentence or what stands above it names."""
        around = (term for _, terms in self.context.terms_around("programme") for term in terms)
        return frozenset(term.key for term in (*self.context.of("programme"), *around))

    @cached_property
    def own(self) -> list[Term]:
        """The programmes that the sentence speaks of, not those that one is only like, takes a share of or reckons by."""
        bases = self.linking_resources.lists.base_of
        return [
            term
            for term in self.context.of("programme")
            if not (self._likened(term) or self.reckoned.is_shared(term.span))
            and (
                not self.notice_programmes
                or term.key in self.notice_programmes
                or not bases.meets(self.text[term.span.end : term.span.end + BASE_WORDS])
            )
            and not self._funds_another(term)
        ]

    def _funds_another(self, term: Term) -> bool:
        """Return True for a programme that the funds of another are a share of: 大病保险筹资标准为|居民医保|人均筹资标准的10%."""
        shared = self.linking_resources.lists.funding_shared
        if not shared.meets(self.text[term.span.end : term.span.end + BASE_WORDS]):
            return False
        before = (one.key for one in self.context.of("programme") if one.span.end <= term.span.start)
        return term.key not in self.notice_programmes or any(key != term.key for key in before)

    @cached_property
    def _exact_programmes(self) -> list[Term]:
        """The sentence's own programmes that are no family as a whole, nor part of what an amount is as high as, nor paid first."""
        catalog = self.linking_resources.catalog.programmes
        first = self._paid_first
        exact = [
            term
            for term in self.own
            if not (catalog[term.key].generic and not self._is_of_others(term))
            and not (first and first.start <= term.span.start < first.end)
            and not self._is_left_out(term.span)
            and not self._is_helped_more(term)
        ]
        return [
            term
            for term in exact
            if not any(name.start <= term.span.start < name.end for name in self.reckoned.followed)
        ]

    def _is_left_out(self, place: Span) -> bool:
        """Return True for what a bracket says an amount goes without: 单位按8%缴纳（不含|生育保险费|）."""
        aside = self.context.bracket(place.start)
        return aside is not None and self.linking_resources.lists.left_out.meets(self.context.words(aside))

    def _is_helped_more(self, term: Term) -> bool:
        """Return True for a programme that says for whom another does more: 大病保险对|医疗救助|对象…的倾斜支付政策."""
        lists = self.linking_resources.lists
        who = lists.helped.meets(self.text[term.span.end : term.span.end + INSURED])
        return who and lists.tilted.meets(self.context.words(self.context.segment(term.span.start)))

    def _is_of_others(self, term: Term) -> bool:
        """Return True if a family is named by its own name where all else is about others: 养老保险单位费率16%，|基本医疗保险|8%."""
        resources, catalog = self.linking_resources, self.linking_resources.catalog.programmes
        row = catalog[term.key]
        ends = resources.lists.insurances_things.meets(self.text[term.span.end : term.span.end + INSURED])
        if self.context.words(term.span) not in row.proper or ends or self._is_named_before(term):
            return False
        above = {
            one.key for _, terms in self.context.terms_around("programme") for one in terms
        } - resources.generic_programmes
        others = [catalog[key] for key in above.union(self.notice_programmes)]
        return not any(one.broad or row.family == one.family or row.family in one.draws_on for one in others)

    def _is_named_before(self, family: Term) -> bool:
        """Return True if the sentence has named which of a family it is: 参加|职工医保|的，|基本医疗保险|费由基金代缴."""
        catalog = self.linking_resources.catalog.programmes
        before = (catalog[one.key] for one in self.own if one.span.end <= family.span.start)
        return any(row.family == catalog[family.key].family and not row.generic for row in before)

    @cached_property
    def _paid_first(self) -> Span | None:
        """The programmes that pay before the one that the sentence is about: 经居民医保、大病保险|支付后，个人自付费用."""
        words = self.linking_resources.lists.paid_first
        ends = (term.span.end for term in self.own)
        end = max((end for end in ends if words.meets(self.text[end : end + _PAID_REACH])), default=None)
        return Span(self.context.clause(end - 1).start, end) if end else None

    def _meant(self, term: Term) -> frozenset[str]:
        """Return the programme that a term names: the notice's own where a word of its family stands bare (养老保险费)."""
        catalog = self.linking_resources.catalog.programmes
        row = catalog[term.key]
        if self.context.words(term.span) in row.bare:
            if row.bare_in:
                return frozenset(self.notice_programmes) if self._is_of_bare(row, term.span) else frozenset([row.id])
            notice = (key for key in self.notice_programmes if not catalog[key].broad)
            akin = frozenset(key for key in notice if row.family in ("", catalog[key].family))
            return akin or frozenset([term.key])
        return frozenset([term.key])

    def _is_of_bare(self, programme: Programme, name: Span) -> bool:
        """Return True if a programme's bare word means what the notice is on: 救助比例 in one on 临时救助; not where it names 医疗救助."""
        own = self.notice_programmes.keys()
        if self.context.words(name) not in programme.bare or not own or not own <= set(programme.bare_in):
            return False
        around = (term for _, terms in self.context.terms_around("programme") for term in terms)
        named = (
            self.context.words(one.span) for one in (*self.context.of("programme"), *around) if one.key == programme.id
        )
        whole = set(programme.terms) - set(programme.bare)
        return whole.isdisjoint(named) and not any(word in self.context.told for word in whole)

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
        start = max(self.text.rfind("\n", 0, self.span.start) + 1, self.span.start - TOLD_REACH)
        resources = self.linking_resources
        pattern, meaning = resources.programme_words
        found = pattern.finditer(self.text, start, self.span.start)
        places = (Span(*match.span()) for match in found)
        # 退休人员以本人|养老金|为基数，个人按0.15%缴纳。居民每人每年130元
        bases = self.linking_resources.lists.base_of
        told = (
            place
            for place in places
            if not (
                self.reckoned.is_shared(place) or self._is_aside(place.end, self.span.start) or self._is_of_part(place)
            )
            and not bases.meets(self.text[place.end : place.end + BASE_WORDS])
        )
        rows = ((meaning[self.context.words(place)], place) for place in told)
        named = [
            (row, place.end)
            for row, place in rows
            if row.within == "any"
            and not row.generic
            and not self.context.lends(row.id, place)
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
        if families and own not in families and self.context.of("setting"):
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
        return (
            programme.qualifies and self.text.startswith(tuple(programme.terms), at) and not self.context.of("setting")
        )

    def _is_aside(self, end: int, at: int) -> bool:
        """Return True if the words that end at an offset stand in a bracket that closes before another: 费率（含生育保险）为8.8%."""
        closing = BRACKET_SIGN.search(self.text, end, max(end, at))
        return closing is not None and closing.group() in "）)"

    def _is_of_part(self, programme: Span) -> bool:
        """Return True if a programme only has its part of the figure before: 单位缴费比例7.5%，其中|生育保险|0.5%；职工个人缴费比例2%."""
        parts = self.linking_resources.lists.parts.pattern
        found = parts.search(self.text, max(0, programme.start - _PART_LEAD), programme.end + _PART_REACH)
        return found is not None and found.start() < programme.start and programme.end < found.end()

    def _is_of_next(self, term: Term, at: int, clause: Span) -> bool:
        """住院报销比例75%、职工医保85%: a programme behind a figure is the next one's, where one follows it.

        大型企业按30%、中小微企业按60%返还失业保险费: behind all of a list it is all of theirs.
        """
        between = self.context.number_from(at + 1) < term.span.start
        listed = any(sign in self.context.statement.words.joints for sign in self.text[at : term.span.start])
        return self.context.number_from(term.span.end) < clause.end or (between and not listed)

    def _holds_until(self, term: Term, at: int) -> bool:
        """Tell whether a programme named earlier still holds: 大病保险…1万元；住院起付标准为300元 speaks of another."""
        segment = self.context.segment(at)
        # 大病保险：起付标准1万元；住院费用超过10万元的支付70%
        end = self.context.clause(term.span.start).end
        opens = self.text[end : end + 1] == "："
        if opens or term.span.start >= segment.start:
            return True
        if self._is_of_part(term.span) or self.linking_resources.lists.along_with.meets(
            self.context.words(self.context.clause(term.span.start))
        ):
            return False
        if any(segment.start <= other.span.start < at for other in self.context.of("setting")):
            return False
        lead = len(self.context.words(segment)) - len(self.context.words(segment).lstrip())
        return not any(other.span.start == segment.start + lead for other in self.context.of("programme"))
