"""Says figures and places in the messages of checks, and makes the checks themselves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from extractor.check.rows import Identities, Identity, load_identities
from extractor.dataset.canonical import decimal_text, encode_line
from extractor.model import Check
from extractor.resources import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from extractor.check.rows import Status
    from extractor.model import Fact, NoticeRecord
    from extractor.resources import Resources

_KINDS = {"breakdown": "sum"}
_MOST_PLACES = 3


class Desk(Struct, frozen=True):
    """What every check needs at hand: the rows, the words, the notices by id."""

    identities: Identities
    labels: dict[str, str]
    notices: dict[str, NoticeRecord]
    regions: dict[str, str]

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, fact: Fact) -> str:
        """Say what a fact measures, with whom it is for."""
        known = self.identities.indicators.get(fact.indicator or "")
        name = known.name if known else fact.subject or fact.counted or ""
        scope = self.scope(fact)
        return f"{name}（{scope}）" if scope else name

    def scope(self, fact: Fact) -> str:
        """Say for whom and where a fact holds."""
        area = self.labels.get(f"area.{fact.scope.area}", "")
        parts = (area, *fact.scope.places, fact.scope.population, fact.scope.provider, fact.scope.condition)
        return "·".join(part for part in parts if part)

    def region(self, code: str | None) -> str:
        """Say a region's name, where a notice of the dataset is of that region."""
        return self.regions.get(code or "", code or "")

    def amount(self, fact: Fact) -> str:
        """Say a figure: ``≥610元``."""
        if fact.kind == "milestone":
            return fact.due or ""
        sign = self.labels.get(f"sign.{fact.operator}", "")
        sign = self.labels.get(f"role_sign.{fact.role}", "") + sign
        value = f"{fact.lower}–{fact.upper}" if fact.value is None and fact.lower else fact.value or ""
        unit = fact.unit or ""
        return f"{sign}{value}{self.labels.get(f'unit.{unit}', unit).strip('{}')}"

    def place(self, fact: Fact) -> str:
        """Say where a figure stands: notice and section."""
        return " ".join(part for part in (fact.notice_id, fact.evidence.section) if part)

    def said(self, facts: Sequence[Fact]) -> str:
        """Say a figure with all places that give it; they agree, so that the first speaks for all."""
        places = list(dict.fromkeys(self.place(fact) for fact in facts))
        more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
        return f"{self.amount(facts[0])}（{'；'.join(places[:_MOST_PLACES])}{more}）"

    def note(self, which: str, **words: str) -> str:
        """Say one of the notes."""
        return self.identities.notes[which].format(**words)

    def operators_note(self, facts: Iterable[Fact]) -> str:
        """Say that bounds differ, if they do."""
        signs = list(dict.fromkeys(self.labels.get(f"operator.{fact.operator}", fact.operator) for fact in facts))
        return self.note("operators", signs="、".join(signs)) if len(signs) > 1 else ""

    # ── checks ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def check(
        self,
        row: Identity,
        status: Status,
        facts: Sequence[Sequence[Fact]],
        *,
        words: dict[str, str],
        numbers: tuple[Decimal | str | None, Decimal | str | None] = (None, None),
        key: Any = None,  # noqa: ANN401 - whatever tells two checks of the same places apart
    ) -> Check:
        """Make a check; each element of ``facts`` is one figure with all the facts that give it.

        The id rests on the first fact of each figure, so that another notice that says the same doesn't change it.
        """
        ids = tuple(dict.fromkeys(fact.fact_id for group in facts for fact in group))
        named = [_KINDS.get(row.kind, row.kind), row.id, [group[0].fact_id for group in facts], key]
        expected, found = (
            number if isinstance(number, str) or number is None else decimal_text(number) for number in numbers
        )
        return Check(
            check_id=f"c-{hashlib.sha256(encode_line(named)).hexdigest()[:12]}",
            kind=_KINDS.get(row.kind, row.kind),  # type: ignore[arg-type]
            status=status,
            fact_ids=ids,
            expected=expected,
            found=found,
            message=row.texts[status].format(**{"note": "", "reason": "", **words}),
        )

    def not_made(
        self,
        row: Identity,
        reason: str,
        facts: Sequence[Sequence[Fact]],
        *,
        words: dict[str, str],
        key: Any = None,  # noqa: ANN401 - as in `check`
    ) -> Check:
        """Make the record of a check that can't be made, with the reason."""
        words = {**words, "reason": row.reasons[reason].format(**{"note": "", **words})}
        return self.check(row, "not_made", facts, words=words, key=[reason, key])


def make_desk(resources: Resources, notices: Iterable[NoticeRecord]) -> Desk:
    """Put together what the checks need."""
    known = {notice.notice_id: notice for notice in notices}
    labels = {row["id"]: row["zh"] for row in read_toml(resources.root / "labels.toml").get("label", [])}
    named = [notice.region for notice in known.values() if notice.region]
    # The nation is 全国 to people, 中华人民共和国 only in the table of codes.
    regions = {region.code: labels.get(f"region.{region.code}", region.name) for region in named}
    return Desk(resources.built(load_identities), labels, known, regions)
