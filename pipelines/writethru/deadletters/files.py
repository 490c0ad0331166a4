"""Dead letters as lines of `dead_letters.jsonl`, bytes in base64."""

from __future__ import annotations

from collections.abc import Sequence

from writethru.codec import dead_json
from writethru.records import DeadLetter
from writethru.sinks.files import jsonl_file
from writethru.sinks.settings import FilesSinkSettings


class FilesDeadLetters:
    """Buffers on `write`, appends one segment on `flush`."""

    name = "files"

    def __init__(self, settings: FilesSinkSettings) -> None:
        """Raises SinkFailed where the file cannot be opened for writing."""
        self._file = jsonl_file(settings.directory, "dead_letters.jsonl")
        self._lines: list[bytes] = []

    def write(self, letters: Sequence[DeadLetter]) -> None:
        self._lines += [dead_json(letter) for letter in letters]

    def flush(self) -> None:
        lines, self._lines = self._lines, []
        if lines:
            self._file.append(lines)

    def close(self) -> None:
        self._lines = []
