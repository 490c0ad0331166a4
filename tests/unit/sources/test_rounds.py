"""What may be committed where a runner finalises bundles that its checkpoint does not hold."""

from __future__ import annotations

from writethru.sources.kafka.rounds import Rounds

A, B = ("wire.raw", 0), ("wire.raw", 4)


def test_what_a_checkpoint_finalises_is_settled_by_the_next_one() -> None:
    rounds = Rounds()
    assert rounds.settled({A: 10}, made=1.0, now=5.0) == {}
    assert rounds.settled({A: 20, B: 3}, made=4.9, now=5.1) == {}, "perhaps behind the barrier of the checkpoint told at 5.0"
    assert rounds.settled({A: 30, B: 3}, made=6.0, now=10.0) == {A: 20, B: 3}
    assert rounds.settled({A: 40, B: 3}, made=9.9, now=10.1) == {}
    assert rounds.settled({A: 40, B: 3}, made=12.0, now=15.0) == {A: 40, B: 3}


def test_the_order_in_which_a_round_is_told_does_not_matter() -> None:
    rounds = Rounds()
    assert rounds.settled({A: 20}, made=4.0, now=5.0) == {}
    assert rounds.settled({A: 10}, made=1.0, now=5.0) == {}
    assert rounds.settled({A: 20}, made=7.0, now=9.0) == {A: 20}


def test_a_silent_wire_is_settled_too() -> None:
    """Each checkpoint finalises the bundles of empty polls."""
    rounds = Rounds()
    told = [rounds.settled({A: 10}, made=at - 0.5, now=at) for at in (5.0, 10.0, 15.0)]
    assert told == [{}, {A: 10}, {A: 10}]


def test_a_partition_made_anew_is_forgotten() -> None:
    rounds = Rounds()
    rounds.settled({A: 1000, B: 4}, made=1.0, now=5.0)
    rounds.forget(A, now=5.5)
    assert rounds.settled({A: 1000, B: 4}, made=5.4, now=10.0) == {B: 4}, "of before, and told of late"
    assert rounds.settled({A: 3, B: 4}, made=11.0, now=15.0) == {B: 4}
    assert rounds.settled({A: 9, B: 4}, made=16.0, now=20.0) == {A: 3, B: 4}
