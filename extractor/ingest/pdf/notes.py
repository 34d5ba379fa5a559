"""What lies over a page beside its own content (annotations): what is filled into its form, and what hides or strikes words.

Comments and links are no text of a notice; what is written in the fields of a form is, and the words of signatures and stamps
stand beside it.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractor.ingest.paged.geometry import Run
from extractor.ingest.pdf.objects import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ingest.pdf.geometry import View
    from extractor.ingest.pdf.objects import Bounds

MOST_NOTES = 2_000
MOST_LETTERS = 2_000
# Above all objects of a page.
OVER = 1 << 30
# In sizes: a field's letters stand on this line over its bottom, are as wide as this, and stand so far from its side.
LETTER, HAN_LETTER, PADDING = 0.5, 1.0, 2.0
LARGEST, LINE = 16.0, 1.2


@contextmanager
def note_of(pdfium: Any, page: Any, at: int) -> Iterator[Any]:  # noqa: ANN401 - a library, handles
    """Open an annotation."""
    note = pdfium.FPDFPage_GetAnnot(page, at)
    try:
        yield note
    finally:
        if note:
            pdfium.FPDFPage_CloseAnnot(note)


def notes_on(pdfium: Any, page: Any, kinds: tuple[int, ...]) -> Iterator[Any]:  # noqa: ANN401 - a library, handles
    """Open the annotations of some kinds that are shown, one after another."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        with note_of(pdfium, page, at) as note:
            if note and pdfium.FPDFAnnot_GetSubtype(note) in kinds and not is_hidden(pdfium, note):
                yield note


def is_hidden(pdfium: Any, note: Any) -> bool:  # noqa: ANN401 - a library, a handle
    """Return True if an annotation isn't shown."""
    return bool(pdfium.FPDFAnnot_GetFlags(note) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW))


def shapes_of_notes(pdfium: Any, page: Any) -> list[Shape]:  # noqa: ANN401 - a library, a handle
    """List the annotations that may hide words."""
    kinds = (
        pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT,
        pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_CIRCLE,
    )  # fmt: skip
    return [Shape(OVER, place_of(pdfium, note), None, picture=False) for note in notes_on(pdfium, page, kinds)]


def place_of(pdfium: Any, note: Any) -> Bounds:  # noqa: ANN401 - a library, a handle
    """Give the place of an annotation."""
    frame = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, frame)
    return frame.left, frame.bottom, frame.right, frame.top


def strikes_of_notes(pdfium: Any, page: Any) -> list[Bounds]:  # noqa: ANN401 - a library, a handle
    """List the lines that annotations strike words out with."""
    lines = []
    for note in notes_on(pdfium, page, (pdfium.FPDF_ANNOT_STRIKEOUT,)):
        for at in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(note), MOST_NOTES)):
            points = pdfium.FS_QUADPOINTSF()
            if pdfium.FPDFAnnot_GetAttachmentPoints(note, at, points):
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                middle = (min(ys) + max(ys)) / 2
                lines.append((min(xs), middle, max(xs), middle))
    return lines


def field_runs(pdfium: Any, page: Any, form: Any, view: View) -> list[Run]:  # noqa: ANN401 - a library, handles
    """Place what is written in a page's fields, letter by letter."""
    runs: list[Run] = []
    pdfium.FORM_OnAfterLoadPage(page, form)
    try:
        for note in notes_on(pdfium, page, (pdfium.FPDF_ANNOT_WIDGET,)):
            if words := words_in(pdfium, form, note):
                size = ctypes.c_float()
                pdfium.FPDFAnnot_GetFontSize(form, note, size)
                runs += letters(words, view.box(*place_of(pdfium, note)), size.value)
    finally:
        pdfium.FORM_OnBeforeClosePage(page, form)
    return runs


def places_of_words(pdfium: Any, page: Any, form: Any) -> list[Bounds]:  # noqa: ANN401 - a library, handles
    """List the places of annotations that draw words of their own: signatures, stamps, words typed on the page."""
    kinds = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
    return [
        place_of(pdfium, note)
        for note in notes_on(pdfium, page, kinds)
        if pdfium.FPDFAnnot_GetSubtype(note) != pdfium.FPDF_ANNOT_WIDGET
        or (form and pdfium.FPDFAnnot_GetFormFieldType(form, note) == pdfium.FPDF_FORMFIELD_SIGNATURE)
    ]


def words_in(pdfium: Any, form: Any, note: Any) -> str:  # noqa: ANN401 - a library, handles
    """Read what a field shows: its text, or the words that are chosen in it."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD:
        if pdfium.FPDFAnnot_GetFormFieldFlags(form, note) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD:
            return ""
        return string(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
    if kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        chosen = [
            string(pdfium.FPDFAnnot_GetOptionLabel, form, note, at)
            for at in range(min(pdfium.FPDFAnnot_GetOptionCount(form, note), MOST_NOTES))
            if pdfium.FPDFAnnot_IsOptionSelected(form, note, at)
        ]
        return "\n".join(chosen) or string(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
    return ""


def string(ask: Any, *asked: Any) -> str:  # noqa: ANN401 - a function of C, what it is asked with
    """Get a text of pdfium: its length first, then itself."""
    size = ask(*asked, None, 0)
    if not 2 < size <= 4 * MOST_LETTERS:  # noqa: PLR2004 - the zero at its end
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(*asked, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\0", "")


def letters(words: str, box: tuple[float, float, float, float], size: float) -> list[Run]:
    """Set words into the box of a field: on a line in its middle, or line by line from its top."""
    left, top, right, bottom = box
    lines = [line for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines or right <= left or bottom <= top:
        return []
    size = size if size > 0 else min(LARGEST, (bottom - top) / (LINE * len(lines)))
    room = min(LINE * size, (bottom - top) / len(lines))
    start = (top + bottom) / 2 - room * len(lines) / 2
    runs: list[Run] = []
    for number, line in enumerate(lines):
        upper = start + room * number + (room - size) / 2
        x = left + PADDING
        for sign in line:
            width = size * (LETTER if sign.isascii() else HAN_LETTER)
            if sign.isspace():
                if runs:
                    runs[-1] = runs[-1]._replace(text=f"{runs[-1].text.rstrip()} ")
            else:
                runs.append(Run(sign, x, upper, x + width, upper + size, size, state="field"))
            x += width
    if len(lines) == 1 and runs:
        # What stands beside the field goes on from its words, however wide it is.
        runs[0] = runs[0]._replace(left=left)
        runs[-1] = runs[-1]._replace(right=max(right, runs[-1].right))
    return runs
