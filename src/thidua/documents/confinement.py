"""What the reading process gives up before it touches a file from outside: memory, time, network."""

import os
import resource
import struct
import sys
from typing import Final

MOST_OPEN_FILES = 64
MOST_WRITTEN_MEGABYTES = 64

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

# Berkeley packet filter: each instruction is a code, two jumps and a constant (linux/filter.h).
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # the refused call fails with EPERM
_ARCHITECTURE_AT, _CALL_AT, _FIRST_ARGUMENT_AT = 4, 0, 16
_LOCAL = 1  # AF_UNIX: sockets between programs of this machine, which LibreOffice cannot do without
_OTHER_TABLE = 0x40000000  # x32 calls bear this bit
_IO_URING = 425
#: By machine: its audit number and the number of its call ``socket``.
_SOCKET_CALLS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: What a confined process ends with when it has no memory left to say so.
OUT_OF_MEMORY_STATUS = 77


def confine(megabytes: int) -> None:
    """Bound this process and all it starts: ``megabytes`` of memory, no network, small files."""
    bound(resource.RLIMIT_DATA, megabytes << 20)
    bound(resource.RLIMIT_FSIZE, MOST_WRITTEN_MEGABYTES << 20)
    bound(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    bound(resource.RLIMIT_CORE, 0)
    _leave_the_network()


def bound(what: int, most: int) -> None:
    """Set one limit, never above what this process was given."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def allow_seconds(seconds: int) -> None:
    """Let this process use ``seconds`` more of processor time; past that the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1)


def _leave_the_network() -> None:
    """Refuse sockets to elsewhere: Python's own on every system, those of every library on Linux."""
    sys.addaudithook(_refuse_sockets)
    if sys.platform == "linux" and (calls := _SOCKET_CALLS.get(os.uname().machine)):
        _refuse_socket_calls(*calls)


def _refuse_sockets(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] != _LOCAL:
        raise PermissionError("the reading process has no network")


def _refuse_socket_calls(architecture: int, socket_call: int) -> None:
    import ctypes  # noqa: PLC0415 -- for the reading process alone; whoever starts one imports this module too

    instructions = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, 7, architecture),
        (_LOAD, 0, 0, _CALL_AT),
        (_EQUAL, 5, 0, _IO_URING),
        (_AT_LEAST, 4, 0, _OTHER_TABLE),
        (_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 0, 1, _LOCAL),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in instructions))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(instructions), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    # An old or restricted kernel may refuse; the other bounds stand all the same.
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        system.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
