"""Steps of normalising that look at neighbours: each takes a text and gives its edits.

``gloss`` runs before script conversion, whose phrases a gloss would cut in two; the others run on simplified text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import regex

from extractor.notice.normalise.characters import HAN, MARKS, NUMERALS, is_chinese

if TYPE_CHECKING:
    from extractor.notice.normalise.aligned import Change

_TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ"
_COMBINING = "\u0300\u0301\u0304\u0306\u030c"
_VOWEL = "aeiouüɑ"
# With so many real glosses in a text, (de) after a character is one too; a single (de) may be anything.
_GLOSSES_NEEDED = 3
_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_DOUBLES = ("，，", "。。", "、、", "；；", "：：", "？？", "！！")
_LONGEST_BRACKET = 500
_LONGEST_QUOTE = 60


@cache
def _gloss() -> regex.Pattern[str]:
    syllable = (
        rf"(?:[zcs]h|[bpmfdtnlgɡkhjqxrzcsyw])?+[{_VOWEL}]{{0,2}}"
        rf"(?:[{_TONED}]|[{_VOWEL}n][{_COMBINING}])[{_VOWEL}]{{0,2}}(?:n[gɡ]?|r)?"
    )
    return regex.compile(rf"(?<=[{HAN}])[(（](?:(?P<toned>{syllable})|de|le|zhe|me|men|ma|ne|ba|zi|la|ya)[)）]")


def find_gloss(text: str) -> list[Change]:
    """Remove pinyin glosses; units and abbreviations in brackets stay.

    >>> find_gloss("醫(yī)保")
    [(1, 5, '')]
    >>> find_gloss("千克(kg)，公顷(ha)")
    []
    """
    if not ("(" in text or "（" in text):
        return []
    found = list(_gloss().finditer(text))
    toned = [m for m in found if m["toned"]]
    return [(m.start(), m.end(), "") for m in (found if len(toned) >= _GLOSSES_NEEDED else toned)]


@cache
def _doubled() -> regex.Pattern[str]:
    near = rf"[{HAN}{MARKS}%‰]"
    half = "(?:,(?=[,;:?!])|;(?=;)|:(?=:))"
    return regex.compile(
        rf"[,;:]{{1,3}}+(?=[，。、；：？！])"  # 中央,、国务院
        rf"|(?<={near}){half}|{half}(?=[,;:?!]{{1,3}}+(?:{near}|$))"  # 改革,,促进; 如何调整,?
        r"|(?<=，),|(?<=；);|(?<=：):"
        r"|([，、；：])(?=\1)|([。？！])(?=\2)(?<!\2\2)(?!\2\2)",  # 。。。 serves as an ellipsis: it stays
        regex.MULTILINE,
    )


def find_doubled(text: str) -> list[Change]:
    """Remove the first of two marks where a half-width one stands before another mark, or one stands twice.

    >>> find_doubled("党中央,、国务院")
    [(3, 4, '')]
    >>> find_doubled("等等……如下——")
    []
    """
    if not any(mark in text for mark in ",;:") and not any(double in text for double in _DOUBLES):
        return []
    return [(m.start(), m.end(), "") for m in _doubled().finditer(text)]


def _neighbours(text: str, at: int) -> tuple[str, str]:
    """Give the characters beside a mark, past up to two spaces; empty at a line's border."""
    left = text[max(at - 3, 0) : at].rstrip(" ")[-1:]
    right = text[at + 1 : at + 4].lstrip(" ")[:1]
    return left.strip(), right.strip()


