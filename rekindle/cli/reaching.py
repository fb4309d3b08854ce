"""Knocks at the doors of what Rekindle talks to: the configured mail server and Prefect, and no other host."""

import os
import smtplib
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from rekindle.errors import RekindleError

if TYPE_CHECKING:
    from rekindle.cli.checks import Check
    from rekindle.mail.route import Route
    from rekindle.wiring import Rekindle

_PATIENCE = 5.0


def mail(of: "Rekindle") -> "Check":
    """Connect and say EHLO; nobody is logged in and nothing is sent."""
    from rekindle.cli.checks import fail, ok, warn

    try:
        route = of.route()
        greeting = _greet(route)
    except RekindleError as error:
        return fail("mail route", str(error), "see [smtp] in docs/settings.md")
    except (OSError, smtplib.SMTPException) as error:
        if of.settings.smtp_is_local_mailbox:
            return warn("mail route", "the local mailbox does not run", "`rekindle up` starts it with everything else")
        return fail("mail route", f"smtp.host does not answer: {_cause(error)}", "see smtp.host, port and security")
    if of.settings.smtp_is_local_mailbox:
        return warn("mail route", "the local mailbox: nothing leaves this machine", "set smtp.host once you mean it")
    if route.security == "starttls" and "starttls" not in greeting:
        return fail("mail route", "the server offers no STARTTLS", "set smtp.security to what it offers")
    return ok("mail route", f"{route.host} port {route.port} answers")


def mailbox_folder(folder: Path) -> "Check":
    from rekindle.cli.checks import fail, ok

    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return ok("local mailbox", f"{folder} can be written")
    return fail("local mailbox", f"{existing} cannot be written", "set mailbox.folder to a folder of your own")


def prefect(of: "Rekindle") -> "Check":
    from rekindle.cli.checks import ok, warn

    auth = of.settings.prefect.auth.get_secret_value()
    credentials = httpx.BasicAuth(*auth.split(":", 1)) if auth else None
    try:
        reply = httpx.get(f"{of.settings.prefect_api}/health", auth=credentials, timeout=_PATIENCE, trust_env=False)
    except httpx.HTTPError as error:
        return warn(
            "Prefect", f"does not answer ({type(error).__name__})", "`rekindle up` starts it; decisions are kept"
        )
    if reply.is_success:
        return ok("Prefect", "answers")
    return warn("Prefect", f"answers with HTTP {reply.status_code}", "see prefect.api_url and REKINDLE_PREFECT_AUTH")


def _greet(route: "Route") -> set[str]:
    """Return what the server says it can."""
    if route.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            route.host, route.port, timeout=_PATIENCE, context=route.trust() or ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(route.host, route.port, timeout=_PATIENCE)
    with client:
        client.ehlo(route.greets_as)
        return set(client.esmtp_features)


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
