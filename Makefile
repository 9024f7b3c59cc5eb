# The few commands a newcomer needs. `make demo` wants Rust, make and a C compiler; `make test` sets up the rest.

.PHONY: demo serve mock test test-rust test-simulation simulate test-ffi test-browser crash time-machine bulk bench-csv fuzz fuzz-build lint doc setup

CARGO ?= cargo
# Seconds that `make fuzz` spends on each target.
FUZZ_SECONDS ?= 600

# A shop and the mock gateway in one process: a purchase from shortfall to refund, then the API type with an answer that
# is lost, printed as a timeline.
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
test: setup lint test-rust test-simulation test-ffi test-browser fuzz-build

setup:
	tests/setup.sh

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(CARGO) clippy -p netmile --no-default-features -- -D warnings
	$(CARGO) clippy -p netmile-tests --features browser --all-targets -- -D warnings
	$(CARGO) fmt --manifest-path tests/simulation/Cargo.toml --check
	$(CARGO) clippy --manifest-path tests/simulation/Cargo.toml --all-targets -- -D warnings
	tests/check_docs.py
	tests/vectors/miles.py --check
	tests/vectors/reference.py --check

test-rust:
	$(CARGO) test --workspace
	$(CARGO) run --quiet -p shop-rust --bin demo

# The real client against the mock's books in virtual time, with faults: 100,000 flows, and ten planted defects.
test-simulation:
	$(CARGO) test --manifest-path tests/simulation/Cargo.toml --profile sim -- --nocapture
	tests/simulation/digests.sh

# The same, a million times. A flow that breaks a promise is printed; SIMULATE="--seed 4711" runs one seed.
simulate:
	$(CARGO) run --quiet --manifest-path tests/simulation/Cargo.toml --profile sim -- $(SIMULATE)

test-ffi:
	$(CARGO) build -p netmile-mock
	NETMILE_MOCK_BIN=$(CURDIR)/target/debug/netmile-mock bindings/c/test.sh
	NETMILE_MOCK_BIN=$(CURDIR)/target/debug/netmile-mock bindings/python/test.sh

# Headless Chromium against shop and mock: the table of gestures, the bytes that it posts, every page.
test-browser:
	$(CARGO) test -p netmile-tests --features browser --test browser

# Kills merchant processes 400 times while they take payments, and prints what became of the steps that they died in.
# A part of test-rust; here with its figures.
crash:
	$(CARGO) test -p netmile-tests --test crash_kills -- --nocapture --test-threads=1

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

# A million rows in over a hundred uploads, with faults and twenty kills, and the largest memory at three sizes.
bulk:
	BULK_ROWS=1000000 BULK_KILLS=20 \
		$(CARGO) test --release -p netmile-tests --test miles_bulk -- --nocapture --test-threads=1

# Rows of an upload read and checked per second, against the csv crate and Python, as ratios of one run.
bench-csv:
	$(CARGO) run --quiet --release --manifest-path benches/Cargo.toml --bin upload_csv

doc:
	$(CARGO) doc --workspace --no-deps
