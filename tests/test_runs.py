"""What is said to Prefect over HTTP, and that whatever it answers, or does not, harms nobody."""

import base64
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from rekindle import runs
from rekindle.runs import Run

Answer = tuple[int, object]


@dataclass
class Prefect:
    """A server that answers each path from a list, the last answer for ever, and remembers what it was asked."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def will_answer(self, path: str, *answers: Answer) -> None:
        self.answers[f"/api{path}"] = list(answers)


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    played = Prefect()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.answer()

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            played.asked.append((self.command, self.path, json.loads(body) if body else None))
            played.headers.append(dict(self.headers))
            left = played.answers.get(self.path, [(404, {"detail": "not found"})])
            code, content = left.pop(0) if len(left) > 1 else left[0]
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        played.url = f"http://127.0.0.1:{server.server_address[1]}/api"
        yield played
        server.shutdown()
        thread.join()


@pytest.fixture
def nobody() -> str:
    """The address of a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/api"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(runs, "_POLL", 0.0)


def state(type_: str, name: str = "", message: str | None = None) -> Answer:
    return 200, {"name": "a-run", "state_type": type_, "state": {"name": name or type_.title(), "message": message}}


def test_a_suspended_run_is_resumed_with_the_fields_its_form_asks_for(prefect: Prefect) -> None:
    prefect.will_answer("/flow_runs/r-1/resume", (201, {"status": "ACCEPT"}))
    assert runs.resume(prefect.url, "r-1")
    ((method, _, body),) = prefect.asked
    assert (method, sorted(body["run_input"])) == ("POST", ["code", "decision"])


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"status": "REJECT"}),
        (404, {"detail": "gone"}),
        (500, b"oops"),
        (200, b"<html>a proxy's own page</html>"),
        (200, ["a list"]),
    ],
)
def test_a_run_that_is_not_resumed_is_no_failure(prefect: Prefect, answer: Answer) -> None:
    prefect.will_answer("/flow_runs/r-1/resume", answer)
    assert not runs.resume(prefect.url, "r-1")


def test_without_prefect_nothing_is_up_served_or_resumed(nobody: str) -> None:
    assert not runs.resume(nobody, "r-1")
    assert not runs.is_up(nobody)
    assert not runs.are_served(nobody)
    assert runs.reconcile(nobody) == 0
    with pytest.raises(httpx.HTTPError):
        runs.start(nobody, "deliver")


def test_prefect_is_up_when_its_health_is_good(prefect: Prefect) -> None:
    assert not runs.is_up(prefect.url)
    prefect.will_answer("/health", (200, b"true"))
    assert runs.is_up(prefect.url)


@pytest.mark.parametrize(
    ("answer", "served"),
    [
        ((200, {"status": "READY"}), True),
        ((200, {"status": "NOT_READY"}), False),
        ((404, {}), False),
        ((200, b"<html>"), False),
    ],
)
def test_the_flows_are_served_when_the_last_one_is_waited_for(
    prefect: Prefect, answer: Answer, *, served: bool
) -> None:
    prefect.will_answer("/deployments/name/housekeeping/housekeeping", answer)
    assert runs.are_served(prefect.url) is served


def test_a_run_is_started_with_its_parameters(prefect: Prefect) -> None:
    prefect.will_answer("/deployments/name/deliver/deliver", (200, {"id": "d-1"}))
    prefect.will_answer("/deployments/d-1/create_flow_run", (201, {"id": "r-1"}))
    assert runs.start(prefect.url, "deliver", {"edition_id": 7}) == "r-1"
    assert prefect.asked[-1] == ("POST", "/api/deployments/d-1/create_flow_run", {"parameters": {"edition_id": 7}})


def test_a_flow_nobody_serves_is_not_started(prefect: Prefect) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="404"):
        runs.start(prefect.url, "deliver")


def test_a_run_is_started_once_for_each_key_whoever_asks_for_it(prefect: Prefect) -> None:
    prefect.will_answer("/deployments/name/deliver/deliver", (200, {"id": "d-1"}))
    prefect.will_answer("/deployments/d-1/create_flow_run", (201, {"id": "r-1"}))
    assert runs.start_once(prefect.url, "deliver", "approval-7", {"edition_id": 3}, "admin:secret")
    assert prefect.asked[-1] == (
        "POST",
        "/api/deployments/d-1/create_flow_run",
        {"parameters": {"edition_id": 3}, "idempotency_key": "approval-7", "state": {"type": "SCHEDULED"}},
    )
    assert prefect.headers[-1]["Authorization"] == f"Basic {base64.b64encode(b'admin:secret').decode()}"


