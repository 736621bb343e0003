"""A real browser for tests: the system's own."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# Root has no sandbox in Chromium; nothing but pages of our own is opened.
_ARGUMENTS = ("--autoplay-policy=no-user-gesture-required", *(["--no-sandbox"] if os.geteuid() == 0 else []))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For a module alone: Playwright keeps an event loop running, beside which no other test can run one."""
    command = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    assert command, f"install Chromium or Chrome: none of {', '.join(_CHROMIUMS)} is there"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=command, args=_ARGUMENTS)
        yield running
        running.close()
