"""PDF: characters and lines by position."""
