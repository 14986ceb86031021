"""The PostgreSQL that two processes share."""

from tests.store.conftest import postgresql

__all__ = ["postgresql"]
