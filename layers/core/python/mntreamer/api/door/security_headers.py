"""What every answer tells the browser to keep from happening, whatever it answers.

An answer's own headers stand: what is playable has a Cache-Control of its own.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def security_headers(media_url: str) -> Mapping[str, str]:
    """`media_url`: any object's of the store, where media are redirected to; relative where that is this server."""
    media = urlsplit(media_url)
    bucket = f" {media.scheme}://{media.netloc}" if media.netloc else ""
    return {
        # hls.js puts chapters and captions into text tracks whose source is `data:,WEBVTT`.
        "Content-Security-Policy": (
            f"default-src 'self'; connect-src 'self'{bucket}; img-src 'self' data:{bucket}; "
            f"media-src 'self' data: blob:{bucket}; worker-src 'self' blob:; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        # `no-referrer` would take the Origin out of requests, too, by which we know our own pages.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def with_security_headers(answer: dict[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """An answer as API Gateway expects it, with those of the headers that it does not have."""
    return answer | {"headers": {**headers, **(answer.get("headers") or {})}}
