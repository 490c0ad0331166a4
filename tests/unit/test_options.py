from __future__ import annotations

import pytest

from writethru.options import OptionError, Options, from_environment
from writethru.records import Feed


def test_a_variable_sets_an_option() -> None:
    assert from_environment({"WRITETHRU_TOPIC_RAW": "a, b", "WRITETHRU_SPLITS": "3"}).topic_raw == ("a", "b")


def test_the_common_name_of_the_brokers_is_read_after_our_own() -> None:
    assert from_environment({"KAFKA_BOOTSTRAP": "k:9092"}).bootstrap == "k:9092"
    assert from_environment({"KAFKA_BOOTSTRAP": "k:9092", "WRITETHRU_BOOTSTRAP": "w:9092"}).bootstrap == "w:9092"


def test_what_is_given_overrules_the_environment() -> None:
    assert from_environment({"WRITETHRU_GROUP": "theirs"}, group="mine").group == "mine"


def test_a_value_of_the_wrong_kind_names_its_variable() -> None:
    with pytest.raises(OptionError, match="WRITETHRU_SPLITS=many"):
        from_environment({"WRITETHRU_SPLITS": "many"})


def test_an_unknown_choice_names_the_flag_and_what_it_takes() -> None:
    with pytest.raises(OptionError, match="--sinks: 'tape' is not one of kafka, sql, files"):
        Options(sinks=("kafka", "tape"))


def test_hold_is_refused_while_it_is_not_built() -> None:
    with pytest.raises(OptionError, match="--embargo mark"):
        Options(embargo="hold")


def test_feeds_are_read_by_topic() -> None:
    options = Options(feed=("wire.raw=yonhap,text,Asia/Seoul", "other=ap"))
    assert options.feeds() == {"wire.raw": Feed("wire.raw", "yonhap", "text", "Asia/Seoul"), "other": Feed("other", "ap")}


@pytest.mark.parametrize("feed", ["wire.raw", "=ap", "t=a,b,c,d"])
def test_a_feed_that_cannot_be_read_is_refused(feed: str) -> None:
    with pytest.raises(OptionError, match="TOPIC=agency"):
        Options(feed=(feed,))


def test_no_secret_shows_in_the_repr() -> None:
    shown = repr(Options(sasl_password="hunter2", ssl_password="hunter3", sql_url="postgresql://u:hunter4@h/d"))  # noqa: S106
    assert "hunter" not in shown


def test_the_default_database_lies_in_the_output_directory(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert Options(out=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/wire.db"


def test_a_start_is_a_word_or_a_time() -> None:
    assert Options(start="latest").position() == "latest"
    assert Options(start="2026-03-17T08:00:00Z").position() == 1_773_734_400_000
    assert Options(start="1773734400000").position() == 1_773_734_400_000
    with pytest.raises(OptionError, match="--start yesterday"):
        Options(start="yesterday")
