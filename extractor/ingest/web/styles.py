"""What style sheets and style attributes say of the elements of a page, as far as it decides what is seen.

Of the sheets within the page those for a screen of a desk count; sheets kept elsewhere are unknown. The cascade is CSS's:
important before usual, style attribute before sheets, the more specific selector before others, the later rule before
earlier ones. A hostile page may hold sheets that would take forever: after `MOST_STYLE` characters and `MOST_STEPS`
comparisons, rules count no more, and what they would hide is text.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from extractor.ingest.web.properties import RELEVANT, Value, parts_of_rule, read_declarations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cssselect.parser import Tree
    from lxml import etree

MOST_STYLE = 4_000_000
MOST_STEPS = 3_000_000
LONGEST_SELECTOR = 300
LONGEST_ATTRIBUTE = 4_000
# A screen of a desk, in pixels.
SCREEN = (1024, 1920)
NO_SCREEN = regex.compile(
    r"\bprint\b|\bspeech\b|\baural\b|\bnot\s+(?:all|screen)\b|prefers-color-scheme\s*:\s*dark|portrait"
)
BOUND = regex.compile(r"(max|min)-(?:device-)?width\s*:\s*(\d{1,6})(?:\.\d+)?px")
# Whose variables are those of the page.
ROOTS = frozenset({":root", "html", "body", "*"})
# Rules within rules.
DEEPEST = 4
TAKES = regex.compile("|".join((*RELEVANT, "--")), regex.IGNORECASE)


class StyleRule(NamedTuple):
    """A selector with what it declares: usual and important declarations."""

    rank: tuple[tuple[int, int, int], int]
    tree: Tree
    usual: dict[str, Value]
    important: dict[str, Value]


class StyleSheets:
    """The rules of a page's own sheets; lives for one page."""

    def __init__(self, root: etree._Element) -> None:
        """Read the sheets; ``outside`` says that there are others, which are kept elsewhere."""
        self.outside = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
        self._rules: dict[str, list[StyleRule]] = {}
        # Those of what stands before and after elements.
        self._generated: dict[str, dict[str, list[StyleRule]]] = {"before": {}, "after": {}}
        self._variables: dict[str, list[Any]] = {}
        self._order = 0
        self._steps = MOST_STEPS
        self._places: dict[etree._Element, dict[etree._Element, int]] = {}
        self._inline: dict[str, tuple[dict[str, Value], dict[str, Value]]] = {}
        room = MOST_STYLE
        for style in root.iter("style"):
            text = "".join(str(piece) for piece in style.itertext())[:room]
            room -= len(text)
            if TAKES.search(text) and on_screen(style.get("media") or "") and is_css(style):
                self._read(text)

    def declared(self, element: etree._Element) -> dict[str, Value]:
        """Give the values that hold for an element by its own rules, inherited ones left out."""
        usual, important = self._declared(element, self._rules)
        style = element.get("style")
        if style and len(style) < LONGEST_ATTRIBUTE and TAKES.search(style):
            if style not in self._inline:
                self._inline[style] = read_style(style, self._variables)
            own = self._inline[style]
            return {**usual, **own[0], **important, **own[1]}
        return {**usual, **important} if important else usual

    def generated(self, element: etree._Element, side: str) -> dict[str, Value]:
        """Give the values that hold for what the sheets put ``before`` or ``after`` the text of an element."""
        usual, important = self._declared(element, self._generated[side])
        return {**usual, **important}

    @property
    def generates(self) -> bool:
        """Whether the sheets put anything before or after elements."""
        return any(self._generated.values())

    def _declared(
        self, element: etree._Element, rules: dict[str, list[StyleRule]]
    ) -> tuple[dict[str, Value], dict[str, Value]]:
        """Give the usual and the important values that some rules have for an element."""
        usual: dict[str, Value] = {}
        important: dict[str, Value] = {}
        for rule in sorted(self._matching(element, rules) if rules else (), key=lambda rule: rule.rank):
            usual.update(rule.usual)
            important.update(rule.important)
        return usual, important

    def _read(self, text: str) -> None:
        """Take in a sheet."""
        import tinycss2

        pending = [(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), "", 0)]
        while pending:
            nodes, outer, depth = pending.pop(0)
            for node in nodes:
                if node.type == "qualified-rule":
                    selectors = within(tinycss2.serialize(node.prelude).strip(), outer)
                    inner = parts_of_rule(node.content)
                    if selectors in ROOTS:
                        self._variables.update(
                            (part.name, part.value)
                            for part in inner
                            if part.type == "declaration" and part.name.startswith("--")
                        )
                    usual, important = read_declarations(inner, self._variables)
                    if usual or important:
                        self._add(selectors, usual, important)
                    rules = [part for part in inner if part.type != "declaration"]
                    if rules and depth < DEEPEST:
                        pending.append((rules, selectors, depth + 1))
                elif node.type == "at-rule" and node.lower_at_keyword == "import":
                    self.outside = True
                elif node.type == "at-rule" and node.content is not None:
                    name = node.lower_at_keyword
                    # A group of rules lies where it stands, but its rules are read after: they rarely differ.
                    if name in {"supports", "layer"} or (
                        name == "media" and on_screen(tinycss2.serialize(node.prelude))
                    ):
                        parse = tinycss2.parse_rule_list if not outer else tinycss2.parse_blocks_contents
                        pending.append((parse(node.content, skip_comments=True, skip_whitespace=True), outer, depth))

    def _add(self, selectors: str, usual: dict[str, Value], important: dict[str, Value]) -> None:
        """Add a rule under the id, class or name that an element must have for it."""
        from cssselect import SelectorError
        from cssselect.parser import parse

        self._order += 1
        try:
            parsed = parse(selectors) if len(selectors) <= LONGEST_SELECTOR else []
        except SelectorError:
            return
        for selector in parsed:
            side = selector.pseudo_element
            rules = self._rules if side is None else self._generated.get(str(side))
            if rules is not None and is_known(selector.parsed_tree):
                rule = StyleRule((selector.specificity(), self._order), selector.parsed_tree, usual, important)
                rules.setdefault(key_of(selector.parsed_tree), []).append(rule)

    def _matching(self, element: etree._Element, rules: dict[str, list[StyleRule]]) -> list[StyleRule]:
        """List the rules, of some, whose selectors an element meets."""
        keys = [f"#{element.get('id') or ''}", *(f".{name}" for name in classes_of(element)), str(element.tag), "*"]
        return [
            rule
            for key in dict.fromkeys(keys)
            for rule in rules.get(key, ())
            if self._steps > 0 and self._meets(rule.tree, element)
        ]

    def _meets(self, tree: Tree, element: etree._Element) -> bool:
        """Return True if an element meets a selector."""
        from cssselect import parser

        self._steps -= 1
        if self._steps <= 0:
            return False
        if isinstance(tree, parser.CombinedSelector):
            return self._meets(tree.subselector, element) and any(
                self._meets(tree.selector, other) for other in related(element, tree.combinator)
            )
        if isinstance(tree, parser.Element):
            return tree.element is None or tree.element.lower() == element.tag
        if isinstance(tree, parser.Negation):
            return self._meets(tree.selector, element) and not self._meets(tree.subselector, element)
        if isinstance(tree, (parser.Matching, parser.SpecificityAdjustment)):
            return self._meets(tree.selector, element) and any(
                self._meets(other, element) for other in tree.selector_list
            )
        return self._has(tree, element) and self._meets(tree.selector, element)

    def _has(self, tree: Tree, element: etree._Element) -> bool:
        """Return True if an element has the id, class, attribute or place that a simple selector asks for."""
        from cssselect import parser

        if isinstance(tree, parser.Class):
            return tree.class_name in classes_of(element)
        if isinstance(tree, parser.Hash):
            return tree.id == element.get("id")
        if isinstance(tree, parser.Attrib):
            return has_attribute(tree, element)
        parent = element.getparent()
        if isinstance(tree, parser.Pseudo) and tree.ident == "root":
            return parent is None
        if parent is None:
            return False
        if parent not in self._places:
            self._places[parent] = {child: at for at, child in enumerate(parent.iterchildren("*"), 1)}
        place = self._places[parent][element]
        if isinstance(tree, parser.Function):
            step, start = parser.parse_series(tree.arguments)
            return place == start if step == 0 else (place - start) % step == 0 and (place - start) // step >= 0
        first, last = place == 1, place == len(self._places[parent])
        return {"first-child": first, "last-child": last, "only-child": first and last}[tree.ident]  # type: ignore[union-attr]


