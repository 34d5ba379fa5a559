"""Who pays a figure: which words beside it name a budget, an employer or a person that bears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.groups.signs import only_per
from extractor.notice.facts.names.pieces import REACH
from extractor.notice.facts.names.reader import past_marker
from extractor.notice.facts.names.statement import OWNING

if TYPE_CHECKING:
    from extractor.notice.facts.names.statement import Chunk
    from extractor.notice.facts.sentence.context import SentenceContext

# 单位应|缴费比例, 企业月|缴存额
_PAID_BEHIND = 4
# 市|级有关规定
_RULE = 6
# 给予|企业, 每家|企业
_BEFORE = 2


def pays(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a payer's own words say that it pays: 中央财政…给予补助, 由单位承担; not 对地方…补助, 全市, 个人获得."""
    lists = context.statement.words.lists
    clause = context.clause(number.start)
    beside = context.statement.chunks(context.clause(payer.start).start, payer.start)[-1:]
    joined = [one.span.start for one in beside if context.statement.joined(one.span, payer)]
    if any(lists.receiving.meets(context.text[max(context.span.start, at - _BEFORE) : at]) for at in joined):
        return False  # 分别给予|企业和个人|1000元
    if _leads(context, payer, number):
        # 中央财政补助384元，省级154元; 其中中央财政143元，省财政承担30元: what is paid is said before or behind.
        # 最高额度为个人30万元，由财政贴息: persons pay by the words of their own clause alone
        if context.statement.words.kind_of(context.words(payer)) == "payer" or _is_part_of_tier(context, payer, number):
            return True  # 基础养老金每月163元，其中中央财政143元
        selves = lists.selves.meets(context.words(payer))
        until = clause.end if selves else context.segment(number.start).end
        said = context.text[context.span.start : until]
        return lists.paying.meets(said) or lists.raised_by_all.meets(said)
    own = context.clause(payer.start)
    held = _held_in(context, payer, number)
    if held and _is_of_a_name(context, payer, held, number):
        return False
    starts = {payer.start, held.span.start if held else payer.start}
    if any(_receives(context, Span(at, payer.end)) for at in starts):
        return False
    if lists.given_whom.meets(context.text[own.start : payer.start]):
        return False  # 市财政给予吸纳就业的|企业每人1500元
    # 吸纳就业的|企业|，按每人1500元的标准给予补贴
    told = payer.end == own.end < clause.start and context.text[payer.start - 1] in OWNING
    # who makes the rule only: 按省和|市|规定的标准给予40%的补贴
    rules = lists.rules_behind.meets(context.text[payer.end : payer.end + _RULE])
    if told or rules or _gets(context, context.text[payer.end : number.start]):
        return False
    rest = context.text[payer.end : max(clause.end, number.end)]
    each = lists.selves.meets(context.words(payer)) and lists.caps_of_each.meets(rest)
    return not each and (
        lists.paying.meets(rest)
        or lists.giving_to.meets(rest)
        or lists.pay_openers.meets(context.text[payer.end : payer.end + 4])
    )


def _receives(context: SentenceContext, payer: Span) -> bool:
    """Return True if the words before somebody say that it is given something: 对|地方补助, 每家|企业补助; not 每家|企业缴纳."""
    lists = context.statement.words.lists
    said = context.text[max(context.span.start, payer.start - _BEFORE) : payer.start]
    bears = lists.bearing.meets(context.text[payer.end : payer.end + _PAID_BEHIND])
    return lists.receiving.meets(said) or (lists.each_of.meets(said) and not bears)


def _gets(context: SentenceContext, said: str) -> bool:
    """Return True if the words between somebody and a figure say that they get it: 企业每招用一人|获得补贴|2000元; not 领取后缴纳."""
    lists = context.statement.words.lists
    got = max((said.rfind(word) for word in lists.getting.words), default=-1) if context.may_say(lists.getting) else -1
    return got >= 0 and not any(word in said[got:] for word in lists.bearing.words)


def _held_in(context: SentenceContext, payer: Span, number: Span) -> Chunk | None:
    """Return the name of a clause that a payer's word stands in."""
    own = context.clause(payer.start)
    chunks = context.statement.chunks(own.start, max(payer.end, min(number.start, own.end)))
    return next((one for one in chunks if one.span.start <= payer.start < one.span.end), None)


