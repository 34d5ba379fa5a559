"""Small notices of all kinds of programmes with what a right reading gives (`cases/README.md`): a floor for every kind."""

import hashlib
import json
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from extractor import Dataset
from extractor.build.incremental import build
from extractor.release import release

PATHS = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
PLACE = {"quote", "number", "nth", "doc", "if_any"}
SCOPE = {"region", "area", "places", "population", "payer", "provider", "condition"}
# Cases that are not read right yet, of a kind: how many at most. A kind that is not here has none.
OPEN = {"area": 1, "cap-scope": 1, "condition-served": 1, "report-year": 1, "table": 2}


def by_kind():
    """Give the cases, a list for every kind."""
    kinds = defaultdict(list)
    for path in PATHS:
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            kinds[case["kind"]].append(case)
    return kinds


@pytest.mark.parametrize("kind", sorted(by_kind()))
def test_kind(kind, tmp_path, command_line):
    """Of every kind no more cases than are known are read wrong."""
    cases = by_kind()[kind]
    faults = {case["id"]: bad for case in cases if (bad := Built(case, tmp_path / case["id"], command_line).faults())}

    assert len(faults) <= OPEN.get(kind, 0), faults


def test_cases_have_ids_of_their_own():
    """Every case can be told from the others, and every kind has five."""
    kinds = by_kind()
    ids = [case["id"] for cases in kinds.values() for case in cases]

    assert len(set(ids)) == len(ids)
    assert {kind: len(cases) for kind, cases in kinds.items() if len(cases) < 5} == {}


class Built:
    """The corpus of one case, its dataset, and what is wrong with it."""

    def __init__(self, case, folder, command_line):
        self.command_line = command_line
        self.expect, self.documents = case["expect"], case["documents"]
        self.corpus, self.out = folder / "corpus", folder / "outputs"
        self.corpus.mkdir(parents=True)
        later = case.get("after_release", [])
        self._write(name for name in self.documents if name not in later)
        self.old = self._released() if later else None
        self._write(later)
        build(self.corpus, self.out)
        self.data = json.loads((self.out / "dataset.json").read_text("utf-8"))

    def faults(self):
        """Everything that is not as expected."""
        bad = [fault for want in self.expect.get("facts", []) for fault in self._fact(want)]
        for quote in self.expect.get("no_fact", []):
            bad += [f"fact in {quote}: {fact['evidence']['exact']}" for fact in self._within(quote)]
        for quote in self.expect.get("not_linked", []):
            bad += [f"indicator in {quote}: {fact['indicator']}" for fact in self._within(quote) if fact["indicator"]]
        for want in self.expect.get("not_lost", []):
            bad += [] if self._over("facts", want) or self._over("unresolved", want) else [f"lost: {want['quote']}"]
        dataset = Dataset.load(self.out / "dataset.json")
        bad += [fault for want in self.expect.get("value", []) for fault in _value(dataset, want)]
        bad += [fault for want in self.expect.get("diff", []) for fault in self._diff(want)]
        bad += [fault for name, want in self.expect.get("heads", {}).items() for fault in self._head(name, want)]
        return bad + self._whole()

    def _write(self, names):
        for name in names:
            (self.corpus / name).parent.mkdir(parents=True, exist_ok=True)
            (self.corpus / name).write_text(self.documents[name], "utf-8")

    def _released(self):
        build(self.corpus, self.out)
        release(self.out)
        old = self.out.with_name("old.json")
        old.write_bytes((self.out / "dataset.json").read_bytes())
        return old

    def _place(self, quote, number, doc=None, nth=1):
        """Source, start and end of a number in a quote."""
        for name in [doc] if doc else self.documents:
            digest = hashlib.sha256((self.corpus / name).read_bytes()).hexdigest()
            kept = self.out / "sources" / f"{digest}.txt"
            text = kept.read_text("utf-8") if kept.exists() else self.documents[name]
            if quote in text:
                start = text.index(quote)
                for _ in range(nth):
                    start = text.index(number, start) + 1
                return f"sha256:{digest}", start - 1, start - 1 + len(number)
        raise LookupError(quote)

    def _over(self, rows, want):
        source, start, end = self._place(want["quote"], want["number"], want.get("doc"), want.get("nth", 1))
        there = [row for row in self.data[rows] if row["evidence"]["source"] == source]
        return [row for row in there if row["evidence"]["start"] < end and row["evidence"]["end"] > start]

    def _within(self, quote):
        source, start, end = self._place(quote, quote)
        there = [fact for fact in self.data["facts"] if fact["evidence"]["source"] == source]
        return [fact for fact in there if start <= fact["evidence"]["start"] < end]

    def _fact(self, want):
        found = [_differing(want, fact) for fact in self._over("facts", want)]
        if not found:
            return [] if want.get("if_any") else [f"no fact at {want['quote']}"]
        return [f"{want['quote']}: {min(found, key=len)}"] if all(found) else []

    def _diff(self, want):
        asked = {key: value for key, value in want.items() if key not in {"from", "to", "region", "absent"}}
        pair = (want["from"], want["to"], want["region"])
        changes = [
            change
            for one in self.data["comparisons"]
            if (one["from"], one["to"], one["region"]) == pair and not one["against"]
            for change in one["changes"]
        ]
        met = any(not _differing(asked, change) for change in changes)
        return [] if met != want.get("absent", False) else [f"change {want}"]

    def _head(self, name, want):
        notice = next(one for one in self.data["notices"] if one["source"]["path"] == name)
        have = notice | {"region": (notice["region"] or {}).get("code")}
        return [f"{key}: {have[key]}" for key, value in want.items() if have[key] != value]

    def _whole(self):
        failing = [check["message"] for check in self.data["checks"] if check["status"] == "fail"]
        bad = [f"fails: {failing}"] if len(failing) != self.expect.get("checks_fail", len(failing)) else []
        if self.expect.get("readable") and self.data["set_aside"]:
            bad.append(f"set aside: {self.data['set_aside']}")
        if len(self.data["unresolved"]) > self.expect.get("unresolved_max", len(self.data["unresolved"])):
            bad.append(f"unresolved: {[one['evidence']['exact'] for one in self.data['unresolved']]}")
        if wanted := self.expect.get("release"):
            major = int(self.data["dataset_version"].split(".")[0])
            bad += [] if major == wanted["major"] else [f"version {self.data['dataset_version']}"]
            status, said, _ = self.command_line("diff", str(self.old), str(self.out / "dataset.json"))
            bad += [] if bool(status) == wanted.get("moved", bool(status)) else [f"diff: {said}"]
        return bad


