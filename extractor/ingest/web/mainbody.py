"""Which segments of a page are the notice, and which stand beside it.

1. Prose is text outside links, in sentences. The smallest block that holds three quarters of the page's prose holds
   the article; it grows over the lines before and after it until something of the frame is met, and back to the
   title, so that number, date and signature stay.
2. Within and without, these are furniture: text in links, blocks of links, what nobody sees, what stands
   beside the article by its class or tag (unless it holds a good part of the prose: pages of ASP.NET are one big
   form), and the parts after it (相关阅读, 网友评论).
3. Particulars (索引号, 文号 …) and long prose elsewhere are text.

When in doubt, text: a figure too many is seen and corrected, a figure lost isn't.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from extractor.ingest.web.hints import squeeze
from extractor.ingest.web.markup import BESIDE
from extractor.model import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ingest.web.hints import Hints
    from extractor.ingest.web.segments import Anchor, Segment, WebPage


SENTENCE_END = regex.compile(r"[。；！？]")
COMMA = regex.compile(r"[，、：,]")
ATTACHMENT = regex.compile(r"\A\s*+附\s*+[件表录]")

LEAST_PROSE = 15
LEAST_COMMA_PROSE = 30
# Tuned together on the pages of tests/test_ingest.py; re-run it after a change of any one.
MAIN_SHARE = 0.75
BESIDE_SHARE = 0.35
LINK_LINE = 0.5
LINK_BLOCK = 0.4
LEAST_LINKS = 3
SMALL_SHARE = 0.2
LONG_PROSE = 60
TITLE_LENGTH = 8
LONGEST_HEADLINE = 200
# Lines between a headline and its article: day, source, views, share buttons.
FARTHEST_HEADLINE = 25


def find_furniture(page: WebPage, hints: Hints) -> list[bool]:
    """Say for each segment whether it stands beside the notice."""
    return Judge(page, hints).judge()


class Judge:
    """The sums over a page's blocks that the rules above need; all lists run along `page.nodes` or `page.segments`."""

    def __init__(self, page: WebPage, hints: Hints) -> None:
        """Measure the segments."""
        self.page = page
        self.hints = hints
        self.titles = frozenset(find_titles(page, page.title))
        prose = [prose_of(segment) for segment in page.segments]
        if not any(prose):
            prose = [
                0 if segment.heading or segment.unseen else len(segment.text) - segment.links
                for segment in page.segments
            ]
        self.prose = prose
        self.furniture = [segment.unseen for segment in page.segments]

    def judge(self) -> list[bool]:
        """Apply the rules in their order."""
        if not self.page.segments:
            return []
        self.mark_blocks()
        self.mark_lines()
        first, last = self.grow(*self.find_main())
        for index, segment in enumerate(self.page.segments):
            if not first <= index < last and self.prose[index] < LONG_PROSE and not segment.meta:
                self.furniture[index] = True
        self.mark_tails(first, last)
        return self.furniture

    def sums(self, values: list[int]) -> list[int]:
        """Sum up from the start, so that a block's sum is the difference of two entries."""
        return [0, *accumulate(values)]

    def mark_blocks(self) -> None:
        """Mark the segments of blocks that stand beside the article as a whole."""
        segments = self.page.segments
        prose = self.sums(self.prose)
        size = self.sums([len(segment.text) for segment in segments])
        linked = self.sums([segment.links for segment in segments])
        links = self.sums([int(segment.links > 0) for segment in segments])
        title = self.sums([int(index in self.titles) for index in range(len(segments))])
        done = 0
        for node in self.page.nodes:
            first, last = node.first, node.last
            if last <= max(first, done):
                continue
            share = (prose[last] - prose[first]) / max(1, prose[-1])
            beside = node.tag in BESIDE or self.hints.is_beside(node.names)
            crowd = (
                links[last] - links[first] >= LEAST_LINKS
                and linked[last] - linked[first] >= LINK_BLOCK * (size[last] - size[first])
                and share < SMALL_SHARE
                and not ATTACHMENT.match(segments[first].text)
            )
            beside = (beside and share < BESIDE_SHARE and node.tag not in {"html", "body"}) or crowd
            if beside and title[last] == title[first]:
                self.furniture[first:last] = [True] * (last - first)
                # Blocks come outermost first; what lies within is marked already.
                done = last

    def mark_lines(self) -> None:
        """Mark single lines of links and of the frame; spare attachments and particulars."""
        list_at: frozenset[int] = frozenset()
        for index, segment in enumerate(self.page.segments):
            if self.prose[index] >= LONG_PROSE:
                continue
            around = frozenset((segment.node, self.page.nodes[segment.node].parent))
            linked = segment.links >= LINK_LINE * len(segment.text)
            # 附件：1.… and the lines of links that follow it in the same element.
            listed = bool(ATTACHMENT.match(segment.text)) or (linked and bool(list_at & around))
            list_at = around if listed else frozenset()
            framed = self.hints.is_line(segment.text) or self.hints.is_footer(segment.text)
            if (linked and not listed and index not in self.titles) or (framed and not segment.grid):
                self.furniture[index] = True

    def find_main(self) -> tuple[int, int]:
        """Find the smallest block that holds most of the prose."""
        kept = [0 if beside else prose for beside, prose in zip(self.furniture, self.prose, strict=True)]
        sums = self.sums(kept)
        least = MAIN_SHARE * sums[-1]
        main = (0, len(kept))
        for node in self.page.nodes:
            size = node.last - node.first
            if size > 0 and sums[node.last] - sums[node.first] >= least and size <= main[1] - main[0]:
                main = (node.first, node.last)
        return main

    def grow(self, first: int, last: int) -> tuple[int, int]:
        """Take in the lines around the article up to the frame, and all from the title on."""
        segments = self.page.segments
        while first > 0 and (segments[first - 1].unseen or not self.furniture[first - 1]):
            first -= 1
        while last < len(self.furniture) and (segments[last].unseen or not self.furniture[last]):
            last += 1
        before = [index for index in self.titles if index < first and not self.furniture[index]]
        return max(before, default=self.headline_above(first, last)), last

    def headline_above(self, first: int, last: int) -> int:
        """Find the headline that a share bar or the like parts from an article without one; else its first line."""
        segments = self.page.segments
        prose = next((at for at in range(first, last) if self.prose[at]), last)
        if any(self.is_headline(at) for at in range(first, prose)):
            return first
        above = range(first - 1, max(first - 1 - FARTHEST_HEADLINE, -1), -1)
        return next((at for at in above if not segments[at].unseen and self.is_headline(at)), first)

    def is_headline(self, index: int) -> bool:
        """Return True if a line is set as a headline: by its element, or by what this is called."""
        segment = self.page.segments[index]
        node = self.page.nodes[segment.node]
        return (
            not self.furniture[index]
            and not segment.grid
            and segment.links == 0
            and TITLE_LENGTH <= len(segment.text) <= LONGEST_HEADLINE
            and SENTENCE_END.search(segment.text) is None
            and (segment.heading or self.hints.is_headline(node.names))
        )

    def mark_tails(self, first: int, last: int) -> None:
        """Mark the parts after the article, each from its heading line to the end of its block."""
        prose = self.sums(self.prose)
        for index in range(first, last):
            segment = self.page.segments[index]
            if self.furniture[index] or segment.grid or not self.hints.is_tail(segment.text):
                continue
            end = self.end_of_part(index)
            rest = prose[end] - prose[index]
            # At the head of the page it is a box of links, and the article comes after it.
            end = end if rest * 2 <= prose[last] - prose[first] else index + 1
            self.furniture[index:end] = [True] * (end - index)

    def end_of_part(self, index: int) -> int:
        """Find where the smallest block ends that goes on after a segment."""
        at = self.page.segments[index].node
        while at >= 0 and self.page.nodes[at].last <= index + 1:
            at = self.page.nodes[at].parent
        return self.page.nodes[at].last if at >= 0 else len(self.page.segments)


