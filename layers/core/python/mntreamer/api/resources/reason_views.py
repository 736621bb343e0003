"""Reasons as the API tells them: in words, and beside that for programs."""

from typing import Any

from mntreamer.domain.reason import Facts, Reason, facts_of_reason

View = dict[str, Any]


def reason_view(reason: Reason | None) -> Facts | None:
    return facts_of_reason(reason) if reason else None


def problem_view(problem: Reason | None) -> View:
    """The fields of whoever has it, in place of what its row keeps."""
    return {"problem": problem, "problem_coded": reason_view(problem)}
