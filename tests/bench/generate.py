"""Makes any amount of notice text from the few notices there are: other figures, years and names in every sentence.

The same seed gives the same text. What makes a notice stays as it is: its lines, marks, section numbers, formulas and
the density of its figures. A sentence that would repeat is varied again, and at last begins with the name of a place.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import regex

from extractor import ingest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "notices"
CORPUS = ROOT / "corpus"

PLACES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 "
    "云南 西藏 陕西 甘肃 青海 宁夏 石家庄 太原 沈阳 长春 哈尔滨 南京 苏州 杭州 宁波 合肥 福州 厦门 南昌 赣州 济南 青岛 郑州 洛阳 "
    "武汉 宜昌 长沙 株洲 广州 深圳 南宁 桂林 海口 成都 绵阳 贵阳 遵义 昆明 大理 西安 兰州 西宁 银川 乌鲁木齐 大连 无锡 温州 芜湖"
).split()
# One word of a row stands for any other: it is put in its place, and nothing else of the sentence changes.
GROUPS = tuple(
    tuple(row.split())
    for row in (
        "国家医保局 国家医疗保障局 国家卫生健康委 人力资源社会保障部 民政部 教育部 财政部 国家税务总局 国家药监局 农业农村部",
        "医疗保障局 财政局 税务局 民政局 卫生健康委员会 人力资源和社会保障局 教育局 乡村振兴局 市场监督管理局 审计局",
        "低保对象 特困人员 返贫致贫人口 脱贫不稳定人口 边缘易致贫人口 孤儿 重度残疾人 困难群众 农村低收入人口 低保边缘家庭成员",
        "参保居民 参保人员 城乡居民 在校大学生 中小学生 新生儿 老年人 灵活就业人员 新就业形态从业人员 退役军人 失业人员",
        "加强 完善 健全 落实 做好 优化 强化 规范 推动 深化 扩大 巩固 统筹 探索 加快 推进 改进 支持 引导 压实 夯实 提升 拓展 细化",
        "高血压 糖尿病 慢性病 特殊疾病 恶性肿瘤 肾透析 器官移植 血友病 结核病 精神障碍 冠心病 脑卒中",
        "门诊 住院 急诊 康复 护理 体检 转诊 复诊 购药 检查",
        "基层医疗机构 乡镇卫生院 社区卫生服务中心 二级医院 三级医院 定点医疗机构 定点零售药店 村卫生室 专科医院 中医医院",
        "机制 制度 体系 办法 政策 措施 方案 标准 流程 规程 细则 清单",
        "工作 任务 事项 服务 管理 改革 建设 试点 监管 宣传 培训 评估",
    )
)
_OFTEN = 0.6
_TRIES = 6
_SENTENCE = regex.compile(r"[^。！？；\n]++[。！？；]?+|[。！？；]")
_MARKER = regex.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、])?")
_FIGURE = regex.compile(r"(?<year>(?:19|20)\d\d)(?=\s?[年〕])|(?<month>\d{1,2})(?=\s?月)|(?<day>\d{1,2})(?=\s?日)|\d+(?:\.\d+)?")
_TRADITIONAL = regex.compile("[醫療財關於個為與]")
# Of the head, the lines before the first full stop; of the closing, those behind the last.
_FULL_STOP = "。"


class Original(NamedTuple):
    """A notice to vary: its name, its text, and whether it is in traditional script."""

    name: str
    text: str
    traditional: bool


def originals() -> list[Original]:
    """Read the shared notices where they lie beside the project, else those of the corpus."""
    files = sorted(SHARED.glob("*.txt"))
    if not files:
        files = sorted(path for path in CORPUS.rglob("*.*") if path.suffix in {".txt", ".html"})
        files = [path for path in files if path.stat().st_size > 4000]  # noqa: PLR2004 - a page with a few lines is no notice
    found = []
    for path in files:
        text = ingest.read(path.read_bytes(), origin=path.name).text
        found.append(Original(path.stem, text, len(_TRADITIONAL.findall(text)) > len(text) / 200))
    return found


@cache
def _vocabulary(traditional: bool) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]], regex.Pattern[str]]:  # noqa: FBT001 - a cache's key
    """Give the places, the row of each word, and a pattern for all words, in the script asked for."""
    rows: Iterable[tuple[str, ...]] = (tuple(PLACES), *GROUPS)
    if traditional:
        import opencc

        convert = opencc.OpenCC("s2t").convert
        rows = [tuple(convert(word) for word in row) for row in rows]
    places, *groups = rows
    row_of = {word: row for row in (places, *groups) for word in row}
    words = "|".join(sorted(map(regex.escape, row_of), key=len, reverse=True))
    return places, row_of, regex.compile(words)


class Generator:
    """Varies notices; remembers every sentence it gave, so that none is given twice."""

    def __init__(self, seed: int) -> None:
        """Begin a run of its own."""
        self._random = random.Random(seed)  # noqa: S311 - for texts, not for secrets
        self._given: set[str] = set()

    def vary(self, original: Original) -> str:
        """Return the notice with other figures and names; its line structure stays."""
        return "\n".join(self._line(line, original.traditional) for line in original.text.split("\n"))

    def long(self, original: Original, times: int) -> str:
        """Return one document with the notice's head, its body ``times`` over, each time varied, and its closing."""
        lines = original.text.split("\n")
        told = [index for index, line in enumerate(lines) if _FULL_STOP in line]
        body = lines[told[0] : told[-1] + 1]
        whole = [*lines[: told[0]], *body * times, *lines[told[-1] + 1 :]]
        return "\n".join(self._line(line, original.traditional) for line in whole)

    def _line(self, line: str, traditional: bool) -> str:  # noqa: FBT001 - part of the text
        return "".join(self._sentence(m[0], traditional) for m in _SENTENCE.finditer(line))

    def _sentence(self, sentence: str, traditional: bool) -> str:  # noqa: FBT001 - part of the text
        if not any(char.isalpha() for char in sentence):
            return sentence
        new = sentence
        for tried in range(_TRIES):
            new = self._varied(sentence, traditional)
            if tried >= _TRIES // 2:
                at = _MARKER.match(new).end()  # type: ignore[union-attr]  # it meets the empty text
                new = f"{new[:at]}{self._place(traditional, tried)}{new[at:]}"
            if new.strip() not in self._given:
                break
        self._given.add(new.strip())
        return new

    def _place(self, traditional: bool, count: int) -> str:  # noqa: FBT001 - part of the text
        places, *_ = _vocabulary(traditional)
        return "、".join(self._random.sample(places, max(1, count - _TRIES // 2 + 1)))

    def _varied(self, sentence: str, traditional: bool) -> str:  # noqa: FBT001 - part of the text
        _, row_of, words = _vocabulary(traditional)

        def other(match: regex.Match[str]) -> str:
            return self._random.choice(row_of[match[0]]) if self._random.random() < _OFTEN else match[0]

        return _FIGURE.sub(self._figure, words.sub(other, sentence))

    def _figure(self, match: regex.Match[str]) -> str:
        pick = self._random.randint
        if match["year"]:
            return str(pick(2010, 2029))
        if match["month"]:
            return str(pick(1, 12))
        if match["day"]:
            return str(pick(1, 28))
        # As many digits as before, so that 80% stays below 100% and 610元 stays an amount of this size.
        return "".join(
            char if char == "." else str(pick(1 if not index else 0, 9)) for index, char in enumerate(match[0])
        )


def documents(characters: int, seed: int) -> Iterator[str]:
    """Yield varied notices, one kind after the other, until there are so many characters."""
    generator, notices = Generator(seed), originals()
    made = 0
    while made < characters:
        for notice in notices:
            text = generator.vary(notice)
            made += len(text)
            yield text
            if made >= characters:
                return


def repeated(texts: Iterable[str]) -> tuple[int, int]:
    """Count sentences (of four characters or more, so not 四、 alone), and those that stood before."""
    seen: set[str] = set()
    count = again = 0
    for text in texts:
        for match in _SENTENCE.finditer(text):
            words = match[0].strip()
            if len(words) < 4 or not any(char.isalpha() for char in words):  # noqa: PLR2004 - see above
                continue
            count += 1
            again += words in seen
            seen.add(words)
    return count, again
