# Everything a person runs. Each target sets up what it needs, in .venv* and beside what needs it; only a browser is
# the system's.
PYTHON ?= python3
BIN := .venv/bin
# A lock names everything, so nothing is resolved; older pips could not resolve it with hashes anyway.
WORKERS ?= 2
PIP := -m pip --disable-pip-version-check install --quiet --no-deps

.PHONY: help run demo console test test-full test-faults test-deploy unit screenshots bench-tick bench-probe bench-schedule bench-minute bench-recorder bench-playlist bench-cold bench-memory cost cost-measure browser lint checkov sam image deploy remove redrive lock format clean

help: ## what there is
	@sed -nE 's/^([a-z-]+):.*## /\1\t/p' Makefile | expand -t 16

run: .venv/local console ## the server on 127.0.0.1, data under ./data (or MNTREAMER_DATA), until Ctrl-C
	@$(BIN)/mntreamer serve

demo: .venv/local console ## a simulated channel is added, goes live, is recorded, ends; the last line is JSON
	@$(BIN)/python -m demo

console: ## the packages that the console's page is made with
	@$(MAKE) --no-print-directory -C layers/console packages

test: lint sam .venv/dev browser console ## all tests and static checks; about twenty minutes on 2 cores
	@$(MAKE) --no-print-directory -C layers/console test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

test-full: test test-faults ## and what takes longer: ten times as many sequences of events and of requests, new ones each time
	MNTREAMER_TEST_FULL=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/state tests/integration/api

test-faults: .venv/dev ## every fault of a source, a store and a process, near real time and again and again
	MNTREAMER_TEST_FULL=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/faults

test-deploy: checkov .venv/dev .venv-sam/ready .venv-emulator/ready ## what checkov says, then the built template deployed to an emulator of AWS, and a stream recorded there; two minutes
	LAYER_PLATFORM=manylinux2014_$$(uname -m) $(SAM) build --build-dir .aws-sam/emulator
	$(BIN)/python -m pytest --exitfirst tests/emulator

unit: .venv/dev console ## the quick half of the tests
	$(BIN)/python -m pytest -n 2 tests/unit tests/contract

screenshots: .venv/dev browser console ## each page of the console in light, dark and on a phone, in screenshots/; two minutes
	$(BIN)/python -m pytest -q tests/console/take_screenshots.py

bench-tick: .venv/dev ## rows examined and time of a tick, 50 due among 1,000 and among 100,000; three minutes
	@$(BIN)/python -m benchmarks.tick

bench-probe: .venv/dev ## probes a second, beside a serial loop and beside the HTTP library alone; a minute
	@$(BIN)/python -m benchmarks.probe

bench-schedule: .venv/dev ## simulated years under several schedules: what they cost, how late they notice; three minutes
	@$(BIN)/python -m benchmarks.schedule --picture docs/images/schedule.svg

bench-minute: .venv/dev ## 10,000 due in one minute, with the rate lifted and at the default rate; a minute and a half
	@$(BIN)/python -m benchmarks.minute

bench-recorder: .venv/dev .venv-bench/ready ## 1 and 20 recordings beside ffmpeg and streamlink: CPU, memory, delay, what is lost, hand-overs, a standby; twenty-five minutes
	@$(BIN)/python -m benchmarks.recorder --streamlink .venv-bench/bin/streamlink

bench-playlist: .venv/dev ## cut, undo and append at 1, 12 and 24 hours, beside m3u8 and beside cutting an mp4; two minutes
	@$(BIN)/python -m benchmarks.playlist

bench-cold: .venv/dev ## how long each function takes to start, beside a bare boto3 handler, and its size; a minute
	@$(BIN)/python -m benchmarks.cold --python $(LAMBDA_PYTHON)

bench-memory: .venv/dev .venv-emulator/ready ## what each function takes and costs with how much memory; a minute
	@$(BIN)/python -m benchmarks.memory

COST = $(foreach option,RECORDERS STREAMERS HOURS HOURS_EACH MBPS MONTHS_KEPT WATCHED_HOURS PROBES_A_DAY API_CALLS WEBHOOKS REGION,\
  $(if $($(option)),--$(shell echo $(option) | tr A-Z_ a-z-)=$($(option)))) $(if $(SPOT),--spot) $(if $(JSON),--json)
cost: .venv/dev ## a month on AWS, item by item, beside a rented machine: STREAMERS=200 HOURS=8 … (docs/cost.md has them all)
	@$(BIN)/python -m benchmarks.cost $(COST)

cost-measure: .venv/dev ## count anew what everything uses of AWS, on an AWS in process; half a minute
	@$(BIN)/python -m benchmarks.cost.measure > /dev/null
	@$(BIN)/python -m benchmarks.cost.rates

