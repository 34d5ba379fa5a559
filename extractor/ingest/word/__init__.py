"""DOCX: paragraphs with their automatic numbers, tables, footnotes and text boxes."""
