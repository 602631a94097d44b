"""Whose fault a failure is: the database's, which passes, or that of what it was asked to do, which does not."""

from __future__ import annotations

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.trouble import DATABASE_TROUBLE, is_passing, origin

RAISE = "do $$ begin raise exception 'made up' using errcode = '{}'; end $$"
PASSING = ["40P01", "40001", "53100", "53300", "57014", "57P01", "08006", "25006"]
LASTING = ["23505", "22021", "42P01", "P0001"]


@pytest.mark.parametrize("state", [*PASSING, *LASTING])
async def test_both_drivers_are_judged_alike(engine: AsyncEngine, pool: asyncpg.Pool, state: str) -> None:
    failures: list[BaseException] = []
    try:
        async with engine.connect() as connection:
            await connection.execute(text(RAISE.format(state)))
    except DATABASE_TROUBLE as failure:
        failures.append(failure)
    try:
        await pool.execute(RAISE.format(state))
    except DATABASE_TROUBLE as failure:
        failures.append(failure)
    assert [is_passing(one) for one in failures] == [state in PASSING] * 2
    assert all(isinstance(origin(one), asyncpg.PostgresError) for one in failures)


async def test_a_value_that_cannot_be_encoded_is_not_the_databases_fault(
    engine: AsyncEngine, pool: asyncpg.Pool
) -> None:

    with pytest.raises(DBAPIError) as wrapped:
        async with engine.connect() as connection:
            await connection.execute(text("select cast(:n as bigint)"), {"n": 2**80})
    with pytest.raises((asyncpg.InterfaceError, asyncpg.PostgresError)) as bare:
        await pool.fetchval("select $1::bigint", 2**80)

    assert [is_passing(one) for one in (wrapped.value, bare.value)] == [False, False]


@pytest.mark.parametrize(
    "failure", [OSError("gone"), TimeoutError(), PoolTimeout("all taken"), asyncpg.InternalClientError("cut")], ids=repr
)
def test_what_never_reached_the_database_passes(failure: Exception) -> None:
    assert is_passing(failure)


@pytest.mark.parametrize("failure", [ValueError("x"), TypeError("x"), KeyError("x")], ids=repr)
def test_a_fault_of_ours_does_not_pass(failure: Exception) -> None:
    assert not is_passing(failure)
