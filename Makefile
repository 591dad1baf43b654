# Pharmonico. Everything runs from .venv inside this clone; `make help` lists the commands.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
READY  := $(VENV)/.ready
SOURCE := bench functions infra_cdk layers local tests
TYPED  := bench functions infra_cdk layers local
STAGE  ?= embedded

.PHONY: help
help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][a-z-]*:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

# The environment: made once, and again only when the lock or the package's own facts change.
$(READY): requirements/lock.txt pyproject.toml local/bootstrap.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "pharmonico: $(PYTHON) is older than 3.11: say make PYTHON=python3.12")'
	@$(PYTHON) local/bootstrap.py $(VENV)

.PHONY: node
node:
	@$(PYTHON) local/bootstrap.py --node

# Containers run Lambda's own Python, so their layers are the built ones.
LAYERS := $(if $(filter localstack,$(ENGINE)),build)

##@ the local cloud
.PHONY: demo up down seed logs status dev dev-down dev-logs
demo: $(READY) node $(LAYERS) ## from nothing to a delivered prescription; ONCE=1 stops at the end, TOUR=1 shows both sites
	@$(if $(TOUR),$(PY) -m local.browser.ensure)
	@$(PY) -m local.cli demo $(if $(ONCE),--once) $(if $(TOUR),--tour)

up: $(READY) node $(LAYERS) ## start the local cloud and deploy to it; again: update in place
	@$(PY) -m local.cli up

down: $(READY) ## stop the local cloud; its data stays
	@$(PY) -m local.cli down

seed: $(READY) ## load users, pharmacies and medications
	@$(PY) -m local.cli seed

logs: $(READY) ## follow the logs of the functions, the engine, the edge and the sandbox
	@$(PY) -m local.cli logs

status: $(READY) ## say what runs, and where
	@$(PY) -m local.cli status

dev: $(READY) node ## start the local cloud, then deploy every save until Ctrl-C
	@$(PY) -m local.cli up --watch

dev-down: down
dev-logs: logs

##@ the cloud as code
.PHONY: synth build deploy
build: $(READY) node ## build the third-party layers for the Lambda runtime, and both sites
	@$(PY) -m infra_cdk.build_layers
	@$(PY) -m local.web.building

synth: $(READY) node ## write the CloudFormation templates to cdk.out: make synth STAGE=dev
	@$(PY) -m infra_cdk.app --stage $(STAGE) && echo "templates of the stage $(STAGE) written to cdk.out"

# The CDK's own command shows what would change, and asks before it widens permissions.
deploy: $(READY) node ## deploy to AWS: make deploy STAGE=dev
	@$(PY) -m infra_cdk.deployable $(STAGE)
	@$(PY) -m infra_cdk.build_layers
	@$(PY) -m local.web.building
	@command -v npm >/dev/null || { echo "pharmonico: npm is missing; it comes with Node"; exit 1; }
	@npm ci --silent
	@npx cdk deploy --all --context stage=$(STAGE)
	@$(PY) -m local.deploy.to_aws $(STAGE)

##@ quality
.PHONY: check lint types rings tidy generated web test test-web test-localstack matrix screenshots bench fuzz sam
check: lint types rings tidy generated web ## linters, formatter, types, rings, tidiness, generated files, sites

lint: $(READY)
	$(VENV)/bin/ruff check $(SOURCE)
	$(VENV)/bin/ruff format --check $(SOURCE)

types: $(READY)
	$(VENV)/bin/mypy $(TYPED)

rings: $(READY)
	$(VENV)/bin/lint-imports

tidy: $(READY)
	$(VENV)/bin/pytest -q tests/tidy

generated: $(READY)
	$(PY) -m local.generate --check

web: $(READY) node ## the sites' linter, formatter and types
	@$(PY) -m local.web.packages
	cd web && npm run --silent check

test-web: $(READY) node ## the sites' own tests
	@$(PY) -m local.web.packages
	cd web && npm run --silent test

test: $(READY) node test-web ## every test
	@$(PY) -m local.browser.ensure
	$(VENV)/bin/pytest -q

ENGINE_SUITE := $(VENV)/bin/pytest -q tests/engine
test-localstack: $(READY) node ## the engine suite on LocalStack's own code, without Docker
	ENGINE=localstack-host $(ENGINE_SUITE)

