"""Two accounts of one invented event and one of another, in languages that the model was not made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import HOUR, START, Run, article, groups_of

from writethru.threads import ThreadIndex

ACCOUNTS: dict[str, tuple[str, str, str]] = json.loads(Path(__file__).with_name("accounts.json").read_text("utf-8"))


@pytest.mark.parametrize(("language", "accounts"), ACCOUNTS.items(), ids=ACCOUNTS)
def test_accounts_of_one_event_join_and_another_event_stays_apart(language: str, accounts: tuple[str, str, str]) -> None:
    first, second, other = accounts
    run = Run(ThreadIndex(language))
    run.feed(
        article("first", first, time=START),
        article("other", other, agency="osprey", time=START + 6 * HOUR),
        article("second", second, agency="gazette", time=START + 8 * HOUR),
    )
    assert run.groups() == groups_of([["first", "second"], ["other"]])
