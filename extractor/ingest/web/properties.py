"""The properties of CSS that decide what is seen, and their values as `StyleSheets` keeps them.

Lengths are in pixels; one that is relative to the font is a `FontShare` of it. A property whose value can't be read is left
out, as a browser does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Nodes of tinycss2, which ships no types.
Node: TypeAlias = Any

PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": 16.0, "vw": 14.4}
PIXELS |= {"vh": 9.0, "q": 2.4 / 2.54}
SHARES = {"em": 1.0, "ex": 0.5, "ch": 0.5}
KEYWORD_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
# So far off that nobody sees it; left:-480px beside left:50% only centres.
FAR = -999.0
# A margin may be as wide as half of a wide picture that is centred.
FAR_MARGIN = -4999.0
# No more than a point, as pages for screen readers do it.
NOTHING = 1.0
HALF = 0.5
# Variables that stand for variables.
DEEPEST = 4


class FontShare(NamedTuple):
    """A length as a share of the font's size."""

    of: float


class Color(NamedTuple):
    """A colour: red, green, blue and opacity, each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def near(self, other: Color) -> bool:
        """Return True if nobody can tell two colours apart."""
        return max(abs(a - b) for a, b in zip(self[:3], other[:3], strict=True)) < 0.04  # noqa: PLR2004 - 10 steps of 255


class Content(NamedTuple):
    """Text that a sheet puts before or after an element: words, and in their order the names of attributes that hold others.

    Of each part one is empty.
    """

    parts: tuple[tuple[str, str], ...]


Value: TypeAlias = "str | bool | float | FontShare | Color | Content"
BLACK, WHITE, CLEAR = Color(0, 0, 0), Color(1, 1, 1), Color(0, 0, 0, 0)


def read_declarations(
    nodes: Iterable[Node], variables: dict[str, list[Node]] | None = None
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Read the declarations of a rule that count here: the usual ones and the important ones.

    ``variables`` are those of the whole page (``--name``), which values may stand for.
    """
    usual: dict[str, Value] = {}
    important: dict[str, Value] = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in READERS:
            values = list(said_by(node.value, variables or {}))
            if values:
                (important if node.important else usual).update(READERS[node.lower_name](node.lower_name, values))
    return usual, important


def parts_of_rule(content: Iterable[Node]) -> list[Node]:
    """Part the inside of a rule into declarations and the rules within it."""
    import tinycss2

    parts: list[Node] = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return parts


def said_by(value: Iterable[Node], variables: dict[str, list[Node]], depth: int = 0) -> Iterator[Node]:
    """List the parts of a value, with what variables stand for, or what is said for want of them."""
    for part in value:
        if part.type == "function" and part.lower_name == "var" and depth < DEEPEST:
            name, *rest = [node for node in part.arguments if node.type not in {"whitespace", "comment"}] or [part]
            said = variables.get(getattr(name, "value", ""))
            yield from said_by(rest[1:] if said is None else said, variables, depth + 1)
        elif part.type not in {"whitespace", "comment"}:
            yield part


def read_color(node: Node | str) -> Color | None:
    """Read a colour; None where it is none, or one that only a browser knows."""
    from tinycss2.color4 import parse_color

    found = parse_color(node)
    if found is None or isinstance(found, str):
        return None
    try:
        red, green, blue = found.to("srgb").coordinates
    except (NotImplementedError, ValueError, TypeError):
        return None
    return Color(float(red or 0), float(green or 0), float(blue or 0), float(found.alpha))


def length_of(node: Node) -> float | FontShare | None:
    """Read a length."""
    if node.type == "number":
        return float(node.value)
    if node.type == "percentage":
        return FontShare(node.value / 100)
    if node.type != "dimension":
        return None
    unit = node.lower_unit
    return (
        node.value * PIXELS[unit]
        if unit in PIXELS
        else FontShare(node.value * SHARES[unit])
        if unit in SHARES
        else None
    )


def word_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read a property whose value is a word (display, visibility)."""
    return {name: values[0].lower_value} if values[0].type == "ident" else {}


def opacity_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read an opacity, from 0 to 1."""
    found = length_of(values[0])
    return {} if found is None else {name: found.of if isinstance(found, FontShare) else found}


def size_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read the size of a font, also within ``font``, where it stands before the family."""
    for node in values:
        found = KEYWORD_SIZES.get(node.lower_value) if node.type == "ident" else length_of(node)
        # A number without a unit is a weight (font: 400 12px), unless it is 0.
        if found is not None and not (node.type == "number" and node.value):
            return {"font-size": found}
    return {}


def color_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read a property that is a colour."""
    found = read_color(values[0])
    return {} if found is None else {name: found}


