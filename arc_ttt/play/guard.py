"""Requests → those of the person who was told the address; all others are refused before anything looks at them.

Three things are asked: the address begins with the token that was printed; the Host header names this machine, so that
a page elsewhere cannot make its own name point here (DNS rebinding); and where a browser says which page asks (Origin),
it is this one.
"""

from __future__ import annotations

import hmac
import ipaddress
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Callable[[MutableMapping[str, Any]], Awaitable[None]]], Awaitable[None]]

# Nothing from elsewhere, and this page in no frame but its own. Styles stand in attributes, too.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",  # the address holds the token
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
EVERYWHERE = ("0.0.0.0", "::")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Guard:
    """`app` behind the token; it sees paths without it. `host` is what the server listens at."""

    def __init__(self, app: App, token: str, host: str) -> None:
        self.app, self.token, self.host = app, token, host

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        fault, path = self.refusal(scope)
        if fault:
            await refuse(send, fault)
            return

        async def stamped(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                mine = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *mine]
            await send(message)

        # The path as the rest knows it. Nothing in it is ever a path of the file system.
        await self.app({**scope, "path": path, "raw_path": path.encode(), "root_path": ""}, receive, stamped)

    def refusal(self, scope: Scope) -> tuple[str, str]:
        """Why a request is refused, empty if it is not, and its path behind the token."""
        headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == "host"]
        if len(hosts) != 1 or not self.known(hosts[0]):
            return "the Host header does not name this server", ""
        origins = [value for name, value in headers if name == "origin"]
        if any(origin != f"http://{hosts[0]}" for origin in origins):
            return "the page that asks is not this server's", ""
        token, slash, path = str(scope["path"]).lstrip("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return "the address lacks the token; use the one that arc-ttt play printed", ""
        if not slash:
            return "the address ends with a slash behind the token", ""
        return "", f"/{path}"

    def known(self, header: str) -> bool:
        """Whether a Host header names this server. Where it listens everywhere, numbers are known, which no other page
        can make its own, and this machine's name."""
        name, colon, port = header.rpartition(":")
        if not colon or not port.isdigit() or header.endswith("]"):
            name = header
        name = name.strip("[]").lower()
        if name in LOOPBACK or name == self.host.lower():
            return True
        if self.host not in EVERYWHERE:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name == socket.gethostname().lower()
        return True


async def refuse(send: Any, fault: str) -> None:
    """403 with one line."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": f"refused: {fault}\n".encode()})
