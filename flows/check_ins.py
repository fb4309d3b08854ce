"""On working mornings: who has not heard from anybody for months gets a few words drafted, for whoever knew them.

Nothing is sent here: each draft waits for the person who signs it, and `deliver` takes what they approved.
"""

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import naming, showing
from rekindle import clock
from rekindle.journey.warming import check_ins as steps
from rekindle.journey.warming.check_ins import Morning
from rekindle.wiring import open_rekindle


@flow(name="check-ins", flow_run_name=naming.by_minute)
def check_ins() -> State[None]:
    """Clear the desk of what is overtaken, then draft for whoever is due and ask for each."""
    taken_back = clear_desk()
    done = draft()
    reasons = {code.replace("_", " "): count for code, count in done.left_out.items()}
    showing.show_counts("check-ins-left-out", "Who is due and gets none today, by reason", reasons)
    counts = {"asked about": len(done.asked), "taken back": taken_back}
    showing.show_counts("check-ins", "What was done", counts)
    left_out = sum(done.left_out.values())
    name = "Asked" if done.asked else "NobodyDue"
    return Completed(name=name, message=f"{len(done.asked)} asked about, {left_out} due but left out")


@task(name="clear the desk", cache_policy=NO_CACHE)
def clear_desk() -> int:
    rekindle = open_rekindle()
    return steps.clear_desk(rekindle.store, rekindle.standards, clock.now())


@task(name="draft check-ins", cache_policy=NO_CACHE)
def draft() -> Morning:
    rekindle = open_rekindle()
    return steps.draft_all(rekindle.store, rekindle.drafting, clock.now(), *rekindle.check_ins)
