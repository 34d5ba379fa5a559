"""Document numbers: 医保发〔2022〕20号 in all its spellings, and those of orders and announcements.

One spelling goes into the dataset: 〔〕 around the year and no blanks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.notice.structure.rules import StructureRules

_CORE = r"[〔\[［(（【﹝〈]\s?(?P<year>(?:19|20)\d\d)\s?年?[〕\]］)）】﹞〉]\s?(?P<order>第?\s?\d{1,5})\s?号"
_SERIAL = r"(?:(?:19|20)\d\d\s?年\s?)?第\s?(?:\d{1,5}|[一二三四五六七八九十百]{1,6})\s?号"
CORE = regex.compile(_CORE)
_OWN = regex.compile(rf"^[（(【]?(?P<prefix>[\p{{Han}}A-Z](?:\s?[\p{{Han}}A-Z]){{1,24}}?)\s?{_CORE}[）)】]?$")
_OWN_SERIAL = regex.compile(
    rf"^[（(【]?(?P<prefix>(?:[\p{{Han}}]{{2,40}}?(?:令|公告|通告))?)\s?(?P<serial>{_SERIAL})[）)】]?$"
)
# 劳动条2字第1130148123号: the numbers of Taiwan's offices.
_WORD_SERIAL = regex.compile(r"^(?P<prefix>[\p{Han}\d()（）]{2,16}字)\s?(?P<serial>第\s?[\dA-Z]{4,14}\s?号)$")
_BESIDE = regex.compile(rf"(?:(?<=[\s）》])|(?=[（(【]))[（(【]?(?P<prefix>[\p{{Han}}]{{2,16}})\s?{_CORE}[）)】]?$")
_IN_FRONT = regex.compile(rf"^(?P<prefix>[\p{{Han}}]{{2,16}})\s?{_CORE}[\s：:]{{1,4}}(?=\S)")
ORDER = regex.compile(r"[\p{Han}]{2,30}?(?:令|公告)\s?(?:(?:19|20)\d\d\s?年\s?)?第\s?\d{1,5}\s?号")
_HAN_TAIL = regex.compile(r"[\p{Han}]{1,16}$")
_LONGEST_PREFIX = 16


class Number(NamedTuple):
    """A document number as found: its place and its one spelling."""

    start: int
    end: int
    number: str


def spell(match: regex.Match[str], prefix: str) -> str:
    """Write a number with 〔〕 and no blanks."""
    order = "".join(match.group("order").split())
    return f"{''.join(prefix.split())}〔{match.group('year')}〕{order}号"


def own_number(line: str) -> str | None:
    """Read a line that is a document number and nothing else.

    >>> own_number("赣医保发[2022] 14 号"), own_number("第263号"), own_number("根据医保发〔2022〕20号文件要求")
    ('赣医保发〔2022〕14号', '第263号', None)
    """
    if len(line) > 90 or "号" not in line:  # noqa: PLR2004 - a number is short
        return None
    if match := _OWN.match(line):
        return spell(match, match.group("prefix"))
    if match := _OWN_SERIAL.match(line) or _WORD_SERIAL.match(line):
        return "".join((match.group("prefix") + match.group("serial")).split())
    return None


def take_number(line: str) -> tuple[str, str | None]:
    """Cut the number that stands beside a title: the title alone, and the number or None.

    >>> take_number("关于做好工作的通知（赣医保发〔2022〕14号）")
    ('关于做好工作的通知', '赣医保发〔2022〕14号')
    """
    if "号" not in line or len(line) > 300:  # noqa: PLR2004 - longer lines are not titles
        return line, None
    if match := _IN_FRONT.match(line):
        return line[match.end() :].strip(), spell(match, match.group("prefix"))
    match = _BESIDE.search(line[-60:])
    if match and match.start():
        return line[: len(line) - len(line[-60:]) + match.start()].strip(), spell(match, match.group("prefix"))
    return line, None


def find_numbers(text: str, rules: StructureRules) -> Iterator[Number]:
    """Find every document number of a text: 医保发〔2022〕20号, 国务院令第735号."""
    for match in CORE.finditer(text):
        tail = _HAN_TAIL.search(text, max(match.start() - _LONGEST_PREFIX, 0), match.start())
        prefix = _trim(tail.group(), rules, shortest=1) if tail else ""
        if prefix:
            yield Number(match.start() - len(prefix), match.end(), spell(match, prefix))
    for match in ORDER.finditer(text):
        words = _trim(match.group(), rules, shortest=2).removeprefix("原")
        yield Number(match.end() - len(words), match.end(), "".join(words.split()))


def _trim(words: str, rules: StructureRules, *, shortest: int) -> str:
    """Drop what leads up to a number: 根据医保发 → 医保发.

    Leads of one character are asked for only before short codes: 人力资源和社会保障部令 holds 和.
    """
    cut = 0
    for word in rules.words["lead_in"]:
        at = words.rfind(word)
        if at >= 0 and len(word) >= shortest:
            cut = max(cut, at + len(word))
    return words[cut:]
