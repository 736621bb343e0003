import pytest

from mntreamer.public_http.retry_after import retry_after_s

DATE = "Sun, 22 Nov 2026 09:30:00 GMT"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "Sun, 22 Nov 2026 09:31:30 GMT", "Date": DATE}, 90.0),
        ({"Retry-After": "Sun, 22 Nov 2026 09:29:00 GMT", "Date": DATE}, 0.0),
        ({"Retry-After": "Sunday, 22-Nov-26 09:31:00 GMT", "Date": DATE}, 60.0),
        ({"Retry-After": "Sun, 22 Nov 2026 09:31:30 GMT"}, None),
        ({"Retry-After": "soon", "Date": DATE}, None),
        ({"Retry-After": "86401"}, 86400.0),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": DATE}, 86400.0),
        ({"Retry-After": "-5", "Date": DATE}, None),
        ({"Retry-After": "9" * 400, "Date": DATE}, None),
        ({"Date": DATE}, None),
        ({}, None),
    ],
)
def test_the_wait_that_is_asked_for(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after_s(headers) == expected
