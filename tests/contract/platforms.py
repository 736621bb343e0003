"""What the platforms of tests have in common: a name, and nothing that keeps anybody from asking."""

from datetime import datetime, timedelta

from mntreamer.domain.monitors.login import Login, LoginStatus


class EasyPlatform:
    """The facts of the port Platform; a test's platform adds what it shows."""

    name = "chzzk"
    title = "CHZZK"
    utc_offset_s = 9 * 3600
    rate_per_s: float | None = None
    floor = timedelta(0)
    has_login = Login(LoginStatus.NONE)

    def closed_until(self) -> datetime | None:
        return None

    def login(self) -> Login:
        return self.has_login
