"""The jars of the embedded broker: which, from where, and what their bytes must be.

Kafka 4.1.1 runs as a single KRaft node, with all its codecs, on these 33 jars (37 MB). They come from
Maven Central through Beam's own helper.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

KAFKA_VERSION = "4.1.1"

JARS: Mapping[str, str] = {
    "com.fasterxml.jackson.core:jackson-annotations:2.19.0": "ead60e9cac0e42b57092b9e2d087ff43536e9477d4486ba393037a8cc156cda7",
    "com.fasterxml.jackson.core:jackson-core:2.19.0": "da8e859bac94874528116a25f20c68560e4287acbf27628711b8a4f96b028430",
    "com.fasterxml.jackson.core:jackson-databind:2.19.0": "ceda311f476c3b18e1d2b240c94e2dcb9c8d44e70f8afa9facab88bac4ddc03a",
    "com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.19.0": "46e54dcbd39d4d12cda18ec9276e7b888e08fc765ea0c77e71662306f0d4abc4",
    "com.github.luben:zstd-jni:1.5.6-10": "b6c3237e24b8252a5a9c3a0e1ae30ef8f323412e74bd358548b7a9e527d676df",
    "com.google.re2j:re2j:1.8": "7b52c72156dd7f98b3237a5b35c1d34fba381b21048c89208913ad80a45dfbd7",
    "com.typesafe.scala-logging:scala-logging_2.13:3.9.5": "87a3017d3f43e6ace7566fe4c3d615134c6914ff871c8d64bb32ca1d996d0545",
    "com.yammer.metrics:metrics-core:2.2.0": "6b7a14a6f34c10f8683f7b5e2f39df0f07b58c7dff0e468ebbc713905c46979c",
    "commons-validator:commons-validator:1.9.0": "c3c14748e2d78db58df88808740711bd643b32c45ffa7b8a739f00fb467cd7d7",
    "jakarta.servlet:jakarta.servlet-api:6.0.0": "c034eb1afb158987dbb53a5fea0cadf611c8dae8daadd59c44d9d5ab70129cef",
    "net.sf.jopt-simple:jopt-simple:5.0.4": "df26cc58f235f477db07f753ba5a3ab243ebe5789d9f89ecf68dd62ea9a66c28",
    "net.sourceforge.argparse4j:argparse4j:0.7.0": "65ceb669d88f63306c680f8088bbf765bbca72d288a61a03703000076c3d3f56",
    "org.apache.kafka:kafka-clients:4.1.1": "00247122a572c3d3ae4eb60a50192a5811bc0181f51923d13018600f892e821d",
    "org.apache.kafka:kafka-coordinator-common:4.1.1": "2072fc1ce7e0505149bba22a463a5909a899c6235c4fa696f15c21194a7baf60",
    "org.apache.kafka:kafka-group-coordinator-api:4.1.1": "3d1801d2329dcf7d273796a034d61e6c7e0f851f384d0afbdd3a2e6cbd17a968",
    "org.apache.kafka:kafka-group-coordinator:4.1.1": "3eb5a673b69d5992cfa86c5436f39adbf4ce284046a4c999ec6af0a8e31c5589",
    "org.apache.kafka:kafka-metadata:4.1.1": "a689665751415b6456de1ecb013042cb7ba99ac68fd8c3e8bf28e098feb43218",
    "org.apache.kafka:kafka-raft:4.1.1": "4810c93d93d1935dd54de61c5ba130f501c7fe11bc49ccd3ee05ec857818a72a",
    "org.apache.kafka:kafka-server-common:4.1.1": "207edecd8322cf6c13d76d84addea7fd0ec441dc8d698cf69df43210ccdc0a94",
    "org.apache.kafka:kafka-server:4.1.1": "9f6aff422855491aad54326eca8d604163d6d3a6507cc48ffe3ce6de73caf79a",
    "org.apache.kafka:kafka-share-coordinator:4.1.1": "e6bec53428c77bf6579321836d482542a93575f7c08e860a26c9f2c7f6059dac",
    "org.apache.kafka:kafka-storage:4.1.1": "1f85b82853eaec0143efbef7e3a4d4be8929ff83a386326431e0c2d0a557e58c",
    "org.apache.kafka:kafka-transaction-coordinator:4.1.1": "a261b5730ac9e3205df7af5d45180d851e9d5f729ce1275c67511a6f51f73755",
    "org.apache.kafka:kafka_2.13:4.1.1": "e89428126cc7630a802123ba27aac4442816840b66d60670226feaff65f24fd1",
    "org.apache.logging.log4j:log4j-api:2.24.3": "5b4a0a0cd0e751ded431c162442bdbdd53328d1f8bb2bae5fc1bbeee0f66d80f",
    "org.apache.logging.log4j:log4j-core:2.24.3": "7eb4084596ae25bd3c61698e48e8d0ab65a9260758884ed5cbb9c6e55c44a56a",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.24.3": "40dec251164d1576e000968cd02e56a1125f46b91fb694a06dfa168f1335da48",
    "org.hdrhistogram:HdrHistogram:2.2.2": "22d1d4316c4ec13a68b559e98c8256d69071593731da96136640f864fa14fad8",
    "org.lz4:lz4-java:1.8.0": "d74a3334fb35195009b338a951f918203d6bbca3d1d359033dc33edd1cadc9ef",
    "org.pcollections:pcollections:4.0.2": "2bbeef5797a241300c4f7513cd546239629ed7deda4fc0c31df90bb95f5f13ef",
    "org.scala-lang:scala-library:2.13.16": "1ebb2b6f9e4eb4022497c19b1e1e825019c08514f962aaac197145f88ed730f1",
    "org.slf4j:slf4j-api:1.7.36": "d3ef575e3e4979678dc01bf1dcce51021493b4d11fb7f1be8ad982877c16a1c0",
    "org.xerial.snappy:snappy-java:1.1.10.7": "4c766cb3f855415ee734b2392949a0b6f12a60879334a74518deaf6270d32e36",
}
"""Maven coordinates -> sha256 of the jar. `log4j-slf4j-impl` is there for the broker's errors: without a binding slf4j drops them."""

