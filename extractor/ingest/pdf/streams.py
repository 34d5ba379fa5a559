"""Streams of a PDF file whose bytes aren't those that were written: pdfium reads on past them, and 350 may come out as 250.

Most streams are packed, and what unpacks them has a checksum at its end. A page is damaged where something that it is drawn
with is: its content, a font, a font's map. Pictures hold no words, and what no page is drawn with (metadata) doesn't count. Also found here is what
pdfium doesn't tell of fonts.
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import a85decode
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.archive import CHUNK
from extractor.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ingest.limits import Limits

OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b")
# Where an object's own words end: at its stream, at its end, or, where that is lost, at the next object.
END = re.compile(rb"(?<!end)stream\r?\n|(?<!end)stream\r|endobj|(?<!\d)\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b")
REFERENCE = re.compile(rb"(?<!\d)(\d{1,10})\s{1,4}\d{1,5}\s{1,4}R\b")
# The tables that say where objects lie: the first number and how many follow, then the entries.
TABLE = re.compile(rb"(?<!start)xref\s{1,4}(\d{1,10})\s{1,4}(\d{1,7})\s{1,4}(?=\d{10} \d{5} [nf])")
ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])\s{1,2}")
ENTRY_LENGTH, MOST_ENTRIES = 20, 1_000_000
KIND = re.compile(rb"/Type\s{0,9}/(\w{1,40})")
PICTURE = re.compile(rb"/Subtype\s{0,9}/Image\b|/Type\s{0,9}/(?:Metadata|EmbeddedFile)\b")
KIDS = re.compile(rb"/Kids\s{0,9}\[([^\]]*)\]?")
# How a stream is packed, by names that are known, in a list or one alone, or kept as an object of its own.
NAME = re.compile(rb"/([^\s/<>\[\]()]{1,40})")
FILTER = re.compile(
    rb"/Filter\s{0,9}(\[(?:\s{0,9}/\w{1,40}){0,9}\s{0,9}\]|/\w{1,40}|null\b|\d{1,10}\s{1,4}\d{1,5}\s{1,4}R\b)(?=[\s/>])"
)
# What a page is drawn with: streams, by their numbers.
CONTENTS = re.compile(
    rb"/Contents\s{0,9}(\[(?:\s{0,9}\d{1,10}\s{1,4}\d{1,5}\s{1,4}R\b){0,9999}\s{0,9}\]|\d{1,10}\s{1,4}\d{1,5}\s{1,4}R|null)(?=[\s/>])"
)
KNOWN = frozenset(
    b"FlateDecode LZWDecode ASCII85Decode ASCIIHexDecode RunLengthDecode CCITTFaxDecode DCTDecode JBIG2Decode JPXDecode "
    b"Crypt Fl LZW A85 AHx RL CCF DCT".split()
)
FONT = re.compile(rb"/BaseFont\s{0,9}/([^\s/<>\[\]()]{1,200})")
IDENTITY = re.compile(rb"/ToUnicode\s{0,9}/Identity-[HV]\b")
FIRST = re.compile(rb"/First\s{1,4}(\d{1,10})")
COUNT = re.compile(rb"/N\s{1,4}(\d{1,7})")
# The longest words of an object that are looked at for the names above.
LONGEST = 1 << 16


class FileObject(NamedTuple):
    """An object of the file: its words, and its stream as it is kept, None where it has none."""

    words: bytes
    stream: bytes | None = None


class PdfObjects(NamedTuple):
    """The objects of a file by number, those that are damaged, and whether the lists that hold them are whole."""

    by_number: dict[int, FileObject]
    damaged: frozenset[int]
    whole: bool


def read_objects(data: bytes, origin: str, limits: Limits) -> PdfObjects:
    """Read a file's objects and check its streams; raise `IngestError` where more is unpacked than the limit.

    What is encrypted can't be told, and counts as whole.
    """
    encrypted = b"/Encrypt" in data
    objects: dict[int, FileObject] = {}
    damaged: set[int] = set()
    unpacked, lists_whole = 0, True
    for number, found in objects_of(data):
        # Streams are looked at once, and would fill the memory.
        objects[number] = FileObject(found.words)
        damaged.discard(number)
        if not is_closed(found.words):
            damaged.add(number)
        if encrypted:
            continue
        if found.stream is None:
            # A stream of which the beginning can't be told is lost.
            damaged.update([number] if b"/Filter" in found.words and b"/Length" in found.words else ())
            continue
        if PICTURE.search(found.words[:LONGEST]):
            continue
        whole, text = unpack(found, limits.unpacked - unpacked)
        unpacked += len(text)
        limits.check("unpacked", unpacked, origin, Message("bytes when unpacked"))
        kind = kind_of(found)
        if not whole:
            damaged.add(number)
            lists_whole = lists_whole and kind not in (b"ObjStm", b"XRef")
        elif kind == b"ObjStm":
            objects.update(objects_within(found.words, text))
    return PdfObjects(objects, frozenset(damaged | misplaced(data)), lists_whole)


def is_closed(words: bytes) -> bool:
    """Return True if an object's words end as they begin."""
    words = words.strip()
    # A comment may stand before them.
    return b"%" in words or words.startswith(b"<<") == words.endswith(b">>")


