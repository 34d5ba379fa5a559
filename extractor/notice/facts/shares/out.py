"""What the figures of a sentence say of each other, once all are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.notice.facts.draft import Draft
from extractor.notice.facts.shares.changes import (
    deal_changes,
    deal_results,
    deal_shares,
    old_lists,
    share_moves,
    share_rises,
)
from extractor.notice.facts.shares.classes import (
    class_by_spans,
    deal_ages,
    deal_conditions,
    share_ages,
    share_conditions,
    share_pers,
    share_tiers,
    swap_classes,
)
from extractor.notice.facts.shares.names import (
    class_behind,
    drop_inherited,
    drop_others,
    drop_payers,
    leave_out_payers,
    part_changes,
    tell_apart,
)

if TYPE_CHECKING:
    from extractor.notice.facts.sentence.context import SentenceContext


def share_out(context: SentenceContext, drafts: list[Draft], uneven: set[int]) -> set[int]:
    """Give figures what those beside them say, and return which of the ``uneven`` ones have still got nothing of their own."""
    left = {context.mentions.quantities[index].number: index for index in uneven}
    old_lists(context, drafts, left)
    share_moves(context, drafts)
    share_rises(context, drafts)
    share_conditions(context, drafts)
    share_tiers(context, drafts)
    swap_classes(context, drafts)
    class_by_spans(context, drafts, left)
    deal_conditions(context, drafts, left)
    deal_ages(drafts)
    share_ages(context, drafts)
    deal_changes(context, drafts, left)
    deal_shares(context, drafts, left)
    deal_results(context, drafts)
    drop_inherited(context, drafts)
    drop_others(context, drafts)
    drop_payers(context, drafts)
    leave_out_payers(context, drafts)
    part_changes(context, drafts)
    class_behind(context, drafts)
    tell_apart(context, drafts)
    share_pers(drafts)
    return set(left.values())
