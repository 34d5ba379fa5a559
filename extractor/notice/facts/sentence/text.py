"""A sentence cut into clauses, brackets and parts, with its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extractor.model import Span
from extractor.notice.facts.names.pieces import BRACKET_SIGN
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import DateMention, Modality, Notice, Quantity
    from extractor.notice.facts.linking_resources import LinkingResources
    from extractor.notice.mentions import SentenceMentions
    from extractor.notice.word_lists import WordList

_CLAUSE_MARKS = "，；：。！？\n\t"
_CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
_ENDS = frozenset("。；！？")
_CLOSED = re.compile("[（(][^（()）]*+[）)]")
# A clause without a mark is looked at in stretches of so many characters: work on it stays the same for a character. Lists
# of places without a comma have up to 300 in notices.
_LONGEST_CLAUSE = 400
# So long are the words from a comma to the number that an amount changes from, and an amount's head before the comma.
_CHANGE, _HEAD = 24, 8
# A heading or a lead-in longer than this is a paragraph; its words say too much.
LONGEST_HEADING = 80
# So far back the text before a sentence says what it is about.
TOLD_REACH = 300
# The longest word for who is insured or for a fund.
INSURED = 4


def start_of(span: Span) -> int:
    """Return where a span begins, as a key to look it up by."""
    return span.start


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


class SentenceText:
    """One sentence: its clauses, brackets and numbers. Offsets are of the notice's normalised text."""

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

    @cached_property
    def _citations(self) -> list[Span]:
        """《国家基本医疗保险、工伤保险和生育保险药品目录》: words of a title say nothing about the figures beside it."""
        return [non_figure.span for non_figure in self.mentions.non_figures if non_figure.disposition == "citation"]

    def is_quoted(self, at: int) -> bool:
        """Return True if an offset lies in the title of another document: 《黑龙江省人口与计划生育条例》."""
        return any(title.start <= at < title.end for title in self._citations)

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
        lists = self.linking_resources.statement.words.lists
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
        return BRACKET_SIGN.search(self.text, *self.span) is not None

    def bracket(self, at: int) -> Span | None:
        """Return the closed bracket that holds an offset; None where none does."""
        index = bisect_right(self.brackets, at, key=start_of)
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
    def _number_starts(self) -> list[int]:
        return [*sorted(quantity.number.start for quantity in self.mentions.quantities), len(self.text)]

    @cached_property
    def _figure_ends(self) -> list[int]:
        return [0, *sorted(quantity.span.end for quantity in self.mentions.quantities)]

    def figure_before(self, at: int) -> int:
        """Return where the last quantity up to an offset ends; 0 where there is none."""
        return self._figure_ends[bisect_right(self._figure_ends, at) - 1]

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

    def _under(self, section: int | None, chain: set[int | None]) -> bool:
        """Return True if a section lies in one of others."""
        while section is not None:
            section = self.notice.sections[section].parent
            if section is not None and section in chain:
                return True
        return False

    @cached_property
    def modal_words(self) -> list[tuple[int, int, Modality | None]]:
        """The modal words of the sentence: where each begins and ends, and what it means; None for what only looks like one."""
        pattern, meaning = self.linking_resources.modal
        return [(*match.span(), meaning[match.group()]) for match in pattern.finditer(self.text, *self.span)]

    @cached_property
    def says_per(self) -> bool:
        """False if no word of the sentence says per what an amount is."""
        return self.linking_resources.units.may_say_per(self.text, *self.span)

    @cached_property
    def told(self) -> str:
        """What the paragraph says before this sentence."""
        start = max(self.text.rfind("\n", 0, self.span.start) + 1, self.span.start - TOLD_REACH)
        return self.text[start : self.span.start]
