"""What a text shows of being a web page, and the page as a tree.

The tree is lxml's, made by its HTML parser, which knows nothing of entity declarations and never opens a file or a
connection: ``&lol9;`` stays these six characters. Surprising: that parser stops at 256 levels and at 10 million
characters in one piece, losing all that follows; `parse` notices and gives it the page again with the excess tags
taken out, which costs layout, never text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractor.ingest.limits import NO_MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# ── What the elements of HTML are, as far as reading a page needs to know


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


_BEGUN = regex.compile(r"<(?:html|body)[\s>]", regex.IGNORECASE)
_ENDED = regex.compile(r"</(?:html|body)\s*+>", regex.IGNORECASE)
_OPEN_TAG = regex.compile(r"<[/a-zA-Z][^<>]{0,1000}+\Z")
MOST_TAG = 1000
HEAD = 1 << 16
# libxml2 stops at 256; the rest is for the elements that it adds (html, body, tbody).
MOST_LEVELS = 200
LEAST_TAGS = 3

NAMES = (
    "a|article|b|body|br|center|div|dl|em|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|"
    "meta|nav|noscript|ol|p|pre|script|section|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul"
)
PROLOGUE = r"\A[\s\ufeff]*+(?:<\?xml[^<>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
OPENING = regex.compile(PROLOGUE + rf"<(?:!doctype\s++html\b|(?:{NAMES})(?:\s[^<>]*+)?+>)", regex.IGNORECASE)
# What a page is made of, as against <基本医疗保险> or a < b in a text.
TAG = regex.compile(rf"<(/?)(?:{NAMES})(?:\s[^<>]*+)?+>", regex.IGNORECASE)
XML = regex.compile(PROLOGUE + r"(?:<!DOCTYPE\s++[^<>\[]*+(?:\[|>)|<[A-Za-z_][\w.:-]*+(?:\s[^<>]*+)?+>)")
BLANK = regex.compile(r"[\s\ufeff\u200b-\u200d\u2060\u00ad]*+")

META = regex.compile(rb"<meta\s[^<>]{0,500}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE)
DECLARATION = regex.compile(rb"<\?xml\s[^<>]{0,200}?encoding\s*+=\s*+[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
HEADER = regex.compile(r"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE)

# Declarations of entities within a document type; a browser would show them as text.
SUBSET = regex.compile(r"<!DOCTYPE[^<>\[]*+(?=\[)", regex.IGNORECASE)
SUBSET_END = regex.compile(r"\]\s*+>")
# A tag of many attributes takes the parser time by their square; so long a tag holds a picture or an attack.
LONG_TAG = regex.compile(r"<([A-Za-z][\w:-]*+)(?=[^<>]{4000})[^<>]*+>")
PIECE = regex.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z)|<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)[^<>]*+>",
    regex.IGNORECASE | regex.DOTALL,
)


def is_cut(text: str) -> bool:
    """Return True if a page begins and doesn't end, or ends within a tag: what came of it may not be all.

    >>> is_cut("<html><body><p>甲</p>"), is_cut("<p>甲</p><p cla"), is_cut("<HTML><p>甲</p></HTML>"), is_cut("<p>甲")
    (True, True, False, False)
    """
    begun = _BEGUN.search(text, 0, HEAD) is not None
    return (begun and _ENDED.search(text) is None) or _OPEN_TAG.search(
        text, max(0, len(text) - 2 * MOST_TAG)
    ) is not None


def is_html(text: str) -> bool:
    """Tell a web page, or a piece of one, from plain text.

    >>> is_html("<p>每人每年610元</p>"), is_html("关于印发<基本医疗保险>的通知")
    (True, False)
    """
    head = text[:HEAD]
    if OPENING.match(head):
        return True
    closing = False
    for tags, tag in enumerate(TAG.finditer(head), 1):
        closing = closing or tag[1] == "/"
        if tags >= LEAST_TAGS and closing:
            return True
    return False


def is_xml(text: str) -> bool:
    """Tell an XML file by its declaration, document type or root element at the very start."""
    head = text[:HEAD]
    start = head.lstrip("\ufeff \t\r\n")
    return start.startswith(("<?xml ", "<!DOCTYPE ", "<!doctype ")) and bool(XML.match(head))


def is_blank(text: str) -> bool:
    """Tell whether a text holds nothing to see."""
    return BLANK.fullmatch(text) is not None


def charset_of_header(media_type: str | None) -> list[str]:
    """Find the charset in a Content-Type header.

    >>> charset_of_header("text/html; charset=GBK")
    ['GBK']
    """
    found = HEADER.search(media_type or "")
    return [found[1]] if found else []


def declared_charsets(head: bytes) -> Iterator[str]:
    """Find what the page itself says: its meta elements, then its XML declaration.

    >>> list(declared_charsets(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'))
    ['gb2312']
    """
    for pattern in (META, DECLARATION):
        for found in pattern.finditer(head):
            label = found[1].decode("ascii").lower()
            # Whoever can read this in single bytes doesn't have UTF-16 before him (as the HTML standard says).
            yield "utf-8" if label.startswith("utf-16") else label


def parse(text: str) -> etree._Element | None:
    """Parse a page into a tree, None where it holds no element at all."""
    # The parser takes NUL for the end, and a browser shows it as U+FFFD.
    text = LONG_TAG.sub(r"<\1>", drop_subset(text.replace("\0", "\ufffd")))
    root, cut = parse_once(text, huge=False)
    if cut:
        root, cut = parse_once(limit_depth(text), huge=True)
    if root is not None:
        fill_frames(root)
    return root


def fill_frames(root: etree._Element) -> None:
    """Put the pages that frames hold in their own attribute (``srcdoc``) into the frames, as they are shown."""
    for frame in root.iter("iframe"):
        inner = parse_once(frame.get("srcdoc") or "", huge=False)[0] if frame.get("srcdoc") else None
        body = inner.find("body") if inner is not None else None
        if body is not None:
            frame.text = body.text
            frame.extend(list(body))


def drop_subset(text: str) -> str:
    """Drop the declarations within a document type.

    >>> drop_subset('<!DOCTYPE html [<!ENTITY a "b">]><p>&a;</p>')
    '<!DOCTYPE html ><p>&a;</p>'
    """
    start = SUBSET.search(text, endpos=HEAD)
    end = SUBSET_END.search(text, start.end()) if start else None
    return text[: start.end()] + ">" + text[end.end() :] if start and end else text


def parse_once(text: str, *, huge: bool) -> tuple[etree._Element | None, bool]:
    """Parse a page; the second value says that the parser hit a limit and left something out."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True, huge_tree=huge
    )
    try:
        # As bytes in a named encoding, so that the page's own declaration has no say.
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None, False
    except etree.XMLSyntaxError as error:
        # Whatever else is wrong with a page, the parser says so, and reads it.
        if not parser.error_log or NO_MEMORY in {entry.type_name for entry in parser.error_log}:
            raise MemoryError from error
        return None, "limit" in str(error).lower() or "huge" in str(error).lower()
    found = {entry.type_name for entry in parser.error_log}
    if NO_MEMORY in found:
        raise MemoryError
    cut = "ERR_RESOURCE_LIMIT" in found
    return root, cut


def limit_depth(text: str) -> str:
    """Take out the tags that lie deeper than `MOST_LEVELS`, so that the parser keeps what they hold.

    >>> limit_depth("<b>" * 300 + "10" + "</b>" * 300).count("<b>")
    200
    """
    parts: list[str] = []
    # Names of the open elements; those from `MOST_LEVELS` on were left out.
    names: list[str] = []
    at = 0
    for piece in PIECE.finditer(text):
        name = (piece["name"] or "").lower()
        if not name or name in VOID:
            continue
        keep = close_to(names, name) if piece["end"] else open_new(names, name)
        parts.append(text[at : piece.start()])
        if keep:
            parts.append(piece[0])
        at = piece.end()
    parts.append(text[at:])
    return "".join(parts)


def open_new(names: list[str], name: str) -> bool:
    """Note a start tag; False when it lies too deep."""
    if names and name in SELF_CLOSING and names[-1] == name:
        names.pop()
    names.append(name)
    return len(names) <= MOST_LEVELS


def close_to(names: list[str], name: str) -> bool:
    """Note an end tag, which closes what is open within its element; False when that lies too deep or isn't there."""
    for back in range(1, min(len(names), 16) + 1):
        if names[-back] == name:
            del names[-back:]
            return len(names) < MOST_LEVELS
    return False
