"""What a weekly digest could say, for whoever wants to see one before anything waits. Invented, like all samples."""

from datetime import date, timedelta

from rekindle.mail.catalogue import WeeklyDigest


def sample_digest(today: date) -> WeeklyDigest:
    """Return a digest with something in each of its lists."""
    soon, last, cold_on = (today + timedelta(days=days) for days in (3, -170, 11))
    return WeeklyDigest(
        address="ann@acme.example",
        name="Ann Lee",
        minutes=37,
        stands_in_for=(("Ben Okafor", str(today + timedelta(days=9))),),
        approvals=((17, "Send c-17 this letter about role director-product?", f"{soon} 08:00 UTC"),),
        tasks=(
            (4, "Call c-9 (Director of Product): a second no is told in person first", f"overdue since {today}"),
            (6, "Ask c-31 (Staff Engineer) on LinkedIn to connect", f"due {soon}"),
        ),
        more_tasks=5,
        answered=(("c-8 (Senior Product Manager)", f"reply on {today}"),),
        going_cold=(("c-77 (Data Analyst)", f"last contact: call out on {last} (t-12); cold from {cold_on} on"),),
        cold=2,
    )
