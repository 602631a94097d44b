"""The customers' own pages: ask for a call with a number that is proved by a code, see, move and cancel it by a link.

No account and no script. Each step has an address of its own with a secret that only this person's browser, or their
telephone, has learnt; so going back, reloading and coming back later all work.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from aiohttp import web

from hub.callbacks import queue_store, store
from hub.callbacks.actions import hash_of
from hub.callbacks.calendar import calendar_of
from hub.callbacks.model import (
    FINAL,
    AlreadyWaiting,
    BadCallback,
    Callback,
    NewCallback,
    NotNow,
    Queue,
    QueueFull,
    Window,
)
from hub.callbacks.number import time_zone_of
from hub.callbacks.slots import slots
from hub.callbacks.verify import Verification, has_form
from hub.web.callback_pages import html, words
from hub.web.callback_pages.door import NoPage, PageCall, enter, form, language_of, page, see
from hub.web.callback_pages.words import Language, say
from hub.web.routes import Public, Routes

routes: Final = Routes()
_OPEN: Final = Public("Customers have no account; tries are limited, and the number is proved by a code.")
_SECRET: Final = Public("The secret in the address is the key, 192 bits long; tries are limited.")
_FORM: Final = "application/x-www-form-urlencoded"
_HTML: Final = "text/html"


@routes.get(
    "/callback/{queue_id}",
    policy=_OPEN,
    summary="The page on which customers ask for a call",
    produces=_HTML,
    secret=True,
)
@page
async def ask(call: PageCall) -> web.StreamResponse:
    queue = await _queue(call)
    language = language_of(call, queue)
    if not has_form(queue):
        return html.answer(language, say(language, "closed_title"), html.paragraph(say(language, "closed")), headers={})
    return _ask_page(call, queue, {})


@routes.post(
    "/callback/{queue_id}",
    policy=_OPEN,
    summary="Send a code to a customer's number",
    consumes=_FORM,
    produces=_HTML,
    status=303,
    csrf=False,
)
@page
async def send_code(call: PageCall) -> web.StreamResponse:
    given = await form(call, number=html.NUMBER_LENGTH, name=html.NAME_LENGTH, reason=html.REASON_LENGTH)
    queue = await _queue(call)
    language = language_of(call, queue)
    try:
        async with call.services.write() as tx:
            enter(call, code=True)
            token = await call.services.verifications.begin(
                tx,
                queue,
                number=given["number"],
                name=" ".join(given["name"].split()),
                reason=given["reason"].strip(),
                language=language,
            )
    except BadCallback as failure:
        word = "no_texts" if failure.where == "texts" else "bad_number"
        return _ask_page(call, queue, given, wrong=say(language, word))
    except QueueFull:
        word = "codes_sent" if has_form(queue) else "closed"
        return _ask_page(call, queue, given, wrong=say(language, word))
    return see(f"/callback/{queue.id}/code/{token}")


@routes.get(
    "/callback/{queue_id}/code/{token}",
    policy=_SECRET,
    summary="The page on which the code is typed",
    produces=_HTML,
    secret=True,
)
@page
async def ask_code(call: PageCall) -> web.StreamResponse:
    return _code_page(call, await _queue(call), await _verification(call))


@routes.post(
    "/callback/{queue_id}/code/{token}",
    policy=_SECRET,
    summary="Check the code",
    consumes=_FORM,
    produces=_HTML,
    status=303,
    csrf=False,
)
@page
async def check_code(call: PageCall) -> web.StreamResponse:
    given = await form(call, code=20)
    queue, token = await _queue(call), call.path["token"]
    async with call.services.write() as tx:
        found = await call.services.verifications.check(tx, token, given["code"])
    if found is None or found.queue_id != queue.id:
        raise NoPage
    if found.confirmed:
        return see(f"/callback/{queue.id}/time/{token}")
    language = language_of(call, queue)
    left = found.tries_left
    wrong = say(language, "wrong_code", tries=left) if left > 0 else say(language, "no_tries")
    return _code_page(call, queue, found, wrong=wrong)


@routes.get(
    "/callback/{queue_id}/time/{token}",
    policy=_SECRET,
    summary="The page on which a time is chosen",
    produces=_HTML,
    secret=True,
)
@page
async def ask_time(call: PageCall) -> web.StreamResponse:
    return await _time_page(call, await _queue(call), _proved(await _verification(call)))


@routes.post(
    "/callback/{queue_id}/time/{token}",
    policy=_SECRET,
    summary="Ask for the call",
    consumes=_FORM,
    produces=_HTML,
    status=303,
    csrf=False,
)
@page
async def request(call: PageCall) -> web.StreamResponse:
    given = await form(call, window=40)
    queue, services = await _queue(call), call.services
    language = language_of(call, queue)
    try:
        async with services.write() as tx:
            proof = await services.verifications.use(tx, call.path["token"])
            if proof is None or proof.queue_id != queue.id:
                raise NoPage
            _, secret = await services.callbacks.request(
                tx,
                NewCallback(
                    queue_id=queue.id,
                    number=proof.number,
                    source="web",
                    name=proof.name,
                    reason=proof.reason,
                    language=proof.language,
                    window=_window(given["window"]),
                    verified=True,
                ),
            )
    except AlreadyWaiting:
        body = html.paragraph(say(language, "already"))
        return html.answer(language, say(language, "manage_title"), body, status=409, headers={})
    except (BadCallback, QueueFull) as failure:
        wrong = say(language, "bad_time" if isinstance(failure, BadCallback) else "full")
        return await _time_page(call, queue, _proved(await _verification(call)), wrong=wrong)
    return see(f"/callback/manage/{secret}")


@routes.get(
    "/callback/manage/{token}", policy=_SECRET, summary="A customer's own callback", produces=_HTML, secret=True
)
@page
async def manage(call: PageCall) -> web.StreamResponse:
    return await _manage_page(call, await _own_callback(call))


@routes.post(
    "/callback/manage/{token}",
    policy=_SECRET,
    summary="Move or cancel one's own callback",
    consumes=_FORM,
    produces=_HTML,
    status=303,
    csrf=False,
)
@page
async def change(call: PageCall) -> web.StreamResponse:
    given = await form(call, action=10, window=40)
    callbacks = call.services.callbacks
    seen = await _own_callback(call)
    language = language_of(call)
    try:
        async with call.services.write() as tx:
            one = await callbacks.lock(tx, seen.id)
            if given["action"] == "cancel":
                await callbacks.cancel(tx, one, by=None)
            else:
                await callbacks.change(tx, one, window=_window(given["window"]))
    except (NotNow, BadCallback) as failure:
        wrong = say(language, "not_now" if isinstance(failure, NotNow) else "bad_time")
        return await _manage_page(call, await _own_callback(call), wrong=wrong)
    return see(f"/callback/manage/{call.path['token']}")


def _ask_page(call: PageCall, queue: Queue, given: dict[str, str], wrong: str = "") -> web.Response:
    language = language_of(call, queue)
    fields = html.number_fields(
        language, given.get("number", ""), given.get("name", ""), given.get("reason", ""), wrong=bool(wrong)
    )
    body = (
        html.paragraph(say(language, "ask_lead", queue=queue.name))
        + html.problem(language, wrong)
        + html.form(f"/callback/{queue.id}", fields, say(language, "send_code"))
    )
    return html.answer(language, say(language, "ask_title"), body, status=422 if wrong else 200, headers={})


def _code_page(call: PageCall, queue: Queue, found: Verification, wrong: str = "") -> web.Response:
    language = language_of(call, queue)
    body = html.paragraph(say(language, "code_lead", number=found.number)) + html.problem(language, wrong)
    if found.tries_left > 0:
        where = f"/callback/{queue.id}/code/{call.path['token']}"
        body += html.form(where, html.code_field(language, wrong=bool(wrong)), say(language, "check_code"))
    body += html.link(f"/callback/{queue.id}", say(language, "other_number"))
    return html.answer(language, say(language, "code_title"), body, status=422 if wrong else 200, headers={})


async def _time_page(call: PageCall, queue: Queue, proof: Verification, wrong: str = "") -> web.Response:
    language, callbacks = language_of(call, queue), call.services.callbacks
    zone, now = time_zone_of(proof.number, queue.time_zone), callbacks.now()
    calendar = calendar_of(queue, zone, None)
    soon = say(language, "asap")
    if calendar.allows(now):
        async with call.services.write() as tx:
            expected = await callbacks.wait_of_newcomer(tx, queue)
        soon = say(language, "asap_wait", wait=words.wait(language, expected.total_seconds()))
    fields = html.time_field(language, slots(calendar, zone, now), zone, soon)
    body = (
        html.paragraph(say(language, "time_lead", number=proof.number))
        + html.problem(language, wrong)
        + html.form(f"/callback/{queue.id}/time/{call.path['token']}", fields, say(language, "request"))
    )
    return html.answer(language, say(language, "time_title"), body, status=422 if wrong else 200, headers={})


async def _manage_page(call: PageCall, one: Callback, wrong: str = "") -> web.Response:
    callbacks = call.services.callbacks
    now = callbacks.now()
    async with call.services.write() as tx:
        queue = await callbacks.queue(tx, one.queue_id)
        place, _, at = await callbacks.place_and_wait(tx, queue, one)
    language = language_of(call, queue)
    zone, state = one.time_zone, one.progress.state
    body = html.problem(language, wrong) + html.paragraph(_status(language, one, at, now), "status")
    known = [(say(language, "asked"), words.moment(language, one.requested_at, now, zone))]
    if state in ("requested", "scheduled", "due"):
        known.insert(0, (say(language, "place"), str(place)))
    body += html.facts(known)
    if state in ("requested", "scheduled", "due", "retry_wait"):
        where = f"/callback/manage/{call.path['token']}"
        days = slots(calendar_of(queue, zone, None), zone, now)
        choice = html.time_field(language, days, zone, say(language, "asap"), one.window)
        body += html.paragraph(say(language, "keep_link"), "hint")
        body += f"<h2>{say(language, 'move')}</h2>"
        body += html.form(
            where, f'<input type="hidden" name="action" value="move">{choice}', say(language, "move_button")
        )
        body += f"<h2>{say(language, 'cancel')}</h2>" + html.paragraph(say(language, "cancel_lead"))
        cancel = '<input type="hidden" name="action" value="cancel">'
        body += html.form(where, cancel, say(language, "cancel_button"), "danger")
    if state in FINAL and has_form(queue):
        body += html.link(f"/callback/{queue.id}", say(language, "again"))
    return html.answer(language, say(language, "manage_title"), body, status=422 if wrong else 200, headers={})


def _status(language: Language, one: Callback, at: datetime | None, now: datetime) -> str:
    progress, zone = one.progress, one.time_zone
    match progress.state:
        case "retry_wait":
            due = words.moment(language, progress.due_at or now, now, zone)
            return say(language, "retry", time=due)
        case "requested" | "scheduled" | "due":
            if one.window is not None:
                window = words.span(language, one.window.start, one.window.end, zone)
                return say(language, "window", number=one.number, window=window)
            if at is None:
                return say(language, "waiting_unknown", number=one.number)
            return say(language, "waiting", number=one.number, time=words.moment(language, at, now, zone))
        case "reserved" | "dialing_agent" | "agent_accepted" | "dialing_customer":
            return say(language, "calling")
        case "connected" | "wrap_up" | "done":
            return say(language, "talked")
        case "canceled":
            return say(language, "canceled")
        case "expired" | "voicemail_left":
            return say(language, "expired")


async def _queue(call: PageCall) -> Queue:
    async with call.services.read() as connection:
        found = await queue_store.get_queue(connection, call.path["queue_id"])
    if found is None:
        raise NoPage
    return found


async def _verification(call: PageCall) -> Verification:
    async with call.services.read() as connection:
        found = await call.services.verifications.find(connection, call.path["token"])
    if found is None or found.used or found.queue_id != call.path["queue_id"]:
        raise NoPage
    return found


def _proved(found: Verification) -> Verification:
    if not found.confirmed:
        raise NoPage
    return found


async def _own_callback(call: PageCall) -> Callback:
    async with call.services.read() as connection:
        found = await store.callback_of_token(connection, hash_of(call.path["token"]))
    if found is None:
        raise NoPage
    return found


def _window(chosen: str) -> Window | None:
    """Raises BadCallback for what was never among the choices."""
    if not chosen:
        return None
    start, _, end = chosen.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(start + end) <= 22):
        raise BadCallback("window", "Choose one of the times.")
    return Window(datetime.fromtimestamp(int(start), UTC), datetime.fromtimestamp(int(end), UTC))
