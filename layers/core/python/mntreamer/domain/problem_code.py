"""What kind of problem keeps a stream from being recorded, or a recording from being exported."""

from enum import StrEnum


class ProblemCode(StrEnum):
    """Those of errors are named as the errors' own. Never renamed: clients know them."""

    # A person wants it so.
    RECORDING_STOPPED = "recording_stopped"
    RECORDING_CLOSED = "recording_closed"
    OUTSIDE_HOURS = "outside_hours"
    TITLE_UNWANTED = "title_unwanted"
    TITLE_LEFT_OUT = "title_left_out"
    CATEGORY_UNWANTED = "category_unwanted"
    CATEGORY_LEFT_OUT = "category_left_out"
    ONLY_TOLD_OF = "only_told_of"
    # The platform shows it to others.
    BROADCAST_BLOCKED = "broadcast_blocked"
    BROADCAST_HIDDEN = "broadcast_hidden"
    ADULTS_ONLY = "adults_only"
    AGE_UNVERIFIED = "age_unverified"
    LOGIN_EXPIRED = "login_expired"
    MEMBERS_ONLY = "members_only"
    PAID_ONLY = "paid_only"
    AUTHORIZED_ONLY = "authorized_only"
    KOREA_ONLY = "korea_only"
    NOT_ON_AIR = "not_on_air"
    NOT_PLAYABLE = "not_playable"
    UNKNOWN_CHANNEL = "unknown_channel"
    # The stream is of another kind than is recorded.
    ENCRYPTED = "encrypted"
    CODEC_NOT_RECORDED = "codec_not_recorded"
    CONTAINER_NOT_RECORDED = "container_not_recorded"
    PICTURE_NOT_RECORDED = "picture_not_recorded"
    SEPARATE_SOUND = "separate_sound"
    BYTE_RANGES = "byte_ranges"
    COUNTED_ANEW = "counted_anew"
    # The platform gives no answer.
    PLATFORM_ERROR = "platform_error"
    PLATFORM_BLOCKED = "platform_blocked"
    PLATFORM_CLOSED = "platform_closed"
    PLATFORM_UNAVAILABLE = "platform_unavailable"
    # The source gives nothing, or the store takes nothing.
    SOURCE_ERROR = "source_error"
    SOURCE_UNREADABLE = "source_unreadable"
    SEGMENT_MISSING = "segment_missing"
    STORE_FULL = "store_full"
    STORE_REFUSES = "store_refuses"
    # The recorder is ill.
    LAUNCH_FAILED = "launch_failed"
    RECORDER_FAILED = "recorder_failed"
    RECORDER_STOPPED = "recorder_stopped"
    RECORDERS_IN_VAIN = "recorders_in_vain"
    NOTHING_STORED = "nothing_stored"
    # The exporter finds nothing to copy, or does not come to its end.
    SEGMENT_GONE = "segment_gone"
    SEGMENT_NOT_COPIED = "segment_not_copied"
    PLAYLIST_GONE = "playlist_gone"
    EXPORTERS_IN_VAIN = "exporters_in_vain"
    # Anything else: the sentence says it.
    ERROR = "error"
