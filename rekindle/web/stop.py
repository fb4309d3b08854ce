"""The page behind the stop link: GET shows and changes nothing, since mail scanners open every link; POST acts.

It says nothing about the person, not even whether there is one: links get forwarded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from rekindle import clock
from rekindle.journey import answers
from rekindle.journey.moving import Policy
from rekindle.mail.links import Links
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.web.bodies import read
from rekindle.web.pages import Pages

#: What the button of our page posts. Whatever else arrives comes from a mail program.
_BUTTON = b"answer=stop"


@dataclass(frozen=True, slots=True)
class StopDesk:
    """What taking a stop needs."""

    store: Store
    links: Links
    policy: Policy
    address_hash: Callable[[str], str]


async def stop(desk: StopDesk, pages: Pages, request: Request) -> Response:
    """Answer GET, HEAD and POST to a stop link; 404 for every token that is not somebody's, whatever is wrong with it.

    No cookie and no CSRF token is asked for: the signed token is the credential, a mail program has no session (RFC
    8058 section 3.1), and nobody can make another's browser post to an address that only its owner knows.
    """
    token: str = request.path_params["token"]
    if request.method == "POST":
        return await _act(desk, pages, token, await read(request))
    stopped = await run_in_threadpool(_is_stopped, desk, token)
    return HTMLResponse(pages.stopped if stopped else pages.stop)


async def _act(desk: StopDesk, pages: Pages, token: str, body: bytes) -> Response:
    """Act whatever the body says: some mail programs post `List-Unsubscribe=One-Click`, some post nothing.

    The one-click POST is answered at once, since RFC 8058 wants no redirect; our own button with a redirect to the
    page that says it is done, so that reloading posts nothing again.
    """
    if body == _BUTTON:
        await run_in_threadpool(_take, desk, token, "the link in the mail")
        # Relative, so that it holds under whatever address a proxy serves us; a valid token is a plain path segment.
        return RedirectResponse(f"./{token}", 303)
    await run_in_threadpool(_take, desk, token, "one click")
    return PlainTextResponse(pages.stopped_text)


def _is_stopped(desk: StopDesk, token: str) -> bool:
    with desk.store.reading() as session:
        return _owner(desk, session, token)[0].opted_out_at is not None


def _take(desk: StopDesk, token: str, via: str) -> None:
    # Looked up without the write lock first: whoever guesses links must not hold up those who write.
    _is_stopped(desk, token)
    with desk.store.writing() as session:
        person, address = _owner(desk, session, token)
        address_hash = desk.address_hash(address)
        answers.stop(session, person.id, address_hash=address_hash, via=via, now=clock.now(), policy=desk.policy)


def _owner(desk: StopDesk, session: Session, token: str) -> tuple[Candidate, str]:
    """Return whose link it is, and their address. The database is asked for a bad token, too: no answer comes faster.

    Raises HTTPException 404 when the token is not ours, or its owner has been erased.
    """
    person = answers.by_key(session, desk.links.read_stop(token) or "")
    if person is None or person.address is None:
        raise HTTPException(404)
    return person, person.address
