"""Which paths there are, and which methods they know."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from mntreamer.domain.errors import MethodNotAllowed, MntreamerError, NotFound

# An id becomes a key, and DynamoDB refuses to look for longer ones.
_LONGEST_PATH_BYTES = 2048
_NOTHING = "there is nothing at this path"


def require_path(path: str) -> None:
    """Raise NotFound for a path that can be none of ours: a route's pattern overlooks a line's end behind it."""
    if not path.isprintable() or len(path.encode()) > _LONGEST_PATH_BYTES:
        raise NotFound(_NOTHING)


def why_no_route(app: APIGatewayHttpResolver) -> MntreamerError:
    """Why no route took the request that `app` is at: its path leads nowhere, or does not know its method."""
    event = app.current_event
    if allowed := _methods_at(app, event.path):
        known = ", ".join(allowed)
        return MethodNotAllowed(f"this path does not know {event.http_method}; it knows {known}", allowed)
    return NotFound(_NOTHING)


def _methods_at(app: APIGatewayHttpResolver, path: str) -> list[str]:
    routes = [*app._static_routes, *app._dynamic_routes]  # noqa: SLF001 -- Powertools tells it nowhere else
    methods = {route.method for route in routes if route.rule.match(path)}
    return sorted(methods | {"HEAD"} if "GET" in methods else methods)
