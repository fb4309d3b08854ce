"""What a check-in says: when we were last in touch, one thing about them, how are you, and that nothing is asked.

Says nothing that is not a proof. The words themselves stand in templates/letters.
"""

from collections.abc import Iterator

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.times import said
from rekindle.journey.letters import fragments, saying
from rekindle.journey.letters.fragments import Shape
from rekindle.journey.letters.phrasing import Voice
from rekindle.journey.letters.proofs import Proofs
from rekindle.journey.letters.remembering import LastWord, Memory


def check_in(voice: Voice, dossier: Dossier, proofs: Proofs, language: str) -> Iterator[list[str]]:
    """Give the paragraphs, each a list of sentences."""
    if proofs.last is None or proofs.memory is None:
        return
    former = proofs.before.role if proofs.before else ""
    yield [*_handover(voice, dossier), *_last(voice, dossier, proofs.last, former, language)]
    yield [_memory(voice, proofs.memory, language), voice.say("warm.how")]
    yield [voice.say("nothing.asked"), voice.say("stop.way")]


def _handover(voice: Voice, dossier: Dossier) -> Iterator[str]:
    if dossier.signer.handed_over_by:
        yield voice.say("handover", predecessor=dossier.signer.handed_over_by)


def _last(voice: Voice, dossier: Dossier, last: LastWord, former: str, language: str) -> Iterator[str]:
    how, when = last.how, said(last.on, dossier.today, language)
    if dossier.signer.handed_over_by:
        # Whoever took over was not there: it is told as something between them and the company.
        how = {"spoke": "interviewed", "applied": "applied", "decided": "decided"}.get(how, "with_us")
    told = {"when": when, "former": last.title or former, "title": last.title}
    yield voice.say(f"last.{how}", **told)
    if former and how != "wrote_about" and not last.was_in_process:
        yield voice.say("about.role", former=former)


def _memory(voice: Voice, memory: Memory, language: str) -> str:
    match memory.kind:
        case "interest":
            return voice.say("told.interest", own=memory.text)
        case "told":
            if wish := fragments.wish(memory.text, language):
                return voice.say("told.wish", own=wish)
            return voice.say("told.quoted", own=saying.quoted(fragments.tidy(memory.text), language))
    praise = fragments.praise(memory.text, language)
    words = saying.quoted(praise.words, language) if praise.shape is Shape.QUOTED else praise.words
    return voice.say(f"strength.{praise.shape}", strength=words)
