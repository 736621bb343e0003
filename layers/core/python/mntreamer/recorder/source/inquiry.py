"""What a platform is asked about a channel while it is recorded: a hanging platform, or table, holds up nobody."""

import logging
from dataclasses import dataclass, field
from functools import partial

import requests

from mntreamer.domain.error_place import kind_and_place, safe_text
from mntreamer.domain.errors import PlatformError, SourceError
from mntreamer.domain.monitors.probe import Playback, Probe, ProbeFailed
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Platform, Ports
from mntreamer.recorder.source.question import Question
from mntreamer.recorder.source.upstream import find_rendition
from mntreamer.usecases.monitors.why_left_out import why_left_out

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendition:
    """What is played, and the signed URL of the media playlist of it that is recorded."""

    playback: Playback
    url: str = field(repr=False)


def whether_it_is_on(platform: Platform, channel_id: str) -> Question[Probe]:
    """Whether the stream is still on. Its answer raises nothing."""
    return Question(partial(_probe, platform, channel_id), "ask")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the stream is about, and why that is not to be recorded, if so."""

    topic: Topic
    refusal: Reason | None


def what_it_is_about(ports: Ports, recording: Recording) -> Question[Heard]:
    """What the stream is about; no answer where nobody says. It raises nothing."""
    return Question(partial(_heard, ports, recording), "topic")


def where_it_is(
    session: requests.Session, platform: Platform, channel_id: str, max_height: int | None
) -> Question[Rendition]:
    """Under which URL the stream can be had. Its answer raises SourceError and PlatformError."""
    return Question(partial(_resolve, session, platform, channel_id, max_height), "resolve")


def _probe(platform: Platform, channel_id: str) -> Probe:
    try:
        return platform.probe(channel_id)
    except PlatformError as error:
        _logger.warning("the platform does not say whether the stream is over: %s", error)
        return ProbeFailed(safe_text(error))
    except Exception as error:  # noqa: BLE001 -- a question that broke off says nothing about the stream
        _logger.warning("the platform cannot be asked: %s", kind_and_place(error))
        return ProbeFailed(Reason(type(error).__name__, ProblemCode.ERROR))


def _heard(ports: Ports, recording: Recording) -> Heard | None:
    try:
        topic = ports.platforms[recording.platform].topic(recording.channel_id)
        return Heard(topic, why_left_out(ports, recording.streamer_id, topic)) if topic else None
    except PlatformError as error:
        _logger.info("the platform does not say what the stream is about: %s", error)
    except Exception as error:  # noqa: BLE001 -- a question that broke off says nothing about the stream
        _logger.warning("the platform cannot be asked: %s", kind_and_place(error))
    return None


def _resolve(session: requests.Session, platform: Platform, channel_id: str, max_height: int | None) -> Rendition:
    try:
        playback = platform.playback(channel_id)
        return Rendition(playback, find_rendition(session, playback, max_height))
    except (PlatformError, SourceError):
        raise
    except Exception as error:
        raise PlatformError(f"the platform cannot be asked: {kind_and_place(error)}") from error
