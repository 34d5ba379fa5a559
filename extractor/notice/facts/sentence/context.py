"""One sentence of a notice, ready for linking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.sentence.above import SentenceSurroundings
from extractor.notice.facts.sentence.programmes import SentenceProgrammes
from extractor.notice.facts.sentence.reckoned import BASE_WORDS, Reckoned
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Quantity, Term

# Kinds of chunks that hold the name of an amount and are none: 高龄津贴对象, 失业保险金代发银行.
_HOLDERS = frozenset({"person", "body"})
# 等待遇的
_SAYS_WHO = 4
# 本次|调整前
_OPENING_WORDS = 4
# So long are the words that say what an amount is above or below.
_GAP = 24


class SentenceContext(SentenceSurroundings):
    """One sentence of a notice, ready for linking. Offsets are of the notice's normalised text."""

    @cached_property
    def programmes(self) -> SentenceProgrammes:
        """What tells which programme the sentence speaks of."""
        return SentenceProgrammes(self, self.reckoned)

    @cached_property
    def reckoned(self) -> Reckoned:
        """What tells by what the sentence's amounts are reckoned."""
        return Reckoned(self)

    def let_go(self) -> None:
        """Let go of the readers, which refer back: a circle and all they found would wait for the garbage collector.

        Looking for such circles took 8 % of the pipeline's time.
        """
        for reader in ("statement", "programmes", "reckoned"):
            self.__dict__.pop(reader, None)

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
    def figure_names(self) -> list[Term]:
        """The catalog's names in the sentence, without those of a share's amount and those that only say who is meant."""
        return [
            term
            for term in self.of("alias")
            if term.span not in self.reckoned.bases
            and not self.reckoned.is_shared(term.span)
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
        return self.linking_resources.lists.atop.meets(self.text[name.span.end : name.span.end + BASE_WORDS])

    def _says_who(self, name: Term) -> bool:
        """Return True if a name only says who is meant: 获得国家助学贷款等|高校毕业生, |高龄津贴|对象, |失业保险金|领取人员."""
        lists, (start, end) = self.linking_resources.lists, name.span
        meets, getting = lists.says_of_persons.meets, lists.getting_persons.meets
        holders = [one.span for one in self.statement.chunks(*self.clause(start)) if one.kind in _HOLDERS]
        if any((low <= start and end < high) or (low == end and getting(self.text[low:high])) for low, high in holders):
            return True
        near = (t.span.start for t in self.of("population") if 0 < t.span.start - end <= _SAYS_WHO)
        return any(meets(self.text[end:start]) for start in near)

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
                term.span.start
                for term in named
                if term not in self.programmes.own and not self.reckoned.is_shared(term.span)
            ]
        return min(begins, default=None)
