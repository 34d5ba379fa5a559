"""What builds remember: only what has changed is read, one writes at a time, and nothing remembered changes a byte."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from factories import fake_process
from work import lines_run

import extractor
from extractor.build import publish
from extractor.build.cache import FOLDER, fingerprint, manifest, writing
from extractor.build.cache.fingerprint import BUILDING_CODE, NOT_READ, READING_CODE, fingerprint_of
from extractor.build.cache.record_store import RecordStore
from extractor.build.corpus import Read
from extractor.build.incremental import build, read_corpus
from extractor.build.sentence_diff import measures
from extractor.dataset import store
from extractor.errors import DatasetError, IngestError
from extractor.ingest import DEFAULT, Limits, files, read_file
from extractor.ingest.limits import with_settings
from extractor.release import release
from extractor.resources import DATA, Resources

ROOT = Path(extractor.__file__).parents[1]
TEXT = "医保发〔2022〕{}号\n各省医保局：\n一、人均财政补助标准达到每人每年{}元。\n"


@pytest.fixture
def pipeline(monkeypatch):
    """Put a stand-in in the place of the pipeline, which notes what it reads."""
    module = ModuleType("extractor.pipeline")
    module.read = []

    def process(source, resources, **fields):
        module.read.append(source.origin)
        return fake_process(source, resources, **fields)

    module.process = process
    monkeypatch.setitem(sys.modules, "extractor.pipeline", module)
    monkeypatch.setattr(extractor, "pipeline", module, raising=False)
    return module


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    for number in range(1, 6):
        path = folder / f"{number % 2}/{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(number, 600 + number), "utf-8")
    (folder / "1/page.html").write_text(f"<html><body><p>{TEXT.format(9, 9)}</p></body></html>", "utf-8")
    return folder


def tree(folder):
    """Read the files of an outputs folder, without what builds remember there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(f"{FOLDER}/")}


def is_whole(out):
    """Say whether the dataset loads, has its ledgers and sources, and nothing temporary lies about."""
    dataset = store.load(out / "dataset.json")
    names = {path.name for path in (out / "ledger").iterdir()}
    return {f"{notice.source.sha256}.jsonl" for notice in dataset.notices} <= names and not list(out.rglob("*.tmp"))


# ── what is read again ──────────────────────────────────────────────────────────────────────────────────────────────


def edit(corpus):
    (corpus / "1/1.txt").write_text(TEXT.format(1, 999), "utf-8")


