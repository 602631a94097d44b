"""The simulator as a process of its own: `python -m tests.peers.twilio --port 4010`."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from tests.peers.twilio.server import Twilio


async def run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Twilio(
        port=options.port,
        second=options.second,
        ledger=options.ledger,
        account_sid=options.account_sid,
        auth_token=options.auth_token,
    ) as twilio:
        for address in options.number:
            twilio.number(address)
        account = twilio.account
        print(f"ALLWAYS_TWILIO_URL={twilio.url}\nAccount SID {account.sid}\nAuth token  {account.auth_token}")
        print(f"A customer's telephone: {twilio.url}/simulator/phone", flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.peers.twilio", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--second", type=float, default=1.0, help="how long a second of the network lasts, in seconds")
    parser.add_argument("--ledger", type=Path, help="a file that gets a line for everything accepted")
    parser.add_argument("--account-sid", default="", help="made up unless given")
    parser.add_argument("--auth-token", default="", help="made up unless given")
    parser.add_argument("--number", action="append", default=[], help="a number of the account; several may be given")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
