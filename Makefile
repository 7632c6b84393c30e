# Two commands: `make serve` opens the page for work on it, `make test` checks everything. Both install what they need:
# the tools pinned here once per user, below the cache folder, where every clone finds them again.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c

TRUNK := 0.21.14
# The version of wasm-bindgen in Cargo.toml.
WASM_BINDGEN := 0.2.129

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kubehop
TRUNK_HOME := $(CACHE)/trunk-$(TRUNK)
WASM_BINDGEN_HOME := $(CACHE)/wasm-bindgen-$(WASM_BINDGEN)

ADDRESS ?= 127.0.0.1
PORT ?= 8080

# What gives the kernel test root's rights where make itself has none: AS_ROOT=sudo.
AS_ROOT ?=

# node_modules/.bin holds wasm-opt; it goes before one that a distribution has.
export PATH := $(CURDIR)/node_modules/.bin:$(TRUNK_HOME)/bin:$(WASM_BINDGEN_HOME)/bin:$(PATH)
export TRUNK_SKIP_VERSION_CHECK := true
# Trunk refuses the usual value, 1.
unexport NO_COLOR

# The page's crate, as the lints read it.
PAGE := --bin page --no-default-features --features page --target wasm32-unknown-unknown
# Every test target but the recorded answers, which take a release build, and the kernel's, which takes root.
TESTS := $(filter-out vectors kernel,$(patsubst tests/%.rs,%,$(wildcard tests/*.rs)) \
	$(patsubst tests/%/main.rs,%,$(wildcard tests/*/main.rs)))

.DEFAULT_GOAL := help
.PHONY: help serve build test check unit vectors test-kernel browser tool bless first-picture screenshots sizes figures bench tools trunk \
	wasm-bindgen target packages chromium kernel-tools

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|'

serve: tools ## the page, rebuilt at every change
	@printf '\n  kubehop: open http://%s:%s/ once it is built\n\n' '$(ADDRESS)' '$(PORT)'
	trunk serve --address '$(ADDRESS)' --port '$(PORT)'

build: tools ## the page as it is published, in dist/
	trunk build --release

test: ## everything below, with a summary
	@.ci/steps check unit vectors test-kernel browser

check: packages target ## format, lints, types
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --test kernel -- -D warnings
	cargo clippy $(PAGE) -- -D warnings
	tsc

unit: ## unit tests, architecture, golden traces
	cargo test --lib --bins $(addprefix --test ,$(TESTS))

vectors: ## against recorded answers of real Kubernetes
	cargo test --release --test vectors

test-kernel: kernel-tools ## against a real Linux kernel, in network namespaces; skipped where there is none, or no root
	cargo test --release $(if $(AS_ROOT),--config "target.'cfg(unix)'.runner = '$(AS_ROOT)'") --test kernel

browser: build tool chromium ## the page in a real Chromium
	playwright test --grep-invert 'shows the rewrite'

bless: ## accept what the golden tests say now; read the difference before you commit it
	UPDATE_EXPECT=1 cargo test --lib --bins $(addprefix --test ,$(TESTS))

# The text tool, whose answers the page's must equal.
tool:
	cargo build --bin kubehop

first-picture: build chromium ## the picture that index.html shows until the program is there
	UPDATE_EXPECT=1 playwright test shell.spec -g 'is the program'
	trunk build --release

screenshots: build chromium ## pictures of the page, in screenshots/
	playwright test --grep @picture

sizes: build ## what the first picture needs, and the whole page: raw and brotli
	node tests/browser/sizes.mjs

# The engine's figures: Criterion natively, Node in wasm as the page is compiled, side by side. ONLY=… chooses cases.
bench: tools ## the engine, natively and in wasm, side by side
	cargo build --bin figures-in-wasm --no-default-features --features figures --target wasm32-unknown-unknown --profile page
	wasm-bindgen --target experimental-nodejs-module --out-dir target/figures target/wasm32-unknown-unknown/page/figures-in-wasm.wasm
	wasm-opt -Oz target/figures/figures-in-wasm_bg.wasm -o target/figures/figures-in-wasm_bg.wasm
	ONLY='$(ONLY)' node benches/side-by-side.mjs

figures: build chromium ## how long a person waits for the picture
	node tests/browser/figures.mjs

# What the commands above need. A tool of the right version on PATH is used; otherwise it is installed once per user.

tools: packages target trunk wasm-bindgen

install = if cargo binstall -V >/dev/null 2>&1; then cargo binstall --no-confirm --root '$(3)' $(1)@$(2); \
	else cargo install --locked --root '$(3)' $(1)@$(2); fi

trunk:
	@trunk --version 2>/dev/null | grep -qxF 'trunk $(TRUNK)' || { $(call install,trunk,$(TRUNK),$(TRUNK_HOME)); }

wasm-bindgen:
	@wasm-bindgen --version 2>/dev/null | grep -qxF 'wasm-bindgen $(WASM_BINDGEN)' \
		|| { $(call install,wasm-bindgen-cli,$(WASM_BINDGEN),$(WASM_BINDGEN_HOME)); }

target:
	@if command -v rustup >/dev/null && ! rustup target list --installed | grep -qx wasm32-unknown-unknown; then \
		rustup target add wasm32-unknown-unknown; fi

packages: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json
	npm ci
	@touch $@

# Debian's names; what is still missing the test itself says.
kernel-tools:
	@{ command -v ip && command -v iptables-restore && command -v nft; } >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update \
		&& apt-get install -y --no-install-recommends iproute2 iptables nftables; } || true

chromium: packages
	@node tests/browser/chromium.mjs || playwright install --with-deps chromium || playwright install chromium \
		|| { [ "$$(id -u)" = 0 ] && apt-get update && apt-get install -y chromium; }
