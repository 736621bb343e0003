"""Whatever goes wrong costs what nobody could have had, and the recording says what that is."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.cases import Case, cases_of
from tests.faults.trials import KINDS
from tests.faults.verdict import Verdict


def _grouped() -> Iterator[object]:
    for kind, (trials, together) in enumerate(KINDS):
        for number, case in enumerate(cases_of(trials)):
            group = pytest.mark.xdist_group(f"faults {kind} {number // together}")
            yield pytest.param(case, id=str(case), marks=group)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", list(_grouped()))
def test_only_the_unavoidable_is_lost_and_all_that_is_told_is_true(
    case: Case, verdict_on: Callable[[Case], Verdict]
) -> None:
    verdict = verdict_on(case)

    assert verdict.flaws == ()
    assert verdict.lost == verdict.unavoidable
