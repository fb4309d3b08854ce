"""Every day: news from the feeds and folders the team has named. A source that fails holds up no other."""

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import naming, showing
from rekindle import clock
from rekindle.journey.content import pulling
from rekindle.wiring import open_rekindle


@flow(name="pull", flow_run_name=naming.by_minute)
def pull() -> State[None]:
    """Ask every source for what is new; what goes wrong stays with the source, and is asked for again tomorrow."""
    rows = pull_sources()
    showing.show_rows("pull", "What came of each source; `rekindle content sources list` tells what is wrong", rows)
    new = sum(int(row["new"]) for row in rows)
    failed = sum(row["read"] == "no" for row in rows)
    name = "SomeFailed" if failed else "Pulled" if new else "NothingNew"
    return Completed(name=name, message=f"{new} new items from {len(rows)} sources, {failed} could not be read")


@task(name="pull sources", cache_policy=NO_CACHE)
def pull_sources() -> list[dict[str, int | str]]:
    """Pull every source; return numbers only, for what a feed says is no business of Prefect's."""
    return [_row(each) for each in pulling.pull(open_rekindle().store, clock.now())]


def _row(pulled: pulling.Pulled) -> dict[str, int | str]:
    taken = pulled.taken
    return {
        "source": pulled.source_id,
        "read": "no" if pulled.failed else "nothing new" if pulled.is_unchanged else "yes",
        "new": len(taken.added),
        "changed": len(taken.changed),
        "known": taken.known,
        "not changed": len(taken.held),
        "left out": len(taken.left_out),
    }
