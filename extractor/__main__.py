"""``python -m extractor`` is the command ``extractor``."""

from __future__ import annotations

from extractor.entry import main

if __name__ == "__main__":
    main()
