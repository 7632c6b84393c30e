#!/usr/bin/env bash
# Makes the JavaScript package of `make package` from the engine that cargo compiled, unless target/package has the one of
# that engine already: nothing that it is made of has changed since it was packed.
set -euo pipefail

engine=target/wasm32-unknown-unknown/page/engine-for-javascript.wasm
sources=("$engine" packages/javascript docs/schema LICENSE-MIT LICENSE-APACHE package-lock.json)

mkdir -p target/package
# Packed last: an interrupted run leaves none.
packed=$(find target/package -maxdepth 1 -name 'kubehop-*.tgz' -print -quit)
if [ -n "$packed" ] && [ -z "$(find "${sources[@]}" -newer "$packed" -print -quit)" ]; then
  printf 'kubehop: %s is up to date\n' "$packed"
  exit
fi
rm -f target/package/kubehop-*.tgz
wasm-bindgen --target web --out-name engine --out-dir target/package/source "$engine"
node packages/javascript/build.mjs target/package