# What the page asks the API for, and what it takes an answer for, is checked against what the API's document says.
SCHEMA := layers/console/page/api/schema.d.ts
DOCUMENT := layers/core/python/mntreamer/api/document
$(SCHEMA): $(wildcard $(DOCUMENT)/*.py $(DOCUMENT)/*.json $(DOCUMENT)/openapi_parts/*.json) | .venv/dev
	@$(BIN)/python -c 'import json; from mntreamer.api.document.openapi import openapi_document; print(json.dumps(openapi_document()))' \
		> layers/console/openapi.json
	@$(MAKE) --no-print-directory -C layers/console types

lint: .venv/dev $(SCHEMA) ## ruff, strict types, import rules, cfn-lint; biome and tsc for the console's page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cfn-lint template.yaml infra/*.yaml
	$(MAKE) --no-print-directory -C layers/console lint

checkov: .venv-checkov/ready ## what checkov finds unsafe in the templates; .checkov.yaml says what it is not to ask, and why
	@.venv-checkov/bin/checkov --file template.yaml infra/*.yaml

# The layers are built with the python3 of that environment: the system's own may have no pip. Lambda's compiles them.
LAMBDA_PYTHON ?= $(firstword $(shell for python in $(PYTHON_3_13); do $$python --version > /dev/null 2>&1 && echo $$python; done) python3.13)
SAM_ENVIRONMENT = SAM_CLI_TELEMETRY=0 LAMBDA_PYTHON="$(LAMBDA_PYTHON)" PATH="$(CURDIR)/.venv-sam/bin:$$PATH"
SAM = $(SAM_ENVIRONMENT) sam
sam: .venv-sam/ready ## what AWS SAM says of the template, and a build of it
	$(SAM) validate
	$(SAM) build

image: ## the image of the recorder and the exporter for Docker on this machine; PLATFORM=linux/arm64 is Fargate's
	docker build $(if $(PLATFORM),--platform $(PLATFORM)) --file infra/recorder/Dockerfile --tag mntreamer-recorder .

deploy: .venv-sam/ready ## to AWS: the image to ECR, everything else by SAM; REGION=, STACK= and PARAMETERS="Name=value …"
	@$(SAM_ENVIRONMENT) infra/deploy

remove: .venv-sam/ready ## the stack from AWS, also while it records; tables and bucket stay; REGION= and STACK=
	@SAM_CLI_TELEMETRY=0 PATH="$(CURDIR)/.venv-sam/bin:$$PATH" infra/remove

redrive: .venv/dev ## what failed on AWS is done after all: QUEUE= is the stack's output FailedEvents
	@$(BIN)/python -m mntreamer.aws.redrive "$(QUEUE)"

format: .venv/dev ## let ruff and biome rewrite what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@$(MAKE) --no-print-directory -C layers/console format

# The tests' lock holds everything; the others are parts of it, so that all ways of running use the same versions.
UV_COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock"
lock: ## renew requirements/*.txt (needs uv)
	$(UV_COMPILE) pyproject.toml --extra aws --extra recorder --extra local --extra demo --extra test -o requirements/dev.txt
	$(UV_COMPILE) pyproject.toml --extra recorder --extra local --extra demo -c requirements/dev.txt -o requirements/local.txt
	$(UV_COMPILE) pyproject.toml --extra aws -c requirements/dev.txt -o requirements/layer.txt
	$(UV_COMPILE) pyproject.toml --extra aws --extra recorder -c requirements/dev.txt -o requirements/recorder.txt
	$(UV_COMPILE) requirements/sam.in -o requirements/sam.txt
	$(UV_COMPILE) requirements/bench.in -o requirements/bench.txt
	$(UV_COMPILE) requirements/emulator.in -o requirements/emulator.txt
	$(UV_COMPILE) requirements/checkov.in -o requirements/checkov.txt
	$(UV_COMPILE) requirements/node.in -o requirements/node.txt

clean: ## remove what was built, never data/
	rm -rf .venv .venv-sam .venv-bench .venv-emulator .venv-checkov .venv-node .aws-sam demo-data *.egg-info layers/console/node_modules layers/console/page/packages

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mntreamer needs Python 3.11 or newer; set PYTHON=")'
	@$(PYTHON) -m venv .venv

.venv/local: .venv/bin/python requirements/local.txt pyproject.toml
	@echo "Installing what running needs into .venv …"
	@$(BIN)/python $(PIP) --require-hashes -r requirements/local.txt
	@$(BIN)/python $(PIP) --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/local requirements/dev.txt
	@echo "Installing what the tests need into .venv …"
	@$(BIN)/python $(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

browser: ## Chromium, in which what is published is played
	@for name in chromium chromium-browser google-chrome; do command -v $$name > /dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing Chromium …"; apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq --yes install chromium > /dev/null; \
	else echo "The tests play what is published in a browser: install Chromium (apt install chromium) or Chrome." >&2; exit 1; fi

# Commands of others, each in an environment of its own: what they need gets in the way of what we need.
.venv-bench/ready: WHAT = what we compare with
.venv-checkov/ready: WHAT = checkov
.venv-sam/ready: WHAT = the AWS SAM command
.venv-node/ready: WHAT = Node.js
.venv-%/ready: requirements/%.txt
	@echo "Installing $(WHAT) into $(@D) …"
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python $(PIP) --require-hashes -r $<
	@touch $@

# The emulator runs the functions under its own interpreter, so that is to be Lambda's.
PYTHON_3_13 ?= python3.13 $(wildcard $(or $(PYENV_ROOT),$(shell pyenv root 2> /dev/null),$(HOME)/.pyenv)/versions/3.13*/bin/python3.13)
.venv-emulator/ready: requirements/emulator.txt
	@echo "Installing an emulator of AWS into .venv-emulator …"
	@for python in $(PYTHON_3_13); do $$python -m venv --clear .venv-emulator 2> /dev/null && break; done; \
	if ! .venv-emulator/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2> /dev/null; then \
	  echo "The emulator needs Python 3.13, as Lambda has it: install it, or say where it is: PYTHON_3_13=/…/python3.13" >&2; exit 1; fi
	@.venv-emulator/bin/python $(PIP) --require-hashes -r requirements/emulator.txt
	@touch $@
