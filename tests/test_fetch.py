"""Fetching: against a real server on this machine, with everything a server may do wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
import time
import zlib

import pytest
from http_server import give, serving

from extractor import ingest
from extractor.build.fetch import FetchSettings, fetch, fetcher, wire
from extractor.build.fetch.body import filename_of, pause_of
from extractor.build.fetch.client import checked_url
from extractor.build.fetch.wire import is_public
from extractor.errors import FetchError

NOTICE = "<html><body><p>一、人均财政补助标准达到每人每年610元。</p></body></html>".encode()
HTML = "text/html"


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture
def server(running):
    running.answers.clear()
    running.asked.clear()
    running.headers_seen.clear()
    running.answers["/a"] = NOTICE
    return running


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def monotonic(self):
        return self.now


def settings(clock=None, **fields):
    clock = clock or Clock()
    given = {"allow_private": True, "sleep": clock.sleep, "monotonic": clock.monotonic, **fields}
    return FetchSettings(**given)


def get(server, path="/a", **fields):
    return fetch(server.url(path), settings(**fields))


# ── what comes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_page(server):
    """Bytes, type, both addresses and the server's day in China come back; we say who we are and send no cookies."""
    server.answers["/docs/a.html"] = give(body=NOTICE, Content_Type="text/html; charset=utf-8", Set_Cookie="id=1")
    got = get(server, "/docs/a.html#part")

    assert (got.data, got.media_type, got.filename) == (NOTICE, "text/html; charset=utf-8", "a.html")
    assert got.retrieved_on == dt.date(2022, 7, 21)
    assert got.url.endswith("#part")
    assert got.final_url == server.url("/docs/a.html")
    seen = server.headers_seen[-1]
    assert seen["User-Agent"].startswith("extractor/0.")
    assert (seen["Cookie"], seen["Authorization"], seen["Referer"]) == (None, None, None)
    assert seen["Host"] == f"127.0.0.1:{server.server_address[1]}"


