"""hub.sdk.Calls: what a telephone hears next, read from what is stored, and remembered as told."""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls import store
from hub.calls.desk import CallDesk
from hub.calls.model import Leg
from hub.calls.script import Situation, led, script
from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE
from hub.sdk import Calls, ConnectionTrouble, HangUp, Script

_OFFERING: Final = ("queue", "menu")


class CallScripts:
    """The scripts of every channel."""

    def __init__(self, database: Database, desk: CallDesk) -> None:
        self._database = database
        self._desk = desk

    def calls(self, channel_id: int) -> Calls:
        """As one channel asks for them."""
        return _OfChannel(self, channel_id)

    async def script(self, channel_id: int, provider_id: str, token: str) -> Script:
        """Raises ConnectionTrouble."""
        try:
            return await self._script(channel_id, provider_id, token)
        except DATABASE_TROUBLE as failure:
            raise ConnectionTrouble("The hub cannot say now what happens on this call. Ask again.") from failure

    async def _script(self, channel_id: int, provider_id: str, token: str) -> Script:
        async with self._database.engine.begin() as connection:
            leg = await store.find_leg(connection, channel_id, provider_id, token)
            call = None if leg is None else await store.get_call(connection, leg.call_id)
            if leg is None or call is None:
                return (HangUp(),)
            offered = leg.role == "customer" and call.stage in _OFFERING
            now = Situation(
                call,
                await store.get_legs(connection, call.id),
                await self._desk.settings_of(connection, channel_id),
                offer=await self._desk.offer(connection, call) if offered else "",
                name=str((await store.who_is(connection, call.identity_id)).name),
                agent_language=await self._language(connection, leg),
            )
            await store.set_told(connection, leg.id, led(call, leg))
            return script(now, leg)

    async def _language(self, connection: AsyncConnection, leg: Leg) -> str:
        return await store.locale_of(connection, leg.agent_id) if leg.agent_id is not None else "en"


class _OfChannel:
    def __init__(self, scripts: CallScripts, channel_id: int) -> None:
        self._scripts = scripts
        self._channel_id = channel_id

    async def script(self, provider_id: str, leg: str = "") -> Script:
        return await self._scripts.script(self._channel_id, provider_id, leg)
