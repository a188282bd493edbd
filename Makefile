# Needs Python 3.11 or newer and make; everything else goes into .venv.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
READY := .venv/ready

.PHONY: run test coverage lint campaign faults bench pictures .venv

run: $(READY)  ## serve Telegram when BOT_TOKEN is set, else a local chat in the browser
	@exec $(BIN)/python -m bot run

test: $(READY)  ## all tests; with CI=true a skipped one is a failure
	$(BIN)/python -m pytest -n auto -m "not campaign" $(if $(filter true,$(CI)),--no-skips)

coverage: $(READY)  ## at least 95 % of the branches of content and storage are tested
	$(BIN)/python -m pytest -n auto -m "not campaign" -q tests/content tests/storage \
		--cov=content --cov=storage --cov-branch --cov-report=term:skip-covered --cov-fail-under=95

campaign: $(READY)  ## the long checks
	$(BIN)/python -m pytest -n auto -m campaign -o timeout=0

faults: $(READY)  ## breaks things over HTTP and writes docs/reliability.md; KILLS=500 for a long one
	KILLS=$(KILLS) SEED=$(SEED) ONLY="$(ONLY)" $(BIN)/python -m tests.faults

bench: $(READY)  ## what a tap costs, how well and how fast Russian is read
	$(BIN)/python -m tests.bench.hop
	$(BIN)/python -m tests.bench.language

pictures: $(READY)  ## docs/pictures/, taken from the local chat; needs Chromium
	$(BIN)/python -m tests.e2e.pictures

lint: $(READY)  ## style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.venv: $(READY)  ## the set-up alone

# A mark inside, not the folder itself: a set-up that broke off half-way is made again.
$(READY): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; found only: $$(python3 --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(READY)
