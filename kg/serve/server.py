"""The server: connections in, replies out, a line in the log for each."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.serve.access_log import AccessLog
from kg.serve.frames import RefusedError
from kg.serve.gate import Gate
from kg.serve.http1 import HEAD, HttpError, Request, Response, linger, read_body, read_head, send
from kg.serve.options import Options
from kg.serve.routes import Routes, nowhere, tagged
from kg.serve.site import Site
from kg.serve.storage import storage

_CONNECTIONS = 400
_UNSENT = 256_000_000
"""Bytes of replies that may wait for their readers all together."""
_LARGE = 1_000_000


class Server:
    """Serves one site on one socket."""

    def __init__(self, site: Site, options: Options) -> None:
        self._site, self._options = site, options
        self._gate, self._routes = Gate(options), Routes(site)
        self._log = AccessLog(options)
        self._open: set[asyncio.Task[None]] = set()
        self._idle: OrderedDict[asyncio.StreamWriter, None] = OrderedDict()
        self._unsent = 0

    async def run(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(self._connected, sock=listening, limit=HEAD, backlog=256)
        try:
            ready()
            await server.serve_forever()
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            self._log.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            if self._make_room():
                await self._converse(reader, writer)
        except (ConnectionError, TimeoutError, asyncio.CancelledError):
            # Cancelled is what the end of the server is called; nothing is left to do after it.
            writer.transport.abort()
        finally:
            self._open.discard(task)
            self._idle.pop(writer, None)
            writer.close()

    def _make_room(self) -> bool:
        """Whether one more may connect: where there are too many, the one silent longest has to go."""
        if len(self._open) <= _CONNECTIONS:
            return True
        if not self._idle:
            return False
        self._idle.popitem(last=False)[0].transport.abort()
        return True

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after another."""
        client = str((writer.get_extra_info("peername") or ("?",))[0])
        while True:
            self._idle[writer] = None
            started, request = time.monotonic(), None
            try:
                request = await read_head(reader, client)
                if request is None:
                    return
                started = time.monotonic()
                response, request = await self._received(reader, writer, request)
            except HttpError as error:
                response = Response.said(error.status, str(error))
                response.close = True
            self._idle.pop(writer, None)
            asked = request or Request("-", "-", "", (), {}, client, keep=False)
            self._gate.finish(asked, response)
            response.close = response.close or not asked.keep
            await self._reply(writer, asked, response)
            self._log.write(asked, response, time.monotonic() - started)
            if response.close:
                self._idle[writer] = None  # who is only listened to may be let go for another
                await linger(reader, writer)
                return

    async def _received(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request
    ) -> tuple[Response, Request]:
        """The reply to a request whose head has come, and the request with its body."""
        refusal = self._gate.refusal(request)
        if refusal is not None:
            refusal.close = True
            return refusal, request
        if request.header("expect").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await read_body(reader, request)
        if body:
            request = Request(
                *(request.method, request.target, request.path, request.query),
                *(request.headers, request.client, request.keep, body),
            )
        self._idle.pop(writer, None)
        return await self._answered(reader, request), request

    async def _answered(self, reader: asyncio.StreamReader, request: Request) -> Response:
        found = self._routes.find(request)
        if found is None:
            return nowhere(request)
        methods, handler = found
        allow = f"{methods}, HEAD, OPTIONS"
        if request.method == "OPTIONS":
            return self._gate.preflight(request, allow)
        if request.method not in allow.split(", "):
            return Response.said(405, f"{request.method} is not for this address; {allow} are", Allow=allow)
        work = asyncio.ensure_future(handler(request))
        try:
            await self._while_there(reader, work)
            return tagged(request, work.result())
        except RefusedError as refused:
            headers = {"Retry_After": "5"} if refused.status in (429, 503) else {}
            return Response.said(refused.status, str(refused), **headers)

    async def _while_there(self, reader: asyncio.StreamReader, work: asyncio.Future[Response]) -> None:
        """Wait for `work`, or give it up when the client has gone."""
        try:
            while not (await asyncio.wait({work}, timeout=0.5))[0]:
                if reader.at_eof():
                    raise ConnectionResetError
        finally:
            if not work.done():
                work.cancel()

    async def _reply(self, writer: asyncio.StreamWriter, request: Request, response: Response) -> None:
        size = len(response.body)
        if size > _LARGE and self._unsent + size > _UNSENT:
            response.status, response.body = 503, b"too many large answers are being sent; ask again soon\n"
        self._unsent += size
        try:
            await send(writer, response, body=request.method != "HEAD")
        finally:
            self._unsent -= size


def serve(graph: Path, options: Options, say: Callable[[str], None]) -> None:
    """Serve `graph` until interrupted; `say` is told where, once it is ready."""
    listening = _listening(options)
    try:
        asyncio.run(_served(graph, options, listening, say))
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


async def _served(
    graph: Path, options: Options, listening: socket.socket, say: Callable[[str], None]
) -> None:
    site = Site(await asyncio.to_thread(storage, graph, options.store), options)
    main = asyncio.current_task()
    assert main is not None
    if sys.platform != "win32":
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, main.cancel)
    try:
        await site.open()
        await Server(site, options).run(listening, lambda: say(address(options, listening)))
    except asyncio.CancelledError:
        pass
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await site.close()


def address(options: Options, listening: socket.socket) -> str:
    """Where to find the server, as a browser takes it."""
    host = options.host
    if host in ("0.0.0.0", "::", ""):
        host = socket.gethostname()
    elif ":" in host:
        host = f"[{host}]"
    token = f"?token={options.token}" if options.token else ""
    return f"http://{host}:{listening.getsockname()[1]}/{token}"


def _listening(options: Options) -> socket.socket:
    """A socket at the address, so that a port in use is known before anything is made."""
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(options.host)
    try:
        found = socket.getaddrinfo(
            options.host or None, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, place = found[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, OverflowError, UnicodeError) as error:
        raise InputError(options.host, f"is no address of this machine: {error}") from error
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
    except (OSError, OverflowError) as error:
        listening.close()
        said = getattr(error, "strerror", None) or str(error)
        hint = "another program listens there; choose --port, or --port 0 for a free one"
        raise InputError(f"{options.host}:{options.port}", f"{said.lower()}: {hint}") from error
    return listening
