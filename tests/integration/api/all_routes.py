"""Every route that the API has, as its router knows them."""

import re
from collections.abc import Iterator
from unittest.mock import Mock

from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer_local.composition import PAGE

_PARAMETER = re.compile(r"<(\w+)>")


def _routes() -> Iterator[tuple[str, str]]:
    ports = Mock(**{"store.public_url.return_value": "/files/media/"})
    resolver = build_api(ports, Door("a token"), None, Console(PAGE)).routes._resolver
    for route in (*resolver._static_routes, *resolver._dynamic_routes):
        yield route.method, _PARAMETER.sub(r"{\1}", route.path).replace("/.+", "/{path}")


# Method and path, whose parameters are in braces.
ROUTES = sorted(_routes())
PATHS = sorted({path for _, path in ROUTES})
OPEN = {
    ("GET", "/"),
    ("GET", "/console/{digest}/{path}"),
    ("GET", "/favicon.ico"),
    ("GET", "/api/v1/docs"),
    ("GET", "/api/v1/docs.css"),
    ("GET", "/api/v1/health"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/session"),
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("GET", "/play/{token}/"),
    ("GET", "/play/{token}/index.m3u8"),
    ("GET", "/play/{token}/live.m3u8"),
    ("GET", "/play/{token}/poster.jpg"),
    ("GET", "/play/{token}/segments/{file}"),
    ("GET", "/play/{token}/source.m3u8"),
    ("GET", "/play/{token}/thumbnails.vtt"),
    ("GET", "/play/{token}/thumbnails/{sheet}"),
}
GUARDED = sorted({*ROUTES} - OPEN)


def filled(path: str, /, **values: str) -> str:
    """The path with these values for its parameters; `x` where none is given."""
    return re.sub(r"{(\w+)}", lambda found: values.get(found[1], "x"), path)
