"""Running a whole SQL script, which the extended protocol of the driver does not take."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import text
from sqlalchemy.engine import Connection


def run_script(connection: Connection, script: str) -> None:
    """Run every statement of the script within the connection's transaction.

    Raises `asyncpg.PostgresError` as the statement that fails does; the transaction is then lost.
    """
    connection.execute(text("select 1"))  # the driver's own connection has no BEGIN until the first statement
    driver = cast(Any, connection.connection.dbapi_connection)
    script = "select 1;\n" + script  # asyncpg fails on a script that is nothing but comments
    driver.run_async(lambda asyncpg_connection: asyncpg_connection.execute(script))
