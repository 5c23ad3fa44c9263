# Every target does its own set-up: a virtual environment and the locked dependencies.
# `make` alone checks and tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev

.PHONY: all build check test serve bench lock script wheel clean

all: check test

build: $(RUN)
	@$(BIN)/python build.py

serve: $(RUN)
	@$(BIN)/python build.py serve

check: $(DEV)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python build.py schema --check
	@$(BIN)/python build.py check

# What fails while two browsers share a busy machine is tried once more, alone; it must pass then.
test: $(DEV)
	@$(BIN)/python -m tests.browser.install
	@$(BIN)/python -m pytest -n auto || $(BIN)/python -m pytest --last-failed

bench: $(DEV)
	@$(BIN)/python -m bench

# The consent script's modules, joined and minified; a test says when it is needed.
script: $(DEV)
	@$(BIN)/python -m tests.consent.bundle

# The locks name versions and hashes, and no address of a package index.
lock: $(DEV)
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet \
		--output-file requirements-dev.lock --constraint requirements.lock

wheel: $(DEV)
	@$(BIN)/uv build --quiet --out-dir dist

clean:
	rm -rf $(VENV) output .output-spare .output-spare.lock .klartekst dist \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python lacks venv here (on Debian: apt-get install python3-venv)"; exit 1; }

$(RUN): requirements.lock | $(VENV)/bin/python
	@echo "installing what the build needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@$(BIN)/python -m compileall -q klartekst # as pip has done for the rest
	@touch $@

$(DEV): requirements-dev.lock $(RUN) | $(VENV)/bin/python
	@echo "installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@
