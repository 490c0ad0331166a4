"""Texts that are looked up together find what each would have found alone."""

from __future__ import annotations

import numpy as np

from writethru.threads.rings import Rings, filing, ranked

ROWS = np.random.default_rng(7).integers(0, 5, (40, 3))
"""Five rings of four cells: of forty texts with three entries each hardly one ring is not pushed out within a round."""
OWNERS = np.repeat(np.arange(40), 3)


def alone() -> list[list[int]]:
    rings, found = Rings(5, 4), []
    for number, rows in enumerate(ROWS, 1):
        owners = np.zeros(3, np.int64)
        filed = filing(rows, owners, np.full(3, number))
        found += rings.look(rows, owners, filed).tolist()
        rings.file(filed)
    return found


def together(size: int) -> list[list[int]]:
    rings, found = Rings(5, 4), []
    for start in range(0, 40, size):
        rows, owners = ROWS[start : start + size].ravel(), OWNERS[: 3 * size]
        filed = filing(rows, owners, owners + start + 1)
        found += rings.look(rows, owners, filed).tolist()
        rings.file(filed)
    return found


def test_a_round_finds_what_its_texts_find_one_by_one() -> None:
    assert together(1) == together(8) == together(40) == alone()


def test_a_ring_that_becomes_two_holds_what_it_held_in_both() -> None:
    rings = Rings(2, 4)
    rows, owners = np.array([0, 1]), np.array([0, 0])
    rings.file(filing(rows, owners, np.array([5, 6])))
    rings.double()
    nothing = filing(rows[:0], owners[:0], rows[:0])
    assert rings.look(np.arange(4), np.zeros(4, np.int64), nothing)[:, 0].tolist() == [5, 6, 5, 6]


def test_of_numbers_worth_the_same_the_newest_comes_first_and_what_is_worth_too_little_not_at_all() -> None:
    owners, numbers, worth = np.array([0, 0, 0, 0, 2]), np.array([7, 9, 4, 4, 7]), np.array([3, 3, 2, 2, 1])
    assert ranked(owners, numbers, worth, np.array([3, 0, 0]), 8) == [[4, 9, 7], [], [7]]
    assert ranked(owners, numbers, worth, np.array([4, 0, 2]), 8) == [[4], [], []]
    assert ranked(owners, numbers, worth, np.array([0, 0, 0]), 1) == [[4], [], [7]]
