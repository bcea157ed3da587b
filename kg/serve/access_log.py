"""A line for each request, in the common format and with the time it took."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from typing import IO

from kg.errors import InputError
from kg.serve.http1 import Request, Response
from kg.serve.options import Options

_LONGEST = 300
_SECRET = re.compile(r"(?<=[?&])token=[^&]*")
_UNSAFE = re.compile(r"[^\x21-\x7e]|\"|\\")


class AccessLog:
    """Writes to a file, to standard error, or nowhere."""

    def __init__(self, options: Options) -> None:
        self._file: IO[str] | None = None if options.quiet else sys.stderr
        self._own = options.log is not None
        if options.log is not None:
            try:
                self._file = options.log.open("a", encoding="utf-8")
            except OSError as error:
                raise InputError(options.log, f"cannot be written: {error.strerror}") from error

    def write(self, request: Request, response: Response, seconds: float) -> None:
        """One request, and what became of it."""
        if self._file is None:
            return
        when = datetime.now().astimezone().strftime("%d/%b/%Y:%H:%M:%S %z")
        target = _UNSAFE.sub(_escaped, _SECRET.sub("token=…", request.target)[:_LONGEST])
        method = _UNSAFE.sub(_escaped, request.method[:20])
        size = 0 if request.method == "HEAD" else len(response.body)
        self._file.write(
            f'{request.client} - - [{when}] "{method} {target}" {response.status} {size} {seconds:.3f}\n'
        )
        self._file.flush()

    def close(self) -> None:
        """Close the file, if it is ours."""
        if self._own and self._file is not None:
            self._file.close()


def _escaped(match: re.Match[str]) -> str:
    """What could end a line, hide, or colour a terminal is written as its number."""
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