def test_a_run_that_is_started_once_needs_no_parameters(prefect: Prefect) -> None:
    prefect.will_answer("/deployments/name/deliver/deliver", (200, {"id": "d-1"}))
    prefect.will_answer("/deployments/d-1/create_flow_run", (201, {"id": "r-1"}))
    assert runs.start_once(prefect.url, "deliver", "approval-7")
    assert prefect.asked[-1][2]["parameters"] == {}


def test_a_run_that_prefect_cannot_take_now_is_no_failure(prefect: Prefect, nobody: str) -> None:
    assert not runs.start_once(nobody, "deliver", "approval-7")
    assert not runs.start_once(prefect.url, "deliver", "approval-7"), "nobody serves it"
    prefect.will_answer("/deployments/name/deliver/deliver", (200, {"id": "d-1"}))
    prefect.will_answer("/deployments/d-1/create_flow_run", (500, b"oops"))
    assert not runs.start_once(prefect.url, "deliver", "approval-7")


@pytest.mark.parametrize("page", [b"<html>a proxy's own page</html>", ["a list"], {"detail": "something else"}, None])
def test_an_answer_that_is_not_prefects_starts_nothing(prefect: Prefect, page: object) -> None:
    prefect.will_answer("/deployments/name/deliver/deliver", (200, page))
    assert not runs.start_once(prefect.url, "deliver", "approval-7")


def test_a_server_that_is_busy_is_asked_again(prefect: Prefect) -> None:
    prefect.will_answer("/deployments/name/plan/plan", (503, {}), (503, {}), (200, {"id": "d-1"}))
    prefect.will_answer("/deployments/d-1/create_flow_run", (201, {"id": "r-1"}))
    assert runs.start(prefect.url, "plan") == "r-1"
    assert len(prefect.asked) == 4


def test_a_server_that_stays_busy_is_told(prefect: Prefect) -> None:
    prefect.will_answer("/deployments/name/plan/plan", (503, {}))
    with pytest.raises(httpx.HTTPStatusError, match="503"):
        runs.start(prefect.url, "plan")


def test_a_run_is_waited_for_until_it_is_over(prefect: Prefect) -> None:
    prefect.will_answer("/flow_runs/r-1", state("PENDING"), state("RUNNING"), state("COMPLETED", "Sent", "3 sent"))
    assert runs.wait(prefect.url, "r-1") == Run("a-run", "COMPLETED", "Sent", "3 sent")
    assert len(prefect.asked) == 3


@pytest.mark.parametrize("over", ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"])
def test_a_run_that_is_over_is_not_waited_for_any_longer(prefect: Prefect, over: str) -> None:
    prefect.will_answer("/flow_runs/r-1", state(over))
    assert runs.wait(prefect.url, "r-1", until={"PAUSED"}).type == over


def test_a_run_may_be_waited_for_until_it_is_suspended(prefect: Prefect) -> None:
    prefect.will_answer("/flow_runs/r-1", state("RUNNING"), state("PAUSED", "Suspended"))
    assert runs.wait(prefect.url, "r-1", until={"PAUSED"}) == Run("a-run", "PAUSED", "Suspended", "")


def test_nobody_waits_for_ever(prefect: Prefect) -> None:
    prefect.will_answer("/flow_runs/r-1", state("RUNNING"))
    with pytest.raises(TimeoutError, match="run r-1 has not come to an end"):
        runs.wait(prefect.url, "r-1", seconds=0.05)


def test_runs_that_a_stop_left_behind_are_marked_as_crashed(prefect: Prefect) -> None:
    prefect.will_answer("/flow_runs/filter", (200, [{"id": "r-1"}, {"id": "r-2"}]))
    for run_id in ("r-1", "r-2"):
        prefect.will_answer(f"/flow_runs/{run_id}/set_state", (201, {"status": "ACCEPT"}))
    assert runs.reconcile(prefect.url) == 2
    assert [path for _, path, _ in prefect.asked[1:]] == [f"/api/flow_runs/r-{n}/set_state" for n in (1, 2)]
    assert {body["state"]["type"] for _, _, body in prefect.asked[1:]} == {"CRASHED"}
    assert prefect.asked[0][2]["flow_runs"]["tags"] == {"all_": [runs.TAG]}, "nobody else's runs"


def test_who_asks_says_who_they_are_when_the_server_wants_it(prefect: Prefect) -> None:
    runs.resume(prefect.url, "r-1", auth="admin:a:b")
    runs.resume(prefect.url, "r-1")
    told = [headers.get("Authorization") for headers in prefect.headers]
    assert told == [f"Basic {base64.b64encode(b'admin:a:b').decode()}", None]


def test_no_proxy_of_the_environment_is_asked(prefect: Prefect, nobody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, nobody)
    prefect.will_answer("/health", (200, b"true"))
    assert runs.is_up(prefect.url)
