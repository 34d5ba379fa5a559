"""What is never shown or kept of an address."""

from __future__ import annotations

import re

_USER = re.compile(r"(?<=[/\\]{2})[^/?#\\\s]*@")


def without_password(address: str) -> str:
    """Return an address without the user name and password before its host: such an address is neither shown nor kept.

    >>> without_password("https://me:secret@example.org/a?b=c@d"), without_password("//me@example.org")
    ('https://example.org/a?b=c@d', '//example.org')
    """
    return _USER.sub("", address, count=1)