def _value(dataset, want):
    asked = {key: value for key, value in want.items() if key not in {"indicator", "is", "operator", "exact"}}
    try:
        reading = dataset.value(want["indicator"], **asked)
        have = reading.exact if want.get("exact") else reading.value
    except LookupError as refusal:
        return [] if want["is"] is None else [f"{want}: {refusal}"]
    fine = (
        want["is"] is not None
        and _same(want["is"], str(have))
        and want.get("operator", reading.operator) == reading.operator
    )
    return [] if fine else [f"{want}: {have}"]


def _differing(want, have):
    """Give the fields of a fact or change that are not as wanted, with what they are."""
    pairs = {
        key: have["scope"].get(key) if key in SCOPE else have.get(key) for key in (k.partition("__")[0] for k in want)
    }
    return {
        key: pairs[key.partition("__")[0]]
        for key in want
        if key not in PLACE and not _meets(key, want[key], pairs, have)
    }


def _meets(key, wanted, pairs, fact):
    field, _, how = key.partition("__")
    have = pairs[field]["text"] if field == "base" and pairs[field] else pairs[field]
    if field == "year_said":
        return wanted in {fact["applies_to"], (fact["due"] or "")[:4]}
    if how == "not":
        return not any(have == one or (one.endswith(".") and (have or "").startswith(one)) for one in wanted)
    if how == "has":
        return all(one in (have or []) for one in wanted)
    return (have or "").startswith(wanted) if how == "begins" else _same(wanted, have)


def _same(wanted, have):
    """Whether two are equal as numbers or words; a list for one field names what is right, for a list what it holds."""
    if isinstance(have, list):
        return sorted(wanted) == sorted(have)
    if isinstance(wanted, list):
        return any(_same(one, have) for one in wanted)
    if isinstance(wanted, str) and isinstance(have, str):
        with suppress(InvalidOperation):
            return Decimal(wanted) == Decimal(have)
    return wanted == have