def misplaced(data: bytes) -> set[int]:
    """List the objects that don't lie where the file's tables say, in tables that are right for most."""
    found: set[int] = set()
    for table in TABLE.finditer(data):
        first, at, lost = int(table[1]), table.end(), 0
        wrong: set[int] = set()
        for number in range(first, first + min(int(table[2]), MOST_ENTRIES)):
            entry = ENTRY.match(data, at)
            lost = lost + 1 if entry is None else 0
            if lost > 1:
                # It ends here, whatever it says.
                break
            at = at + ENTRY_LENGTH if entry is None else entry.end()
            if entry is None or (entry[2] == b"n" and not is_at(data, int(entry[1]), number)):
                wrong.add(number)
        if len(wrong) * 2 < int(table[2]):
            found |= wrong
    return found


def is_at(data: bytes, place: int, number: int) -> bool:
    """Return True if an object begins at a place."""
    begins = OBJECT.match(data, len(data[place : place + 20]) - len(data[place : place + 20].lstrip()) + place)
    return begins is not None and int(begins[1]) == number


def damaged_pages(objects: PdfObjects, pages: int) -> frozenset[int]:
    """List the pages, from 1, that are drawn with a damaged stream; all, where the lists of the file's objects are damaged."""
    everything = frozenset(range(1, pages + 1))
    if not objects.whole:
        return everything
    found = objects.by_number
    lost = {number for number, one in found.items() if kind_of(one) == b"Page" and not is_drawn(one, found)}
    damaged = objects.damaged | lost
    return reached(found, damaged, everything) if damaged else frozenset()


def fonts_of_characters(objects: PdfObjects) -> frozenset[str]:
    """List the fonts whose map says that the codes of their text are the characters (``/ToUnicode /Identity-H``)."""
    names = (FONT.search(found.words) for found in objects.by_number.values() if IDENTITY.search(found.words))
    return frozenset(name[1].decode("utf-8", "replace") for name in names if name)


def objects_of(data: bytes) -> Iterator[tuple[int, FileObject]]:
    """List the objects of a file as they follow each other; of two with one number the later one counts."""
    at = 0
    while (start := OBJECT.search(data, at)) is not None:
        end = END.search(data, start.end())
        if end is None:
            return
        words, at = data[start.end() : end.start()], end.start()
        stream = None
        if b"stream" in end[0]:
            close = data.find(b"endstream", end.end())
            at = len(data) if close < 0 else close
            stream = data[end.end() : at]
        yield int(start[1]), FileObject(words, stream)


def objects_within(words: bytes, text: bytes) -> Iterator[tuple[int, FileObject]]:
    """List the objects that a stream of objects holds."""
    first, count = FIRST.search(words), COUNT.search(words)
    if first is None or count is None:
        return
    head = text[: int(first[1])].split()[: 2 * int(count[1])]
    try:
        numbers = [int(word) for word in head]
    except ValueError:
        return
    starts = [int(first[1]) + at for at in numbers[1::2]]
    for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(text)], strict=False):
        yield number, FileObject(text[start:end])


def is_drawn(page: FileObject, objects: dict[int, FileObject]) -> bool:
    """Return True if what a page is drawn with is there, or it is blank."""
    said = CONTENTS.search(page.words)
    if said is None:
        return b"Contents" not in page.words
    return all(int(number) in objects for number in REFERENCE.findall(said[1]))


