"""Every morning: who has cooled off is kept warm, who was silent long enough rests, who is asked is reminded.

What only a person can do is put on that person's list.
"""

import asyncio
from datetime import timedelta

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import naming, showing
from rekindle import clock
from rekindle.journey import cooling
from rekindle.journey.approvals import deciding, reminding
from rekindle.journey.cooling import CoolOff
from rekindle.journey.letters import awaiting
from rekindle.journey.outbox import delivery
from rekindle.journey.people import handing_over
from rekindle.journey.tasks import finding
from rekindle.wiring import open_rekindle


@flow(name="housekeeping", flow_run_name=naming.by_minute)
def housekeeping() -> State[None]:
    """Expire, rest, remind, draft follow-ups, find tasks, and begin to keep warm; each finds its work in the rows."""
    hand_over()
    done = begin_nurturing()
    counts = {
        "now nurturing": len(done.moved),
        "waiting for approval": len(done.asked_for),
        "approvals expired": expire_approvals(),
        "resting after silence": rest_after_silence(),
        "follow-ups drafted": draft_follow_ups(),
        "reminders sent": remind(),
    }
    showing.show_counts("housekeeping", "What was done", counts)
    showing.show_counts("housekeeping-tasks", "What people are to do", find_tasks())
    showing.show_counts("housekeeping-staying", "Who stays rejected-warm, by reason", done.staying)
    return Completed(name="Tidy", message=f"{len(done.moved)} now nurturing, {len(done.asked_for)} asked about")


@task(name="hand over", cache_policy=NO_CACHE)
def hand_over() -> None:
    """Hand over what those who have left leave behind, be it since today, before anybody is asked or reminded."""
    rekindle = open_rekindle()
    handing_over.hand_over(rekindle.store, rekindle.drafting, clock.now())


@task(name="begin nurturing", cache_policy=NO_CACHE)
def begin_nurturing() -> CoolOff:
    rekindle = open_rekindle()
    asked = rekindle.settings.approvals
    return cooling.begin_nurturing(
        rekindle.store,
        clock.now(),
        rekindle.policy,
        deciders=asked.decided_by,
        due=timedelta(days=asked.due_days),
    )


@task(name="expire approvals", cache_policy=NO_CACHE)
def expire_approvals() -> int:
    with open_rekindle().store.writing() as session:
        return len(deciding.expire(session, clock.now()))


@task(name="rest after silence", cache_policy=NO_CACHE)
def rest_after_silence() -> int:
    """Silence is peace: whose time to answer is over is kept warm again."""
    rekindle = open_rekindle()
    return len(awaiting.rest_overdue(rekindle.store, rekindle.standards, clock.now()))


@task(name="draft follow-ups", cache_policy=NO_CACHE)
def draft_follow_ups() -> int:
    """Draft the one gentle follow-up of each letter that has gone unanswered for a while, and ask for it."""
    rekindle = open_rekindle()
    return len(awaiting.draft_follow_ups(rekindle.store, rekindle.drafting, clock.now()))


@task(name="find tasks", cache_policy=NO_CACHE)
def find_tasks() -> dict[str, int]:
    """Bring the lists of what people are to do up to date; return what became of them, with how many."""
    rekindle = open_rekindle()
    return finding.find(rekindle.store, rekindle.task_rules, clock.now()).counts


@task(name="remind", cache_policy=NO_CACHE)
def remind() -> int:
    """Remind whoever is asked of what expires soon, once."""
    rekindle, now = open_rekindle(), clock.now()
    before = timedelta(days=rekindle.settings.approvals.remind_days)
    with rekindle.store.reading() as session:
        reminders = reminding.due(session, now, before, rekindle.present_people) if before else []
    if not reminders:
        return 0
    rounds = reminding.rounds(rekindle.store, reminders, rekindle.scribe.write, now)
    return asyncio.run(delivery.deliver(rekindle.route(), rounds, len(reminders))).sent