def chunked(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for at in range(0, len(NOTICE), 50):
        part = NOTICE[at : at + 50]
        handler.wfile.write(b"%x;x=y\r\n%s\r\n" % (len(part), part))
    handler.wfile.write(b"0\r\n\r\n" if handler.path == "/whole" else b"20\r\ncut")


def test_chunks(server):
    """A body in chunks is put together; one that ends early is no body."""
    server.answers |= {"/whole": chunked, "/cut": chunked}

    assert get(server, "/whole").data == NOTICE
    with pytest.raises(FetchError, match="broken or was cut short"):
        get(server, "/cut")


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_address_in_brackets():
    """An IPv6 address stands in brackets, and is the Host's too."""
    with serving(address="::1") as server:
        server.answers["/a"] = NOTICE

        assert fetch(server.url("/a", "[::1]"), settings()).data == NOTICE
        assert server.headers_seen[-1]["Host"] == f"[::1]:{server.server_address[1]}"


def test_no_cookies_between_requests(server):
    """What one answer sets, the next request doesn't send."""
    server.answers["/a"] = give(body=NOTICE, Content_Type=HTML, Set_Cookie="id=1; Path=/")
    session = fetcher(settings())
    session.fetch(server.url("/a"))
    session.fetch(server.url("/a"))

    assert all(seen["Cookie"] is None for seen in server.headers_seen)


@pytest.mark.parametrize(
    ("date", "given", "expected"),
    [
        ("Wed, 20 Jul 2022 15:59:59 GMT", None, dt.date(2022, 7, 20)),
        ("Wed, 20 Jul 2022 16:00:00 GMT", None, dt.date(2022, 7, 21)),
        ("Wed, 20 Jul 2022 16:00:00 GMT", dt.date(2020, 1, 1), dt.date(2020, 1, 1)),
        (None, None, None),
        ("yesterday", None, None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None, None),
    ],
)
def test_day_of_retrieval(server, date, given, expected):
    """The caller's day, else the Date header's in China, else none: never the clock."""
    server.answers["/a"] = give(body=NOTICE, Content_Type=HTML, Date=date)

    assert get(server, retrieved_on=given).retrieved_on == expected


def test_charset_of_the_header(server):
    """The header's charset reaches the reader, which needs it where the bytes don't say."""
    text = "每人每年610元，個人繳費350元。"
    server.answers["/a"] = give(body=text.encode("big5"), Content_Type="text/plain; charset=big5")
    got = get(server)

    assert ingest.read(got.data, origin="a", media_type=got.media_type).text == text


@pytest.mark.parametrize("behind", [b"", b"\0\0\0", b"garbage"])
@pytest.mark.parametrize("size", [1, 7, 4096])
def test_packed_in_members(server, behind, size):
    """All members of a gzip body are unpacked, however they are cut into chunks; what follows the last is not a part."""
    packed = b"".join(gzip.compress(NOTICE[at : at + 40]) for at in range(0, len(NOTICE), 40)) + behind

    def answer(handler):
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for at in range(0, len(packed), size):
            part = packed[at : at + size]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n")

    server.answers["/a"] = answer

    assert get(server).data == NOTICE


def test_bomb_of_members(server):
    """Members that unpack to more than the limit together are stopped there."""
    server.answers["/a"] = give(body=gzip.compress(b"0" * 100_000) * 100, Content_Type=HTML, Content_Encoding="gzip")
    with pytest.raises(FetchError, match="--limit bytes="):
        get(server, most=1_000_000)


def test_cut_page(server):
    """A page that was cut short and gives no length is read, and its quality says that its end is missing."""
    whole = NOTICE.replace(b"</p>", b"</p>" + "<p>二、个人缴费350元。</p>".encode() * 20)
    for path, body in (("/whole", whole), ("/cut", whole[: len(whole) // 2])):
        server.answers[path] = give(body=body, Content_Type=HTML, Content_Length=None)
    sources = [ingest.read(get(server, path).data, origin="a") for path in ("/whole", "/cut")]

    assert [[one.kind for one in source.damage] for source in sources] == [[], ["cut_short"]]


def test_length_of_a_cut_page(server):
    """A page of fewer bytes than the server says is refused."""
    server.answers["/a"] = give(body=NOTICE, Content_Type=HTML, Content_Length=str(2 * len(NOTICE)))
    with pytest.raises(FetchError, match="cut short"):
        get(server)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "GZIP", "identity", ""])
def test_packed_bodies(server, coding):
    """Packed bodies are unpacked."""
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}.get(coding.lower().removeprefix("x-"), bytes)(NOTICE)
    server.answers["/a"] = give(body=packed, Content_Type=HTML, Content_Encoding=coding)

    assert get(server).data == NOTICE


@pytest.mark.parametrize(
    ("header", "path", "name"),
    [
        ('attachment; filename="a.pdf"', "/x", "a.pdf"),
        ("attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5.pdf", "/x", "通知.pdf"),
        ('attachment; filename="%E9%80%9A%E7%9F%A5.pdf"', "/x", "通知.pdf"),
        ('attachment; filename="../../etc/passwd"', "/x", "../../etc/passwd"),
        ("attachment; filename*=nonsense''%FF", "/x", "ÿ"),
        ("", "/2022/%E9%80%9A%E7%9F%A5.html?id=1", "通知.html"),
        ("", "/", None),
    ],
)
def test_filename(header, path, name):
    """The server's name for the file, else the end of the address; whoever uses it makes it safe."""
    assert filename_of(checked_url(f"http://example.org{path}"), {"content-disposition": header}) == name


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", r"only http.*'file'.*without file://"),
        ("ftp://example.org/a", r"only http.*'ftp'"),
        ("javascript:alert(1)", "only http"),
        ("http://", "no host"),
        ("http:///a", "no host"),
        ("http://[::1", "is no address"),
        ("http://example.org:99999/", "no host or port"),
        ("http://exa mple.org/", "no host or port|is no address"),
        ("http://\x00/", "is no address"),
        ("http://" + "a" * 70 + ".org/", "is no address|is no name|no connection"),
    ],
)
def test_addresses_refused(url, words):
    """What is no web address is refused with what to do."""
    with pytest.raises(FetchError, match=words):
        fetch(url, settings(retries=0))


