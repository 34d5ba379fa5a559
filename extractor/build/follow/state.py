"""What following remembers: what was listed, fetched and seen, and when; kept beside the corpus, in ``.follow``.

Each step is written before the next begins, so that one that is killed goes on where it was. What was fetched is kept by
the digest of its bytes and never dropped. A state that can't be read is an error: to begin anew would ask for everything again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from extractor.dataset.store import reason_of, write_atomic
from extractor.errors import DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from extractor.build.fetch.client import Looked

FOLDER = ".follow"
_STATE, _SNAPSHOTS, _BEFORE = "state.json", "snapshots", "before.json"


class Validators(Struct):
    """What a server said of a page, to ask only for what is newer."""

    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, answer: Looked) -> Validators:
        """Take them from an answer."""
        return cls(answer.etag, answer.modified)


class Snapshot(Struct):
    """Bytes that an address gave, by their digest, and the first and the last day on which it did."""

    sha256: str
    first_seen: str
    last_seen: str


class SeenNotice(Struct):
    """A notice that was listed: its address and title, what it gave, where it landed, what became of it.

    ``landed`` is the digest of its file as it was put there, ``attached_to`` the page that it is an attachment of,
    ``moved_to`` the address under which its source lists it now.
    ``text`` is a digest of its words: the same under another address, or with another counter on the page, is the same
    notice. ``gone_since`` is the day on which it was found gone from its address; ``refused`` says why it was not taken.
    """

    url: str
    title: str
    source: str
    first_seen: str
    snapshots: list[Snapshot] = field(default_factory=list)
    validators: Validators = field(default_factory=Validators)
    text: str | None = None
    path: str | None = None
    looked_on: str | None = None
    gone_since: str | None = None
    refused: str | None = None
    landed: str | None = None
    moved_to: str | None = None
    attached_to: str | None = None


class SourceState(Struct):
    """How a source has been: ``due`` is when to look next, ``pending`` what it listed and is still to be fetched.

    ``pages`` has what servers said of its pages; ``listed`` how many links met its patterns at the last good look.
    """

    due: float = 0.0
    failures: int = 0
    error: str | None = None
    looked_on: str | None = None
    good_on: str | None = None
    news_on: str | None = None
    begun_on: str | None = None
    listed: int = 0
    moved_to: str | None = None
    changed_shape: bool = False
    validators: Validators = field(default_factory=Validators)
    pending: list[tuple[str, str]] = field(default_factory=list)


class FeedEntry(Struct, frozen=True):
    """An entry of ``changes.atom``: a figure that moved; ``content`` is HTML."""

    id: str
    updated: str
    title: str
    url: str | None
    content: str


class State(Struct):
    """All of it; ``notices`` by address, ``tries`` at what couldn't be had. ``unbuilt``: something landed since the last build."""

    sources: dict[str, SourceState] = field(default_factory=dict)
    notices: dict[str, SeenNotice] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    entries: list[FeedEntry] = field(default_factory=list)
    unbuilt: bool = False


class Store:
    """The state and the snapshots of a corpus, on the disk."""

    def __init__(self, corpus: Path) -> None:
        """Read what there is; a `DatasetError` where that can't be read."""
        self.folder = corpus / FOLDER
        self._path = self.folder / _STATE
        self.state = self._read()

    def _read(self) -> State:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=State)
        except FileNotFoundError:
            return State()
        except (OSError, msgspec.DecodeError) as error:
            msg = Message(
                "{path}: can't be read: {reason}. It remembers what was fetched. Restore it, or move it away to look at everything anew.",
                path=self._path,
                reason=reason_of(error) if isinstance(error, OSError) else error,
            )
            raise DatasetError(msg) from error

    def save(self) -> None:
        """Write the state, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self._path, msgspec.json.format(msgspec.json.encode(self.state, order="deterministic"), indent=1))

    def keep(self, notice: SeenNotice, data: bytes, day: str) -> bool:
        """Keep bytes that a notice's address gave; say whether they are others than the last ones."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.snapshot(digest)
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, data)
        last = notice.snapshots[-1] if notice.snapshots else None
        if last and last.sha256 == digest:
            last.last_seen = day
            return False
        notice.snapshots.append(Snapshot(digest, day, day))
        return True

    def snapshot(self, digest: str) -> Path:
        """Name the file of a snapshot."""
        return self.folder / _SNAPSHOTS / digest

    @property
    def before(self) -> Path:
        """The dataset as it was before what has landed since was built: what moved is told against it."""
        return self.folder / _BEFORE
