# Everything a machine needs beyond Python 3.11, make and git is set up here, inside .venv.

VENV := .venv
BIN := $(VENV)/bin
FITS := import sys; raise SystemExit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c '$(FITS)' 2>/dev/null && { echo "$$name"; break; }; done)
# The plain kind of editable install: the other one costs every start of Python some 12 ms.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8

.PHONY: help demo test check bench screenshots docs prove clean
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.runs ## try Ringback on invented messages, in a temporary file
	@$(BIN)/ringback demo

test: $(VENV)/.tests ## run the tests
	@$(PYTEST)

check: $(VENV)/.tests ## all that must hold: format, lint, types, contracts, tests, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python tests/sizes.py
	@$(MAKE) --no-print-directory test

bench: $(VENV)/.tests ## measure speed, memory and growth beside peers; ARGS=--json for figures
	@$(BIN)/python tests/bench/run.py $(ARGS)

screenshots: $(VENV)/.tests ## draw the pictures in screenshots/ again
	@$(BIN)/python -m pytest tests/screens/test_gallery.py --write

docs: $(VENV)/.tests ## write the generated pages in docs/ again
	@$(BIN)/python -m pytest tests/unit/test_generated_docs.py tests/commands/test_commands_page.py --write

prove: $(VENV)/.tests ## the tests again, the long way: more examples, more faults (minutes)
	@$(PYTEST) --full

clean: ## remove what these targets made
	rm -rf $(VENV) build *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find store tui tests -name __pycache__ -prune -exec rm -rf {} +

# A stamp is touched last, so that an interrupted installation is done again.
$(VENV)/.runs: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Ringback into $(VENV) …"
	@$(PIP) --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/.tests: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Ringback and its test tools into $(VENV) …"
	@$(PIP) --config-settings editable_mode=compat -e '.[dev]'
	@touch $(VENV)/.runs $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "Ringback needs Python 3.11 or newer; none of python3, python3.11 … python3.14 on the PATH is."; \
		echo "Install one, or name it: make PYTHON=/path/to/python3 test"; exit 1; } >&2
	@"$(PYTHON)" -c '$(FITS)' || { echo "$(PYTHON) is missing or too old: Ringback needs Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
