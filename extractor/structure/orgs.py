"""Names of organs: what is one, and how a row of them is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from extractor.structure.rules import Rules

LONGEST = 45
_SHORTEST_WHOLE = 6
_PLAIN = regex.compile(r"^[\p{Han}（）·]{2,45}$")
_STAMP = regex.compile(r"\s?[（(](?:盖章|印章|公章|章|代章|印|代)[）)]$")
_CUT = regex.compile(r"[\s、，,;；]+")
_LOCAL_TAX = regex.compile(r"[\p{Han}]{2,14}?税务(?:局|分局|所)")


def is_org(name: str, rules: Rules) -> bool:
    """Say whether a whole text is the name of an organ.

    国家医保局 and 江西省财政厅 are; 各省医保局 (addressees) and 由市医保局 are not.
    """
    if name in rules.words["national"]:
        return True
    return bool(_PLAIN.match(name) and rules.org_end.search(name)) and not rules.meets("org_not", name)


def read_orgs(text: str, rules: Rules) -> tuple[str, ...]:
    """Read a text that holds names of organs and nothing else; otherwise return an empty tuple."""
    names: list[str] = []
    if len(text) > LONGEST * 12:
        return ()
    for part in _CUT.split(text.strip()):
        name = _STAMP.sub("", part)
        if not name:
            continue
        if not is_org(name, rules):
            return ()
        names += split_joined(name, rules)
    return tuple(names)


def split_joined(name: str, rules: Rules) -> list[str]:
    """Split names that run together: 国家医保局财政部国家税务总局 has three; 国家税务总局江西省税务局 is one."""
    names: list[str] = []
    start = 0
    for end in range(3, len(name) - 2):
        head, tail = name[start:end], name[end:]
        if head.endswith("国家税务总局") and _LOCAL_TAX.match(tail):
            continue
        if _is_whole(head, rules) and rules.meets("org_begins", tail) and is_org(tail, rules):
            names.append(head)
            start = end
    return [*names, name[start:]]


def _is_whole(name: str, rules: Rules) -> bool:
    """Say whether a name is complete: known, or with a region and an institution that ends it."""
    if name in rules.words["national"]:
        return True
    # 江西省人民政府|办公厅 and 南昌市委|办公室 belong together; only long names with a firm ending are cut.
    firm = len(name) >= _SHORTEST_WHOLE and name[-1] in "局厅委会"
    return firm and rules.meets("org_begins", name) and is_org(name, rules)
