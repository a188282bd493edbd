# Needs Python 3.11 or newer and make; everything else goes into .venv.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
# Marks inside, not the folder itself: a set-up that broke off half-way is made again.
RUNS := .venv/runs
READY := .venv/ready
POSTGRES := .venv/postgres
# Whether DATABASE_URL, of the environment or of .env, names a PostgreSQL server.
ON_POSTGRES := $(shell { echo "$$DATABASE_URL"; cat .env; } 2>/dev/null | grep -Eq '^(DATABASE_URL=)?.?postgres' && echo yes)
# The locks are complete, so nothing is resolved: what is not in them is not installed, whatever came out since.
INSTALL := -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r

# Each worker of the tests and each bot that they start reads the same modules. Where the environment forbids
# to keep them compiled, that and pytest's rewriting of asserts is done anew in each of them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test signs coverage lint campaign faults bench bench-parts pictures sbom lock locks another-day .venv

run: $(RUNS) $(if $(ON_POSTGRES),$(POSTGRES))  ## serve Telegram when BOT_TOKEN is set, else a local chat in the browser
	@exec $(BIN)/python -m bot run

test: $(READY)  ## all tests; with CI=true a skipped one is a failure
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not campaign" $(if $(filter true,$(CI)),--no-skips)

# Parts that start processes or read the real clock; only waits by the monotonic clock go on as they are.
# Chromium is left out: it is another program's clock, and libfaketime slows it tenfold.
# PostgreSQL is left out: libfaketime answers time.sleep, with which steps are tried again, with EINVAL.
# Of the fault harness the damaged files alone. Its plays call nothing that libfaketime breaks, and the
# few seen here pass; but each starts dozens of processes, and all of them were not seen through.
ANOTHER_DAY = tests/bot tests/storage tests/ci tests/faults/test_damage.py

another-day: $(READY)  ## the same with the machine's clock DAYS ahead, in another zone; needs faketime
	TZ=Pacific/Auckland FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f "+$(or $(DAYS),400)d" \
		$(BIN)/python -m pytest -n auto --dist worksteal -m "not campaign and not browser" -k "not postgres" -q \
		$(ANOTHER_DAY)

signs: $(READY)  ## learns anew from the phrases by which signs are recognised, after a change of them
	$(BIN)/python -m content.learning

# Without what compares times: counting lines takes longer than most of them.
coverage: $(READY)  ## at least 95 % of the branches of content and storage are tested
	$(BIN)/python -m pytest -n auto -m "not campaign and not speed" -q tests/content tests/storage \
		--cov=content --cov=storage --cov-branch --cov-report=term:skip-covered --cov-fail-under=95

campaign: $(READY)  ## the long checks, and all of what is tried by chance
	WHOLE=1 $(BIN)/python -m pytest -n auto -m "campaign or hypothesis" -o timeout=0

faults: $(READY)  ## breaks things over HTTP and writes docs/reliability.md; KILLS=500 for a long one
	KILLS=$(KILLS) SEED=$(SEED) ONLY="$(ONLY)" $(BIN)/python -m tests.faults

bench: $(READY) build/run/ready  ## the tap beside other bots, into build/bench.json; fails only where a ratio is missed
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.fleet

bench-parts: $(READY)  ## what a hop, a commit and a reminder cost, how well and how fast Russian is read
	$(BIN)/python -m tests.bench.hop
	$(BIN)/python -m tests.bench.due
	$(BIN)/python -m tests.bench.due_minute
	$(BIN)/python -m tests.bench.language

pictures: $(READY)  ## docs/pictures/, taken from the local chat; needs Chromium
	$(BIN)/python -m tests.e2e.pictures

# The environment that a running bot needs, and nothing else; .ci/run names the one it has made.
RUNTIME ?= build/run/bin/python

sbom: $(READY) $(if $(filter build/run/bin/python,$(RUNTIME)),build/run/ready)  ## build/sbom.json: what a running bot consists of
	$(BIN)/python .ci/sbom.py $(RUNTIME) build/sbom.json

build/run/ready: requirements-run.lock
	$(PYTHON) -m venv --clear build/run
	build/run/bin/python $(INSTALL) requirements-run.lock
	build/run/bin/python -m pip check --disable-pip-version-check
	@touch $@

lint: $(READY)  ## style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot handlers content storage

# uv works out the versions, and keeps those that stand there unless UPGRADE=1; the files name no address.
UV = build/lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate

lock:  ## the locks anew, after a change of pyproject.toml; UPGRADE=1 takes newer releases
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) $(if $(UPGRADE),--upgrade) --all-extras --group dev -o requirements.lock >/dev/null
	$(UV) $(if $(UPGRADE),--upgrade) -c requirements.lock -o requirements-run.lock >/dev/null
	$(UV) $(if $(UPGRADE),--upgrade) -c requirements.lock --extra postgres -o requirements-postgres.lock >/dev/null
	$(MAKE) locks

locks: $(READY)  ## the locks are whole, and newer releases change nothing; PYTHONS="…" tries others
	$(BIN)/python .ci/locks.py $(PYTHONS)

.venv: $(READY)  ## the set-up alone

$(RUNS): requirements-run.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; found only: $$(python3 --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv with what running needs: once, about half a minute…"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python $(INSTALL) requirements-run.lock
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

$(POSTGRES): $(RUNS) requirements-postgres.lock
	@echo "Adding the driver of PostgreSQL to .venv…"
	@$(BIN)/python $(INSTALL) requirements-postgres.lock
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

$(READY): $(RUNS) requirements.lock
	@echo "Adding what tests and checks need to .venv: once, about half a minute…"
	@$(BIN)/python $(INSTALL) requirements.lock
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@
