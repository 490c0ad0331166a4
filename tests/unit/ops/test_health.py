from writethru.ops import metrics
from writethru.ops.health import SILENT_AFTER, Health

T = 1_772_353_800_000


def ready():
    return dict(metrics.READY.items())[()]


def test_it_is_alive_while_the_main_loop_turns():
    health = Health()
    assert health.stuck(T) == "the main loop has not started"
    health.beat(T)
    assert health.stuck(T + SILENT_AFTER) is None
    assert health.stuck(T + SILENT_AFTER + 1) == "the main loop has not turned for 60 s"
    health.beat(T + SILENT_AFTER + 1)
    assert health.stuck(T + SILENT_AFTER + 1) is None
    assert dict(metrics.HEARTBEAT.items())[()] == (T + SILENT_AFTER + 1) / 1000


def test_it_is_ready_when_source_and_sinks_are_up():
    health = Health()
    assert health.missing() == ["the pipeline has not started"]
    health.expect("source", "sink sql")
    assert health.missing() == ["source: not open yet", "sink sql: not open yet"]
    health.up("source")
    assert ready() == 0
    health.up("sink sql")
    assert (health.missing(), ready()) == ([], 1)


def test_a_lost_part_says_why_without_its_secrets():
    health = Health()
    health.expect("source")
    health.up("source")
    health.down("sink sql", "no answer from postgresql://wire:hunter2@db/wire\nretrying")
    assert health.missing() == ["sink sql: no answer from postgresql://***@db/wire retrying"]
    assert ready() == 0


def test_expecting_a_part_again_does_not_hide_its_reason():
    health = Health()
    health.expect("source")
    health.down("source", "broker is gone")
    health.expect("source")
    assert health.missing() == ["source: broker is gone"]
