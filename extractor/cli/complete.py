"""What a shell offers while a command line is typed: ids, regions, indicators and kinds of change, with their names.

Nothing here may fail or print: where there is no dataset yet, nothing is offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

# More lines than this are no help to choose from.
_MOST = 200
_DATASET = "outputs/dataset.json"


def fact_ids(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids of the dataset's facts, with the words they stand for."""
    found = _loaded(context).get("facts", ())
    words = ((one["fact_id"], f"{one.get('subject') or ''} {one['evidence']['exact']}") for one in found)
    return _offered(words, incomplete)


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer its files. A `click.Path` would, too, and fails on a name that no file can have."""
    return [CompletionItem(incomplete, type="file")]


def regions(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the regions that the dataset has, by code or by name, as was begun."""
    found = {
        one["region"]["code"]: one["region"]["name"] for one in _loaded(context).get("notices", ()) if one["region"]
    }
    if incomplete and not incomplete[0].isascii():
        return _offered(((name, code) for code, name in sorted(found.items())), incomplete)
    return _offered(sorted(found.items()), incomplete)


def indicators(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the catalog's indicators, by id or by name, as was begun."""
    from extractor.cli.options import labels_of

    labels = labels_of("zh")
    named = [(one, labels.indicator(one) or "") for one in labels.indicators()]
    if incomplete and not incomplete[0].isascii():
        named = [(name, one) for one, name in named]
    return _offered(named, incomplete)


def scope_words(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the words of the option's kind that the dataset's series of the indicator asked for have, or all of its series."""
    name, asked = parameter.name or "", context.params.get("indicator")
    if asked and not asked.isascii():
        from extractor.cli.options import labels_of
        from extractor.query.named import indicators_named

        asked = indicators_named(asked, labels_of("zh"))[0]
    found = [one for one in _loaded(context).get("series", ()) if asked in {None, one["indicator"]}]
    words = {word for one in found for word in _listed(one["scope"].get(name)) if word}
    return _offered(((word, "") for word in sorted(words)), incomplete)


def _listed(words: str | list[str] | None) -> list[str]:
    return words if isinstance(words, list) else [words or ""]


def changes(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer kinds of change, after those given before a comma."""
    from extractor.cli.options import labels_of
    from extractor.dataset.changes import KINDS
    from extractor.dataset.doubts import LIMITS

    labels = labels_of("zh")
    before, comma, last = incomplete.rpartition(",")
    named = [*((kind, labels("change", kind)) for kind in KINDS), *((kind, labels("limit", kind)) for kind in LIMITS)]
    offered = _offered(named, last)
    return [CompletionItem(f"{before}{comma}{one.value}", help=one.help) for one in offered]


def _offered(named: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    fitting = [CompletionItem(one, help=" ".join(words.split())) for one, words in named if one.startswith(incomplete)]
    return fitting[:_MOST]


def _loaded(context: click.Context) -> dict[str, Any]:
    """Read the dataset that is meant, as plain JSON; an empty one where it can't be read."""
    from pathlib import Path

    import msgspec

    try:
        found = msgspec.json.decode(Path(context.params.get("dataset") or _DATASET).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
