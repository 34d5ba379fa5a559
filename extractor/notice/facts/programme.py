"""What a whole notice is about: the programmes named by its title, else by its opening, else most often by its body."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.signs import adds, within
from extractor.notice.facts.names.reader import past_marker

if TYPE_CHECKING:
    from extractor.model import Notice, Term
    from extractor.notice.facts.catalog import Indicator, Programme
    from extractor.notice.facts.draft import Draft
    from extractor.notice.facts.linking_resources import LinkingResources
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# The opening of a notice says what it is for; a body of a hundred thousand characters need not be counted whole.
_OPENING, _BODY = 600, 20_000


def notice_programmes(notice: Notice, linking_resources: LinkingResources) -> dict[str, Span | None]:
    """Return the programmes of a notice, each with the place where its words stand first; empty when none is named.

    A title from outside the text (a page's ``<title>``) has no place.

    A specific programme wins over a generic one (居民医保 over 医保).
    """
    pattern, meaning = linking_resources.programme_words
    found = _named(notice, linking_resources)
    places: dict[str, Span | None] = dict.fromkeys(sorted(found))
    wanted = set(found)
    for match in pattern.finditer(notice.text.text):
        if not wanted:
            break
        if (key := meaning[match.group()].id) in wanted:
            wanted.remove(key)
            places[key] = Span(*match.span())
    return places


def _named(notice: Notice, linking_resources: LinkingResources) -> frozenset[str]:
    rows = linking_resources.catalog.programmes.values()
    pattern, meaning = linking_resources.programme_words
    if notice.title and (found := [meaning[match.group()] for match in pattern.finditer(notice.title)]):
        exact = frozenset(row.id for row in found if not row.generic)
        if exact:
            return exact
        family = {row.family for row in found}
    else:
        family = set()
    body = ""
    for length in (_OPENING, _BODY):
        body = _beginning(notice, length)
        counts: dict[str, int] = {}
        for match in pattern.finditer(body):
            row = meaning[match.group()]
            # One of several insurances is none of a notice that speaks of it most often; its title or its opening says so.
            said = not row.generic and not row.named and not (row.qualifies and length == _BODY)
            if said and (not family or row.family in family):
                counts[row.id] = counts.get(row.id, 0) + 1
        if counts:
            most = max(counts.values())
            return frozenset(key for key, count in counts.items() if count == most)
    return frozenset(
        row.id for row in rows if row.generic and (row.family in family or any(form in body for form in row.terms))
    )


def one_programme(context: SentenceContext, programmes: frozenset[str]) -> str | None:
    """Return the one programme that a figure is about, a specific one before a generic one; None where it isn't one.

    Its sentence, what stands above it or the title must name it: a report that speaks most often of 残疾人补贴 isn't all
    about them.
    """
    resources, title = context.linking_resources, context.notice.title or ""
    exact = programmes - resources.generic_programmes or programmes
    if len(exact) != 1:
        return None
    [one] = exact
    terms = resources.catalog.programmes[one].terms
    return one if one in context.programmes.named or any(map(title.__contains__, terms)) else None


def _beginning(notice: Notice, length: int) -> str:
    """Return the first characters of a notice's body."""
    parts: list[str] = []
    for sentence in notice.sentences:
        if length <= 0:
            break
        if sentence.kind in ("body", "cell"):
            start, end = sentence.span
            parts.append(notice.text.text[start : min(end, start + length)])
            length -= end - start
    return "".join(parts)


# ── Keeps apart figures whose indicators bear one name: 起付标准 of 大病保险, of 普通门诊, of the fund for inpatients
# An indicator's row says by what (`qualify_by`). The name of another programme (`programmes.toml`, ``qualifies``) or of a
# setting (`scope.toml`, group ``setting``) becomes a figure's condition.


def qualified_by(context: SentenceContext, draft: Draft) -> tuple[str | None, list[Span]]:
    """Return the words that say of which programme or setting a figure is, and their places; None for the plain one."""
    indicator = context.linking_resources.catalog.indicators.get(draft.link.indicator or "")
    if indicator is None or not indicator.qualify_by:
        return None, []
    at = draft.number.start
    words: list[str] = []
    spans: list[Span] = []
    programme = _qualifying(context, at)
    if programme and "programme" in indicator.qualify_by:
        said, place = programme_words(context, programme.id, at)
        words.append(said)
        spans += [place] if place else []
    # a cell's other heads come first, and leave no case without them
    if context.sentence.kind != "cell" and (scheme := scheme_said(context, draft)):
        words.append(scheme[0])
        spans += [scheme[1]] if scheme[1] else []
    if "name" in indicator.qualify_by and draft.link.subject:
        name = context.words(draft.link.subject)
        own = next((word for word in indicator.own if word in name), None)
        if own and not _is_one_of_several(context, draft):
            words.append(own)
            spans.append(draft.link.subject)
    if "own" in indicator.qualify_by and (kind := _kind_said(context, draft, indicator)):
        words.append(_with_own_area(context, draft, kind))
        spans.append(kind)
    if "floor" in indicator.qualify_by and (floor := _floor_said(context, draft)):
        words.append(context.words(floor))
        spans.append(floor)
    differs = "setting" in indicator.qualify_by and (programme is None or programme.settings)
    if differs and (term := setting_at(context, at)):
        said = context.words(term.span)
        # 门诊慢特病支付比例 beside 普通门诊支付比例
        if term.key in context.linking_resources.apart or not any(word in said for word in indicator.own):
            words.append(said)
            spans.append(term.span)
    return "，".join(words) or None, spans


def scheme_said(context: SentenceContext, draft: Draft) -> tuple[str, Span | None] | None:
    """Return the insurance whose insured have a programme that others have by its bare name, and its place: |职工大病保险|, 大额医疗.

    What the sentence said last before the figure decides, else what stands above it, else the notice; 居民医保 needs no word.
    """
    indicator = context.linking_resources.catalog.indicators.get(draft.link.indicator or "")
    if indicator is None or "scheme" not in indicator.qualify_by:
        return None
    catalog, at = context.linking_resources.catalog.programmes, draft.number.start
    schemes = {key: forms for one in indicator.programmes for key, forms in catalog[one].schemes.items()}

    def scheme_of(term: Term) -> str | None:
        own = (key for key, forms in schemes.items() if context.words(term.span) in forms)
        return term.key if term.key in schemes else next(own, None)

    before = [term for term in context.of("programme") if term.span.start < at]
    told = [reversed(before), *(reversed(terms) for _, terms in context.terms_around("programme"))]
    told.append(reversed([term for term in context.title_terms if term.group == "programme"]))
    terms = next((found for one in told if (found := [term for term in one if scheme_of(term)])), [])
    key = scheme_of(terms[0]) if terms else None
    if key is None and len(context.notice_programmes) == 1:
        key = next((one for one in context.notice_programmes if one in schemes), None)
    if key is None or not catalog[key].qualifies:
        return None
    return catalog[key].terms[0], terms[0].span if terms else context.notice_programmes.get(key)


def _with_own_area(context: SentenceContext, draft: Draft, kind: Span) -> str:
    """Return an indicator's kind with the class of areas that a list gives a figure: 城镇、乡村|公益性岗位|…1850元、800元."""
    said, share = context.words(kind), draft.case.share if draft.case else None
    dealt = share is not None and share.group == "words" and context.statement.words.is_area_class(share.words)
    if share is None or not dealt or context.statement.with_other_areas(kind) == kind:
        return said
    return share.words + said.removeprefix(context.statement.words.area_class(said))


def _is_one_of_several(context: SentenceContext, draft: Draft) -> bool:
    """Return True if a figure's name is the last of several that share it: 不分顺产、|剖宫产，每例2500元."""
    name = draft.link.subject
    if name is None or (draft.case and draft.case.share):
        return False
    before = (term.span for term in context.of("alias") if term.span.end < name.start)
    return any(context.statement.joined(span, name) for span in before)


def _kind_said(context: SentenceContext, draft: Draft, indicator: Indicator) -> Span | None:
    """Return which of an indicator's kinds a figure is of, said last before it: 类风湿关节炎|年度支付限额, 阿尔茨海默病，年度支付限额."""
    start, at = context.segment(draft.number.start).start, draft.number.start
    share = draft.case.share if draft.case else None
    if share and share.whole and context.statement.words.is_area_class(share.words):
        at = context.number_from(share.whole.end)  # 城镇、乡村公益性岗位…1850元、|800元
    said = context.text[start:at]
    last, own = max(((said.rfind(word), word) for word in indicator.classes or indicator.own), default=(-1, ""))
    if last < 0:
        return None
    span = Span(start + last, start + last + len(own))
    clause = context.clause(span.start)
    chunks = context.statement.chunks(clause.start, min(clause.end, context.number_from(span.end)))
    kinds = [] if indicator.classes else _joined_kinds(context, chunks, span, indicator)
    if len(kinds) > 1:
        return _dealt_kind(context, draft, kinds)
    figures = (one for one in context.mentions.quantities if span.end <= one.number.start < at)
    # A class goes on: 城镇公益性岗位按最低工资标准的80%，即每人每月1592元.
    if any(one.kind == draft.kind or not indicator.classes for one in figures):
        return None  # of a figure before
    if indicator.classes:
        return span  # 乡村公益性岗位|补贴标准
    whole = next((one.span for one in chunks if within(span, one.span)), span)
    name = draft.link.subject
    end = name.start if name and whole.start < name.start < whole.end else whole.end
    return Span(whole.start, end) if end >= span.end else span


def _joined_kinds(context: SentenceContext, chunks: list[Chunk], last: Span, indicator: Indicator) -> list[Span]:
    """Return the kinds that are joined to the one said last, with it: 高血压、糖尿病|年度支付限额."""
    at = next((at for at, one in enumerate(chunks) if within(last, one.span)), None)
    if at is None:
        return [last]
    kinds = [Span(chunks[at].span.start, last.end)]
    for before, one in zip(reversed(chunks[:at]), reversed(chunks[1 : at + 1]), strict=True):
        said = context.words(before.span)
        if not context.statement.joined(before.span, one.span) or not any(word in said for word in indicator.own):
            break
        kinds.insert(0, before.span)
    return kinds


def _dealt_kind(context: SentenceContext, draft: Draft, kinds: list[Span]) -> Span | None:
    """Return the kind of several that a list deals a figure to, all where they share it; None where nobody says which.

    高血压、糖尿病年度支付限额分别为3000元、|3600元|; 高血压、糖尿病年度支付限额为|3000元|
    """
    end = context.segment(kinds[-1].start).end
    values = [
        one for one in context.mentions.quantities if one.kind == draft.kind and kinds[-1].end <= one.number.start < end
    ]
    places = [one.number.start for one in values]
    if draft.number.start not in places:
        return None
    between = context.text[kinds[-1].end : places[0]]
    if context.linking_resources.lists.respectively.meets(between):
        # 分别由3000元、3600元|提高到3300元、3900元: each list of them has one for each kind
        runs = [0]
        for one, following in pairwise(values):
            runs[-1] += 1
            if not context.statement.joined(one.span, following.span):
                runs.append(0)
        dealt = [*runs[:-1], runs[-1] + 1]
        return kinds[places.index(draft.number.start) % len(kinds)] if set(dealt) == {len(kinds)} else None
    return Span(kinds[0].start, kinds[-1].end) if len(values) == 1 else None


def _floor_said(context: SentenceContext, draft: Draft) -> Span | None:
    """Return the words of a figure's own name, or of a cell's heads, that make it a bound of everybody's benefit: 调整后|最低标准.

    Where it has no name, of the clauses before it: 失业保险金下限不低于低保标准的1.3倍，为858元.
    """
    own = draft.case.figure.own if draft.case else None
    own = own or Span(context.segment(draft.number.start).start, draft.number.start)
    heads = context.sentence.context if context.sentence.kind == "cell" else ()
    floors = context.linking_resources.lists.floors.pattern
    found = (floors.search(context.text, *place) for place in (own, *heads) if place)
    return next((Span(*one.span()) for one in found if one), None)


def insured_above(context: SentenceContext, *, akin: bool) -> Span | None:
    """Return whose insurance the nearest heading is about, where no programme is theirs alone: （一）|职工|长护险; not 职工医保.

    Where the figure is ``akin`` to what its part is about, whose benefits: |职工|住院报销政策.
    """
    if not context.headings or context.sentence.kind == "cell":
        return None
    heading, resources = context.headings[0], context.linking_resources
    start = past_marker(context.text, heading)
    named = [
        one
        for one in resources.programme_words[0].finditer(context.text, start, heading.end)
        if one.end() == heading.end
    ]
    persons = Span(start, named[-1].start()) if named else None
    if persons and ("population", context.words(persons)) in resources.scope_forms:
        return persons
    return _opening_persons(context, Span(start, heading.end)) if akin else None


def _opening_persons(context: SentenceContext, heading: Span) -> Span | None:
    """Return the persons who open a heading of which the rest is what they get or pay: |职工|住院报销政策, |大学生|参保缴费."""
    opening = context.statement.chunks(*heading)[:1]
    whole = [one.span for one in opening if one.kind == "person" and one.span.start == heading.start]
    terms = context.linking_resources.terms_at(context.notice, heading)
    if any(term.group in ("alias", "programme") and term.span.start == heading.start for term in terms):
        return None  # 残疾人|两项补贴, 职工医保|待遇
    short = [term.span for term in terms if term.group == "population" and term.span.start == heading.start]
    persons = max((*whole, *short), default=None)
    lists, said = context.linking_resources.lists, context.words(persons) if persons else ""
    if persons is None or lists.topic_headings.meets(said) or context.statement.words.lists.selves.meets(said):
        return None  # 参保对象|缴费标准, 个人|补贴: all whom the part is on
    return persons if lists.benefit_headings.meets(context.text[persons.end : heading.end].rstrip()) else None


def goes_without_saying(context: SentenceContext, draft: Draft, condition: str | None) -> bool:
    """Return True if a condition says no more than the bare name of a figure's indicator means: 住院待遇 above 起付标准."""
    catalog = context.linking_resources.catalog
    indicator = catalog.indicators.get(draft.link.indicator or "")
    if indicator is None or condition is None:
        return False
    settings = [row for row in catalog.scope if row.group == "setting"]
    tail = context.linking_resources.lists.setting_tails.pattern.search(condition)
    said = condition[: tail.start()] if tail else condition
    if "setting" in indicator.qualify_by:
        return any(row.silent and said in row.forms for row in settings)
    # 住院 above a rate of inpatients
    return said in indicator.own and any(said in row.forms for row in settings)


def _qualifying(context: SentenceContext, at: int) -> Programme | None:
    """Return the programme that a figure's condition must name; None where the bare name of its indicator means it."""
    catalog = context.linking_resources.catalog.programmes
    found = context.programmes.at(at)
    # A title that names 居民医保 and 职工医保 doesn't say which of them a figure is about; 养老、失业保险缴费基数 is of both.
    return catalog[min(found)] if len(found) == 1 and all(catalog[key].qualifies for key in found) else None


def programme_words(context: SentenceContext, programme: str, at: int) -> tuple[str, Span | None]:
    """Return the name of a programme as it was said last before a figure, and its place.

    Where what stands above the sentence says it, or only words behind the figure do, it has the name of its row.
    """
    terms = [term for term in context.of("programme") if term.key == programme]
    if before := [term for term in terms if term.span.start < at]:
        said = context.words(before[-1].span)
        # 救助限额 names an amount of 医疗救助
        named = said in context.linking_resources.aliases
        return context.linking_resources.catalog.programmes[programme].terms[0] if named else said, before[-1].span
    above = (term.span for _, terms in context.terms_around("programme") for term in terms if term.key == programme)
    place = next(above, None) or context.notice_programmes.get(programme)
    name = context.linking_resources.catalog.programmes[programme].terms[0]
    return name, place or (terms[0].span if terms else None)


def setting_at(context: SentenceContext, at: int) -> Term | None:
    """Return where the care is given that a figure is about: what was said last before it, else what stands above or the title.

    None for inpatients, whom the bare names of benefits mean, and for settings that share a figure.
    """
    terms = [term for term in context.of("setting") if term.span.start < at]
    # 年度最高支付限额（含|门诊慢特病|）15万元: what a bracket adds is not what it is of alone
    terms = [term for term in terms if not ((aside := context.bracket(term.span.start)) and adds(context, aside))]
    reaching = [term for term in terms if _reaches(context, term, at)]
    if terms:
        return _announced(context, reaching[-1:])
    for _, above in context.terms_around("setting"):
        # A heading that names two settings decides nothing.
        return _announced(context, above) if len({term.key for term in above}) == 1 else None
    titled = [term for term in context.title_terms if term.group == "setting"]
    return _announced(context, titled) if titled and not _speaks_of_others(context, titled) else None


def _speaks_of_others(context: SentenceContext, titled: list[Term]) -> bool:
    """Return True if a notice speaks of care elsewhere than its title says, so that the title alone says nothing."""
    rows = context.linking_resources.catalog.scope
    forms = [form for row in rows if row.group == "setting" and row.id != titled[0].key for form in row.forms]
    return any(term.key != titled[0].key for term in titled) or any(map(context.text.__contains__, forms))


def _announced(context: SentenceContext, terms: list[Term]) -> Term | None:
    return terms[-1] if terms and terms[-1].key not in context.linking_resources.silent else None


def _reaches(context: SentenceContext, term: Term, at: int) -> bool:
    """Tell whether a setting holds up to a figure: not past a ；, nor past the next programme named behind it."""
    clause = context.clause(term.span.start)
    if clause.start <= at < clause.end:
        return True
    if term.span.start < context.segment(at).start:
        return context.text[clause.end : clause.end + 1] == "："
    return not any(clause.end <= other.span.start < at for other in context.of("programme"))
