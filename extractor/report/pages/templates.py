"""The templates' environment, and the pieces that long lists are dealt out to pages by."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from extractor.dataset.labels import one_line
from extractor.messages import retold

_TEMPLATES = Path(__file__).parents[1] / "templates" / "pages"
# A page that would be longer than 300 KiB goes on on another one; head, style, script and pager take the difference.
MOST_LISTED = 230 * 1024


@cache
def environment() -> Environment:
    """Make the environment of all pages, once."""
    loader = FileSystemLoader(_TEMPLATES, encoding="utf-8")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False,
    )  # fmt: skip
    made.filters["shown"] = one_line
    made.globals["retold"] = retold
    made.filters["days_whole"] = days_whole
    return made


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def days_whole(words: str) -> Markup:
    """Keep days on one line: at its hyphens a browser would break one.

    >>> days_whole("2023-01-01 <")
    Markup('<span class="day">2023-01-01</span> &lt;')
    """
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped before


@cache
def inlined(name: str) -> tuple[Markup, str]:
    """Give a file of ours as it is inlined, and its hash for the policy."""
    text = (_TEMPLATES / name).read_text("utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"'sha256-{digest}'"  # noqa: S704 - a file of this package


def piece_macros() -> Any:  # noqa: ANN401 - jinja2's own
    """Give the macros of ``parts.html.j2``, which render pieces of pages; each returns Markup."""
    return environment().get_template("parts.html.j2").module


def split(pieces: list[Markup], *, first: int = 0, most: int = MOST_LISTED) -> list[list[Markup]]:
    """Deal pieces out to pages of so many bytes at most; there is one page at least.

    ``first`` are the bytes that the first page holds besides. A piece that is longer than a page has one to itself.
    """
    pages: list[list[Markup]] = [[]]
    used = first
    for piece in pieces:
        size = len(piece.encode("utf-8", "replace"))
        if pages[-1] and used + size > most:
            pages.append([])
            used = 0
        pages[-1].append(piece)
        used += size
    return pages


def numbered(page: str, number: int) -> str:
    """Name the page that goes on from another; no indicator's id holds a tilde.

    >>> numbered("doubts.html", 0), numbered("indicator/a.html", 1)
    ('doubts.html', 'indicator/a~2.html')
    """
    return page if not number else f"{page.removesuffix('.html')}~{number + 1}.html"
