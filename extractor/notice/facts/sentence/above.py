"""What stands above a sentence, and governs it: headings, a lead-in, a question, a table's heads and caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Span
from extractor.notice.facts.sentence.terms import NO_TERMS, SentenceTerms
from extractor.notice.facts.sentence.text import LONGEST_HEADING, start_of
from extractor.notice.mentions.cells import CAPTION_REACH
from extractor.notice.once import cached_property

if TYPE_CHECKING:
    from extractor.model import Term

_ASKING = ("？", "?")
# So many sentences an answer has at most.
_ANSWER = 13
# An example is told in a few sentences.
_EXAMPLE_REACH = 300
# What a paragraph's next sentences are about is named in so many signs, behind a mark of so many, so many sentences before.
_TOPIC, _TOPIC_MARK, _TOPIC_BEFORE = 20, 6, 3


class SentenceSurroundings(SentenceTerms):
    """The same, with what stands above it, nearest first."""

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
        return [*self.sentence.context, *sorted((*said, *self.headings), key=start_of, reverse=True)]

    @cached_property
    def words_around(self) -> list[str]:
        """The words of what stands above the sentence, nearest first."""
        return [self.words(span) for span in self.around]

    @cached_property
    def words_above(self) -> str:
        """The words of all that stands above the sentence."""
        return "".join(words + "\n" for words in self.words_around)

    def terms_over(self, span: Span) -> list[Term]:
        """The catalog's words that a span of the sentence, a heading or a header cell holds any sign of, hidden ones too."""
        places = (self.searched, *self.around)
        holding = (place for place in places if place.start <= span.start and span.end <= place.end)
        place = next(holding, None)
        terms = self.linking_resources.terms_at(self.notice, place) if place else []
        return [term for term in terms if term.span.start < span.end and span.start < term.span.end]

    def terms_around(self, group: str) -> list[tuple[Span, list[Term]]]:
        """Return the terms of one group in each place above the sentence that has some."""
        return self._terms_around.get(group, NO_TERMS)

    @cached_property
    def _terms_around(self) -> dict[str, list[tuple[Span, list[Term]]]]:
        groups: dict[str, list[tuple[Span, list[Term]]]] = {}
        for span in self.around:
            of_place: dict[str, list[Term]] = {}
            for term in self.linking_resources.terms_at(self.notice, span):
                if term.group == "programme" and self.lends(term.key, term.span) and self.is_apart(term.key):
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
