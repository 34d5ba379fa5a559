"""Compiles lists of literal words into one pattern that finds the longest word at a place.

A flat alternation of hundreds of words is tried word by word; a trie shares their beginnings and is ten times faster.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = ""


def longest_first(forms: Iterable[str]) -> str:
    """Return a regex source that matches the longest of some literal words.

    >>> re.findall(longest_first(["不低于", "不低", "低于", "至少"]), "不低于3，至少4")
    ['不低于', '至少']
    """
    root: dict[str, Any] = {}
    for form in sorted(set(forms)):
        node = root
        for sign in form:
            node = node.setdefault(sign, {})
        node[_END] = {}
    return _source(root)


def _source(node: dict[str, Any]) -> str:
    branches = [re.escape(sign) + _source(rest) for sign, rest in node.items() if sign != _END]
    if not branches:
        return ""
    optional = "?" if _END in node else ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)}){optional}"


def compile_forms(forms: Iterable[str]) -> re.Pattern[str]:
    """Compile literal words with the standard library, which runs such patterns faster than `regex`."""
    return re.compile(longest_first(forms))
