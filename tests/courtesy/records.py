"""What is on record about the people whom the honest letters are for: each letter is true against one of these."""

from dataclasses import replace
from datetime import date
from typing import Any

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote, OpenRole, Signer, Step, WrittenLetter
from states.message import Occasion
from tests.courtesy.people import CALL, good_text, sarah

BEN = Signer(address="ben@acme.example", name="Ben Okafor", title="Recruiter")
CLEO = Signer(address="cleo@acme.example", name="Cleo Martin", title="Recruiter")


def note(id_: str, kind: str, text: str, **changes: Any) -> KnownNote:
    return KnownNote(id=id_, kind=kind, text=text, **{"sayable": True, "on": date(2026, 4, 20), **changes})


def person(given_name: str, family_name: str, past: Candidacy, role: OpenRole | None, **changes: Any) -> Dossier:
    return replace(
        sarah(given_name=given_name, family_name=family_name, applications=(past,), role=role),
        **{"skills": (), "interests": (), "notes": (), "contacts": (), **changes},
    )


BACKEND = Candidacy(
    id="a-11",
    role="Senior Backend Engineer",
    family="engineering",
    level="senior",
    team="Payments",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 1, 12),
    last_interview_on=date(2026, 2, 18),
    decided_on=date(2026, 2, 27),
    reason="somebody who had run a payment system before",
    reason_sayable=True,
    rejection="personal",
    promise="get in touch when an infrastructure role opens",
)
STAFF = OpenRole(
    id="r-2",
    slug="staff-engineer",
    title="Staff Engineer",
    family="engineering",
    level="staff",
    team="Infrastructure",
    location="Remote",
    skills=("distributed systems", "observability"),
    hiring_manager="cleo@acme.example",
    hiring_manager_name="Cleo Martin",
    whats_in_it="setting the technical direction of a platform that forty engineers build on",
    process_kind="full",
    steps=(
        Step(name="Conversation with Cleo Martin", minutes=45),
        Step(name="System design interview", minutes=90),
        Step(name="Meeting the team", minutes=45),
    ),
)
DEEP = note("n-11", "strength", "the clearest explanation of consistency trade-offs we heard that month")
TOMASZ = person(
    "Tomasz",
    "Wiśniewski",
    BACKEND,
    STAFF,
    skills=("distributed systems", "Go"),
    interests=("infrastructure",),
    notes=(
        DEEP,
        note("n-12", "interest", "would rather work on infrastructure than on product features"),
        note("n-13", "preference", "prefers things in writing"),
    ),
    signer=BEN,
)

DESIGNER = Candidacy(
    id="a-21",
    role="Product Designer",
    family="design",
    level="mid",
    team="Onboarding",
    last_stage="onsite",
    finalist=True,
    applied_on=date(2025, 9, 1),
    last_interview_on=date(2025, 10, 6),
    decided_on=date(2025, 10, 20),
    reason="a designer with more experience in research",
    reason_sayable=True,
    rejection="generic",
)
SENIOR_DESIGNER = OpenRole(
    id="r-3",
    slug="senior-product-designer",
    title="Senior Product Designer",
    family="design",
    level="senior",
    team="Accessibility",
    location="Vienna",
    skills=("design systems", "accessibility"),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="making a product usable for people whom software usually forgets",
    process_kind="streamlined",
    process_because="your portfolio review still counts",
    steps=(Step(name="Conversation with Ben Okafor", minutes=45), Step(name="Working session", minutes=75)),
)
JOSE = person(
    "José",
    "Álvarez",
    DESIGNER,
    SENIOR_DESIGNER,
    skills=("design systems",),
    interests=("accessibility",),
    notes=(note("n-21", "strength", "care for people who use a screen reader", on=date(2025, 10, 6)),),
)

ANALYST = Candidacy(
    id="a-31",
    role="Data Analyst",
    family="data",
    level="mid",
    team="Finance",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 5, 4),
    last_interview_on=date(2026, 6, 2),
    decided_on=date(2026, 6, 15),
    reason="someone from inside the company",
    reason_sayable=True,
    rejection="none",
)
SENIOR_ANALYST = OpenRole(
    id="r-4",
    slug="senior-data-analyst",
    title="Senior Data Analyst",
    family="data",
    level="senior",
    team="Logistics",
    location="Hamburg",
    skills=("SQL", "forecasting"),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="building the forecasts that decide where our lorries go",
    process_kind="streamlined",
    process_because="you have already done the case study",
    steps=(Step(name="Conversation with Ben Okafor", minutes=60),),
)
AYSE = person(
    "Ayşe",
    "Yılmaz",
    ANALYST,
    SENIOR_ANALYST,
    skills=("SQL", "forecasting"),
    interests=("logistics",),
    notes=(note("n-31", "strength", "a forecasting model that was simpler and better than ours", on=date(2026, 6, 2)),),
)

