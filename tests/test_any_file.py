"""From files of every format to one dataset, through the command line: copies, conflicts, pictures, files that fail."""

from __future__ import annotations

import sys

import build_docx
import build_html
import build_ofd
import build_pdf
import build_txt
import formats
import pytest

from extractor.cli import main
from extractor.dataset import store

PARTS = formats.parts()
FILES = {
    "a.txt": build_txt.make(PARTS),
    "b.html": build_html.make(PARTS),
    "c.pdf": build_pdf.make(PARTS),
    "d.docx": build_docx.make(PARTS),
    "e.ofd": build_ofd.make(PARTS),
}


@pytest.fixture
def build(tmp_path, capsys):
    """Build the corpus of a test: status, dataset, output."""

    def call(*options):
        with pytest.raises(SystemExit) as ended:
            main.main(["build", str(tmp_path / "corpus"), "-o", str(tmp_path / "out"), *options])
        said = capsys.readouterr()
        return ended.value.code, store.load(tmp_path / "out/dataset.json"), said.out + said.err

    (tmp_path / "corpus").mkdir()
    return call


def put(tmp_path, files):
    for name, data in files.items():
        (tmp_path / "corpus" / name).write_bytes(data)


def test_one_notice_five_files(build, tmp_path):
    """Five files of one notice are one notice with four copies that agree on every figure; nothing is counted twice."""
    put(tmp_path, {"a.txt": FILES["a.txt"]})
    _, alone, _ = build()
    put(tmp_path, FILES)
    status, dataset, said = build()
    (notice,) = dataset.notices

    assert status == 0
    assert len(notice.copies) == 4
    assert [copy.conflicts for copy in notice.copies] == [()] * 4
    assert {notice.source.path, *(copy.source.path for copy in notice.copies)} == set(FILES)
    assert [fact.fact_id for fact in dataset.facts] == [fact.fact_id for fact in alone.facts]
    assert "副本 4" in said
    # Every numeral of every file is accounted for.
    assert len(list((tmp_path / "out/ledger").iterdir())) == 5
    assert len(list((tmp_path / "out/sources").iterdir())) == 4


def test_conflict(build, tmp_path):
    """A copy with another figure doesn't change the notice; the difference is shown."""
    put(tmp_path, {"a.txt": FILES["a.txt"], "b.txt": FILES["a.txt"].replace("每人30元".encode(), "每人80元".encode())})
    _, dataset, said = build()
    (notice,) = dataset.notices
    conflicts = [(one.expected, one.found) for copy in notice.copies for one in copy.conflicts]

    assert ("30元", "80元") in conflicts
    assert {fact.value for fact in dataset.facts if fact.scope.population == "定额资助参保对象"} >= {"30"}
    assert f"与副本不一致 {len(conflicts)}" in said


def scan():
    """Make a PDF whose page is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (60, 84), 200))
    return build_pdf.drawn([lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842)])


def test_pictures(build, tmp_path):
    """A scan is set aside with what to do; with a command that reads pictures it is a notice."""
    put(tmp_path, {"a.txt": FILES["a.txt"], "scan.pdf": scan()})
    status, dataset, said = build()
    assert (status, [(one.path, one.reason) for one in dataset.set_aside]) == (3, [("scan.pdf", "no_text")])
    assert "--ocr" in said
    program = tmp_path / "ocr.py"
    program.write_text(
        "import sys\nassert open(sys.argv[1], 'rb').read(4) == b'%PDF'\n"
        "open(sys.argv[2], 'w', encoding='utf-8').write('甲市医疗保障局关于做好2022年居民医保工作的通知\\n甲医保〔2022〕1号\\n"
        "各区县医保局：\\n一、2022年居民医保个人缴费标准为每人每年350元。\\n')\n",
        "utf-8",
    )
    status, dataset, _ = build("--ocr", f"'{sys.executable}' '{program}' {{input}} {{output}}")
    notice = next(one for one in dataset.notices if one.source.path == "scan.pdf")

    assert (status, notice.source.reader) == (0, "pdf+ocr")
    assert [fact.value for fact in dataset.facts if fact.notice_id == notice.notice_id] == ["350"]


@pytest.mark.parametrize("name", ["c.pdf", "d.docx", "e.ofd"])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_cut_files(build, tmp_path, name, share):
    """A file cut short is set aside as broken, and the notice beside it is built."""
    put(tmp_path, {"a.txt": FILES["a.txt"], name: FILES[name][: int(len(FILES[name]) * share)]})
    status, dataset, _ = build()

    assert (status, [(one.path, one.reason) for one in dataset.set_aside]) == (3, [(name, "broken")])
    assert [notice.source.path for notice in dataset.notices] == ["a.txt"]


@pytest.mark.parametrize(
    ("limit", "name"),
    [
        ("pages=1", "c.pdf"),
        ("pages=1", "e.ofd"),
        ("paragraphs=20", "d.docx"),
        ("unpacked=2000", "d.docx"),
        ("bytes=9000", "a.txt"),
    ],
)
def test_limits_are_settings(build, tmp_path, limit, name):
    """A limit on the command line sets a file aside, naming the limit; without it the file is read."""
    put(tmp_path, {"good.txt": "甲市居民医保个人缴费每人350元。\n".encode(), name: FILES[name]})
    status, dataset, said = build("--limit", limit, "--lang", "en")
    assert (status, [(one.path, one.reason) for one in dataset.set_aside]) == (3, [(name, "too_large")])
    assert f"--limit {limit.split('=')[0]}=" in said
    status, dataset, _ = build()

    assert (status, len(dataset.notices)) == (0, 2)
