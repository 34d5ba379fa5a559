"""The MCP server: its tools as functions, and as the SDK's own client sees them, over standard streams and HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from extractor import Dataset
from extractor.cli.main import commands
from extractor.errors import ExtractorError, ReadingError
from extractor.mcp_server import MOST, DatasetTools, listening

ROOT = Path(__file__).parent.parent
OUTPUTS = ROOT / "outputs/dataset.json"
SUBSIDY = "medical.funding.fiscal_subsidy"
TOOLS = ["diff", "facts", "indicators", "regions", "value", "verify"]
# A question of each tool that answers with figures.
ASKED = {
    "value": {"indicator": SUBSIDY, "year": 2023, "region": "100000"},
    "diff": {"from_year": 2022, "to_year": 2023, "region": "100000", "indicator": SUBSIDY},
    "facts": {"indicator": SUBSIDY, "year": 2023},
    "verify": {"text": "2023年居民医保财政补助每人640元"},
}


@pytest.fixture(scope="module")
def tools():
    return DatasetTools(Dataset.load(OUTPUTS))


# ── the tools


def quotes(answer):
    """Yield the quotations of an answer, wherever in it they stand."""
    if isinstance(answer, dict):
        yield from answer.get("quotes", ())
    for part in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, (list, tuple)) else ():
        yield from quotes(part)


@pytest.mark.parametrize("name", ASKED)
def test_answers_are_quoted(tools, name):
    """Every answer with a figure has words of a notice, as the dataset has them, and JSON can hold it."""
    answer = getattr(tools, name)(**ASKED[name])
    found = list(quotes(answer))
    facts = {fact.fact_id: fact for fact in Dataset.load(OUTPUTS).data.facts}

    assert json.loads(json.dumps(answer)) == answer or json.dumps(answer)
    assert found
    assert all(quote["evidence"]["exact"] == facts[quote["fact_id"]].evidence.exact for quote in found)


def test_value(tools):
    """A floor is a floor; names are understood; who inherits is told so."""
    answer = tools.value("人均财政补助标准", year=2023, region="四川")

    assert (answer["value"], answer["operator"], answer["region"], answer["inherited"]) == ("640", "ge", "100000", True)
    assert answer["quotes"][0]["document_number"] == "医保发〔2023〕24号"


def test_diff(tools):
    """What moved has both sides."""
    (change,) = tools.diff(**ASKED["diff"])["changes"]

    assert (change["kind"], change["before"]["value"], change["after"]["value"]) == ("raised", "610", "640")


def test_facts(tools):
    """Facts come in parts."""
    first = tools.facts(limit=2)
    rest = tools.facts(limit=2, offset=first["next_offset"])

    assert (len(first["facts"]), first["next_offset"], first["total"]) == (2, 2, 205)
    assert first["facts"][0]["fact_id"] != rest["facts"][0]["fact_id"]
    assert len(tools.facts(limit=10**6)["facts"]) == min(MOST, first["total"])
    assert tools.facts(year=1999) == {"facts": [], "total": 0, "next_offset": None}


def test_verify(tools):
    """A claim has its verdict."""
    (claim,) = tools.verify("2023年居民医保财政补助每人640元")["claims"]

    assert (claim["verdict"], claim["reading"]["indicator"]) == ("floor", SUBSIDY)


def test_what_there_is(tools):
    """Indicators and regions are found by name."""
    (one,) = tools.indicators("人均财政补助")["indicators"]

    assert one == {
        "indicator": SUBSIDY, "name": "人均财政补助标准", "units": ["CNY"], "regions": ["100000", "360000"],
        "years": [2020, 2021, 2022, 2023, 2024],
    }  # fmt: skip
    assert {"region": "360000", "name": "江西省"} in tools.regions()["regions"]


WRONG = [
    ("value", {"indicator": "medical.nothing", "year": 2023}, ReadingError),
    ("value", {"indicator": SUBSIDY, "year": 1999, "region": "100000"}, ReadingError),
    ("value", {"indicator": SUBSIDY, "region": "无此地"}, ExtractorError),
    ("facts", {"notice_id": "无此文"}, ReadingError),
    ("diff", {"from_year": 2022, "to_year": 2023, "region": "无此地"}, ExtractorError),
]


@pytest.mark.parametrize(("name", "arguments", "error"), WRONG)
def test_wrong_questions(tools, name, arguments, error):
    """What there is none of is an error that says what there is."""
    with pytest.raises(error):
        getattr(tools, name)(**arguments)


# ── over the wire, with the SDK's own client

COMMAND = ("-m", "extractor", "mcp", "--dataset", str(OUTPUTS), "--lang", "en")


def environment():
    """Give a server's process this checkout and what this process finds."""
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


async def conversation(server):
    """Ask a server everything: its tools, each of them, and a wrong question."""
    from mcp import Client

    async with Client(server) as client:
        listed = await client.list_tools()
        answers = {name: await client.call_tool(name, arguments) for name, arguments in ASKED.items()}
        wrong = await client.call_tool("value", {"indicator": "medical.nothing"})
        return listed.tools, answers, wrong


def hold(found):
    """Assert what a conversation must have given, over whatever transport."""
    listed, answers, wrong = found

    assert sorted(tool.name for tool in listed) == TOOLS
    assert all(tool.description and tool.annotations.read_only_hint for tool in listed)
    for name, answer in answers.items():
        assert not answer.is_error, name
        assert list(quotes(answer.structured_content)), name
        assert "不低于" in answer.content[0].text, name
    assert answers["verify"].structured_content["claims"][0]["verdict"] == "floor"
    assert wrong.is_error
    assert "no figure of this indicator" in wrong.content[0].text


def test_standard_streams():
    """A client starts the server as a process and asks it."""
    pytest.importorskip("mcp")
    from mcp.client.stdio import StdioServerParameters, stdio_client

    started = StdioServerParameters(command=sys.executable, args=[*COMMAND], env=environment())
    hold(asyncio.run(conversation(stdio_client(started))))


@contextmanager
def served():
    """Run a server over HTTP in a process of its own; yield its address."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *COMMAND, "--http", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment()},
    ) as process:
        try:
            first = process.stderr.readline()
            yield re.search(r"http://\S+/mcp", first)[0]
        finally:
            process.terminate()


def test_http():
    """A client asks over HTTP; pages from elsewhere and other names of this machine are refused."""
    pytest.importorskip("mcp")
    with served() as url:
        hold(asyncio.run(conversation(url)))

        assert url.startswith("http://127.0.0.1:")
        begin = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accept = {"Accept": "application/json, text/event-stream"}
        refused = (
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Host": "evil.example"},
            {"Host": "evil.example:80"},
        )
        codes = [httpx.post(url, json=begin, headers={**accept, **more}).status_code for more in refused]
        assert codes == [403, 403, 421, 421]


def test_port_that_is_taken():
    """A port that another listens on is an error with what to do; only this machine is listened to."""
    with listening(0) as (bound, address):
        bound.listen()
        assert bound.getsockname()[0] == "127.0.0.1"
        with pytest.raises(ExtractorError, match=f"{address.port}.*--http"), listening(address.port):
            pass


def test_without_the_package(monkeypatch):
    """Who hasn't installed the SDK is told how."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    done = CliRunner().invoke(commands, ["mcp", "--dataset", str(OUTPUTS)], standalone_mode=False)

    assert isinstance(done.exception, ExtractorError)
    assert "policy-figures[mcp]" in str(done.exception)
