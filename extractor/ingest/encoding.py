"""Bytes to characters, for the encodings that Chinese notices come in.

Order: byte order mark; UTF-16 by its NULs; strict UTF-8; then the candidate whose reading looks most like Chinese, a
declared encoding being ahead by a little. A declaration alone decides nothing: pages say gb2312 and hold GB18030
characters, or say gb2312 and are UTF-8.

Surprising: for plain text, ``data.decode(encoding, "replace")`` is exactly the text returned, a byte order mark
included; so offsets can be checked without this module. Undecodable bytes become U+FFFD and nothing is dropped.
"""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

import regex
from msgspec import Struct

from extractor.errors import IngestError
from extractor.messages import Message
from extractor.model import SourceText
from extractor.resources import Resources, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Labels are compared in lower case without - and _. Whoever says gb2312 or gbk may use all of GB18030.
LABELS = {
    **dict.fromkeys(("utf8", "unicode11utf8", "xunicode20utf8"), "utf-8"),
    **dict.fromkeys(
        ("gb2312", "gb231280", "csgb2312", "csiso58gb231280", "euccn", "xeuccn", "gbk", "xgbk", "cp936", "ms936"),
        "gb18030",
    ),
    **dict.fromkeys(("windows936", "gb18030", "gb180302000", "gb180302005", "gb180302022", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cnbig5", "csbig5", "xxbig5", "cp950", "ms950", "windows950"), "big5"),
    **dict.fromkeys(("utf16", "utf16le", "unicode", "ucs2"), "utf-16-le"),
    "utf16be": "utf-16-be",
}

SAMPLE = 1 << 16
WINDOW = 1 << 12
WINDOWS = 16

# Measured on 4,000 pieces of the development notices: right readings score from 0.4 on (10 characters) or 0.65 on (50
# characters), wrong ones up to 0.22 or 0.14; all were told apart, where charset-normalizer got 40 to 95 % of the pieces
# of 10 characters. Re-run tests/test_ingest.py after a change of either value or of data/encoding.toml.
FLOOR = 0.3
DECLARED_BONUS = 0.1
# The control characters that text has no use for.
CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84]")
# More control characters than this are no text; a notice with a few stray NULs is.
MOST_CONTROLS = 0.1
# A text with this share of undecodable bytes is still UTF-8, if no other encoding makes Chinese of it.
MOST_ERRORS = 0.1


class Decoded(NamedTuple):
    """A text and the name of the codec that made it."""

    text: str
    encoding: str


class CharacterRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Characters to be expected in Chinese text, with where the list comes from."""

    id: str
    source: str
    text: str


def decode(data: bytes, resources: Resources, *, origin: str, declared: Iterable[str] = ()) -> Decoded:
    """Decode a file; ``declared`` are charset labels from its header or markup, most trusted first.

    >>> from extractor.resources import load
    >>> decode("每人每年610元".encode("gbk"), load(), origin="a.txt", declared=["gb2312"])
    Decoded(text='每人每年610元', encoding='gb18030')
    >>> decode("每人每年610元".encode(), load(), origin="a.txt", declared=["gb2312"]).encoding
    'utf-8'
    """
    decoded = _decode(data, origin, declared, resources)
    check_printable(decoded.text, origin)
    return decoded


def _decode(data: bytes, origin: str, declared: Iterable[str], resources: Resources) -> Decoded:
    for mark, name in BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name)
    if encoding := utf16_by_nuls(data[:SAMPLE], resources):
        return Decoded(data.decode(encoding, "replace"), encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Two bytes of GBK can pass for one Latin or Greek letter of UTF-8, three hardly ever for a Chinese one.
        if text.isascii() or any(char >= "\u2e80" for char in text[:SAMPLE]):
            return Decoded(text, "utf-8")
    return decode_as(data, choose(data, origin, declared, resources))


def choose(data: bytes, origin: str, declared: Iterable[str], resources: Resources) -> str:
    """Name the encoding whose reading of a sample looks most like Chinese; raise where none does."""
    named = next((code for label in declared if (code := canonical(label))), None)
    sample = take_sample(data)
    candidates = ["utf-8", "gb18030", "big5"]
    if len(data) % 2 == 0:
        # The sample may start in the middle of a pair.
        scores = {name: score(decode_start(data[:SAMPLE], name), resources) for name in ("utf-16-le", "utf-16-be")}
    else:
        scores = {}
    scores |= {name: score(decode_start(sample, name), resources) for name in candidates}
    if named in scores:
        scores[named] += DECLARED_BONUS
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= FLOOR:
        return best
    text = decode_start(sample, "utf-8")
    if text.count("\ufffd") <= max(1.0, MOST_ERRORS * len(text)):
        return "utf-8"
    raise undecodable(sample, origin)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Decode with the best member of an encoding's family.

    Files of Windows are code page 950, which differs from Python's ``big5`` in signs that matter here (～, ￥);
    those of Hong Kong may hold HKSCS characters.
    """
    if encoding != "big5":
        return Decoded(data.decode(encoding, "replace"), encoding)
    text = data.decode("cp950", "replace")
    if "\ufffd" in text:
        wide = data.decode("big5hkscs", "replace")
        if wide.count("\ufffd") < text.count("\ufffd"):
            return Decoded(wide, "big5hkscs")
    return Decoded(text, "big5" if data.decode("big5", "replace") == text else "cp950")


def canonical(label: str) -> str | None:
    """Return the codec for a charset label, None for one that no Chinese notice would use."""
    return LABELS.get(label.strip().lower().replace("-", "").replace("_", ""))


def utf16_by_nuls(sample: bytes, resources: Resources) -> str | None:
    """Recognise UTF-16 without a mark: the NULs of its ASCII characters stand all on one side of the pairs.

    >>> from extractor.resources import load
    >>> utf16_by_nuls("医保发 2022".encode("utf-16-le"), load())
    'utf-16-le'
    """
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    pairs = len(sample) // 2
    for nuls, others, encoding in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if nuls > 0 and nuls * 50 >= pairs and others * 20 <= nuls:
            text = decode_start(sample, encoding)
            controls = len(CONTROL.findall(text))
            mostly_ascii = nuls * 10 >= pairs * 9
            if controls * 50 <= len(text) and (score(text, resources) >= FLOOR or mostly_ascii):
                return encoding
    return None


def take_sample(data: bytes) -> bytes:
    """Cut pieces that hold non-ASCII bytes, each starting on a character of any ASCII-compatible encoding.

    A newline byte is never the second half of a character, and the first high byte after one is never either.
    """
    first = next_high(data, 0)
    pieces = [data[first : first + SAMPLE]]
    step = (len(data) - first - SAMPLE) // WINDOWS
    for index in range(WINDOWS if step > WINDOW else 0):
        at = data.find(b"\n", first + SAMPLE + index * step, first + SAMPLE + (index + 1) * step)
        if at >= 0:
            start = next_high(data, at)
            line_end = data.rfind(b"\n", start, start + WINDOW)
            pieces.append(data[start : max(start, line_end)])
    return b"\n".join(pieces)


def next_high(data: bytes, at: int) -> int:
    """Find the next byte above 0x7F, looking at the bytes in runs so that it stays fast; ``at`` where there is none."""
    for start in range(at, len(data), SAMPLE):
        run = data[start : start + SAMPLE]
        if not run.isascii():
            return start + next(index for index, byte in enumerate(run) if byte > 0x7F)  # noqa: PLR2004 - ASCII's end
    return at


def decode_start(sample: bytes, encoding: str) -> str:
    """Decode a sample that may end within a character."""
    codec = "cp950" if encoding == "big5" else encoding
    return codecs.getincrementaldecoder(codec)("replace").decode(sample)


def score(text: str, resources: Resources) -> float:
    """Say how much the non-ASCII characters of a text look like Chinese, 1 at most."""
    known = resources.built(expected_characters)
    counts = Counter(text)
    others = good = bad = 0
    for char, count in counts.items():
        if char.isascii() and not is_control(char):
            continue
        others += count
        if char in known:
            good += count
        elif char == "\ufffd" or category(char)[0] == "C":
            bad += count
    return (good - bad) / others if others else 0.0


def expected_characters(resources: Resources) -> frozenset[str]:
    """Load the characters of `data/encoding.toml`."""
    rows = read_rows(resources.root / "encoding.toml", "characters", CharacterRow)
    return frozenset("".join("".join(row.text.split("\n")) for row in rows))


def is_control(char: str) -> bool:
    """Tell the control characters that text has no use for."""
    return CONTROL.match(char) is not None


def check_printable(text: str, origin: str) -> None:
    """Raise where control characters show that the bytes are no text, whatever they decode to."""
    sample = text[:SAMPLE]
    controls = len(CONTROL.findall(sample))
    if controls > MOST_CONTROLS * len(sample):
        msg = Message.counted(
            "{origin}: found binary data ({controls} control character in the first {count}), expected the text "
            "of a notice. Give the notice itself, as plain text or HTML.",
            "{origin}: found binary data ({controls} control characters in the first {count}), expected the text "
            "of a notice. Give the notice itself, as plain text or HTML.",
            controls,
            origin=origin,
            controls=controls,
            count=len(sample),
        )
        raise IngestError("binary", msg)


def undecodable(sample: bytes, origin: str) -> IngestError:
    """Make the error for bytes in no known encoding."""
    controls = sum(count for byte, count in Counter(sample).items() if is_control(chr(byte)) and byte < 0x80)  # noqa: PLR2004
    if controls * 50 > len(sample):
        msg = Message(
            "{origin}: found binary data, expected the text of a notice. Give the notice as plain text or HTML.",
            origin=origin,
        )
        return IngestError("binary", msg)
    msg = Message(
        "{origin}: found bytes in none of the encodings of Chinese notices, expected text in UTF-8, GB18030 "
        "(GBK, GB2312), Big5 or UTF-16. Open it in an editor that shows it well, save it as UTF-8 and try "
        "again.",
        origin=origin,
    )
    return IngestError("encoding", msg)


# ── The reader for plain text: the source text is the decoded file itself, line breaks and all


def read_text(data: bytes, decoded: Decoded, origin: str) -> SourceText:
    """Wrap a decoded file; nothing is added, dropped or changed, so that offsets are those of the file."""
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="text/plain",
        encoding=decoded.encoding,
        reader="text",
        text=decoded.text,
    )