def _is_of_a_name(context: SentenceContext, payer: Span, held: Chunk, number: Span) -> bool:
    """Return True if a payer's word is only a part of the name that holds it."""
    words = context.statement.words
    if held.span.start == payer.start:
        # 家庭经济困难寄宿生|生活补助; 家庭|养老床位建设补助
        thing = held.kind == "measure" and _opens_thing(context, payer, held.span)
        return thing or opens_persons(context, payer, held.span)
    if held.kind == "place":
        return words.lists.place_signs.meets(context.words(payer))  # 省级财政对西宁市、海东|市补助50%
    # 特殊教育学校按每生7000元的标准补助; 低收入困难|家庭每户补助150元
    return held.kind == "provider" or (held.kind == "person" and _is_given(context, payer, number))


def _opens_thing(context: SentenceContext, payer: Span, name: Span) -> bool:
    """Return True if a word for persons opens the name of what is given for a thing: 家庭|养老床位建设补助; not 单位|补贴."""
    lists, said = context.statement.words.lists, context.words(payer)
    given = lists.given_ends.meets(context.words(name))
    paid = context.text[payer.end : payer.end + _PAID_BEHIND]
    return given and lists.bare_persons.meets(said) and not lists.selves.meets(said) and not lists.paying.meets(paid)


def opens_persons(context: SentenceContext, payer: Span, name: Span) -> bool:
    """Return True if a payer's word only opens the words for those whom a name is about: 家庭|经济困难寄宿生|生活补助."""
    words = context.statement.words
    longer = (piece.end for piece in context.statement.cut(name) if piece.end > payer.end)
    persons = (context.text[name.start : end] for end in longer)
    return any(words.kind_of(said) == "person" and not said.endswith(words.lists.selves.words) for said in persons)


