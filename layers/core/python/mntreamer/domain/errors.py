"""The one family of errors. Each says what happened and what to do; `code` is stable and made for machines."""

from collections.abc import Sequence
from typing import ClassVar


class MntreamerError(Exception):
    """Everything that mntreamer raises on purpose."""

    code: ClassVar[str] = "error"


class BadInput(MntreamerError):
    """What was asked for cannot be meant as it was said."""

    code = "bad_input"


class Unprocessable(BadInput):
    """What was asked for is well said and makes no sense for what it is about (RFC 9110, section 15.5.21)."""

    code = "unprocessable"


class TooLarge(BadInput):
    """What was sent is longer than anything that is meant (RFC 9110, section 15.5.14)."""

    code = "too_large"


class SettingMissing(MntreamerError):
    """A setting without a sensible default was not given."""

    code = "setting_missing"


class NotFound(MntreamerError):
    """No such streamer, recording, platform or channel."""

    code = "not_found"


class Gone(NotFound):
    """It was there and will not be again: a link that has expired or was revoked (RFC 9110, section 15.5.11)."""

    code = "gone"


class MethodNotAllowed(MntreamerError):
    """There is something at the path, and it knows other methods: `allowed` (RFC 9110, section 15.5.6)."""

    code = "method_not_allowed"

    def __init__(self, message: str, allowed: Sequence[str]) -> None:
        super().__init__(message)
        self.allowed = tuple(allowed)


class ChannelAmbiguous(MntreamerError):
    """A nickname that no channel has exactly.

    `candidates`: `(channel_id, channel_name)` of the channels that the platform offered, most relevant first.
    """

    code = "channel_ambiguous"

    def __init__(self, message: str, candidates: Sequence[tuple[str, str]]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class WrongState(MntreamerError):
    """What was asked for does not fit the state that something is in just now."""

    code = "wrong_state"


class AccessDenied(MntreamerError):
    """No token, a wrong one, or a session that has ended."""

    code = "access_denied"


class NotSameOrigin(MntreamerError):
    """A browser's session came with a request that no page of our own made."""

    code = "not_same_origin"


class TooManyGuesses(MntreamerError):
    """So many wrong tokens came from one address that it has to wait, `retry_after_s`."""

    code = "too_many_guesses"

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class PlatformError(MntreamerError):
    """A platform did not answer, or not as it is known to. Never taken for "offline"."""

    code = "platform_error"


class PlatformBlocked(PlatformError):
    """A platform asked us to stay away (HTTP 403 or 429). `retry_after_s` is what it asked for, if it did."""

    code = "platform_blocked"

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class PlatformClosed(PlatformBlocked):
    """A platform that has sent one of us away was not asked: nobody does, for `retry_after_s`."""

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message, retry_after_s)


class PlatformUnavailable(PlatformError):
    """A platform answered with HTTP 5xx. `retry_after_s` is how long it expects that to last, if it said so."""

    code = "platform_unavailable"

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotPlayable(PlatformError):
    """The channel has no playback that may be recorded just now."""

    code = "not_playable"


class ForbiddenAddress(MntreamerError):
    """A URL led to an address that is not public, or to another scheme than http(s)."""

    code = "forbidden_address"


class NotFetched(MntreamerError):
    """A URL brought no answer, or not the whole of it. The text names the host at the most, never the URL."""

    code = "not_fetched"


class SourceError(MntreamerError):
    """The source's playlist or a segment could not be fetched or is not what it claims to be."""

    code = "source_error"


class NotDelivered(MntreamerError):
    """A notice did not arrive. `is_final`: however often it is tried; else not before `retry_after_s`."""

    code = "not_delivered"

    def __init__(self, message: str, *, is_final: bool = False, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.is_final = is_final
        self.retry_after_s = retry_after_s


class StoreConflict(MntreamerError):
    """The stored object is no longer the one that was read: read it again and decide anew."""

    code = "store_conflict"


class StoreFull(MntreamerError):
    """There is no room for more. Nothing that is stored is touched; it goes on once there is."""

    code = "store_full"


class LaunchFailed(MntreamerError):
    """No recorder could be started. The recording stays due and is tried again."""

    code = "launch_failed"


class LeaseLost(MntreamerError):
    """Another generation holds the recording: leave it to that one."""

    code = "lease_lost"


class NotFinished(MntreamerError):
    """A recorder left while store or tables still hung over what it had to tell: the next one goes on."""

    code = "not_finished"


class FailedAgain(MntreamerError):
    """What had failed was tried once more, and failed."""

    code = "failed_again"
