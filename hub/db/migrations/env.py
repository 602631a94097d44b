"""What alembic runs: it is handed an open connection by `hub.db.upgrade` and never opens one itself."""

from alembic import context

from hub.db.migrate import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=True,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
