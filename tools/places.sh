#!/usr/bin/env bash
# Where the code names one kind, device, verdict or cause: the files that adding such a one touches. `make places`.
set -euo pipefail
cd "$(dirname "$0")/.."

places() {
  local what=$1 pattern=$2 files
  files=$(grep -rlE "$pattern" src static/messages tests/architecture.rs | sort)
  printf '%s: %d files\n' "$what" "$(wc -l <<< "$files")"
  sed 's/^/  /' <<< "$files"
}

places 'a kind that the engine does not read (IngressClass)' '\bIngressClass\b|ingress_class'
places 'a kind that the engine reads (NetworkPolicy), its rules and causes included' '\bNetworkPolicy\b|network_policy'
places 'a device (load balancer)' 'Device::LoadBalancer|load_balancer::step|mod load_balancer;'
places 'a verdict (answered outside)' 'AnsweredOutside|verdict-answered-outside'
places 'a cause (node port on loopback)' 'NodePortOnLoopback|problem-node-port-on-loopback'
