"""One request over the network: connects only to checked addresses, and ends in time whatever the server does.

The check stands where the connection is made, so nothing that leads to a connection gets around it. The name stays in
the request and in the TLS handshake: the certificate is verified for the host, not for its address.
"""

from __future__ import annotations

import math
import os
import socket
import ssl
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from extractor.errors import FetchError
from extractor.messages import Message, system_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.build.fetch.settings import FetchSettings

# ── Which addresses of the network may be connected to: public ones only, unless the user allows the others
# A name is looked up once, all its addresses are checked, and the connection goes to one of those: a name server that
# answers differently a moment later gains nothing.

# RFC 6052: an IPv4 address behind a translator, as every host has it in a network with IPv6 only.
TRANSLATED = IPv6Network("64:ff9b::/96")
# RFC 8215: the same for use within one network.
TRANSLATED_LOCALLY = IPv6Network("64:ff9b:1::/48")
# Where machines of a cloud ask for their own secrets, beside the link-local ones: Azure, Oracle, Alibaba, AWS by IPv6.
METADATA = frozenset(map(ip_address, ("168.63.129.16", "192.0.0.192", "100.100.100.200", "fd00:ec2::254")))


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public network; one that carries another is judged by that.

    >>> [is_public(a) for a in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    found = _carried(ip_address(address))
    return found.is_global and not (
        found.is_multicast
        or found.is_reserved
        or found.is_unspecified
        or found.is_loopback
        or found.is_link_local
        or (isinstance(found, IPv6Address) and (found.is_site_local or found in TRANSLATED_LOCALLY))
    )


def is_never(address: str) -> bool:
    """Say whether an IP address is one that no user can mean: of this very link, or where a cloud keeps secrets.

    >>> [is_never(a) for a in ("169.254.169.254", "fe80::1", "::ffff:169.254.0.1", "100.100.100.200", "10.0.0.1")]
    [True, True, True, True, False]
    """
    whole = ip_address(address)
    found = {whole, _carried(whole)}
    if isinstance(whole, IPv6Address) and whole in TRANSLATED_LOCALLY:
        found.add(IPv4Address(int(whole) & 0xFFFF_FFFF))
    return any(one.is_link_local or one in METADATA for one in found)


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Take the IPv4 address out of an IPv6 address that leads to it."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Look a name up and return its addresses in the order to try; a `FetchError` when any of them is not public.

    ``allow_private`` lets others pass, too, but none of `is_never`. Raises `OSError` when the name has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except UnicodeError as error:
        msg = Message("{host}: is no name of a host: {error}. Check the address.", host=host, error=error)
        raise FetchError(msg) from error
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if never := [address for address in addresses if is_never(address)]:
        msg = Message(
            "{host}: leads to {never}, an address of the link or of a cloud's secrets, which is never fetched "
            "from. Save the page in a browser and add the file.",
            host=host,
            never=never[0],
        )
        raise FetchError(msg)
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        msg = Message(
            "{host}: leads to {private}, which is not a public address but this machine's, your network's or a "
            "reserved one. If you mean it, name this host's address yourself with --allow-private.",
            host=host,
            private=private[0],
        )
        raise FetchError(msg)
    return addresses


class Stream(httpcore.NetworkStream):
    """A connection whose every step is cut off when the whole request has had its time."""

    def __init__(self, stream: httpcore.NetworkStream, backend: Backend) -> None:
        """Wrap a connection."""
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is."""
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted, with the host's certificate verified."""
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):  # trying again won't help
                msg = Message(
                    "{server_hostname}: its certificate can't be trusted: {verify_message}. Check the address, or save "
                    "the page in a browser and add the file.",
                    server_hostname=server_hostname,
                    verify_message=error.__cause__.verify_message,
                )
                raise FetchError(msg) from error
            raise
        return Stream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - whatever is asked for
        """Tell about the connection."""
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Makes the connections."""

    def __init__(self, settings: FetchSettings) -> None:
        """Keep the settings; the time of a request begins with `begin`."""
        self._settings = settings
        self._inner = httpcore.SyncBackend()
        self._ends = math.inf
        # Hosts that may be private: those that the user named, where that is allowed at all.
        self.named: set[str] = set()

    def begin(self) -> None:
        """Start the time of a whole request."""
        self._ends = self._settings.monotonic() + self._settings.whole

    def over(self) -> bool:
        """Say whether the whole request has had its time."""
        return self._settings.monotonic() >= self._ends

    def left(self, timeout: float | None) -> float:
        """Shorten a time-out to what is left of the whole request's time."""
        if self.over():
            raise httpcore.ReadTimeout
        return min(self._settings.read if timeout is None else timeout, self._ends - self._settings.monotonic())

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, check every address that it has, and connect to the first that answers."""
        try:
            addresses = resolve(host, port, allow_private=self._settings.allow_private and host in self.named)
        except OSError as error:
            raise httpcore.ConnectError(error) from error
        failed: Exception = httpcore.ConnectError(Message("the name has no address"))
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return Stream(stream, self)
        raise failed

    def sleep(self, seconds: float) -> None:
        """Wait between two tries to connect."""
        self._settings.sleep(seconds)


@cache
def _trusted(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Load the certificates that are trusted, once a process and place: it takes as long as to read a short notice."""
    return httpx.create_ssl_context()


