"""The customers' own pages: the number is proved by a code, the call asked for, seen, moved and canceled by a link."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import create_channel
from hub.channels.model import NewChannel
from hub.web.callback_pages.door import GATE, Gate
from tests.connectors.telephone_texts import TelephoneTexts
from tests.integration.calls.exchange import NUMBER, Exchange
from tests.integration.web.hub import Answer, Browser, Hub, running_hub

CUSTOMER = "+491701234567"
OPEN = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}
GERMAN = {"Accept-Language": "de-DE,de;q=0.9"}


@dataclass
class Pages:
    hub: Hub
    customer: Browser
    queue: dict[str, Any]

    async def value(self, statement: str, **values: Any) -> Any:
        async with self.hub.services.database.engine.connect() as connection:
            return await connection.scalar(text(statement), values)

    async def send(self, path: str, **fields: str) -> Answer:
        return await self.customer.send("POST", path, data=fields)

    async def code(self) -> str:
        """What the newest text message says."""
        sealed = await self.value(
            "select payload ->> 'sealed' from job where kind = 'send_code' order by id desc limit 1"
        )
        kept = self.hub.services.vault.unseal(base64.b64decode(sealed), context="phone code")
        found = re.search(r"\b\d{6}\b", kept["text"])
        assert found is not None
        return found[0]

    async def proved(self, number: str = CUSTOMER) -> str:
        """The address of the page on which the time is chosen."""
        sent = await self.send(f"/callback/{self.queue['id']}", number=number, name="Maria", reason="Order 4711")
        assert sent.status == 303, sent.content
        checked = await self.send(sent.headers["Location"], code=await self.code())
        assert checked.status == 303, checked.content
        return str(checked.headers["Location"])

    async def asked(self, number: str = CUSTOMER) -> str:
        """The address of the customer's own page."""
        made = await self.send(await self.proved(number), window="")
        assert made.status == 303, made.content
        return str(made.headers["Location"])


@pytest_asyncio.fixture
async def pages(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Pages]:
    exchange: Any = Exchange()
    async with running_hub(fresh_database_url, tmp_path, exchange, TelephoneTexts()) as hub:
        services = hub.services
        hotline = NewChannel("exchange", "Hotline", {"address": NUMBER, "folder": str(tmp_path)})
        short = {"address": "texts@acme.test", "folder": str(tmp_path)}
        async with services.write() as tx:
            calls, texts = [
                await create_channel(tx, services.registry, services.vault, new, None)
                for new in (hotline, NewChannel("telephone_texts", "Texts", short, {"password": "secret"}))
            ]
        administrator = await hub.browser(await hub.agent("administrator"))
        made = await administrator.post(
            "/api/callback-queues",
            {
                "name": "Support & Co",
                "time_zone": "Europe/Berlin",
                "legal_hours": OPEN,
                "phone_channel_id": calls.id,
                "sms_channel_id": texts.id,
            },
        )
        assert made.status == 201, made.content
        yield Pages(hub, hub.nobody(), made.json)