def background_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read a whole background: its colour, and whether a picture or a gradient lies over it."""
    colors = [color for node in values if (color := read_color(node)) is not None]
    pictured = any(is_picture(node) for node in values)
    return {"background-color": colors[0] if colors else CLEAR, "background-image": pictured}


def image_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read whether there is a picture."""
    return {name: any(map(is_picture, values))}


def is_picture(node: Node) -> bool:
    """Return True if a value is a picture, a gradient or a variable, behind which anything may be."""
    return node.type == "url" or (node.type == "function" and read_color(node) is None)


def line_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read whether a line goes through the text."""
    words = {node.lower_value for node in values if node.type == "ident"}
    return {"line-through": "line-through" in words}


def raise_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read how far text is raised over the base line, or lowered; only the sign counts."""
    word = values[0].lower_value if values[0].type == "ident" else ""
    if word in {"top", "text-top"}:
        # Only smaller letters stand over the line by that.
        return {"raise": 0.0, "top-of-line": True}
    found = {"super": 1.0, "sub": -1.0}.get(word, 0.0) if word else length_of(values[0])
    return {} if found is None else {"raise": found.of if isinstance(found, FontShare) else found, "top-of-line": False}


def far_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read whether text is put off the page."""
    found = length_of(values[0])
    pixels = found.of * 16 if isinstance(found, FontShare) and values[0].type == "dimension" else found
    if not isinstance(pixels, float):
        return {f"far-{name}": False}
    return {f"far-{name}": pixels <= (FAR_MARGIN if name.startswith("margin") else FAR), name: pixels}


def flat_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read whether a box has no height or width to speak of."""
    found = length_of(values[0])
    return {f"flat-{name}": isinstance(found, float) and found <= NOTHING}


def clip_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read whether a box is cut to nothing: ``clip: rect(0,0,0,0)``, ``clip-path: inset(50%)``, ``scale(0)``."""
    node = values[0]
    if node.type != "function":
        return {f"cut-{name}": False}
    lengths = [length_of(part) for part in node.arguments]
    found = [length.of if isinstance(length, FontShare) else length for length in lengths if length is not None]
    small = bool(found) and all(abs(length) <= NOTHING for length in found)
    cut = {"rect": small, "scale": small and not any(found), "circle": small and not any(found[:1])}
    cut["inset"] = bool(found) and all(HALF <= length <= NOTHING for length in found)
    return {f"cut-{name}": cut.get(node.lower_name, False)}


def content_of(name: str, values: list[Node]) -> dict[str, Value]:
    """Read the text that a sheet generates; one with counters or pictures isn't known."""
    parts: list[tuple[str, str]] = []
    for node in values:
        if node.type == "string":
            parts.append((node.value, ""))
        elif node.type == "function" and node.lower_name == "attr" and node.arguments:
            parts.append(("", str(getattr(node.arguments[0], "lower_value", ""))))
        else:
            return {name: Content(())}
    return {name: Content(tuple(parts))}


def list_style_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read how the items of a list are numbered, also within ``list-style``."""
    words = [node.lower_value for node in values if node.type == "ident"]
    kinds = [word for word in words if word not in {"inside", "outside"}]
    return {"list-style-type": kinds[0]} if kinds else {}


def filter_of(_: str, values: list[Node]) -> dict[str, Value]:
    """Read whether a filter makes text transparent."""
    lengths = [
        length_of(part)
        for node in values
        if node.type == "function" and node.lower_name == "opacity"
        for part in node.arguments
    ]
    return {"cut-filter": any(length in (0.0, FontShare(0.0)) for length in lengths)}


READERS = {
    "content": content_of, "list-style": list_style_of, "list-style-type": list_style_of,
    "display": word_of, "visibility": word_of, "position": word_of, "content-visibility": word_of, "overflow": word_of, "opacity": opacity_of,
    "font-size": size_of, "font": size_of, "color": color_of, "background-color": color_of, "background": background_of,
    "background-image": image_of, "text-decoration": line_of, "text-decoration-line": line_of,
    "vertical-align": raise_of, "mso-text-raise": raise_of, "left": far_of, "top": far_of, "text-indent": far_of, "margin-left": far_of, "margin-top": far_of, "filter": filter_of,
    "height": flat_of, "width": flat_of, "max-height": flat_of, "max-width": flat_of, "clip": clip_of,
    "clip-path": clip_of, "transform": clip_of,
}  # fmt: skip
RELEVANT = sorted({name.partition("-")[0] if name.startswith("background") else name for name in READERS})
