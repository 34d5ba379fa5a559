"""The words of the catalog in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.model import Span
from extractor.notice.facts.names.reader import ClauseReader
from extractor.notice.facts.names.statement import OWNING
from extractor.notice.facts.sentence.text import INSURED, TOLD_REACH, SentenceText
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Term

# So many signs has the name of a place that ends with its tier: 广东省, 连云港市, 黑龙江省.
_PLACE_NAMES = range(3, 6)
# Among so many of a notice's first sentences its title stands.
_TITLED = 20
# As many sentences back stands what 上述标准 means.
_MEANT = 8
# The longest word that an insurance begins with.
_INSURANCE = 4
# 缴存基数下限不得低于我市现行最低工资标准: as far before a name stands what is set to it.
_SET_REACH = 16
NO_TERMS: list[Any] = []
# What a longer term of another group hides when it covers a shorter one: 个人 in 个人缴费标准, 居民医保 in 居民医保基金,
# 乡镇 in 乡镇卫生院.
_HIDES = {
    "alias": ("population", "payer", "provider", "area"),
    "programme": ("population", "payer", "provider", "area"),
    "payer": ("programme", "population"),
    "provider": ("payer", "population"),
    "population": ("payer", "provider"),
}


def _hides(other: Term, term: Term) -> bool:
    """Tell whether a term takes the place of another that it covers."""
    longer = other.span.end - other.span.start > term.span.end - term.span.start
    # 社会散居孤儿 names what they get, and is still for whom it is.
    named = other.group in ("alias", "programme") and term.group != "population"
    return term.group in _HIDES.get(other.group, ()) and (longer or named)


class SentenceTerms(SentenceText):
    """The same, with the words of the catalog that stand in it, and the names around its figures."""

    @cached_property
    def statement(self) -> ClauseReader:
        """What reads the names around the sentence's figures."""
        return ClauseReader(self.linking_resources.statement, self)

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
            if not (term.group == "programme" and self.lends(term.key, term.span)) and not self._is_hidden(term, hiding)
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

    def lends(self, programme: str, named: Span) -> bool:
        """Tell whether a programme's name only says who is insured, or who pays, in the notice's own.

        In a notice on long-term care: 职工医保参保人员筹资标准为120元, 由居民医保基金划转18元, 参加居民医保的，每人40元
        """
        catalog, own = self.linking_resources.catalog.programmes, self.notice_programmes
        lent = bool(own) and all(catalog[programme].family in catalog[key].draws_on for key in own)
        if not lent:
            return False
        lists, behind = self.linking_resources.lists, self.text[named.end : named.end + INSURED]
        if lists.insured_or_fund.meets(behind):
            return True
        before = self.text[max(0, named.start - INSURED) : named.start]
        joins = lists.joins_insurance.meets(before) and lists.insured_by.meets(behind)
        return joins and self.is_apart(programme)

    def is_apart(self, programme: str) -> bool:
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
        return self._by_group.get(group, NO_TERMS)

    @cached_property
    def _by_group(self) -> dict[str, list[Term]]:
        groups: dict[str, list[Term]] = {}
        for term in self.terms:
            groups.setdefault(term.group, []).append(term)
        return groups

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
            if before.kind == "body" and before.span.end - before.span.start <= TOLD_REACH:
                terms = self.linking_resources.terms_at(self.notice, before.span)
                found.append([term for term in terms if term.group == "alias"])
        return found
