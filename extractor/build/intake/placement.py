"""Names and sidecars of files in the corpus, and how they get there: whole, beside each other, over nothing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import unicodedata
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from extractor.build.corpus import SIDECAR
from extractor.dataset.store import is_left_behind, reason_of, temporary_name, write_atomic
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.build.corpus import Sidecar

# Bytes of UTF-8. Systems allow 255 for a whole name; region, year, number and endings, also of sidecars, come to it.
MOST = 80
_SEPARATORS = re.compile(r'[/\\:*?"<>|\s-]+')
_ADDING = ".adding"
_LEFT_BEHIND = re.compile(r"\.(?P<name>.+?)(?P<adding>\.adding)?\.(?P<process>[0-9]{1,10})\.tmp", re.DOTALL)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


def stem_of(name: str | None) -> str | None:
    r"""Take the folder and the ending off a file's name.

    >>> stem_of("C:\\a/通知.v2.docx")
    '通知.v2'
    """
    return _ENDING.sub("", re.split(r"[/\\]", name)[-1]) if name else None


def safe_name(text: str) -> str:
    r"""Make a part of a file's name of any words: NFC, no blanks, no separators, not hidden, 80 bytes at most.

    >>> safe_name("../关于做好\n2022年 工作的通知?\x00\u202e")
    '关于做好-2022年-工作的通知'
    """
    text = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    text = _SEPARATORS.sub("-", unicodedata.normalize("NFC", text))
    return text.strip("-. ~").encode("utf-8")[:MOST].decode("utf-8", "ignore").rstrip("-. ~")


def toml(about: Sidecar) -> bytes:
    """Write a sidecar; what isn't known is left out."""
    fields = asdict(about)
    return "".join(f"{name} = {_value(value)}\n" for name, value in fields.items() if value).encode()


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if not isinstance(value, str):
        return str(value)
    # A TOML string is a JSON string, but that U+007F has to be escaped; half characters are none in either.
    text = value.encode("utf-8", "replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def put(folder: Path, stem: str, ending: str, data: bytes, about: bytes) -> Path:
    """Write a notice and its sidecar under a name that nothing has yet: ``stem``, else ``stem-2``, ``stem-3``, and so on.

    The sidecar goes first and reserves the name, so that two that add at once don't meet; the notice is never there
    without it. What ends in between takes the sidecar away again; who is killed leaves a mark by which `sweep` does.
    """
    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        beside = path.with_name(path.name + SIDECAR)
        if os.path.lexists(path) or os.path.lexists(beside):
            continue
        mark = path.with_name(temporary_name(path.name + _ADDING))
        try:
            if not (_reserve(mark) and _reserve(beside)):
                continue
            try:
                write_atomic(beside, about)
                write_atomic(path, data)
            except BaseException:
                if not path.exists():
                    with contextlib.suppress(OSError):
                        beside.unlink()
                raise
        finally:
            with contextlib.suppress(OSError):
                mark.unlink(missing_ok=True)
        return path
    raise AssertionError


def sweep(corpus: Path) -> None:
    """Remove what killed runs left in a corpus: temporary files, and a sidecar whose notice never came."""
    for place, _, names in os.walk(corpus):
        for name in names:
            found = _LEFT_BEHIND.fullmatch(name)
            if found is None or not is_left_behind(found["process"]):
                continue
            path = Path(place) / found["name"]
            left = [path.with_name(name)]
            if found["adding"] and not os.path.lexists(path):
                left.insert(0, path.with_name(path.name + SIDECAR))
            for one in left:  # the mark last
                with contextlib.suppress(OSError):
                    one.unlink(missing_ok=True)


def _reserve(path: Path) -> bool:
    """Make an empty file unless there is one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(exist_ok=False)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        msg = Message(
            "{parent}: is a file, expected a folder of the corpus. Move it away or name another --corpus.",
            parent=path.parent,
        )
        raise DatasetError(msg) from None
    except OSError as error:
        msg = Message(
            "{path}: cannot be written: {reason}. Make room, or name a --corpus that you may write to.",
            path=path,
            reason=reason_of(error),
        )
        raise DatasetError(msg) from error
    return True
