"""The database: the server the hub runs for itself, connections, migrations."""
