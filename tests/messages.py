"""Collects what the command line says, and brings the Chinese catalog in line with it: ``python tests/messages.py``.

The catalog, ``extractor/data/locale/zh/LC_MESSAGES/extractor.po``, is a file of GNU gettext, and ``extractor.mo`` is what
a program reads of it. New words are put in without a translation, those that nothing says any more are taken out, and
both are listed; translations are written by hand.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from syntax import PACKAGE, modules, nodes

from extractor.__main__ import ABOUT, SUMMARIES
from extractor.cli.main import commands
from extractor.errors import ExtractorError
from extractor.messages import BETWEEN

FILE = PACKAGE / "data/locale/zh/LC_MESSAGES/extractor.po"
ERRORS = {one.__name__ for one in ExtractorError.__subclasses__()} | {"ExtractorError"}
# What click asks the catalog for by another name than it stands in its source.
CLICK_ASIDE = ("required",)
# click's words for what none of our commands does.
CLICK_UNUSED = {
    "_termui_impl.py", "_winconsole.py", "termui.py", "utils.py",
}  # fmt: skip


@cache
def templates():
    """List the templates of messages in the code, of what is counted a pair, each with its file."""
    found = {}
    for name, tree in modules().items():
        for node in nodes(tree):
            words = [one.value for one in _words_of(node) if isinstance(one, ast.Constant)]
            if words:
                found.setdefault(words[0] if len(words) == 1 else tuple(words), name)
    return found


def _words_of(node):
    """List what a message is made of: its template, or those of one and of several."""
    made = node.func if isinstance(node, ast.Call) else None
    if isinstance(made, ast.Name) and made.id == "Message":
        return node.args[:1]
    if isinstance(made, ast.Attribute) and made.attr == "counted" and getattr(made.value, "id", "") == "Message":
        return node.args[:2]
    return []


def help_texts():
    """List the paragraphs of all commands' help, and what is said of their options."""
    found = {
        **dict.fromkeys(ABOUT.strip().split("\n\n"), "__main__.py"),
        **dict.fromkeys(SUMMARIES.values(), "__main__.py"),
    }
    for command in walk(commands):
        paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
        options = [option.help for option in command.params if getattr(option, "help", None)]
        found.update(dict.fromkeys((*paragraphs, *options), "cli"))
    return found


def walk(command):
    """Yield a command and those below it."""
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from walk(below)


@cache
def click_words():
    """List click's own words; of a plural, a pair."""
    found = dict.fromkeys(CLICK_ASIDE, "click")
    methods = [("**.py", "python")]
    for file, _, words, _, _ in extract_from_dir(
        Path(click.__file__).parent, methods, keywords={"_": None, "ngettext": (1, 2)}
    ):
        if file not in CLICK_UNUSED and any(map(str.isalpha, words if isinstance(words, str) else words[0])):
            found[words] = "click"
    return found


@cache
def click_plain():
    """List click's own words alone, of a plural those of many."""
    return {words if isinstance(words, str) else words[-1] for words in click_words()}


# What is raised for programs: a wrong call, or a numeral that a reader tries. And messages themselves.
ASIDE = ("notice/numerals.py", "query/frames.py", "messages.py")


def untold():
    """List the places where an error of ours, or a word on standard error, is made of other text than a message."""
    found = []
    for name, tree in modules().items():
        if name.startswith(ASIDE):
            continue
        for node in nodes(tree):
            blocks = [getattr(node, part, None) for part in ("body", "orelse", "handlers")]
            pairs = [pair for block in blocks if isinstance(block, list) for pair in pairwise(block)]
            found += [f"{name}:{first.lineno}" for first, then in pairs if _is_raised(then) and _is_plain(first)]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                said = node.func.id in {"fail", "say", *ERRORS} and any(map(_is_plain, node.args))
                found += [f"{name}:{node.lineno}"] if said else []
            unfixed = any(not isinstance(one, ast.Constant) for one in _words_of(node))
            found += [f"{name}:{node.lineno}"] if unfixed else []
    return found


def _is_raised(node):
    call = node.exc if isinstance(node, ast.Raise) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ERRORS


def _is_plain(node):
    """Say whether a value, or what is assigned, is text of no template."""
    node = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else node
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and " " in str(node.value))


def wanted():
    """List all that must have a Chinese row, with where it is said."""
    return {
        **click_words(),
        **dict.fromkeys(filter(str.strip, BETWEEN.values()), "messages.py"),
        **help_texts(),
        **templates(),
    }


class Rows(Catalog):
    """A catalog with those headers alone that programs need, so that nothing changes with a day or a version."""

    mime_headers = (
        ("Language", "zh"), ("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=1; plural=0;"),
    )  # fmt: skip


def catalog():
    """Read the catalog as it stands."""
    found = Rows(locale="zh", fuzzy=False, header_comment="# What the command line says, in Chinese.")
    with FILE.open("rb") as file:
        for message in read_po(file, locale="zh"):
            if message.id:
                entry = found.add(message.id, message.string, locations=message.locations)
                entry.flags = message.flags
    return found


def renewed(old):
    """Make a catalog of what is wanted, with the translations that there are."""
    made = Rows(locale="zh", fuzzy=False, header_comment="# What the command line says, in Chinese.")
    for words, place in sorted(wanted().items(), key=lambda item: (item[1], str(item[0]))):
        entry = made.add(words, _known(old, words), locations=[(place, None)])
        if place != "click":
            entry.flags.discard("python-format")  # a per cent sign of ours is one
    return made


def _known(old, words):
    """Give the translation that there is; of what is counted now and wasn't, that of several."""
    keys = words if isinstance(words, tuple) else (words,)
    known = next(filter(None, (old.get(key) for key in keys)), None) if old else None
    if known is None:
        return None
    said = known.string if isinstance(known.string, tuple) else (known.string,)
    return said if isinstance(words, tuple) else said[0]


def compiled(found):
    """Write a catalog as programs read it."""
    data = BytesIO()
    write_mo(data, found)
    return data.getvalue()


def main():
    """Renew the files, and list what has no translation and what is gone."""
    old = catalog() if FILE.exists() else None
    made = renewed(old)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("wb") as file:
        write_po(file, made, width=120, include_lineno=False)
    FILE.with_suffix(".mo").write_bytes(compiled(made))
    for message in made:
        if message.id and not any(message.string if message.pluralizable else (message.string,)):
            print(f"no translation: {message.id!r}")
    for message in old or ():
        if message.id and made.get(message.id if isinstance(message.id, str) else message.id[0]) is None:
            print(f"gone: {message.id!r} {message.string!r}")


if __name__ == "__main__":
    sys.exit(main())