def same_size_and_time(corpus):
    path = corpus / "1/1.txt"
    before = path.stat()
    path.write_text(TEXT.format(1, 999), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def touch(corpus):
    os.utime(corpus / "1/1.txt")


def copy(corpus):
    shutil.copytree(corpus, corpus.with_name("copy"))
    shutil.rmtree(corpus)
    corpus.with_name("copy").rename(corpus)


def second_text(corpus):
    (corpus / "2.txt").write_text(TEXT.format(2, 602) + "另有7元。\n", "utf-8")


# what happens to the corpus -> the files that are read then
CHANGES = {
    "nothing": (lambda _corpus: None, []),
    "an edit": (edit, ["1/1.txt"]),
    "an edit that keeps size and time": (same_size_and_time, ["1/1.txt"]),
    "a new time": (touch, []),
    "other files with the same bytes": (copy, []),
    "a new file": (lambda corpus: (corpus / "new.txt").write_text(TEXT.format(7, 7), "utf-8"), ["new.txt"]),
    "a file gone": (lambda corpus: (corpus / "1/1.txt").unlink(), []),
    "another name": (lambda corpus: (corpus / "1/1.txt").rename(corpus / "0.txt"), []),
    "a second text of one document, before it": (second_text, ["2.txt"]),
    "a sidecar": (lambda corpus: (corpus / "1/1.txt.toml").write_text('url = "https://a.org/"\n', "utf-8"), []),
    "a broken sidecar": (lambda corpus: (corpus / "1/1.txt.toml").write_text("x = 1\n", "utf-8"), []),
    "a broken file": (lambda corpus: (corpus / "z.txt").write_bytes(b""), []),
    "a fault of ours": (lambda corpus: (corpus / "z.txt").write_text("坏" * 99, "utf-8"), ["z.txt"]),
}


@pytest.mark.parametrize(("change", "read"), CHANGES.values(), ids=CHANGES)
def test_only_what_changed_is_read(change, read, corpus, tmp_path, pipeline):
    """Whatever happens to the corpus, only new bytes are read; the outputs are those of a build from nothing."""
    build(corpus, tmp_path / "out")
    pipeline.read.clear()
    change(corpus)
    report = build(corpus, tmp_path / "out")

    assert pipeline.read == read
    build(corpus, tmp_path / "clean")
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")
    assert report.summary == build(corpus, tmp_path / "clean").summary
    assert report.summary.facts == len(report.dataset.facts)


def test_unchanged_is_not_even_assembled(corpus, tmp_path, pipeline, monkeypatch):
    """Where nothing has changed, nothing is put together or written; the report is that of the build before."""
    (corpus / "bad.txt").write_bytes(b"")
    (corpus / "loop.txt").symlink_to("loop.txt")
    first = build(corpus, tmp_path / "out")
    monkeypatch.setattr("extractor.build.incremental.assemble", None)
    monkeypatch.setattr("extractor.build.incremental.RecordStore", None)
    second = build(corpus, tmp_path / "out")

    assert second.summary == first.summary
    assert {item.path: item.reason for item in second.summary.set_aside} == {
        "bad.txt": "empty",
        "loop.txt": "unreadable",
    }
    assert (second.published.written, second.published.removed) == ((), ())
    assert (second.published.unchanged, second.reread) == (len(first.published.written), 0)
    assert pipeline.read == [f"{n % 2}/{n}.txt" for n in (2, 4, 1, 3, 5)] + ["1/page.html"]


@pytest.mark.parametrize("what", ["a notice to come", "a notice read", "a sidecar", "corrections"])
@pytest.mark.usefixtures("pipeline")
def test_changes_during_a_build_are_seen_by_the_next(what, corpus, tmp_path):
    """A file that changes while others are read is taken as it was or as it is; the next build sees what has changed."""
    fact = build(corpus, tmp_path / "before").dataset.facts[0]
    row = f'[[correction]]\nfact = "{fact.fact_id}"\nfield = "value"\nvalue = "1"\nwho = "a"\nwhy = "b"\n'
    path, text = {
        "a notice to come": ("1/5.txt", TEXT.format(5, 7)),
        "a notice read": ("0/2.txt", TEXT.format(2, 7)),
        "a sidecar": ("0/2.txt.toml", 'url = "https://a.org/"\n'),
        "corrections": ("corrections.toml", row),
    }[what]

    def progress(done, *_):
        if done == 2:
            (corpus / path).write_text(text, "utf-8")

    build(corpus, tmp_path / "out", progress=progress)
    build(corpus, tmp_path / "out")
    build(corpus, tmp_path / "clean")

    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


def test_what_failed_is_tried_again(corpus, tmp_path, pipeline):
    """A file that could not be read for a reason that may pass is tried again, though its bytes are the same."""
    (corpus / "bad.txt").write_text("坏" * 99, "utf-8")

    assert [item.reason for item in build(corpus, tmp_path / "out").summary.set_aside] == ["internal_error"]
    pipeline.process = fake_process
    build(corpus, tmp_path / "out")

    pipeline.process = lambda source, resources, **fields: fake_process(
        source.__class__(**{**source_fields(source), "text": source.text.replace("坏", "好")}), resources, **fields
    )
    assert build(corpus, tmp_path / "out").summary.set_aside == ()


def source_fields(source):
    return {name: getattr(source, name) for name in source.__struct_fields__}


OUTPUTS = ["dataset.json", "dataset.schema.json", "ledger", "sources"]


@pytest.mark.parametrize("how", ["edited", "gone"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_outputs_are_mended(name, how, corpus, tmp_path, pipeline):
    """An output file that was edited or removed comes back, without a file being read."""
    out = tmp_path / "out"
    build(corpus, out)
    before = tree(out)
    pipeline.read.clear()
    path = next((out / name).iterdir()) if (out / name).is_dir() else out / name
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[::-1])
    build(corpus, out)

    assert tree(out) == before
    assert pipeline.read == []


def test_release_counts_as_input(corpus, tmp_path, pipeline):
    """After a release the version follows from it, although no notice has changed; released files count by their bytes."""
    out = tmp_path / "out"
    build(corpus, out)
    release(out)
    edit(corpus)

    assert build(corpus, out).summary.dataset_version == "2.0.0"
    (out / "history/1.0.0.json").unlink()

    assert build(corpus, out).summary.dataset_version == "1.0.0"
    assert pipeline.read.count("1/1.txt") == 2


def test_corrections_count_as_input(corpus, tmp_path, pipeline):
    """A correction that is added or taken away is applied without a file being read."""
    out = tmp_path / "out"
    fact = build(corpus, out).dataset.facts[0]
    pipeline.read.clear()
    row = f'[[correction]]\nfact = "{fact.fact_id}"\nfield = "value"\nvalue = "1"\nwho = "a"\nwhy = "b"\n'
    (corpus / "corrections.toml").write_text(row, "utf-8")

    assert build(corpus, out).dataset.facts[0].value == "1"
    (corpus / "corrections.toml").unlink()

    assert build(corpus, out).dataset.facts[0] == fact
    assert pipeline.read == []


def test_measures_of_other_years_are_kept(tmp_path, monkeypatch):
    """Only the sentences of years whose notices have changed are compared again, and the outputs are the same bytes."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for year in range(2018, 2024):
        text = f"江西省医疗保障局关于{year}年居民医保工作的通知\n赣医保发〔{year}〕1号\n一、缴费每人{year - 1700}元。\n"
        (corpus / f"{year}.txt").write_text(text, "utf-8")
    compared = []
    align = measures.align_measures
    monkeypatch.setattr(measures, "align_measures", lambda *sides: compared.append(sides) or align(*sides))
    build(corpus, out)

    assert len(compared) == 5
    path = corpus / "2020.txt"
    path.write_text(path.read_text("utf-8") + "二、新增9元。\n", "utf-8")
    build(corpus, out)

    assert len(compared) == 7
    build(corpus, tmp_path / "clean")
    assert tree(out) == tree(tmp_path / "clean")


@pytest.fixture
def varied(tmp_path, monkeypatch):
    """Make a corpus of so many varied notices in a folder; return where it is."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "bench"))
    import incremental

    def made(count):
        incremental.made(tmp_path / "corpus", count)
        return tmp_path / "corpus"

    return made


def test_unchanged_costs_next_to_nothing(varied, tmp_path):
    """To see that ten more notices haven't changed takes a small part of the work of reading them."""
    build(varied(5), tmp_path / "out")  # for what is loaded once
    work = {}
    for count in (10, 20):
        corpus = varied(count)
        work[count] = [lines_run(build, corpus, tmp_path / f"out-{count}") for _ in range(2)]
    full, unchanged = (many - few for few, many in zip(work[10], work[20], strict=True))

    assert unchanged < 0.03 * full


@pytest.mark.timing
@pytest.mark.parametrize(("count", "share"), [(100, 0.15), (1000, 0.03)])
def test_unchanged_takes_next_to_no_time(count, share, varied, tmp_path):
    """A small part of the full time goes into seeing that nothing has changed; `bench/incremental.py` takes 10,000."""
    corpus = varied(count)
    seconds = []
    for _ in range(3):
        began = time.process_time()
        build(corpus, tmp_path / "out")
        seconds.append(time.process_time() - began)

    assert min(seconds[1:]) < share * seconds[0]


# ── random histories ────────────────────────────────────────────────────────────────────────────────────────────────


def random_step(corpus, dice):
    """Do one thing to a corpus: add, edit, delete, rename, sidecar, corrections."""
    notices = sorted(path for path in corpus.rglob("*.txt"))
    path = dice.choice(notices)
    what = dice.randrange(7)
    if what == 0:
        (corpus / f"{dice.randrange(3)}/{dice.randrange(90)}.txt").write_text(
            TEXT.format(dice.randrange(6), dice.randrange(9)), "utf-8"
        )
    elif what == 1:
        path.write_text(TEXT.format(dice.randrange(6), dice.randrange(9)), "utf-8")
    elif what == 2 and len(notices) > 1:
        path.unlink()
    elif what == 3:
        path.rename(path.with_name(f"{dice.randrange(90)}.txt"))
    elif what == 4:
        path.with_name(f"{path.name}.toml").write_text(dice.choice(['url = "a"\n', "wrong = 1\n", ""]), "utf-8")
    elif what == 5:
        path.write_bytes(dice.choice([b"", b"\x00\x01" * 99, "坏".encode() * 50, path.read_bytes()]))
    else:
        corrections = corpus / "corrections.toml"
        facts = [fact for one in read_corpus(corpus).read for fact in one.result.facts]
        row = '[[correction]]\nfact = "{}"\nfield = "value"\nvalue = "{}"\nwho = "a"\nwhy = "b"\n'
        text = row.format(dice.choice(facts).fact_id, dice.randrange(9)) if facts else ""
        corrections.write_text(dice.choice([text, ""]), "utf-8")


def outcome(corpus, out):
    """Build, and return what stands there then or what the error says."""
    try:
        return build(corpus, out).summary, tree(out)
    except DatasetError as error:  # a correction that meets nothing any more
        return str(error).replace(str(out), "")


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 60))])
@pytest.mark.usefixtures("pipeline")
def test_any_history_gives_what_a_first_build_gives(seed, corpus, tmp_path):
    """After any sequence of changes, with builds in between, the outputs are those of a build into an empty folder."""
    dice = random.Random(seed)  # noqa: S311 - for changes, not for secrets
    (corpus / "2").mkdir()
    for number in range(12):
        random_step(corpus, dice)
        built = outcome(corpus, tmp_path / "out")
        if number % 3 == 2:
            assert built == outcome(corpus, tmp_path / f"clean{number}")
        if isinstance(built, str):
            (corpus / "corrections.toml").unlink()