def test_password_refused_and_not_shown():
    """Credentials are not sent, nor repeated in the message."""
    with pytest.raises(FetchError, match="user name or password") as error:
        fetch("http://me:secret@example.org/", settings())

    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://me:secret@example.org/", "ftp://me:secret@example.org/", "http://me:secret@[::1/", "https://me:secret@",
        "http:\\\\me:secret@example.org", "http://me:secret@example.org:99999/",
    ],
)  # fmt: skip
def test_password_of_a_wrong_address(url):
    """Nor is it repeated where something else is wrong, too."""
    with pytest.raises(FetchError) as error:
        fetch(url, settings(retries=0))

    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("8.8.8.8", True),
        ("127.0.0.1", False), ("127.8.9.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False), ("239.1.1.1", False), ("240.0.0.1", False), ("255.255.255.255", False),
        ("192.0.2.1", False), ("198.18.0.1", False), ("203.0.113.9", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%1", False), ("fc00::1", False),
        ("fec0::1", False), ("ff02::1", False), ("2001:db8::1", False), ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False), ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("64:ff9b:1::808:808", False),
        ("2002:7f00:1::", False), ("2002:808:808::", True), ("2001:0:7f00:1::", False),
    ],
)  # fmt: skip
def test_public_addresses(address, public):
    """Every kind of address that is not of the public network is told, also inside another."""
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "0", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_refused(server, host):
    """However it is written, an address of this machine is refused unless allowed."""
    with pytest.raises(FetchError, match=r"not a public address.*--allow-private|no connection|is no address"):
        fetch(server.url("/a", host), settings(allow_private=False, retries=0))

    assert not server.asked


def names(monkeypatch, *answers):
    """Let the name notices.example resolve to each answer in turn, then to the last; count the look-ups."""
    real, asked = socket.getaddrinfo, []

    def lookup(host, port, *arguments, **options):
        if host != "notices.example":
            return real(host, port, *arguments, **options)
        found = answers[min(len(asked), len(answers) - 1)]
        asked.append(found)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["10.0.0.1", "93.184.216.34"]])
def test_name_of_a_private_address(server, monkeypatch, answer):
    """A name is refused when any of its addresses is private, before anything is sent."""
    names(monkeypatch, answer)
    with pytest.raises(FetchError, match="not a public address"):
        fetch(server.url("/a", "notices.example"), settings(allow_private=False))

    assert not server.asked


def test_rebinding(server, monkeypatch):
    """A name that is public when checked and private when connected to: the connection goes where was checked."""
    connected = []

    def connect(address, *_arguments, **_options):
        connected.append(address[0])
        raise ConnectionRefusedError

    asked = names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="no connection"):
        fetch(server.url("/a", "notices.example"), settings(allow_private=False, retries=0, ignore_robots=True))

    assert connected == ["93.184.216.34"]
    assert len(asked) == 1


def test_rebinding_between_tries(server, monkeypatch):
    """Each try looks up and checks anew, so a later private answer is refused too."""
    real, connected = socket.create_connection, []

    def connect(address, *arguments, **options):
        connected.append(address[0])
        if address[0] == "93.184.216.34":
            raise ConnectionRefusedError
        return real(address, *arguments, **options)

    names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="not a public address"):
        fetch(server.url("/a", "notices.example"), settings(allow_private=False, ignore_robots=True))

    assert connected == ["93.184.216.34"]
    assert not server.asked


