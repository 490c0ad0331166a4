"""Streaming ingest for news-agency wires: update marks, version chains, event threads."""

import logging

__version__ = "0.1.0"

# At its import, from whichever command, launcher or worker, Beam says that its BigQuery extra is not there. Whoever needs it is told by the
# sink.
logging.getLogger().addFilter(lambda record: "apitools not found" not in str(record.msg))
