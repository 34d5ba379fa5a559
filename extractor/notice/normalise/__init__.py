"""Text and the way back: folds width and script, repairs damage, and records every edit with its reason."""

from __future__ import annotations

from extractor.notice.normalise.run import assess, normalise, normalise_piece

__all__ = ["assess", "normalise", "normalise_piece"]