SUPPORT = Candidacy(
    id="a-41",
    role="Support Team Lead",
    family="support",
    level="lead",
    team="Support",
    last_stage="final",
    finalist=True,
    applied_on=date(2025, 11, 10),
    last_interview_on=date(2025, 12, 15),
    decided_on=date(2026, 1, 9),
    reason="came across as too soft for the shift leads",
    reason_sayable=False,
    rejection="personal",
)
HEAD_OF_SUCCESS = OpenRole(
    id="r-5",
    slug="head-of-customer-success",
    title="Head of Customer Success",
    family="support",
    level="manager",
    team="Customer Success",
    location="Oslo",
    skills=("customer success",),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="building the whole function from three people on",
    process_kind="full",
    steps=(
        Step(name="Call", minutes=30),
        Step(name="Case", minutes=120),
        Step(name="Conversation with the managing director", minutes=60),
    ),
)
INGRID = person(
    "Ingrid",
    "Solberg",
    SUPPORT,
    HEAD_OF_SUCCESS,
    interests=("building a team",),
    notes=(
        note("n-41", "strength", "calmed an angry customer in the role play", on=date(2025, 12, 15)),
        note("n-42", "interest", "would like to build a whole function next", on=date(2025, 12, 15)),
        note("n-43", "internal", "shift leads found her hesitant; scored 2.9 on assertiveness", sayable=False),
    ),
    contacts=(Contact(id="t-41", on=date(2026, 1, 9), channel="call", direction="out"),),
    signer=CLEO,
)
HANDED_OVER = sarah(
    signer=replace(CLEO, handed_over_by="Dana Weiss"),
    team_names=("Ann Lee", "Ben Okafor", "Cleo Martin", "Dana Weiss"),
)
NOT_NOW = sarah(
    contacts=(
        Contact(
            id="t-51",
            on=date(2026, 8, 20),
            channel="reply",
            direction="in",
            summary="not the right time, maybe later",
        ),
        Contact(id="t-50", on=date(2026, 8, 18), channel="email", direction="out", summary="wrote about another role"),
        CALL,
    ),
)
IN_TOUCH = sarah(
    contacts=(
        Contact(
            id="t-52", on=date(2026, 11, 3), channel="event", direction="in", summary="talked at the product meetup"
        ),
        Contact(id="t-53", on=date(2026, 10, 13), channel="email", direction="out", programme="quarterly-update"),
        CALL,
    ),
)
LOCALISATION = Candidacy(
    id="a-61",
    role="Localisation Lead",
    family="localisation",
    level="lead",
    team="Content",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 4, 1),
    last_interview_on=date(2026, 5, 6),
    decided_on=date(2026, 5, 20),
    reason="someone who lives in Japan",
    reason_sayable=True,
    rejection="personal",
)
LOCALISATION_MANAGER = OpenRole(
    id="r-6",
    slug="principal-localisation-manager",
    title="Principal Localisation Manager",
    family="localisation",
    level="principal",
    team="Platform",
    skills=("localisation", "right-to-left languages"),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="deciding how our product speaks in thirty languages",
    process_kind="full",
    steps=(Step(name="Interview with Ben Okafor", minutes=60), Step(name="Interview with the team", minutes=60)),
)
WANG = person(
    "芳",
    "王",
    LOCALISATION,
    LOCALISATION_MANAGER,
    skills=("localisation",),
    interests=("right-to-left languages",),
    notes=(
        note("n-61", "strength", "patience in explaining the difference between 行 and 行", on=date(2026, 5, 6)),
        note("n-62", "strength", "an eye for typography", on=date(2026, 5, 6)),
    ),
)

# In German.

