"""Files, HTML of strangers, and pages: what a browser may do with them."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from typing import Any

import aiohttp
import pytest
from yarl import URL

from hub.inbound.sanitise import sanitise_html
from tests.integration.web.hub import Answer, Browser, Hub

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


async def upload(
    browser: Browser, content: bytes, filename: str = "a.png", content_type: str = "image/png", field: str = "file"
) -> Answer:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field(field, io.BytesIO(content), filename=filename, content_type=content_type)
    return await browser.send("POST", "/api/attachments", data=form)


async def put_on_a_note(hub: Hub, browser: Browser, attachment_id: int) -> dict[str, Any]:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}/notes"
    answer = await browser.post(path, {"text": "See the file", "attachment_ids": [attachment_id]})
    assert answer.status == 201
    shape: dict[str, Any] = answer.json
    return shape


async def test_an_uploaded_file_comes_back_as_it_was_and_belongs_to_its_agent(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    uploaded = await upload(agent, PNG)
    assert uploaded.status == 201
    url = uploaded.json["url"]
    assert (await agent.get(url)).content == PNG
    assert (await administrator.get(url)).status == 404
    entry = await put_on_a_note(hub, agent, uploaded.json["id"])
    assert [one["id"] for one in entry["attachments"]] == [uploaded.json["id"]]
    assert (await administrator.get(url)).content == PNG


async def test_a_file_that_another_agent_uploaded_cannot_be_put_on_a_message(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    uploaded = await upload(agent, PNG)
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}/notes"
    answer = await administrator.post(path, {"text": "Mine?", "attachment_ids": [uploaded.json["id"]]})
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "attachment_ids")


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-", 206, 0, 199),
        ("bytes=5-9", 206, 5, 9),
        ("bytes=-5", 206, 195, 199),
        ("bytes=190-999", 206, 190, 199),
        ("bytes=200-", 200, 0, 199),
        ("bytes=9-5", 200, 0, 199),
        ("pages=1", 200, 0, 199),
    ],
)
async def test_a_part_of_a_recording_is_given_to_a_player(
    agent: Browser, asked: str, status: int, first: int, last: int
) -> None:
    sound = bytes(range(200))
    url = (await upload(agent, sound, "call.wav", "audio/wav")).json["url"]
    answer = await agent.get(url, headers={"Range": asked})
    assert (answer.status, answer.content) == (status, sound[first : last + 1])
    assert answer.headers["Content-Type"] == "audio/wav"
    assert answer.headers.get("Content-Range") == (f"bytes {first}-{last}/200" if status == 206 else None)


@pytest.mark.parametrize(
    ("content_type", "inline"),
    [
        ("image/png", True),
        ("image/jpeg", True),
        ("image/svg+xml", False),
        ("text/html", False),
        ("application/xhtml+xml", False),
        ("application/pdf", False),
        ("text/xml", False),
        ("IMAGE/PNG; x=1", True),
    ],
)
async def test_only_images_that_cannot_act_are_shown_in_place(agent: Browser, content_type: str, inline: bool) -> None:
    uploaded = await upload(agent, b"<script>alert(1)</script>", "x.html", content_type)
    answer = await agent.get(uploaded.json["url"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer.headers["Content-Type"].startswith("image/" if inline else "application/octet-stream")
    assert "public" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\boot.ini", "boot.ini"),
        ("a\tb.txt", "ab.txt"),
        ("", "file"),
        ("...", "file"),
        ("Grüße 文.pdf", "Grüße 文.pdf"),
        ("x" * 500, "x" * 150),
    ],
)
async def test_a_file_name_is_only_a_name(agent: Browser, given: str, kept: str) -> None:
    uploaded = await upload(agent, b"x", given or "/", "text/plain")
    assert uploaded.json["filename"] == kept
    assert "\n" not in (await agent.get(uploaded.json["url"])).headers["Content-Disposition"]


async def test_a_file_that_is_too_large_or_no_form_is_refused(hub: Hub, agent: Browser) -> None:
    most = hub.services.settings.attachment_max_bytes
    huge = await upload(agent, b"x" * (most + 1), "big.bin", "application/octet-stream")
    assert huge.status == 413
    assert (await upload(agent, b"x", field="other")).status == 422
    assert (await agent.send("POST", "/api/attachments", data=b"x")).status == 415
    broken = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await agent.send("POST", "/api/attachments", data=b"nothing", headers=broken)).status in (400, 422)
    empty = {"Content-Type": "multipart/form-data"}
    assert (await agent.send("POST", "/api/attachments", data=b"nothing", headers=empty)).status in (400, 422)


async def html_entry(hub: Hub, html: str) -> int:
    channel = await hub.channel()
    entry = await hub.written(channel)
    safe = sanitise_html(html)
    written = await hub.writes(
        entry.conversation_id,
        "text",
        channel_id=channel.id,
        author_identity_id=entry.identity_id,
        html=safe.html,
        remote_images=safe.remote_images,
    )
    return written.id


async def test_a_messages_html_is_boxed_in_and_loads_nothing_by_itself(hub: Hub, agent: Browser) -> None:
    entry_id = await html_entry(hub, '<p onclick="x()">Hi</p><script>x()</script><img src="http://t.example/a.png">')
    answer = await agent.get(f"/api/entries/{entry_id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert policy.startswith("default-src 'none'; img-src data: 'self';")
    assert "frame-ancestors 'self'" in policy
    assert "allow-scripts" not in policy
    assert "sandbox" in policy
    assert "https:" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert b"<script" not in answer.content
    assert b" src=" not in answer.content
    assert b'data-remote-src="http://t.example/a.png"' in answer.content


async def test_remote_images_load_when_the_agent_asks(hub: Hub, agent: Browser) -> None:
    entry_id = await html_entry(hub, '<img src="https://t.example/a.png">')
    answer = await agent.get(f"/api/entries/{entry_id}/html?remote=1")
    assert b' src="https://t.example/a.png"' in answer.content
    assert "img-src data: 'self' https:;" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_an_entry_without_html_or_original_says_so(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    for part in ("html", "raw"):
        assert (await agent.get(f"/api/entries/{entry.id}/{part}")).status == 404
    assert (await agent.get(f"/api/entries/{entry.id}/text")).json["text"] == entry.text


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/welcome", "/c/1", "/conversations/5", "/admin/channels/new", "/ui"]
)
async def test_every_page_is_the_one_document_under_a_strict_policy(nobody: Browser, path: str) -> None:
    answer = await nobody.get(path)
    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    before, found, rest = answer.content.partition(b'<script type="importmap">')
    if found:
        digest = base64.b64encode(hashlib.sha256(rest.partition(b"</script>")[0]).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert b"<script>" not in before


async def test_a_file_of_the_page_is_not_sent_twice(nobody: Browser) -> None:
    first = await nobody.get("/ui/static/vendor/preact.js")
    assert first.headers["Content-Type"].startswith("text/javascript")
    again = await nobody.get("/ui/static/vendor/preact.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.content) == (304, b"")
    tag = first.headers["ETag"].strip('"')
    for version, kept in ((tag, "immutable"), ("1", "no-cache")):
        answer = await nobody.get(f"/ui/static/vendor/preact.js?v={version}")
        assert kept in answer.headers["Cache-Control"]


async def test_a_part_of_another_version_of_the_page_is_gone(nobody: Browser) -> None:
    document = (await nobody.get("/conversations/1")).content.decode()
    [part] = re.findall(r'modulepreload" href="([^"]+)"', document)
    assert "immutable" in (await nobody.get(part)).headers["Cache-Control"]
    answer = await nobody.get(part[:-1] + "x")
    assert (answer.status, answer.json["code"]) == (410, "outdated")


@pytest.mark.parametrize(
    ("accepted", "language"), [("de-AT,de;q=0.9,en;q=0.8", "de"), ("xx", "en"), ("../de", "en"), ("", "en")]
)
async def test_the_page_fetches_the_words_of_its_reader_at_once(nobody: Browser, accepted: str, language: str) -> None:
    answer = await nobody.get("/", headers={"Accept-Language": accepted})
    assert re.findall(r"/locales/(\w+)\.ftl", answer.content.decode()) == [language]
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/ui/static/../../settings.py",
        "/ui/static/%2e%2e/%2e%2e/settings.py",
        "/ui/static/..%2f..%2fsettings.py",
        "/ui/static//etc/passwd",
        "/ui/static/vendor/update.py",
        "/ui/static/vendor",
        "/ui/static/%00",
        "/nothing",
        "/api/nothing",
    ],
)
async def test_nothing_else_is_served(nobody: Browser, path: str) -> None:
    async with nobody.http.get(URL(nobody.base + path, encoded=True)) as answer:
        assert answer.status == 404
        assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/api/session", "/nothing", "/healthz", "/ui/static/vendor/preact.js"])
async def test_every_answer_carries_the_security_headers(nobody: Browser, path: str) -> None:
    headers = (await nobody.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"]


async def test_health_and_readiness(nobody: Browser) -> None:
    assert (await nobody.get("/healthz")).status == 200
    assert (await nobody.get("/readyz")).status == 200


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/conversatons/12", "text/html,*/*", 303),
        ("/conversatons/12", "application/json", 404),
        ("/api/nothing", "text/html,*/*", 404),
        ("/ui/static/nothing.js", "text/html,*/*", 404),
    ],
)
async def test_a_mistyped_address_leads_a_person_to_the_start_and_tells_a_program(
    nobody: Browser, path: str, accept: str, status: int
) -> None:
    answer = await nobody.get(path, headers={"Accept": accept})
    assert answer.status == status
    assert answer.headers.get("Location") == ("/" if status == 303 else None)
