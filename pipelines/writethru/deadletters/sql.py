"""Dead letters as rows of `dead_letters`, for local runs: what one looks at with the same shell as the results."""

from __future__ import annotations

from collections.abc import Sequence

from writethru.records import DeadLetter
from writethru.sinks.settings import SqlSinkSettings
from writethru.sinks.sql import retried, upsert
from writethru.sinks.sql_engine import database
from writethru.sinks.sql_rows import Row, dead_letter_row
from writethru.sinks.sql_schema import DEAD_LETTERS


class SqlDeadLetters:
    """Upserted by id; `record` holds the whole letter as JSON, its bytes in base64."""

    name = "sql"

    def __init__(self, settings: SqlSinkSettings) -> None:
        """Raises SinkFailed where the database cannot be opened, written or understood."""
        self._patience = settings.patience
        self._database = database(settings)
        self._statement = upsert(DEAD_LETTERS, self._database.engine.dialect.name)
        self._rows: dict[str, Row] = {}

    def write(self, letters: Sequence[DeadLetter]) -> None:
        self._rows.update({letter.id: dead_letter_row(letter) for letter in letters})

    def flush(self) -> None:
        rows = [self._rows[id_] for id_ in sorted(self._rows)]
        self._rows = {}
        if rows:
            retried(self._database, self._patience, lambda: self._store(rows))

    def close(self) -> None:
        self._rows = {}

    def _store(self, rows: list[Row]) -> None:
        with self._database.begin() as connection:
            connection.execute(self._statement, rows)