class Wire:
    """Sends requests one by one, each on a connection of its own; keeps neither cookies nor connections."""

    def __init__(self, settings: FetchSettings) -> None:
        """Load the certificates that are trusted: certifi's, or those of SSL_CERT_FILE or SSL_CERT_DIR."""
        self._settings = settings
        self._backend = Backend(settings)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
            max_keepalive_connections=0,
            retries=settings.retries,
            network_backend=self._backend,
        )

    def name(self, url: httpx.URL) -> None:
        """Note that the user named an address: --allow-private is for its host alone."""
        self._backend.named.add(url.raw_host.decode("ascii"))

    def send(self, url: httpx.URL, headers: dict[str, str]) -> HttpResponse:
        """Send a request; the answer's body is still to be read. A `FetchError` says what went wrong."""
        times = {"connect": self._settings.connect, "pool": None}
        times |= {"read": self._settings.read, "write": self._settings.read}
        request = httpx.Request("GET", url, headers=headers)
        sent = httpcore.Request(
            "GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions={"timeout": times},
        )
        self._backend.begin()
        try:
            response = self._pool.handle_request(sent)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise self._failure(url, error) from error
        return HttpResponse(url, response, self)

    def chunks(self, url: httpx.URL, response: httpcore.Response) -> Iterator[bytes]:
        """Read a body piece by piece, as it was sent."""
        try:
            yield from response.iter_stream()
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise self._failure(url, error) from error

    def _failure(self, url: httpx.URL, error: Exception) -> FetchError:
        """Say what went wrong on the network and what to do."""
        if self._backend.over():
            said = Message("not all of it came within {whole:g} seconds. Try again later.", whole=self._settings.whole)
        elif isinstance(error, httpcore.ConnectTimeout):
            said = Message(
                "no connection within {connect:g} seconds. Check the address or try again later.",
                connect=self._settings.connect,
            )
        elif isinstance(error, httpcore.TimeoutException):
            said = Message("nothing came for {read:g} seconds. Try again later.", read=self._settings.read)
        elif isinstance(error, httpcore.ProtocolError):
            said = Message(
                "the answer is broken or was cut short: {error}. Try again later.", error=str(error).rstrip(".")
            )
        else:
            said = Message(
                "no connection: {error}. Check the address and the network; proxies are not used.",
                error=system_words(error),
            )
        return FetchError(Message("{url}: {said}", url=url, said=said))


class HttpResponse:
    """A server's answer before its body was read; close it by leaving its ``with``."""

    def __init__(self, url: httpx.URL, response: httpcore.Response, wire: Wire) -> None:
        """Keep the parts that are used."""
        self.url = url
        self.status = response.status
        self.headers = httpx.Headers(response.headers)
        self._response = response
        self._wire = wire

    def __enter__(self) -> HttpResponse:  # noqa: PYI034 - no one derives from it
        """Return the answer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection, read or not."""
        self._response.close()

    def chunks(self) -> Iterator[bytes]:
        """Read the body piece by piece, as it was sent."""
        return self._wire.chunks(self.url, self._response)
