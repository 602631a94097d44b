"""Signing in, out, and by invite."""

from __future__ import annotations

from hub.desk import invites
from hub.desk.agents import set_password
from hub.desk.model import Agent
from hub.desk.passwords import hash_password
from tests.integration.web.hub import Browser, Hub

PASSWORD = "correct horse battery"


async def with_password(hub: Hub) -> Agent:
    agent = await hub.agent()
    hashed = await hash_password(PASSWORD)
    async with hub.services.write() as tx:
        await set_password(tx, agent.id, hashed)
    return agent


async def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> int:
    answer = await browser.post("/api/session", {"email": email, "password": password})
    browser.csrf = answer.json.get("csrf", browser.csrf)
    return answer.status


async def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    answer = await nobody.post("/api/session", {"email": agent.email.upper(), "password": PASSWORD})
    assert answer.status == 200
    assert answer.json["agent"]["id"] == agent.id
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("hub_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert (await nobody.get("/api/session")).json["csrf"] == answer.json["csrf"]


async def test_the_session_is_another_one_after_every_sign_in(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    await sign_in(nobody, agent.email)
    before = {cookie.value for cookie in nobody.http.cookie_jar}
    await sign_in(nobody, agent.email)
    after = {cookie.value for cookie in nobody.http.cookie_jar}
    assert before.isdisjoint(after)
    elsewhere = hub.nobody()
    assert (await elsewhere.get("/api/session", cookies={"hub_session": before.pop()})).status == 401
    assert (await elsewhere.get("/api/session", cookies={"hub_session": after.pop()})).status == 200


async def test_signing_out_ends_the_session_itself(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    await sign_in(nobody, agent.email)
    token = next(iter(nobody.http.cookie_jar)).value
    assert (await nobody.delete("/api/session")).status == 204
    assert not list(nobody.http.cookie_jar)
    other = hub.nobody()
    assert (await other.get("/api/session", cookies={"hub_session": token})).status == 401


async def test_a_wrong_password_and_an_unknown_account_are_told_alike(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    wrong = await nobody.post("/api/session", {"email": agent.email, "password": "wrong"})
    unknown = await nobody.post("/api/session", {"email": "who@hub.test", "password": "wrong"})
    assert wrong.status == unknown.status == 401
    assert wrong.json == unknown.json
    assert wrong.json["code"] == "bad_credentials"


async def test_guessing_is_stopped_and_the_answer_says_when_to_go_on(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    statuses = [await sign_in(nobody, agent.email, "wrong") for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    refused = await nobody.post("/api/session", {"email": agent.email, "password": PASSWORD})
    assert refused.status == 429
    assert refused.json["code"] == "too_many_attempts"
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    other = await with_password(hub)
    assert await sign_in(nobody, other.email) == 200


async def test_an_invite_works_once(hub: Hub, nobody: Browser, administrator: Browser) -> None:
    made = await administrator.post("/api/agents", {"email": "new@hub.test", "name": "New", "role": "agent"})
    assert made.status == 201
    page, _, token = made.json["invite_url"].partition("#")
    assert page.endswith("/welcome")
    invite = await nobody.get(f"/api/invites/{token}")
    assert (invite.json["purpose"], invite.json["email"]) == ("agent", "new@hub.test")
    body = {"name": "Newton", "email": "new@hub.test", "password": PASSWORD}
    accepted = await nobody.post(f"/api/invites/{token}", body)
    assert accepted.status == 200
    assert accepted.json["agent"]["name"] == "Newton"
    assert (await nobody.get("/api/session")).status == 200
    again = await hub.nobody().post(f"/api/invites/{token}", body)
    assert (again.status, again.json["code"]) == (404, "invite_unknown")


async def test_a_short_password_is_refused_and_not_repeated(hub: Hub, nobody: Browser, administrator: Browser) -> None:
    made = await administrator.post("/api/agents", {"email": "short@hub.test", "name": "New", "role": "agent"})
    token = made.json["invite_url"].partition("#")[2]
    body = {"name": "New", "email": "short@hub.test", "password": "hunter2"}
    refused = await nobody.post(f"/api/invites/{token}", body)
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "password"
    assert b"hunter2" not in refused.content


async def test_the_first_link_makes_the_first_administrator_and_no_other(hub: Hub, nobody: Browser) -> None:
    async with hub.services.write() as tx:
        first = await invites.first_administrator(tx)
    assert first is not None
    body = {"name": "Boss", "email": "boss@hub.test", "password": PASSWORD}
    accepted = await nobody.post(f"/api/invites/{first.token}", body)
    assert accepted.json["agent"]["role"] == "administrator"
    async with hub.services.write() as tx:
        assert await invites.first_administrator(tx) is None


async def test_changing_the_password_needs_the_present_one_and_ends_other_sessions(hub: Hub, nobody: Browser) -> None:
    agent = await with_password(hub)
    await sign_in(nobody, agent.email)
    elsewhere = await hub.browser(agent)
    wrong = await nobody.post("/api/me/password", {"current": "wrong", "new": "another long one"})
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (422, "current")
    changed = await nobody.post("/api/me/password", {"current": PASSWORD, "new": "another long one"})
    assert changed.status == 204
    assert (await nobody.get("/api/session")).status == 200
    assert (await elsewhere.get("/api/session")).status == 401


async def test_ones_own_settings_are_kept(agent: Browser) -> None:
    given = {"name": "Ada L.", "signature": "Kind regards\nAda", "locale": "de", "theme": "dark"}
    changed = await agent.patch("/api/me", given)
    assert changed.status == 200
    session = (await agent.get("/api/session")).json
    assert {key: session["agent"][key] for key in given} == given


async def test_the_last_administrator_stays(hub: Hub, administrator: Browser) -> None:
    assert administrator.agent is not None
    own = await administrator.patch(f"/api/agents/{administrator.agent.id}", {"disabled": True})
    assert own.status == 422
