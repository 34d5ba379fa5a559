"""Renders a page: its head, its navigation, and the policy that says what a page may do.

A page stands for itself: style and script are inlined and allowed by their hashes alone, so that nothing is loaded and
nothing else runs, whatever a notice says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.report.pages.templates import environment, inlined

if TYPE_CHECKING:
    from extractor.report.pages.book import Book

GENERATOR = "extractor report"
# The pages that every page leads to: name, file.
NAVIGATION = (
    ("overview", "index.html"), ("years", "years.html"), ("indicators", "indicators.html"), ("notices", "notices.html"),
    ("doubts", "doubts.html"), ("search", "search.html"),
)  # fmt: skip


def render(book: Book, template: str, page: str, *, current: str, title: str, **values: Any) -> bytes:  # noqa: ANN401 - what its template needs
    """Render a page; ``page`` is its name below the report's folder, ``current`` the entry of the navigation."""
    style, style_hash = inlined("report.css")
    script, script_hash = inlined("report.js")
    pictures = "img-src 'self' file:; " if values.get("pictures") else ""
    policy = (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; {pictures}"
        "base-uri 'none'; form-action 'self' file:"
    )
    html = environment().get_template(template).render(
        labels=book.labels, p=book.p, book=book,
        language={"zh": "zh-Hans"}.get(book.language, book.language),
        root="../" * page.count("/"), page=page, current=current, title=title, navigation=NAVIGATION,
        style=style, script=script, policy=policy, generator=GENERATOR, **values,
    )  # fmt: skip
    return html.rstrip("\n").encode("utf-8", "replace") + b"\n"