def test_second_address_is_tried(server, monkeypatch):
    """A host whose first address doesn't answer is reached at its second; it gets its own name."""
    real = socket.create_connection

    def connect(address, *arguments, **options):
        if address[0] == "127.0.0.9":
            raise ConnectionRefusedError
        return real(address, *arguments, **options)

    names(monkeypatch, ["127.0.0.9", "127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)

    assert fetch(server.url("/a", "notices.example"), settings()).data == NOTICE
    assert server.headers_seen[-1]["Host"].startswith("notices.example:")


def test_redirect_to_a_private_address(server, monkeypatch):
    """A public page (for the test: 127.0.0.1) that redirects to a private address is refused at the hop."""
    server.answers["/out"] = give(302, Location=server.url("/a", "127.0.0.2"))
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"127\.0\.0\.2: leads to 127\.0\.0\.2, which is not a public address"):
        fetch(server.url("/out"), settings(allow_private=False, ignore_robots=True))

    assert server.asked == {"/out": 1}


NEVER = [
    "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
]  # fmt: skip


@pytest.mark.parametrize("address", NEVER)
def test_never(address, monkeypatch):
    """Addresses of the link and those where clouds keep secrets are never fetched from, whatever name leads there."""
    names(monkeypatch, [address])
    with pytest.raises(FetchError, match="which is never fetched from"):
        fetch("http://notices.example/a", settings(retries=0, ignore_robots=True))


def test_private_host_that_was_named(server):
    """--allow-private is for the host that the user named: no redirect leads from it to another private one."""
    server.answers["/own"] = give(302, Location="/a")
    server.answers["/other"] = give(302, Location=server.url("/a", "localhost"))
    fetching = fetcher(settings())

    assert fetching.fetch(server.url("/own")).data == NOTICE
    with pytest.raises(FetchError, match=r"localhost: leads to .*name this host's address yourself"):
        fetching.fetch(server.url("/other"))
    with pytest.raises(FetchError, match="localhost: leads to"):
        fetching.fetch(server.url("/a", "localhost"), named=False)
    assert fetching.fetch(server.url("/a"), named=False).data == NOTICE
    assert fetching.fetch(server.url("/a", "localhost")).data == NOTICE


# ── redirects and statuses ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(server, status):
    """Redirects are followed, and relative ones are relative to where they stand."""
    server.answers["/x/old"] = give(status, Location="../a")

    assert get(server, "/x/old").final_url == server.url("/a")


@pytest.mark.parametrize(
    ("hops", "location", "words"),
    [
        (6, None, "more than 5 times"),
        (1, "/0", "in a circle"),
        (2, "/0", "in a circle"),
        (1, "file:///etc/passwd", "only http"),
        (1, "http://me:secret@127.0.0.1/", "user name or password"),
        (1, "http://[broken", "no host or port"),
        (1, "", "without saying where"),
    ],
)
def test_redirects_refused(server, hops, location, words):
    """Each hop is checked like the first address; chains and circles end."""
    for hop in range(hops):
        last = hop == hops - 1 and location is not None
        server.answers[f"/{hop}"] = give(302, Location=location if last else f"/{hop + 1}")
    server.answers["/6"] = NOTICE
    with pytest.raises(FetchError, match=words):
        get(server, "/0")


def test_five_redirects_are_followed(server):
    """The bound itself is allowed."""
    for hop in range(5):
        server.answers[f"/{hop}"] = give(302, Location=f"/{hop + 1}")
    server.answers["/5"] = NOTICE

    assert get(server, "/0").data == NOTICE


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (give(404, b"none"), "404: there is no such page"),
        (give(403, b"none"), "403: .*Save the page in a browser"),
        (give(418, b"tea"), "418: expected 200"),
        (give(500, b"down"), "500: the server fails.*Try again later"),
        (give(204, Content_Length=None), "204: expected 200"),
        (give(206, b"part", Content_Type=HTML), "206"),
        (give(304), "304"),
        (give(200, b"", Content_Type=HTML), "the answer is empty"),
        (give(200, b"x", Content_Type="image/png"), "found image/png, expected a web page"),
        (give(200, b"{}", Content_Type="Application/JSON; charset=utf-8"), "found application/json"),
        (give(200, b"x", Content_Type=HTML, Content_Encoding="br"), "packed as 'br'"),
        (give(200, b"no gzip", Content_Type=HTML, Content_Encoding="gzip"), "packed body is damaged"),
        (give(200, gzip.compress(NOTICE)[:-9], Content_Type=HTML, Content_Encoding="gzip"), "cut short"),
        (give(200, NOTICE, Content_Type=HTML, Content_Length="5000"), "broken or was cut short"),
        (give(200, NOTICE, Content_Type=HTML, Content_Length="many"), "broken or was cut short"),
        (give(200, b"x", Content_Type=HTML, Content_Length="9" * 19), "more than 1 MiB"),
        (give(200, b"x" * (1 << 21), Content_Type=HTML), "more than 1 MiB"),
        (give(200, gzip.compress(bytes(1 << 26)), Content_Type=HTML, Content_Encoding="gzip"), "more than 1 MiB"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n\r\n"), "broken or was cut short"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * (1 << 18)), "broken or was cut short"),
        (lambda handler: handler.connection.close(), "no connection|broken or was cut short"),
    ],
)
def test_answers_refused(server, answer, words):
    """What isn't a whole notice is refused with what was found and what to do."""
    server.answers["/a"] = answer
    with pytest.raises(FetchError, match=words):
        get(server, most=1 << 20)


