"""Whether the stream is still on: the platform is asked in a thread of its own, however long its answer takes."""

import logging
from concurrent.futures import Future

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import PlatformError
from mntreamer.domain.probe import Probe, ProbeFailed
from mntreamer.ports import Platform
from mntreamer.recorder.pool import pool_of

_logger = logging.getLogger(__name__)


class Inquiry:
    """One question at a time. The platform may be slow, and so may the table that all its workers share."""

    def __init__(self, platform: Platform, channel_id: str) -> None:
        self._platform = platform
        self._channel_id = channel_id
        self._pool = pool_of(1, "ask")
        self._question: Future[Probe] | None = None

    def ask(self) -> None:
        """Unless an answer is still to come."""
        if self._question is None:
            self._question = self._pool.submit(self._probe)

    def answer(self) -> Probe | None:
        """To the last question, once; None while there is none."""
        if self._question is None or not self._question.done():
            return None
        answered, self._question = self._question, None
        return answered.result()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _probe(self) -> Probe:
        try:
            return self._platform.probe(self._channel_id)
        except PlatformError as error:
            _logger.warning("the platform does not say whether the stream is over: %s", error)
            return ProbeFailed(str(error))
        except Exception as error:  # noqa: BLE001 -- a question that broke off says nothing about the stream
            _logger.warning("the platform cannot be asked: %s", kind_and_place(error))
            return ProbeFailed(type(error).__name__)