def _is_chinese_mark(text: str, at: int) -> bool:
    """Say whether a half-width mark (no bracket) stands in Chinese text."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if "\u4e00" <= before <= "\u9fff" and text[at] in ",;!":
        return True  # the usual case
    if before.isdigit() and after.isdigit():
        return False  # 1,020; 7:3
    if text[at] == "?" and (
        after in set(",;:，。；：、") - {""} or "a" <= after <= "z" or "\ue000" <= after <= "\uf8ff"
    ):
        return False  # 疾?。ㄒ韵: what a lost byte left, not a question
    if text.startswith("://", at):
        return False
    left, right = _neighbours(text, at)
    return is_chinese(left) or is_chinese(right) or (left in {"%", "‰"} and right.isdigit())


def _is_chinese_bracket(text: str, at: int) -> bool:
    left, right = _neighbours(text, at)
    return is_chinese(left) or is_chinese(right)


def _find_brackets(text: str) -> list[Change]:
    """Widen brackets, both of a pair when either stands by Chinese text; pairs don't reach over lines."""
    changes: list[Change] = []
    opened: list[int] = []
    for m in regex.finditer(r"[()\n]", text):
        at, char = m.start(), m[0]
        if char == "(":
            opened.append(at)
            continue
        pair = [at] if char == ")" else []
        if pair and opened and at - opened[-1] <= _LONGEST_BRACKET:
            pair.append(opened.pop())
        if any(_is_chinese_bracket(text, place) for place in pair):
            changes += [(place, place + 1, _FULL[text[place]]) for place in pair]
        if char == "\n":
            changes += [(place, place + 1, "（") for place in opened if _is_chinese_bracket(text, place)]
            opened.clear()
    changes += [(place, place + 1, "（") for place in opened if _is_chinese_bracket(text, place)]
    return changes


def _find_quotes(text: str) -> list[Change]:
    """Turn straight quotes around Chinese words into “”, on lines where they pair."""
    changes: list[Change] = []
    for line in regex.finditer(r'[^\n"]*+"[^\n]*+', text):
        if line[0].count('"') % 2:
            continue
        for m in regex.finditer(rf'"([^"]{{1,{_LONGEST_QUOTE}}}+)"|"[^"]*+"', line[0]):
            if m[1] and any(map(is_chinese, m[1])):
                start, end = line.start() + m.start(), line.start() + m.end()
                changes += [(start, start + 1, "“"), (end - 1, end, "”")]
    return changes


@cache
def _stops() -> regex.Pattern[str]:
    """A half-width stop behind Chinese words (每人120元.身份重叠的); 1.总则 and nhsa.gov.cn keep theirs."""
    # 元/人.月 has a point between what it is per.
    per = "(?<![/／][人户生])|(?!.[年月日天次](?![年月日性初末底度中终]))"
    return regex.compile(rf"(?<=[{HAN}）”》%‰])(?:{per})\.(?=[{HAN}“《（]|[ ]*+(?:\n|$))")


def find_punctuation(text: str) -> list[Change]:
    """Widen half-width marks in Chinese text, never between digits or inside Latin text.

    >>> find_punctuation("达到1,020元,其中")
    [(8, 9, '，')]
    """
    changes: list[Change] = []
    if any(mark in text for mark in ",;:?!"):
        marks = regex.finditer(r"[,;:?!]", text)
        changes = [(at, at + 1, _FULL[m[0]]) for m in marks if _is_chinese_mark(text, at := m.start())]
    if "." in text:
        changes += [(m.start(), m.end(), "。") for m in _stops().finditer(text)]
    if "(" in text or ")" in text:
        changes += _find_brackets(text)
    if '"' in text:
        changes += _find_quotes(text)
    return sorted(changes)


@cache
def _split_figures() -> regex.Pattern[str]:
    """Spaces inside one number: 2 100 元, 1 083 760 元, 0. 2 %, 9 . 5 万 家, 4 万 元, 6 4 0元, 6 40元.

    Groups of three digits count as one number only before a unit; 1. 3个月 at the start of a line is an item's number.
    """
    name = "(?:元|人|户|家|名|个|亩|吨|张|件|种|%)"
    other = "(?:元|人|户|家|名|个|亩|张|件|种|%|类|天|日|月|年|次|所|项|倍|周岁|岁|批|期|小时|万|亿)"
    unit = f"[万亿]? ?{name}"
    groups = rf"(?<=[{HAN}、，：；（] ?)(?<!\d ?)\d{{1,3}}(?P<gap> )(?=\d{{3}}(?: \d{{3}})* ?{unit})"
    more = rf"(?<= \d{{3}})(?P<gap> )(?=\d{{3}}(?: \d{{3}})* ?{unit})"
    point = rf"(?<=[{HAN}、，；：和与至] ?\d{{1,3}})(?P<gap> ?)\.(?P<gap2> ?)(?=\d{{1,3}} ?(?:[%‰]|[万亿] ?{name}|元))"
    scale = rf"(?<=\d ?[万亿])(?P<gap> )(?={name})|(?<=\d)(?P<gap> )(?=[万亿] ?{name})"
    single = rf"(?<=[{HAN}、，：；（] ?\d(?: \d){{0,8}})(?P<gap> )(?=\d(?: \d){{0,8}} ?{other})"
    lead = rf"(?<=[{HAN}、，：；（] ?\d)(?P<gap> )(?=\d{{2}} ?[万亿]?元|00 ?{name})"
    per = r"(?<=元)(?P<gap> )(?=[/／])|(?<=[/／])(?P<gap> )(?=[人月年])|(?<=[/／] ?人)(?P<gap> )(?=[·/])|(?<=·)(?P<gap> )(?=[年月])"
    return regex.compile(f"{groups}|{more}|{point}|{scale}|{single}|{lead}|{per}")


