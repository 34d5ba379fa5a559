"""What an answer says of itself, and its body within bounds."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from email.message import Message as MailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extractor.errors import FetchError
from extractor.ingest.limits import MIB
from extractor.messages import Message

if TYPE_CHECKING:
    import httpx

    from extractor.build.fetch.wire import HttpResponse

# How each member of gzip begins.
GZIP = b"\x1f\x8b"
CHINA = dt.timezone(dt.timedelta(hours=8))

# Types that notices come as. Servers send attachments as any of the general ones: then the bytes decide.
TYPES = frozenset((
    "text/html", "text/plain", "application/xhtml+xml", "application/pdf", "application/x-pdf", "application/ofd",
    "application/x-ofd", "application/vnd.ofd", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip", "application/x-zip-compressed", "application/octet-stream", "binary/octet-stream",
    "application/x-download", "application/download", "application/force-download", "application/x-msdownload",
))  # fmt: skip


def check_type(answer: HttpResponse) -> None:
    """Refuse an answer whose type says that it is no notice; one without a type is judged by its bytes."""
    declared = answer.headers.get("content-type", "")
    found = re.split("[;,]", declared, maxsplit=1)[0].strip().lower()
    if found and found not in TYPES:
        msg = Message(
            "{url}: found {found}, expected a web page, plain text, PDF, DOCX or OFD. Open the address in a "
            "browser to see what it is, and add the notice itself.",
            url=answer.url,
            found=found,
        )
        raise FetchError(msg)


def read_body(answer: HttpResponse, most: int, *, cut: bool = False) -> bytes:
    """Read and unpack a body of at most ``most`` bytes; more is an error, or with ``cut`` left unread."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        msg = Message(
            "{url}: the body is packed as {coding!r}, expected gzip or none. Save the page and add the file.",
            url=answer.url,
            coding=coding,
        )
        raise FetchError(msg)
    length = answer.headers.get("content-length", "")
    if not cut and length.isascii() and length.isdecimal() and int(length[:18]) > most:
        raise _too_large(answer, most)
    # 47: gzip or zlib, by the first bytes.
    unpacker = None if coding == "identity" else zlib.decompressobj(wbits=47)
    data, sent = bytearray(), 0
    for chunk in answer.chunks():
        sent += len(chunk)
        # Unpacks one byte more than allowed at most: a small body that unpacks to gigabytes never gets to memory.
        if unpacker:
            unpacker = _unpack(answer, unpacker, chunk, data, most)
        else:
            data += chunk
        if max(sent, len(data)) > most:
            if cut:
                return bytes(data[:most])
            raise _too_large(answer, most)
    if unpacker and sent and not unpacker.eof:
        msg = Message("{url}: the packed body was cut short. Try again later.", url=answer.url)
        raise FetchError(msg)
    return bytes(data)


def _unpack(
    answer: HttpResponse, unpacker: zlib._Decompress, chunk: bytes, data: bytearray, most: int
) -> zlib._Decompress:
    """Unpack a chunk onto ``data``, one member of gzip after the other; return what unpacks the next chunk."""
    if unpacker.eof and len(unpacker.unused_data) >= len(GZIP):
        return unpacker  # behind the last member, and none of another
    try:
        data += unpacker.decompress(chunk, most + 1 - len(data))
        while unpacker.eof and unpacker.unused_data and len(data) <= most:
            rest = unpacker.unused_data
            if not (GZIP.startswith(rest[:2]) or rest.startswith(GZIP)):
                break  # what stands behind the last member, zeros mostly
            unpacker = zlib.decompressobj(wbits=47)
            data += unpacker.decompress(rest, most + 1 - len(data))
    except zlib.error as error:
        msg = Message("{url}: the packed body is damaged: {error}. Try again later.", url=answer.url, error=error)
        raise FetchError(msg) from error
    return unpacker


def _too_large(answer: HttpResponse, most: int) -> FetchError:
    msg = Message(
        "{url}: the file has more than {most:.0f} MiB, which is more than is read as one notice. Check that "
        "it is the notice you mean, or raise the limit: --limit bytes=N.",
        url=answer.url,
        most=most / MIB,
    )
    return FetchError(msg)


def day_of(headers: httpx.Headers) -> dt.date | None:
    """Read the day of the Date header as it was in China, None where there is none.

    >>> day_of({"date": "Wed, 20 Jul 2022 17:30:00 GMT"})
    datetime.date(2022, 7, 21)
    """
    try:
        moment = parsedate_to_datetime(headers.get("date", ""))
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(CHINA).date()
    except (ValueError, TypeError, OverflowError):
        return None


def pause_of(headers: httpx.Headers, default: float) -> float:
    """Read how many seconds a server asks to wait; a moment is counted from the server's own clock.

    >>> pause_of({"retry-after": "120"}, 1.0)
    120.0
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdecimal():
        return float(asked[:9])
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, OverflowError):
        return default
    return max(0.0, wait.total_seconds())


def filename_of(url: httpx.URL, headers: httpx.Headers) -> str | None:
    """Name the file as the server does, else by the last part of the address; it may be anything, even a path."""
    message = MailMessage()
    message["content-disposition"] = headers.get("content-disposition", "")
    try:
        given = message.get_filename()
    except (LookupError, ValueError):  # an unknown charset
        given = None
    return unquote(given or url.path.rpartition("/")[2]) or None
