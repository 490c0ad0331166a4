from __future__ import annotations

from writethru.once import Once


def test_equal_values_of_one_type_are_one_object() -> None:
    once = Once()
    first = "".join(["quill", "haven"])
    assert once(first) is first
    assert once("".join(["quill", "haven"])) is first


def test_a_number_stays_of_its_type() -> None:
    once = Once()
    assert once(1) == 1
    assert isinstance(once(1.0), float)
    assert once(True) is True
