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
REQUIRED = {"meta.LabelSelectorRequirement.key", "meta.LabelSelectorRequirement.operator"}

MODELLED = ("gateway.", "metallb.")

table = json.load(open(sys.argv[1]))
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
