"""What kind of document it is, which year it is for, and when it holds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import regex
from msgspec import Struct, field

from extractor.model import Span
from extractor.notice.structure.dates import add_years, find_date, read_date, read_ordinal, republic_years

if TYPE_CHECKING:
    from extractor.model import NoticeType, ValidityField
    from extractor.notice.structure.closing import Closing
    from extractor.notice.structure.head import Head
    from extractor.notice.structure.page import NoticePage
    from extractor.notice.structure.rules import StructureRules

_QUESTIONS = 3
_FOOT = 40
_REMARK = 60
_HEADING = 40
_DIGITS = "(?:(?:19|20)\\d\\d|二[〇○零][〇○零一二三四五六七八九]{2})"
# 2023住房公积金年度: the year of something that counts its own.
_YEAR = regex.compile(rf"(?<!\d)(?P<year>{_DIGITS})\s?(?:年|(?=学年|\p{{Han}}{{2,6}}年度))")
_BARE_REPUBLIC = regex.compile(r"(?<![\d国])(1\d\d)\s?年")
_RANGE = regex.compile(rf"{_DIGITS}\s?年?度?\s?[-—–－～~至到]{{1,2}}\s?{_DIGITS}\s?(?:学年|年)")
_MONTH = regex.compile(r"^\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_QUOTED = regex.compile(r"《[^《》\n]{1,160}+》|〔[^〔〕\n]{1,12}〕")
_NESTED = regex.compile(r"《[^\n]{1,200}》")


def find_type(page: NoticePage, rules: StructureRules, head: Head, closing: Closing, opening: str) -> NoticeType:
    """Tell a notice from an interpretation, a reprint and any other text."""
    title = head.title.text if head.title else ""
    if rules.meets("interpretation_title", title) or rules.meets("interpretation_opening", opening):
        return "interpretation"
    body = (line.text for i, line in enumerate(page.lines) if page.roles[i] == "body")
    if sum(1 for text in body if rules.patterns["answer"].match(text)) >= _QUESTIONS:
        return "interpretation"
    ends = (*page.lines[: head.body + 1], *page.lines[-_FOOT:])
    if rules.meets("reprint", title) or any(
        len(line.text) < _REMARK and rules.meets("reprint", line.text) for line in ends
    ):
        return "reprint"
    if head.number or head.addressees or rules.title_end.search(title) or (closing.date and closing.signatories):
        return "notice"
    press = rules.meets("press", head.meta.values.get("origin", ""))
    if rules.meets("as_follows", opening[-400:]) and not press:
        return "notice"
    return "reprint" if press else "other"


def find_year(title: str | None, opening: str, rules: StructureRules) -> int | None:
    """Find the year that a notice is for: its title's, else its opening's; None when either names several.

    A range in the title (三年行动方案（2021-2023年）) is no year; a season (2022—2023年度采暖期) is of the year it begins in.
    """
    if title:
        plain = _NESTED.sub("", title)
        for text in (plain, title):
            if season := _season(text, rules):
                return season
            if _RANGE.search(text):
                return None
            years = {_read_year(match) for match in _YEAR.finditer(rules.patterns["year_serial"].sub("", text))}
            years |= republic_years(text)
            if len(years) == 1:
                return years.pop()
            if years:
                return _stated(text, rules)
    return _from_opening(opening, rules)


def _season(text: str, rules: StructureRules) -> int | None:
    """Find the year in which the one season that a text names begins: 2022—2023采暖季; 2021-2023年度 is none."""
    found = {(int(one["from"]), int(one["to"])) for one in rules.patterns["year_season"].finditer(text)}
    return next((first for first, last in found if len(found) == 1 and last == first + 1), None)


def find_report_year(title: str | None, page: NoticePage, rules: StructureRules) -> int | None:
    """Find the year that a work report sets targets for, by its headings: 二、2031年工作安排; None where they name several.

    Else it is the year in which it was given, where that was before its summer: ——2031年1月18日在…会议上.
    """
    if not title or not rules.meets("work_report", title):
        return None
    pattern = rules.patterns["year_targets"]
    headings = (line.text for i, line in enumerate(page.lines) if page.roles[i] == "body" and len(line.text) < _HEADING)
    years = {int(match.group("year")) for text in headings if (match := pattern.search(text))}
    if not years:
        given = (rules.patterns["year_given"].search(line.text) for line in page.lines[:_SPEECH])
        years = {_read_year(day) for day in given if day and (read_ordinal(day.group("month")) or _AUTUMN) < _SUMMER}
    return years.pop() if len(years) == 1 else None


def find_republic_year(text: str | None) -> int | None:
    """Find the year that a title or a sentence of 710000 counts without saying so: 114年最低工资; None where it names several."""
    years = republic_years(_BARE_REPUBLIC.sub(r"中华民国\1年", text or ""))
    return years.pop() if len(years) == 1 else None


def _read_year(match: regex.Match[str]) -> int:
    """Read a year in Arabic or Chinese digits."""
    return read_ordinal(match.group("year").replace("○", "〇")) or 0


def _stated(text: str, rules: StructureRules) -> int | None:
    """Find the one year that a text says it is about: 做好2023年…工作."""
    years = {
        _read_year(match)
        for match in _YEAR.finditer(text)
        if rules.meets("year_subject", text[max(match.start() - 20, 0) : match.start()])
    }
    return years.pop() if len(years) == 1 else None


def _from_opening(opening: str, rules: StructureRules) -> int | None:
    """Find the year of the opening paragraph."""
    reports: set[int] = set()
    plain: list[regex.Match[str]] = []
    quoted = [match.span() for match in _QUOTED.finditer(opening)]
    for match in _YEAR.finditer(opening):
        if any(low <= match.start() < high for low, high in quoted) or _MONTH.match(
            opening[match.end() : match.end() + 5]
        ):
            continue
        # 到2030年，能源结构明显优化; 能耗比2030年下降
        around = opening[max(match.start() - _APART, 0) : match.end() + 1]
        # 初中850元（2023年春季学期起提高到940元）
        aside = opening[max(match.start() - _APART, 0) : match.end() + _ASIDE]
        if _is_result(opening, match, rules) or rules.meets("year_apart", around) or rules.meets("year_aside", aside):
            continue
        if opening[match.end() : match.end() + 1] == "《":
            reports.add(_read_year(match))
        else:
            plain.append(match)
    years = {_read_year(match) for match in plain}
    if len(years) == 1:
        return years.pop()
    if years:
        ranges = [match.span() for match in _RANGE.finditer(opening)]
        subject = {
            _read_year(match)
            for match in plain
            if rules.meets("year_subject", opening[max(match.start() - 20, 0) : match.start()])
            and not any(low <= match.start() < high for low, high in ranges)
        }
        return subject.pop() if len(subject) == 1 else None
    return reports.pop() if len(reports) == 1 else None


def _is_result(opening: str, year: regex.Match[str], rules: StructureRules) -> bool:
    """Return True if what is said of a year are its results: 2024年，我市职工医保基金共支付11.6亿元.

    Or if amounts are reckoned by what was so in it: 按2024年全省职工月均工资的50%执行.
    """
    base = rules.patterns["year_base"].search(
        opening, max(year.start() - _BASED, 0), year.end("year") + _LONGEST_RESULT
    )
    if base is not None and base.start("year") == year.start("year"):  # not 2025年工作，按2024年全省平均工资…
        return True
    before = opening[max(year.start() - 20, 0) : year.start()]
    after = opening[year.end("year") : year.end() + _LONGEST_RESULT]
    since = rules.meets("year_since", after)
    return since or (rules.meets("year_result", after) and not rules.meets("year_subject", before))


# The longest words that say that something is reckoned by what follows: 按照统计部门公布的.
_BASED = 20
# So near before a year stands what makes it another's.
_APART = 3
# So far behind a year a bracket says that figures begin then to be others.
_ASIDE = 10
# Characters within which a result is said of a year.
_LONGEST_RESULT = 60


def find_begin(title: str | None, text: str, rules: StructureRules, dates: Validity) -> int | None:
    """Find the year in which figures begin to hold, of a notice that names neither a year nor its own day of effect.

    It is a school year's of its title, an edition's where the notice has no day of its own, or the one year in which all that its text dates begins (自2031年6月1日起) where the
    notice is of that year as well, or of the autumn before; a title of several years (“十四五”) has none.
    """
    patterns = rules.patterns
    if title and patterns["begin_plan"].search(title):
        return None
    schools = {int(one["from"]) for one in patterns["begin_school"].finditer(title or "") if _is_school_year(one)}
    if len(schools) == 1:
        return schools.pop()
    editions = {int(one["year"]) for one in patterns["begin_edition"].finditer(title or "")}
    issued = dates.issued or dates.published
    if issued is None:
        return editions.pop() if len(editions) == 1 else None  # 生育支持政策明白卡（2026年版）, without a day
    own = int(issued[:4])
    years = editions | {int(one["year"]) for one in patterns["begin_day"].finditer(text)}
    fitting = {own, own + 1} if int(issued[5:7]) >= _AUTUMN else {own}
    return years.pop() if len(years) == 1 and years <= fitting else None


def _is_school_year(said: regex.Match[str]) -> bool:
    return (int(said["from"]) + 1) % 100 == int(said["to"])


# From this month on notices set what holds from the next year on; from the other on reports look back on half a year.
_AUTUMN = 9
_SUMMER = 6
# Within so many lines it is said when a report was given.
_SPEECH = 12


class Validity(Struct):
    """When a notice was issued and published, and from when to when it holds; ISO dates or None.

    ``words`` are those of the text that say when it holds, by what they say.
    """

    issued: str | None = None
    published: str | None = None
    effective: str | None = None
    expires: str | None = None
    words: list[tuple[ValidityField, Span]] = field(default_factory=list)


def find_validity(
    text: str, body: Span, rules: StructureRules, closing: Closing, values: dict[str, str], *, kind: NoticeType
) -> Validity:
    """Read the dates of a notice from its closing, its last articles and, of a notice alone, the page's metadata.

    ``body`` is where its articles stand.
    """
    found = Validity(
        issued=closing.date or find_date(values.get("issued", "")), published=find_date(values.get("published", ""))
    )
    # The clause stands near the end; the last one is the notice's own.
    last = [(role, deque(pattern.finditer(text, *body), maxlen=1)) for role, pattern in rules.rows["validity"]]
    rows = {role: match[0] for role, match in last if match}
    dating = ("effective", "interpreted") if kind == "interpretation" else ("effective",)
    begins = next((rows[role] for role in reversed(dating) if role in rows), None)
    if begins is not None:
        found.effective = read_date(begins.group("date"))
    elif "effective_on_issue" in rows:
        found.effective = found.issued
    if (ends := rows.get("expires")) is not None:
        found.expires = read_date(ends.group("date"))
    years = rows.pop("years", None)
    rows.pop("interpreted", None)
    if kind == "notice":
        found.effective = found.effective or find_date(values.get("effective", ""))
        found.expires = found.expires or find_date(values.get("expires", ""))
    if years and found.effective and not found.expires:
        found.expires = add_years(found.effective, read_ordinal(years.group("years")) or 0)
        rows["expires"] = years
    said = {_FIELDS[role]: match for role, match in rows.items()}
    if begins is not None:
        said["effective_on"] = begins
    found.words = [(name, Span(*match.span())) for name, match in said.items()]
    return found


# What the words of a row of `structure.toml` say by its role.
_FIELDS: dict[str, ValidityField] = {
    "effective": "effective_on", "effective_on_issue": "effective_on", "expires": "expires_on",
    "until_changed": "until_changed",
}  # fmt: skip
