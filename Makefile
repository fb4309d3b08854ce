# Everything runs inside .venv, which is made from requirements.lock on first use. It needs python3 and nothing else.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
.PHONY: help demo up test check fix bench lock clean

help: ## show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: .venv/ready ## the whole route on sample data: import, states, approval, a delivered update
	@$(BIN)/rekindle demo

up: .venv/ready ## Prefect with its UI, the schedules, the web page and a local mailbox; Ctrl-C stops all
	@$(BIN)/rekindle up

# Bytecode is written whatever the environment says: workers and runs are processes that would compile everything anew.
test: .venv/ready ## all tests, on SQLite and PostgreSQL
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto

check: .venv/ready ## formatting, lint, types, direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: .venv/ready ## let ruff format and mend what it can
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/ready ## measure import, rendering and delivery on this machine
	@$(BIN)/python -m benchmarks

lock: .venv/ready ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile -q --upgrade --universal --extra dev --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock

clean: ## remove .venv and what the demo left
	rm -rf .venv var

# uv installs the lock in seconds where pip takes most of a minute; it comes from the same lock, with its hash.
# --no-deps: the lock is complete, and pip's hash mode trips over extras.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rekindle needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.11")'
	@echo "Making .venv from requirements.lock (once)..."
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --require-hashes -r requirements.lock \
	  || $(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
