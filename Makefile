# The only door: every command of the README is a target here.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test sim mutations bench package build lint fmt types notices tools

# Built files lie outside the clone, so that a fresh clone starts warm; say CARGO_TARGET_DIR=... for another place.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/quartierbuch/target
CARGO ?= cargo
WINDOW := --features quartierbuch/custom-protocol

help: ## Names the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: ## Starts a sample city on this machine and opens the window on a demo notebook (RESET=1 begins anew)
	@tests/make/tools.sh build
	@$(MAKE) --no-print-directory build
	@RESET="$(RESET)" tests/make/demo.sh

test: ## Runs every test and prints a total
	@tests/make/tools.sh test
	@tests/make/test.sh

sim: ## Plays histories of devices, city and a failing network (SEED=n one again, COUNT=n many, LEDGER=postgres)
	@tests/make/tools.sh build
	@$(CARGO) build --release --quiet -p scenes --bin sim
	@SIM_SEED="$(or $(SEED),$(SIM_SEED))" SIM_COUNT="$(or $(COUNT),$(N))" SIM_LEDGER="$(or $(LEDGER),$(SIM_LEDGER))" $(CARGO_TARGET_DIR)/release/sim

mutations: ## Breaks each promise of the protocol once and says which break no test notices (ONLY=name)
	@tests/make/tools.sh test
	@ONLY="$(ONLY)" tests/make/mutations.sh

bench: ui/node_modules/.built ## Prints the benchmark table (ONLY=sync for a part)
	@tests/make/tools.sh test
	@$(CARGO) build --release --quiet -p city -p quartierbuch --bins --example empty $(WINDOW)
	@$(CARGO) run --release --quiet -p scenes --bin bench -- $(ONLY)

package: ## Builds the .deb of the app and of the city, prints paths and sizes (CHECK=1 tries them in a bare Debian)
	@tests/make/tools.sh build
	@tests/make/package.sh
	@[ "$(CHECK)" != 1 ] || tests/make/package-check.sh

build: ui/node_modules/.built ## Builds window, notebook and city
	@$(CARGO) build --quiet -p quartierbuch -p city $(WINDOW)

lint: ui/node_modules/.installed ## Checks formatting, clippy, types and the window's sources
	@tests/make/tools.sh build
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	cd ui && npm run --silent lint

fmt: ui/node_modules/.installed ## Formats all sources
	$(CARGO) fmt --all
	cd ui && npm run --silent fmt

types: ## Writes ui/src/api/bindings.ts anew
	@tests/make/tools.sh build
	QUARTIERBUCH_TYPES=write $(CARGO) test --quiet -p quartierbuch --lib window::bridge

notices: ui/node_modules/.installed ## Writes the licences of everything that ships to docs/third-party.md
	python3 tests/make/notices.py

ui/node_modules/.installed: ui/package-lock.json
	@tests/make/tools.sh node
	cd ui && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

ui/node_modules/.built: ui/node_modules/.installed $(shell find ui/src ui/messages ui/project.inlang ui/index.html ui/vite.config.ts -type f -not -path 'ui/src/words/*' 2>/dev/null)
	cd ui && npm run --silent build
	@touch $@