matrix: $(READY) node ## the engine suite on each engine that runs here; writes docs/engines.md
	for engine in ministack localstack-host; do \
	  ENGINE=$$engine $(ENGINE_SUITE) --write-matrix || exit 1; done
	$(PY) -m local.generate engines

screenshots: $(READY) node ## a picture of every page in both themes, into docs/screenshots
	@$(PY) -m local.browser.ensure
	@$(PY) -m local.browser.screenshots

bench: $(READY) node ## measure; writes bench/results.json
	$(PY) -m bench

# atheris stays in an environment of its own: nothing of the project needs it to run or be tested.
FUZZ    := build/fuzz
SECONDS ?= 300
INSTALL := -m pip install -qq --disable-pip-version-check --require-hashes
fuzz: $(READY) ## damage messages of both readers: every byte, then guided; SECONDS=300 each
	@[ -x $(FUZZ)/venv/bin/pip ] || $(PY) -m venv --clear $(FUZZ)/venv
	@$(FUZZ)/venv/bin/python $(INSTALL) --requirement requirements/fuzz.txt
	@mkdir -p $(FUZZ)/corpus $(FUZZ)/crashes
	@PYTHONPATH=.:layers/ncpdp/python $(PY) -m tests.fuzz.every_byte --seconds $(SECONDS)
	@PYTHONPATH=.:layers/ncpdp/python $(FUZZ)/venv/bin/python -m tests.fuzz.guided \
	  -max_total_time=$(SECONDS) -artifact_prefix=$(FUZZ)/crashes/ -max_len=16384 -timeout=20 \
	  $(FUZZ)/corpus

# The SAM CLI pins a boto3 of its own; its lock is complete, so pip need not resolve it anew.
SAM := build/sam
sam: $(READY) node ## validate every stack of the stages with the SAM CLI (needs no Docker)
	@[ -x $(SAM)/venv/bin/pip ] || $(PY) -m venv --clear $(SAM)/venv
	@$(SAM)/venv/bin/python $(INSTALL) --no-deps --requirement requirements/sam.txt
	@$(PY) -m infra_cdk.build_layers
	@for stage in embedded localstack dev; do \
	  rm -rf $(SAM)/$$stage; $(PY) -m infra_cdk.app --stage $$stage --out $(SAM)/$$stage || exit 1; \
	  for template in $(SAM)/$$stage/*.template.json; do \
	    SAM_CLI_TELEMETRY=0 $(SAM)/venv/bin/sam validate --lint --region us-east-1 \
	      --template $$template || exit 1; done; done

##@ generated files
.PHONY: generate events openapi format lock clean
generate: $(READY) ## write every generated file: events, errors, API description, .env.example
	$(PY) -m local.generate

events: $(READY) ## write the event schemas and examples from their classes
	$(PY) -m local.generate events

openapi: $(READY) ## write the API description from the routes
	$(PY) -m local.generate openapi

format: $(READY) ## let the formatter and the linter fix what they can
	$(VENV)/bin/ruff format $(SOURCE)
	$(VENV)/bin/ruff check --fix $(SOURCE)

# The locks hold hashes and no addresses, so that any mirror of the registry serves them.
COMPILE := $(VENV)/bin/uv pip compile --quiet --no-header --generate-hashes --no-emit-index-url --no-emit-find-links
LAMBDA  := --python-version 3.13 --python-platform aarch64-manylinux_2_28 --only-binary :all:
lock: $(READY) ## write requirements/*.txt anew from requirements/*.in
	cd requirements && ../$(COMPILE) --universal --python-version 3.11 runtime.in local.in infra.in dev.in -o lock.txt
	cd requirements && for layer in base base_redis jwt stripe shippo twilio images pdf; do \
	  ../$(COMPILE) $(LAMBDA) -c lock.txt vendor_$$layer.in -o vendor_$$layer.txt || exit 1; done
	cd requirements && for tool in bench fuzz; do \
	  ../$(COMPILE) --universal --python-version 3.11 -c lock.txt $$tool.in -o $$tool.txt || exit 1; done
	cd requirements && for tool in sam localstack_host; do \
	  ../$(COMPILE) --universal --python-version 3.11 $$tool.in -o $$tool.txt || exit 1; done

clean: ## stop everything and wipe the local data, the builds and the caches
	@if [ -x $(PY) ]; then \
	  for engine in ministack localstack localstack-host; do \
	    $(PY) -m local.cli --engine $$engine down || exit 1; done; fi
	rm -rf .local cdk.out build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache web/*/dist
