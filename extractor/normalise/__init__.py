"""Text and the way back: folds width and script, repairs damage, and records every edit with its reason.

Reasons, in the order of the steps: ``mojibake``, ``byte_shift``, ``lost``, ``entity``, ``ocr`` and ``latin_digit``,
which put characters in the place of damaged ones (U+FFFD where they are lost); ``invisible``, ``width``, ``gloss``,
``script``, ``page_mark``, ``wrap``, ``doubled``, ``punctuation``, ``spaces``, ``letters``, ``lexicon``. Lines are joined
before marks and spaces are looked at, so that a figure cut by a line's end is mended too; the lexicon comes last, when
every word is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import AlignedText, SourceText
from extractor.normalise.aligned import Editor
from extractor.normalise.characters import find_invisible, find_width
from extractor.normalise.lines import find_wraps
from extractor.normalise.pages import cuts_after, find_page_marks
from extractor.normalise.quality import assess, damage
from extractor.normalise.repair import lost_stretches, mend
from extractor.normalise.script import find_lexicon, find_script, is_traditional
from extractor.normalise.steps import (
    find_doubled,
    find_gloss,
    find_letters,
    find_punctuation,
    find_spaces,
    find_split_figures,
    find_thousands,
)

if TYPE_CHECKING:
    from extractor.resources import Resources

__all__ = ["assess", "damage", "normalise", "normalise_piece"]


def normalise(source: SourceText, resources: Resources) -> AlignedText:
    """Normalise a source text; lines are joined only where the reader knows nothing of the layout."""
    return _run(source, resources, join=not source.blocks)


def normalise_piece(text: str, resources: Resources) -> AlignedText:
    """Normalise a bare piece of text by the same steps, without joining lines or dropping page marks.

    >>> from extractor.resources import load
    >>> normalise_piece("居民醫(yī)保 ７０ ％", load()).text
    '居民医保70%'
    """
    source = SourceText(sha256="", origin="", media_type="text/plain", encoding="", reader="", text=text)
    return _run(source, resources, join=False)


def _run(source: SourceText, resources: Resources, *, join: bool) -> AlignedText:
    editor = Editor(source)
    alphabet = mend(editor, resources)
    editor.apply(find_invisible(editor.text, alphabet), "invisible")
    editor.apply(find_thousands(editor.text), "width")
    editor.apply(find_width(editor.text, alphabet), "width")
    editor.apply(find_gloss(editor.text), "gloss")
    script = find_script(editor.text, resources)
    traditional = is_traditional(editor.text, script)
    editor.apply(script, "script")
    if join:
        pages = find_page_marks(editor.text, resources)
        editor.apply(pages, "page_mark")
        editor.apply(find_wraps(editor.text, resources, cuts_after(pages)), "wrap")
    editor.apply(find_doubled(editor.text), "doubled")
    editor.apply(find_punctuation(editor.text), "punctuation")
    editor.apply(find_split_figures(editor.text), "spaces")
    editor.apply(find_spaces(editor.text), "spaces")
    editor.apply(find_letters(editor.text), "letters")
    if traditional:
        editor.apply(find_lexicon(editor.text, resources), "lexicon")
    return editor.finish(lost_stretches(editor, alphabet))
