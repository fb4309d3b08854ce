"""The only sender: takes what is approved and due, batch by batch, and writes down what became of each message."""

import asyncio

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import naming, showing
from rekindle import clock
from rekindle.journey.bulk import editions, pausing, telling
from rekindle.journey.outbox import delivery
from rekindle.journey.outbox.delivery import Tally
from rekindle.store.editions import EditionState
from rekindle.wiring import Rekindle, open_rekindle

#: Prefect records each task run in milliseconds: worth it for a batch, far too slow for one message.
BATCH = 200


@flow(name="deliver", flow_run_name=naming.by_edition)
def deliver(edition_id: int | None = None) -> State[None]:
    """Send everything that may go now, of one edition or of all."""
    rekindle = open_rekindle()
    taken_back = check_editions(edition_id)
    total = Tally()
    while (batch := send_batch(edition_id)).tried:
        total.add(batch)
        if batch.stopped:
            break
    close_editions(edition_id)
    tell_of_pauses()
    showing.show_counts("delivery", "What became of the messages", total.outcomes)
    if taken_back:
        showing.show_text("taken-back", f"Changed after their approval, asked about again: editions {taken_back}")
    return _ending(rekindle, total)


@task(name="check editions", cache_policy=NO_CACHE)
def check_editions(edition_id: int | None) -> list[int]:
    """Take back every approved edition that is not any more what was approved; return their ids."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.writing() as session:
        return [
            edition.id
            for edition in editions.unfinished(session)
            if edition_id in {None, edition.id} and editions.recheck(session, edition.id, rekindle.frozen, now)
        ]


@task(name="send batch", cache_policy=NO_CACHE)
def send_batch(edition_id: int | None) -> Tally:
    """Send the next messages, at most BATCH."""
    rekindle = open_rekindle()
    return asyncio.run(delivery.deliver(rekindle.route(), rekindle.next_round(edition_id), BATCH))


@task(name="close editions", cache_policy=NO_CACHE)
def close_editions(edition_id: int | None) -> None:
    """Mark the editions as done of which every letter has an outcome."""
    with open_rekindle().store.writing() as session:
        for edition in editions.unfinished(session):
            if edition.state is EditionState.APPROVED and edition_id in {None, edition.id}:
                editions.close_if_done(session, edition.id)


@task(name="tell of pauses", cache_policy=NO_CACHE)
def tell_of_pauses() -> int:
    """Tell whoever approved an edition that it has paused by itself, once."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.reading() as session:
        notices = telling.due(session, rekindle.standards, rekindle.present_people) if pausing.paused(session) else []
    if not notices:
        return 0
    rounds = telling.rounds(rekindle.store, notices, rekindle.herald.write, now)
    return asyncio.run(delivery.deliver(rekindle.route(), rounds, len(notices))).sent


def _ending(rekindle: Rekindle, total: Tally) -> State[None]:
    if total.stopped:
        server = f"{rekindle.settings.smtp.host}:{rekindle.settings.smtp.port}"
        return Completed(name="NoMailServer", message=f"{server}: {total.stopped}; the messages wait")
    return Completed(name="Dispatched" if total.sent else "NothingToSend", message=f"{total.sent} sent")
