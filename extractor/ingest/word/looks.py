"""How a run of a Word document looks, as far as it matters: hidden, struck out, raised, and its colour on its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.ingest.word.names import VAL, WORD, child, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

# In half-points: letters nobody can read, and how far a raised sign stands over the line at least.
SMALLEST = 4
LEAST_RAISE = 4
# Of their width, in percent: how much letters nobody can read have.
NARROWEST = 5
# Colours that nobody can tell apart, of 255 steps a channel.
NEAR = 10
UNKNOWN = ""
WHITE = "FFFFFF"
HIGHLIGHTS = {
    "black": "000000", "white": WHITE, "yellow": "FFFF00", "red": "FF0000", "blue": "0000FF", "green": "00FF00",
    "cyan": "00FFFF", "magenta": "FF00FF",
}  # fmt: skip


class RunLook(NamedTuple):
    """What is said of a run's look; None where nothing is. ``fill`` is the colour behind it, '' where that isn't known."""

    hidden: bool | None = None
    struck: bool | None = None
    color: str | None = None
    fill: str | None = None
    size: int | None = None
    raised: int | None = None
    position: int | None = None
    broad: int | None = None

    def over(self, base: RunLook) -> RunLook:
        """Put what is said here over what a base says."""
        return RunLook(*(own if own is not None else below for own, below in zip(self, base, strict=True)))  # type: ignore[arg-type]

    def is_unseen(self, ground: str) -> bool:
        """Return True if nobody sees the text on a ground; what can't be known is seen."""
        if (self.size is not None and self.size <= SMALLEST) or (self.broad is not None and self.broad <= NARROWEST):
            return True
        behind = ground if self.fill is None else self.fill
        return bool(self.color and behind) and are_near(self.color or "", behind)


def run_look(properties: etree._Element | None) -> RunLook:
    """Read what the properties of a run or of a style say."""
    if properties is None or not len(properties):
        return RunLook()
    single, double = switch(properties, "strike"), switch(properties, "dstrike")
    raised = value(properties, "vertAlign")
    size, position, broad = (value(properties, name) for name in ("sz", "position", "w"))
    return RunLook(
        hidden=switch(properties, "vanish"),
        struck=None if single is None and double is None else bool(single or double),
        color=color_of(value(properties, "color")),
        fill=fill_of(properties),
        size=None if size is None else number(size, SMALLEST + 1),
        broad=None if broad is None else number(broad.rstrip("%"), 100),
        raised=None if raised is None else {"superscript": 1, "subscript": -1}.get(raised, 0),
        position=None if position is None else number(position, 0),
    )


def color_of(text: str | None) -> str | None:
    """Read a colour; UNKNOWN for ``auto``, which always stands out."""
    if text is None:
        return None
    digits = text.upper()
    return digits if len(digits) == len(WHITE) and all(sign in "0123456789ABCDEF" for sign in digits) else UNKNOWN


def fill_of(properties: etree._Element | None) -> str | None:
    """Read the colour that shading or a marker puts behind a text; None where there is none."""
    marker = value(properties, "highlight")
    if marker is not None and marker != "none":
        return HIGHLIGHTS.get(marker, UNKNOWN)
    shade = child(properties, "shd")
    if shade is None:
        return None
    pattern = shade.get(VAL) or "clear"
    if pattern in {"clear", "nil"}:
        return color_of(shade.get(f"{WORD}fill")) or None
    return color_of(shade.get(f"{WORD}color")) if pattern == "solid" else UNKNOWN


def are_near(one: str, other: str) -> bool:
    """Return True if nobody can tell two colours apart.

    >>> are_near("FFFFFF", "FEFEFE"), are_near("FF0000", "FFFFFF")
    (True, False)
    """
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= NEAR for at in (0, 2, 4))
