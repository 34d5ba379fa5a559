"""Values that were dear to make, by a digest of what they were made of: a file that is written on at its end.

A build that is killed leaves a record cut short at the end, which is dropped, and what it had made so far. The records
are those of one engine; with another the file begins anew. Measured with 10,000 records of 13 kB, one file is written
and read back in a fifth of the time that a file a record takes.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from extractor.build.cache.lock import FOLDER
from extractor.dataset.store import open_anew, open_own, reason_of, temporary_name
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

_HEAD = b"extractor shelf\x01"
_RECORD = struct.Struct("<32sII")  # the digest, checksum and length of what follows
_LEVEL = 1
# Bytes of a value: a record is made of a file, and what one file may give is bounded.
_MOST = 1 << 29


def packed_record(value: object) -> bytes:
    """Make a record of a value, as `RecordStore.put_record` takes it."""
    return zlib.compress(msgspec.msgpack.encode(value), _LEVEL)


def unpacked_record(record: bytes, kind: Any = Any) -> Any:  # noqa: ANN401 - whatever it was made of
    """Give the value that a record was made of, of a type, or plain."""
    return msgspec.msgpack.decode(zlib.decompress(record), type=kind)


class RecordStore:
    """Values of one type by digests, in a file; a context that has to be left before the file counts as written.

    ``made`` counts those put.
    """

    def __init__(self, outputs: Path, name: str, fingerprint: str, kind: Any) -> None:  # noqa: ANN401 - a type or an alias
        """Name the file; ``fingerprint`` is the digest that all of its records depend on."""
        self.path = outputs / FOLDER / name
        self.made = 0
        self._head = _HEAD + bytes.fromhex(fingerprint)
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._places: dict[str, tuple[int, int]] = {}
        self._used: set[str] = set()
        self._file: BinaryIO

    def __enter__(self) -> Self:
        """Open the file and find its records; begin anew where it is none of ours."""
        try:
            self._file = open_own(self.path)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            if not self._scan():
                self._file.write(self._head)
        except OSError as error:
            self._file.close()
            raise self._unwritable(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        try:
            self._file.close()
        except OSError as error:
            raise self._unwritable(error) from error

    def _scan(self) -> int:
        """Note where the records stand, cut off what is broken at the end, and return where that is."""
        file = self._file
        size = file.seek(0, 2)
        file.seek(0)
        end = len(self._head) if file.read(len(self._head)) == self._head else 0
        while end and (head := file.read(_RECORD.size)) and len(head) == _RECORD.size:
            digest, _, length = _RECORD.unpack(head)
            start = end + _RECORD.size
            if start + length > size:
                break
            self._places[digest.hex()] = (end, start + length)
            end = file.seek(start + length)
        file.truncate(end)
        file.seek(end)
        return end

    def get(self, digest: str) -> Any | None:  # noqa: ANN401 - of the type given
        """Return the value kept for a digest; None where there is none, or a broken one."""
        record = self.record(digest)
        if record is None:
            return None
        try:
            unpacking = zlib.decompressobj()
            value = self._decoder.decode(unpacking.decompress(record, _MOST))
            whole = unpacking.eof
        except (zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            whole = False
        if not whole:
            self._used.discard(digest)
            return None
        return value

    def record(self, digest: str) -> bytes | None:
        """Return the record kept for a digest, which `unpacked_record` takes; None where there is none, or a broken one."""
        place = self._places.get(digest)
        if place is None:
            return None
        try:
            self._file.seek(place[0])
            found = self._file.read(place[1] - place[0])
        except OSError:
            return None
        _, checksum, _ = _RECORD.unpack_from(found)
        record = found[_RECORD.size :]
        if zlib.crc32(record) != checksum:
            return None
        self._used.add(digest)
        return record

    def put(self, digest: str, value: object) -> None:
        """Keep a value; a `DatasetError` says why it can't be."""
        self._write(digest, packed_record(value))

    def put_record(self, digest: str, packed: bytes) -> Any:  # noqa: ANN401 - of the type given
        """Keep a value that another process made a record of, unless it was put or asked for already; return the value."""
        value = self._decoder.decode(zlib.decompress(packed))
        if digest not in self._used or digest not in self._places:
            self._write(digest, packed)
        return value

    def __contains__(self, digest: object) -> bool:
        """Say whether a value is kept; it may turn out to be broken."""
        return digest in self._places

    def use(self, digest: str) -> bool:
        """Say whether a value is kept, which is to stay."""
        self._used.add(digest)
        return digest in self._places

    def _write(self, digest: str, packed: bytes) -> None:
        record = _RECORD.pack(bytes.fromhex(digest), zlib.crc32(packed), len(packed)) + packed
        try:
            start = self._file.seek(0, 2)
            self._file.write(record)
        except OSError as error:
            raise self._unwritable(error) from error
        self._places[digest] = (start, start + len(record))
        self._used.add(digest)
        self.made += 1

    def drop_unused(self) -> None:
        """Write the file without the records that were neither asked for nor put."""
        places = sorted(place for digest, place in self._places.items() if digest in self._used)
        if sum(end - start for start, end in places) + len(self._head) == self._file.seek(0, 2):
            return
        temporary = self.path.with_name(temporary_name(self.path.name))
        try:
            with open_anew(temporary) as file:
                file.write(self._head)
                for start, end in places:
                    self._file.seek(start)
                    file.write(self._file.read(end - start))
            temporary.replace(self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> DatasetError:
        msg = Message(
            "{path}: cannot be written: {reason}. The dataset that stood there before is unchanged. Make room, "
            "or name an output folder that you may write to with -o.",
            path=self.path,
            reason=reason_of(error),
        )
        return DatasetError(msg)