# ── the state itself ────────────────────────────────────────────────────────────────────────────────────────────────


def spoil(path, how):
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(data[: len(data) * 2 // 3])
    elif how == "longer":
        path.write_bytes(data + b"\xff" * 50)
    elif how == "foreign":
        path.write_bytes(b"{}" * 500)
    else:  # a bit in the middle
        path.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])


@pytest.mark.parametrize("how", ["gone", "empty", "cut", "longer", "foreign", "flipped"])
@pytest.mark.parametrize("name", [manifest.NAME, "readings", "facts", "notices", "regions", "measures"])
@pytest.mark.usefixtures("pipeline")
def test_broken_state_costs_time_only(name, how, corpus, tmp_path):
    """Whatever is wrong with what was remembered, the outputs are the same bytes."""
    out = tmp_path / "out"
    build(corpus, out)
    spoil(out / FOLDER / name, how)
    edit(corpus)
    build(corpus, out)
    build(corpus, tmp_path / "clean")

    assert tree(out) == tree(tmp_path / "clean")
    shutil.rmtree(out / FOLDER)
    build(corpus, out)
    assert tree(out) == tree(tmp_path / "clean")


def test_state_does_not_grow(corpus, tmp_path, pipeline):
    """What the last build did not use is dropped."""
    out = tmp_path / "out"
    build(corpus, out)
    size = (out / FOLDER / "readings").stat().st_size
    for number in range(20):
        (corpus / "1/1.txt").write_text(TEXT.format(1, 600 + number), "utf-8")
        build(corpus, out)

    assert (out / FOLDER / "readings").stat().st_size < size * 1.1
    assert len(pipeline.read) == 6 + 20


