#!/usr/bin/env bash
# Serves the page and rebuilds it at every change: `tools/serve.sh ADDRESS PORT`. The address is printed when the page
# answers there, and not before.
set -euo pipefail

address=$1
port=$2
case $address in
  *:*) url="http://[$address]:$port/" ;;
  *) url="http://$address:$port/" ;;
esac

answers='fetch(process.argv[1], { signal: AbortSignal.timeout(2000) })'
if node -e "$answers.then(() => process.exit(0), () => process.exit(1))" "$url"; then
  printf 'kubehop: something else answers on %s. Choose another port: make serve PORT=8081\n' "$url" >&2
  exit 1
fi

printf 'kubehop: building the page; a first build takes about 2 minutes on two cores\n'
node -e "
  const once = () => $answers.then((page) => page.ok, () => false);
  while (!(await once())) await new Promise((resolve) => setTimeout(resolve, 200));
  console.log('\n  kubehop: open ' + process.argv[1] + '\n');
" --input-type=module "$url" &
waiting=$!
trap 'kill "$waiting" 2>/dev/null || true' EXIT

trunk serve --disable-address-lookup --address "$address" --port "$port"
