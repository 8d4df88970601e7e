# Everything runs in a virtual environment of the checkout's own, .venv. Each target installs what
# it needs, and installs again only after pyproject.toml has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# `make test-deep` runs the laws on COUNT examples each, drawn from SEED, and what is done to
# databases and files while flaskmig runs, as often as docs/safety.md needs it.
SEED ?= 20240229
COUNT ?= 5000
FAMILIES := tests/crash tests/faults tests/rebuilds tests/tampering tests/hostile \
    tests/mutated_files tests/secrets tests/execute/test_resumed.py tests/op_surface tests/batch \
    tests/contexts tests/going_back tests/graph_shapes tests/squash tests/histories
WORKERS ?= auto
ARGS ?=

.PHONY: help tour test test-deep test-matrix histories check format bench clean

help:
	@echo "make tour         the main job on SQLite, with real flask processes"
	@echo "make test         the tests, on SQLite and PostgreSQL (ARGS='-k rename' goes to pytest)"
	@echo "make check        format, lint, types, import contracts, links in the documentation"
	@echo "make test-deep    the laws on COUNT random examples each, and every fault often, from SEED"
	@echo "make test-matrix  the tests on every Python found, with the lowest and newest libraries"
	@echo "make histories    published histories, run by Alembic and by flaskmig"
	@echo "make bench        flaskmig beside Alembic, Flask-Migrate and the bare database"
	@echo "make format       rewrite the code as ruff formats it"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or later is needed; say which: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed-%: pyproject.toml $(VENV)/.made
	@echo "installing flaskmig and what $* needs into $(VENV)"
	@$(PIP) --editable '.[$*]'
	@touch $@

tour: $(VENV)/.installed-examples
	@$(BIN)/python examples/tour.py

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses $(WORKERS) $(ARGS)

test-deep: $(VENV)/.installed-test
	FLASKMIG_EXAMPLES=$(COUNT) FLASKMIG_SEED=$(SEED) $(BIN)/python -m pytest \
	    --numprocesses $(WORKERS) --timeout 0 --hypothesis-profile deep --hypothesis-seed $(SEED) \
	    tests/laws tests/expressions/test_composed.py $(FAMILIES) $(ARGS)

test-matrix:
	$(PYTHON) tools/test_matrix.py $(ARGS)

histories: $(VENV)/.installed-test
	$(BIN)/python -m tests.histories $(ARGS)

check: $(VENV)/.installed-test $(VENV)/.installed-check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_links.py README.md CHANGELOG.md CONTRIBUTING.md docs examples benchmarks

format: $(VENV)/.installed-check
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-benchmarks
	$(BIN)/python -m benchmarks diff --tables 100 1000 --what same changed new
	$(BIN)/python -m benchmarks history --revisions 10 1000
	$(BIN)/python -m benchmarks upgrade --revisions 100
	$(BIN)/python -m benchmarks rebuild --rows 100000

clean:
	rm -rf $(VENV) .matrix build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
