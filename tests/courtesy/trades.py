"""People of other trades than software, with an honest letter to each in parts: a nurse, and an electrician in German.

`TOLD` are those as they are on record; to those of `NEVER_TOLD` nobody ever wrote how it ended.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, OpenRole, Signer, Step
from tests.courtesy.records import note, person

_PAUL = Signer(address="paul@acme.example", name="Paul Reed", title="Recruiter")
_LENA = Signer(address="lena@acme.example", name="Lena Koch", title="Recruiting")
_CALL = Contact(id="t-51", on=date(2026, 5, 12), channel="call", direction="out", summary="talked about shifts")

GRACE = person(
    "Grace",
    "Adeyemi",
    Candidacy(
        id="a-51",
        role="Staff Nurse",
        family="nursing",
        level="mid",
        team="Orthopaedics",
        last_stage="final",
        finalist=True,
        applied_on=date(2026, 2, 2),
        last_interview_on=date(2026, 3, 10),
        decided_on=date(2026, 3, 20),
        reason="a nurse with more experience in paediatric care",
        reason_sayable=True,
        rejection="personal",
    ),
    OpenRole(
        id="r-51",
        slug="deputy-ward-manager",
        title="Deputy Ward Manager",
        family="nursing",
        level="manager",
        team="Dermatology",
        skills=("wound care", "rota planning"),
        hiring_manager_name="Moira Flint",
        whats_in_it="teaching the students who rotate through the clinic",
        steps=(Step(name="Conversation with Moira Flint", minutes=40),),
    ),
    skills=("wound care", "rota planning"),
    interests=("teaching students",),
    notes=(
        note("n-51", "strength", "calm handover during the fire alarm drill"),
        note("n-52", "interest", "would like to teach students on the ward"),
    ),
    contacts=(_CALL,),
    signer=_PAUL,
    team_names=("Paul Reed", "Moira Flint"),
)
TO_GRACE = {
    "greeting": "Dear Grace,",
    "past": "in March you interviewed with us for the Staff Nurse post.",
    "outcome": "In the end we chose a nurse with more paediatric experience.",
    "strength": "What I remember best is your calm handover during the fire drill.",
    "gap": "It has been a while since our call in May.",
    "role": "I am writing because we now have an opening for a Deputy Ward Manager in Dermatology.",
    "fit": "You would be teaching the students who rotate through the clinic, which you told us you would like.",
    "process": "One conversation of 40 minutes with Moira Flint is all there is.",
    "extra": "",
    "ask": "Would you like to hear more?",
    "out": "If not, no worries at all.",
    "farewell": "Best wishes,",
    "signature": "Paul Reed",
}

MIRIAM = person(
    "Miriam",
    "Vogt",
    Candidacy(
        id="a-61",
        role="Elektroniker für Betriebstechnik",
        family="Elektrotechnik",
        level="mid",
        team="Instandhaltung",
        last_stage="final",
        finalist=True,
        applied_on=date(2026, 2, 2),
        last_interview_on=date(2026, 3, 10),
        decided_on=date(2026, 3, 20),
        reason="jemand mit mehr Erfahrung in der Steuerungstechnik",
        reason_sayable=True,
        rejection="personal",
    ),
    OpenRole(
        id="r-61",
        slug="meisterin-gebaeudetechnik",
        title="Meisterin Gebäudetechnik",
        family="Elektrotechnik",
        level="lead",
        team="Gebäude",
        skills=("Photovoltaik", "Wartung"),
        hiring_manager_name="Uwe Brandt",
        whats_in_it="die Solaranlagen aller vier Werke planen",
        steps=(Step(name="Gespräch mit Uwe Brandt", minutes=40),),
    ),
    language="de",
    skills=("Schaltschrankbau", "Wartung"),
    interests=("Photovoltaik",),
    notes=(
        note("n-61", "strength", "hat den Fehler im Förderband in zehn Minuten gefunden"),
        note("n-62", "interest", "möchte gern Solaranlagen planen"),
    ),
    contacts=(replace(_CALL, id="t-61", summary="über Schichten gesprochen"),),
    signer=_LENA,
    team_names=("Lena Koch", "Uwe Brandt"),
)
TO_MIRIAM = {
    "greeting": "Liebe Miriam,",
    "past": "im März warst du bei uns im Gespräch für die Stelle als Elektronikerin für Betriebstechnik.",
    "outcome": "Am Ende haben wir jemanden mit mehr Erfahrung in der Steuerungstechnik eingestellt.",
    "strength": "In Erinnerung ist mir, wie du den Fehler im Förderband in zehn Minuten gefunden hast.",
    "gap": "Seit unserem Telefonat im Mai ist einige Zeit vergangen.",
    "role": "Ich schreibe dir, weil wir jetzt eine Meisterin Gebäudetechnik suchen.",
    "fit": "Du würdest die Solaranlagen aller vier Werke planen, was du ja gern machen möchtest.",
    "process": "Es bliebe ein Gespräch von 40 Minuten mit Uwe Brandt.",
    "extra": "",
    "ask": "Hättest du Lust, mehr zu hören?",
    "out": "Wenn nicht, ist das völlig in Ordnung.",
    "farewell": "Herzliche Grüße",
    "signature": "Lena Koch",
}


def _never_told(known: Dossier) -> Dossier:
    return replace(known, applications=(replace(known.applications[0], rejection="none"),))


TOLD: Mapping[str, tuple[Dossier, dict[str, str]]] = {"en": (GRACE, TO_GRACE), "de": (MIRIAM, TO_MIRIAM)}
NEVER_TOLD: Mapping[str, tuple[Dossier, dict[str, str]]] = {
    "en": (_never_told(GRACE), TO_GRACE),
    "de": (_never_told(MIRIAM), TO_MIRIAM),
}