@cache
def _maybe_split() -> re.Pattern[str]:
    """What every split number has; most texts have none, and this is found faster than the whole pattern fails."""
    return re.compile(r"\d [\d.万亿]|\d\. \d|[万亿] |元 [/／]|[/／] [人月年]|[人] ·|· [年月]")


@cache
def _thousands() -> regex.Pattern[str]:
    """A full-width separator of thousands: １，０２０ or 1，020; but 80，100 may be two numbers and stays."""
    return regex.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))|(?<=(?<!\d)\d{1,3})，(?=0\d{2}(?!\d))")


def find_thousands(text: str) -> list[Change]:
    """Narrow a full-width separator of thousands, before the digits beside it are narrowed.

    >>> find_thousands("１，０２０元"), find_thousands("80，100元")
    ([(1, 2, ',')], [])
    """
    if "，" not in text:
        return []
    return [(m.start(), m.end(), ",") for m in _thousands().finditer(text)]


_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾₀₁₂₃₄₅₆₇₈₉₊₋₍₎"
_CIRCLED = "①-⑳"


@cache
def _note_marks() -> regex.Pattern[str]:
    """A note's mark within a figure: 640¹元, 300①元. 10⁴ is a power, and so is what an × stands before; m² is a unit."""
    after = rf"(?<=[\d{NUMERALS}%‰])(?<!(?<![\d.])10)(?<![×xX*·] ?\d{{1,3}})"
    return regex.compile(
        rf"{after}(?:[{_RAISED}]++|[{_CIRCLED}]{{1,3}}+(?=[ ]?[元万亿%‰个岁天日月年人周倍户家次种项名]))(?![\d./])"
    )


def find_note_marks(text: str) -> list[Change]:
    """Take the mark of a note out of a figure.

    >>> find_note_marks("达到640¹元"), find_note_marks("约10⁴万元，90m²")
    ([(5, 6, '')], [])
    """
    if regex.search(rf"[{_RAISED}{_CIRCLED}]", text) is None:
        return []
    return [(m.start(), m.end(), "") for m in _note_marks().finditer(text)]


# Stars beside digits or letters cover what nobody shall read (6222**1234).
_BOLD = regex.compile(r"(?<![0-9A-Za-z*])\*\*(?=[^*\s])([^*\n]{1,80})(?<=\S)\*\*(?![0-9A-Za-z*])")


def find_bold(text: str) -> list[Change]:
    """Take away the stars of Markdown around words of a line.

    >>> find_bold("2. **助学金**一档")
    [(3, 5, ''), (8, 10, '')]
    >>> find_bold("6222**1234**尾号"), find_bold("注：** 为估计")
    ([], [])
    """
    if "**" not in text:
        return []
    found = [match.span(1) for match in _BOLD.finditer(text)]
    return [change for start, end in found for change in ((start - 2, start, ""), (end, end + 2, ""))]


def find_split_figures(text: str) -> list[Change]:
    """Close the spaces inside a number that a page's layout spread apart.

    >>> find_split_figures("每年 2 100 元")
    [(4, 5, '')]
    """
    if " " not in text or _maybe_split().search(text) is None:
        return []
    places = {span for m in _split_figures().finditer(text) for name in ("gap", "gap2") for span in m.spans(name)}
    return [(start, end, "") for start, end in sorted(places) if end > start]


