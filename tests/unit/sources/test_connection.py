from __future__ import annotations

import pytest

from writethru.kafka_connection import KafkaConnection, KafkaUnavailable
from writethru.options import Options

SECURE = KafkaConnection(
    "one.example:9093, two.example:9093", "SASL_SSL", "SCRAM-SHA-512", "desk", "s3cret", "ca.pem", "desk.pem", "desk.key", "k3y"
)


def test_secrets_show_in_no_text() -> None:
    shown = f"{SECURE} {SECURE!r} {KafkaUnavailable(SECURE, 'topic wire.raw', 'timed out')}"
    assert "s3cret" not in shown and "k3y" not in shown
    assert "one.example:9093" in shown and "wire.raw" in shown


def test_the_clients_get_every_setting_and_short_waits() -> None:
    options = SECURE.client_options()
    assert options["bootstrap_servers"] == ["one.example:9093", "two.example:9093"]
    assert (options["sasl_plain_username"], options["sasl_plain_password"], options["ssl_password"]) == ("desk", "s3cret", "k3y")
    assert options["bootstrap_timeout_ms"] <= 10_000 and options["reconnect_backoff_max_ms"] <= 2_000
    assert "sasl_mechanism" not in KafkaConnection("localhost:9092").client_options()


def test_the_options_hold_all_of_it() -> None:
    options = Options(
        bootstrap="one.example:9093, two.example:9093",
        security_protocol="SASL_SSL",
        sasl_mechanism="SCRAM-SHA-512",
        sasl_username="desk",
        sasl_password="s3cret",  # noqa: S106
        ssl_cafile="ca.pem",
        ssl_certfile="desk.pem",
        ssl_keyfile="desk.key",
        ssl_password="k3y",  # noqa: S106
    )
    assert KafkaConnection.from_options(options) == SECURE


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"bootstrap": ""}, "bootstrap"),
        ({"bootstrap": "a:1,,b:1"}, "bootstrap"),
        ({"bootstrap": "a:1", "security_protocol": "TLS"}, "SASL_SSL"),
        ({"bootstrap": "a:1", "security_protocol": "SASL_SSL"}, "sasl_mechanism, sasl_username"),
        ({"bootstrap": "a:1", "security_protocol": "SASL_SSL", "sasl_mechanism": "MAGIC"}, "SCRAM-SHA-256"),
    ],
)
def test_what_cannot_work_is_refused_at_once(given: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        KafkaConnection(**given)