@pytest.mark.parametrize(
    "found",
    [
        "text/plain",
        "TEXT/HTML;charset=gbk",
        "text/html, text/html",
        "application/pdf",
        "application/octet-stream",
        "application/ofd",
        "",
        None,
    ],
)
def test_types_accepted(server, found):
    """Types of notices, general ones and none are accepted; the bytes decide."""
    server.answers["/a"] = give(body=NOTICE, Content_Type=found)

    assert get(server).data == NOTICE


def endless(handler):
    """Write without end, as fast as the client reads."""
    handler.send_response_only(200)
    handler.send_header("Content-Type", HTML)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def test_endless_body(server):
    """A body without end stops at the limit."""
    server.answers["/a"] = endless
    with pytest.raises(FetchError, match="more than 1 MiB"):
        get(server, most=1 << 20)


def drip(*parts):
    """Send the first part at once, then the rest byte by byte, slowly."""

    def answer(handler):
        handler.wfile.write(parts[0])
        for byte in b"".join(parts[1:]) * 100:
            time.sleep(0.05)
            handler.wfile.write(bytes([byte]))

    return answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"slow body"), "within 0.3 seconds"),
        (drip(b"HTTP/1.1 200 OK\r\n", b"X-Slow: header"), "within 0.3 seconds"),
        (drip(b"", b"H"), "within 0.3 seconds"),
        (lambda _: time.sleep(1), "nothing came for 0.2 seconds"),
    ],
    ids=["body", "headers", "status", "silence"],
)
def test_slow_answers(server, answer, words):
    """Steady drips end with the whole request's time, silence sooner."""
    server.answers["/a"] = answer
    with pytest.raises(FetchError, match=words):
        get(server, whole=0.3, read=0.2, monotonic=time.monotonic, ignore_robots=True)


# ── tries, pauses, robots.txt ───────────────────────────────────────────────────────────────────────────────────────


