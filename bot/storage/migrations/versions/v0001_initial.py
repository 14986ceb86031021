"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    _posts()
    _announced_state()
    _followers()
    _homes()
    _events_and_leases()
    _schedule()
    _copies()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("marker", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("lease_ends", sa.Double, nullable=False),
        sa.Column("lease_clock", sa.String, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("message_id", sa.String),
        sa.Column("content_digest", sa.String),
        sa.Column("sent_at", _INSTANT),
        sa.Column("editable", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("marker", name="pk_posts"),
    )
    op.create_index("ix_posts_status_sent_at", "posts", ["status", "sent_at"])
    op.create_table(
        "post_keys",
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("marker", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("key", "address", name="pk_post_keys"),
        sa.ForeignKeyConstraint(["marker"], ["posts.marker"], name="fk_post_keys_marker"),
    )


def _announced_state() -> None:
    op.create_table(
        "versions",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_versions"),
    )
    op.create_table(
        "lecture_states",
        sa.Column("lecture", sa.String, nullable=False),
        sa.Column("current", sa.Text),
        sa.Column("announced", sa.Text),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("date_changed_at", _INSTANT, nullable=False),
        sa.Column("deadline_changed_at", _INSTANT, nullable=False),
        sa.Column("form_added_at", _INSTANT, nullable=False),
        sa.Column("announced_links", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("lecture", name="pk_lecture_states"),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("lecture", sa.String, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("settled_at", _INSTANT, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_news"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_news_settled_at", "news", ["settled_at"])


def _followers() -> None:
    op.create_table(
        "followers",
        sa.Column("address", sa.String, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("lectures", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("ping", sa.String),
        sa.Column("pinned", sa.Boolean, nullable=False),
        sa.Column("greeting", sa.String),
        sa.Column("following", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.String, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_followers"),
    )
    op.create_table(
        "flags",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("is_set", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.String, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT),
        sa.PrimaryKeyConstraint("name", name="pk_flags"),
    )


def _homes() -> None:
    op.create_table(
        "homes",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("kept_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("platform", name="pk_homes"),
    )


def _events_and_leases() -> None:
    op.create_table(
        "events",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("lecture", sa.String, nullable=False),
        sa.Column("event_id", sa.String),
        sa.Column("starts_at", _INSTANT),
        sa.PrimaryKeyConstraint("platform", "place", "lecture", name="pk_events"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("lease_ends", sa.Double, nullable=False),
        sa.Column("lease_clock", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _schedule() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("author_name", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.ForeignKeyConstraint(["undoes"], ["revisions.id"], name="fk_revisions_undoes"),
    )
    op.create_index("ix_revisions_undoes", "revisions", ["undoes"])
    op.create_table(
        "revision_lectures",
        sa.Column("lecture", sa.String, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("lecture", "revision_id", name="pk_revision_lectures"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_revision_lectures_revision_id"),
    )
    op.create_table(
        "source_versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("settled_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source_versions"),
    )


def _copies() -> None:
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("served_at", _INSTANT),
        sa.Column("news_below", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_copies"),
    )
