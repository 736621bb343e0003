"""The first signal stops; what stopping does is done to its end."""

import signal
from collections.abc import Iterator

import pytest

from mntreamer_local.serving.stop_signals import until_told_to_stop

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    before = [(number, signal.getsignal(number)) for number in _SIGNALS]
    yield
    for number, handler in before:
        signal.signal(number, handler)


@pytest.mark.parametrize("first", _SIGNALS)
def test_later_signals_do_not_cut_the_stopping_short(first: signal.Signals) -> None:
    done = []
    with until_told_to_stop():
        try:
            signal.raise_signal(first)
            done.append("went on")
        finally:
            for again in _SIGNALS * 2:
                signal.raise_signal(again)
            done.append("stopped")

    assert done == ["stopped"]