@pytest.mark.usefixtures("pipeline")
def test_readings_of_a_killed_build_are_kept(corpus, tmp_path):
    """What was put before the end came is found by the next, but for a record cut short."""
    out = tmp_path / "out"
    (out / FOLDER).mkdir(parents=True)
    engine_digest = "0" * 64
    one = next(iter(read_corpus(corpus).read))
    with RecordStore(out, "readings", engine_digest, Read) as kept:
        kept.put("1" * 64, one)
        kept.put("2" * 64, one)
    path = out / FOLDER / "readings"
    path.write_bytes(path.read_bytes()[:-1])
    with RecordStore(out, "readings", engine_digest, Read) as kept:
        assert (kept.get("1" * 64), kept.get("2" * 64)) == (one, None)
        kept.put("3" * 64, one)
    with RecordStore(out, "readings", engine_digest, Read) as kept:
        assert kept.get("3" * 64) == one
    with RecordStore(out, "readings", "1" * 64, Read) as kept:
        assert kept.get("1" * 64) is None


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def old(path):
    """Make a file's times older than any clock's step, as far as that can be done; ctime is what it is."""
    time.sleep(0.08)
    return path


def test_files_are_opened_only_when_they_look_different(tmp_path, monkeypatch):
    """A settled file that looks the same is not opened; one just written, or of another look, is."""
    path = tmp_path / "a"
    path.write_text("1", "utf-8")
    fresh = manifest.stamp_of(path)

    assert not fresh.settled
    old(path)
    settled = manifest.stamp_of(path, fresh)

    assert settled.settled
    opened = []
    monkeypatch.setattr(manifest, "_digested", lambda path: opened.append(path) or fresh)
    assert manifest.stamp_of(path, settled) is settled
    assert opened == []
    manifest.stamp_of(path, fresh)
    path.write_text("2", "utf-8")
    manifest.stamp_of(path, settled)
    assert opened == [path, path]
    assert manifest.stamp_of(tmp_path / "none") is None


