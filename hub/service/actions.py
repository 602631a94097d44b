"""Setting business hours, one transaction each. Whoever calls has asked the policy; everything here is audited."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

from hub.desk import audit
from hub.events.model import ChannelChanged, DeskChanged
from hub.events.outbox import Tx
from hub.service import store
from hub.service.holidays import holidays_of
from hub.service.hours import check_span
from hub.service.model import WEEKDAYS, BadHours, Hours, HoursInUse, Schedule, UnknownHours


async def create(tx: Tx, *, name: str, schedule: Schedule, closed_text: str, by: int) -> Hours:
    """Raises BadHours."""
    check(schedule)
    hours_id = await store.insert_hours(tx.connection, name, schedule, closed_text)
    await audit.record(tx, by, "hours.create", f"hours:{hours_id}")
    tx.emit(DeskChanged())
    return await present(tx, hours_id)


async def replace(tx: Tx, hours_id: int, *, name: str, schedule: Schedule, closed_text: str, by: int) -> Hours:
    """Raises UnknownHours and BadHours. The channels and callback queues that go by them are told."""
    check(schedule)
    if not await store.replace_hours(tx.connection, hours_id, name, schedule, closed_text):
        raise _unknown(hours_id)
    await audit.record(tx, by, "hours.change", f"hours:{hours_id}")
    hours = await present(tx, hours_id)
    tx.emit(DeskChanged())
    for channel_id in hours.channel_ids:
        tx.emit(ChannelChanged(channel_id))
    return hours


async def remove(tx: Tx, hours_id: int, *, by: int) -> None:
    """Raises UnknownHours, and HoursInUse while a channel or a callback queue goes by them."""
    await present(tx, hours_id)
    if not await store.remove_hours(tx.connection, hours_id):
        raise HoursInUse("A channel or a callback queue goes by these hours. Give it others first.")
    await audit.record(tx, by, "hours.remove", f"hours:{hours_id}")
    tx.emit(DeskChanged())


async def assign(tx: Tx, hours_id: int, channel_ids: set[int], *, by: int) -> Hours:
    """These channels, and no others, go by these hours. Raises UnknownHours and BadHours."""
    before = set((await present(tx, hours_id)).channel_ids)
    for channel_id in sorted(channel_ids | before):
        wanted = hours_id if channel_id in channel_ids else None
        if not await store.assign_hours(tx.connection, channel_id, wanted) and wanted:
            raise BadHours("channel_ids", f"Channel {channel_id} does not exist. Reload the page.")
        if (channel_id in before) != (channel_id in channel_ids):
            tx.emit(ChannelChanged(channel_id))
    await audit.record(tx, by, "hours.assign", f"hours:{hours_id}", {"channels": sorted(channel_ids)})
    tx.emit(DeskChanged())
    return await present(tx, hours_id)


async def present(tx: Tx, hours_id: int) -> Hours:
    """Raises UnknownHours."""
    found = await store.get_hours(tx.connection, hours_id)
    if found is None:
        raise _unknown(hours_id)
    return found


def check(schedule: Schedule) -> None:
    """Raises BadHours."""
    if schedule.time_zone not in available_timezones():
        raise BadHours("time_zone", "This time zone is not known. Write it like Europe/Berlin.")
    for day, spans in schedule.weekly.items():
        if day not in WEEKDAYS:
            raise BadHours("weekly", f"{day[:20]!r} is no weekday. Use {', '.join(WEEKDAYS)}.")
        for span in spans:
            check_span(span, f"weekly.{day}")
    for exceptional in schedule.exceptions.values():
        for span in exceptional.open:
            check_span(span, "exceptions")
    if schedule.subdivision and not schedule.country:
        raise BadHours("country", "A part of a country needs its country.")
    if schedule.country:
        holidays_of(schedule.country, schedule.subdivision, date.today().year)  # noqa: DTZ011  # any year will do


def _unknown(hours_id: int) -> UnknownHours:
    return UnknownHours(f"Hours {hours_id} do not exist. Reload the page.")
