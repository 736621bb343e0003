"""What tests in several folders share."""

from tests.chromium import browser

__all__ = ["browser"]
