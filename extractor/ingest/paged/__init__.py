"""What PDF and OFD share: from characters on pages to lines, paragraphs and tables."""
