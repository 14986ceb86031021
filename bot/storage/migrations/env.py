"""What alembic runs migrations in: the transaction that the store has begun, and will commit."""

from alembic import context

from bot.storage.migrations import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
