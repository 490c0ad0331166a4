"""A comma list as people write it, on the command line and in the environment."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from writethru.cli.flags import flags, options_of


@click.command()
@flags("Topics", "Sinks")
@click.pass_context
def show(context: click.Context, /, **_: object) -> None:
    options = options_of(context)
    click.echo(f"{'|'.join(options.sinks)} {'|'.join(options.topic_raw)} {'|'.join(options.feed)}")


def call(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(show, list(arguments), env=environment)


@pytest.mark.parametrize("sinks", ["kafka,sql", "kafka, sql", " kafka ,\tsql "])
def test_blanks_around_a_part_mean_nothing(sinks: str) -> None:
    assert call("--sinks", sinks).output == "kafka|sql wire.raw \n"
    assert call(WRITETHRU_SINKS=sinks).output == "kafka|sql wire.raw \n"


def test_so_it_is_with_topics_and_feeds() -> None:
    given = {"WRITETHRU_TOPIC_RAW": "wire.ap, wire.dpa", "WRITETHRU_FEED": "a=yonhap, text, Asia/Seoul, b=ap,,UTC"}
    told = "kafka|sql|files wire.ap|wire.dpa a=yonhap,text,Asia/Seoul|b=ap,,UTC\n"
    assert call(**given).output == told
    assert call("--topic-raw", given["WRITETHRU_TOPIC_RAW"], "--feed", given["WRITETHRU_FEED"]).output == told
    assert call("--topic-raw", " wire.ap", "--topic-raw", "wire.dpa ", "--feed", given["WRITETHRU_FEED"]).output == told


@pytest.mark.parametrize("sinks", ["kafka,,sql", "kafka, ", ",kafka", " "])
def test_an_empty_part_says_what_is_expected(sinks: str) -> None:
    for refused in (call("--sinks", sinks), call(WRITETHRU_SINKS=sinks)):
        assert refused.exit_code == 2
        assert "expected a comma list of kafka, sql, files, bigquery" in " ".join(refused.output.split())


def test_an_unknown_part_is_named_without_its_blanks() -> None:
    refused = call("--sinks", "kafka, tape ")
    assert refused.exit_code == 2
    assert "'tape' is not one of kafka, sql, files, bigquery" in " ".join(refused.output.split())
