"""The process that answers questions: it opens the store, gives up all else, and reads jobs until the end.

    python -m kg.serve.worker FOLDER LIMITS

It may be killed at any time, by the server or by the kernel; nothing is lost but its answer.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kg.serve.answers import Answers
from kg.serve.confine import confine, die_with_parent
from kg.serve.frames import Reply, packed, packed_reply, read
from kg.serve.limits import Limits
from kg.serve.opened import Opened

_GRACE = 2.0
"""Seconds past its limit after which a worker ends itself, should the server not have done so."""


def main() -> None:
    """Answer jobs from standard input on standard output."""
    die_with_parent()
    # Ctrl-C reaches the whole group; it is the server that ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits.from_json(sys.argv[2])
    opened = Opened.at(Path(sys.argv[1]), limits)
    answers = Answers(opened)
    confine(limits.memory)
    # Whatever prints must not end up among the replies.
    jobs, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    replies.write(packed({"ready": True}))
    replies.flush()
    while (frame := read(jobs)) is not None:
        _alarm(limits.seconds + _GRACE)
        try:
            reply = answers.to(frame[0])
        except MemoryError:
            os._exit(1)
        except Exception as error:
            # A fault of ours: the terminal is told, the client not what our code looks like.
            sys.excepthook(type(error), error, error.__traceback__)
            reply = Reply(500, "text/plain; charset=utf-8", b"an error in the server; its log says more\n")
        _alarm(0)
        replies.write(packed_reply(reply))
        replies.flush()


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
