"""A role opens: find the people it may fit, draft their letters, ask for each; then wait, parked, and deliver.

One run a role. Called again it goes on where the rows end; each letter is decided on its own.
"""

from prefect import State, flow, tags, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.states import Completed

from flows import gate, naming, showing
from flows.deliver import deliver
from rekindle import clock
from rekindle.journey.letters import listing, proposing
from rekindle.journey.letters import showing as standing
from rekindle.journey.openings.opening import find_role
from rekindle.store.approvals import Approval
from rekindle.store.roles import Role
from rekindle.wiring import Rekindle, open_rekindle

#: What becomes of letters, in the words of whoever reads the run.
_ENDINGS = {"sent": "sent", "cancelled": "declined", "expired": "expired"}


@flow(name="re-engagement", flow_run_name=naming.by_role)
def re_engagement(role: str, letters: int | None = None) -> State[None]:
    """Bring the letters about an open role one step further; `letters`: how many are drafted in all."""
    rekindle = open_rekindle()
    about = take_up(role)
    if about.closed_at is not None:
        return Completed(name="RoleClosed", message=f"{role} is closed: nobody is written to about it")
    draft_letters(role, letters or rekindle.settings.outreach.letters_per_role)
    while waiting := _show(rekindle, about):
        if gate.is_shown_elsewhere(about.run_id):
            return Completed(name="ShownElsewhere", message=f"{role} waits in another run")
        if not gate.can_park():
            return Completed(name="AwaitingApproval", message=f"{len(waiting)} wait: rekindle approvals list")
        gate.park(waiting[-1])
    gate.leave()
    with tags(naming.TAG):
        deliver()
    return _ending(rekindle, about)


@task(name="take up role", cache_policy=NO_CACHE)
def take_up(slug: str) -> Role:
    """Link the role to this run, unless another one that is alive shows it."""
    with open_rekindle().store.writing() as session:
        role = find_role(session, slug)
        if not gate.is_shown_elsewhere(role.run_id):
            role.run_id = str(flow_run.id)
        session.flush()
        return role


@task(name="draft letters", cache_policy=NO_CACHE)
def draft_letters(slug: str, most: int) -> None:
    """Draft for the top of the shortlist until there are `most` letters, and ask for each that may go as it is."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.reading() as session:
        role = find_role(session, slug)
        found = rekindle.shortlist(session, role, now)
    ranked = [each.candidate_id for each in found.ranked]
    done = proposing.engage(rekindle.store, role.id, ranked, most, rekindle.drafting, now)
    left_out = {reason.replace("_", " "): count for reason, count in found.left_out_counts.items()}
    showing.show_counts(f"role-{role.id}-left-out", "Who is not on the shortlist, by reason", left_out)
    counts = {
        "asked about": len(done.asked),
        "on the desk": len(done.on_the_desk),
        "a fact is missing": len(done.missing),
    }
    showing.show_counts(f"role-{role.id}-drafts", "What became of the drafts of this run", counts)


def _show(rekindle: Rekindle, role: Role) -> list[Approval]:
    """Show every letter with its state, and where to decide; return what waits for somebody."""
    with rekindle.store.reading() as session:
        page = listing.letters(session, role=role.slug, limit=200)
        waiting = standing.waiting_letters(session, role.id)
    rows = [
        {
            "letter": line.id,
            "candidate": line.candidate,
            "state": str(line.state),
            "approval": line.approval_id,
            "look": f"rekindle approvals show {line.approval_id}" if line.approval_id else "",
        }
        for line in page.lines
    ]
    showing.show_rows(f"role-{role.id}-letters", f"Letters about {role.slug}", rows)
    if waiting:
        link = f"{rekindle.prefect_page}/deployments"
        showing.show_link(f"role-{role.id}-decide", link, "Decide a letter here: the deployment called decide")
    return waiting


def _ending(rekindle: Rekindle, role: Role) -> State[None]:
    """End the run with what became of the letters."""
    with rekindle.store.reading() as session:
        counts = standing.tally(session, role.id)
    told = {_ENDINGS.get(state, state): count for state, count in counts.items()}
    message = (
        ", ".join(f"{count} {what}" for what, count in sorted(told.items())) or "nobody fits, or facts are missing"
    )
    still = {"approved", "sending", "deferred"} & set(counts)
    name = "Sending" if still else "Sent" if counts.get("sent") else "NothingSent"
    return Completed(name=name, message=message)
