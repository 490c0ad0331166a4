"""The tables of the SQL sink, their version, and how an older database is brought up to it.

A new database gets the tables as they stand here. An existing one carries its version in the single row of `schema_version`; each step of
`MIGRATIONS` takes it one further, in one transaction with the new number. A step is never changed once released: it says how databases out
there got where they are. A newer version than this program knows is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, Table, Text, inspect, select, text
from sqlalchemy.types import UserDefinedType

TABLES = MetaData()


class JsonText(UserDefinedType[str]):
    """JSON in the codec's own order of members: `json` in PostgreSQL (`jsonb` would reorder them), text in SQLite, whose JSON functions
    read that."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"


def _key() -> Column[str]:
    return Column("id", Text, primary_key=True)


SCHEMA_VERSION = Table("schema_version", TABLES, Column("version", Integer, nullable=False))

ARTICLES = Table(
    "articles",
    TABLES,
    _key(),
    Column("rev", BigInteger, nullable=False),
    Column("agency", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("urgency", BigInteger),
    Column("version_created", Text),
    Column("embargoed_until", Text),
    Column("pub_status", Text),
    Column("story_id", Text),
    Column("thread_id", Text),
    Column("format", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("topic_partition", Integer, nullable=False),
    Column("topic_offset", BigInteger, nullable=False),
    Column("received", Text, nullable=False),
    Column("record", JsonText, nullable=False),
    Index("articles_story", "story_id"),
    Index("articles_thread", "thread_id"),
    Index("articles_created", "version_created"),
)

STORIES = Table(
    "stories",
    TABLES,
    _key(),
    Column("rev", BigInteger, nullable=False),
    Column("agency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("current_article", Text),
    Column("headline", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("version_count", BigInteger, nullable=False),
    Column("first_seen", Text),
    Column("last_seen", Text),
    Column("merged_into", Text),
    Column("text", Text),
    Column("record", JsonText, nullable=False),
    Index("stories_last_seen", "last_seen"),
)

VERSIONS = Table(
    "versions",
    TABLES,
    Column("story_id", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("uri", Text, nullable=False),
    Column("version", Text),
    Column("action", Text, nullable=False),
    Column("ordinal", BigInteger),
    Column("version_created", Text),
    Column("headline", Text, nullable=False),
    Column("is_current", Boolean(create_constraint=False), nullable=False),
    Index("versions_article", "article_id"),
)
"""The newest 100 versions of each story, as the story's own record lists them: replaced with it, so always the present truth."""

THREADS = Table(
    "threads",
    TABLES,
    _key(),
    Column("rev", BigInteger, nullable=False),
    Column("headline", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("agencies", Text, nullable=False),
    Column("member_count", BigInteger, nullable=False),
    Column("first_seen", Text),
    Column("last_seen", Text),
    Column("merged_into", Text),
    Column("record", JsonText, nullable=False),
    Index("threads_last_seen", "last_seen"),
)

MEMBERS = {
    "sqlite": """
        CREATE VIEW thread_members AS
        SELECT t.id AS thread_id, json_extract(m.value, '$.id') AS article_id, json_extract(m.value, '$.story') AS story_id,
               json_extract(m.value, '$.agency') AS agency, json_extract(m.value, '$.relation') AS relation,
               json_extract(m.value, '$.of') AS of_article, json_extract(m.value, '$.score') AS score,
               json_extract(m.value, '$.time') AS version_created
        FROM threads t, json_each(t.record, '$.members') m
    """,
    "postgresql": """
        CREATE VIEW thread_members AS
        SELECT t.id AS thread_id, m.value ->> 'id' AS article_id, m.value ->> 'story' AS story_id,
               m.value ->> 'agency' AS agency, m.value ->> 'relation' AS relation,
               m.value ->> 'of' AS of_article, (m.value ->> 'score')::double precision AS score,
               m.value ->> 'time' AS version_created
        FROM threads t, json_array_elements(t.record -> 'members') m
    """,
}
"""The newest 100 articles of each thread, a view: a thread of 100 grows by one article at a time, and a table would write all its rows
again for each."""

DEAD_LETTERS = Table(
    "dead_letters",
    TABLES,
    _key(),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("topic_partition", Integer, nullable=False),
    Column("topic_offset", BigInteger, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("record", JsonText, nullable=False),
    Index("dead_letters_reason", "reason"),
)

Migration = Callable[[Connection], None]


def _text_of_stories(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE stories ADD COLUMN text TEXT")


MIGRATIONS: tuple[Migration, ...] = (_text_of_stories,)
"""Step i takes version i + 1 to i + 2."""


class ForeignDatabase(Exception):
    """A database this version must not write: of a newer version, or with other tables of our names."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy


def prepare(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Makes or migrates the tables inside the caller's transaction and returns the version they had before (0: none).

    Raises ForeignDatabase; then nothing was changed.
    """
    current = 1 + len(migrations)
    if connection.dialect.name == "postgresql":
        # Two workers that start at once would both find no tables. The number is the lock's name: any other program's must differ.
        connection.execute(text("SELECT pg_advisory_xact_lock(7793884)"))
    found = inspect(connection).get_table_names()
    if SCHEMA_VERSION.name not in found:
        ours = sorted(set(found) & set(TABLES.tables))
        if ours:
            raise ForeignDatabase(f"it has a table {ours[0]} that writethru did not make", "Give the sink a database of its own.")
        TABLES.create_all(connection)
        connection.exec_driver_sql(MEMBERS[connection.dialect.name])
        connection.execute(SCHEMA_VERSION.insert().values(version=current))
        return 0
    version = connection.execute(select(SCHEMA_VERSION.c.version)).scalar_one_or_none()
    if version is None:
        raise ForeignDatabase("its table schema_version is empty", "Restore it from a backup, or give the sink a new database.")
    if version > current:
        raise ForeignDatabase(f"its tables have version {version}, this writethru writes version {current}", "Upgrade writethru.")
    for step in migrations[version - 1 :]:
        step(connection)
    if version < current:
        connection.execute(SCHEMA_VERSION.update().values(version=current))
    return int(version)
