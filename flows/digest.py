"""Once a week: tells each of the team what waits for them and who is about to go cold. Started again it sends nothing.

Nobody is written to who has nothing to be told.
"""

import asyncio
from collections import Counter

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed

from flows import naming, showing
from rekindle import clock
from rekindle.journey.outbox import delivery
from rekindle.journey.tasks import posting
from rekindle.wiring import open_rekindle


@flow(name="digest", flow_run_name=naming.by_week)
def digest() -> State[None]:
    """Send this week's digests, each once; show how many went, and why the others did not."""
    counts = send_digests()
    showing.show_counts("digest", "Weekly digests", counts)
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count or what == "sent")
    if counts["not taken by the mail server"]:
        return Failed(name="NotSent", message=f"{told}; `rekindle run digest` tries those again")
    return Completed(name="Sent" if counts["sent"] else "NothingToSend", message=told)


@task(name="send digests", cache_policy=NO_CACHE)
def send_digests() -> Counter[str]:
    """Write and send what is still to go this week; return what became of each, with how many."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.reading() as session:
        prepared = posting.prepare(session, rekindle.present_people, rekindle.standards, now, rekindle.today(now))
    counts = +prepared.not_sent
    sent = 0
    if prepared.posts:
        rounds = posting.rounds(rekindle.store, prepared.posts, rekindle.correspondence.write, now)
        sent = asyncio.run(delivery.deliver(rekindle.route(), rounds, len(prepared.posts))).sent
    counts["sent"] = sent
    with rekindle.store.reading() as session:
        waiting = posting.still_to_go(session, prepared.posts)
    counts["not taken by the mail server"] = waiting
    return counts
