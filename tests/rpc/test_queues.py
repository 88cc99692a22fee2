from app_server.rpc.queues import OrderedQueues, Place


class Runner:
    """Enters entries and records which have started."""

    def __init__(self) -> None:
        self.queues = OrderedQueues()
        self.started: list[str] = []

    def enter(self, name: str, key: str | None, *, shared: bool = False) -> Place:
        return self.queues.enter(key, shared, lambda: self.started.append(name))


def test_equal_keys_run_one_at_a_time_in_the_order_of_arrival() -> None:
    run = Runner()
    first, second, _ = run.enter("a", "t"), run.enter("b", "t"), run.enter("c", "t")
    assert run.started == ["a"]

    first.leave()
    assert run.started == ["a", "b"]
    second.leave()
    assert run.started == ["a", "b", "c"]


def test_different_keys_and_no_key_run_at_once() -> None:
    run = Runner()

    for name, key in (("a", "t1"), ("b", "t2"), ("c", None), ("d", None)):
        run.enter(name, key)

    assert run.started == ["a", "b", "c", "d"]


def test_shared_entries_run_together_and_never_pass_an_exclusive_one() -> None:
    run = Runner()
    reads = [run.enter("r1", "config", shared=True), run.enter("r2", "config", shared=True)]
    write = run.enter("w", "config")
    late = run.enter("r3", "config", shared=True)
    assert run.started == ["r1", "r2"]

    reads[0].leave()
    assert run.started == ["r1", "r2"]
    reads[1].leave()
    assert run.started == ["r1", "r2", "w"]
    write.leave()
    assert run.started == ["r1", "r2", "w", "r3"]
    late.leave()


def test_an_entry_that_leaves_while_waiting_is_skipped() -> None:
    run = Runner()
    first, skipped, _ = run.enter("a", "t"), run.enter("b", "t"), run.enter("c", "t")

    skipped.leave()
    first.leave()

    assert run.started == ["a", "c"]


def test_leaving_twice_frees_the_place_once() -> None:
    run = Runner()
    first, _, _ = run.enter("a", "t"), run.enter("b", "t"), run.enter("c", "t")

    first.leave()
    first.leave()

    assert run.started == ["a", "b"]


def test_a_queue_without_entries_is_forgotten() -> None:
    run = Runner()

    run.enter("a", "t").leave()
    run.enter("b", "t")

    assert run.started == ["a", "b"]
