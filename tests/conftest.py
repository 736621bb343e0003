"""What tests in several folders share. One browser serves all of a worker: Playwright runs once in a process."""

from tests.chromium import browser

__all__ = ["browser"]
