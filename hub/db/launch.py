"""A program that becomes PostgreSQL: gives up root, asks to die with its parent, then replaces itself.

Run as `python -I -S launch.py PARENT_PID UID:GID|- PROGRAM ARGUMENT…`. It is a program of its own because a
threaded process may not run code between fork and exec. Standard library only.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
EXIT_CANNOT_LAUNCH = 97


def main(parent: int, owner: str, command: list[str]) -> None:
    os.setsid()  # Ctrl-C is for the hub, which stops its server last
    os.umask(0o077)
    if owner != "-":
        uid, gid = map(int, owner.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":  # after setuid, which clears it; elsewhere the next start ends an orphan
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
    if os.getppid() != parent:
        return  # the parent died before it could be watched
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
    except OSError as failure:
        sys.stderr.write(f"cannot run {sys.argv[3]}: {failure}\n")
        sys.exit(EXIT_CANNOT_LAUNCH)
