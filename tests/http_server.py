"""A real web server on this machine for tests of fetching: answers are functions of the request, by path."""

from __future__ import annotations

import http.server
import socket
import threading
from collections import Counter
from contextlib import contextmanager


class Handler(http.server.BaseHTTPRequestHandler):
    """Looks the path up in the server's answers; the Date is fixed."""

    def do_GET(self):
        self.server.asked[self.path] += 1
        self.server.headers_seen.append(self.headers)
        answer = self.server.answers.get(self.path)
        if answer is None:
            return self.give(404, b"no such page")
        if isinstance(answer, bytes):
            return self.give(200, answer, {"Content-Type": "text/html"})
        return answer(self)

    def give(self, status, body=b"", headers=None):
        self.send_response_only(status)
        fields = {"Date": "Wed, 20 Jul 2022 17:30:00 GMT", "Content-Length": str(len(body)), **(headers or {})}
        for name, value in fields.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


class Server(http.server.ThreadingHTTPServer):
    """Knows what to answer and what was asked for."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address):
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, 0), Handler)
        self.answers, self.asked, self.headers_seen = {}, Counter(), []
        self.scheme = "http"

    def url(self, path, host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.server_address[1]}{path}"

    def handle_error(self, *_):
        """Clients of these tests hang up early."""


@contextmanager
def serving(context=None, address="127.0.0.1"):
    """Serve while the body runs; with an SSL context, encrypted."""
    server = Server(address)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def give(status=200, body=b"", **headers):
    """Make an answer; header names have _ for -, and None leaves a header out."""
    return lambda handler: handler.give(
        status, body, {name.replace("_", "-"): value for name, value in headers.items()}
    )
