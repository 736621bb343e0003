"""Cases of one group are performed together, once, when the first of them is asked for."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest

from mntreamer.recorder.storing.workshop import Workshop, workshop
from tests.faults.cases import Case, perform_together
from tests.faults.verdict import Verdict

_SPOOL_BYTES = 100_000_000


@pytest.fixture(scope="session")
def one_workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """What all recordings of this process share."""
    with workshop(tmp_path_factory.mktemp("spool"), _SPOOL_BYTES, _SPOOL_BYTES) as shared:
        yield shared


@pytest.fixture(scope="session")
def performed() -> dict[Case, Future[Verdict]]:
    return {}


@pytest.fixture
def verdict_on(
    request: pytest.FixtureRequest, one_workshop: Workshop, performed: dict[Case, Future[Verdict]]
) -> Callable[[Case], Verdict]:
    """What comes of a case, performed together with all of its group that are to be tested."""

    def verdict(case: Case) -> Verdict:
        if case not in performed:
            performed.update(perform_together(_together(request), one_workshop))
        return performed[case].result()

    return verdict


def _together(request: pytest.FixtureRequest) -> list[Case]:
    group = request.node.get_closest_marker("xdist_group")
    items = [item for item in request.session.items if item.get_closest_marker("xdist_group") == group]
    params = [item.callspec.params for item in items if isinstance(item, pytest.Function)]
    return [case for param in params for case in param.values() if isinstance(case, Case)]
