"""A login to CHZZK: two cookies of a Naver account. They open broadcasts for adults to whoever is verified as one."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from mntreamer.domain.errors import BadInput

_NID_AUT, _NID_SES = "NID_AUT", "NID_SES"
_SHAPE = json.dumps({_NID_AUT: "…", _NID_SES: "…"}, ensure_ascii=False)
_COOKIE_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]+")  # RFC 6265, section 4.1.1: cookie-octet


@dataclass(frozen=True, slots=True)
class ChzzkLogin:
    """Whoever has the cookies is that user of Naver: they go to CHZZK's API and nowhere else.

    `kept_in` tells people where it is renewed, `renewed_at` when that was done last.
    """

    nid_aut: str = field(repr=False)
    nid_ses: str = field(repr=False)
    kept_in: str
    renewed_at: datetime

    def cookie(self) -> str:
        """The value of the request header `Cookie`."""
        return f"{_NID_AUT}={self.nid_aut}; {_NID_SES}={self.nid_ses}"


# The login as it is kept just now, None where there is none. Raises BadInput where it cannot be used.
LoginSource = Callable[[], ChzzkLogin | None]


def no_login() -> None:
    """The source of those who have none."""


def login_in(text: str | bytes, kept_in: str, renewed_at: datetime) -> ChzzkLogin:
    """The login in a JSON object with both cookies. Raises BadInput, which never quotes what is there."""
    try:
        cookies = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(f"{kept_in} holds no JSON; it should look like {_SHAPE}") from None
    if not isinstance(cookies, dict):
        raise BadInput(f"{kept_in} holds no JSON object; it should look like {_SHAPE}")
    nid_aut, nid_ses = (_cookie_in(cookies, name, kept_in) for name in (_NID_AUT, _NID_SES))
    return ChzzkLogin(nid_aut, nid_ses, kept_in, renewed_at)


def _cookie_in(cookies: dict[str, object], name: str, kept_in: str) -> str:
    value = cookies.get(name)
    if not isinstance(value, str) or not _COOKIE_VALUE.fullmatch(value):
        raise BadInput(f"{name} in {kept_in} is missing or not a cookie's value; it should look like {_SHAPE}")
    return value
