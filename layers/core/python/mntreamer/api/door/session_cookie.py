"""The cookie that a session travels in (RFC 6265bis)."""

from typing import Any

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

_NAME = "mntreamer"


def sessions_in(event: dict[str, Any]) -> list[str]:
    """What came under the cookie's name: more than one, where somebody set another for a path below ours."""
    pairs = (cookie.partition("=") for cookie in event.get("cookies", ()))
    return [value for name, _, value in pairs if name.strip() == _name(event)]


def session_cookie(event: dict[str, Any], session: str, life_s: int) -> Cookie:
    """For the answer to this event; no page's script can read it. With a life of 0 s it is forgotten at once."""
    return Cookie(
        _name(event),
        session,
        path="/",
        secure=_is_encrypted(event),
        http_only=True,
        max_age=life_s,
        same_site=SameSite.STRICT_MODE,
    )


def _name(event: dict[str, Any]) -> str:
    """With the prefix, which needs TLS, no other host of the domain can set it (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{_NAME}" if _is_encrypted(event) else _NAME


def _is_encrypted(event: dict[str, Any]) -> bool:
    return bool(event["headers"].get("x-forwarded-proto") == "https")
