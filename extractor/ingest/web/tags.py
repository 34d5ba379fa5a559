"""What the elements of HTML are, as far as reading a page needs to know."""

from __future__ import annotations


def named(names: str) -> frozenset[str]:
    """List elements by their names."""
    return frozenset(names.split())


HEADINGS = named("h1 h2 h3 h4 h5 h6")
PREFORMATTED = named("pre textarea")
ROWS = named("tr tbody thead tfoot")
# Without an end tag.
VOID = named("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
# Elements that end where another of their kind begins.
SELF_CLOSING = named("dd dt li option p td th tr tbody thead tfoot")
# Elements without text of the page.
DROPPED = named(
    "applet area audio base canvas col colgroup datalist embed frame head link map meta object param script source "
    "style template title track video"
)
# Elements that begin and end a line.
BLOCKS = HEADINGS | named(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset header hgroup hr html iframe legend li main marquee menu nav noframes noscript ol optgroup "
    "option p pre search section select summary svg table tbody td textarea tfoot th thead tr ul"
)
# The same, as found in the cells of data tables.
CELL_BREAKS = HEADINGS | named("address br center dd div dl dt hr li ol p pre section ul")
# A table that holds one of these lays out the page.
LAYOUT = named("article aside fieldset footer form h1 h2 h3 header iframe main nav section select table textarea")
# Beside the article, unless they hold a good part of the prose.
BESIDE = named(
    "nav footer aside header form button select option textarea legend noscript iframe dialog menu search marquee"
)
