#!/usr/bin/env bash
# Builds the page of `make build`, unless the one in dist/ is that already: nothing that it is made of has changed since,
# and its index.html, which names every other file after its content, is still the one that was built.
set -euo pipefail

built=target/page-of-dist.html
sources=(src static packages/javascript index.html Cargo.toml Cargo.lock Trunk.toml package-lock.json rust-toolchain.toml)

if cmp --silent "$built" dist/index.html && [ -z "$(find "${sources[@]}" -newer "$built" -print -quit)" ]; then
  printf 'kubehop: the page in dist/ is up to date\n'
  exit
fi
trunk build --release
cp dist/index.html "$built"
