"""Neither address nor credential lies in a savepoint: a job that is resumed with others uses those."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integration.flink.kit import Flink, until
from tests.integration.flink.stream import done, play_some
from tests.wireload.compare import lost_and_doubled
from tests.wireload.held import read_raw, read_topics
from tests.wireload.life import messages
from tests.wireload.pickles import opened
from tests.wireload.plain import expected
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.options import Options
from writethru.topics import create_topics, wire_topics

pytestmark = pytest.mark.timeout(300)

PART = 500
LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="{user}" password="{password}" user_{user}="{password}";'


class SecuredBroker(Broker):
    """One that lets a single user in, by password."""

    def __init__(self, data: Path, user: str, password: str) -> None:
        super().__init__(data)
        self.user, self.password = user, password

    @property
    def connection(self) -> KafkaConnection:
        return KafkaConnection(self.bootstrap, "SASL_PLAINTEXT", "PLAIN", self.user, self.password)

    def _properties(self, logs: Path) -> dict[str, str]:
        plain = super()._properties(logs)
        return {
            **{name: value.replace("PLAINTEXT://", "SASL_PLAINTEXT://") for name, value in plain.items()},
            "listener.security.protocol.map": "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "SASL_PLAINTEXT",
            "sasl.enabled.mechanisms": "PLAIN",
            "sasl.mechanism.inter.broker.protocol": "PLAIN",
            "listener.name.sasl_plaintext.plain.sasl.jaas.config": LOGIN.format(user=self.user, password=self.password),
        }

    def options(self, name: str) -> Options:
        return Options(
            bootstrap=self.bootstrap,
            security_protocol="SASL_PLAINTEXT",
            sasl_mechanism="PLAIN",
            sasl_username=self.user,
            sasl_password=self.password,
            group=name,
            topic_raw=(f"{name}.raw",),
            sinks=("kafka",),
            splits=2,
        )


def test_a_job_goes_on_with_other_brokers_and_credentials(flink: Flink, tmp_path: Path) -> None:
    wired = messages(2 * PART)
    with SecuredBroker(tmp_path / "kafka", "alice", "first-5ecret") as broker:
        options, before = broker.options("secured"), broker.bootstrap
        create_topics(broker.connection, wire_topics(options))
        flink.submit("secured", options)
        play_some(broker.connection, options, wired, PART)
        until(lambda: done(broker.connection, options) == PART, 60, flink.logs)
        savepoint = Path(urlsplit(flink.stop("secured")).path)

    port = before.rsplit(":", 1)[-1]
    files = [file for file in savepoint.rglob("*") if file.is_file()]
    written = b"".join(file.read_bytes() for file in files)
    assert len(written) > 100_000 and b"secured.raw" in written, "it holds the job's state"
    pickled = list(opened(written))
    assert sum(b"KafkaSource" in one and b"secured.raw" in one for one in pickled) >= options.splits, "and its sources"
    stored = b"\n".join([written, *pickled])
    for told in (before, f":{port}", "first-5ecret", "alice"):
        assert told.encode() not in stored
    # Flink shows a job's options to whoever opens its page.
    shown = str([flink.rest.options(job.id) for job in flink.rest.jobs("secured")])
    assert "writethruPlan" in shown and before not in shown and "first-5ecret" not in shown and "alice" not in shown

    with SecuredBroker(tmp_path / "kafka", "bob", "second-5ecret") as broker:
        assert broker.bootstrap != before
        flink.submit("secured", broker.options("secured"), command="resume")
        play_some(broker.connection, options, wired, PART)
        until(lambda: done(broker.connection, options) == 2 * PART, 60, flink.logs)
        flink.call("cancel", "--job-name", "secured")
        plain = expected(read_raw(broker.connection, "secured.raw"), threads=False)
        assert lost_and_doubled(plain.ids, read_topics(broker.connection, replace(options, bootstrap=broker.bootstrap))) == []
