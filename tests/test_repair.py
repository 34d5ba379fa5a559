"""Repairs of damaged characters: exactly or not at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from work import assert_linear, at_most

import extractor
from extractor.model import SourceText
from extractor.notice.normalise.aligned import Editor
from extractor.notice.normalise.repair import mend
from extractor.notice.normalise.run import assess, normalise_piece
from extractor.resources import load

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "notices"
FOLDERS = (SHARED, HERE.parent / "corpus", HERE / "gold")

# What stands there, and what its author wrote, by the way it was damaged.
SEEN = {
    "byte_shift": [
        (
            "健全门诊慢性病、特殊疾?。ㄒ韵潞喎Q“门诊慢特病”）保障",
            "健全门诊慢性病、特殊疾病（以下简称“门诊慢特病”）保障",
        ),
        ("对于持居住证参加当?鼐用襻t保的，", "对于持居住证参加当地居民医保的，"),
        ("參加當?shù)鼐用襻t(yī)保的", "参加当地居民医保的"),
        ("继续从居民医?；\ue2ae鹬袆澇鲆欢\ue7d1~度，", "继续从居民医保基金中划出一定额度，"),
        ("(以下簡稱《通知》)?,F(xiàn)對有關內(nèi)容解讀如下", "（以下简称《通知》）。现对有关内容解读如下"),
        ("待遇，按\ufffd,鼐用襻t保", None),  # a stray mark, and no word tells the first character
    ],
    "mojibake": [
        ("鍥藉\ue18d鍖荤枟淇濋殰", "国家医疗保障"),
        ("å\x9b½å®¶å\x8c»ç\x96\x97ä¿\x9dé\x9a\x9c", "国家医疗保障"),
        ("å›½å®¶åŒ»ç–—ä¿\x9déšœ", "国家医疗保障"),
        ("¹ú¼ÒÒ½ÁÆ±£ÕÏ", "国家医疗保障"),
        ("国家医疗保障".encode().decode("latin-1").encode().decode("latin-1"), "国家医疗保障"),
    ],
    "entity": [("每人&nbsp;610&#20803;", "每人610元"), ("参保率&ge;95%", "参保率≥95%")],
    "ocr": [("医疗保璋制度", "医疗保障制度"), ("待遇淸单", "待遇清单"), ("南昌巿财政局", "南昌市财政局")],
    "latin_digit": [("二O二二年", "二〇二二年"), ("每人每年61O元", "每人每年610元"), ("2O22年", "2022年")],
}

NEAR_MISSES = [
    "如何调整?各级财政按当地居民相同标准给予补助。",
    "什么是居民医保?\n居民医保是",
    "是否参加?,参加的",
    "O型血、AB型、B超、维生素C",
    "按DRG付费、O2O平台",
    "A&B;公司",
    "鄱阳县、嵊泗县、亳州市、栾川县、歙县",
    "café、±5%、×100、·、℃、№3、★",
    "二○二二年",
    "\uf0b7 每人每年610元",
]

LOST = [
    ("不低于?610元", "?"),
    ("补助标准达到610?", "?"),
    ("保障\ufffd\ufffd制度", "\ufffd\ufffd"),
    ("灞\ufffd鍏充簬鍋氬ソ", "灞\ufffd"),
]


def source_of(text: str) -> SourceText:
    return SourceText("", "test", "text/plain", "utf-8", "text", text)


ROWS = [(kind, *row) for kind, rows in SEEN.items() for row in rows]


@pytest.mark.parametrize(("kind", "text", "expected"), ROWS)
def test_repairs(kind, text, expected):
    """Each kind of damage is repaired and said, or its characters are marked as lost."""
    found = normalise_piece(text, load())
    rows = [row for row in assess(found).repairs if row.kind == kind]

    if expected is None:
        assert all(row.replacement is None for row in assess(found).repairs)
        return
    assert found.text == expected
    assert found.lost == ()
    assert rows
    assert all(row.replacement is not None and row.detail and row.exact == text[row.start : row.end] for row in rows)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses(text):
    """What only looks like damage is no damage."""
    found = assess(normalise_piece(text, load()))

    assert (found.repairs, found.lost, found.share) == ((), 0, "0")


@pytest.mark.parametrize(("text", "words"), LOST)
def test_losses(text, words):
    """What nothing tells is marked, and no sign of it is left for later steps to read."""
    found = normalise_piece(text, load())
    quality = assess(found)

    assert words in {row.exact for row in quality.repairs if row.replacement is None}
    assert [text[slice(*span)] for span in found.lost] == [
        row.exact for row in quality.repairs if row.replacement is None
    ]
    assert quality.lost == len(found.lost)
    assert float(quality.share) > 0


def test_characters_keep_their_places():
    """Each repaired character stands for the damaged one at its own place."""
    text = "特殊疾?。ㄒ韵潞喎Q“门"
    found = normalise_piece(text, load())

    assert found.text == "特殊疾病（以下简称“门"
    assert [found.quote((at, at + 1)) for at in range(3, 9)] == ["?", "。", "ㄒ", "韵", "潞", "喎Q"]
    assert [(row.exact, row.replacement, row.detail) for row in assess(found).repairs] == [
        ("?。ㄒ韵潞喎Q", "病（以下简称", "lead B2")
    ]


# ── notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HEAD = "关于做好2022年城乡居民基本医疗保障工作的通知\n\n各市医疗保障局：\n现就有关事项通知如下。\n一、具体安排\n"
FIGURES = [
    ("财政补助标准不低于?610元，个人缴费380元。", ["380元"], ["不低于?610元"]),
    ("财政补助标准达到610?。个人缴费380元。", ["380元"], ["610"]),
    ("财政补助标准达到每人每年61O元。", ["61O元"], []),
    ("如何调整?财政补助标准达到每人每年610元。", ["610元"], []),
]


@pytest.mark.parametrize(("text", "facts", "unresolved"), FIGURES)
def test_figures_beside_damage(text, facts, unresolved):
    """No figure is read where a part of it may be lost; one that a repair touched says so."""
    found = extractor.read_notice((HEAD + text + "\n").encode())

    assert [fact.evidence.exact for fact in found.facts] == facts
    assert [(entry.reason, entry.evidence.exact) for entry in found.unresolved] == [
        ("damaged", it) for it in unresolved
    ]
    for fact in found.facts:
        assert [row.kind for row in fact.evidence.repairs] == ["latin_digit"] * fact.evidence.exact.count("O")


def test_shared_damaged_notice():
    """Every shift in the body is repaired, none is wrong, and the first line gives no fact."""
    path = SHARED / "2022-interpretation-damaged.txt"
    if not path.exists():
        pytest.skip("the shared notices are not here")
    found = extractor.read_notice(path.read_bytes())
    text = path.read_bytes().decode()

    assert [(row.replacement, row.detail) for row in found.notice.quality.repairs] == [
        ("。现", "lead A1"),
        ("保基金中划出一定额", "lead B1"),
        ("地居民医", "lead B5"),
        ("地居民相同标准给", "lead B5"),
        ("病（以下简称", "lead B2"),
    ]
    assert found.notice.quality.lost == 0
    assert min(fact.evidence.start for fact in found.facts) > text.index("\n")
    assert all(text[fact.evidence.start : fact.evidence.end] == fact.evidence.exact for fact in found.facts)


# ── clean text, and text that is damaged on purpose ─────────────────────────────────────────────────────────────────


def notices() -> list[str]:
    paths = sorted(path for folder in FOLDERS if folder.is_dir() for path in folder.rglob("*.txt"))
    texts = []
    for path in paths:
        try:
            texts.append(path.read_bytes().decode())
        except UnicodeDecodeError:
            texts.append(path.read_bytes().decode("gb18030", "replace"))
    return [text for text in texts if "?。ㄒ韵潞喎Q" not in text]


def mended(text: str) -> Editor:
    editor = Editor(source_of(text))
    mend(editor, load())
    return editor


def test_clean_notices_stay():
    """No notice without damage is touched."""
    found = {text[:20]: mended(text).finish().edits for text in notices()}

    assert {title: edits for title, edits in found.items() if edits} == {}


def swallow(data: bytes) -> str:
    """Decode as some programs do: a byte that begins no character is swallowed with the next one."""
    out, at = [], 0
    while at < len(data):
        step = 1 if data[at] < 0x80 else 2
        char = data[at : at + step].decode("gb18030", "replace")
        out.append(char if len(char) == 1 and char != "\ufffd" else "?")
        at += step
    return "".join(out)


DECODERS = {
    "replaced": lambda data: data.decode("gb18030", "replace"),
    "asked": lambda data: data.decode("gb18030", "replace").replace("\ufffd", "?"),
    "gbk": lambda data: data.decode("gbk", "replace"),
    "dropped": lambda data: data.decode("gb18030", "ignore"),
    "swallowed": swallow,
}


def wrong_repairs(rounds: int, seed: int) -> tuple[int, list[tuple[str, ...]]]:
    """Damage a byte of pieces of notices; return the number of repaired runs, and those that are wrong."""
    chance, texts = random.Random(seed), notices()  # noqa: S311 - a sample, no secret
    repaired, wrong = 0, []
    for _ in range(rounds):
        text = chance.choice(texts)
        at = chance.randrange(max(1, len(text) - 200))
        data = text[at : at + 200].encode("gb18030", "ignore")
        high = [place for place, byte in enumerate(data) if byte >= 0x80]
        if len(high) < 40:
            continue
        place = high[chance.randrange(10, len(high) - 10)]
        stray = chance.choice([b"", b",", b" ", b"("])
        name = chance.choice(sorted(DECODERS))
        whole, damaged = (DECODERS[name](it) for it in (data, data[:place] + stray + data[place + (not stray) :]))
        place = len(data[:place].decode("gb18030", "ignore"))
        for row in assess(mended(damaged).finish()).repairs:
            if row.kind == "byte_shift" and row.replacement is not None:
                repaired += 1
                if row.replacement.strip("\ufffd") not in whole[max(0, place - 3) :]:
                    wrong.append((name, damaged[max(0, row.start - 8) : row.end + 8], row.replacement))
    return repaired, wrong


def test_no_wrong_repair():
    """Of runs that lost a byte none is repaired to what its author did not write."""
    repaired, wrong = wrong_repairs(300, 1)

    assert wrong == []
    assert repaired > 10


@pytest.mark.slow
def test_no_wrong_repair_in_a_large_sample():
    """The same for thousands."""
    repaired, wrong = wrong_repairs(6000, 2)

    assert wrong == []
    assert repaired > 300


@pytest.mark.parametrize("sign", ["?", "\ufffd", "\ue5e5", "C", "é", "鄱"])
def test_whole_text_beside_an_odd_sign_is_not_shifted(sign):
    """A question mark, a lost character or a rare one in good text makes no run of what stands beside it."""
    chance, texts = random.Random(3), notices()  # noqa: S311 - a sample, no secret
    found = []
    for _ in range(60):
        text = chance.choice(texts)
        at = chance.randrange(max(1, len(text) - 200))
        piece = text[at : at + 200]
        place = chance.randrange(1, len(piece))
        edits = mended(piece[:place] + sign + piece[place:]).finish().edits
        found += [edit for edit in edits if edit.reason in {"byte_shift", "mojibake"}]

    assert found == []


HOSTILE = [
    "?" * 300_000,
    "?医" * 50_000,
    "\ue000" * 300_000,
    "医\ue000" * 100_000,
    "鍖" * 100_000,
    "Ã©" * 100_000,
    "1O" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:2]))
def test_hostile_text_is_linear(text):
    """Long runs of damage are looked at with work that grows with them, and not one by one without end."""
    assert_linear(lambda size: mended(text[:size]), 1_000)


@pytest.mark.timing
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:2]))
def test_hostile_text_is_bounded(text):
    """Long runs of damage are passed in seconds."""
    with at_most(10):
        mended(text)
