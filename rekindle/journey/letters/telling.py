"""What a letter says, part by part: proofs in, paragraphs out. The words themselves stand in templates/letters.

Says nothing that is not a proof: a part without one is left out.
"""

from collections.abc import Iterator

from rekindle.courtesy.dossier import Dossier, OpenRole
from rekindle.courtesy.times import said
from rekindle.journey.letters import fragments, hello, saying
from rekindle.journey.letters.differing import Basis, Difference, Different
from rekindle.journey.letters.fragments import Shape
from rekindle.journey.letters.phrasing import Voice, start
from rekindle.journey.letters.proofs import Proofs
from states.message import Occasion

#: A paragraph is a list of sentences.
Paragraph = list[str]
#: What frames the first difference, and the second. A third would make a sales talk of it.
_FRAMES = ("role.frame", "role.also")


def subject(voice: Voice, proofs: Proofs) -> str:
    before, role = proofs.before, proofs.role
    return voice.say("subject", former=before.role if before else "", title=role.title if role else "")


def body(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> str:
    """Write the whole letter, from the greeting to the signature: paragraphs with empty lines between them."""
    tell = {
        Occasion.RE_ENGAGEMENT: _re_engagement,
        Occasion.FOLLOW_UP: _follow_up,
        Occasion.CHECK_IN: hello.check_in,
        Occasion.REJECTION: _rejection,
    }
    paragraphs = [sentences for sentences in tell[proofs.occasion](voice, dossier, proofs, language) if sentences]
    # German goes on in lower case after the comma of the greeting; every other sentence begins with a capital.
    texts = [" ".join(map(start, sentences)) for sentences in paragraphs]
    if language == "de":
        texts[0] = texts[0].replace(start(paragraphs[0][0]), paragraphs[0][0], 1)
    greeting = voice.say("greeting" if dossier.given_name else "greeting_without_name")
    return "\n\n".join([greeting, *texts, voice.say("farewell"), _signature(dossier)])


def _re_engagement(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> Iterator[Paragraph]:
    yield [*_handover(voice, dossier), *_past(voice, dossier, proofs, language)]
    yield [*_strength(voice, proofs, language)]
    if proofs.role:
        yield [*_promise(voice, proofs, language), *_role(voice, proofs, proofs.role, language)]
        yield [_process(voice, proofs.role, language)]
        yield [voice.say("close.ask", title=proofs.role.title), voice.say("close.out", title=proofs.role.title)]


def _follow_up(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> Iterator[Paragraph]:
    role, first = proofs.role, proofs.first_letter
    if role is None or first is None or first.sent_on is None:
        return
    wrote = said(first.sent_on, dossier.today, language)
    whose = "first.ours" if dossier.signer.handed_over_by else "first.mine"
    yield [
        *_handover(voice, dossier),
        voice.say(whose, wrote=wrote, title=role.title),
        voice.say("still.open", title=role.title),
        voice.say("close.out", title=role.title),
    ]


def _rejection(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> Iterator[Paragraph]:
    if proofs.before is None:
        return
    former = proofs.before.role
    thanks = "thanks.spoke" if proofs.before.last_interview_on else "thanks.applied"
    yield [*_handover(voice, dossier), voice.say(thanks, former=former)]
    decision = [_outcome(voice, proofs, "decision", language)]
    if proofs.is_late and proofs.before.decided_on:
        decision.append(voice.say("decision.late", decided=said(proofs.before.decided_on, dossier.today, language)))
    if proofs.is_again:
        decision.append(voice.say("decision.again", former=former))
    yield decision
    finalist = [voice.say("decision.finalist", former=former)] if proofs.before.finalist else []
    yield [*finalist, *_strength(voice, proofs, language)]
    yield [*_promise(voice, proofs, language), voice.say("contact.quarterly")]
    yield [voice.say("contact.wish")]


def _handover(voice: Voice, dossier: Dossier) -> Iterator[str]:
    if dossier.signer.handed_over_by:
        yield voice.say("handover", predecessor=dossier.signer.handed_over_by)


def _past(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> Iterator[str]:
    """When and about what we spoke, what came of it and why, and what there is to own up to."""
    if proofs.before is None or proofs.way is None:
        return
    former, how = proofs.before.role, proofs.way.how
    if how == "spoke" and dossier.signer.handed_over_by:
        how = "spoke_with_others"
    yield voice.say(f"opening.{how}", when=said(proofs.way.on, dossier.today, language), former=former)
    if proofs.before.finalist:
        yield voice.say("outcome.finalist", former=former)
    yield _outcome(voice, proofs, "outcome", language)
    gaps = proofs.silence.gaps if proofs.silence else ()
    yield from (voice.say(f"gap.{gap.replace('-', '_')}") for gap in gaps)


def _outcome(voice: Voice, proofs: Proofs, part: str, language: str) -> str:
    former = proofs.before.role if proofs.before else ""
    if not proofs.reason:
        has_other = part == "outcome" and proofs.took_another
        return voice.say(f"{part}.{'other' if has_other else 'plain'}", former=former)
    reason = fragments.reason(proofs.reason, language)
    return voice.say(f"{part}.{reason.shape}", reason=_as_said(reason, language), former=former)


def _strength(voice: Voice, proofs: Proofs, language: str) -> Iterator[str]:
    if proofs.strength:
        strength = fragments.praise(proofs.strength.text, language)
        yield voice.say(f"strength.{strength.shape}", strength=_as_said(strength, language))


def _promise(voice: Voice, proofs: Proofs, language: str) -> Iterator[str]:
    if proofs.promise:
        promise = fragments.promised(proofs.promise, language)
        yield voice.say(f"promise.{promise.shape}", promise=_as_said(promise, language))
    elif proofs.occasion is Occasion.REJECTION:
        family = proofs.before.family if proofs.before else None
        yield voice.say("promise.standing", promise=saying.standing_promise(family, language))


def _role(voice: Voice, proofs: Proofs, role: OpenRole, language: str) -> Iterator[str]:
    yield voice.say("role.name", title=role.title)
    for frame, different in zip(_FRAMES, proofs.differences, strict=False):
        difference = _difference(voice, different, proofs, role, language)
        yield voice.say(frame, difference=difference, title=role.title)
    if proofs.is_step_down:
        yield voice.say("role.level_down", former=_other_title(proofs, role), title=role.title)
    yield voice.say("role.in_it", in_it=_own_words(role.whats_in_it, language))


def _difference(voice: Voice, which: Different, proofs: Proofs, role: OpenRole, language: str) -> str:
    former = proofs.before
    teams = {
        "team": saying.team(role.team or "", language),
        "former_team": saying.team((former and former.team) or "", language),
    }
    if which.kind is Difference.LEVEL_UP:
        return voice.say("role.level_up", former=_other_title(proofs, role), title=role.title)
    if which.meeting is None:
        return voice.say("role.other_team", **teams)
    own = which.meeting.own
    wish = fragments.wish(own, language) if which.meeting.basis is Basis.WISH else None
    if which.kind is Difference.OTHER_TEAM:
        part = "role.other_team_wish" if wish else "role.other_team_interest"
        return voice.say(part, own=wish or (which.meeting.asked if which.meeting.basis is Basis.WISH else own), **teams)
    if wish:
        return voice.say("role.wish", own=wish)
    if which.meeting.basis in {Basis.INTEREST, Basis.SKILL}:
        return voice.say(f"role.{which.meeting.basis}", own=own)
    return voice.say("role.background", asked=which.meeting.asked)


def _other_title(proofs: Proofs, role: OpenRole) -> str:
    """Return the former title; nothing if it is the same, for "a step up from Engineer" would say nothing then."""
    former = proofs.before.role if proofs.before else ""
    return "" if former.casefold() == role.title.casefold() else former


def _process(voice: Voice, role: OpenRole, language: str) -> str:
    told = {
        "steps": saying.steps(role.steps, language),
        "number_of_steps": saying.number_of_steps(len(role.steps), language),
        "total": saying.duration(role.minutes, language),
    }
    if role.process_kind == "streamlined":
        because = fragments.because(role.process_because)
        return voice.say("process.streamlined", because=_own_words(because, language), **told)
    return voice.say("process.full", **told)


def _own_words(text: str, language: str) -> str:
    """Return the role's own words, in quotation marks when they are in another language than the letter."""
    return fragments.native(text, language) or saying.quoted(fragments.tidy(text), language)


def _as_said(fragment: fragments.Fragment, language: str) -> str:
    return saying.quoted(fragment.words, language) if fragment.shape is Shape.QUOTED else fragment.words


def _signature(dossier: Dossier) -> str:
    signer = dossier.signer
    if signer.name == dossier.company:
        return signer.name
    position = f"{signer.title}, {dossier.company}" if signer.title else dossier.company
    return f"{signer.name}\n{position}"
