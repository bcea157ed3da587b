"""Who is let in: by the name they call us, by where they come from, by the word they know."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import socket
from http.cookies import CookieError, SimpleCookie
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from kg.serve.http1 import Request, Response
from kg.serve.options import Options, is_address, is_local

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Final = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
)
COOKIE: Final = "zhengmai"
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(\d{1,5}))?")
_OPEN_PATHS: Final = frozenset({"/health"})
"""What tells nothing of the graph and is asked by machines that know no token."""
_METHODS: Final = "GET, HEAD, POST, OPTIONS"


class Gate:
    """The rules of one server."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._names = {name.lower() for name in (*options.names, socket.gethostname(), options.host)}

    def refusal(self, request: Request) -> Response | None:
        """The reply to a request that may not enter; None for one that may."""
        host = request.header("host")
        if host and not self._is_ours(host):
            return Response.said(
                421,
                f"this server is not '{host[:100]}'; see --allow-host",
            )
        if not self._may_come_from(request):
            return Response.said(403, "pages of other sites may not ask here; see --cors")
        if self._options.token and request.path not in _OPEN_PATHS and request.method != "OPTIONS":
            return self._without_token(request)
        return None

    def finish(self, request: Request, response: Response) -> None:
        """Add what every reply carries."""
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        if not self._options.cors:
            return
        vary = response.headers.get("Vary", "")
        response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"
        origin = request.header("origin")
        if origin and self._is_allowed(origin):
            everyone = "*" in self._options.cors
            response.headers["Access-Control-Allow-Origin"] = "*" if everyone else origin
            response.headers["Access-Control-Expose-Headers"] = "Link, Content-Location, Location"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    def preflight(self, request: Request, allow: str) -> Response:
        """The reply to OPTIONS: what may be done here, and for pages elsewhere whether they may."""
        headers = {"Allow": allow}
        if self._is_allowed(request.header("origin")):
            headers["Access-Control-Allow-Methods"] = _METHODS
            headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
            headers["Access-Control-Max-Age"] = "600"
        return Response(204, headers=headers)

    # -- the name they call us -----------------------------------------------------------

    def _is_ours(self, host: str) -> bool:
        """Whether `host` may be us: a page elsewhere can make a name of its own lead here, but no number."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].strip("[]").lower()
        if is_local(name) or name in self._names:
            return True
        return not self._options.local and is_address(name)

    # -- where they come from ------------------------------------------------------------

    def _may_come_from(self, request: Request) -> bool:
        """Whether a browser sends this for one of our own pages, for a page that may ask, or for a person."""
        origin = request.header("origin")
        if origin:
            own = f"{origin.partition('://')[2]}" == request.header("host") and "://" in origin
            return own or self._is_allowed(origin)
        if request.header("sec-fetch-site") not in ("cross-site", "same-site"):
            return True
        # A link on another site may lead to a page here, but not make us work unseen.
        return request.header("sec-fetch-mode") == "navigate" or "*" in self._options.cors

    def _is_allowed(self, origin: str) -> bool:
        return bool(origin) and ("*" in self._options.cors or origin in self._options.cors)

    # -- the word they know --------------------------------------------------------------

    def _without_token(self, request: Request) -> Response | None:
        given = dict(request.query).get("token")
        if given is not None and self._is_token(given) and request.method in ("GET", "HEAD"):
            rest = urlencode([pair for pair in request.query if pair[0] != "token"])
            place = request.target.partition("?")[0] + (f"?{rest}" if rest else "")
            if place.startswith("/") and not place.startswith("//"):
                cookie = f"{COOKIE}={given}; Path=/; HttpOnly; SameSite=Strict"
                return Response(
                    303, headers={"Location": place, "Set-Cookie": cookie, "Cache-Control": "no-store"}
                )
        if any(self._is_token(word) for word in _words(request)):
            return None
        said = "a token is needed: send it as 'Authorization: Bearer TOKEN', or open /?token=TOKEN once"
        return Response.said(401, said, WWW_Authenticate='Basic realm="zhengmai", charset="UTF-8"')

    def _is_token(self, word: str) -> bool:
        return hmac.compare_digest(word.encode("utf-8", "replace"), self._options.token.encode())


def _words(request: Request) -> list[str]:
    """What the client gives as a token: bearer, password, or cookie."""
    scheme, _, value = request.header("authorization").partition(" ")
    found = []
    if scheme.lower() == "bearer":
        found.append(value.strip())
    elif scheme.lower() == "basic":
        try:
            found.append(base64.b64decode(value, validate=True).decode().partition(":")[2])
        except (binascii.Error, UnicodeDecodeError):
            pass
    try:
        cookie = SimpleCookie(request.header("cookie")).get(COOKIE)
    except CookieError:
        cookie = None
    return [*found, cookie.value] if cookie else found
