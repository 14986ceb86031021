"""Scheduled events, and channels in which a card is pinned."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables, and room for the wish."""
    op.add_column("followers", sa.Column("pinned", sa.Boolean))
    op.create_table(
        "events",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("lecture", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("event", sa.String),
        sa.Column("starts", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("platform", "place", "lecture", name="pk_events"),
    )
    op.create_table(
        "turns",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.Column("boot", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_turns"),
    )
