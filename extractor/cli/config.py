"""A user's own defaults: ``extractor.toml`` in the folder where a command is run, with a table ``[tool.extractor]``.

Its keys are long options without dashes (``lang = "en"``, ``outputs = "/srv/outputs"``) and hold for every command that has
them; a table ``[tool.extractor.diff]`` holds for one command. The command line and the environment outrank it. Where
``outputs`` is set, the dataset that commands look at is the one in there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.cli.spoken import FILE
from extractor.errors import CatalogError, DatasetError
from extractor.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    import click


def defaults_of(name: str | None, group: click.Group) -> dict[str, dict[str, Any]]:
    """Read the defaults of every command; a `DatasetError` names a key that no command has, or a value of a wrong type."""
    import os

    if name is None and not os.path.lexists(FILE):
        return {}
    from pathlib import Path

    from extractor.dataset.store import read_bytes
    from extractor.resources import parse_toml

    path = Path(name or FILE)
    try:
        found = parse_toml(path, read_bytes(path, Message("Name another with --config.")))
    except CatalogError as error:
        raise DatasetError(str(error)) from error
    tool = found.get("tool", {})
    given = tool.get("extractor", {}) if isinstance(tool, dict) else {}
    if not isinstance(given, dict) or (not given and found):
        msg = Message(
            "{path}: found {found}, expected a table [tool.extractor]. Put your defaults there.",
            path=path,
            found=tuple(found),
        )
        raise DatasetError(msg)
    return _by_command(path, given, group)


def _by_command(path: Path, given: dict[str, Any], group: click.Group) -> dict[str, dict[str, Any]]:
    options = {name: _options(command) for name, command in group.commands.items()}
    shared = {key.replace("-", "_"): value for key, value in given.items() if not isinstance(value, dict)}
    known = {key for names in options.values() for key in names}
    if strange := sorted(set(shared) - known) + sorted(
        key for key in given if isinstance(given[key], dict) and key not in options
    ):
        msg = Message(
            "{path}: {strange!r} is neither an option nor a command. Options: {known}.",
            path=path,
            strange=strange[0],
            known=tuple(sorted(known)),
        )
        raise DatasetError(msg)
    made: dict[str, dict[str, Any]] = {}
    for name, names in options.items():
        own = {key.replace("-", "_"): value for key, value in given.get(name, {}).items()}
        if strange := sorted(set(own) - set(names)):
            msg = Message(
                "{path}: {name} has no option {strange!r}. Options: {names}.",
                path=path,
                name=name,
                strange=strange[0],
                names=tuple(sorted(names)),
            )
            raise DatasetError(msg)
        made[name] = {key: shared[key] for key in names if key in shared} | own
    return made


def _options(command: click.Command) -> list[str]:
    return [one.name for one in command.params if one.name and one.param_type_name in {"option", "argument"}]
