"""How a role compares with the one somebody did not get, and how it stands between them and us. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from rekindle.courtesy.dossier import Candidacy, Contact
from rekindle.journey.openings import weights
from rekindle.journey.openings.profile import Profile, Reason, listed, quoted
from rekindle.journey.openings.stems import words_about
from rekindle.journey.openings.topic import Keeping, Topic

#: What a promise is worth, by how surely the role is what it waits for.
PROMISES = {Keeping.NAMED: weights.PROMISE, Keeping.PERHAPS: weights.PROMISE_PERHAPS, None: 0}


def circumstances(profile: Profile, topic: Topic, ladder: Sequence[str], today: date) -> Iterator[Reason]:
    if profile.applications:
        last = profile.applications[0]
        yield from _level(last, topic, ladder)
        yield from _team(last, topic)
        yield from _tipped(last, topic)
        yield from _stage(last)
        yield from _told(last)
    yield from _promise(profile, topic)
    yield from _contact(profile, today)


def _level(last: Candidacy, topic: Topic, ladder: Sequence[str]) -> Iterator[Reason]:
    levels = [level.casefold() for level in ladder]
    was, now = (last.level or "").casefold(), topic.level.casefold()
    if was not in levels or now not in levels:
        return
    step = levels.index(now) - levels.index(was)
    if step > 0:
        yield Reason("level", weights.LEVEL_UP, f"a step up, from {was} to {now}", (last.id,))
    elif step < 0:
        yield Reason("level", weights.LEVEL_DOWN, f"a step down, from {was} to {now}", (last.id,))
    elif topic.is_other_team(last.team):
        yield Reason("level", 0, f"the same level, {now}, in another team", (last.id,))
    else:
        yield Reason("level", weights.LEVEL_SAME, f"the same level again, {now}, and no other team", (last.id,))


def _team(last: Candidacy, topic: Topic) -> Iterator[Reason]:
    if topic.is_other_team(last.team):
        yield Reason("team", weights.OTHER_TEAM, f"another team: {topic.team} instead of {last.team}", (last.id,))


def _tipped(last: Candidacy, topic: Topic) -> Iterator[Reason]:
    if not last.reason:
        return
    if words := words_about(last.reason, topic.matters):
        sentence = f"what tipped it last time still matters here ({listed(list(words))}): {quoted(last.reason)}"
        yield Reason("tipped", weights.TIPPED_AGAIN, sentence, (last.id,))
    else:
        sentence = f"what tipped it last time does not matter here: {quoted(last.reason)}"
        yield Reason("tipped", weights.TIPPED_NO_MORE, sentence, (last.id,))


def _stage(last: Candidacy) -> Iterator[Reason]:
    if last.finalist:
        yield Reason("stage", weights.FINALIST, f"was a finalist for {last.role}", (last.id,))
    elif last.last_stage:
        yield Reason("stage", weights.STAGE, f"got as far as {quoted(last.last_stage)} for {last.role}", (last.id,))


def _told(last: Candidacy) -> Iterator[Reason]:
    match last.rejection:
        case "personal":
            yield Reason("told", weights.TOLD_PERSONALLY, "was turned down personally", (last.id,))
        case "generic":
            yield Reason("told", 0, "was turned down with a generic mail: the letter has to make up for it", (last.id,))
        case "none":
            yield Reason("told", weights.NEVER_TOLD, "was never told: the letter has to admit it", (last.id,))


def keeping(candidacy: Candidacy, topic: Topic) -> Keeping | None:
    """Say whether a promise to somebody we turned down falls due."""
    if candidacy.outcome != "rejected" or not candidacy.promise:
        return None
    return topic.keeps(candidacy.promise, candidacy.family, candidacy.role)


def _promise(profile: Profile, topic: Topic) -> Iterator[Reason]:
    due = [(each, kept) for each in profile.applications if (kept := keeping(each, topic))]
    if not due:
        return
    first, kept = next((pair for pair in due if pair[1] is Keeping.NAMED), due[0])
    falls = "falls" if kept is Keeping.NAMED else "may fall"
    sentence = f"a promise {falls} due: {quoted(first.promise or '')}"
    yield Reason("promise", PROMISES[kept], sentence, tuple(each.id for each, _ in due))


def contact_points(last: date | None, today: date) -> int:
    """Return what the day of the last contact is worth."""
    days = (today - last).days if last else None
    if days is None or days > weights.YEAR_DAYS:
        return 0
    return weights.CONTACT_RECENT if days <= weights.RECENT_DAYS else weights.CONTACT_IN_A_YEAR


def _contact(profile: Profile, today: date) -> Iterator[Reason]:
    last = profile.last_contact
    if last is None:
        yield Reason("contact", 0, "no contact since is on record: the letter has to say so", ())
        return
    sentence = f"last contact {_ago((today - last.on).days)}: {_channel(last)} on {last.on}"
    yield Reason("contact", contact_points(last.on, today), sentence, (last.id,))
    heard = next((each for each in profile.contacts if each.direction == "in"), None)
    if heard and (today - heard.on).days <= weights.YEAR_DAYS:
        yield Reason(
            "heard", weights.HEARD_FROM, f"got in touch themselves: {heard.channel} on {heard.on}", (heard.id,)
        )


def _channel(contact: Contact) -> str:
    return f"{contact.channel} {'from them' if contact.direction == 'in' else 'from us'}"


def _ago(days: int) -> str:
    if days < 1:
        return "today"
    weeks, months = days // 7, days // 30
    if days < 14:  # noqa: PLR2004 - two weeks are told in days
        return f"{days} {'day' if days == 1 else 'days'} ago"
    return f"{weeks} weeks ago" if days < weights.RECENT_DAYS else f"{months} months ago"
