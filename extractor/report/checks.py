"""Checks and releases in the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from extractor.report.columns import Column, Columns
from extractor.report.phrases import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from extractor.model import Check
    from extractor.report.labels import Labels

_ORDER = ("fail", "warn", "not_made", "pass")
_STYLES = {"fail": "bold red", "warn": "yellow", "pass": "green", "not_made": "dim"}


def checks_view(checks: Sequence[Check], labels: Labels, *, verbose: bool) -> RenderableType:
    """Show the checks, failures first; those that pass only with ``verbose``, and always how many there are."""
    counts: Counter[str] = Counter(check.status for check in checks)
    words = " · ".join(f"{labels('check_status', status)} {counts[status]}" for status in _ORDER if counts[status])
    shown = [check for check in checks if verbose or check.status != "pass"]
    shown.sort(key=lambda check: (_ORDER.index(check.status) if check.status in _ORDER else len(_ORDER), check.kind))
    total = Text(f"{labels('field', 'checks')} {len(checks)}{f'：{words}' if words else ''}", style="bold")
    if not shown:
        return total
    result, kind, message = (labels("field", name) for name in ("result", "check_kind", "message"))
    rows = [
        (
            Text(labels("check_status", check.status), style=_STYLES.get(check.status, "")),
            Text(labels("check", check.kind)),
            Text(safe(check.message)),
        )
        for check in shown
    ]
    return Group(Columns([Column(result), Column(kind), Column(message, least=30)], rows), "", total)


def release_view(version: str, written: Sequence[str], labels: Labels) -> RenderableType:
    """Show what a release wrote, or that there was nothing to publish."""
    if not written:
        return Text(f"{labels('phrase', 'nothing_to_release')} {version}")
    files = [Text(f"{labels('phrase', 'wrote')}  {safe(name)}") for name in written]
    return Group(Text(f"{labels('field', 'version')}  {version}", style="bold"), *files)
