"""From Chinese policy notices to a verified, versioned dataset of their figures.

The public names are loaded when first used, so that ``import extractor`` does no work:

- ``read_notice(path_or_bytes)``: one notice with its facts, unresolved figures and ledger;
- ``numerals(text)``, ``quantities(text)``, ``dates(text, reference=None)``: what a piece of text holds;
- ``Dataset.load(path)``: a built dataset, which can be asked for values and whether a claim is true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor._version import __version__

if TYPE_CHECKING:
    from extractor.build.incremental import read_notice
    from extractor.notice.mentions.api import dates, quantities
    from extractor.query.api import Dataset

__all__ = ["Dataset", "__version__", "dates", "numerals", "quantities", "read_notice"]

_HOMES = {
    "Dataset": "extractor.query.api",
    "dates": "extractor.notice.mentions.api",
    "numerals": "extractor.notice.mentions.api",
    "quantities": "extractor.notice.mentions.api",
    "read_notice": "extractor.build.incremental",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Load a public name from its module."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    found = getattr(import_module(_HOMES[name]), name)
    if name == "Dataset":
        found.verifier = staticmethod(_verify)
    return found


def _verify(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - of `extractor.verify.run.verify`
    """Check claims for a `Dataset`, which itself reads no text: what reads one is loaded when first used."""
    from importlib import import_module

    return import_module("extractor.verify.run").verify(*given, **more)


def __dir__() -> list[str]:
    """List the public names, also those not loaded yet."""
    return sorted({*globals(), *__all__})
