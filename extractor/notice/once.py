"""`cached_property` without the lock that Python 3.11 takes for each value, which 3.12 gave up.

A figure asks for a dozen of them: with the lock they took 3 % of the time of facts, without it 1 %.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property:  # noqa: N801 - as in `functools`
        """Work a value out when it is first asked for, and keep it among the object's own."""

        def __init__(self, work_out: Any) -> None:  # noqa: ANN401 - any method
            """Take the method."""
            self._work_out, self._name = work_out, work_out.__name__
            self.__doc__ = work_out.__doc__

        def __get__(self, owner: Any, kind: Any = None) -> Any:  # noqa: ANN401 - any value of any class
            """Work the value out; from then on it is found before this is asked."""
            if owner is None:
                return self
            value = owner.__dict__[self._name] = self._work_out(owner)
            return value


__all__ = ["cached_property"]
