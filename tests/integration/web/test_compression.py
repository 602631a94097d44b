"""What is compressed on its way to the browser, and what must not be."""

from __future__ import annotations

import gzip

from hub.web.server import all_routes
from tests.integration.web.hub import Answer, Browser, Hub

LONG = "Where is the parcel that I ordered last week? " * 60


async def raw(browser: Browser, path: str, **headers: str) -> Answer:
    async with browser.http.get(browser.base + path, headers=headers, auto_decompress=False) as answer:
        return Answer(answer.status, answer.headers, await answer.read(), None)


async def text_of_a_long_message(hub: Hub) -> str:
    entry = await hub.written(await hub.channel(), text=LONG)
    return f"/api/entries/{entry.id}/text"


async def test_a_long_answer_is_compressed_for_whoever_accepts_it(hub: Hub, agent: Browser) -> None:
    path = await text_of_a_long_message(hub)
    plain = await raw(agent, path, **{"Accept-Encoding": "gzip;q=0, identity"})
    packed = await raw(agent, path, **{"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 4
    assert gzip.decompress(packed.content) == plain.content


async def test_what_another_site_makes_a_browser_ask_for_is_not_compressed(hub: Hub, agent: Browser) -> None:
    path = await text_of_a_long_message(hub)
    for site, encoding in (("same-origin", "gzip"), ("cross-site", None), ("same-site", None)):
        answer = await raw(agent, path, **{"Accept-Encoding": "gzip", "Sec-Fetch-Site": site})
        assert (answer.status, answer.headers.get("Content-Encoding")) == (200, encoding)


async def test_short_answers_secrets_and_refusals_stay_as_they_are(hub: Hub, agent: Browser) -> None:
    del hub
    for path in ("/api/session", "/api/teams", "/api/nothing?" + "long" * 500):
        answer = await raw(agent, path, **{"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


def test_the_routes_that_are_read_with_a_secret_in_the_answer_are_these() -> None:
    assert {route.path for route in all_routes() if route.method == "GET" and route.secret} == {
        "/api/session",  # the token against forged requests
        "/api/invites/{token}",
        "/callback/{queue_id}",  # the customers' forms: what was typed stands beside signed tokens
        "/callback/{queue_id}/code/{token}",
        "/callback/{queue_id}/time/{token}",
        "/callback/manage/{token}",
    }
