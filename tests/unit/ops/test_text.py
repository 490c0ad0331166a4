import pytest

from writethru.ops.text import plain, without_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a\r\n\tb\x00c  ", "a b c"),
        ("price \u202eevil\u202c up", "price  evil  up"),
        ("lone \ud800 half", "lone   half"),
        ("한국어 그대로", "한국어 그대로"),
        ("x" * 50, "x" * 19 + "…"),
        ("<script>alert(1)</script>"[:20], "<script>alert(1)</sc"),
    ],
)
def test_a_line_is_one_line_of_bounded_length(text, shown):
    assert plain(text, 20) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cannot reach postgresql://wire:hunter2@db:5432/wire", "cannot reach postgresql://***@db:5432/wire"),
        ("sasl_plain_password=hunter2, host=db", "sasl_plain_password=***, host=db"),
        ('{"api_key": "abc def", "n": 1}', '{"api_key": ***, "n": 1}'),
        ("Password: hunter2", "Password: ***"),
        ("at 12:30 the desk@agency.example wrote", "at 12:30 the desk@agency.example wrote"),
    ],
)
def test_secrets_are_masked(text, shown):
    assert without_secrets(text, 200) == shown


def test_a_secret_cut_by_the_limit_is_masked_before_it_is_cut():
    assert "hunter" not in without_secrets("x" * 180 + " password=hunter2hunter2hunter2", 200)
