#!/usr/bin/env bash
# A Chromium for the browser tests: the machine's own, or Playwright's, or the system's package. Where packages can be
# installed, the headless shell comes first: it draws no windows of its own, and opens a page with less than half of the
# processor time.
set -euo pipefail

may_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

install() {
  apt-get update && apt-get install -y "$1"
}

if may_install && ! command -v chromium-headless-shell >/dev/null; then
  install chromium-headless-shell >/dev/null 2>&1 || true
fi
node tests/browser/chromium.mjs || playwright install --with-deps chromium || playwright install chromium \
  || { may_install && install chromium; }
