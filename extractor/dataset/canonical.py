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
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from msgspec import Struct

# Items that are written at once, and bytes of those that are written already.
_BATCH, _BYTES = 256, 1 << 20
_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=as_text)


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    r"""Write a value over several lines.

    >>> encode({"b": "元", "a": (1,)})
    b'{\n  "a": [\n    1\n  ],\n  "b": "\xe5\x85\x83"\n}\n'
    """
    return msgspec.json.format(_ENCODER.encode(value), indent=2) + b"\n"


def pieces(value: Struct, **parts: Iterable[Any]) -> Iterator[bytes]:
    """Write a struct as `encode` does, a piece after the other, so that a large one needs no memory of its size.

    ``parts`` stand for those of its fields that are made only while they are written.
    """
    names = sorted(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
    between = b"{"
    for name, field in names:
        found = parts.get(field)
        if found is None and not isinstance(getattr(value, field), tuple):
            yield between + _member({name: getattr(value, field)})
        else:
            yield between + _member({name: 0})[:-1] + b"["
            yield from _items(getattr(value, field) if found is None else found, name)
        between = b","
    yield b"\n}\n"


def _member(one: dict[str, Any]) -> bytes:
    """Write the one member of an object, without what holds it."""
    return msgspec.json.format(_ENCODER.encode(one), indent=2)[1:-2]


def _items(items: Iterable[Any], name: str = "") -> Iterator[bytes]:
    """Write the items of an array, and its end, as they stand in a member of an object; without a name, by themselves."""
    between = b""
    for batch in _batches(items):
        if name:
            yield between + _member({name: batch})[len(_member({name: 0})) :][:-4]
        else:
            yield between + msgspec.json.format(_ENCODER.encode(batch), indent=2)[1:-2]
        between = b","
    yield (b"\n  ]" if name else b"\n]") if between else b"]"


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(memoryview(item)) if isinstance(item, msgspec.Raw) else 0
        if len(batch) == _BATCH or size > _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def encode_row(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    """Write a value as a ``msgspec.Raw`` may stand for it."""
    return _ENCODER.encode(value)


def encode_line(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    r"""Write a value on one line.

    >>> encode_line({"b": None, "a": 1})
    b'{"a":1,"b":null}\n'
    """
    return _ENCODER.encode(value) + b"\n"


def encode_lines(rows: Iterable[Any]) -> bytes:
    """Write one compact row a line (JSON Lines)."""
    return b"".join(map(encode_line, rows))


def digest(items: Iterable[Any]) -> str:
    r"""SHA-256, in hex, over the canonical bytes of an array.

    >>> digest((1, 2)) == hashlib.sha256(b"[\n  1,\n  2\n]\n").hexdigest()
    True
    """
    total = hashlib.sha256(b"[")
    for piece in _items(items):
        total.update(piece)
    total.update(b"\n")
    return total.hexdigest()


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
