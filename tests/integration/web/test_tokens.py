"""Tokens of programs: what they may do, and that they may do it no longer; and requests that are repeated."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from hub.desk.agents import change_agent
from hub.desk.policy import SCOPES, Action
from hub.web.routes import Public, Route
from hub.web.server import all_routes
from tests.integration.web.hub import Answer, Browser, Hub

GUARDED = [route for route in all_routes() if isinstance(route.policy, Action) and not route.socket]


async def made(browser: Browser, *scopes: str, **more: Any) -> dict[str, Any]:
    answer = await browser.post("/api/tokens", {"name": "A program", "scopes": list(scopes), **more})
    assert answer.status == 201, answer.content
    token: dict[str, Any] = answer.json
    return token


async def calls(hub: Hub, token: str, method: str, path: str, json: Any = None, **headers: str) -> Answer:
    """A request of a program: no cookie, no CSRF token."""
    return await hub.nobody().send(method, path, json, headers={"Authorization": f"Bearer {token}", **headers})


async def test_a_token_is_shown_once_and_kept_as_a_hash_only(hub: Hub, agent: Browser) -> None:
    token = await made(agent, "conversations:read")
    assert re.fullmatch(r"alw_[\w-]{43}", token["token"])
    assert token["token"].startswith(token["hint"])
    listed = await agent.get("/api/tokens")
    assert [one["id"] for one in listed.json["items"]] == [token["id"]]
    assert token["token"] not in listed.content.decode()
    async with hub.services.read() as connection:
        row = (await connection.execute(text("select t::text from api_token t where id = :id"), token)).scalar_one()
    assert token["token"] not in row


async def test_a_personal_token_acts_as_its_agent_within_its_scopes(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    token = (await made(agent, "conversations:write"))["token"]
    note = f"/api/conversations/{entry.conversation_id}/notes"
    written = await calls(hub, token, "POST", note, {"text": "By a program"}, **{"Idempotency-Key": uuid.uuid4().hex})
    assert written.status == 201, written.content
    assert agent.agent is not None
    assert written.json["author"]["id"] == agent.agent.id
    refused = await calls(hub, token, "GET", "/api/customers?query=carla")
    assert (refused.status, refused.json["code"]) == (403, "out_of_scope")
    assert (await calls(hub, token, "GET", "/api/session")).json["agent"]["id"] == agent.agent.id


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
async def test_a_token_gets_only_what_its_scopes_are_for(hub: Hub, administrator: Browser, route: Route) -> None:
    assert not isinstance(route.policy, Public)
    path = re.sub(r"{(\w+)}", "987654321", route.path)
    for scope, actions in SCOPES.items():
        token = (await made(administrator, scope))["token"]
        answer = await calls(
            hub, token, route.method, path, {} if route.unsafe else None, **{"Idempotency-Key": "0123456789abcdef"}
        )
        if route.policy in actions or route.policy is Action.READ_SELF:
            assert answer.status not in (401, 403, 500), answer.content
        else:
            assert (answer.status, answer.json["code"]) == (403, "out_of_scope")


async def test_no_token_makes_another_or_changes_its_account(hub: Hub, administrator: Browser) -> None:
    token = (await made(administrator, *SCOPES))["token"]
    more = await calls(hub, token, "POST", "/api/tokens", {"name": "More", "scopes": ["admin"]})
    password = await calls(hub, token, "POST", "/api/me/password", {"current": "x", "new": "a long new password"})
    assert (more.status, password.status) == (403, 403)


async def test_an_agents_token_does_not_administrate_whatever_its_scopes(hub: Hub, agent: Browser) -> None:
    token = (await made(agent, *SCOPES))["token"]
    assert (await calls(hub, token, "GET", "/api/connectors")).status == 403
    assert (await calls(hub, token, "GET", "/api/conversations")).status == 200


async def test_a_revoked_an_expired_and_a_disabled_agents_token_end_at_once(hub: Hub, agent: Browser) -> None:
    revoked, expired, disabled = [await made(agent, "conversations:read") for _ in range(3)]
    for one in (revoked, expired, disabled):
        assert (await calls(hub, one["token"], "GET", "/api/conversations")).status == 200
    assert (await agent.delete(f"/api/tokens/{revoked['id']}")).status == 204
    assert (await agent.delete(f"/api/tokens/{revoked['id']}")).status == 404
    async with hub.services.write() as tx:
        await tx.connection.execute(text("update api_token set expires_at = now() where id = :id"), expired)
    for one in (revoked, expired):
        answer = await calls(hub, one["token"], "GET", "/api/conversations")
        assert (answer.status, answer.json["code"]) == (401, "token_unknown")
    boss = await hub.agent("administrator")
    assert agent.agent is not None
    async with hub.services.write() as tx:
        await change_agent(tx, agent.agent.id, disabled=True, by=boss.id)
    assert (await calls(hub, disabled["token"], "GET", "/api/conversations")).status == 401


@pytest.mark.parametrize("wrong", ["alw_", "alw_" + "x" * 43, "x" * 43, "alw_é", "alw_" + "x" * 5000, ""])
async def test_a_wrong_token_gets_nothing_even_beside_a_good_cookie(agent: Browser, wrong: str) -> None:
    answer = await agent.send("GET", "/api/session", headers={"Authorization": f"Bearer {wrong}"})
    assert answer.status in (400, 401)
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_service_writes_in_its_own_name_and_is_no_colleague(hub: Hub, administrator: Browser) -> None:
    entry = await hub.written(await hub.channel())
    service = await made(administrator, "conversations:write", kind="service", name="Order system")
    note = f"/api/conversations/{entry.conversation_id}/notes"
    key = {"Idempotency-Key": uuid.uuid4().hex}
    written = await calls(hub, service["token"], "POST", note, {"text": "Parcel sent"}, **key)
    assert written.json["author"]["name"] == "Order system"
    agents = await administrator.get("/api/agents")
    assert service["agent_id"] not in [one["id"] for one in agents.json["items"]]
    invited = await administrator.post(f"/api/agents/{service['agent_id']}/invite")
    assert invited.status == 404
    assert (await administrator.patch(f"/api/agents/{service['agent_id']}", {"role": "administrator"})).status == 404


async def test_agents_see_and_revoke_their_own_tokens_only(agent: Browser, administrator: Browser) -> None:
    foreign = await made(administrator, "admin")
    assert (await agent.delete(f"/api/tokens/{foreign['id']}")).status == 404
    assert (await agent.get("/api/tokens?of=all")).status == 403
    assert (await agent.post("/api/tokens", {"name": "S", "kind": "service", "scopes": ["admin"]})).status == 403
    own = await made(agent, "agents:read")
    everybodys = await administrator.get("/api/tokens?of=all&limit=1")
    assert [one["id"] for one in everybodys.json["items"]] == [own["id"]]
    following = await administrator.get(f"/api/tokens?of=all&limit=1&after={everybodys.json['next']}")
    assert [one["id"] for one in following.json["items"]] == [foreign["id"]]
    assert (await administrator.delete(f"/api/tokens/{own['id']}")).status == 204


async def test_a_repeated_request_is_answered_the_same_and_does_nothing_twice(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    note, key = f"/api/conversations/{entry.conversation_id}/notes", uuid.uuid4().hex
    first = await agent.post(note, {"text": "Once"}, key=key)
    await agent.post(note, {"text": "Another"})
    again = await agent.post(note, {"text": "Once"}, key=key)
    assert (again.status, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


async def test_a_key_that_was_used_for_something_else_is_refused(hub: Hub, agent: Browser) -> None:
    entry, other = await hub.written(await hub.channel()), await hub.written(await hub.channel())
    note, key = f"/api/conversations/{entry.conversation_id}/notes", uuid.uuid4().hex
    assert (await agent.post(note, {"text": "Once"}, key=key)).status == 201
    elsewhere = f"/api/conversations/{other.conversation_id}/notes"
    for path, body in ((note, "Changed"), (elsewhere, "Once")):
        answer = await agent.post(path, {"text": body}, key=key)
        assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")
    colleague = await hub.browser(await hub.agent())
    assert (await colleague.post(elsewhere, {"text": "Once"}, key=key)).status == 201


async def test_a_refused_request_may_be_corrected_under_its_key(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    note, key = f"/api/conversations/{entry.conversation_id}/notes", uuid.uuid4().hex
    assert (await agent.post(note, {"text": "With a file", "attachment_ids": [987654321]}, key=key)).status == 422
    assert (await agent.post(note, {"text": "Without"}, key=key)).status == 201


async def test_a_repeated_retry_with_its_key_sends_no_second_time(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    message = {"text": "Tomorrow", "to_identity_id": entry.identity_id, "channel_id": channel.id}
    message["last_seen_entry_id"] = entry.id
    sent = (await agent.post(f"/api/conversations/{entry.conversation_id}/messages", message)).json
    path, retry, key = f"/api/entries/{sent['id']}/delivery", {"action": "retry"}, uuid.uuid4().hex

    async def nobody_knows_whether_it_arrived() -> None:
        async with hub.services.write() as tx:
            doubt = text("update delivery set state = 'uncertain' where entry_id = :id")
            await tx.connection.execute(doubt, {"id": sent["id"]})

    for replayed in (None, "true"):
        await nobody_knows_whether_it_arrived()
        answer = await agent.post(path, retry, key=key)
        assert (answer.status, answer.headers.get("Idempotency-Replayed")) == (200, replayed), answer.content
    now = (await agent.get(f"/api/entries/{sent['id']}")).json["delivery"]
    assert now["state"] == "uncertain", "the repeat has queued nothing"
    assert (await agent.post(path, retry, key="bad key")).json["code"] == "idempotency_key_needed"
    assert (await agent.send("POST", path, retry)).json["code"] == "idempotency_key_needed"


async def test_after_a_day_a_key_is_free_again(hub: Hub, agent: Browser) -> None:
    entry, other = await hub.written(await hub.channel()), await hub.written(await hub.channel())
    key = uuid.uuid4().hex
    assert (
        await agent.post(f"/api/conversations/{entry.conversation_id}/notes", {"text": "Once"}, key=key)
    ).status == 201
    async with hub.services.write() as tx:
        aged = text("update idempotency set created_at = now() - interval '25 hours' where key = :key")
        await tx.connection.execute(aged, {"key": key})
    answer = await agent.post(f"/api/conversations/{other.conversation_id}/notes", {"text": "Later"}, key=key)
    assert answer.status == 201
    assert answer.json["text"] == "Later"
