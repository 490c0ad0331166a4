"""How to reach a Kafka cluster: the one place where addresses and credentials stand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kafka import KafkaAdminClient
from kafka.errors import KafkaError
from kafka.net.compat import KafkaNetClient

from writethru.options import Options

T = TypeVar("T")

SECURITY_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
SASL_MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")

# A broker that is away is told by each of these at ERROR, in every attempt, some with a traceback. The source says once which broker it
# waits for, and every client raises what it cannot wait for.
for _name in ("kafka.net", "kafka.cluster", "kafka.coordinator", "kafka.consumer.fetcher"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """Address and credentials of a cluster. `bootstrap` is `host:port[,host:port…]`; `ssl_*` are PEM files. Secrets stay out of `repr`.

    Raises `ValueError` on a protocol, mechanism or combination that Kafka does not know.
    """

    bootstrap: str
    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str | None = None
    sasl_username: str | None = None
    sasl_password: str | None = field(default=None, repr=False)
    ssl_cafile: str | None = None
    ssl_certfile: str | None = None
    ssl_keyfile: str | None = None
    ssl_password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.bootstrap:
            raise ValueError("no brokers are named: give --bootstrap HOST:PORT, or set KAFKA_BOOTSTRAP")
        if not all(self.addresses):
            raise ValueError(f"bootstrap must be host:port[,host:port…], got {self.bootstrap!r}")
        if self.security_protocol not in SECURITY_PROTOCOLS:
            raise ValueError(f"security_protocol must be one of {', '.join(SECURITY_PROTOCOLS)}, got {self.security_protocol!r}")
        if self.sasl_mechanism is not None and self.sasl_mechanism not in SASL_MECHANISMS:
            raise ValueError(f"sasl_mechanism must be one of {', '.join(SASL_MECHANISMS)}, got {self.sasl_mechanism!r}")
        if self.security_protocol.startswith("SASL_") and not (self.sasl_mechanism and self.sasl_username and self.sasl_password):
            raise ValueError(f"security_protocol {self.security_protocol} needs sasl_mechanism, sasl_username and sasl_password")

    @property
    def addresses(self) -> list[str]:
        return [address.strip() for address in self.bootstrap.split(",")]

    def client_options(self) -> dict[str, Any]:
        """Keyword arguments for any kafka-python client: this address, these credentials, and a short bootstrap and reconnect.

        kafka-python's defaults would name an absent broker after 30 s and return to a restarted one after up to 30 s more.
        """
        options: dict[str, Any] = {
            "bootstrap_servers": self.addresses,
            "security_protocol": self.security_protocol,
            "bootstrap_timeout_ms": 5_000,
            "reconnect_backoff_max_ms": 1_000,
        }
        given = {
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.sasl_username,
            "sasl_plain_password": self.sasl_password,
            "ssl_cafile": self.ssl_cafile,
            "ssl_certfile": self.ssl_certfile,
            "ssl_keyfile": self.ssl_keyfile,
            "ssl_password": self.ssl_password,
        }
        return options | {name: value for name, value in given.items() if value is not None}

    @classmethod
    def from_options(cls, options: Options) -> KafkaConnection:
        """The connection that the `Kafka` group of the options describes. Raises `ValueError` as the constructor does."""
        return cls(
            options.bootstrap,
            options.security_protocol,
            options.sasl_mechanism or None,
            options.sasl_username or None,
            options.sasl_password or None,
            options.ssl_cafile or None,
            options.ssl_certfile or None,
            options.ssl_keyfile or None,
            options.ssl_password or None,
        )


class KafkaUnavailable(ConnectionError):
    """No broker answered in time. Names the addresses and, where one was asked for, the topic."""

    def __init__(self, connection: KafkaConnection, wanted: str, cause: object) -> None:
        super().__init__(f"no Kafka broker answers at {connection.bootstrap} ({wanted}): {cause}")


def opened(client: Callable[..., T], connection: KafkaConnection, **options: Any) -> T:
    """A kafka-python client of the given class on `connection`; `options` are its own. Raises `KafkaError` as its constructor does.

    kafka-python 3.0 leaves the thread and the sockets of a client behind whose constructor fails; here they are closed.
    """
    begun: list[KafkaNetClient] = []

    def keep(**config: Any) -> KafkaNetClient:
        begun.append(KafkaNetClient(**config))
        return begun[-1]

    try:
        return client(**connection.client_options(), **options, kafka_client=keep)
    except KafkaError:
        for each in begun:
            each.close()
        raise


@contextmanager
def admin_client(connection: KafkaConnection, wanted: str) -> Iterator[KafkaAdminClient]:
    """An admin client, closed at the end. `wanted` says in the error what was asked for. Raises `KafkaUnavailable` within 6 s."""
    try:
        admin = opened(KafkaAdminClient, connection)
    except KafkaError as error:
        raise KafkaUnavailable(connection, wanted, error) from error
    try:
        yield admin
    finally:
        admin.close()