Download = Callable[[str, Path], Path]
"""(Maven coordinates, directory) -> the file it was put in."""


class JarError(RuntimeError):
    """A jar could not be had, or is not the one that was pinned."""


def cache_directory() -> Path:
    """Where the jars are kept between runs: `$XDG_CACHE_HOME` or `~/.cache`, then `writethru/kafka-VERSION`."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "writethru" / f"kafka-{KAFKA_VERSION}"


def fetch(directory: Path, download: Download | None = None, jars: Mapping[str, str] = JARS) -> list[Path]:
    """The pinned jars as verified files in `directory`; what is missing or wrong is fetched, eight at a time.

    Every file is hashed on every call: 37 MB cost 0.03 s, less than finding out later why a JVM does not start.
    Raises `JarError` naming the jar, where it would lie, and both digests or what the network said.
    """
    directory.mkdir(parents=True, exist_ok=True)
    get = download or _from_maven
    with ThreadPoolExecutor(8, thread_name_prefix="jars") as pool:
        return list(pool.map(lambda jar: _verified(directory, jar[0], jar[1], get), jars.items()))


def _verified(directory: Path, coordinates: str, digest: str, get: Download) -> Path:
    path = directory / jar_name(coordinates)
    # A wrong file stays until it is replaced: between a look and an unlink another process may have put the right one there.
    if _holds(path, digest):
        return path
    by_hand = f"or put the jar (sha256 {digest}) at {path}"
    seen = ""
    for _ in range(2):
        # A directory of its own per download: Beam's helper writes NAME.tmp beside the target, which two processes would share.
        with tempfile.TemporaryDirectory(dir=directory, prefix=".fetch-") as room:
            try:
                fetched = get(coordinates, Path(room))
            except (OSError, RuntimeError) as error:
                raise JarError(f"cannot fetch {coordinates}: {error}; let this machine reach Maven Central, {by_hand}") from error
            seen = _sha256(fetched)
            if seen == digest:
                fetched.replace(path)
                return path
    raise JarError(
        f"{coordinates} is not the pinned jar: sha256 is {seen}, expected {digest} (fetched twice, discarded);"
        f" see what answers for Maven Central here, {by_hand}"
    )


def jar_name(coordinates: str) -> str:
    """`group:artifact:version` -> `artifact-version.jar`."""
    _, artifact, version = coordinates.split(":")
    return f"{artifact}-{version}.jar"


def _from_maven(coordinates: str, directory: Path) -> Path:
    # Imported here: it brings in grpc, and a warm start needs neither.
    from apache_beam.utils.subprocess_server import JavaJarServer

    group, artifact, version = coordinates.split(":")
    # It warns of every download from a public repository; each of these is checked against its digest.
    logging.getLogger("apache_beam.utils.subprocess_server").setLevel(logging.ERROR)
    return Path(JavaJarServer.local_jar(JavaJarServer.path_to_maven_jar(artifact, group, version), cache_dir=str(directory)))


def _holds(path: Path, digest: str) -> bool:
    try:
        return _sha256(path) == digest
    except FileNotFoundError:
        return False


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
