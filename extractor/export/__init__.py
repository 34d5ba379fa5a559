"""The dataset in the formats that other tools read.

One module a target; each writes to a path that it is given, and nothing else. `export` chooses the target, refuses what
stands in the way, and puts the finished file or folder in its place in one step, so that nothing half-written is left.
"""

from __future__ import annotations

from extractor.export.targets import TARGETS, Options, Target, default_place, export, export_bytes

__all__ = ["TARGETS", "Options", "Target", "default_place", "export", "export_bytes"]
