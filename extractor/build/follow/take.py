"""One listed notice after the other: fetched, kept as it came, read, and put into the corpus with its address and day.

Its words decide whether it is new: a page that differs in a counter, or that has moved to another address, is the same
notice. Where the words of an address change, the new ones take the place of the old in the corpus; the old bytes stay among
the snapshots. What somebody has changed in the corpus is left alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.parse import urljoin, urlsplit

from extractor.build.corpus import SIDECAR, Sidecar
from extractor.build.fetch.client import OK, said_of
from extractor.build.follow.state import SeenNotice, Validators
from extractor.build.intake.adding import MOST_ATTACHMENTS
from extractor.build.intake.sources import Item, Loaded
from extractor.dataset.store import write_atomic
from extractor.errors import FetchError, IngestError
from extractor.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.build.fetch.client import Fetcher, Looked
    from extractor.build.follow.sources import Source
    from extractor.build.follow.state import Store
    from extractor.build.intake.adding import Adding
    from extractor.model import NoticeResult

EventKind: TypeAlias = Literal[
    "new", "known", "changed", "gone", "back", "refused", "failed", "moved", "shape", "quiet", "edited"
]  # fmt: skip
NOT_MODIFIED = 304
_GONE = frozenset((404, 410))
# A notice that can't be had is asked for on so many looks; that which a list forgets is then forgotten, too.
MOST_TRIES = 5
_SAID = "gone_since"


class Event(NamedTuple):
    """What was met: at which source and address, which file of the corpus it is about, and more in words."""

    kind: EventKind
    source: str
    url: str
    path: str = ""
    message: str = ""


class Taker:
    """Takes notices into one corpus; ``day`` is today's, in China."""

    def __init__(self, corpus: Path, web: Fetcher, store: Store, adding: Adding, day: str) -> None:
        """Index the notices that were taken by their words."""
        self.events: list[Event] = []
        self._corpus, self._web, self._store, self._adding, self._day = corpus, web, store, adding, day
        self._by_text = {one.text: one for one in store.state.notices.values() if one.text and one.path}

    def note(self, kind: EventKind, source: Source, url: str, path: str = "", message: str = "") -> None:
        """Note what was met."""
        self.events.append(Event(kind, source.id, url, path, message))

    # ── what is new ────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, source: Source, url: str, title: str) -> bool:
        """Fetch and read a notice that was listed; return False where it should be asked for again."""
        notices = self._store.state.notices
        notice = notices.get(url) or SeenNotice(url, title, source.id, self._day)
        try:
            answer = self._fetched(url)
        except FetchError as error:
            tries = self._store.state.tries
            tries[url] = tries.get(url, 0) + 1
            self.note("failed", source, url, message=str(error))
            return tries[url] >= MOST_TRIES and self._give_up(notice, str(error))
        self._note_answer(notice, answer)
        found = self._land(source, notice, answer)
        notices[url] = notice
        self._store.state.tries.pop(url, None)
        if found is not None and source.attachments:
            self._take_attachments(source, notice, *found)
        return True

    def _fetched(self, url: str) -> Looked:
        answer = self._web.look(url, named=False)
        if answer.status == OK:
            return answer
        raise FetchError(Message("{url}: {said}", url=url, said=said_of(answer.status)))

    def _give_up(self, notice: SeenNotice, why: str) -> bool:
        notice.refused = "".join(why)
        self._store.state.notices[notice.url] = notice
        self._store.state.tries.pop(notice.url, None)
        return True

    def _note_answer(self, notice: SeenNotice, answer: Looked) -> bool:
        """Keep what an address gave; say whether it is something else than before."""
        notice.looked_on = self._day
        notice.validators = Validators.of(answer)
        return self._store.keep(notice, answer.data, self._day)

    def _land(self, source: Source, notice: SeenNotice, answer: Looked) -> tuple[NoticeResult, str] | None:
        """Read a notice and put it into the corpus, unless it has one of the same words."""

        def is_new(result: NoticeResult) -> bool:
            notice.text = text_of(result)
            known = self._by_text.get(notice.text)
            notice.path = known.path if known else None
            return known is None

        found = self._adding.take(self._item(answer), is_new)
        if found is None:
            notice.refused = "".join(self._adding.set_aside[-1].message)
            self.note("refused", source, notice.url, message=notice.refused)
            return None
        path, result, base = found
        if not path:
            self.note("known", source, notice.url, notice.path or "")
            self._moved(source, notice)
            return None
        self._landed(source, notice, path)
        return result, base

    def _moved(self, source: Source, notice: SeenNotice) -> None:
        """Follow a notice at the address that its source lists it under now, instead of that where it was."""
        old = self._by_text.get(notice.text or "")
        if old is None or old.source != source.id:
            return  # another authority has it, too
        if old.gone_since:
            self._mark(source, old, gone=False)
        old.moved_to, notice.landed = notice.url, old.landed
        self._by_text[notice.text or ""] = notice

    def _landed(self, source: Source, notice: SeenNotice, path: str) -> None:
        notice.path = path
        notice.landed = _digest(self._corpus / path)
        if notice.text:
            self._by_text[notice.text] = notice
        self.note("new", source, notice.url, path)

    def _item(self, answer: Looked) -> Item:
        day = answer.retrieved_on or dt.date.fromisoformat(self._day)
        about = Sidecar(url=answer.url, retrieved_on=day)
        loaded = Loaded(answer.data, about, answer.filename, answer.final_url, answer.media_type, web=True)
        return Item(answer.url, lambda: loaded)

    def _take_attachments(self, source: Source, page: SeenNotice, result: NoticeResult, base: str) -> None:
        """Take what a page links to as part of the notice; one that can't be had costs no other."""
        links: dict[str, str] = {}
        for link in result.notice.attachments[:MOST_ATTACHMENTS]:
            try:
                links.setdefault(urljoin(base, link.url), link.name)
            except ValueError:
                continue
        for url, name in links.items():
            if url in self._store.state.notices:
                continue
            notice = SeenNotice(url, name, source.id, self._day, attached_to=page.url)
            try:
                answer = self._fetched(url)
            except FetchError as error:
                notice.refused = "".join(str(error))
                self._store.state.notices[url] = notice
                self.note("failed", source, url, message=str(error))
                continue
            self._note_answer(notice, answer)
            self._store.state.notices[url] = notice
            landed, aside = len(self._adding.landed), len(self._adding.set_aside)
            self._adding.beside(page.path or "", self._item(answer), name)
            if len(self._adding.landed) > landed and self._adding.landed[-1].added:
                self._landed(source, notice, self._adding.landed[-1].path)
            elif len(self._adding.set_aside) > aside:
                notice.refused = "".join(self._adding.set_aside[-1].message)
                self.note("refused", source, url, message=notice.refused)

    # ── what may have changed ──────────────────────────────────────────────────────────────────────────────────────

    def look_again(self, source: Source, notice: SeenNotice) -> None:
        """Look whether a notice still stands at its address, and says what it said."""
        validators = notice.validators
        try:
            answer = self._web.look(notice.url, etag=validators.etag, modified=validators.modified, named=False)
        except FetchError as error:
            self.note("failed", source, notice.url, notice.path or "", str(error))
            return
        notice.looked_on = self._day
        if answer.status in _GONE or _leads_home(answer):
            self._mark(source, notice, gone=True)
        elif answer.status == NOT_MODIFIED:
            if notice.snapshots:
                notice.snapshots[-1].last_seen = self._day
            self._mark(source, notice, gone=False)
        elif answer.status == OK:
            self._compare(source, notice, answer)
        else:
            self.note("failed", source, notice.url, notice.path or "", said_of(answer.status))

    def _compare(self, source: Source, notice: SeenNotice, answer: Looked) -> None:
        """Take the words that an address has now for those that it had, where they are of the same notice."""
        path = self._corpus / (notice.path or "")
        before = notice.snapshots[-1].sha256 if notice.snapshots else ""
        if hashlib.sha256(answer.data).hexdigest() == before:
            self._note_answer(notice, answer)
            self._mark(source, notice, gone=False)
            return
        try:
            loaded, result = self._adding.read(self._item(answer).load(), answer.url)
            old = (
                self._adding.read(Loaded(path.read_bytes(), Sidecar()), notice.path or "")[1]
                if path.is_file()
                else None
            )
        except (IngestError, OSError) as error:
            self.note("failed", source, notice.url, notice.path or "", str(error))
            return
        if old is None or not _is_same(old, result):
            self._mark(source, notice, gone=True)  # 页面不存在, with status 200
            return
        self._note_answer(notice, answer)
        self._mark(source, notice, gone=False)
        text = text_of(result)
        if text == notice.text or text == text_of(old):
            notice.text = text
        elif notice.landed != _digest(path):
            self.note("edited", source, notice.url, notice.path or "")
        else:
            write_atomic(path, loaded.data)
            notice.text, notice.landed = text, _digest(path)
            self.note("changed", source, notice.url, notice.path or "")

    def _mark(self, source: Source, notice: SeenNotice, *, gone: bool) -> None:
        """Mark in the state and the sidecar that a notice has gone from its address, or that it is there again."""
        if gone == (notice.gone_since is not None) or not notice.path:
            return
        notice.gone_since = self._day if gone else None
        beside = self._corpus / f"{notice.path}{SIDECAR}"
        try:
            lines = [one for one in beside.read_text("utf-8").splitlines() if one.partition("=")[0].strip() != _SAID]
        except (OSError, UnicodeDecodeError):
            lines = []
        lines += [f"{_SAID} = {self._day}"] if gone else []
        write_atomic(beside, "".join(f"{line}\n" for line in lines).encode())
        self.note("gone" if gone else "back", source, notice.url, notice.path)


def text_of(result: NoticeResult) -> str:
    """Digest the words of a notice: its sentences and what its figures are, without the page around them."""
    words = [sentence.text for sentence in result.sentences]
    head = [result.notice.title or "", result.notice.document_number or "", result.notice.issued_on or ""]
    return hashlib.sha256("\n".join([*head, *words]).encode()).hexdigest()


def _is_same(old: NoticeResult, new: NoticeResult) -> bool:
    """Return True if two texts are one notice: by number, else by title."""
    if old.notice.document_number and new.notice.document_number:
        return old.notice.document_number == new.notice.document_number
    return bool(old.notice.title) and old.notice.title == new.notice.title


def _leads_home(answer: Looked) -> bool:
    """Return True if an address redirects to the front page: servers say so in place of 404."""
    return urlsplit(answer.final_url).path in {"", "/"} and urlsplit(answer.url).path not in {"", "/"}


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
