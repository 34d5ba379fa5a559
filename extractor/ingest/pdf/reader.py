"""The reader for PDF: characters with their places from pdfium → lines, tables and paragraphs by `ingest.paged.layout`.

pdfium reads what it can of a damaged file. Half a notice must not pass for a whole one, so a file that was cut short is
refused, whatever can still be read of it.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

import regex
from msgspec import structs

from extractor.errors import IngestError
from extractor.ingest.paged.geometry import PageLayout
from extractor.ingest.paged.layout import lay_out
from extractor.ingest.paged.ruled import find_tables
from extractor.ingest.paged.signs import settle
from extractor.ingest.paged.strikes import Recognised, damage_of
from extractor.ingest.pdf.codes import CodeJudge
from extractor.ingest.pdf.fonts import use_own_font
from extractor.ingest.pdf.geometry import PageContent
from extractor.ingest.pdf.page import read_page
from extractor.ingest.pdf.streams import PdfObjects, damaged_pages, fonts_of_characters, read_objects
from extractor.ingest.source_text_builder import counted
from extractor.messages import Message
from extractor.model import Block, Box, SourceText

if TYPE_CHECKING:
    from extractor.ingest.limits import Limits
    from extractor.resources import Resources

HEAD = 2048
TAIL = 65_536
# A notice has hundreds of characters on a page; a scan may carry a stamp or the name of the scanning program.
FEWEST_LETTERS = 30
MOST_LOST = 0.3
LONGEST_TITLE = 200
_FILE_LENGTH = regex.compile(rb"/Linearized\b[^>]{0,200}?/L\s{1,4}(\d{1,12})\b")
_TITLE = regex.compile(r"\p{Han}.*\p{Han}.*\p{Han}.*\p{Han}", regex.DOTALL)
_FILE_NAME = regex.compile(r"\.(?:docx?|wps|ofd|pdf|xlsx?|et|rtf|txt|html?)\b|\A(?:Microsoft|WPS)\b", regex.IGNORECASE)


def read_pdf(data: bytes, origin: str, limits: Limits, resources: Resources) -> SourceText:
    """Read a PDF; raise `IngestError` for one that is locked, damaged, too large, or made of pictures."""
    check_whole(data, origin)
    objects = read_objects(data, origin, limits)
    title, pages = read_pages(data, origin, limits, objects)
    check_text(pages, origin)
    broken_pages = damaged_pages(objects, len(pages))
    parts = numbered(pages)
    layouts = []
    for number, (_, part) in parts.items():
        tables, runs = find_tables(part.rulings, settle(part.runs), number)
        layouts.append(PageLayout(number, part.width, part.height, runs, tables, part.rulings, int(part.down)))
    text, blocks = lay_out(layouts, resources)
    recognised = {number: Recognised(part.runs) for number, (_, part) in parts.items()}
    return SourceText(
        sha256=hashlib.sha256(data).hexdigest(),
        origin=origin,
        media_type="application/pdf",
        encoding="utf-8",
        reader="pdf",
        text=text,
        blocks=tuple(
            structs.replace(
                as_shown(block, *parts[block.page], recognised[block.page]),
                damaged=parts[block.page][0] in broken_pages,
            )
            if block.page
            else block
            for block in blocks
        ),
        title=title,
        pictured=sum(is_picture(page) for page in pages),
        damage=damage_of([part.runs for _, part in parts.values()]) + counted(broken_stream=len(broken_pages)),
    )


def numbered(pages: list[PageContent]) -> dict[int, tuple[int, PageContent]]:
    """Number the parts of pages that are laid out apart, each with its page: no text goes on over a number left out."""
    parts: dict[int, tuple[int, PageContent]] = {}
    last = 0
    for number, page in enumerate(pages, 1):
        last += 1
        parts[last] = number, page
        if page.other is not None:
            last += 2
            parts[last] = number, page.other
    return parts


def check_whole(data: bytes, origin: str) -> None:
    """Raise for a file that was cut short: its end mark is missing, or its length is not the one it says."""
    length = _FILE_LENGTH.search(data, 0, HEAD)
    if (length and int(length[1]) > len(data)) or b"%%EOF" not in data[-TAIL:]:
        raise broken(origin, Message("found a PDF file without its end, it was cut short"))


def broken(origin: str, found: str) -> IngestError:
    """Make the error for a damaged file."""
    return IngestError(
        "broken",
        Message(
            "{origin}: {found}. Fetch it again; if it stays so, save it anew from a PDF viewer.",
            origin=origin,
            found=found,
        ),
    )


def read_pages(data: bytes, origin: str, limits: Limits, objects: PdfObjects) -> tuple[str | None, list[PageContent]]:
    """Read a document's title and its pages."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    use_own_font()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            msg = Message(
                "{origin}: found a PDF file that asks for a password. Save it without one and try again.", origin=origin
            )
            raise IngestError("encrypted", msg) from error
        raise broken(origin, Message("found a PDF file that no PDF viewer can open")) from error
    try:
        count = len(document)
        limits.check("pages", count, origin, Message("pages"))
        if count == 0:
            raise broken(origin, Message("found a PDF file without pages"))
        form, judge = form_of(document), CodeJudge(fonts_of_characters(objects))
        pages: list[PageContent] = []
        characters = 0
        for number in range(count):
            page = raw.FPDF_LoadPage(document, number)
            if not page:
                raise broken(origin, Message("page {number} of {count} can't be read", number=number + 1, count=count))
            try:
                content = read_page(
                    page, form, limits.characters - characters, judge, partial(raw.FPDF_LoadPage, document, number)
                )
            finally:
                raw.FPDF_ClosePage(page)
            if isinstance(content, int):
                limits.check("characters", characters + content, origin, Message("characters"))
                raise broken(origin, Message("page {number} of {count} can't be read", number=number + 1, count=count))
            characters += len(content.runs)
            pages.append(content)
        return title_of(document), pages
    finally:
        document.close()


