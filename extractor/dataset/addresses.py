"""Addresses of notices: a sidecar, or a dataset from elsewhere, may say anything, and a page makes links of them."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_WEB = frozenset({"http", "https"})
# What browsers leave out of an address before they look at it (WHATWG URL, 4.4).
_LEFT_OUT = re.compile(r"\A[\x00-\x20]+|[\t\n\r]+")


def is_web_address(url: str) -> bool:
    r"""Say whether an address leads to the web, or without a scheme to nowhere, so that a page may link to it.

    >>> [is_web_address(url) for url in ("https://example.org/a", "", "a.html", "javascript:alert(1)", " java\tscript:x")]
    [True, True, True, False, False]
    """
    scheme = _SCHEME.match(_LEFT_OUT.sub("", url))
    return scheme is None or scheme[1].lower() in _WEB
