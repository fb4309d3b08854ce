"""Whether a letter has to introduce who signs it: once, to whoever knew a colleague who has left. Reads only."""

from dataclasses import replace

from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import Signer
from rekindle.journey.letters.standards import Standards
from rekindle.journey.people.succession import known_before
from rekindle.store.candidates import Candidate
from rekindle.store.departures import introduced


def introducing(
    session: Session, person: Candidate, signer: Signer, standards: Standards, message_id: int | None
) -> Signer:
    """Return the signer with the colleague this person knows, or with none once they have been told.

    `message_id` is the letter's own message: what it says itself has not been said before.
    """
    if not signer.handed_over_by:
        return signer
    known = introduced(session, [person.id], besides=message_id).get(person.id, set())
    line = standards.line(person.recruiter)
    if not known or signer.address != line[-1]:
        return signer
    before = standards.team.get(known_before(line, known) or "")
    return replace(signer, handed_over_by=before.name if before else None)
