"""What a build remembers in ``outputs/.state/``, so that the next one reads only what has changed; and who may write.

Deleting the folder costs time and nothing else: the outputs are the same bytes with it and without. What is broken in
it, or was written by another version, is taken no notice of and made again.

``lock``, ``holder``  one writer at a time (`lock`)
``manifest``          every file that the last build rested on or wrote, and what it said of them (`manifest`)
``readings``          what was read from each file, by the digest of its bytes (`record_store`), for one engine (`fingerprint`)
``digests``           of a corpus at an address that workers read: digests of files, by name and what the driver tells of them
``measures``          how the sentences of two years compare, by the notices compared
"""

from __future__ import annotations

from extractor.build.cache.lock import FOLDER, writing

__all__ = ["FOLDER", "writing"]
