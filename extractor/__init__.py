"""From Chinese policy notices to a verified, versioned dataset of their figures.

The public names are loaded when first used, so that ``import extractor`` does no work:

- ``read_notice(path_or_bytes)``: one notice with its facts, unresolved figures and ledger;
- ``numerals(text)``, ``quantities(text)``, ``dates(text, reference=None)``: what a piece of text holds;
- ``Dataset.load(path)``: a built dataset.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.api import Dataset
    from extractor.build import read_notice
    from extractor.mentions.api import dates, quantities

__all__ = ["Dataset", "__version__", "dates", "numerals", "quantities", "read_notice"]
__version__ = "0.1.0"

_HOMES = {
    "Dataset": "extractor.api",
    "dates": "extractor.mentions.api",
    "numerals": "extractor.mentions.api",
    "quantities": "extractor.mentions.api",
    "read_notice": "extractor.build",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Load a public name from its module."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names, also those not loaded yet."""
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package with ``numerals`` the public function.

    The module ``extractor.numerals`` bears the same name, and importing a submodule sets it as an attribute of its
    package. The property keeps it from hiding the function; ``from extractor.numerals import …`` works all the same.
    """

    @property
    def numerals(self) -> Any:  # noqa: ANN401 - the function's type is its module's business
        """Find every numeral of a text."""
        return __getattr__("numerals")

    @numerals.setter
    def numerals(self, module: ModuleType) -> None:
        """Take no notice of the submodule."""


sys.modules[__name__].__class__ = _Package
