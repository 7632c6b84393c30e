// TypeScript's types of the engine's answers, written from their JSON Schemas.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The types of all schemas of a folder that describe answers. */
export function typesOf(folder) {
  const types = new Map();
  const add = (name, schema) => {
    const text = declaration(name, schema);
    const before = types.get(name);
    if (before !== undefined && before !== text) throw new Error(`${name} is two types`);
    types.set(name, text);
  };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const schema = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (!schema.title?.endsWith("Answer")) continue;
    add(schema.title, schema);
    for (const [name, part] of Object.entries(schema.$defs ?? {})) add(name, part);
  }
  const all = [...types].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `// Written from docs/schema.\n\n${all.join("\n")}`;
}

function declaration(name, schema) {
  if (!schema.properties) return `${comment(schema)}export type ${name} = ${type(schema)};\n`;
  const fields = Object.entries(schema.properties).map(([field, own]) => {
    const isThere = schema.required?.includes(field);
    return `${comment(own, "  ")}  ${field}${isThere ? "" : "?"}: ${type(own)};\n`;
  });
  return `${comment(schema)}export interface ${name} {\n${fields.join("")}}\n`;
}

function comment(schema, indent = "") {
  return schema.description ? `${indent}/** ${schema.description.replaceAll("\n", " ")} */\n` : "";
}

/** A type. What this does not know is an error: a schema that says something new. */
function type(schema) {
  if (schema === true) return "unknown";
  if (schema.$ref) return schema.$ref.replace("#/$defs/", "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(type).join(" | ");
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((one) => type({ ...schema, type: one })).join(" | ");
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return `Array<${type(schema.items)}>`;
    case "object":
      return `Record<string, ${type(schema.additionalProperties ?? true)}>`;
    default:
      throw new Error(`a schema that is not understood: ${JSON.stringify(schema)}`);
  }
}
