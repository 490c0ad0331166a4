"""An AppendRows call of the Storage Write API: requests in, their answers out in the same order.

Not the library's own `AppendRowsStream`: that one polls for an answer in growing steps (330 ms for one that was there after 50) and pairs
answers with requests in an order that two threads can swap.
"""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue
from typing import Any

import grpc
from google.cloud.bigquery_storage_v1 import BigQueryWriteClient, types

Code = grpc.StatusCode


class Broken(Exception):
    """A connection ended, or its answer did not come."""

    def __init__(self, code: int, what: str) -> None:
        super().__init__(code, what)
        self.code = code
        self.what = what


class Connection:
    """Its answers are read by a thread of its own, since gRPC waits for one without an end. For one thread at a time."""

    def __init__(self, client: BigQueryWriteClient, stream: str) -> None:
        self._requests: SimpleQueue[types.AppendRowsRequest | None] = SimpleQueue()
        self._answers: SimpleQueue[types.AppendRowsResponse | Broken] = SimpleQueue()
        append_rows: Any = client.transport.append_rows  # its annotation is that of a call with one request
        # By this header the service finds the dataset's region.
        route = (("x-goog-request-params", f"write_stream={stream}"),)
        self._call = append_rows(iter(self._requests.get, None), metadata=route)
        threading.Thread(target=self._read, name="bigquery-answers", daemon=True).start()

    def send(self, request: types.AppendRowsRequest) -> None:
        self._requests.put(request)

    def answer(self, deadline: float) -> types.AppendRowsResponse:
        """The next one. Raises Broken, also where none came by `deadline` (monotonic seconds)."""
        try:
            answer = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise Broken(Code.DEADLINE_EXCEEDED.value[0], "no answer") from None
        if isinstance(answer, Broken):
            raise answer
        return answer

    def close(self) -> None:
        self._requests.put(None)
        self._call.cancel()

    def _read(self) -> None:
        try:
            for answer in self._call:
                self._answers.put(answer)
            self._answers.put(Broken(Code.UNAVAILABLE.value[0], "the service ended the connection"))
        except grpc.RpcError as error:
            self._answers.put(Broken(error.code().value[0], error.details() or error.code().name))
