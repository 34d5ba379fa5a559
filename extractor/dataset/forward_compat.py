"""Reads datasets of a later minor version: the same types, but with enumerations open to members not known yet.

A new member of an enumeration is a minor change, so a reader of 1.0 has to take a file of 1.1 that uses one.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec


@cache
def relaxed(kind: type[msgspec.Struct]) -> type[Any]:
    """Derive a struct type whose enumerations, also those of its parts, take any string."""
    config = kind.__struct_config__
    names = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    hints = get_type_hints(kind, include_extras=True)
    return msgspec.defstruct(
        kind.__name__,
        [(name, _open(hints[name])) for name in names if _open(hints[name]) != hints[name]],
        bases=(kind,),
        frozen=config.frozen,
        kw_only=True,
        rename=names,
    )


def _open(hint: Any) -> Any:  # noqa: ANN401 - any type hint
    """Rewrite one type hint; see `relaxed`."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return str
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return relaxed(hint)
    if origin is Annotated:
        return Annotated[_open(parts[0]), *hint.__metadata__]
    if origin is tuple:
        return tuple[*map(_open, parts)]  # type: ignore[misc]
    if origin is not None and type(None) in parts:
        return Union[*map(_open, parts)]
    return hint