def _leads(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if nothing but a payer and per what stand before a figure: 省级154元, 其中中央财政|每人每月|143元.

    Or what it bears a share of: 保费补贴比例|中央|45%、省级25%.
    """
    before = context.text[payer.start - 1 : payer.start]
    lead, lists = context.text[context.clause(payer.start).start : payer.start], context.statement.words.lists
    opens = context.linking_resources.lists.payer_leads.meets(lead) or not lead or lists.opened.meets(before)
    return only_per(context, payer.end, number.start) and (opens or lists.paid_rates.meets(lead))


def _is_part_of_tier(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a tier of government bears a part of the amount before: 183元，其中|中央|143元、|省级|30元."""
    opens, start = context.linking_resources.lists.goes_on.pattern, context.segment(number.start).start
    tier = context.statement.words.lists.tiers.meets(context.words(payer))
    return tier and opens.search(context.text, start, number.start) is not None


def _is_given(context: SentenceContext, payer: Span, number: Span) -> bool:
    """Return True if a word for persons that ends a longer name of them is no payer: they are given what follows."""
    lists, said = context.statement.words.lists, context.words(payer)
    named = lists.bare_persons.meets(said) and not lists.selves.meets(said)
    return named and lists.gifts.may_meet(context.text[payer.end : number.start])


def own_payer(context: SentenceContext, number: Span, left: int) -> Span | None:
    """Return who pays by the verb between them and a figure, behind the figure before: 由单位承担70%、个人承担30%; 政府贴息2%."""
    lists = context.statement.words.lists
    clause = context.clause(number.start)
    low = max(clause.start, left, number.start - REACH)
    paid = context.may_say(lists.paying) or context.may_say(lists.bearing)
    if paid:
        said = context.text[low : number.start]
        paid = lists.paying.may_meet(said) or lists.bearing.may_meet(said)
    chunks = context.statement.chunks(low, number.start) if paid else []
    for at, chunk in reversed(list(enumerate(chunks))):
        if left <= clause.start < chunk.span.start:
            continue  # the first figure of a clause: who opens it
        payer = _joined_places(context, chunks, at) if chunk.kind == "place" else chunk.span
        rest = context.text[payer.end : number.start]
        # 省级承担30%，各县区承担70%
        verbs = {"payer": lists.paying, "person": lists.bearing, "place": lists.sharing}.get(chunk.kind)
        verb = next((word for word in verbs.words if rest.startswith(word)), "") if verbs else ""
        # 灵活就业人员缴存比例: a name of an amount, no verb
        if verb and not rest.startswith(context.statement.words.compound.get(verb, ()), len(verb)):
            return None if _receives(context, payer) or lists.acting.meets(chunk.before) else payer
    return _opens_paying(context, clause, number) if left <= clause.start else None


def _joined_places(context: SentenceContext, chunks: list[Chunk], at: int) -> Span:
    """Return a place with those joined behind it: 市（州）、|县（市、区）|各承担15%."""
    whole = chunks[at].span
    for chunk in chunks[at + 1 :]:
        if chunk.kind != "place" or not context.statement.joined(whole, chunk.span):
            break
        whole = Span(whole.start, chunk.span.end)
    return whole


def _opens_paying(context: SentenceContext, clause: Span, number: Span) -> Span | None:
    """Return who opens a clause and pays by the verb behind its share: 职工按本人工资的2%缴纳."""
    words = context.statement.words
    if not context.may_say(words.lists.bearing):
        return None
    until = min(context.number_from(number.end), clause.end, number.end + REACH)
    if not words.lists.bearing.may_meet(context.text[number.end : until]):
        return None
    start = past_marker(context.text, clause)
    chunks = context.statement.chunks(start, number.start)
    if not chunks or chunks[0].span.start != start or chunks[0].kind not in ("payer", "person"):
        return None
    named = chunks[0].span
    return named if any(context.text.startswith(word, named.end) for word in words.basing) else None


def actor_of(context: SentenceContext, number: Span) -> Span | None:
    """Return who pays by the words 由…: 由医疗救助基金按100%支付, 10%的比例全额由个人承担."""
    words = context.statement.words
    if not context.may_say(words.lists.acting):
        return None
    clause = context.clause(number.start)
    for low, high, until in _actor_places(context, clause, number):
        if not words.lists.acting.may_meet(context.text[low:high]):
            continue
        chunks = context.statement.chunks(low, high)
        for at in range(len(chunks) - 1, -1, -1):
            if not words.lists.acting.meets(chunks[at].before):
                continue
            said = context.words(chunks[at].span)
            known = words.lists.insurers.meets(said) or ("payer", said) in context.linking_resources.scope_forms
            if not known and chunks[at].kind not in ("payer", "person", "place"):
                glued = _glued_payer(context, chunks[at].span)
                if glued and not glued.end <= context.number_from(glued.end) < number.start:
                    return glued
                continue
            last = at
            while last + 1 < len(chunks) and context.statement.joined(chunks[last].span, chunks[last + 1].span):
                last += 1
            whole = Span(chunks[at].span.start, chunks[last].span.end)
            rest = context.text[whole.end : until]
            if words.lists.paying.meets(rest) and not words.lists.withholding.meets(rest):
                return whole
    return None


def _glued_payer(context: SentenceContext, name: Span) -> Span | None:
    """Return who pays in a name that ends in the verb: 由|统筹基金支付, 由|中央财政补贴."""
    words, said = context.statement.words, context.words(name)
    ends = (len(verb) for verb in words.lists.paying.words if said.endswith(verb))
    lengths = [length for length in ends if words.kind_of(said[:-length]) == "payer"]
    return Span(name.start, name.end - min(lengths)) if lengths else None


def _actor_places(context: SentenceContext, clause: Span, number: Span) -> list[tuple[int, int, int]]:
    """Return where who pays may stand, and the end of the words that say so.

    It is before a figure, between it and the next, or in a clause behind that says nothing else: 每人每天35元，由工伤保险基金支付.
    """
    end = min(context.number_from(number.end), clause.end)
    # 补助30元由中央财政负担20元: what leads to the next figure is that one's
    led = end < clause.end and context.text.endswith(context.statement.words.lists.paying.words, number.end, end)
    places = [(clause.start, number.start, clause.end), *([] if led else [(number.end, end, end)])]
    if end == clause.end and context.text[end : end + 1] == "，" and end + 1 < context.span.end:
        behind = context.clause(end + 1)
        acting = context.text.startswith(context.statement.words.lists.acting.words, behind.start)
        if acting and context.number_from(behind.start) >= behind.end:
            places.append((behind.start, behind.end, behind.end))
    return places
