"""The English words by which a recruiter's note is recognised: verbs, pronouns, qualities. Lists and small questions.

A word that is missing here costs nothing but a pair of quotation marks.
"""

import re
from functools import lru_cache
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


THIRD_PERSON = word_set("""she he her him his hers herself himself they them their theirs themselves""")
_DETERMINERS = word_set(
    """a an the our us it its his her their this that these those every each all both some any no one two three
    what how why when where which up out down over into back with from for on at to it through around"""
)
#: Past in themselves, whatever follows.
_PAST = word_set(
    """asked answered admitted automated brought broke built bought came caught challenged chaired coached
    convinced created delivered described designed developed documented drew drove explained fixed fought found
    gave got grew guided had handled heard helped identified improved insisted kept knew launched learned learnt
    listened looked made managed mentored migrated moved named negotiated noticed ordered organised organized
    pointed prepared presented proposed questioned raised ran reduced rebuilt redesigned redrew reminded
    replaced rewrote said saved saw scaled sent shared shipped showed simplified sketched sold solved spoke
    spotted structured supported surprised tackled taught tested thanked thought threw told took traced turned
    uncovered understood used visited walked wanted went won worked wrote"""
)
#: Past only if it goes on like a sentence: "cut our messages to half", but "cut of the jib".
_PERHAPS_PAST = word_set("""cut set put hit let read left held led met felt won shot shut split spread rose fell""")
_NOT_PAST = word_set(
    """advanced applied balanced based detailed distributed embedded experienced focused focussed gifted grounded
    indeed measured need nuanced organised organized qualified related seasoned seed skilled speed structured
    talented trained unmatched varied"""
)
_PRESENT = word_set(
    """asks brings builds cares contributes designs does explains finds gives has is keeps knows leads learns
    listens maintains makes manages mentors organises organizes reads runs sees speaks takes teaches thinks
    understands wants works writes"""
)
_IRREGULAR = MappingProxyType({"is": "are", "has": "have", "does": "do"})

#: Verbs that can be nothing else. They make a sentence of a reason.
FINITE = word_set(
    """was were is are had has could did would needed wanted went took chose accepted brought lived lives moved
    hired promoted knew ran came started became decided preferred left won filled got agreed postponed"""
)
#: A reason that begins like this and has a verb is a whole sentence.
SUBJECTS = word_set("""we it there the a an our another both two three nobody someone somebody one that this""")
#: What a team says it did, without saying "we".
WE_DID = word_set("""chose decided filled found hired looked needed picked preferred promoted selected went""")
PERSON = re.compile(
    r"(?:someone|somebody|an? (?:[\w-]+ ){0,3}(?:candidate|person|colleague|finalist)|"
    r"another (?:candidate|finalist|person)) "
    r"(?:with|who|whose|from|in|based|already|able|closer|more|that had)\b"
)
#: Somebody else is spoken of, in either language.
ANOTHER = re.compile(
    r"\b(?:someone|somebody|jemand(?:en|em)?|"
    r"(?:another|other|stronger|better|internal) (?:candidate|finalist|person|applicant|colleague)|"
    r"(?:anderer?|anderen|interner?) (?:Person|Bewerber|Kandidat|Bewerbung|Kollege)\w*)\b",
    re.IGNORECASE,
)
#: Having met is spoken of, in either language.
MEETING = re.compile(
    r"\b(?:met|meet|spoken|spoke|talked|interviewed|interviews?|know (?:you|us|our)|seen|kennengelernt|kennen gelernt|"
    r"gesprochen|getroffen|Gespräche?n?)\b",
    re.IGNORECASE,
)
#: Pronouns after one of these speak of whoever was taken, not of the person who reads.
ANTECEDENT = re.compile(
    r"\b(?:someone|somebody|finalist|colleague|candidate|person|team|customers?|buyers?|people)\b"
    r"(?=.*\b(?:he|she|they|him|her|his|their|them)\b)"
)
#: What a promise to a person begins with; "keep in touch" is one, too, but never falls due with a role.
PROMISED = word_set(
    """ask bring call come consider contact email get give invite keep let mail reach remember send speak
    stay talk tell think write"""
)

#: Words that may begin a note in upper case and lose nothing without it.
SMALL_WORDS = (
    _DETERMINERS
    | THIRD_PERSON
    | _PAST
    | _PERHAPS_PAST
    | _PRESENT
    | SUBJECTS
    | WE_DID
    | PROMISED
    | word_set(
        """background because calm clear deep experience good great hopes knowledge more sharp since someone somebody
    strong thoughtful wishes would your"""
    )
)

_QUALITY = re.compile(
    r"(?:[\w-]+ ){0,3}(?:ability|approach|attention|background|calm|care|clarity|combination|command|craft|curiosity|"
    r"depth|energy|experience|expertise|eye|feel|focus|grasp|honesty|insights?|instincts?|judge?ment|knowledge|"
    r"leadership|mix|openness|patience|perspective|portfolio|precision|questions|range|record|sense|skills?|talent|"
    r"thinking|understanding|way|work)\b(?: (?:in|of|for|with|at|as|about|on|to|and)\b|,|$)"
)
_RELATIVE = re.compile(r"\b(?:who|that|which|what|how|where|when)\b")


def words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def begins_with_past(text: str) -> bool:
    """Say whether a text begins with what somebody did: "found the race", "sketched it"."""
    first, _, rest = text.partition(" ")
    following = rest.partition(" ")[0].rstrip(",")
    if first in _PAST - _NOT_PAST:
        return bool(following)
    regular = re.fullmatch(r"[a-z]{2,}ed", first) and first not in _NOT_PAST
    return bool(regular or first in _PERHAPS_PAST) and (following in _DETERMINERS or following.endswith("ly"))


def second_person(text: str) -> str | None:
    """Return "maintains a small library" as it follows "you"; None when it is nothing of the kind."""
    first, _, rest = text.partition(" ")
    others = re.search(r"\b(?:and|but|who|which|that|or) [a-z]+s\b", rest)
    if first not in _PRESENT or not rest or others:
        return None
    return f"{_base(first)} {rest}"


def changes_its_verb(text: str) -> bool:
    """Say whether a second verb would have to follow "you": "told us the truth and was right"."""
    return bool(re.search(r"(?:\b(?:and|but|then|also)|,) (?:was|is|has)\b", text))


def is_quality(text: str) -> bool:
    """Say whether a text names something a person has: "background in consumer tech"."""
    named = _RELATIVE.split(text, maxsplit=1)[0]
    return bool(_QUALITY.match(text)) and not (FINITE | THIRD_PERSON) & words_of(named)


def to_you(text: str) -> str:
    """Turn the person spoken of into the person spoken to: "tell her when her team grows"."""
    text = re.sub(r"\b(?:him|them)(?:self|selves)\b|\bherself\b", "yourself", text)
    text = re.sub(r"\b(?:his|their)\b(?= \w)", "your", text)
    text = re.sub(r"\b(?:him|them)\b", "you", text)
    return re.sub(r"\bher\b", lambda her: "you" if _stands_alone(text[her.end() :]) else "your", text)


@lru_cache(maxsize=1)
def _after_object() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:$|[,;:)]|(?:a|an|the|when|if|in|first|about|as|before|after|for|next|once|again|on|at|to|with|and|or|that|"
        r"of|by|until|while|up|back|directly|personally|early|soon)\b)"
    )


def _stands_alone(rest: str) -> bool:
    return bool(_after_object().match(rest))


def _base(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes")) else verb[:-1]
