"""The package's modules as syntax trees, parsed once for all tests that look at the code."""

import ast
from functools import cache
from pathlib import Path

import extractor

PACKAGE = Path(extractor.__file__).parent


@cache
def modules():
    """Pair the path of each module within the package with its syntax tree."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def nodes(tree):
    """List every node of a tree."""
    return tuple(ast.walk(tree))
