"""What the platforms of tests have in common: a name, and nothing that keeps anybody from asking."""

from datetime import datetime, timedelta

from mntreamer.clock import utc_now
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.probe import Broadcast, Playback
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.schedule.spending import Spending, after_looks


class EasyPlatform:
    """The facts of the port Platform; a test's platform adds what it shows."""

    name = "chzzk"
    title = "CHZZK"
    utc_offset_s = 9 * 3600
    rate_per_s: float | None = None
    floor = timedelta(0)
    has_login = Login(LoginStatus.NONE)
    is_about: Topic | None = None
    spent = Spending()

    def closed_until(self) -> datetime | None:
        return None

    def login(self) -> Login:
        return self.has_login

    def past_broadcasts(self, channel_id: str) -> list[Broadcast]:  # noqa: ARG002 -- nobody has a past
        return []

    def spending(self) -> Spending:
        return self.spent

    def count_looks(self, looks: int, waiting: timedelta, checks_per_day: float | None) -> None:
        self.spent = after_looks(self.spent, looks, waiting, utc_now(), checks_per_day)

    def rewind(self, channel_id: str) -> Playback | None:  # noqa: ARG002 -- nobody goes back
        return None

    def topic(self, channel_id: str) -> Topic | None:  # noqa: ARG002 -- one for all channels
        return self.is_about
