"""What a person and a role have in common: kind of work, skills, interests, and what our notes speak of. Pure."""

from collections.abc import Iterator

from rekindle.journey.openings import weights
from rekindle.journey.openings.profile import Profile, Reason, listed, quoted
from rekindle.journey.openings.stems import words_about
from rekindle.journey.openings.topic import Topic

#: What a letter could be about; the others are for us alone.
TELLING_NOTES = frozenset({"strength", "background", "interest"})


def in_common(profile: Profile, topic: Topic) -> Iterator[Reason]:
    """Yield what person and role have in common by kind of work, skills and interests."""
    same = [each for each in profile.applications if topic.is_of_kind(each.family, each.role)]
    if same:
        sentence = f"applied for {topic.family} work before: {same[0].role}"
        yield Reason("family", weights.FAMILY, sentence, tuple(each.id for each in same))
    for skill in topic.skills:
        if own := [each for each in profile.skills if skill in topic.skills_in(each)]:
            evidence = tuple(profile.label("skill", each) for each in own)
            yield Reason("skill", weights.SKILL, f"works with {listed(own)}; the role asks for {skill}", evidence)
    met = {each: ground for each in profile.interests if (ground := topic.ground_of(each))}
    if met:
        grounds = listed(list(dict.fromkeys(met.values())))
        evidence = tuple(profile.label("interest", each) for each in met)
        yield Reason(
            "interest", weights.INTEREST, f"is interested in {listed(list(met))}; the role: {grounds}", evidence
        )


def background(profile: Profile, topic: Topic) -> Iterator[Reason]:
    spoken = [
        (note, words)
        for note in profile.notes
        if note.kind in TELLING_NOTES and (words := words_about(note.text, topic.matters))
    ]
    if spoken:
        note, words = next((each for each in spoken if each[0].sayable), spoken[0])
        unsaid = "" if note.sayable else ", which no letter may say"
        sentence = f"{note.kind} on record{unsaid}: {quoted(note.text)} ({listed(list(words))})"
        yield Reason("background", weights.BACKGROUND, sentence, tuple(note.id for note, _ in spoken))
