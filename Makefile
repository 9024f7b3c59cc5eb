# The few commands a newcomer needs. `make demo` wants Rust, make and a C compiler; `make test` sets up the rest.

# Those with a test.sh in bindings/.
LANGUAGES := test-c test-python test-php test-kotlin test-swift

.PHONY: demo serve mock test build generate test-rust test-simulation simulate test-ffi $(LANGUAGES) test-conformance test-browser crash time-machine bulk bench-csv bench-languages fuzz fuzz-build lint doc setup

CARGO ?= cargo
# Seconds that `make fuzz` spends on each target.
FUZZ_SECONDS ?= 600
# One choice of packages and features for lint, build and tests: with another, cargo compiles what they share once more.
ALL := --workspace --features netmile-tests/browser
# One directory for the workspaces of the tests, for the same reason.
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
lint build generate test-rust test-simulation simulate test-ffi $(LANGUAGES) test-conformance test-browser crash fuzz-build: export CARGO_TARGET_DIR := $(TARGET)
# Nothing is compiled a second time in CI, nobody debugs there, and a network may fail now and then.
test: export CARGO_INCREMENTAL := 0
test: export CARGO_PROFILE_DEV_DEBUG := 0
test: export CARGO_NET_RETRY := 10
test: export PIP_RETRIES := 10

# A shop and the mock gateway in one process: a purchase from shortfall to refund, then the API type with an answer that
# is lost, and miles that are issued and spent, printed as a timeline.
demo:
	$(CARGO) run --quiet -p shop-rust --bin demo

# The same two servers for a person with a browser, until Ctrl-C.
serve:
	$(CARGO) run --quiet -p shop-rust --bin serve

# One self-contained binary of the mock gateway, for partners without Rust: dist/netmile-mock.
mock:
	$(CARGO) build --release -p netmile-mock
	mkdir -p dist
	cp "$${CARGO_TARGET_DIR:-target}/release/netmile-mock" dist/netmile-mock
	@echo "dist/netmile-mock is ready: dist/netmile-mock serve"

# Everything that must hold. Installs Debian packages if it is root and they are missing.
# The last do not mind each other, and each leaves a processor idle in its turn.
test: setup lint test-rust
	$(MAKE) --no-print-directory --output-sync=target -j3 test-simulation test-ffi fuzz-build

setup:
	tests/setup.sh

# The whole; the core without its features; the shop of `make demo` with the features that it names itself.
lint:
	$(CARGO) fmt --all --check
	$(CARGO) fmt --manifest-path tests/simulation/Cargo.toml --check
	$(CARGO) fmt --manifest-path tests/fuzz/Cargo.toml --check
	$(CARGO) fmt --manifest-path benches/Cargo.toml --check
	tests/check_docs.py
	tests/check_shared.py
	tests/vectors/miles.py --check
	tests/vectors/reference.py --check
	$(CARGO) clippy $(ALL) --all-targets -- -D warnings
	$(CARGO) clippy -p netmile --no-default-features -- -D warnings
	$(CARGO) clippy --manifest-path tests/simulation/Cargo.toml --all-targets -- -D warnings
	$(CARGO) clippy -p shop-rust -- -D warnings

# All programs and tests, as `cargo test` would build them: what the other languages are tested with as well.
build:
	$(CARGO) build $(ALL) --bins --tests

# The manifest, and all that is generated for the other languages, from the library as the sources build it now.
generate:
	NETMILE_WRITE=1 $(CARGO) test $(ALL) --lib manifest
	$(CARGO) build -p netmile-c
	$(CARGO) run -p netmile-bindgen -- --out .
	python3 bindings/python/generate.py
	php bindings/php/tools/generate.php
	python3 bindings/kotlin/generate.py
	python3 bindings/swift/generate.py

# The browser's among them, see test-browser.
test-rust: build
	$(CARGO) test $(ALL)
	$(TARGET)/debug/demo

# The real client against the mock's books in virtual time, with faults: 100,000 flows, and twenty planted defects.
test-simulation:
	$(CARGO) test --manifest-path tests/simulation/Cargo.toml -- --nocapture
	tests/simulation/digests.sh

# The same, a million times, in an optimised build, after the first 2,000 seeds have shown that it does what the build of the
# tests does. A flow that breaks a promise is printed; SIMULATE="--seed 4711" runs that seed alone.
simulate:
	$(if $(SIMULATE),,tests/simulation/digests.sh 2000 release)
	$(CARGO) run --release --quiet --manifest-path tests/simulation/Cargo.toml -- $(SIMULATE)

# The library is built alone, as it is shipped.
test-ffi: $(LANGUAGES) test-conformance

$(LANGUAGES) test-conformance: export NETMILE_MOCK_BIN := $(TARGET)/debug/netmile-mock
$(LANGUAGES): export NETMILE_BINDGEN := $(TARGET)/debug/netmile-bindgen
$(LANGUAGES): test-%: build
	bindings/$*/test.sh

# One suite of cases for every language, and a search of all that they print for keys and personal data.
test-conformance: $(LANGUAGES)
	tests/conformance/test.sh
	tests/leaks/test.sh

# Headless Chromium against shop and mock: the table of gestures, the bytes that it posts, every page.
# A part of test-rust; here alone.
test-browser:
	$(CARGO) test $(ALL) --test browser

# Kills merchant processes 400 times while they take payments, and prints what became of the steps that they died in.
# A part of test-rust; here with its figures.
crash:
	$(CARGO) test $(ALL) --test crash_kills -- --nocapture --test-threads=1

# Compiles the fuzz targets, so that they cannot rot.
fuzz-build:
	$(CARGO) build --manifest-path tests/fuzz/Cargo.toml

# Runs every fuzz target for FUZZ_SECONDS each (needs cargo-fuzz: cargo install cargo-fuzz).
fuzz:
	tests/fuzz/run.sh $(FUZZ_SECONDS)

# Ten years of a thousand subscriptions, client and mock, against a model: to the yen. `make test` walks 150 of them.
time-machine:
	TIME_MACHINE_MONTHS=120 TIME_MACHINE_SUBSCRIPTIONS=1000 \
		$(CARGO) test --release -p netmile-tests --test time_machine -- --nocapture

# A million rows in over a hundred uploads, with faults and twenty-one kills, and the largest memory at three sizes.
bulk:
	BULK_ROWS=1000000 BULK_KILLS=21 \
		$(CARGO) test --release -p netmile-tests --test miles_bulk -- --nocapture --test-threads=1

# Rows of an upload read and checked per second, against the csv crate and Python, as ratios of one run.
bench-csv:
	$(CARGO) run --quiet --release --manifest-path benches/Cargo.toml --bin upload_csv

# What a call costs in each language against Rust's own, a charge against code written by hand there, and sizes of what is
# shipped: ratios of one run of optimised builds.
bench-languages: export CARGO_TARGET_DIR := $(TARGET)
bench-languages:
	benches/languages/bench.sh

doc:
	$(CARGO) doc --workspace --no-deps
