"""The reading process: reads the files it is told of, one after the other, and answers in JSON.

Started by ``isolated``; a request and an answer are a line each. It ends when its input closes, when
nothing was asked for a while, or when the system ends it for using too much.
"""

import json
import os
import select
import sys
from pathlib import Path
from typing import Any, BinaryIO

from thidua.core.plans.source import Source
from thidua.documents.confinement import OUT_OF_MEMORY_STATUS, allow_seconds, confine
from thidua.documents.errors import DocumentError, ReadingTooHeavyError
from thidua.documents.reading import read_document

IDLE_SECONDS = 300


def main(megabytes: int) -> None:
    # What a library prints must not end up between the answers.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    confine(megabytes)
    serve(sys.stdin.buffer, answers, megabytes)


def serve(requests: BinaryIO, answers: BinaryIO, megabytes: int) -> None:
    while select.select([requests], [], [], IDLE_SECONDS)[0] and (line := requests.readline()):
        request = json.loads(line)
        allow_seconds(request["seconds"])
        answers.write(json.dumps(answer(request, megabytes), ensure_ascii=False).encode("utf-8") + b"\n")


def answer(request: dict[str, Any], megabytes: int) -> dict[str, Any]:
    """Read the file of ``request`` and return its source or the error, as JSON values."""
    try:
        source = read_document(Path(request["path"]), request["name"], recognise=request["recognise"])
    except DocumentError as error:
        return {"error": error.code, "parameters": error.parameters}
    except MemoryError:
        return {
            "error": ReadingTooHeavyError.code,
            "parameters": {"name": request["name"], "megabytes": megabytes},
        }
    return packed(source)


def packed(source: Source) -> dict[str, Any]:
    return {
        "text": source.text,
        "blocks": [[b.start, b.end, b.kind, b.bold, b.centred, b.row, b.column] for b in source.blocks],
        "notices": source.notices,
    }


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except MemoryError:  # also on the way from a source to its answer
        os._exit(OUT_OF_MEMORY_STATUS)