SALES = Candidacy(
    id="a-71",
    role="Account Manager",
    family="sales",
    level="mid",
    team="Mittelstand",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 2, 2),
    last_interview_on=date(2026, 3, 10),
    decided_on=date(2026, 3, 20),
    reason="jemand mit mehr Erfahrung im öffentlichen Sektor",
    reason_sayable=True,
    rejection="personal",
    promise="melden uns, sobald im Vertrieb etwas frei wird",
)
SENIOR_SALES = OpenRole(
    id="r-7",
    slug="senior-account-manager",
    title="Senior Account Manager",
    family="sales",
    level="senior",
    team="Gesundheitswesen",
    location="Köln",
    skills=("Krankenhäuser", "Verhandlung"),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="ein eigenes Gebiet vom ersten Kunden an aufbauen",
    process_kind="streamlined",
    process_because="du das Rollenspiel schon gemacht hast",
    steps=(Step(name="Gespräch mit Ben Okafor", minutes=60),),
)
KATHRIN = person(
    "Kathrin",
    "Groß",
    SALES,
    SENIOR_SALES,
    language="de",
    skills=("Verhandlung",),
    interests=("Gesundheitswesen",),
    notes=(note("n-71", "strength", "ruhige Art, mit schwierigen Kunden zu verhandeln", on=date(2026, 3, 10)),),
)
DEVELOPER = Candidacy(
    id="a-81",
    role="Softwareentwickler",
    family="engineering",
    level="mid",
    team="Web",
    last_stage="final",
    finalist=True,
    applied_on=date(2025, 7, 1),
    last_interview_on=date(2025, 8, 12),
    decided_on=date(2025, 8, 29),
    reason="jemand mit mehr Erfahrung in TypeScript",
    reason_sayable=True,
    rejection="none",
)
SENIOR_DEVELOPER = OpenRole(
    id="r-8",
    slug="senior-softwareentwickler",
    title="Senior Softwareentwickler:in (m/w/d)",
    family="engineering",
    level="senior",
    team="Datenplattform",
    location="Leipzig",
    skills=("Python", "Datenmodellierung"),
    hiring_manager="cleo@acme.example",
    hiring_manager_name="Cleo Martin",
    whats_in_it="die Datenplattform von Anfang an mitgestalten",
    process_kind="full",
    steps=(Step(name="Gespräch mit Cleo Martin", minutes=45), Step(name="Fachgespräch", minutes=90)),
)
JONAS = person(
    "Jonas",
    "Müller",
    DEVELOPER,
    SENIOR_DEVELOPER,
    language="de",
    skills=("Python",),
    interests=("Datenplattformen",),
    notes=(
        note("n-81", "strength", "sauberes Datenmodell in der Fallstudie", on=date(2025, 8, 12)),
        note("n-82", "internal", "wirkte im Gespräch fahrig und unvorbereitet, Gehaltswunsch 82.500", sayable=False),
    ),
)

# Follow-ups and rejections.

FIRST = WrittenLetter(id="m-4", text=good_text(), sent_on=date(2026, 11, 10))
WRITTEN_TO = Contact(id="t-90", on=date(2026, 11, 10), channel="email", direction="out", summary="Director of Product")
SARAH_AGAIN = sarah(occasion=Occasion.FOLLOW_UP, first_letter=FIRST, contacts=(WRITTEN_TO, CALL))
KATHRIN_AGAIN = replace(
    KATHRIN,
    occasion=Occasion.FOLLOW_UP,
    first_letter=WrittenLetter(id="m-5", text="Liebe Kathrin, …", sent_on=date(2026, 11, 9)),
    contacts=(Contact(id="t-91", on=date(2026, 11, 9), channel="email", direction="out"),),
)
MARIA = person(
    "Maria",
    "Santos",
    Candidacy(
        id="a-91",
        role="Customer Success Manager",
        family="support",
        level="mid",
        team="Customer Success",
        last_stage="final",
        finalist=True,
        applied_on=date(2026, 10, 1),
        last_interview_on=date(2026, 11, 17),
        decided_on=date(2026, 11, 23),
        reason="someone who already speaks Dutch",
        reason_sayable=True,
        rejection=None,
    ),
    None,
    occasion=Occasion.REJECTION,
    notes=(note("n-91", "strength", "the onboarding plan you drew on the whiteboard", on=date(2026, 11, 17)),),
)
PETER = person(
    "Peter",
    "Nowak",
    Candidacy(
        id="a-92",
        role="Controller",
        family="finance",
        level="mid",
        team="Finanzen",
        last_stage="final",
        finalist=True,
        applied_on=date(2026, 9, 15),
        last_interview_on=date(2026, 11, 12),
        decided_on=date(2026, 11, 20),
        reason="jemanden mit mehr Erfahrung im Konzernabschluss",
        reason_sayable=True,
        rejection=None,
    ),
    None,
    occasion=Occasion.REJECTION,
    language="de",
    notes=(note("n-92", "strength", "genaue und freundliche Rückfragen zur Kostenrechnung", on=date(2026, 11, 12)),),
)
