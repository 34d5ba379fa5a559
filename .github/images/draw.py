"""Draws the pictures of the READMEs from what the commands print on a terminal: python .github/images/draw.py.

Fonts are the viewer's own, so that a picture fetches nothing. `tests/test_docs.py` holds the words to the commands'.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PICTURES = {
    "diff.svg": (100, "diff 2022 2023 --region 100000 --only raised --lang en"),
    "diff.zh.svg": (84, "diff 2022 2023 --region 100000 --only raised"),
}
THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [(36, 41, 47), (207, 34, 46), (17, 99, 41), (77, 45, 0), (9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)],
)  # fmt: skip
# Pixels: a column, a line, the margin.
COLUMN, LINE, MARGIN = 9.6, 21, 18
FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">
<title>{title}</title>
<rect x="0.5" y="0.5" width="{right:g}" height="{bottom:g}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<g font-family="Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
  font-size="16" fill="#24292f" xml:space="preserve">
{words}
</g>
</svg>
"""
# Words that stand together; two spaces or more part the columns of a table, each of which begins where it began.
WORDS = re.compile(r"\S+(?: \S+)*")


def printed(command: str, width: int) -> str:
    """Run a command on a terminal that is ``width`` columns wide; return what it prints, colours and all."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": str(width), "TERM": "xterm-256color"}
    env.pop("NO_COLOR", None)
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "extractor", *command.split()], cwd=ROOT, env=env, stdout=theirs
    ):
        os.close(theirs)
        found = b""
        try:
            while data := os.read(ours, 1 << 16):
                found += data
        except OSError:  # so Linux says that the other end is closed
            os.close(ours)
    return found.decode().replace("\r\n", "\n")


def drawn(command: str, width: int) -> str:
    """Return the picture of a command and what it prints.

    Not by rich's own `export_svg`: it gives a Chinese sign the width of a letter.
    """
    lines = f"\x1b[1m$ extractor {command}\x1b[0m\n\n{printed(command, width)}".splitlines()
    console = Console(width=width, force_terminal=True, color_system="truecolor", legacy_windows=False)
    words = []
    for number, line in enumerate(lines):
        column = 0
        for text, style, _ in console.render_lines(Text.from_ansi(line), pad=False)[0]:
            for found in WORDS.finditer(text):
                start = column + cell_len(text[: found.start()])
                words.append(_tag(found[0], style or Style(), start, number))
            column += cell_len(text)
    size = (width * COLUMN + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN)
    return FRAME.format(
        width=size[0], height=size[1], right=size[0] - 1, bottom=size[1] - 1,
        title=escape(f"extractor {command}"), words="\n".join(words),
    )  # fmt: skip


def _tag(text: str, style: Style, column: int, line: int) -> str:
    """Place words at a column of a line, as wide as on a terminal whatever the font."""
    place = (
        f'x="{MARGIN + column * COLUMN:g}" y="{MARGIN + line * LINE + 16:g}" textLength="{cell_len(text) * COLUMN:g}"'
    )
    weight = ' font-weight="bold"' if style.bold else ""
    opacity = ' opacity="0.6"' if style.dim else ""
    fill = f' fill="{style.color.get_truecolor(THEME).hex}"' if style.color and not style.color.is_default else ""
    return f'<text {place} lengthAdjust="spacingAndGlyphs"{weight}{opacity}{fill}>{escape(text)}</text>'


if __name__ == "__main__":
    for name, (columns, line) in PICTURES.items():
        (HERE / name).write_text(drawn(line, columns), "utf-8")
