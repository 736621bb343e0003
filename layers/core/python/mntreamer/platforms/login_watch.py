"""Our login to CHZZK: taken from where it is kept for every use, and what answers say of it told to all."""

import logging

from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.platforms.chzzk_login import ChzzkLogin, LoginSource
from mntreamer.platforms.gate import Gate

_logger = logging.getLogger(__name__)


class LoginWatch:
    """What is wrong with the login is logged once, and keeps nobody from asking without it."""

    def __init__(self, source: LoginSource, gate: Gate) -> None:
        self._source = source
        self._gate = gate
        self._complaint = ""

    def current(self) -> ChzzkLogin | None:
        """The login to ask with; None where there is none that can be used."""
        try:
            login = self._source()
        except BadInput as problem:
            self._complain(f"asking without a login: {problem}")
            return None
        self._complaint = ""
        return login

    def heed(self, login: ChzzkLogin, *, is_taken: bool) -> None:
        """Whether an answer took the login for somebody's."""
        if is_taken:
            self._gate.login_taken()
        elif self._gate.login_refused(login.renewed_at):
            _logger.warning("the login has expired: renew it in %s", login.kept_in)

    def state(self) -> Login:
        try:
            login = self._source()
        except BadInput:
            return Login(LoginStatus.UNUSABLE)
        if login is None:
            return Login(LoginStatus.NONE)
        since = self._gate.login_expired_since(login.renewed_at)
        return Login(LoginStatus.EXPIRED, since) if since else Login(LoginStatus.IN_USE)

    def _complain(self, complaint: str) -> None:
        if complaint != self._complaint:
            _logger.warning("%s", complaint)
            self._complaint = complaint
