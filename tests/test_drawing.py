"""A report drawn by several processes: the same pages, what goes wrong said as by one, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from test_jobs import children, is_running
from test_report_pages import CORPUS, OUTPUTS, pictured, settings  # noqa: F401 - a fixture

from extractor.build.engine import Lost, processes
from extractor.build.engine.processes import Processes
from extractor.dataset import store
from extractor.errors import DatasetError
from extractor.model import IndicatorRecord
from extractor.report.pages import drawing
from extractor.report.pages.site import report_pages, write_report

ROOT = Path(OUTPUTS).parent


@pytest.fixture(scope="module")
def dataset():
    return store.load(OUTPUTS / "dataset.json")


@pytest.fixture
def started(monkeypatch):
    """List how many processes each run of steps was given."""
    found = []
    run = Processes.run
    monkeypatch.setattr(
        Processes, "run", lambda self, *given: found.append(self.jobs_for(given[1])) or run(self, *given)
    )
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_same_pages(language, dataset, started):
    """Three processes draw what one does, and tell of the same steps in the same order."""
    alone, told = [], []
    one = report_pages(dataset, settings(language, jobs=1), progress=lambda *step: alone.append(step))
    several = report_pages(dataset, settings(language, jobs=3), progress=lambda *step: told.append(step))

    assert several == one
    assert told == alone
    assert [at for at, _, _ in told] == list(range(told[0][1]))
    assert started == [3]


def test_same_pictures(pictured):  # noqa: F811 - the fixture
    """Pictures of a PDF's pages are drawn by other processes, too."""
    dataset = store.load(pictured.outputs / "dataset.json")
    several = report_pages(dataset, pictured._replace(jobs=2))

    assert any(name.endswith(".png") for name in several)
    assert several == report_pages(dataset, pictured._replace(jobs=1))


def test_same_own_indicators(dataset):
    """Names of a user's own indicators, which the dataset brings along, reach other processes with it."""
    series = next(one for one in dataset.series if one.indicator and one.points)
    own = IndicatorRecord(
        id="own.allowance",
        name="特别津贴",
        name_en="",
        kinds=(series.kind,),
        unit=series.unit or "",
        per=series.per,
        programmes=(),
    )
    named = replace(
        dataset,
        indicators=(own,),
        series=tuple(replace(one, indicator=own.id) if one == series else one for one in dataset.series),
    )
    several = report_pages(named, settings(jobs=2))

    assert own.name in several[f"indicator/{own.id}.html"].decode()
    assert several == report_pages(named, settings(jobs=1))


PAYS = [("few pages", 1, []), ("enough pages", 100, [2])]


@pytest.mark.parametrize(("share", "expected"), [row[1:] for row in PAYS], ids=[row[0] for row in PAYS])
def test_as_many_as_pay(share, expected, dataset, started, monkeypatch):
    """Without a number, two processors are used where the pages are many; the project's own notices are drawn by one."""
    monkeypatch.setattr(processes, "processors", lambda: 2)
    monkeypatch.setattr(drawing, "PAYS", drawing.PAYS // share)
    report_pages(dataset, settings())

    assert started == expected


def test_an_error_in_another_process(dataset, tmp_path):
    """What is wrong with a file that a page needs is said in the same words, and nothing is written."""
    (tmp_path / "ledger").mkdir()
    (tmp_path / f"ledger/{dataset.notices[0].source.sha256}.jsonl").write_text("{}\n", "utf-8")
    said = []
    for jobs in (1, 2):
        with pytest.raises(DatasetError) as found:
            write_report(dataset, tmp_path / "report", settings(folder=tmp_path, jobs=jobs))
        said.append(str(found.value))

    assert said[0] == said[1]
    assert dataset.notices[0].source.sha256 in said[0]
    assert not (tmp_path / "report").exists()


def test_a_page_that_processes_die_of(dataset, monkeypatch):
    """The page is named, with what the processes died of."""
    lost = Lost(-signal.SIGKILL)
    monkeypatch.setattr(Processes, "run", lambda *_: iter([lost]))

    with pytest.raises(DatasetError, match=r"doubts\.html: two processes ended .* with signal 9\. Draw with --jobs 1"):
        report_pages(dataset, settings(jobs=2))


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
def test_interrupted(tmp_path):
    """Ctrl-C ends the command and its processes, and leaves no page and no file behind."""
    command = [sys.executable, "-m", "extractor", "report", "--dataset", str(OUTPUTS / "dataset.json")]
    command += ["--corpus", str(CORPUS), "-o", str(tmp_path / "report"), "--jobs=2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while len(found := children(process.pid)) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate()[1].decode()

    assert len(found) == 2
    assert process.returncode == 130, said
    while any(map(is_running, found)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, found))
    assert not list(tmp_path.iterdir())
