"""Backup and restore: one archive with the database, the attachments and a manifest.

archive.py    the file: written whole or not at all, checked before anything is read from it
dump.py       pg_dump and pg_restore, those that fit the server
take.py       `hub backup`
restore.py    `hub restore`
aftermath.py  what a database of some time ago must not do by itself: go on sending
"""