def within(selectors: str, outer: str) -> str:
    """Write the selectors of a rule within another one as if it stood alone.

    >>> within(".a, &.b", "p"), within(".a", "")
    ('p .a, p.b', '.a')
    """
    if max(len(selectors), len(outer)) > LONGEST_SELECTOR:
        return ""
    if not outer or "," in outer:
        # Of several outer ones each would have to be written with each.
        return selectors if not outer else within(selectors, f":is({outer})")
    parts = (part.strip() for part in selectors.split(","))
    return ", ".join(part.replace("&", outer) if "&" in part else f"{outer} {part}" for part in parts)


def read_style(text: str, variables: dict[str, list[Any]]) -> tuple[dict[str, Value], dict[str, Value]]:
    """Read a style attribute: its usual and its important declarations."""
    import tinycss2

    return read_declarations(parts_of_rule(tinycss2.parse_component_value_list(text, skip_comments=True)), variables)


def is_css(style: etree._Element) -> bool:
    """Return True if a style element holds CSS and not a language that a script makes CSS of."""
    return (style.get("type") or "text/css").strip().lower() == "text/css"


def on_screen(query: str) -> bool:
    """Return True if a media query holds for a screen of a desk.

    >>> on_screen("print"), on_screen("screen and (max-width: 768px)"), on_screen("print, screen")
    (False, False, True)
    """
    return any(not NO_SCREEN.search(part) and is_wide(part) for part in query.lower().split(","))


