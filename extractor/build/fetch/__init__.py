"""Addresses to bytes: fetches a notice from the web, politely, bounded in time and size, and never from private places.

What is fetched: http and https, one address at a time, at most one request a second to a host, as robots.txt allows.
Credentials, cookies and the environment's proxies are not used: through a proxy nobody could check where it connects.
httpcore and httpx are imported only when something is fetched.
"""

from __future__ import annotations

from extractor.build.fetch.fetching import fetch, fetcher, is_address
from extractor.build.fetch.settings import Fetched, FetchSettings

__all__ = ["FetchSettings", "Fetched", "fetch", "fetcher", "is_address"]
