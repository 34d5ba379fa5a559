"""The steps of fetching: check the address, ask robots.txt, keep distance, follow redirects, read the body."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag

import httpx
from msgspec import Struct
from protego import Protego

from extractor._version import __version__
from extractor.build.fetch import body
from extractor.build.fetch.address import without_password
from extractor.build.fetch.settings import Fetched, FetchSettings
from extractor.build.fetch.wire import Wire
from extractor.errors import FetchError
from extractor.messages import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from extractor.build.fetch.wire import HttpResponse

# ── robots.txt: what a host asks programs to leave alone, and how long to wait between requests

NAME = "extractor"

# RFC 9309, 2.5: at least 500 KiB are read.
MOST = 500 * 1024


class RobotsRules(NamedTuple):
    """A host's rules; ``parser`` is None where there are none, ``unknown`` says why they couldn't be read."""

    parser: Protego | None = None
    unknown: str = ""

    def allow(self, url: str) -> bool:
        """Say whether an address may be fetched."""
        return not self.unknown and (self.parser is None or self.parser.can_fetch(url, NAME))

    def delay(self) -> float:
        """Seconds to wait between two requests."""
        return float((self.parser and self.parser.crawl_delay(NAME)) or 0)


def rules_of(status: int, data: bytes) -> RobotsRules:
    r"""Read the rules from the answer to a request for robots.txt.

    As RFC 9309 has it, a host without the file (status 4xx) allows everything, and one that fails allows nothing.

    >>> rules_of(200, b"User-agent: *\nDisallow: /*.pdf$\n").allow("https://example.org/private/a.pdf")
    False
    >>> rules_of(404, b"").allow("https://example.org/private/a")
    True
    """
    if status == 200:  # noqa: PLR2004 - OK
        return RobotsRules(Protego.parse(data.decode("utf-8-sig", "replace")))
    if 400 <= status < 500 and status != 429:  # noqa: PLR2004 - there is none; 429: too many requests
        return RobotsRules()
    return RobotsRules(
        unknown=Message(
            "its robots.txt, which says what programs may fetch, can't be had (status {status})", status=status
        )
    )


_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})")

OK = 200
REDIRECTS = frozenset((301, 302, 303, 307, 308))
# Those by which a page has moved for good.
FOR_GOOD = frozenset((301, 308))
BUSY = frozenset((429, 503))
HEADERS = {
    "User-Agent": f"{NAME}/{__version__} (reads policy notices, one at a time, for a person)",
    "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5",
    "Accept-Language": "zh-CN, zh;q=0.9, *;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
ADVICE = {
    401: Message("it wants a login. Save the page in a browser and add the file."),
    403: Message("the server refuses it to programs. Save the page in a browser and add the file."),
    404: Message("there is no such page. Check the address."),
    410: Message("the page was withdrawn. Check the address."),
    429: Message("the server wants fewer requests. Try again later."),
}


class FetchedPage(NamedTuple):
    """An answer with its body."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    data: bytes


class Looked(Struct, frozen=True, kw_only=True):
    """An answer to a look at an address: its status, and where that is 200 its bytes.

    ``etag`` and ``modified`` are what the server said of the page, to ask later only for what is newer; ``final_url`` is the
    address that answered, ``moved`` True where the server says that the page is there for good; ``pause`` are the seconds for
    which the server wants to be left alone.
    """

    url: str
    final_url: str
    status: int
    moved: bool
    media_type: str | None
    data: bytes
    etag: str | None
    modified: str | None
    retrieved_on: dt.date | None
    filename: str | None
    pause: float


