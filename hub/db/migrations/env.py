"""What alembic runs: it is handed an open connection by `hub.db.migrate` and never opens one itself."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=True,
    version_table="schema_version",
)
with context.begin_transaction():
    context.run_migrations()
