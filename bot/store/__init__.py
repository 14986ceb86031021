"""What the bot must not forget, in SQLite or PostgreSQL: the ledger, the memory, who follows, and the revisions."""

from bot.store.opening import DATABASE_FILE, Store, open_store
from bot.store.troubles import CannotOpen

__all__ = ["DATABASE_FILE", "CannotOpen", "Store", "open_store"]
