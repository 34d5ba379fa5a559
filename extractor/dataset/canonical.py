"""Canonical JSON: the same value is always the same bytes.

Keys are sorted, text is UTF-8 and not escaped, the indent is two spaces, the last byte is a newline. Numbers that carry
a meaning are strings already, by the types of `extractor.model`; only offsets, years and counts are JSON numbers.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.messages import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=as_text)


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    r"""Write a value over several lines.

    >>> encode({"b": "元", "a": (1,)})
    b'{\n  "a": [\n    1\n  ],\n  "b": "\xe5\x85\x83"\n}\n'
    """
    return msgspec.json.format(_ENCODER.encode(value), indent=2) + b"\n"


def encode_line(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    r"""Write a value on one line.

    >>> encode_line({"b": None, "a": 1})
    b'{"a":1,"b":null}\n'
    """
    return _ENCODER.encode(value) + b"\n"


def encode_lines(rows: Iterable[Any]) -> bytes:
    """Write one compact row a line (JSON Lines)."""
    return b"".join(map(encode_line, rows))


def digest(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """SHA-256, in hex, over the canonical bytes of a value."""
    return hashlib.sha256(encode(value)).hexdigest()


def decimal_text(number: Decimal) -> str:
    """Write a decimal without exponent and without needless zeros.

    >>> from decimal import Decimal
    >>> [decimal_text(Decimal(text)) for text in ("550", "5E+2", "0.50", "-0.0")]
    ['550', '500', '0.5', '0']
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
