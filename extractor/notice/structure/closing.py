"""The closing of a notice: signatories, date, 附件 list, 公开方式; and what stands below it.

Below the closing date a line is an attachment's, a closing remark (抄送, 联系人), or furniture. A text that begins anew
there (第一章, a table, a long paragraph) is body: the 办法 that a 通知 issues often follows without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.notice.structure.dates import read_date
from extractor.notice.structure.sections import match_marker
from extractor.notice.structure.titles import read_orgs

if TYPE_CHECKING:
    from extractor.notice.structure.page import NoticePage
    from extractor.notice.structure.rules import StructureRules

# A closing has at most that many lines of signatories, and of attachment names above them.
_MOST_SIGNED = 40
_MOST_LISTED = 40
_PARAGRAPH = 60
_TITLES = 6
_LONGEST_REMARK = 400
_SHORT = 80
_ITEM = regex.compile(r"^\s*\d{1,2}\s?[.．、]")
# The name of an attachment: 附件, 附件2, 附 表 1-2.
ATTACHMENT = regex.compile(r"【?附\s?[件表录图](?:\s?[—-]?(?:\d{1,2}(?:[—-]\d{1,2})?|[一二三四五六七八九十]{1,3}))?")
_REMARKS = ("disclosure", "contact", "printed", "formula")
_AGAIN = {"章", "条", "han", "编"}


class Closing(Struct):
    """Signatories and date of the main text; ``start`` and ``end`` are lines, end after the last."""

    signatories: tuple[str, ...] = ()
    date: str | None = None
    start: int | None = None
    end: int | None = None


def find_closing(page: NoticePage, rules: StructureRules, body: int) -> Closing:
    """Find the closing of the main text and mark its lines."""
    dated = [
        (i, match)
        for i in range(body, len(page.lines))
        if page.roles[i] in {"body", "cell"} and (match := _date_line(page, i, rules))
    ]
    for i, match in dated:
        before = match.group("before").strip()
        own = read_orgs(before, rules) if before else ()
        if before and not own:
            continue
        first, names = _signed_above(page, rules, body, i)
        if own or names or _follows_formula(page, rules, body, i):
            return _close(page, rules, body, Closing((*names, *own), read_date(match.group("date")), first, i + 1))
    if dated and not dated[-1][1].group("before").strip() and not _goes_on(page, rules, dated[-1][0] + 1):
        i, match = dated[-1]
        return _close(page, rules, body, Closing((), read_date(match.group("date")), i, i + 1))
    return _undated(page, rules, body)


def _date_line(page: NoticePage, index: int, rules: StructureRules) -> regex.Match[str] | None:
    """Match a line that is a date, alone or after its signatories."""
    text = page.lines[index].text
    return rules.date_line.match(text) if len(text) < 160 and text[-1] in "日）)。0123456789发一二三四五六天" else None  # noqa: PLR2004


def _signed_above(page: NoticePage, rules: StructureRules, body: int, date: int) -> tuple[int, tuple[str, ...]]:
    """Collect the signatories on the lines above the date; return the first of these lines as well."""
    names: tuple[str, ...] = ()
    first = date
    for i in range(date - 1, max(body, date - _MOST_SIGNED) - 1, -1):
        if page.roles[i] in {"blank", "furniture"}:
            continue
        text = page.lines[i].text
        found = read_orgs(text, rules) if len(text) < 400 and match_marker(text) is None else ()  # noqa: PLR2004
        if not found:
            break
        names, first = (*found, *names), i
    return first, names


def _follows_formula(page: NoticePage, rules: StructureRules, body: int, date: int) -> bool:
    """Say whether the line above a bare date closes a text: 特此通知, 此页无正文, 省长 某某."""
    above = next((i for i in range(date - 1, body - 1, -1) if page.roles[i] not in {"blank", "furniture"}), None)
    if above is None:
        return False
    text = page.lines[above].text
    return rules.meets("formula", text) or rules.meets("signed_off", text[-90:])


def _close(page: NoticePage, rules: StructureRules, body: int, closing: Closing) -> Closing:
    """Mark the closing, with the formula and the list of attachments above it."""
    start = closing.start if closing.start is not None else len(page.lines)
    page.mark(range(start, closing.end or start), "closing")
    closing.start = _extend_up(page, rules, body, start)
    return closing


def _extend_up(page: NoticePage, rules: StructureRules, body: int, start: int) -> int:
    """Mark 特此通知, remarks and the 附件 list above the signatories; return the first line of it all."""
    listed: list[int] = []
    for i in range(start - 1, max(body, start - _MOST_LISTED) - 1, -1):
        text = page.lines[i].text
        if page.roles[i] in {"blank", "furniture"}:
            continue
        if len(text) > 200:  # noqa: PLR2004 - a paragraph
            break
        if rules.meets("attachment_list", text):
            page.mark([i, *listed], "closing")
            start, listed = i, []
        elif any(rules.meets(group, text) for group in _REMARKS) and "。" not in text[:-1]:
            page.mark([i], "closing")
            start = i
        elif (_ITEM.match(text) or len(text) < _SHORT) and "。" not in text and page.roles[i] == "body":
            # Perhaps an item of the 附件 list that begins further up.
            listed.append(i)
        else:
            break
    return start


def _undated(page: NoticePage, rules: StructureRules, body: int) -> Closing:
    """Find a closing without a date: names of organs below 特此通知, or as the last lines."""
    for i in range(body, len(page.lines)):
        text = page.lines[i].text
        if page.roles[i] == "body" and len(text) < 40 and rules.meets("formula", text):  # noqa: PLR2004 - a formula is short
            names: tuple[str, ...] = ()
            end = i + 1
            for j in page.filled(i + 1, i + _MOST_SIGNED):
                found = read_orgs(page.lines[j].text, rules)
                if not found:
                    break
                names, end = (*names, *found), j + 1
            page.mark(range(i, end), "closing")
            return Closing(names, None, i, end)
    return Closing()


def _goes_on(page: NoticePage, rules: StructureRules, start: int) -> bool:
    """Say whether body text follows: a paragraph or a section."""
    return any(
        (len(page.lines[i].text) >= _PARAGRAPH and "。" in page.lines[i].text) or match_marker(page.lines[i].text)
        for i in page.filled(start, len(page.lines))
        if not rules.meets("furniture", page.lines[i].text)
    )


def read_tail(page: NoticePage, rules: StructureRules, start: int, *, closed: bool) -> dict[int, str]:
    """Sort the lines from ``start`` on: attachments, remarks, furniture; return where attachments begin, with ids.

    ``closed`` says that the notice has ended above ``start``; without a closing only link lists are furniture.
    """
    tail = _Tail(page, rules, closed=closed)
    for i in range(start, len(page.lines)):
        if page.roles[i] not in {"blank", "furniture"}:
            tail.read(i)
    return tail.resets


class _Tail:
    """State of the walk below the closing: in ``tail``, ``body``, a ``list`` of attachment names, or ``links``."""

    def __init__(self, page: NoticePage, rules: StructureRules, *, closed: bool) -> None:
        """Begin right below the closing, or in the body of a notice without one."""
        self.page, self.rules, self.closed = page, rules, closed
        self.state = "tail" if closed else "body"
        self.resets: dict[int, str] = {}
        self.held: list[int] = []

    def read(self, i: int) -> None:
        """Give one line its role."""
        page, rules = self.page, self.rules
        text = page.lines[i].text
        short = len(text) < _SHORT
        if short and rules.meets("attachment_start", text) and not rules.meets("attachment_file", text):
            self._begin(i)
        elif short and rules.meets("links", text) and page.roles[i] == "body":
            self._links(i)
        elif self.state == "body":
            if self.closed and len(text) < _SHORT and rules.meets("printed", text):
                page.mark([i], "closing")
        elif self._begins_anew(i, text):
            self._resume(i)
        elif self.state != "links" and self._is_remark(text):
            page.mark([i], "closing")
        else:
            page.mark([i], "furniture")
            self.held.append(i)

    def _begin(self, i: int) -> None:
        """Begin an attachment."""
        name = ATTACHMENT.match(self.page.lines[i].text)
        self.page.mark([i], "body")
        self.resets[i] = "".join(name.group().split()).strip("【") if name else ""
        self.state, self.held = "body", []

    def _links(self, i: int) -> None:
        """Begin a list of links."""
        self.page.mark([i], "furniture")
        self.state, self.held = "links", []

    def _is_remark(self, text: str) -> bool:
        """Say whether a line below the closing still belongs to it."""
        rules = self.rules
        # 抄送 lists run long.
        if len(text) > _LONGEST_REMARK:
            return False
        if rules.meets("attachment_list", text):
            self.state = "list"
            return True
        return (self.state == "list" and _ITEM.match(text) is not None) or any(
            rules.meets(group, text) for group in _REMARKS
        )

    def _begins_anew(self, i: int, text: str) -> bool:
        """Say whether a body begins here again."""
        if self.page.roles[i] == "cell" and self.state != "links":
            return True
        marker = match_marker(text)
        if marker and marker.type in _AGAIN and marker.value == 1:
            return True
        if self.state == "links" and self.closed:
            return False
        return len(text) >= _PARAGRAPH and "。" in text and not self.rules.meets("furniture", text)

    def _resume(self, i: int) -> None:
        """Go back to body, with the title lines right above."""
        title = [j for j in self.held if i - j <= 2 * _TITLES][-_TITLES:]
        first = title[0] if title and self.state != "links" else i
        if self.state != "links":
            self.page.mark(title, "body")
        self.page.mark([i], "body" if self.page.roles[i] != "cell" else "cell")
        if self.closed:
            self.resets.setdefault(first, "")
        self.state, self.held = "body", []
