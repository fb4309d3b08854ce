"""The page of one candidate: who they are, why they may or may not be mailed now, and all that happened."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import typer
from sqlalchemy.orm import Session

from rekindle.cli.printing import cell, facts, table
from rekindle.journey.timeline import timeline
from rekindle.journey.warming.standing import warmth_of
from rekindle.journey.warming.wishes import told
from rekindle.store.candidates import Candidate, labels_of
from rekindle.store.facts import facts_of
from rekindle.store.suppressions import suppressed
from rekindle.wiring import Rekindle
from states.candidate import named
from states.guards import may_be_mailed

_SAYABLE = {None: "", True: "sayable", False: "not sayable"}


def page(session: Session, person: Candidate, rekindle: Rekindle, now: datetime) -> dict[str, Any]:
    """Gather what is shown, in a form that is JSON as well."""
    labels = labels_of(session, [person.id]).get(person.id, {})
    return {
        "id": f"c-{person.id}",
        "name": f"{person.given_name} {person.family_name}".strip(),
        "address": person.email,
        "state": named(person.state),
        "recruiter": person.recruiter,
        "city": person.city,
        "timezone": person.timezone,
        "locale": person.locale,
        "linkedin": person.linkedin,
        "tags": labels.get("tag", []),
        "skills": labels.get("skill", []),
        "interests": labels.get("interest", []),
        "basis": person.basis,
        "consent_given_on": person.consent_given_on,
        "consent_until": person.consent_until,
        "opted_out_at": person.opted_out_at,
        "unreachable_since": person.unreachable_since,
        "snoozed_until": person.snoozed_until,
        "wishes": told(person),
        "readiness": _readiness(session, person, rekindle, now),
        "no_mail_because": _why_no_mail(session, person, rekindle, now),
        "timeline": [asdict(event) for event in timeline(session, person.id)],
    }


def print_page(found: dict[str, Any]) -> None:
    shown = {name.replace("_", " "): value for name, value in found.items() if not isinstance(value, list)}
    labels = {name: cell(found[name]) for name in ("tags", "skills", "interests")}
    facts({**shown, **labels, "readiness": _in_words(found["readiness"])})
    reasons = found["no_mail_because"]
    typer.echo()
    if reasons:
        typer.secho("May not be mailed now:", fg=typer.colors.YELLOW, bold=True)
        for reason in reasons:
            typer.echo(f"  - {cell(reason)}")
    else:
        typer.secho("May be mailed now.", fg=typer.colors.GREEN, bold=True)
    typer.echo()
    rows = [(event["on"], event["kind"], event["text"], _SAYABLE[event["sayable"]]) for event in found["timeline"]]
    table(("on!", "what!", "", "to them"), rows, empty="Nothing is on record.")


def _readiness(session: Session, person: Candidate, rekindle: Rekindle, now: datetime) -> dict[str, Any] | None:
    """Say how warm somebody is, with the record it rests on; None for whoever is not kept warm."""
    team, today = rekindle.standards.check_ins, rekindle.today(now)
    known = warmth_of(session, [person], team, today).get(person.id)
    return {**asdict(known), "because": known.reason} if known else None


def _in_words(readiness: dict[str, Any] | None) -> str | None:
    return f"{readiness['readiness']}; {readiness['because']}" if readiness else None


def _why_no_mail(session: Session, person: Candidate, rekindle: Rekindle, now: datetime) -> list[str]:
    known = facts_of(session, [person.id], now, rekindle.limits)[person.id]
    reasons = [refusal.reason for refusal in may_be_mailed(known)]
    if person.address and suppressed(session, [rekindle.address_hash(person.address)]):
        reasons.append("the address is suppressed")
    return reasons