async def test_a_customer_proves_the_number_asks_moves_and_cancels(pages: Pages) -> None:
    form = await pages.customer.get(f"/callback/{pages.queue['id']}")
    assert (form.status, form.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Support &amp; Co" in form.content
    assert "script-src" not in form.headers["Content-Security-Policy"]
    assert b"<script" not in form.content
    choose = await pages.proved()
    times = (await pages.customer.get(choose)).content.decode()
    windows = re.findall(r'<option value="(\d+-\d+)">', times)
    assert len(windows) > 10
    made = await pages.send(choose, window=windows[-1])
    own = made.headers["Location"]
    page = (await pages.customer.get(own)).content.decode()
    assert CUSTOMER in page
    assert f'value="{windows[-1]}" selected' in page
    assert await pages.value("select state from callback") == "scheduled"
    assert (await pages.send(own, action="move", window="")).status == 303
    assert await pages.value("select state from callback") == "due"
    assert (await pages.send(own, action="cancel")).status == 303
    assert await pages.value("select state from callback") == "canceled"
    assert "was canceled" in (await pages.customer.get(own)).content.decode()
    assert (await pages.send(own, action="move", window="")).status == 422


async def test_it_stands_on_the_customers_timeline_with_a_verified_number(pages: Pages) -> None:
    await pages.asked()
    assert await pages.value("select verified_at is not null from identity where address = :it", it=CUSTOMER)
    assert await pages.value("select data ->> 'source' from entry where kind = 'callback'") == "web"
    assert await pages.value("select text from entry where kind = 'callback'") == "Order 4711"
    sent = await pages.value("select text from entry where kind = 'message'")
    link = re.search(r"/callback/manage/\S+", sent)
    assert link is not None
    assert (await pages.customer.get(link[0])).status == 200


async def test_it_is_told_in_german_too(pages: Pages) -> None:
    form = await pages.customer.get(f"/callback/{pages.queue['id']}", headers=GERMAN)
    assert '<html lang="de">' in form.content.decode()
    assert "Wir rufen Sie zurück" in form.content.decode()


async def test_a_wrong_code_counts_and_the_fifth_is_the_last(pages: Pages) -> None:
    sent = await pages.send(f"/callback/{pages.queue['id']}", number=CUSTOMER)
    where, code = sent.headers["Location"], await pages.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for left in (4, 3, 2, 1):
        refused = await pages.send(where, code=wrong)
        assert refused.status == 422
        assert f"You have {left} tries left" in refused.content.decode()
    assert "last try" in (await pages.send(where, code=wrong)).content.decode()
    assert (await pages.send(where, code=code)).status == 422
    time = where.replace("/code/", "/time/")
    assert (await pages.customer.get(time)).status == 404
    assert (await pages.send(time, window="")).status == 404


async def test_a_proof_serves_once(pages: Pages) -> None:
    choose = await pages.proved()
    assert (await pages.send(choose, window="")).status == 303
    assert (await pages.send(choose, window="")).status == 404
    assert await pages.value("select count(*) from callback") == 1


async def test_a_proof_serves_its_own_queue_alone(pages: Pages) -> None:
    choose = await pages.proved()
    other = await (await pages.hub.browser(await pages.hub.agent("administrator"))).post(
        "/api/callback-queues",
        {"name": "Other", "time_zone": "UTC", "phone_channel_id": pages.queue["phone_channel_id"]},
    )
    elsewhere = choose.replace(f"/{pages.queue['id']}/", f"/{other.json['id']}/")
    assert (await pages.send(elsewhere, window="")).status == 404
    assert await pages.value("select count(*) from callback") == 0
    assert (await pages.send(choose, window="")).status == 303


async def test_codes_to_a_number_are_limited_wherever_they_are_asked_for(pages: Pages) -> None:
    for _ in range(3):
        assert (await pages.send(f"/callback/{pages.queue['id']}", number=CUSTOMER)).status == 303
    assert (await pages.send(f"/callback/{pages.queue['id']}", number=CUSTOMER)).status == 422
    assert await pages.value("select count(*) from job where kind = 'send_code'") == 3


async def test_codes_from_an_address_are_limited(pages: Pages) -> None:
    answers = [
        await pages.send(f"/callback/{pages.queue['id']}", number=f"+4917012345{number:02}") for number in range(11)
    ]
    assert [one.status for one in answers] == [303] * 10 + [429]
    assert "Retry-After" in answers[-1].headers
    assert answers[-1].headers["Content-Type"].startswith("text/html")
    pages.hub.app._state[GATE] = Gate()  # others of this process start afresh


@pytest.mark.parametrize("number", ["", "nonsense", "+4917", "0900 1234567", "+491701234567890123"])
async def test_what_is_no_number_is_refused_and_kept_in_the_form(pages: Pages, number: str) -> None:
    refused = await pages.send(f"/callback/{pages.queue['id']}", number=number, name='"><script>alert(1)</script>')
    assert refused.status == 422
    assert b'aria-invalid="true"' in refused.content
    assert b"<script" not in refused.content
    assert await pages.value("select count(*) from phone_verification") == 0


async def test_neither_codes_nor_links_can_be_read_in_the_database(pages: Pages) -> None:
    sent = await pages.send(f"/callback/{pages.queue['id']}", number=CUSTOMER)
    code, token = await pages.code(), sent.headers["Location"].rsplit("/", 1)[1]
    for table in ("phone_verification", "job", "entry", "event"):
        for row in await _rows(pages, table):
            assert token not in row
            assert not re.search(rf"\b{code}\b", row)
    own = (await pages.asked("+491701234568")).rsplit("/", 1)[1]
    assert all(own not in row for row in await _rows(pages, "callback"))


async def _rows(pages: Pages, table: str) -> list[str]:
    async with pages.hub.services.database.engine.connect() as connection:
        found = await connection.execute(text(f"select row_to_json(t)::text from {table} t"))
        return [str(one) for one in found.scalars()]


async def test_another_site_cannot_send_the_form(pages: Pages) -> None:
    sent = await pages.customer.send(
        "POST",
        f"/callback/{pages.queue['id']}",
        data={"number": CUSTOMER},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert sent.status == 403
    assert await pages.value("select count(*) from phone_verification") == 0


async def test_without_texts_or_paused_there_is_no_form(pages: Pages) -> None:
    administrator = await pages.hub.browser(await pages.hub.agent("administrator"))
    where = f"/api/callback-queues/{pages.queue['id']}"
    assert (await administrator.patch(where, {"sms_channel_id": None})).status == 200
    closed = await pages.customer.get(f"/callback/{pages.queue['id']}")
    assert b"<form" not in closed.content
    assert (await pages.send(f"/callback/{pages.queue['id']}", number=CUSTOMER)).status == 422
    assert (await pages.customer.get("/callback/987654321")).status == 404
    assert (await pages.customer.get("/callback/manage/nobody")).status == 404
