#!/usr/bin/env python3
"""Writes src/engine/manifest/custom/schema.txt, the schemas of the modelled custom resources.

    tools/crd-schema.py gateway-fields.json > src/engine/manifest/custom/schema.txt

gateway-fields.json holds `kinds` ("gateway.networking.k8s.io/v1 Gateway" to a type), `types` (type to field to JSON type)
and `constraints` ("type.field" to what the CRD demands of it). CEL rules are not written here: they are functions in
src/engine/apiserver/custom/rules/. The types of apimachinery that a CRD spells out are added.
"""
import json
import sys

META = {
    "meta.Condition": {
        "lastTransitionTime": "string", "message": "string", "observedGeneration": "int64",
        "reason": "string", "status": "string", "type": "string",
    },
    "meta.LabelSelector": {
        "matchExpressions": "[]meta.LabelSelectorRequirement", "matchLabels": "map[string]string",
    },
    "meta.LabelSelectorRequirement": {"key": "string", "operator": "string", "values": "[]string"},
}
# What the listing lacks: metallb `config/crd/bases/metallb.io_bgppeers.yaml`. The rule of `connectTime` is not checked.
ADDED_KINDS = {"metallb.io/v1beta2 BGPPeer": "metallb.BGPPeer"}
ADDED = {
    "metallb.BGPPeer": {
        "apiVersion": "string", "kind": "string", "metadata": "meta.ObjectMeta", "spec": "metallb.BGPPeerSpec",
        "status": "metallb.BGPPeerStatus",
    },
    "metallb.BGPPeerSpec": {
        "bfdProfile": "string", "connectTime": "string", "disableMP": "bool", "dualStackAddressFamily": "bool",
        "dynamicASN": "string", "ebgpMultiHop": "bool", "enableGracefulRestart": "bool", "holdTime": "string",
        "interface": "string", "keepaliveTime": "string", "myASN": "int32", "nodeSelectors": "[]meta.LabelSelector",
        "password": "string", "passwordSecret": "metallb.SecretReference", "peerASN": "int32", "peerAddress": "string",
        "peerPort": "int64", "routerID": "string", "sourceAddress": "string", "vrf": "string",
    },
    "metallb.BGPPeerStatus": {},
    "metallb.SecretReference": {"name": "string", "namespace": "string"},
}
ADDED_CONSTRAINTS = {
    "metallb.BGPPeerSpec.disableMP": {"default": False},
    "metallb.BGPPeerSpec.dualStackAddressFamily": {"default": False},
    "metallb.BGPPeerSpec.dynamicASN": {"enum": ["internal", "external"]},
    "metallb.BGPPeerSpec.myASN": {"required": True, "minimum": 0, "maximum": 4294967295},
    "metallb.BGPPeerSpec.peerASN": {"minimum": 0, "maximum": 4294967295},
    "metallb.BGPPeerSpec.peerPort": {"default": 179, "minimum": 1, "maximum": 16384},
}
REQUIRED = {"meta.LabelSelectorRequirement.key", "meta.LabelSelectorRequirement.operator"}

MODELLED = ("gateway.", "metallb.")

table = json.load(open(sys.argv[1]))
table["kinds"].update(ADDED_KINDS)
table["types"].update(ADDED)
table["constraints"].update(ADDED_CONSTRAINTS)
for kind, owner in sorted(table["kinds"].items()):
    if owner.startswith(MODELLED):
        print(f"{kind} {owner}")
print()
types = {name: fields for name, fields in table["types"].items() if name.startswith(MODELLED)}
for owner, fields in sorted({**types, **META}.items()):
    print(owner)
    for field, kind in sorted(fields.items()):
        demands = dict(table["constraints"].get(f"{owner}.{field}", {}))
        demands.pop("rules", None)
        if f"{owner}.{field}" in REQUIRED:
            demands["required"] = True
        line = f" {field} {kind}"
        if demands:
            line += " " + json.dumps(demands, separators=(",", ":"), ensure_ascii=False)
        print(line)
