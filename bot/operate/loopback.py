"""Web servers, for this computer alone unless told otherwise."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

T = TypeVar("T", dict[str, Any], list[Any])
HOST = "127.0.0.1"
OURS = {HOST, "localhost", "::1"}
LARGEST_BODY = 50 * 1024 * 1024


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away what a foreign web page sends, by its own name or by a name it has rebound."""
    origin = request.headers.get("Origin")
    if _name(request.host) not in OURS:
        raise web.HTTPForbidden(text="This server speaks to this computer alone.")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="This server speaks to its own page alone.")
    return await handler(request)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:  # such as an IPv6 address that does not end
        return None


async def wish(request: web.Request, kind: type[T]) -> T:
    """Return the JSON that a request carries, nothing being as good as an empty one.

    Anything but an object, or a list where that is asked for, is answered with 400.
    """
    try:
        found = json.loads(await request.text() or "{}")
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text=f"{type(error).__name__}: not JSON, or too deep") from None
    if not isinstance(found, kind):
        raise web.HTTPBadRequest(text=f"TypeError: {kind.__name__} wanted")
    return found


def application() -> web.Application:
    """Give an empty application that serves this computer alone."""
    return web.Application(middlewares=[only_from_here], client_max_size=LARGEST_BODY)


async def start(app: web.Application, port: int, host: str = HOST) -> tuple[web.AppRunner, str]:
    """Serve ``app`` and give the runner, to be cleaned up, and the address.

    Port 0 takes any free one. A port that is taken raises `OSError`.
    """
    runner = web.AppRunner(app, shutdown_timeout=1.0, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, f"http://{host}:{runner.addresses[0][1]}"
