"""Dead letters as rows of `dead_letters`, `value` the original bytes, bit for bit.

A payload larger than a row is spread over several, in order of `part`:
`SELECT id, STRING_AGG(value, b'' ORDER BY part) FROM dead_letters GROUP BY id`.
"""

from __future__ import annotations

from collections.abc import Sequence

from writethru.records import DeadLetter
from writethru.sinks.bigquery import dataset
from writethru.sinks.bigquery_rows import dead_letter_rows, encoded
from writethru.sinks.bigquery_schema import dead_letters
from writethru.sinks.contract import SinkFailed
from writethru.sinks.settings import BigQuerySinkSettings


class BigQueryDeadLetters:
    """Buffers on `write`, appends on `flush`; upserted by id."""

    name = "bigquery"

    def __init__(self, settings: BigQuerySinkSettings) -> None:
        """Raises SinkFailed where the table is missing or may not be written."""
        self._where = f"{settings.dataset}.dead_letters"
        self._writer = dataset(settings).table(dead_letters())
        self.close()

    def write(self, letters: Sequence[DeadLetter]) -> None:
        self._letters.update({letter.id: letter for letter in letters})

    def flush(self) -> None:
        letters = list(self._letters.values())
        self.close()
        rows = [encoded(dead_letters(), row, letter.attempts) for letter in letters for row in dead_letter_rows(letter)]
        if not rows:
            return
        refused = self._writer.append(rows)
        if refused:
            detail = next(iter(refused.values()))
            raise SinkFailed(
                self.name,
                self._where,
                f"{len(refused)} of {len(rows)} rows are refused ({detail})",
                "Bring the table to what deploy/bigquery/schema.sql makes and start again: nothing of this batch is committed.",
            )

    def close(self) -> None:
        self._letters: dict[str, DeadLetter] = {}
