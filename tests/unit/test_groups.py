"""The runner of these tests."""

import pytest


@pytest.mark.xdist_group("one worker")
def test_a_group_of_tests_is_kept_together(request: pytest.FixtureRequest) -> None:
    """A runner that does not know of groups makes in each worker what they share, and says nothing."""
    keeps_groups = request.config.getoption("loadgroup", default=False)

    assert request.node.nodeid.endswith("@one worker") == keeps_groups