def kind_of(found: FileObject) -> bytes:
    """Give the type that an object says it has."""
    kind = KIND.search(found.words[:LONGEST])
    return kind[1] if kind else b""


def unpack(found: FileObject, most: int) -> tuple[bool, bytes]:
    """Unpack a stream as far as checksums need it; tell whether it is whole, and give what it holds, if that was packed.

    A little more than ``most`` bytes are unpacked at most.
    """
    data = found.stream or b""
    said = FILTER.search(found.words[:LONGEST])
    names = NAME.findall(said[1]) if said else []
    if not KNOWN.issuperset(names):
        return False, b""
    if said is None:
        # The entry may be what is damaged: then the stream is packed although nothing says so.
        packed = (
            b"Filter" in found.words or data.rstrip().endswith(b"~>") or (is_packed(data) and inflated(data, most)[0])
        )
        return not packed, b""
    for name in names:
        if name in (b"ASCII85Decode", b"A85"):
            try:
                data = a85decode(data.partition(b"~>")[0], ignorechars=b" \t\n\r\v\f\0")
            except ValueError:
                return False, b""
        elif name in (b"ASCIIHexDecode", b"AHx"):
            try:
                data = binascii.unhexlify(b"".join(data.partition(b">")[0].split()))
            except ValueError:
                return False, b""
        elif name in (b"FlateDecode", b"Fl"):
            return inflated(data, most)
        else:
            break
    return True, b""


def is_packed(data: bytes) -> bool:
    """Return True if bytes begin as what zlib packs."""
    return len(data) > 1 and data[0] & 15 == zlib.DEFLATED and (data[0] << 8 | data[1]) % 31 == 0  # fmt: skip


def inflated(data: bytes, most: int) -> tuple[bool, bytes]:
    """Unpack what zlib packed; tell whether its checksum, where there is one, is that of what comes out."""
    if not is_packed(data):
        # A stream may be empty.
        return not data.strip(), b""
    packer = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    room, rest = most, data[2:]
    try:
        while rest and room >= 0 and not packer.eof:
            parts.append(packer.decompress(rest, CHUNK))
            room, rest = room - len(parts[-1]), packer.unconsumed_tail
    except zlib.error:
        return False, b""
    text = b"".join(parts)
    if not packer.eof:
        # More than the limit, which is said elsewhere, or cut short.
        return room < 0, text
    said = packer.unused_data[:4]
    return len(said) < 4 or int.from_bytes(said, "big") == zlib.adler32(text), text  # noqa: PLR2004 - bytes of a checksum


def reached(objects: dict[int, FileObject], damaged: frozenset[int], everything: frozenset[int]) -> frozenset[int]:
    """List the pages that use damaged objects, be it by way of others; all pages where the file's own list is another."""
    order = page_order(objects)
    users: defaultdict[int, list[int]] = defaultdict(list)
    for number, found in objects.items():
        # What all pages below have stands beside the list of these.
        for used in set(REFERENCE.findall(KIDS.sub(b"", found.words))):
            users[int(used)].append(number)
    todo, seen = list(damaged), set(damaged)
    while todo:
        at = todo.pop()
        if at in order:
            continue
        for user in users[at]:
            if user not in seen:
                seen.add(user)
                todo.append(user)
    if len(order) != len(everything):
        return everything if any(kind_of(objects[at]) == b"Page" for at in seen if at in objects) else frozenset()
    return frozenset(order[at] for at in seen if at in order)


def page_order(objects: dict[int, FileObject]) -> dict[int, int]:
    """Number the pages from 1, by the numbers of their objects, as the tree of pages has them."""
    trees = [number for number, found in objects.items() if kind_of(found) == b"Pages"]
    within: set[int] = set()
    kids: dict[int, list[int]] = {}
    for number in trees:
        kids[number] = [int(kid) for part in KIDS.findall(objects[number].words) for kid in REFERENCE.findall(part)]
        within.update(kids[number])
    todo = [number for number in reversed(trees) if number not in within]
    order: dict[int, int] = {}
    seen: set[int] = set()
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        if at in kids:
            todo.extend(reversed(kids[at]))
        elif at in objects and kind_of(objects[at]) == b"Page":
            order[at] = len(order) + 1
    return order