def is_wide(query: str) -> bool:
    """Return True if a screen of a desk is as wide as a query wants."""
    least, most = SCREEN
    return all(
        int(bound[2]) >= least if bound[1] == "max" else int(bound[2]) <= most for bound in BOUND.finditer(query)
    )


def parts_of(tree: Tree) -> Iterator[Tree]:
    """List the simple selectors of a compound one, from the last to its element."""
    at: Tree | None = tree
    while at is not None:
        yield at
        at = getattr(at, "selector", None)


def is_known(tree: Tree) -> bool:
    """Return True if a selector asks only for what is looked at here; a pointer over an element (:hover) is not."""
    from cssselect import parser

    if isinstance(tree, parser.CombinedSelector):
        return is_known(tree.selector) and is_known(tree.subselector)
    return all(is_simple(part) for part in parts_of(tree))


def is_simple(part: Tree) -> bool:
    """Return True if a simple selector is one of those that `StyleSheets` can tell."""
    from cssselect import parser

    if isinstance(part, parser.Pseudo):
        return part.ident in {"root", "first-child", "last-child", "only-child"}
    if isinstance(part, parser.Function):
        try:
            return part.name == "nth-child" and bool(parser.parse_series(part.arguments))
        except ValueError:
            return False
    if isinstance(part, parser.Negation):
        return is_known(part.subselector)
    if isinstance(part, (parser.Matching, parser.SpecificityAdjustment)):
        return all(map(is_known, part.selector_list))
    return isinstance(part, (parser.Element, parser.Class, parser.Hash, parser.Attrib))


def key_of(tree: Tree) -> str:
    """Give what an element must have for a selector: an id, else a class, else a name, else anything."""
    from cssselect import parser

    last = tree.subselector if isinstance(tree, parser.CombinedSelector) else tree
    keys = ["*", "", "", ""]
    for part in parts_of(last):
        if isinstance(part, parser.Hash):
            keys[3] = f"#{part.id}"
        elif isinstance(part, parser.Class):
            keys[2] = f".{part.class_name}"
        elif isinstance(part, parser.Element) and part.element:
            keys[1] = part.element.lower()
    return next(key for key in reversed(keys) if key)


def classes_of(element: etree._Element) -> list[str]:
    """List the classes of an element."""
    return (element.get("class") or "").split()


def related(element: etree._Element, combinator: str) -> Iterable[etree._Element]:
    """List the elements that stand to an element as a combinator says."""
    if combinator == " ":
        return element.iterancestors()
    if combinator == ">":
        parent = element.getparent()
        return () if parent is None else (parent,)
    before = element.itersiblings("*", preceding=True)
    nearest = next(before, None)
    return () if nearest is None else (nearest,) if combinator == "+" else chain((nearest,), before)


def has_attribute(tree: Tree, element: etree._Element) -> bool:
    """Return True if an element has an attribute as a selector asks for it: [v-cloak], [class^="hid"]."""
    found = element.get(tree.attrib.lower())  # type: ignore[union-attr]
    value = tree.value  # type: ignore[union-attr]
    if found is None:
        return False
    if value is None:
        return True
    wanted = str(value.value)
    return {
        "=": found == wanted,
        "~=": wanted in found.split(),
        "|=": found == wanted or found.startswith(f"{wanted}-"),
        "^=": bool(wanted) and found.startswith(wanted),
        "$=": bool(wanted) and found.endswith(wanted),
        "*=": bool(wanted) and wanted in found,
    }.get(tree.operator, False)  # type: ignore[union-attr]