class Fetcher:
    """Fetches addresses one after the other; remembers when each host was last asked, and its robots.txt."""

    def __init__(self, settings: FetchSettings) -> None:
        """Prepare; nothing is sent yet."""
        self._settings = settings
        self._wire = Wire(settings)
        self._rules: dict[tuple[str, str, int | None], RobotsRules] = {}
        self._due: dict[str, float] = {}

    def check(self, url: str) -> None:
        """Raise `FetchError` for what is no address that could be fetched; nothing is sent."""
        checked_url(url)

    def fetch(self, url: str, *, named: bool = True) -> Fetched:
        """Fetch an address; a `FetchError` says why it can't or may not be.

        ``named``: the user gave it, not a page. What redirects and links lead to is never private but on a named host.
        """
        if named:
            self._wire.name(checked_url(url))
        page = self._follow(checked_url(url), self._read_notice, self._ask_robots)
        if page.status != OK:
            msg = Message("{url}: {said}", url=page.url, said=said_of(page.status))
            raise FetchError(msg)
        if not page.data:
            msg = Message(
                "{url}: the answer is empty, expected a notice. Check the address or try again later.", url=page.url
            )
            raise FetchError(msg)
        return Fetched(
            url=url,
            final_url=str(page.url),
            media_type=page.headers.get("content-type"),
            data=page.data,
            retrieved_on=self._settings.retrieved_on or body.day_of(page.headers),
            filename=body.filename_of(page.url, page.headers),
        )

    def look(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        listing: bool = False,
        named: bool = True,
    ) -> Looked:
        """Look at an address: 304 where it is as ``etag`` and ``modified`` say, 404 and the like are answers, too.

        ``listing`` takes lists and feeds, whatever type they come as. A `FetchError` says why it can't or may not be.
        """
        if named:
            self._wire.name(checked_url(url))
        asked = {name: said for name, said in (("If-None-Match", etag), ("If-Modified-Since", modified)) if said}
        read = self._read_listing if listing else self._read_notice
        hops: list[int] = []
        page = self._follow(checked_url(url), read, self._ask_robots, HEADERS | asked, hops)
        return Looked(
            url=url, final_url=str(page.url), status=page.status, moved=bool(hops) and set(hops) <= FOR_GOOD,
            media_type=page.headers.get("content-type"), data=page.data, etag=page.headers.get("etag"),
            modified=page.headers.get("last-modified"),
            retrieved_on=self._settings.retrieved_on or body.day_of(page.headers),
            filename=body.filename_of(page.url, page.headers), pause=body.pause_of(page.headers, 0.0),
        )  # fmt: skip

    def _read_listing(self, answer: HttpResponse) -> bytes:
        return body.read_body(answer, self._settings.most)

    def _read_notice(self, answer: HttpResponse) -> bytes:
        body.check_type(answer)
        return body.read_body(answer, self._settings.most)

    # ── one hop after the other ─────────────────────────────────────────────────────────────────────────────────────

    def _follow(
        self,
        url: httpx.URL,
        read: Callable[[HttpResponse], bytes],
        ask: Callable[[httpx.URL], None] | None,
        headers: dict[str, str] = HEADERS,
        hops: list[int] | None = None,
    ) -> FetchedPage:
        """Follow redirects by hand, so that each hop is checked like the first; ``hops`` takes their statuses."""
        seen = [url]
        while True:
            if ask:
                ask(url)
            page = self._get(url, read, headers)
            if page.status not in REDIRECTS:
                return page
            if hops is not None:
                hops.append(page.status)
            url = target_of(page)
            if url in seen:
                msg = Message("{seen}: redirects in a circle, to {url}. Check the address.", seen=seen[0], url=url)
                raise FetchError(msg)
            if len(seen) > self._settings.redirects:
                msg = Message(
                    "{seen}: redirects more than {redirects} times. Give the address it ends at.",
                    seen=seen[0],
                    redirects=self._settings.redirects,
                )
                raise FetchError(msg)
            seen.append(url)

    def _get(
        self, url: httpx.URL, read: Callable[[HttpResponse], bytes], headers: dict[str, str] = HEADERS
    ) -> FetchedPage:
        """Ask once, and again where the server asks to come back soon."""
        for left in range(self._settings.retries, -1, -1):
            self._keep_distance(url)
            try:
                with self._wire.send(url, headers) as answer:
                    data = read(answer) if answer.status == OK else b""
            finally:
                self._due[url.host] = self._settings.monotonic() + self._pause(url)
            page = FetchedPage(url, answer.status, answer.headers, data)
            pause = body.pause_of(answer.headers, self._settings.delay)
            if page.status not in BUSY or pause > self._settings.patience or not left:
                break
            self._due[url.host] += pause
        return page

    def _keep_distance(self, url: httpx.URL) -> None:
        now = self._settings.monotonic()
        if (due := self._due.get(url.host, now)) > now:
            self._settings.sleep(due - now)

    def _pause(self, url: httpx.URL) -> float:
        """Seconds to leave a host alone; what robots.txt asks for counts as far as our patience goes."""
        asked = self._rules.get(_origin(url), RobotsRules()).delay()
        return max(self._settings.delay, min(asked, self._settings.patience))

    def _ask_robots(self, url: httpx.URL) -> None:
        """Raise when the host's robots.txt doesn't want the address fetched, or can't be had."""
        if self._settings.ignore_robots:
            return
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._robots(url.copy_with(raw_path=b"/robots.txt"))
        rules = self._rules[origin]
        if not rules.allow(str(url)):
            why = rules.unknown or Message("its robots.txt asks not to fetch it")
            msg = Message(
                "{url}: {why}. Save the page in a browser and add the file, or use --ignore-robots if you may.",
                url=url,
                why=why,
            )
            raise FetchError(msg)

    def _robots(self, url: httpx.URL) -> RobotsRules:
        try:
            page = self._follow(url, lambda answer: body.read_body(answer, MOST, cut=True), None)
        except FetchError as error:
            if not str(error).startswith(str(url)):  # the address itself may not be asked at all
                raise
            msg = Message("{error} It says what programs may fetch; --ignore-robots does without it.", error=error)
            raise FetchError(msg) from error
        return rules_of(page.status, page.data)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def said_of(status: int) -> str:
    """Say what a status means for the one who asked, and what to do."""
    failing = Message("expected 200. Open it in a browser.")
    if status >= 500:  # noqa: PLR2004
        failing = Message("the server fails. Try again later.")
    return Message("status {status}: {advice}", status=status, advice=ADVICE.get(status, failing))


