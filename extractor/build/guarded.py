"""Runs the stages over one text, in the sandbox where the worst text of its size could take more than the limits allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from extractor.ingest.limits import PIPELINE
from extractor.model import NoticeResult, SourceText

if TYPE_CHECKING:
    from extractor.ingest import Limits
    from extractor.notice.facts.explain import Explanation
    from extractor.resources import Resources


def process_guarded(
    source: SourceText,
    limits: Limits,
    resources: Resources,
    *,
    path: str = "",
    url: str | None = None,
    measures: bool = False,
    explanations: dict[str, Explanation] | None = None,
) -> NoticeResult:
    """Read one notice as `process` does, in a process of its own if it is large; raise `IngestError` over the limits."""
    if limits.holds(len(source.text), PIPELINE):
        from extractor.pipeline import process  # with it come the heavy libraries, which finding notices does without

        return process(source, resources, path=path, url=url, measures=measures, explanations=explanations)
    from extractor.ingest.sandbox import GUARD
    from extractor.ingest.sandbox_worker import SandboxJob

    data = msgspec.msgpack.encode(source)
    options = {"path": path, "url": url, "measures": measures, "explained": explanations is not None}
    job = SandboxJob(__name__, "work", data, source.origin, limits, options)
    worked = GUARD.run(job, resources, Worked)
    if explanations is not None:
        from extractor.notice.facts.explain import Explanation

        explanations.update(msgspec.msgpack.decode(worked.explanations, type=dict[str, Explanation]))
    return worked.result


class Worked(msgspec.Struct, frozen=True):
    """What comes back from the sandbox; the explanations are encoded apart, since few ask for them."""

    result: NoticeResult
    explanations: msgspec.Raw


def work(
    data: bytes,
    _origin: str,
    _limits: Limits,
    resources: Resources,
    *,
    path: str,
    url: str | None,
    measures: bool,
    explained: bool,
) -> Worked:
    """Do in the sandbox what `process_guarded` asks for."""
    from extractor.pipeline import process

    found: dict[str, Explanation] | None = {} if explained else None
    source = msgspec.msgpack.decode(data, type=SourceText)
    result = process(source, resources, path=path, url=url, measures=measures, explanations=found)
    return Worked(result, msgspec.Raw(msgspec.msgpack.encode(found)))


def warm_up(resources: Resources) -> None:
    """Load what reading any notice needs."""
    from extractor.pipeline import process

    process(SourceText(sha256="", origin="", media_type="", encoding="", reader="", text="1%"), resources)