@cache
def _spaces() -> regex.Pattern[str]:
    word = rf"(?:(?![{NUMERALS}])[{HAN}])"
    mark = "[，。、；：？！（）〔〕《》“”‘’]"
    # At a line's start 1 个人缴费 is a heading with its number; 5 个月 and 2023 年 are figures also there.
    unit = "(?:[年月日元万亿岁天倍%‰℃㎡]|个(?:月|百分|工作|以|省|试)|周岁|小时)"
    number = r"(?<=^[ ]{0,8}\d{1,2}(?:\.\d{1,2}){0,3}[ ])"
    ordinal = rf"[\d{NUMERALS}]"
    # 生效日期：2022-07-20 废止日期：the next field of a line keeps its distance.
    field = rf"(?![{HAN}]{{2,8}}[：:])"
    return regex.compile(
        rf"""(?<![ ])[ ]{{1,2}}(?![ ])(?:
          (?<=\d[ ]{{1,2}})(?={unit}|[百千](?:[万亿]|元))
        | (?<=\d[ ])(?={word}){field}(?<!{number})
        | (?<={word}(?<!元)[ ])(?=\d)  # 610元 70% are two figures of a row
        | (?<=[%‰][ ])(?={word})
        | (?<=[{HAN}\d%‰A-Za-z][ ]{{1,2}})(?={mark})
        | (?<={mark}[ ])(?=[{HAN}\d]){field}
        | (?<=[，。、；：（〔《“‘][ ]{{2}})(?=[{HAN}\d])
        | (?<=第[ ])(?={ordinal})
        | (?<=第[ ]?{ordinal}{{1,6}}[ ])(?=[条章节款项批次类期届号])
        | (?<=[\d年月日元%‰][ ])(?=[-—–―～~∶至到][ ]?\d)
        | (?<=[\d年月日元%‰][ ]?[-—–―～~∶至到][ ])(?=\d)
        | (?<=\d[ ]?[年月日][ ])(?=[起前后内止底末初至到])
        | (?<=[¥￥＄$][ ])(?=\d)
        | (?<=(?<![A-Za-z])[A-Z][A-Z/+-]{{1,9}}[ ])(?={word})
        | (?<={word}[ ])(?=[A-Z][A-Z/+-]{{1,9}}(?![A-Za-z]))
        )""",
        regex.VERBOSE | regex.MULTILINE,
    )


def find_spaces(text: str) -> list[Change]:
    """Remove spaces inside figures, between figures and words, and beside Chinese marks.

    >>> find_spaces("达到 99% 以上，第一 10 元 20")
    [(2, 3, ''), (6, 7, ''), (15, 16, '')]
    """
    if " " not in text:
        return []
    return [(m.start(), m.end(), "") for m in _spaces().finditer(text)]


@cache
def _letters() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Compile the two forms; apart, each is found twenty times as fast as in one pattern."""
    han = f"[{HAN}]"
    return (
        # Same gap all along, and a wider one or the line's end on both sides: 国家医保局    财 政 部
        regex.compile(
            rf"(?<![^ \t\n][ ]?){han}(?P<gap>[ ]{{1,4}}){han}(?:(?P=gap){han}){{1,30}}+"
            r"(?!(?P=gap)?[^ \t\n])(?![ ]?[^ \t\n])"
        ),
        regex.compile(rf"^[ ]{{0,40}}+\K{han}[ ]{{1,8}}{han}(?=[ ]{{0,2}}[：:]|[ ]{{0,40}}+$)", regex.MULTILINE),
    )


def find_letters(text: str) -> list[Change]:
    """Join words whose letters are spread apart and that stand alone.

    >>> find_letters("财 政 部")
    [(1, 2, ''), (3, 4, '')]
    >>> find_letters("国家医保局 财政部")
    []
    """
    if " " not in text:
        return []
    return [
        (m.start() + gap.start(), m.start() + gap.end(), "")
        for m in sorted((m for pattern in _letters() for m in pattern.finditer(text)), key=regex.Match.start)
        if not set(m[0]) <= {*NUMERALS, " "}
        for gap in regex.finditer(" +", m[0])
    ]