def test_a_change_within_the_same_tick_is_seen(tmp_path):
    """A file written again at once, so that size and times are the same, is looked at again."""
    path = tmp_path / "a"
    for number in range(50):
        path.write_text(f"{number:03}", "utf-8")
        before = manifest.stamp_of(path)
        path.write_text(f"{number + 1:03}", "utf-8")

        assert manifest.stamp_of(path, before).digest != before.digest


# ── the engine ──────────────────────────────────────────────────────────────────────────────────────────────────────

OPENED = """
import sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from extractor.build.incremental import read_corpus
found = read_corpus(Path(sys.argv[1]))
assert found.read, found.set_aside
print(*opened, sep="\\n")
"""


def test_reading_opens_no_file_that_does_not_count(tmp_path):
    """The data files that are left out of the digest are not opened by reading notices of all kinds."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    (tmp_path / "corpus/gb.txt").write_bytes(TEXT.format(3, 610).encode("gb18030"))
    (tmp_path / "corpus/odd.txt").write_bytes("缴费达到每人每年6lO元。".encode() * 9 + b"\xff\xfe")
    command = [sys.executable, "-c", OPENED, str(tmp_path / "corpus")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    opened = {Path(line).resolve() for line in ended.stdout.splitlines()}
    names = {path.relative_to(DATA.resolve()).as_posix() for path in opened if path.is_relative_to(DATA.resolve())}

    assert {"units.toml", "regions.toml", "words.toml"} <= names
    assert names & NOT_READ == set()


def test_which_data_files_count(tmp_path):
    """Every data file that reading may depend on changes the digest, none of the others does; any changes the whole."""
    shutil.copytree(DATA, tmp_path / "data")
    before = fingerprint_of(Resources(tmp_path / "data"), DEFAULT)
    names = [path.relative_to(DATA).as_posix() for path in sorted(DATA.rglob("*.toml"))]

    assert set(names) > NOT_READ
    for name in names:
        path = tmp_path / "data" / name
        text = path.read_text("utf-8")
        path.write_text(f"{text}\n# one more line\n", "utf-8")
        after = fingerprint_of(Resources(tmp_path / "data"), DEFAULT)
        path.write_text(text, "utf-8")

        assert (after.reading == before.reading) == (name in NOT_READ), name
        assert after.whole != before.whole, name


IMPORTED = """
import sys
from extractor import ingest, pipeline, resources
for path in sys.argv[1:]:
    pipeline.process(ingest.read(open(path, "rb").read(), origin=path), resources.load())
