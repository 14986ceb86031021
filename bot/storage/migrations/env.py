"""Alembic's environment: it migrates within the transaction that opened the database."""

from alembic import context

from bot.storage.migrations import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
