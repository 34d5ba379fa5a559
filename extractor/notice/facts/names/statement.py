"""Cuts a statement into names and the words between: 城市低保标准|由|每人每月|850元.

The words of a clause are cut by jieba; those of `statement.toml` hold a statement together, what is left between them are
names: of what is measured, of persons, places, providers, payers.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import regex

from extractor.model import Span
from extractor.notice.facts.names.words import VERBS, ChunkKind, StatementWords, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.model import Term
    from extractor.notice.mentions.segmenter import Segmenter

# What owns, in either script's style: 缴费的比例, 支付金額之60%.
OWNING = ("的", "之")
OF = OWNING[0]
_MARKS = frozenset("，。；：！？（）()“”‘’《》〔〕【】、,;:!? \t\n\u3000—-~～·.．∶+＋×÷=●○•▪■□◆◇▶►▸➢➤★☆※◎▲△✓✔")
# 县（市、区）, 三级（市属）: as many signs in brackets may belong to a name.
_BRACKETED, _BRACKET_WORDS = 5, 6
_SIGN_NAME = regex.compile(r"[A-Za-z]{1,4}\d+(?:\.\d+)?")
# “专精特新”: as many in quotation marks.
_QUOTED = 8
# Words before 和 that may name persons, and their signs: 用人|单位.
_OPENING, _SHORT_PERSONS = 2, 4
_SHORTEST_PLACE = 3
# A verb of change has two signs where a name begins with it: 提升|率.
_VERB = 2
_NONE = ("\n",)
_SHORTEST_GIFT = 4
# 护理费 is a name of its own, 标准 is none.
_HEAD = 2
# A blank of one sign between two Chinese ones.
_BLANK = regex.compile(r"(?<=\p{Han})[ \u3000](?=\p{Han})")
# PM2.5 while it is put together.
_DECIMAL_NAME = regex.compile(r"[A-Za-z]{1,8}\d{1,3}\.(?:\d{1,2})?")
_KEPT = 4096


# The words of a stretch of text, which rebuild it.
Words: TypeAlias = tuple[str, ...]


class Piece(NamedTuple):
    """One word of a clause with what it does there."""

    start: int
    end: int
    use: Use


class Chunk(NamedTuple):
    """A name: its place, what it names, and the words right before and behind it."""

    span: Span
    kind: ChunkKind
    before: str
    behind: str


def without(chunks: Iterable[Chunk], terms: Iterable[Term]) -> list[Chunk]:
    """Return the chunks in which none of the terms begins."""
    starts = [term.span.start for term in terms]
    return [one for one in chunks if not any(one.span.start <= at < one.span.end for at in starts)]


class StatementReader:
    """Cuts clauses into the words that hold them together and the names between."""

    def __init__(self, words: StatementWords, segmenter: Segmenter) -> None:
        """Take the words and a segmenter that keeps them whole."""
        self.words = words
        self.segmenter = segmenter
        # Notices repeat their words and phrases.
        self.pieces = lru_cache(_KEPT)(self._pieces)
        self.chunks = lru_cache(_KEPT)(self._chunks)
        self._opens = lru_cache(_KEPT)(self._may_be_joined)
        self._settled = lru_cache(_KEPT)(self._use_anywhere)
        self._cut_group = lru_cache(_KEPT)(self._find_group)
        # `regex`, since it tells what may begin a class.
        self._grades = regex.compile(words.lists.grades.pattern.pattern)

    def cut(self, text: str) -> Words:
        """Cut a text into words that rebuild it."""
        return tuple(self.segmenter.cut(text))

    def _pieces(self, words: Words) -> list[Piece]:
        """Say what each word of a stretch of text does; a blank within a name is none (其他 参保人员)."""
        text = "".join(words)
        if not _BLANK.search(text):
            return self._used(text, words)
        kept = [at for at in range(len(text)) if not _BLANK.match(text, at)]
        tight = "".join(text[at] for at in kept)
        pieces = self._used(tight, self.cut(tight))
        return [Piece(kept[piece.start], kept[piece.end - 1] + 1, piece.use) for piece in pieces]

    def _used(self, text: str, words: Words) -> list[Piece]:
        tokens = self._whole(text, self._graded(words))
        uses: list[Use] = []
        beside = False
        for index, token in enumerate(tokens):
            uses.append((None if beside else self._settled(token)) or self._use(tokens, index))
            # A number, or 每, says what the word behind it is.
            beside = token[-1].isdecimal() or token in self.words.lists.every.words
        ends = list(accumulate(map(len, tokens)))
        found = list(map(Piece, [0, *ends], ends, uses))
        # Most stretches have none of these: what is looked for in each costs as much as all uses.
        if "grant" in uses:
            found = [self._granted(text, found, index) for index in range(len(found))]
        if "task" in uses:
            for index, piece in enumerate(found):
                if piece.use == "task":
                    found[index] = piece._replace(use="name" if self._ends_name(text, found, index) else "act")
        if "（" in text or "(" in text:
            self._bracket(text, found)
        if "“" in text:
            self._quote(text, found)
        return found

    def _graded(self, tokens: Words) -> list[str]:
        """Join the words of a class, and of a name with a decimal: 第一|档, Ⅱ|类, PM2|.|5."""
        joined: list[str] = []
        for token in tokens:
            if joined and self._opens(joined[-1]) and self._are_joined(joined[-1], token):
                joined[-1] += token
            else:
                joined.append(token)
        return joined

    def _whole(self, text: str, tokens: list[str]) -> list[str]:
        """Join words that numerals or marks part: 3|人|以上|户, 1|至|2|人户|人均, 新|（|改|、|扩|）|建, 国四|及以下|排放."""
        lists = self.words.lists
        held = [
            match.span() for row in (lists.household_sizes, lists.whole_words) for match in row.pattern.finditer(text)
        ]
        if not held:
            return tokens
        cuts = {0, len(text), *accumulate(map(len, tokens))}
        cuts = {cut for cut in cuts if not any(start < cut < end for start, end in held)}.union(*held)
        ends = sorted(cuts)
        return [text[start:end] for start, end in pairwise(ends)]

    def _is_sized(self, word: str) -> bool:
        """Return True for households of a size: 3人以上户."""
        return self.words.lists.household_sizes.pattern.fullmatch(word) is not None

    def _may_be_joined(self, before: str) -> bool:
        """Return True if a word may begin a class or a name with a decimal, which few do."""
        graded = not before.isdecimal() and self._grades.fullmatch(before, partial=True) is not None
        return graded or _DECIMAL_NAME.fullmatch(before, partial=True) is not None

    def _are_joined(self, before: str, token: str) -> bool:
        graded = not before.isdecimal() and self.words.lists.grades.meets(before + token)
        return graded or _DECIMAL_NAME.fullmatch(before + token) is not None

    def _use(self, tokens: list[str], index: int) -> Use:
        """Say what a word does between the others."""
        word, lists = tokens[index], self.words.lists
        if use := self._use_alone(word):
            return use
        if index and len(word) == 1 and lists.every.meets(tokens[index - 1]):
            return "adverb"  # 每|座
        if word in lists.level_ends.words and (not index or self._bounds(tokens[index - 1])):
            return "adverb"  # 80周岁|及以上|高龄老人; but 二级|及以下
        if lists.compound_names.meets(word) or (lists.prefixes.meets(word) and self._opens_name(tokens, index)):
            return "name"
        if lists.leaning.meets(word):
            # 基本实现, 全部拨付; 基本养老金
            behind = self.words.use_of.get(tokens[index + 1]) if index + 1 < len(tokens) else "adverb"
            return "adverb" if behind in VERBS - {"task"} or behind in ("adverb", "prep", "base") else "name"
        return self._listed_use(tokens, index)

    def _use_anywhere(self, word: str) -> Use | None:
        """Say what a word does whatever words stand beside it but a number or 每: what `_use` would say; None if they matter."""
        if use := self._use_alone(word):
            return use
        lists = self.words.lists
        if word in lists.level_ends.words or lists.prefixes.meets(word) or lists.leaning.meets(word):
            return None
        if lists.compound_names.meets(word):
            return "name"
        use = self.words.use_of.get(word) or self.words.glued(word)
        bound = use == "joint" or (use in VERBS and self.words.compound.get(word))
        return None if bound else use or "name"

    def _use_alone(self, word: str) -> Use | None:
        """Say what a word does whatever stands beside it: marks, 的, numbers; None for the others."""
        if all(char in _MARKS for char in word):
            return "joint" if word in self.words.joints else "mark"
        if word in OWNING:
            return "de"
        number = word.replace(".", "").isdecimal() or self.words.lists.ordinals.meets(word)
        return "mark" if number else None

    def _bounds(self, before: str) -> bool:
        """Return True if a word is a number or its unit: 80, 周岁."""
        return before[-1:].isdecimal() or self.words.use_of.get(before) == "adverb"

    def _listed_use(self, tokens: list[str], index: int) -> Use:
        """Return the use that the rows give a word; a verb is part of a name before some words (支付比例)."""
        word = tokens[index]
        use = self.words.use_of.get(word) or self.words.glued(word)
        if use == "joint" and self._joins_nothing(tokens, index):
            return "name"
        if use is None:
            # 800元: a unit names nothing; PM10浓度 is a name.
            number = tokens[index - 1] if index else ""
            return "mark" if number[-1:].isdecimal() and not number[:1].isalpha() else "name"
        compound = self.words.compound.get(word)
        if use not in VERBS or not compound:
            return use
        rest = "".join(tokens[index + 1 : index + 4])
        if use == "task" and self._begins_name(rest):
            return "name"
        if not rest.startswith(compound):
            return use
        form = next(form for form in compound if rest.startswith(form))
        if use in ("give", "act") and any(
            len(name) > len(form) and rest.startswith(name) for name in self.words.lists.own_objects.words
        ):
            return use  # 领取|年限养老金, 吸纳|就业困难人员
        # 缴存职工; but 缴纳|职工基本医疗保险费
        lists = self.words.lists
        insured = next((form for form in compound if lists.insured.meets(form) and rest.startswith(form)), "")
        return use if insured and lists.insurances.meets(rest[len(insured) :]) else "name"

    def _begins_name(self, rest: str) -> bool:
        """Return True if a verb that is part of a name stands behind a deed: 改造|提升率."""
        verb = rest[:_VERB]
        return self.words.use_of.get(verb) == "change" and rest.startswith(self.words.compound[verb] or _NONE, _VERB)

    def _joins_nothing(self, tokens: list[str], index: int) -> bool:
        """Return True if 和 begins a name that the dictionary lacks: 建成和美乡村, 供氧工程15个、和美乡村25个."""
        before = tokens[index - 1] if index else ""
        behind = tokens[index + 1] if index + 1 < len(tokens) else ""
        opens = before in self.words.joints or self.words.use_of.get(before) in VERBS
        return opens and len(behind) == 1 and self.words.use_of.get(behind) is None and behind not in _MARKS

    def _opens_name(self, tokens: list[str], index: int) -> bool:
        """Return True if 月 or 小时 belongs to the name behind it: 月最低工资标准; not 5月, 每月."""
        before = tokens[index - 1] if index else ""
        if index + 1 == len(tokens) or before[-1:].isdecimal() or self.words.lists.each.meets(before):
            return False
        if index > 1 and self.words.lists.every.meets(tokens[index - 2]) and len(before) == 1:
            return False  # 每床|日|支付标准
        following = tokens[index + 1]
        return following in self.words.lists.prefixes.words or self._use(tokens[: index + 4], index + 1) in (
            "name",
            "edge",
        )

    def _granted(self, text: str, pieces: list[Piece], index: int) -> Piece:
        """Decide whether a word names what is given or says that it is: 护理补贴提高至, 给予补助; 补贴1000元."""
        piece = pieces[index]
        if piece.use != "grant":
            return piece
        before = pieces[index - 1].use if index else "mark"
        behind = pieces[index + 1].use if index + 1 < len(pieces) else "mark"
        named = before in ("name", "grant", "edge") or behind == "change"
        named = named or (before == "give" and behind in ("mark", "de"))
        # 完成|补贴核定和发放
        light = before == "act" and self.words.lists.light.meets(text[slice(*pieces[index - 1][:2])])
        named = named or (light and behind in ("give", "task"))
        return piece._replace(use="name" if named else "give")

    def _ends_name(self, text: str, pieces: list[Piece], index: int) -> bool:
        """Return True if a deed belongs to the name before it: 信息系统改造, 在册对象的核对; not 全市改造, 市财政局核对."""
        before = pieces[index - 1].use if index else "mark"
        if before == "act":
            behind = pieces[index + 1].use if index + 1 < len(pieces) else "mark"
            light = self.words.lists.light.meets(text[slice(*pieces[index - 1][:2])])
            return light and behind in ("mark", "name", "task", "de")
        if before not in ("name", "edge"):
            return before == "de"
        first = index
        while first and pieces[first - 1].use in ("name", "edge"):
            first -= 1
        name = text[pieces[first].start : pieces[index - 1].end]
        last = index
        while last + 1 < len(pieces) and pieces[last + 1].use == "task":
            last += 1
        ends = last + 1 == len(pieces) or pieces[last + 1].use == "mark"
        if ends and first and self.words.lists.light.meets(text[slice(*pieces[first - 1][:2])]):
            return True  # 完成|托育机构备案清理
        return self.words.kind_of(name) in ("measure", "weak", "empty" if ends else "measure")

    def _bracket(self, text: str, pieces: list[Piece]) -> None:
        """Take a few signs in brackets for part of the name before them: 县（市、区）, 三级（市属）."""
        for at in range(1, len(pieces)):
            if text[pieces[at].start : pieces[at].end] not in ("（", "(") or pieces[at - 1].use != "name":
                continue
            ahead = range(at + 1, min(at + _BRACKET_WORDS, len(pieces)))
            close = next((n for n in ahead if text[pieces[n].start : pieces[n].end] in ("）", ")")), None)
            inside = text[pieces[at].end : pieces[close].start] if close else ""
            bare = not any(char.isdigit() for char in inside) or _SIGN_NAME.fullmatch(inside)  # 细颗粒物（PM2.5）浓度
            if not (close and 0 < len(inside) <= _BRACKETED and bare):
                continue
            before = text[pieces[at - 1].start : pieces[at - 1].end]
            classed = self.words.kind_of(before) == "grade" and not self.words.is_area_class(before)
            if not (classed and self.words.kind_of(inside) == "place"):  # 二类区（徐州市）; not 城市（县城）
                pieces[at : close + 1] = [piece._replace(use="name") for piece in pieces[at : close + 1]]

    def _quote(self, text: str, pieces: list[Piece]) -> None:
        """Take a few quoted signs for part of the name that begins right behind them: “三公”经费预算, 专精特新“小巨人”企业."""
        for at in range(len(pieces)):
            if text[pieces[at].start] != "“":
                continue
            ahead = range(at + 1, min(at + _BRACKET_WORDS, len(pieces) - 1))
            close = next((n for n in ahead if text[pieces[n].start] == "”"), None)
            inside = text[pieces[at].end : pieces[close].start] if close else ""
            if not close or not 0 < len(inside) <= _QUOTED or pieces[close + 1].use not in ("name", "edge"):
                continue
            if inside.isalpha() and not self.words.lists.plan_periods.meets(inside):
                pieces[at : close + 1] = [piece._replace(use="name") for piece in pieces[at : close + 1]]

    def _chunks(self, words: Words) -> list[Chunk]:
        """Return the names of a stretch of text in order."""
        text, pieces = "".join(words), self.pieces(words)
        found: list[Chunk] = []
        for chunk in self._names(text, pieces):
            listed = found and text[found[-1].span.end : chunk.span.start] in self.words.joints
            kind = found[-1].kind if listed and chunk.kind == "measure" else "measure"
            cut = None if kind == "measure" else self._listed_end(text, pieces, chunk, kind)
            if cut is None:
                found.append(chunk)
                continue
            # 散居孤儿、事实无人抚养儿童|基本生活费; 一档、二档|护理补贴: what is listed with persons begins with persons.
            word = next(piece for piece in pieces if piece.end == cut)
            found += [
                Chunk(Span(chunk.span.start, cut), kind, chunk.before, text[cut : cut + 1]),
                Chunk(
                    Span(cut, chunk.span.end),
                    self.words.kind_of(text[cut : chunk.span.end]),
                    text[word.start : cut],
                    chunk.behind,
                ),
            ]
        return found

    def _listed_end(self, text: str, pieces: list[Piece], chunk: Chunk, kind: ChunkKind) -> int | None:
        """Return where the persons, or what else is of a kind, end that open a name; None where it opens with none."""
        ends = (piece.end for piece in reversed(pieces) if chunk.span.start < piece.end < chunk.span.end)
        lists = self.words.lists
        return next(
            (
                end
                for end in ends
                if self.words.kind_of(text[chunk.span.start : end]) == kind
                and not lists.counting.meets(text[end : chunk.span.end])
                and not lists.insurances.meets(text[end : chunk.span.end])
            ),
            None,
        )

    def _names(self, text: str, pieces: list[Piece]) -> Iterator[Chunk]:
        index = 0
        while index < len(pieces):
            if pieces[index].use not in ("name", "edge"):
                index += 1
                continue
            first = index
            while index < len(pieces) and pieces[index].use in ("name", "edge"):
                index += 1
            last = index - self._bounds_number(text, pieces, index)
            while first < last:
                cut = self._group_end(text, pieces, first, last)
                span = Span(pieces[first].start, pieces[cut - 1].end)
                before = text[pieces[first - 1].start : pieces[first - 1].end] if first else ""
                behind = text[pieces[cut].start : pieces[cut].end] if cut < len(pieces) else ""
                yield Chunk(span, self.words.kind_of(text[slice(*span)]), before, behind)
                first = cut

    def _bounds_number(self, text: str, pieces: list[Piece], last: int) -> bool:
        """Return True if the last word only bounds the number behind it (最高30万元, 最高由2万元), and ends no name (最高限额)."""
        word = text[pieces[last - 1].start : pieces[last - 1].end]
        behind = text[pieces[last].start : pieces[last].end] if last < len(pieces) else ""
        bounds = not behind or pieces[last].use == "base" or self.words.lists.old_values.meets(behind)
        return bounds and self.words.lists.bounding.meets(word)

    def _group_end(self, text: str, pieces: list[Piece], first: int, last: int) -> int:
        """Return where a group ends that opens a run of names: 福山区|居民个人缴费标准, 参保人员|年度支付限额; else the run's end."""
        if last - first == 1:
            return last
        start, end = pieces[first].start, pieces[last - 1].end
        places = tuple([(piece.start - start, piece.end - start) for piece in pieces[first:last]])
        words, is_place = self._cut_group(text[start:end], places, self._shares_persons(text, pieces, first))
        return self._place_end(text, pieces, first + words, last) if is_place else first + words

    def _find_group(self, run: str, places: tuple[tuple[int, int], ...], shared: bool) -> tuple[int, bool]:  # noqa: FBT001 - a key
        """Return how many words of a run of names are a group that opens it, else all, and whether the group is a place."""
        lists, kind_of = self.words.lists, self.words.kind_of
        for at in range(len(places) - 1):
            low, high = places[at]
            word, said, rest = run[low:high], run[:high], run[high:]
            if lists.officials.meets(rest) or rest.startswith("（") or said.count("（") != said.count("）"):
                continue
            if self._is_place(word, said, at):
                return at + 1, True
            group = lists.strong_groups.meets(word) or self._is_sized(word)
            group = group and not lists.counting.meets(rest)
            group = group and kind_of(rest) not in ("person", "provider")
            if group or self._parts(said, run[slice(*places[at + 1])], rest, shared=shared):
                sign = at and lists.place_signs.meets(run[slice(*places[0])])
                return (1, True) if sign else (at + 1, False)  # 四县一市|城乡居民
        opened = run[slice(*places[0])]
        if opened in self.words.cities and lists.insurances.meets(run[len(opened) :]):
            return 1, True  # 厦门|住房公积金缴存基数上限
        return self._endowed_end(run, places) or len(places), False

    def _parts(self, said: str, following: str, rest: str, *, shared: bool) -> bool:
        """Return True if a run of names parts here: 一档|个人缴费标准, 普通居民|一档, 起付标准|三级医院; but 二档参保人, 一类区."""
        lists, kind_of = self.words.lists, self.words.kind_of
        # 一档|个人缴费标准, 第一档|中央财政
        graded = self.words.is_class(said) and (
            (lists.after_persons.meets(rest) and kind_of(rest) != "person") or kind_of(rest) == "payer"
        )
        graded = graded or (lists.births.meets(said) and lists.levels.meets(following))  # 剖宫产|三级医院
        graded_rest = self.words.is_class(rest)
        # 工伤保险|一类至八类行业基准费率
        insured = lists.insurances.meets(said) and lists.grades.meets(following)
        # 基本生活费|分散供养城市1196元; 分散供养|城市1196元
        kept = lists.graded_keeping.meets(following) and lists.amount_heads.meets(said)
        kept = kept or (lists.graded_keeping.meets(said) and self.words.is_area_class(following))
        graded_rest = graded_rest or lists.person_grades.meets(rest)  # 困难残疾人|一级
        if graded or insured or kept or (graded_rest and kind_of(said) == "person"):
            return True
        # 起付标准|三级医院, 公用经费基准定额|小学, 人均住房建筑面积|市区, 工伤保险费率|一类行业
        if lists.amount_heads.meets(said) and (
            graded_rest
            or lists.levels.meets(following)
            or kind_of(rest) == "provider"
            or rest in self.words.places
            or lists.region_parts.meets(rest)
            or kind_of(rest) == "grade"
        ):
            return True
        # 年度提取限额|单身职工由12000元提高到15000元
        if lists.parting.meets(said) and kind_of(rest) == "person" and not lists.bare_persons.meets(rest):
            return True
        if lists.own_persons.meets(following) or self._is_sized(following):
            return True
        # 国家奖学金|硕士生, 育儿津贴|第一名子女; 养老保险|单位, 失业保险费率|单位
        if lists.given_ends.meets(said) and kind_of(rest) == "person" and not lists.bare_persons.meets(rest):
            return True
        # 补贴资金|中央财政承担80%
        borne = lists.funds.meets(said) and kind_of(rest) == "payer"
        if borne or ((lists.insurers.meets(said) or lists.paid_rates.meets(said)) and lists.bearers.meets(rest)):
            return True
        # 三孩家庭|额度; 生活部分不能自理|护理费
        short = lists.short_heads.meets(rest) and lists.endowed.meets(said)
        cared = self.words.is_graded(said) and lists.self_care.meets(said) and lists.amount_heads.meets(rest[_HEAD:])
        if short or cared:
            return True
        # 在校学生|个人缴费标准, 低收入老人|住院费用
        named = lists.own_names.meets(rest) or lists.gifts.meets(rest)
        named = named or (shared and lists.amount_heads.meets(rest) and kind_of(rest) == "measure")
        goes_on = kind_of(said + following) == "person"  # 病故军人|遗属|慰问金
        return named and kind_of(said) == "person" and not goes_on

    def _endowed_end(self, run: str, places: tuple[tuple[int, int], ...]) -> int | None:
        """Return how many words are persons who open the name of what they are given: 无房职工|租房提取限额; None where none are."""
        lists = self.words.lists
        if not lists.given_ends.meets(run):
            return None
        for at in range(len(places) - 2, -1, -1):
            end = places[at][1]
            said = run[:end]
            if at == 1 and self.words.kind_of(run[slice(*places[0])]) == "grade":
                return None  # 城市孤儿养育标准: where they live alone says not which
            if self.words.kind_of(said) == "person":
                rest = run[end:]
                short = len(rest) < _SHORTEST_GIFT or lists.joined_names.meets(rest) or not lists.given_ends.meets(rest)
                return None if short or not lists.endowed.meets(said) else at + 1
        return None

    def _place_end(self, text: str, pieces: list[Piece], behind: int, last: int) -> int:
        """Return where a place ends with the words that say which parts of it are meant: 兰州市主城四区."""
        parts = self.words.lists.place_rests.pattern.match(text, pieces[behind].start) if behind < last else None
        ends = (at + 1 for at in range(behind, last) if parts and pieces[at].end == parts.end())
        return next(ends, behind)

    def _shares_persons(self, text: str, pieces: list[Piece], first: int) -> bool:
        """Return True if a run of names goes on with who is named before 和: 单位和|职工缴存比例."""
        if first < _OPENING or text[pieces[first - 1].start : pieces[first - 1].end] not in self.words.joints:
            return False
        named = text[: pieces[first - 2].end][-_SHORT_PERSONS:]
        return pieces[first - 2].use == "name" and self.words.kind_of(named) in ("person", "payer", "empty")

    def _is_place(self, word: str, said: str, words_before: int) -> bool:
        """Return True if the words said so far are a place: 全市, 福山|区, 龙口市."""
        lists = self.words.lists
        if said in self.words.places or (said.endswith("）") and self.words.kind_of(said) == "place"):
            return True  # 全市; 县（市、区）
        if said in self.words.counties:
            return True  # 义县|城市低保标准
        if words_before and lists.region_parts.meets(word) and said[: -len(word)] in self.words.cities:
            return True  # 宜昌城区|城乡居民基础养老金
        if lists.region_parts.meets(said) or (lists.grades.meets(said) and said.endswith(lists.place_signs.words)):
            return True  # 市区, 一类地区
        if words_before and lists.place_signs.meets(word) and len(said) - len(word) > 1:
            return not said[: -len(word)].endswith(lists.insurances.words)  # 城乡居民基本医保|市域内
        long = len(word) >= _SHORTEST_PLACE and len(said) >= _SHORTEST_PLACE
        return long and lists.place_ends.meets(word) and not lists.no_places.meets(word)
