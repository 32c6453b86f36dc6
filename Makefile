# The two commands are `make demo` and `make test`; both do all the set-up by themselves.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
SOURCES := Sources Tests Benchmarks Package.swift
BIN = $$($(BUILD) --show-bin-path)
MODELS = $${HONE_MODELS:-$${XDG_CACHE_HOME:-$$HOME/.cache}/hone/models}

.PHONY: help setup build test demo bench bench-banking77 bench-test bench-dashboard interop check-junit test-browser pictures format lint clean

help:
	@echo "make demo      set up, build, and certify the example suite on a scratch copy"
	@echo "make test      set up, check the format, build, and run all tests"
	@echo "make bench     speed beside PyTorch, ONNX Runtime and PEFT, into docs/benchmarks.md (an hour;"
	@echo "               it installs 6 GB of Python; BENCH='--tasks embed --quick' for less)"
	@echo "make bench-banking77 DATA=FOLDER   accuracy on 77 intents, into docs/banking77.md (an hour or two;"
	@echo "               the folder has train.csv and test.csv; BANKING77=--rehearse leaves the latter)"
	@echo "make bench-test    time and memory of hone test on 150 behaviors with 20,000 examples (minutes)"
	@echo "make bench-dashboard  a run beside 500 requests a second for its page (a quarter of"
	@echo "               an hour; BENCH_DASHBOARD=--known asks as browsers that have the page)"
	@echo "make check-junit   read the JUnit files of hone test with junitparser (installs it once)"
	@echo "make test-browser  look at the dashboard of a run at work with Chromium: bars, filters, axe-core"
	@echo "               (minutes; installs Chromium and Playwright once; SHOTS=FOLDER keeps pictures)"
	@echo "make interop   exchange checkpoints with peft and transformers (installs 6 GB of Python);"
	@echo "               INTEROP='--adapter FOLDER --full FOLDER' for checkpoints of your own"
	@echo "make pictures  the pictures and tables of docs/promises.md, computed anew, and those of the"
	@echo "               report, as Chromium shows it (installed where it is missing)"
	@echo "make setup     system libraries and the base model (once; needs the network)"
	@echo "make build     the hone tool, in .build/release/hone"
	@echo "make format    format the sources"
	@echo "make lint      check their format"
	@echo "make clean     remove what was built"

setup:
	@scripts/setup

build: setup
	@$(BUILD) --product hone

test: setup lint
	$(SWIFT) test -c release --disable-testable-imports

demo: build
	@scripts/demo "$(BIN)/hone"

bench: setup
	@$(BUILD) --product engine-benchmark
	@scripts/bench --engine "$(BIN)/engine-benchmark" --model "$(MODELS)/minilm" $(BENCH)

bench-banking77: build
	@test -n "$(DATA)" || { echo "make bench-banking77 DATA=FOLDER: the folder of train.csv and test.csv"; exit 64; }
	@scripts/bench-banking77 --hone "$(BIN)/hone" --model "$(MODELS)/minilm" --data "$(DATA)" \
	  --out docs/banking77.md $(BANKING77)

bench-test: build
	@scripts/bench-test --hone "$(BIN)/hone" $(BENCH_TEST)

bench-dashboard: build
	@scripts/bench-dashboard --hone "$(BIN)/hone" $(BENCH_DASHBOARD)

check-junit:
	@scripts/check-junit $(JUNIT)

test-browser: build
	@scripts/test-browser --hone "$(BIN)/hone" $(if $(SHOTS),--shots $(SHOTS))

interop: build check-junit
	@$(BUILD) --product interop-logits
	@scripts/interop --program "$(BIN)/interop-logits" --base "$(MODELS)/minilm" $(INTEROP)

pictures: build
	@$(BUILD) --product pictures
	@"$(BIN)/pictures" docs
	@scripts/screenshots "$(BIN)/hone"

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	@$(SWIFT) format lint --strict --recursive $(SOURCES)

clean:
	$(SWIFT) package clean
