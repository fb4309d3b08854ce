"""The environment of every child process, in full: Prefect would else read .env and pyproject.toml of the folder."""

import os
from pathlib import Path

from rekindle import clock
from rekindle.settings import Settings


def environment(settings: Settings) -> dict[str, str]:
    """Return this process's environment with Rekindle's and Prefect's variables set as `settings` say."""
    # Prefect reads its variables in any case.
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("PREFECT_")}
    own = {"REKINDLE_CONFIG": str(settings.folder.resolve())} if settings.folder.is_dir() else {}
    if rehearsal := clock.rehearsal():
        own["REKINDLE_NOW"] = rehearsal.isoformat()
    return inherited | own | prefect_environment(settings)


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Return what makes Prefect stay on this machine, quiet, and out of the user's own profile."""
    password = settings.prefect.auth.get_secret_value()
    # An empty user:password would be asked for, too.
    auth = {"PREFECT_API_AUTH_STRING": password, "PREFECT_SERVER_API_AUTH_STRING": password} if password else {}
    return auth | {
        "PREFECT_HOME": str(Path(settings.prefect.home).resolve()),
        "PREFECT_API_URL": settings.prefect_api,
        # Prefect lets every web page call it unless told otherwise, and its API can be made to run commands.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{settings.prefect.port}",
        # Old runs go after Prefect's own 90 days; the history that counts is in our database.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(settings.prefect.port),
        # Nothing leaves the machine: neither usage figures nor advertisements.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # No server is started by accident when ours is down.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        # Results would be pickles that nobody collects, with whatever they hold.
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_CLI_COLORS": "false",
        # SQLite has one writer: many small writes make it the bottleneck.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    }