def prose_of(segment: Segment) -> int:
    """Count the characters of sentences outside links; cells of a data table count half."""
    size = len(segment.text) - segment.links
    if segment.grid:
        return size // 2
    if segment.heading or segment.meta or segment.unseen or size < LEAST_PROSE:
        return 0
    if SENTENCE_END.search(segment.text) or (size >= LEAST_COMMA_PROSE and COMMA.search(segment.text)):
        return size
    return 0


def find_titles(page: WebPage, title: str | None) -> list[int]:
    """Find the segments that repeat a title that the page's head has."""
    title = squeeze(title or "")
    if len(title) < TITLE_LENGTH:
        return []
    return [
        index
        for index, segment in enumerate(page.segments)
        if not segment.grid
        and (segment.heading or segment.links == 0)
        and len(segment.text) < 4 * len(title)
        and repeats(squeeze(segment.text), title)
    ]


def repeats(text: str, title: str) -> bool:
    """Tell a text that a page's title holds (with the site's name after it), begins with, or is held by."""
    return len(text) >= TITLE_LENGTH and (text in title or title in text)


# ── Files that a web page links to as part of the notice: 附件：1.参保登记表.doc
# A link is one of them when it leads to a document, or is called an attachment, and stands in the notice or right after
# it. Addresses are given as written; what doesn't lead to a page or file (``javascript:``, ``mailto:``) is left out.

