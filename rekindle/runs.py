"""Talks to Prefect by plain HTTP, without importing it: wakes, starts and looks at runs, and may always fail."""

import time
from dataclasses import dataclass
from typing import Any

import httpx

#: On every run of ours.
TAG = "rekindle"
_PATIENCE = 10.0
_POLL = 0.3
_PAUSES = (0.5, 1.0, 2.0, 4.0)
_OVER = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
#: One of the deployments that `flows.serve` registers; the last one, so that all of them are there with it.
_LAST_SERVED = "housekeeping/housekeeping"


@dataclass(frozen=True, slots=True)
class Run:
    """A flow run as a reader sees it: `type` is Prefect's (COMPLETED), `state` the name shown (Sent)."""

    name: str
    type: str
    state: str
    message: str


def resume(api_url: str, run_id: str, auth: str = "") -> bool:
    """Resume a suspended flow run; return whether Prefect took it. `auth` is user:password, if the server wants one.

    False is no failure: Prefect may be down or the run gone, and the sweep flow repairs both.
    """
    # The form's fields have to be there; the run looks at our database first and never reads them.
    answer = {"run_input": {"decision": "decline", "code": ""}}
    try:
        with _client(api_url, auth) as client:
            reply = _answer(client, "POST", f"/flow_runs/{run_id}/resume", answer)
    except httpx.HTTPError:
        return False
    return _status(reply) == "ACCEPT"


def is_up(api_url: str) -> bool:
    """Say whether a Prefect server answers."""
    try:
        with _client(api_url) as client:
            return client.get("/health").is_success
    except httpx.HTTPError:
        return False


def are_served(api_url: str, auth: str = "") -> bool:
    """Say whether the flows are registered and somebody waits for their runs."""
    try:
        with _client(api_url, auth) as client:
            reply = client.get(f"/deployments/name/{_LAST_SERVED}")
    except httpx.HTTPError:
        return False
    return _status(reply) == "READY"


def reconcile(api_url: str, auth: str = "") -> int:
    """Mark runs as crashed that a stop left `Running`, or they hold their slots for ever; return how many.

    For one machine only: it takes every run that looks alive for one of a process that is gone. 0 when Prefect is down.
    """
    alive = {"flow_runs": {"tags": {"all_": [TAG]}, "state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}}
    crashed = {"state": {"type": "CRASHED", "message": "interrupted: Rekindle was stopped"}, "force": True}
    try:
        with _client(api_url, auth) as client:
            found = [run["id"] for run in _asked(client, "POST", "/flow_runs/filter", alive)]
            for run_id in found:
                _asked(client, "POST", f"/flow_runs/{run_id}/set_state", crashed)
    except httpx.HTTPError:
        return 0
    return len(found)


def start(api_url: str, flow: str, parameters: dict[str, Any] | None = None, auth: str = "") -> str:
    """Start a run of a served flow now; return its id. Raises httpx.HTTPError when Prefect does not take it."""
    with _client(api_url, auth) as client:
        deployment = _asked(client, "GET", f"/deployments/name/{flow}/{flow}")["id"]
        run = _asked(client, "POST", f"/deployments/{deployment}/create_flow_run", {"parameters": parameters or {}})
        return str(run["id"])


def start_once(api_url: str, flow: str, key: str, parameters: dict[str, Any] | None = None, auth: str = "") -> bool:
    """Start a run of a served flow unless one was started with the same `key`; return whether Prefect took it.

    False is no failure: Prefect may be down, and the flow's own schedule or sweep catches up.
    """
    try:
        with _client(api_url, auth) as client:
            deployment = _asked(client, "GET", f"/deployments/name/{flow}/{flow}")["id"]
            wanted = {"parameters": parameters or {}, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
            _asked(client, "POST", f"/deployments/{deployment}/create_flow_run", wanted)
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        # Down, or a proxy's own page in its place.
        return False
    return True


def wait(api_url: str, run_id: str, *, until: set[str] = _OVER, seconds: float = 120, auth: str = "") -> Run:
    """Wait until a run is in a state of one of the types `until`, or over.

    Raises TimeoutError.
    """
    give_up = time.monotonic() + seconds
    with _client(api_url, auth) as client:
        while time.monotonic() < give_up:
            run = _asked(client, "GET", f"/flow_runs/{run_id}")
            if run["state_type"] in until | _OVER:
                return Run(run["name"], run["state_type"], run["state"]["name"], run["state"]["message"] or "")
            time.sleep(_POLL)
    raise TimeoutError(f"run {run_id} has not come to an end after {seconds:.0f} s")


def _status(reply: httpx.Response) -> object:
    """Return the status an answer gives; None when it is no answer of Prefect's, but perhaps a proxy's page."""
    try:
        told = reply.json() if reply.is_success else None
    except ValueError:
        return None
    return told.get("status") if isinstance(told, dict) else None


def _asked(client: httpx.Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Return the answer as decoded JSON. Raises httpx.HTTPError when the server refuses."""
    return _answer(client, method, path, body).raise_for_status().json()


def _answer(client: httpx.Client, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
    """Ask; a server that is busy for a moment (503, a locked SQLite) is asked again."""
    for pause in _PAUSES:
        answer = client.request(method, path, json=body)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(pause)
    return answer


def _client(api_url: str, auth: str = "") -> httpx.Client:
    credentials = httpx.BasicAuth(*auth.split(":", 1)) if ":" in auth else None
    # Loading the certificates to trust takes longer than a call, and plain HTTP needs none.
    tls = api_url.startswith("https://")
    return httpx.Client(base_url=api_url, auth=credentials, timeout=_PATIENCE, trust_env=False, verify=tls)
