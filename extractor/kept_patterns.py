"""Compiles regexes that only the package `regex` reads, and keeps them compiled between runs: that takes a fifth of the time of reading one notice.

`regex` pickles a compiled pattern with its code, which is read again at a thousandth of the cost; the standard library's `re`
would compile it anew.
"""

from __future__ import annotations

import atexit
import hashlib
import io
import pickle
import platform
from functools import cache
from typing import Any, cast

import regex

from extractor.kept import keep_packed, name_of, read_packed

# More than the package has: what a user's own rows add is kept, too, and old ones go with all others.
_MOST = 2_000
_NAME = name_of("patterns", f"{platform.python_version()} {regex.__version__}".encode())


class _PatternReader(pickle.Unpickler):
    """Reads a pattern and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - what pickle asks for
        """Give what makes a pattern of its code; refuse all else."""
        if (module, name) == ("regex._regex", "compile"):
            return super().find_class(module, name)
        msg = f"{module}.{name}"
        raise pickle.UnpicklingError(msg)


def compile_pattern(source: str) -> regex.Pattern[str]:
    """Compile a regex, or read it as it was compiled; a `regex.error` has its fault."""
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).digest()
    packed = _kept().get(digest)
    if packed is not None:
        try:
            found = _PatternReader(io.BytesIO(packed)).load()
        except (pickle.UnpicklingError, EOFError, TypeError, ValueError):
            found = None
        if isinstance(found, regex.Pattern) and found.pattern == source:
            return cast("regex.Pattern[str]", found)
    compiled = regex.compile(source)
    if not _fresh:
        atexit.register(_keep)
    _fresh[digest] = pickle.dumps(compiled)
    return compiled


_fresh: dict[bytes, bytes] = {}


@cache
def _kept() -> dict[bytes, bytes]:
    return read_packed(_NAME, dict[bytes, bytes]) or {}


def _keep() -> None:
    """Add what this process compiled to what is kept by now: others may have added theirs."""
    _kept.cache_clear()
    kept = _kept()
    keep_packed(_NAME, {**(kept if len(kept) + len(_fresh) <= _MOST else {}), **_fresh})
