#!/usr/bin/env bash
# Installs one of the two build tools, once per user: `tools/install.sh trunk|wasm-bindgen VERSION FOLDER` puts the
# program into FOLDER/bin. The project's own release binary is taken if it can be reached within seconds and has the
# SHA-256 written here; otherwise the tool is compiled, with a profile that favours compile time. Works with bash 3.2.
# docs/decisions/009-build-tools.md says where the checksums come from and what was measured.
set -euo pipefail

tool=$1
version=$2
folder=$3

say() { printf 'kubehop: %s\n' "$*"; }

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) machine=x86_64-linux ;;
  Linux-aarch64 | Linux-arm64) machine=aarch64-linux ;;
  Darwin-x86_64) machine=x86_64-macos ;;
  Darwin-arm64) machine=aarch64-macos ;;
  *) machine=other ;;
esac

# The archive's target triple and SHA-256. Another version has no line here and is compiled.
case "$tool-$version-$machine" in
  trunk-0.21.14-x86_64-linux) pinned='x86_64-unknown-linux-gnu f2b4680cd239693a646a2795e4633c625328d7b2a044fbe749fa3a2fe9e7036b' ;;
  trunk-0.21.14-aarch64-linux) pinned='aarch64-unknown-linux-gnu b1d8e60e454f7fc182d9a4d95d1506ffbae947d8ba90f8f6f02da93b60f980f9' ;;
  trunk-0.21.14-x86_64-macos) pinned='x86_64-apple-darwin f1ba0e3bbe24e0ae219c6d22c33e24e2825c1608dd27c2556e323495110f1a95' ;;
  trunk-0.21.14-aarch64-macos) pinned='aarch64-apple-darwin 764e299dd50d89442a4e96a236349f57961984b701e74d3dbdb39cd1c9f5101e' ;;
  wasm-bindgen-0.2.129-x86_64-linux) pinned='x86_64-unknown-linux-musl 82d12bb940e2d4e72e0d5605387fc1b8ca179044e012b620f0ce4e7440e8320e' ;;
  wasm-bindgen-0.2.129-aarch64-linux) pinned='aarch64-unknown-linux-musl 2ed4351c35dd9440308bbb02767d47ea278efe851a52465300f3c94f5b6c2a87' ;;
  wasm-bindgen-0.2.129-x86_64-macos) pinned='x86_64-apple-darwin 7e028879a68ec53dae14048b55cc5215f6df75b17a9c1426fac8fa086d3202fd' ;;
  wasm-bindgen-0.2.129-aarch64-macos) pinned='aarch64-apple-darwin 81d4a23d56b3c3eb8187658329116d50e0b228a93b343825fb71f70179051cd1' ;;
  *) pinned= ;;
esac
triple=${pinned% *}
checksum=${pinned#* }

case $tool in
  trunk)
    url=https://github.com/trunk-rs/trunk/releases/download/v$version/trunk-$triple.tar.gz
    member=trunk
    crate=trunk
    ;;
  wasm-bindgen)
    url=https://github.com/wasm-bindgen/wasm-bindgen/releases/download/$version/wasm-bindgen-$version-$triple.tar.gz
    member=wasm-bindgen-$version-$triple/wasm-bindgen
    crate=wasm-bindgen-cli
    ;;
  *)
    say "$tool is not a tool that this script installs" >&2
    exit 2
    ;;
esac

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Fails within 3 seconds where the host cannot be reached, and gives a slow line a minute.
download() {
  [ -n "$pinned" ] && command -v curl >/dev/null || return 1
  curl --proto '=https' --fail --silent --location --connect-timeout 3 --max-time 60 --output "$work/archive" "$url" || return 1
  if [ "$(sha256 "$work/archive")" != "$checksum" ]; then
    say "$url does not have the SHA-256 it is pinned to, and is not used" >&2
    return 1
  fi
  tar -xzf "$work/archive" -C "$work" "$member" || return 1
  # A binary for another C library is not used either.
  "$work/$member" --version 2>/dev/null | grep -qxF "$tool $version" || return 1
  mkdir -p "$folder/bin"
  cp "$work/$member" "$folder/bin/$tool"
  chmod 755 "$folder/bin/$tool"
}

# The default features add TLS, which neither tool needs here: nothing is downloaded by them.
compile() {
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false
  # Trunk waits for others; wasm-bindgen rewrites the whole page at every rebuild: 3.6 s at level 1, 10.3 s at level 0.
  case $tool in
    wasm-bindgen) export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 ;;
    *) export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 ;;
  esac
  cargo install --quiet --locked --no-default-features --bin "$tool" --root "$folder" "$crate@$version"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
began=$SECONDS
say "$tool $version is missing; looking for its release binary"
if download; then
  say "$tool $version is in $folder, $((SECONDS - began)) s"
else
  say "no release binary within reach: compiling $tool $version, once per user; 2 to 4 minutes on two cores"
  compile
  say "$tool $version is in $folder, $((SECONDS - began)) s"
fi
