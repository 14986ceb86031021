"""The ledger, the memory, and who follows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "posts",
        sa.Column("marker", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("since", instant, nullable=False),
        sa.Column("tried_at", instant, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.Column("boot", sa.String, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("message", sa.String),
        sa.Column("shown", sa.String),
        sa.Column("sent_at", instant),
        sa.Column("editable", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("marker", name="pk_posts"),
    )
    op.create_index("ix_posts_status_sent_at", "posts", ["status", "sent_at"])
    op.create_table(
        "post_keys",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("marker", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("key", "address", name="pk_post_keys"),
        sa.ForeignKeyConstraint(["marker"], ["posts.marker"], name="fk_post_keys_marker"),
    )
    op.create_table(
        "generations",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_generations"),
    )
    op.create_table(
        "lecture_states",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("current", sa.Text),
        sa.Column("told", sa.Text),
        sa.Column("changed_at", instant, nullable=False),
        sa.Column("dated_at", instant, nullable=False),
        sa.Column("closing_at", instant, nullable=False),
        sa.Column("form_at", instant, nullable=False),
        sa.Column("links", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_lecture_states"),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("settled_at", instant, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_news"),
    )
    op.create_index("ix_news_settled_at", "news", ["settled_at"])
    op.create_table(
        "followers",
        sa.Column("address", sa.String, nullable=False),
        sa.Column("since", instant, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("lectures", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("ping", sa.String),
        sa.Column("following", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.String, nullable=False),
        sa.Column("changed_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_followers"),
    )