def target_of(page: FetchedPage) -> httpx.URL:
    """Read where a redirect leads, checked as an address that the user gave."""
    location = page.headers.get("location", "")
    if not location:
        msg = Message(
            "{url}: status {status} without saying where to go. Open it in a browser.", url=page.url, status=page.status
        )
        raise FetchError(msg)
    try:
        target = str(page.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        msg = Message(
            "{url}: redirects to {location!r}, which is no address. Open it in a browser.",
            url=page.url,
            location=without_password(location),
        )
        raise FetchError(msg) from error
    url = checked_url(target)
    if page.url.scheme == "https" and url.scheme == "http":
        msg = Message(
            "{url}: redirects to {target}, which is not encrypted. If that is all right, give that address itself.",
            url=page.url,
            target=url,
        )
        raise FetchError(msg)
    return url


def _is_host(host: str) -> bool:
    """Say whether a host is a name or an IP address; a strange one must not reach the name server."""
    try:
        return bool(_NAME.fullmatch(host) or ip_address(host))
    except ValueError:
        return False


def checked_url(text: str) -> httpx.URL:
    """Read an address; raise `FetchError` for what is no web address or holds a password."""
    said = without_password(text)
    try:
        url = httpx.URL(urldefrag(text.strip()).url)
    except (httpx.InvalidURL, ValueError) as error:
        why = "" if said != text else f": {str(error).rstrip('.')}"
        msg = Message("{said}: is no address{why}. Give it as the browser shows it.", said=said, why=why)
        raise FetchError(msg) from error
    if url.userinfo or said != text:
        msg = Message(
            "{said}: the address holds a user name or password, which are not sent. Save the page and add the file.",
            said=said,
        )
        raise FetchError(msg)
    if url.scheme not in {"http", "https"}:
        hint = (
            Message("Give the file's path without file://.")
            if url.scheme == "file"
            else Message("Fetch it yourself and add the file.")
        )
        msg = Message(
            "{text}: only http:// and https:// addresses are fetched, found {scheme!r}. {hint}",
            text=text,
            scheme=url.scheme,
            hint=hint,
        )
        raise FetchError(msg)
    if not url.host or not _is_host(url.raw_host.decode("ascii")) or url.port == 0 or (url.port or 0) >= 1 << 16:
        msg = Message(
            "{text}: has no host or port that can be, expected an address like https://example.org/notice.html.",
            text=text,
        )
        raise FetchError(msg)
    return url