def form_of(document: Any) -> Any:  # noqa: ANN401 - a document of pdfium, a handle
    """Give the handle of a document's form, None where it has none."""
    from pypdfium2 import raw

    if document.get_formtype() == raw.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv


def title_of(document: Any) -> str | None:  # noqa: ANN401 - a document of pdfium
    """Give the title that a file says it has, unless that is the name of the file it was made from."""
    title = " ".join(document.get_metadata_value("Title").split())
    return title if len(title) <= LONGEST_TITLE and _TITLE.search(title) and not _FILE_NAME.search(title) else None


def check_text(pages: list[PageContent], origin: str) -> None:
    """Raise for a scan, for a file without any text, and for one whose fonts don't say what their characters mean."""
    letters = sum(len(page.runs) for page in pages)
    pictures = sum(is_picture(page) for page in pages)
    if letters == 0 or letters < FEWEST_LETTERS * pictures:
        what = (
            Message.counted(
                "its page is a picture",
                "{pictures} of its {count} pages are pictures",
                len(pages),
                pictures=pictures,
                count=len(pages),
            )
            if pictures
            else Message.counted("its page is blank", "its {count} pages are blank", len(pages), count=len(pages))
        )
        msg = Message(
            "{origin}: found a PDF file with no text layer: {what}, expected text. Run a text recognition (OCR) "
            "on it and give its result, or name the command that does so: --ocr 'COMMAND {{input}} {{output}}'.",
            origin=origin,
            what=what,
        )
        raise IngestError("no_text", msg)
    lost = sum(page.lost for page in pages)
    if lost > MOST_LOST * letters:
        msg = Message(
            "{origin}: found a PDF file whose fonts don't say which characters they show ({lost:,} of "
            "{letters:,}). Ask for the file it was made from, or run a text recognition (OCR): --ocr 'COMMAND "
            "{{input}} {{output}}'.",
            origin=origin,
            lost=lost,
            letters=letters,
        )
        raise IngestError("no_text", msg)


def is_picture(page: PageContent) -> bool:
    """Tell a scanned page without a text layer, but for a stamp."""
    return page.picture and len(page.runs) < FEWEST_LETTERS


def as_shown(block: Block, number: int, page: PageContent, recognised: Recognised) -> Block:
    """Say of a block its page in the file, its place on that page as it is shown, and whether it was recognised."""
    box = turned(block.box, page) if block.box and page.turn else block.box
    return structs.replace(
        block, page=number, box=box, recognised=block.box is not None and recognised.is_in(block.box)
    )


def turned(box: Box, page: PageContent) -> Box:
    """Turn a box against the page's turn."""
    width, height = round(page.width), round(page.height)
    if page.turn == 90:  # noqa: PLR2004 - degrees
        return Box(box.top, width - box.right, box.bottom, width - box.left)
    if page.turn == 180:  # noqa: PLR2004 - degrees
        return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
    return Box(height - box.bottom, box.left, height - box.top, box.right)
