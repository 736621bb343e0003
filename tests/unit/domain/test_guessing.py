from datetime import UTC, datetime, timedelta

from mntreamer.domain.guessing import AT_ONCE, EVERY, Guesses, wait_of, with_wrong

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOTHING = timedelta(0)


def _wrong(count: int, guesses: Guesses | None = None, now: datetime = NOW) -> Guesses | None:
    for number in range(count):
        guesses = with_wrong(guesses, str(number).encode(), now)
    return guesses


def test_a_person_who_mistypes_does_not_wait() -> None:
    assert wait_of(None, NOW) == NOTHING
    assert wait_of(_wrong(AT_ONCE - 1), NOW) == NOTHING


def test_whoever_guesses_on_waits_for_each_guess() -> None:
    guesses = _wrong(AT_ONCE)
    assert wait_of(guesses, NOW) == EVERY
    later = NOW + EVERY
    assert wait_of(guesses, later) == NOTHING
    assert wait_of(_wrong(1, guesses, later), later) == EVERY


def test_it_is_forgotten_in_time() -> None:
    later = NOW + AT_ONCE * EVERY
    assert wait_of(_wrong(AT_ONCE - 1, _wrong(AT_ONCE), later), later) == NOTHING


def test_the_same_wrong_token_again_is_no_guess() -> None:
    guesses = _wrong(1)
    assert all(with_wrong(guesses, b"0", NOW) == guesses for _ in range(AT_ONCE))
