"""Addresses of notices: a sidecar, or a dataset from elsewhere, may say anything, and a page makes links of them."""

from __future__ import annotations

import hashlib
import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# Ids that are file names everywhere; a document number is none on many web servers.
_PLAIN_ID = re.compile(r"n-[0-9a-f]{12}")
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


def notice_page(notice_id: str) -> str:
    """Name the report's page of a notice, below the report's folder; a fact stands there at ``#`` and its id.

    >>> notice_page("n-24a9995e6f33"), notice_page("医保发〔2022〕20号")
    ('notice/n-24a9995e6f33.html', 'notice/d-7275cf7f9f63.html')
    """
    plain = notice_id if _PLAIN_ID.fullmatch(notice_id) else f"d-{hashlib.sha256(notice_id.encode()).hexdigest()[:12]}"
    return f"notice/{plain}.html"
