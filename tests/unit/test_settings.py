from datetime import timedelta

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.settings import Settings, from_environment


def test_what_is_not_set_keeps_its_default() -> None:
    assert from_environment({}) == Settings()
    assert from_environment({"MNTREAMER_CHZZK_API": "", "MNTREAMER_ALLOWED_HOSTS": ""}) == Settings()


def test_hosts_and_the_base_url_are_read() -> None:
    settings = from_environment(
        {"MNTREAMER_ALLOWED_HOSTS": "127.0.0.1, ::1,chzzk.test", "MNTREAMER_CHZZK_API": "http://127.0.0.1:8000/api/"}
    )
    assert settings.allowed_hosts == {"127.0.0.1", "::1", "chzzk.test"}
    assert settings.chzzk_api == "http://127.0.0.1:8000/api"


@pytest.mark.parametrize(("text", "rate_per_s"), [("2.5", 2.5), ("100", 100.0), ("0", None), ("", 14.0)])
def test_the_rate_towards_chzzk_can_be_set_and_lifted(text: str, rate_per_s: float | None) -> None:
    assert from_environment({"MNTREAMER_CHZZK_RATE": text}).chzzk_rate_per_s == rate_per_s


@pytest.mark.parametrize(("text", "schedule"), [("stepped", Schedule.STEPPED), ("", Schedule.LEARNED)])
def test_the_schedule_can_be_chosen(text: str, schedule: Schedule) -> None:
    assert from_environment({"MNTREAMER_SCHEDULE": text}).schedule is schedule


def test_another_schedule_is_refused() -> None:
    with pytest.raises(BadInput, match="MNTREAMER_SCHEDULE='weekly' must be stepped or learned"):
        from_environment({"MNTREAMER_SCHEDULE": "weekly"})


@pytest.mark.parametrize(("text", "checks_per_day"), [("5000", 5000.0), ("0", None), ("", None)])
def test_looks_can_be_bounded(text: str, checks_per_day: float | None) -> None:
    assert from_environment({"MNTREAMER_CHECKS_PER_DAY": text}).checks_per_day == checks_per_day


def test_what_may_wait_for_the_store_can_be_bounded() -> None:
    settings = from_environment({"MNTREAMER_SPOOL_MEMORY_BYTES": "1e6", "MNTREAMER_SPOOL_BYTES": "0"})

    assert (settings.spool_memory_bytes, settings.spool_bytes) == (1_000_000, 0)


@pytest.mark.parametrize(
    "url",
    [
        "chzzk",
        "api.chzzk.naver.com",
        "ftp://host",
        "http://",
        "https://[::1",
        "http://host:99999",
        "http://a b",
        "//h",
        "https://secret@host/?query",
        "https://host#part",
    ],
)
def test_a_base_url_that_is_none_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(BadInput, match="MNTREAMER_CHZZK_API is not a base URL") as raised:
        from_environment({"MNTREAMER_CHZZK_API": url})
    assert url not in str(raised.value).removesuffix("https://api.chzzk.naver.com")


@pytest.mark.parametrize("hosts", ["127.0.0.1 chzzk.test", "http://127.0.0.1", "a,b/c", "a\tb"])
def test_hosts_that_are_none_are_refused(hosts: str) -> None:
    with pytest.raises(BadInput, match="is not a host"):
        from_environment({"MNTREAMER_ALLOWED_HOSTS": hosts})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MNTREAMER_RECONNECT_WINDOW_S", "soon"),
        ("MNTREAMER_RECONNECT_WINDOW_S", "-1"),
        ("MNTREAMER_MAX_HEIGHT", "inf"),
        ("MNTREAMER_RECORDERS", "3"),
        ("MNTREAMER_RECORDERS", "two"),
        ("MNTREAMER_PUBLIC_PLAYBACK", "yes"),
        ("MNTREAMER_CHZZK_RATE", "fast"),
        ("MNTREAMER_CHZZK_RATE", "-14"),
        ("MNTREAMER_SPOOL_MEMORY_BYTES", "64 MB"),
        ("MNTREAMER_SPOOL_BYTES", "-1"),
        ("MNTREAMER_DELETION_GRACE_DAYS", "a week"),
        ("MNTREAMER_DELETION_GRACE_DAYS", "-1"),
        ("MNTREAMER_UNREFINED_DAYS", "never"),
    ],
)
def test_other_settings_that_cannot_be_meant_are_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadInput, match=name):
        from_environment({name: value})


@pytest.mark.parametrize(("text", "recorders"), [("", 1), ("1", 1), ("2", 2)])
def test_a_recording_is_made_by_one_unless_by_two(text: str, recorders: int) -> None:
    assert from_environment({"MNTREAMER_RECORDERS": text}).recorders == recorders


@pytest.mark.parametrize(
    ("days", "grace"), [("", timedelta(days=7)), ("0", timedelta(0)), ("0.5", timedelta(hours=12))]
)
def test_what_is_deleted_can_be_restored_for_as_long_as_is_set(days: str, grace: timedelta) -> None:
    assert from_environment({"MNTREAMER_DELETION_GRACE_DAYS": days}).deletion_grace == grace


@pytest.mark.parametrize(("days", "kept_for"), [("", None), ("0", None), ("90", timedelta(days=90))])
def test_what_nobody_confirms_is_kept_unless_a_time_is_set(days: str, kept_for: timedelta | None) -> None:
    assert from_environment({"MNTREAMER_UNREFINED_DAYS": days}).unrefined_kept_for == kept_for
