"""The IMAP protocol, fed byte by byte: what it understands does not depend on how the network cuts it."""

from __future__ import annotations

import asyncio
import itertools
import random

from connectors.email.imap import CRLF, Protocol, encode_name, ranges


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.aborted = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.aborted


async def fetched(pieces: list[bytes]) -> tuple[list[bytes], bool]:
    """The literals of one UID FETCH whose answer comes in these pieces."""
    protocol = Protocol(asyncio.get_running_loop(), lambda _: None)
    wire = Wire()
    protocol.connection_made(wire)
    protocol.state = "SELECTED"
    fetching = asyncio.ensure_future(protocol.fetch("1:*", "(UID BODY.PEEK[])", by_uid=True, timeout=60))
    await asyncio.sleep(0)
    tag = wire.written.split()[0]
    for piece in pieces:
        protocol.data_received(piece.replace(b"TAG", tag))
    await asyncio.wait({fetching}, timeout=5)
    if not fetching.done():
        fetching.cancel()
        return [], wire.aborted
    return [bytes(line) for line in fetching.result().lines if isinstance(line, bytearray)], wire.aborted


def answer(mails: list[bytes]) -> bytes:
    lines = b"".join(
        b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n* %d EXPUNGE\r\n" % (number, number, len(mail), mail, 9_999)
        for number, mail in enumerate(mails, 1)
    )
    return lines + b"TAG OK done\r\n"


async def test_cuts_anywhere_change_nothing() -> None:
    dice = random.Random(3)
    mails = [b"", b")", b"(((", b"* 1 FETCH (UID 5\r\n", b"A1 OK x\r\n", b"{5}\r\n", CRLF * 3, bytes(range(256))]
    for _ in range(200):
        whole = answer(mails)
        cuts = sorted({0, len(whole), *(dice.randrange(len(whole)) for _ in range(dice.randrange(30)))})
        pieces = [whole[start:end] for start, end in itertools.pairwise(cuts)]
        if any(b"TAG" not in piece and piece.endswith((b"T", b"TA")) for piece in pieces):
            continue  # the placeholder itself was cut
        assert (await fetched(pieces))[0] == mails


async def test_a_hundred_thousand_lines_in_one_piece_are_quick() -> None:
    expunged = b"".join(b"* %d EXPUNGE\r\n" % number for number in range(100_000, 0, -1))
    async with asyncio.timeout(30):
        literals, aborted = await fetched([expunged + answer([b"mail"] * 3_000)])
    assert len(literals) == 3_000
    assert not aborted


async def test_an_endless_line_ends_the_connection(monkeypatch: object) -> None:
    literals, aborted = await fetched([b"* " + b"x" * 1_000_000] * 34)
    assert literals == []
    assert aborted


async def test_an_answer_that_nobody_asked_for_ends_the_connection() -> None:
    _, aborted = await fetched([b"ZZ99 OK what?\r\n"])
    assert aborted


def test_folder_names_are_written_as_imap_wants_them() -> None:
    assert encode_name("INBOX") == "INBOX"
    assert encode_name("Größe & Maß") == "Gr&APYA3w-e &- Ma&AN8-"
    assert encode_name("日本") == "&ZeVnLA-"


def test_numbers_are_packed_into_ranges() -> None:
    assert ranges([1, 2, 3, 7, 9, 10]) == "1:3,7,9:10"
    assert ranges([5]) == "5"


async def test_a_connection_lost_after_the_greeting_ends_whatever_waits() -> None:
    """The library's greeting holds a lock while it asks for capabilities: nobody may wait for that for ever."""
    protocol = Protocol(asyncio.get_running_loop(), lambda _: None)
    wire = Wire()
    protocol.connection_made(wire)
    waiting = asyncio.ensure_future(asyncio.wait_for(protocol.wait("AUTH|NONAUTH"), 30))
    await asyncio.sleep(0)
    protocol.data_received(b"* OK hello\r\n")
    async with asyncio.timeout(20):
        while b"CAPABILITY" not in wire.written:
            await asyncio.sleep(0)
    wire.abort()
    protocol.connection_lost(None)
    waiting.cancel()
    await asyncio.wait({waiting}, timeout=20)
    assert waiting.done()
