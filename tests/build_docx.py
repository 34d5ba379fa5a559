"""A notice as a Word document, as offices make them: typed or automatic numbers, headers, merged cells, notes, boxes.

``make`` writes the parts of `formats.parts` by python-docx; ``package`` writes a document from bare XML, for what
python-docx can't write and for everything that is wrong with files.
"""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPED = re.compile(r"\A(?:(?P<outer>[一二三四五六七八九十]+)、|（(?P<inner>[一二三四五六七八九十]+)）)")
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """Write a level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def abstract(name: int, *levels: str) -> str:
    """Write a list's definition."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: int, definition: int, more: str = "") -> str:
    """Write a list of a definition."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def numbered(text: str, list_id: int, at: int = 0) -> str:
    """Write a paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


def paragraph(text: str, properties: str = "") -> str:
    """Write a paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def package(body: str, *, head: str = HEAD, strict: bool = False, **parts: str) -> bytes:
    """Write a document with the given XML in its body; ``parts`` (styles, numbering, footnotes, header …) by name."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    links = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    roots = {"header": "hdr", "footer": "ftr"}
    members = {
        "_rels/.rels": relationships(f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": relationships(links),
        "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        root = roots.get(kinds[name], kinds[name])
        members[f"word/{name}.xml"] = f"{HEAD}<w:{root} {NAMESPACES}>{inner}</w:{root}>"
    if strict:
        for name, text in members.items():
            members[name] = text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
                R, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
    return zipped(members)


def relationships(links: str) -> str:
    """Write relationships."""
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Write a ZIP file with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def make(  # noqa: PLR0913 - each a thing that offices do
    parts, *, automatic=False, beside=False, footnote=None, box=None, tracked=False, headings=False, titled=None
) -> bytes:
    """Write a notice as a Word document.

    ``automatic``: 一、 and （一） by numbering; ``beside``: headers, and footers with page numbers; ``footnote``: its text,
    to the first text paragraph; ``box``: the text of a text box there; ``tracked``: insertions and deletions throughout;
    ``headings``: built-in heading styles; ``titled``: the title in the document's properties.
    """
    document = Document()
    document.core_properties.title = titled or ""
    if automatic:
        number_by_lists(document)
    for part in parts:
        if part.kind == "table":
            add_table(document, part.rows)
        else:
            add_paragraph(document, part, automatic=automatic, tracked=tracked, headings=headings)
    if beside:
        add_beside(document)
    first = next(item for item in document.paragraphs if "。" in item.text)
    if box:
        first._p.append(element(BOX.format(f"<w:p><w:r><w:t>{box}</w:t></w:r></w:p>")))
    if footnote:
        first._p.append(element('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    out = io.BytesIO()
    document.save(out)
    return with_footnote(out.getvalue(), footnote) if footnote else out.getvalue()


def element(xml: str):
    """Make an element of WordprocessingML, with the namespaces declared."""
    return parse_xml(re.sub(r"\A<[\w:]+", lambda match: f"{match[0]} {NAMESPACES}", xml))


def add_paragraph(document, part, *, automatic, tracked, headings):
    """Add a paragraph; its typed number becomes an automatic one."""
    text, style, level_of = part.text, None, None
    match = TYPED.match(text) if automatic and part.kind in {"heading", "text"} else None
    if match:
        text, level_of = text[match.end() :], 0 if match["outer"] else 1
    if headings and part.kind in {"title", "heading"}:
        style = "Title" if part.kind == "title" else "Heading 1"
    added = document.add_paragraph("" if tracked else text, style)
    if part.kind in {"title", "number"}:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if tracked:
        half = len(text) // 2
        for piece in (
            f"<w:r><w:t>{text[:half]}</w:t></w:r>",
            f'<w:ins w:id="1" w:author="a"><w:r><w:t>{text[half:]}</w:t></w:r></w:ins>',
            '<w:del w:id="2" w:author="a"><w:r><w:delText>每人999元</w:delText></w:r></w:del>',
        ):
            added._p.append(element(piece))
    if level_of is not None:
        properties = f'<w:numPr><w:ilvl w:val="{level_of}"/><w:numId w:val="77"/></w:numPr>'
        added._p.get_or_add_pPr().append(element(properties))


def number_by_lists(document):
    """Define the list 一、（一）; definitions stand before lists."""
    numbering = document.part.numbering_part.element
    levels = level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')
    numbering.insert(0, element(abstract(77, *levels)))
    numbering.append(element(num(77, 77)))


def add_table(document, rows):
    """Add a table; a blank cell is merged with the one above it."""
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(at, column).text = text
            elif at:
                table.cell(at - 1, column).merge(table.cell(at, column))
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))


def add_beside(document):
    """Add a header, and a footer with the page's number as a field."""
    section = document.sections[0]
    section.header.paragraphs[0].text = "江西省医疗保障局文件"
    footer = section.footer.paragraphs[0]
    for piece in (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>',
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>',
    ):
        footer._p.append(element(piece))


def with_footnote(data: bytes, text: str) -> bytes:
    """Add the part that holds the footnotes, which python-docx doesn't write."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    notes = (
        f'<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/>'
        f"</w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
    )
    members["word/footnotes.xml"] = f"{HEAD}<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
    link = f'<Relationship Id="notes" Type="{R}/footnotes" Target="footnotes.xml"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", link.encode())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", types.encode())
    return zipped(members)
