"""Business hours through the API, and what a channel's visitors are told by them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.web.hub import Browser, Hub

NEVER: dict[str, Any] = {"name": "Never", "time_zone": "Europe/Berlin", "closed_text": "We are away."}
ALWAYS = {
    "name": "Always",
    "time_zone": "Europe/Berlin",
    "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}


async def test_hours_are_set_read_replaced_and_removed(administrator: Browser, agent: Browser) -> None:
    body = {
        **NEVER,
        "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]]},
        "exceptions": [{"day": "2026-12-24", "name": "Christmas Eve", "open": [["09:00", "12:00"]]}],
        "country": "DE",
        "subdivision": "BY",
    }
    made = await administrator.post("/api/hours", body)
    assert made.status == 201, made.content
    where = f"/api/hours/{made.json['id']}"
    shown = (await agent.get(where)).json
    assert {name: shown[name] for name in body} == body
    replaced = await administrator.send("PUT", where, ALWAYS)
    assert (replaced.json["now"]["open"], replaced.json["exceptions"]) == (True, [])
    assert (await agent.send("PUT", where, ALWAYS)).status == 403
    assert (await administrator.delete(where)).status == 204
    assert (await administrator.get(where)).status == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"weekly": {"mon": [["17:00", "17:00"]]}}, "weekly.mon"),
        ({"weekly": {"mon": [["25:00", "26:00"]]}}, "weekly.mon.0.0"),
        ({"weekly": {"monday": []}}, "weekly.monday"),
        ({"exceptions": [{"day": "2026-02-30"}]}, "exceptions"),
        ({"exceptions": [{"day": "2026-02-20"}, {"day": "2026-02-20"}]}, "body"),
        ({"country": "XX"}, "country"),
        ({"country": "DE", "subdivision": "Nowhere"}, "subdivision"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(
    administrator: Browser, wrong: dict[str, Any], field: str
) -> None:
    answer = await administrator.post("/api/hours", {**NEVER, **wrong})
    assert answer.status == 422, answer.content
    assert field in [one["field"] for one in answer.json["errors"]]


async def test_a_channel_goes_by_its_hours_and_without_any_it_is_open(hub: Hub, administrator: Browser) -> None:
    channel = await hub.channel()
    connector = hub.services.registry.get("demo")
    log = hub.services.transcripts.log(channel.id, connector)
    assert (await log.desk()).open
    made = await administrator.post("/api/hours", NEVER)
    where = f"/api/hours/{made.json['id']}"
    assigned = await administrator.send("PUT", where + "/channels", {"channel_ids": [channel.id]})
    assert assigned.json["channel_ids"] == [channel.id]
    desk = await log.desk()
    assert (desk.open, desk.closed_text, desk.next_opening) == (False, "We are away.", None)
    await administrator.send(
        "PUT", where, {**NEVER, "weekly": {"mon": [["09:00", "17:00"]], "thu": [["00:00", "00:01"]]}}
    )
    desk = await log.desk()
    assert desk.open or desk.next_opening is not None
    assert (await administrator.delete(where)).json["code"] == "hours_in_use"
    assert (await administrator.send("PUT", where + "/channels", {"channel_ids": [987654321]})).status == 422
    await administrator.send("PUT", where + "/channels", {"channel_ids": []})
    assert (await log.desk()).open
    assert (await administrator.delete(where)).status == 204


async def test_the_holidays_of_a_place_are_listed(agent: Browser) -> None:
    found = await agent.get("/api/hours/holidays?country=DE&subdivision=BY&year=2026")
    assert "2026-01-06" in [one["day"] for one in found.json["items"]]
    places = {one["code"]: one["subdivisions"] for one in (await agent.get("/api/hours/countries")).json["items"]}
    assert "BY" in places["DE"]
    assert (await agent.get("/api/hours/holidays?country=XX&year=2026")).status == 422