def test_connection_is_tried_again():
    """A closed port is tried twice more, with pauses, then reported."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clock = Clock()
    with pytest.raises(FetchError, match=r"no connection: .*refused.*Check the address"):
        fetch(f"http://127.0.0.1:{port}/", settings(clock, ignore_robots=True))

    assert clock.slept == [0, 0.5]


@pytest.mark.parametrize(
    ("status", "headers", "slept", "asked"),
    [
        (503, {"Retry_After": "7"}, [8, 8], 3),
        (429, {"Retry_After": "Wed, 20 Jul 2022 17:30:05 GMT"}, [6, 6], 3),
        (503, {}, [2, 2], 3),
        (503, {"Retry_After": "soon"}, [2, 2], 3),
        (503, {"Retry_After": "3600"}, [], 1),
        (500, {"Retry_After": "7"}, [], 1),
    ],
)
def test_busy_servers(server, status, headers, slept, asked):
    """A busy server is asked again after the pause that it wants, within bounds."""
    server.answers["/a"] = give(status, b"busy", **headers)
    clock = Clock()
    with pytest.raises(FetchError, match=str(status)):
        fetch(server.url("/a"), settings(clock, ignore_robots=True))

    assert (clock.slept, server.asked["/a"]) == (slept, asked)


def test_busy_server_recovers(server):
    """The second answer counts."""
    server.answers["/a"] = lambda handler: (
        give(503)(handler) if server.asked["/a"] == 1 else give(body=NOTICE, Content_Type=HTML)(handler)
    )

    assert get(server).data == NOTICE


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "0"}, 0), ({"retry-after": "9" * 400}, 999_999_999), ({"retry-after": "-1"}, 1), ({}, 1),
        ({"retry-after": "Wed, 20 Jul 2022 17:30:05 GMT"}, 1),
        ({"retry-after": "Wed, 20 Jul 2022 17:00:00 GMT", "date": "Wed, 20 Jul 2022 17:30:00 GMT"}, 0),
    ],
)  # fmt: skip
def test_pauses(headers, seconds):
    """Numbers and moments are read; what is neither is the usual pause."""
    assert pause_of(headers, 1.0) == seconds


def test_distance(server):
    """Requests to one host keep a second's distance, robots.txt's own pause where it is longer; it is read once."""
    clock = Clock()
    session = fetcher(settings(clock))
    session.fetch(server.url("/a"))
    session.fetch(server.url("/a"))

    assert clock.slept == [1, 1]
    assert server.asked == {"/robots.txt": 1, "/a": 2}
    server.answers["/robots.txt"] = b"User-agent: *\nCrawl-delay: 5\n"
    clock = Clock()
    session = fetcher(settings(clock))
    session.fetch(server.url("/a"))
    session.fetch(server.url("/a"))

    assert clock.slept == [1, 5]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (b"User-agent: *\nDisallow: /\n", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n", False),
        (b"User-agent: extractor\nDisallow: /a\n", False),
        (b"User-agent: other\nDisallow: /\n", True),
        (b"User-agent: *\nDisallow: /b\n", True),
        (b"User-agent: extractor\nDisallow:\n\nUser-agent: *\nDisallow: /\n", True),
        (b"<html>not found</html>", True),
        (b"\xff\xfe\x00" * 100, True),
        (b"# " + b"x" * (1 << 20), True),
        (b"User-agent: *\nDisallow: //[b\n", True),
        ("User-agent: *\nCrawl-delay: ²\n".encode(), True),
        (give(404), True),
        (give(403), True),
        (give(500), False),
        (give(503, Retry_After="9999"), False),
        (give(302, Location="/rules"), False),
        (give(302, Location="/robots.txt"), False),
        (lambda handler: handler.connection.close(), False),
    ],
)
def test_robots(server, answer, allowed):
    """robots.txt is honoured; a host without it allows all, one that fails to answer for it allows nothing."""
    server.answers |= {"/robots.txt": answer, "/rules": b"User-agent: *\nDisallow: /a\n"}
    if allowed:
        assert get(server).data == NOTICE
        return
    with pytest.raises(FetchError, match=r"robots\.txt.*--ignore-robots"):
        get(server)

    assert server.asked["/a"] == 0
    assert get(server, ignore_robots=True).data == NOTICE


def test_robots_of_each_hop(server):
    """A redirect doesn't lead around robots.txt."""
    server.answers |= {"/robots.txt": b"User-agent: *\nDisallow: /a\n", "/b": give(302, Location="/a")}
    with pytest.raises(FetchError, match="asks not to fetch"):
        get(server, "/b")


# ── certificates ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make a certificate for notices.example, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "notices.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("notices.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "made.pem"
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(made.public_bytes(encoding) + key.private_bytes(encoding, form, serialization.NoEncryption()))
    return path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as server:
        server.answers["/a"] = NOTICE
        yield server


def test_untrusted_certificate(secure):
    """A certificate that nobody vouches for is refused, and nothing is asked."""
    with pytest.raises(FetchError, match="certificate can't be trusted"):
        get(secure, ignore_robots=True)

    assert not secure.asked


def test_certificate_is_for_the_name(secure, certificate, monkeypatch):
    """The certificate is checked for the name in the address, though the connection goes to the checked IP address."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names(monkeypatch, ["127.0.0.1"])

    assert fetch(secure.url("/a", "notices.example"), settings()).data == NOTICE
    with pytest.raises(FetchError, match="certificate can't be trusted"):
        fetch(secure.url("/a", "localhost"), settings(ignore_robots=True))


def test_redirect_from_encrypted_to_plain(secure, server, certificate, monkeypatch):
    """A redirect may not take the encryption away."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names(monkeypatch, ["127.0.0.1"])
    secure.answers["/b"] = give(302, Location=server.url("/a"))
    with pytest.raises(FetchError, match="which is not encrypted"):
        fetch(secure.url("/b", "notices.example"), settings())
