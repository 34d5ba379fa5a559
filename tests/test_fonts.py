"""What a PDF, OFD or Word file says doesn't depend on the fonts of the machine, as `.ci/with-fonts` makes one with others, or with none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import build_docx
import build_font
import build_ofd
import build_pdf
import formats
import msgspec
import pytest
from read_files import read_files

from extractor.ingest.pdf.fonts import bar_font

ROOT = Path(__file__).parents[1]
PARTS = formats.parts()
TEXT = "城乡居民医保人均财政补助标准新增30元，达到每人每年不低于640元"
LATIN = "DRG/DIP 2022 (610) yuan"
# Fonts that files name and don't carry: (name, way of reference, text).
UNEMBEDDED = {
    "SimSun": (b"SimSun", "GBK", TEXT),
    "SimSun, bold": (b"SimSun,Bold", "Unicode", TEXT),
    "FangSong, upright": (b"FangSong_GB2312", "upright", TEXT),
    "宋体 by its own name": (b"#CB#CE#CC#E5", "GBK in a simple font", TEXT),
    "KaiTi, numbered signs": (b"KaiTi", "numbered", TEXT),
    "Helvetica, numbered signs": (b"Helvetica", "numbered", TEXT),
    "MSung": (b"MSung-Light", "traditional", "城鄉居民醫保人均財政補助標準新增30元"),
    "HeiseiMin": (b"HeiseiMin-W3", "Japanese", "国民健康保険2022年640円"),
    "HYSMyeongJo": (b"HYSMyeongJo-Medium", "Korean", "건강보험2022년"),
    "SimSun for Latin": (b"SimSun", "TrueType", LATIN),
    "Calibri": (b"Calibri", "TrueType", LATIN),
    "Arial": (b"Arial", "TrueType", LATIN),
    "Helvetica": (b"Helvetica", "Type 1", LATIN),
    "Times": (b"Times-Roman", "Type 1", LATIN),
    "Courier": (b"Courier", "Type 1", LATIN),
}
# Up the page, as a table set across it: its text stands without any height where a font has no sign for it.
TURNED = b"0 1 -1 0 90 50"
# How a whole notice is set.
SETTINGS = {
    "STSong": {},
    "STSong, turned": {"drawn": 90},
    "STSong, blanks between": {"spaced": True},
    "embedded": {"font": build_pdf.EMBEDDED},
}
ALL = Path("/usr/share/fonts")
NOTO = ALL / "opentype/noto"
MACHINES = {
    "no font": lambda _: "none",
    "an empty font for few signs": lambda folder: installed(folder, build_font.make("城乡居民医保元0123", empty=True)),
    "a font that draws too broadly": lambda folder: installed(folder, build_font.make(TEXT + LATIN, broad=3.0)),
    "Noto CJK": lambda _: NOTO,
    "all fonts": lambda _: ALL,
}


def installed(folder, font):
    """Lay a font under a name that pdfium would take for Chinese."""
    (folder / "WenQuanYi.ttf").write_bytes(font)
    return folder


def read_with(fonts, files, *options):
    """Read files in a process that sees other fonts."""
    command = [ROOT / ".ci/with-fonts", fonts, sys.executable, ROOT / "tests/read_files.py", files, *options]
    ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own script
    if ended.returncode == 70:
        pytest.skip(ended.stderr.decode())
    assert ended.returncode == 0, ended.stderr.decode()
    return msgspec.json.decode(ended.stdout)


def unseen(canvas):
    """Draw words that are seen, words in white, and words that a box covers: what is seen is found by drawing the page."""
    for at, text in enumerate((TEXT, f"白{TEXT}", f"盖{TEXT}")):
        canvas.setFont(build_pdf.FONT, 12)
        canvas.setFillGray(at == 1)
        canvas.drawString(60, 700 - 40 * at, text)
    canvas.setFillGray(0.9)
    canvas.rect(50, 610, 500, 30, stroke=0, fill=1)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder of files in fonts of all kinds."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "OFD.ofd").write_bytes(build_ofd.make(PARTS))
    (folder / "Word.docx").write_bytes(build_docx.make(PARTS))
    (folder / "unseen.pdf").write_bytes(build_pdf.drawn([unseen]))
    for name, options in SETTINGS.items():
        (folder / f"{name}.pdf").write_bytes(build_pdf.make(PARTS, **options))
    for name, (font, kind, text) in UNEMBEDDED.items():
        (folder / f"{name}.pdf").write_bytes(build_pdf.unembedded(text, font, kind))
        (folder / f"{name}, turned.pdf").write_bytes(build_pdf.unembedded(text, font, kind, direction=TURNED))
    return folder


@pytest.fixture(scope="module")
def here(files):
    return msgspec.json.decode(msgspec.json.encode(read_files(files)))


# Machines between those of the usual run.
BETWEEN = {"an empty font for few signs", "all fonts"}


@pytest.mark.parametrize(
    "machine", [pytest.param(name, marks=pytest.mark.slow) if name in BETWEEN else name for name in MACHINES]
)
def test_same_on_every_machine(machine, files, here, tmp_path):
    """With other fonts, or none, a file has the same text, the same boxes and the same facts, to the last byte."""
    fonts = MACHINES[machine](tmp_path)
    if fonts in (NOTO, ALL) and not NOTO.is_dir():
        pytest.skip("the package fonts-noto-cjk is not installed")

    assert read_with(fonts, files) == here


def test_files_hold_something(here):
    """What is compared between machines is whole notices, and words told apart by their looks."""
    assert {name: len(here[name]["facts"]) > 0 for name in ("STSong", "OFD", "Word")} == dict.fromkeys(
        ("STSong", "OFD", "Word"), True
    )
    assert [block["kind"] for block in here["unseen"]["source"]["blocks"]] == ["text", "furniture", "furniture"]


@pytest.mark.parametrize("name", UNEMBEDDED)
def test_no_sign_is_lost(name, here):
    """Every character of a text is read, whichever way it runs; blanks are a matter of layout."""
    expected = "".join(UNEMBEDDED[name][2].split())

    assert ["".join(here[file]["source"]["text"].split()) for file in (name, f"{name}, turned")] == [expected] * 2


def test_widths_are_those_of_the_file(here):
    """A line is as wide as the widths that a file gives for its signs: 1000 for all but Latin ones, 500 for these."""
    (block,) = here["SimSun"]["source"]["blocks"]
    ems = sum(0.5 if sign.isascii() else 1 for sign in TEXT)

    left, _, right, _ = block["box"]
    assert [left, right] == [50, round(50 + 16 * ems)]


def test_font_is_sound():
    """The font holds together: it has one narrow bar for each character of any script, and nothing is left over."""
    import io

    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(bar_font()))
    characters = font.getBestCmap()

    assert len(characters) == 0x110000
    assert {font["glyf"][name].xMax for name in set(characters.values())} == {160}
    assert [font["hmtx"][characters[ord(sign)]][0] for sign in "a年"] == [500, 1000]


def test_why_the_font_is_needed(files, here):
    """With the system's fonts, where there are none, signs are lost: should pdfium end that, our font can go."""
    there = read_with("none", files, "--fonts-of-the-system")

    assert there["STSong, turned"] != here["STSong, turned"]