from extractor.ingest import sandbox_worker
from extractor.ingest.ofd import reader
from extractor.ingest.pdf import reader
print(*(module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "extractor"), sep="\\n")
"""


def test_reading_imports_no_code_that_does_not_count():
    """Code that is left out of the digest is not imported by reading notices of all kinds; building is made of the rest."""
    paths = [str(path) for path in sorted((ROOT / "corpus/360000").iterdir()) if path.suffix != ".toml"]
    command = [sys.executable, "-c", IMPORTED, *paths]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    imported = {Path(line) for line in ended.stdout.splitlines()} - {fingerprint.PACKAGE / "__init__.py"}
    reading, building = (
        set(fingerprint.code_files(fingerprint.PACKAGE, code)) for code in (READING_CODE, BUILDING_CODE)
    )

    assert len(imported) > 50
    assert imported <= reading < building


# a file of the package, and whether another line in it has notices read again, and the dataset made again
CODE = [
    ("ingest/web/html.py", True, True),
    ("notice/facts/make.py", True, True),
    ("pipeline.py", True, True),
    ("build/corpus.py", True, True),
    ("dataset/series.py", False, True),
    ("build/assemble.py", False, True),
    ("build/dedup/grouping.py", False, True),
    ("report/diff.py", False, False),
    ("export/workbook.py", False, False),
    ("query/lookup.py", False, False),
    ("cli/main.py", False, False),
    ("release.py", False, False),
]


@pytest.mark.parametrize(("name", "reading", "whole"), CODE, ids=[row[0] for row in CODE])
def test_which_code_counts(name, reading, whole, tmp_path, monkeypatch):
    """Another line in a reader has all read again, one in the series the dataset made anew, one in a report neither."""
    shutil.copytree(fingerprint.PACKAGE, tmp_path / "extractor")
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path / "extractor")
    before = fingerprint_of(Resources(DATA), DEFAULT)
    with (tmp_path / "extractor" / name).open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")
    fingerprint.code_digests.cache_clear()  # as in another process
    after = fingerprint_of(Resources(DATA), DEFAULT)

    assert (after.reading != before.reading, after.whole != before.whole) == (reading, whole)


def test_libraries_and_limits_count(monkeypatch):
    """Another version of a library and another limit have everything read again."""
    given = Resources(DATA)
    found = {fingerprint_of(given, DEFAULT), fingerprint_of(given, Limits(pages=7))}
    with monkeypatch.context() as another:
        another.setattr(fingerprint, "version", lambda _name: "9.9")
        fingerprint.versions_of.cache_clear()  # as in another process
        found.add(fingerprint_of(given, DEFAULT))
    fingerprint.versions_of.cache_clear()

    assert len({one.reading for one in found}) == len({one.whole for one in found}) == 3


@pytest.mark.parametrize(("name", "count"), [("labels.toml", 0), ("units.toml", 6)])
def test_data_files_have_what_they_could_change_read_again(name, count, corpus, tmp_path, pipeline):
    """A new label has the dataset made anew and no notice read; a new unit has all of them read."""
    shutil.copytree(DATA, tmp_path / "data")
    first = build(corpus, tmp_path / "out", resources=Resources(tmp_path / "data"))
    pipeline.read.clear()
    with (tmp_path / "data" / name).open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")
    second = build(corpus, tmp_path / "out", resources=Resources(tmp_path / "data"))

    assert (len(pipeline.read), second.reread) == (count, count)
    assert second.published.written == ("dataset.json",)
    assert second.dataset.generator != first.dataset.notices


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_limits_reach_reading(corpus, tmp_path, pipeline):
    """A limit given to a build holds there, and another one has the files looked at again."""
    small = with_settings(["bytes=90"])
    report = build(corpus, tmp_path / "out", limits=small)

    assert {item.reason for item in report.summary.set_aside} == {"too_large"}
    assert build(corpus, tmp_path / "out").summary.set_aside == ()
    with pytest.raises(IngestError, match="MiB"):
        extractor.read_notice(corpus / "1/page.html", limits=small)
    assert len(pipeline.read) == 11 - len(report.summary.set_aside) + 1


@pytest.mark.parametrize("setting", ["page=3", "pages", "pages=", "pages=0", "pages=-1", "pages=1.5", "pages=٣", "=3"])
def test_wrong_limits(setting, tmp_path):
    """A limit that is none is a usage error that names those there are."""
    command = [
        sys.executable,
        "-m",
        "extractor",
        "build",
        "corpus",
        "-o",
        str(tmp_path),
        "--limit",
        setting,
        "--lang",
        "en",
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert ended.returncode == 2
    assert "bytes, unpacked, members, pages" in " ".join(ended.stderr.replace("│", " ").split())


# ── one writer ──────────────────────────────────────────────────────────────────────────────────────────────────────

HOLDING = """
import sys, time
from pathlib import Path
from extractor.build.cache import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock on the outputs folder."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "out")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.usefixtures("pipeline")
def test_second_writer_is_refused(holder, corpus, tmp_path):
    """A second writer is told at once who writes and what to do; after a crash of the first it may."""
    out = tmp_path / "out"
    for call in (lambda: build(corpus, out), lambda: build(corpus, out, wait=0.2)):
        with pytest.raises(DatasetError, match=rf"process {holder.pid} is writing.*--wait"):
            call()
    (out / "dataset.json").write_bytes(b"{}")
    with pytest.raises(DatasetError, match="is writing"):
        release(out)
    command = [sys.executable, "-m", "extractor", "build", str(corpus), "-o", str(out), "--lang", "en"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"process {holder.pid} is writing" in ended.stderr
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    (out / "dataset.json").unlink()

    assert build(corpus, out).summary.notices == 6


@pytest.mark.usefixtures("pipeline")
def test_waiting_for_the_first(holder, corpus, tmp_path):
    """With a wait, the second goes on when the first has ended."""
    killer = subprocess.Popen(["/bin/sh", "-c", f"sleep 0.5; kill -9 {holder.pid}"])  # noqa: S603
    assert build(corpus, tmp_path / "out", wait=60).summary.notices == 6
    killer.wait()


def test_lock_may_be_held_twice_by_one_command(tmp_path):
    """A command that holds the lock may call another that takes it; it is free only when the first lets go."""
    with writing(tmp_path), writing(tmp_path / "." / ""):
        pass
    with writing(tmp_path):
        with writing(tmp_path):
            pass
        command = [sys.executable, "-c", HOLDING, str(tmp_path)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

        assert f"process {os.getpid()} is writing" in ended.stderr


def test_readers_need_no_lock(holder, corpus, tmp_path, pipeline):
    """Loading what stands there goes on while another writes."""
    del holder, pipeline
    build(corpus, tmp_path / "other")
    shutil.copy(tmp_path / "other/dataset.json", tmp_path / "out/dataset.json")

    assert len(store.load(tmp_path / "out/dataset.json").notices) == 6


def test_folder_that_cannot_be_made(corpus, tmp_path, monkeypatch):
    """An outputs folder that can't be made is refused with a word about it."""

    def mkdir(*_args, **_fields):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(DatasetError, match=r"cannot be written: Read-only file system.*-o"):
        build(corpus, tmp_path / "out")


# ── files that change, disks that are full ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("changes", "reason"), [(1, None), (2, None), (99, "changed")])
def test_file_that_changes_while_it_is_read(changes, reason, tmp_path, monkeypatch):
    """A file that changes while it is read is read again; one that never rests is set aside as that."""
    path = tmp_path / "a.txt"
    path.write_text("0", "utf-8")
    left = changes
    check = files.check_regular

    def changing(*args):
        nonlocal left
        check(*args)
        if left:
            left -= 1
            path.write_text("x" * (changes - left + 1), "utf-8")

    monkeypatch.setattr(files, "check_regular", changing)
    if reason:
        with pytest.raises(IngestError, match=r"a\.txt: it changed while it was read") as raised:
            read_file(path)
        assert raised.value.reason == reason
    else:
        assert read_file(path) == b"x" * (changes + 1)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from extractor.cli.main import main
main(["build", sys.argv[2], "-o", sys.argv[3]])
"""


def test_file_size_limit(tmp_path):
    """Where no file may grow beyond a size, the build says so and what stood there is whole, state and all."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT.format(1, 610), "utf-8")
    build(corpus, out)
    before = tree(out)
    for name in "bcdef":
        (corpus / f"{name}.txt").write_text(TEXT.format(name, 620) * 30, "utf-8")
    dataset, readings = ((out / name).stat().st_size for name in ("dataset.json", ".state/readings"))
    schema = (out / "dataset.schema.json").stat().st_size
    for size, what in ((readings + 500, "readings"), (max(dataset, schema) + 5000, "dataset.json")):
        command = [sys.executable, "-c", LIMITED, str(size), str(corpus), str(out)]
        # The interpreter takes a cut write of its own bytecode for a whole one, and reads it.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "EXTRACTOR_LANG": "en"}
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

        assert ended.returncode == 2, ended.stderr
        assert all(words in ended.stderr for words in (what, "cannot be written", "File too large", "unchanged", "-o"))
        assert "Traceback" not in ended.stderr
        assert tree(out) == before
        assert is_whole(out)
    build(corpus, out)
    assert len(store.load(out / "dataset.json").notices) == 6


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four mebibytes, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=4M", "tmpfs", str(place)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("a disk can be mounted by root only")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607


@pytest.mark.usefixtures("pipeline")
def test_full_disk(small_disk, corpus):
    """On a disk that is full at any point of the build, the dataset before stays whole; with room again it is built."""
    out, ballast = small_disk / "out", small_disk / "ballast"
    build(corpus, out)
    before = tree(out)
    for number in range(10, 40):
        (corpus / f"{number}.txt").write_text(TEXT.format(number, number) + "另有7元。\n" * 5, "utf-8")
    said = set()
    for room in range(0, 1_000_000, 50_000):
        ballast.unlink(missing_ok=True)
        free = shutil.disk_usage(small_disk).free
        ballast.write_bytes(b"x" * max(0, free - room - 8192))
        error = outcome(corpus, out)
        if not isinstance(error, str):
            break
        said.add(error.split(":")[0])

        assert "cannot be written: No space left on device" in error
        assert tree(out) == before or "built and whole" in error
        assert is_whole(out)
    assert len(said) >= 2
    ballast.unlink()
    build(corpus, out)
    assert len(store.load(out / "dataset.json").notices) == 36
    assert is_whole(out)


@pytest.mark.usefixtures("pipeline")
def test_disk_that_cannot_be_written(small_disk, corpus):
    """On a disk that has become read-only, building and releasing are refused with a word about it; loading isn't."""
    build(corpus, small_disk)
    edit(corpus)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S603, S607
    for call in (build, lambda _corpus, out: release(out)):
        with pytest.raises(DatasetError, match=r"cannot be written: Read-only file system.*-o"):
            call(corpus, small_disk)

    assert len(store.load(small_disk / "dataset.json").notices) == 6


@pytest.mark.usefixtures("pipeline")
def test_state_that_cannot_be_written_last(corpus, tmp_path, monkeypatch):
    """When only what is to be remembered finds no room, the error says that the dataset is whole; it is."""

    def full(*_):
        raise DatasetError("manifest: cannot be written: No space left on device.")

    monkeypatch.setattr(manifest, "save", full)
    with pytest.raises(DatasetError, match=r"No space left.*is built and whole"):
        build(corpus, tmp_path / "out")

    assert is_whole(tmp_path / "out")


@pytest.mark.usefixtures("pipeline")
def test_error_in_the_middle_of_publishing(corpus, tmp_path, monkeypatch):
    """When a file can't take its name, the dataset before stays, with every file that it needs."""
    out = tmp_path / "out"
    build(corpus, out)
    old_dataset = (out / "dataset.json").read_bytes()
    edit(corpus)
    replace = Path.replace

    def failing(self, target):
        if target.name == publish.DATASET:
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(DatasetError, match=r"dataset\.json: cannot be written: Input/output error"):
            build(corpus, out)
    assert (out / "dataset.json").read_bytes() == old_dataset
    assert is_whole(out)
    build(corpus, out)
    build(corpus, tmp_path / "clean")
    assert tree(out) == tree(tmp_path / "clean")
