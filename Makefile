# Service Hall. `make demo` and `make test` do all set-up on a fresh Debian 12; see README.md.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
JOBS   ?= 2

.PHONY: demo test proofs check setup system format lint types contracts qml tests screenshots bench clean

demo: setup
	$(BIN)/hall demo

test: setup
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

# The long forms: every promise against its faults, and the broken variant that each proof must catch.
proofs: setup
	$(BIN)/python -m tests.proofs

# Format, lint, strict types, import contracts, QML lint; `make test` is the rest of it.
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m shared.qt.lint
ifndef CI
	$(MAKE) test
endif

setup: system $(STAMP)

system:
	@sh shared/setup/system.sh

# The stamp is written last: an interrupted set-up is done again.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,card]'
	$(BIN)/hall voice build
	touch $(STAMP)

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: setup
	$(BIN)/hall demo --screenshots shared/docs/screenshots

bench: setup
	$(BIN)/hall bench

clean:
	rm -rf $(VENV) demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
