"""Mail parsing beside its limit: `python -m tests.bench.bench_mail [rounds]`.

The same generated mails, in one run, through `parse_mail` (everything a timeline entry needs: headers, body, reply
text, parts decoded, bounces), the standard library's `policy.default` (walk, and the content of the text parts), and
the bare `compat32` parser, which decodes nothing. The figures are the best of the rounds.
"""

from __future__ import annotations

import base64
import email
import email.policy
import random
import sys
import time
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage

from connectors.email.mail import parse_mail

MAILS = 300
SENTENCES = (
    "The parcel arrived yesterday, but the blue chair is missing one leg.",
    "Können Sie mir bitte die Rechnung schicken?",
    "I would like to change the delivery address of order 4711.",
    "Merci pour votre réponse rapide, tout fonctionne.",
    "Is there any way to get this by Friday?",
    "Ich habe das Formular ausgefüllt und angehängt.",
)


def corpus() -> list[bytes]:
    """What a support mailbox gets: short replies with a quote, HTML from webmail, attachments, newsletters, bounces."""
    chance = random.Random(4711)
    return [_mail(chance, number) for number in range(MAILS)]


def _mail(chance: random.Random, number: int) -> bytes:
    new = "\n".join(chance.choices(SENTENCES, k=chance.randint(2, 8)))
    old = "\n".join(chance.choices(SENTENCES, k=chance.randint(4, 30)))
    quoted = "\n".join(f"> {line}" for line in old.split("\n"))
    message = EmailMessage()
    message["From"] = Address("Jörg Müller" if number % 3 else "Ann Customer", "ann", "customer.example")
    message["To"] = Address("Support", "help", "desk.example")
    message["Subject"] = chance.choice(("Re: your order", "Rückfrage zu Bestellung 4711", "Where is my parcel?"))
    message["Message-ID"] = f"<{number}@customer.example>"
    message["In-Reply-To"] = "<1@desk.example>"
    message["References"] = " ".join(f"<{one}@desk.example>" for one in range(chance.randint(1, 12)))
    message["Date"] = "Mon, 03 Mar 2025 10:00:00 +0100"
    for hop in range(6):
        message["Received"] = (
            f"from mx{hop}.example ([192.0.2.{hop}]) by mx{hop + 1}.example with ESMTPS id {number}; "
            f"Mon, 03 Mar 2025 10:00:0{hop} +0100"
        )
    message["DKIM-Signature"] = "v=1; a=rsa-sha256; d=customer.example; s=s1; h=from:to:subject:date; b=" + "A" * 340
    message["Authentication-Results"] = "mx.desk.example; dkim=pass header.d=customer.example; spf=pass"
    message.set_content(f"{new}\n\nOn Mon, 3 Mar 2025 at 09:12, Support <help@desk.example> wrote:\n{quoted}\n")
    if number % 10 < 6:
        rows = "".join(f"<p class=MsoNormal style='margin:0'><span>{line}</span></p>" for line in new.split("\n"))
        message.add_alternative(
            f"<html><body><div>{rows}</div><div class='gmail_quote'>On Mon, Support wrote:"
            f"<blockquote>{old}</blockquote></div></body></html>",
            subtype="html",
        )
    if number % 10 == 3:
        message.add_attachment(chance.randbytes(120_000), maintype="image", subtype="jpeg", filename="chair.jpg")
    if number % 10 == 7:
        scan = base64.b64encode(chance.randbytes(9_000))
        message.add_attachment(scan, maintype="application", subtype="pdf", filename="Übersicht.pdf")
    return message.as_bytes()


def standard(raw: bytes) -> None:
    """What a program does with the standard library's modern interface."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for name in ("from", "to", "subject", "date", "message-id", "references"):
        str(message[name])
    for part in message.walk():
        if part.get_content_maintype() == "text":
            part.get_content()


def bare(raw: bytes) -> None:
    """The compatible parser, nothing decoded."""
    email.message_from_bytes(raw)


def rate(function: Callable[[bytes], object], mails: list[bytes], rounds: int) -> float:
    """Mails a second, best of `rounds`."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        for raw in mails:
            function(raw)
        best = min(best, time.perf_counter() - begin)
    return len(mails) / best


HOSTILE = (
    "wrote:\n", "<a@b.c>:\n", "From:\n", "a:\n b\n", "_\n", "On 1.1.2020 ", "> ", "-John\n\n", "user unknown ",
    "<p>", "<hr>", "<div>", "<a ", "&", "=?utf-8?q?", "(", '"', "\u3000",
)  # fmt: skip


def slowest_hostile() -> tuple[float, str]:
    """The most milliseconds that 100 kB of one repeated piece take as header, text, report or HTML."""
    worst = (0.0, "")
    for piece in HOSTILE:
        body = (piece * 100_000).encode()[:100_000]
        for name, header in (
            ("text", b"From: a@b.c\n\n"),
            ("HTML", b"Content-Type: text/html\n\n<blockquote>"),
            ("report", b"From: MAILER-DAEMON@b.c\nSubject: Undelivered\n\nuser unknown "),
            ("From", b"From: "),
        ):
            raw = header + (body.replace(b"\n", b"\n ") if name == "From" else body)
            begin = time.perf_counter()
            parse_mail(raw)
            worst = max(worst, ((time.perf_counter() - begin) * 1000, f"{name} of {piece!r}"))
    return worst


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    mails = corpus()
    rates = {
        "policy.default": rate(standard, mails, rounds),
        "compat32, bare": rate(bare, mails, rounds),
        "parse_mail": rate(parse_mail, mails, rounds),
    }
    print(f"{len(mails)} mails, {sum(map(len, mails)) // 1024} KiB, best of {rounds}\n")
    print(f"{'parser':<16}{'mails/s':>10}{'x policy.default':>20}")
    for name, value in rates.items():
        print(f"{name:<16}{value:>10.0f}{value / rates['policy.default']:>20.2f}")
    slowest, what = slowest_hostile()
    print(f"\n100 kB of hostile input: {slowest:.0f} ms at most ({what})")


if __name__ == "__main__":
    main()