# The end of an address or of one of its parameters: /f/1.doc, down.jsp?file=1.doc&id=3.
DOCUMENT = regex.compile(
    r"\.(?:pdf|docx?|docm|wps|et|ofd|ceb|rtf|xlsx?|xlsm|csv|pptx?|zip|rar|7z)(?=\Z|[?#&])", regex.IGNORECASE
)
CALLED = regex.compile(r"附\s*+[件表录]")
SCHEME = regex.compile(r"[a-z][a-z0-9+.-]*+:", regex.IGNORECASE)
LONGEST_ADDRESS = 2000
# Lines after the notice (share, print) that its list of files may stand behind.
AFTER = 3
MOST = 500


def find_attachments(segments: Sequence[Segment], furniture: Sequence[bool], hints: Hints) -> tuple[Attachment, ...]:
    """List the attachments in the order of the page, each once."""
    found: dict[Attachment, None] = {}
    near = 0
    for segment, beside in zip(segments, furniture, strict=True):
        if not segment.text:
            continue
        if hints.is_tail(segment.text):
            near = 0
        elif not beside:
            near = AFTER
        files = [anchor for anchor in segment.anchors if near and is_attachment(anchor, beside=beside)]
        found.update(dict.fromkeys(Attachment(name_of(anchor), anchor.address) for anchor in files))
        if beside and not files and near:
            near -= 1
    return tuple(found)[:MOST]


def is_attachment(anchor: Anchor, *, beside: bool) -> bool:
    """Tell a link to a file of the notice; beside the notice it must lead to a document.

    >>> from extractor.ingest.web.segments import Anchor
    >>> is_attachment(Anchor("附件1", "/art/1.html", ""), beside=False)
    True
    >>> is_attachment(Anchor("附件1.doc", "javascript:open('1.doc')", ""), beside=False)
    False
    """
    address = anchor.address
    if not address or len(address) > LONGEST_ADDRESS or address.startswith("#"):
        return False
    scheme = SCHEME.match(address)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return False
    return bool(DOCUMENT.search(address)) or (not beside and bool(CALLED.search(anchor.text)))


def name_of(anchor: Anchor) -> str:
    """Say what an attachment is called; a link that is a picture has its title or the name of its file."""
    return anchor.text or anchor.title or anchor.address.rpartition("/")[2]
