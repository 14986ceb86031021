# `make run` and `make test` are all the set-up there is: each prepares .venv from the lock files, the bot itself included.
# Another Python:  make run PYTHON=python3.13      Options of the bot:  make run ARGS="--lang ja"

PYTHON ?= python3
ARGS ?=
# Tests wait nearly as much as they compute: half as many of them at once again as there are cores.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(3 * (os.cpu_count() or 2) // 2)')

VENV := .venv
PY := $(VENV)/bin/python
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input
UV := 0.13.9
LOCKS := requirements.lock requirements-dev.lock requirements-build.lock requirements-audit.lock
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11

# A .venv that is missing, half made, or left behind by an upgrade of Python is made anew.
STALE := $(shell $(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || echo stale)

.PHONY: help run chat test format-check lint types pytest fuzz format audit lock upgrade bench pictures clean stale
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo 'make run       starts the bot (with no token in .env: a chat in the terminal)'
	@echo 'make chat      opens the chat in the terminal, also with a token (as an organizer: make chat ARGS="--as admin")'
	@echo 'make test      everything that is checked: format, lint, types, tests'
	@echo 'make format    formats the sources'
	@echo 'make audit     looks for known vulnerabilities in what the lock files name'
	@echo 'make lock      brings the lock files up to date with pyproject.toml'
	@echo 'make upgrade   brings them to the newest versions that pyproject.toml allows'
	@echo 'make fuzz      looks for texts that no reader should fail on, for some minutes'
	@echo 'make bench     measures'
	@echo 'make pictures  draws what the bot sends as the platforms show it (needs node and chromium)'
	@echo 'make clean     removes .venv and whatever else was made, but no data'

run: $(RUN_READY)
	@$(PY) -m bot run $(ARGS)

chat: $(RUN_READY)
	@$(PY) -m bot chat $(ARGS)

test: format-check lint types pytest

format-check: $(TEST_READY)
	$(PY) -m ruff format --check .

lint: $(TEST_READY)
	$(PY) -m ruff check .

types: $(TEST_READY)
	$(PY) -m mypy

pytest: $(TEST_READY)
	$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# As many examples as time allows: the property tests of all readers, each with 50 times as many as in `make test`.
fuzz: $(TEST_READY)
	HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest -n auto --dist worksteal tests/sources/test_properties.py tests/sources/page/test_properties.py tests/schedule/test_properties.py tests/schedule/editing/test_properties.py tests/commands/admin/fields/test_properties.py tests/app/test_import_properties.py $(ARGS)

format: $(TEST_READY)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

$(RUN_READY): requirements.lock requirements-build.lock pyproject.toml $(STALE)
	@$(MAKE_VENV)
	@echo 'Installing what the bot needs into $(VENV) …'
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL_BOT)
	@touch $@

$(TEST_READY): requirements-dev.lock requirements-build.lock pyproject.toml $(STALE)
	@$(MAKE_VENV)
	@echo 'Installing what the tests need into $(VENV) …'
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL_BOT)
	@touch $(RUN_READY) $@

# The bot itself, editable: $(VENV)/bin/lecturebot runs what stands in this folder.
define INSTALL_BOT
$(INSTALL) --require-hashes -r requirements-build.lock && \
$(INSTALL) --no-deps --no-build-isolation --editable .
endef

define MAKE_VENV
if [ -n "$(STALE)" ]; then \
  command -v "$(PYTHON)" >/dev/null || { echo 'There is no $(PYTHON). Install Python 3.11 or newer, or name it: make PYTHON=…' >&2; exit 1; }; \
  "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
    { echo 'Python 3.11 or newer is needed, and $(PYTHON) is older. Name another: make PYTHON=python3.12 …' >&2; exit 1; }; \
  "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
    { echo 'This Python can make no virtual environment. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }; \
  rm -rf $(VENV) && "$(PYTHON)" -m venv $(VENV); \
fi
endef

stale: ;

# An advisory service that can't be reached, or doesn't know a package, is a failure, too (--strict).
audit: $(TEST_READY)
	@$(INSTALL) --require-hashes -r requirements-audit.lock
	$(PY) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off $(LOCKS:%=-r %)

lock: $(TEST_READY)
	@$(INSTALL) uv==$(UV)
	$(COMPILE) $(UPGRADE) --all-extras pyproject.toml --output-file requirements.lock
	$(COMPILE) $(UPGRADE) --all-extras pyproject.toml --group dev --output-file requirements-dev.lock
	echo 'editables>=0.6,<1' | $(COMPILE) $(UPGRADE) --constraint requirements-dev.lock --group build - --output-file requirements-build.lock
	$(COMPILE) $(UPGRADE) --constraint requirements-dev.lock --group audit --output-file requirements-audit.lock

upgrade:
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

bench: $(TEST_READY)
	$(PY) -m benchmarks $(ARGS)

pictures: $(RUN_READY) pictures/node_modules/.ready
	@mkdir -p pictures/out
	PYTHONPATH=. $(PY) pictures/shots.py pictures/out/shots.json
	node pictures/draw.mjs --in pictures/out/shots.json --out pictures/out
	$(PY) pictures/heights.py pictures/out/shots.json pictures/out | tee pictures/out/heights.tsv

pictures/node_modules/.ready: pictures/package-lock.json
	@command -v npm >/dev/null || { echo "The pictures need node and npm, version 20 or newer, and chromium: see pictures/README.md" >&2; exit 1; }
	npm --prefix pictures ci --no-audit --no-fund
	@touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis pictures/node_modules pictures/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
