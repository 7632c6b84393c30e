// The manifests that figures are measured with: made here, or read from files and folders that are named.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const joined = (documents) => documents.join("---\n");

const service = (name, at = "") =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${at}}\nspec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}\n`;

const deployment = (name, replicas, at = "") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}${at}}\nspec:\n  replicas: ${replicas}\n` +
  `  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n` +
  `    spec: {containers: [{name: main, image: nginx, ports: [{containerPort: 8080}]}]}\n`;

const pod = (name) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\nspec: {containers: [{name: web, image: web}]}\n`;

/** So many Services over a Deployment each, in 20 namespaces. */
export const services = (count, replicas) => {
  const names = Array.from({ length: count }, (_, index) => [`svc-${index}`, `, namespace: ns-${index % 20}`]);
  return joined(names.flatMap(([name, at]) => [service(name, at), deployment(name, replicas, at)]));
};

/** So many Deployments of one pod, each of which can be scaled, restarted and the like. */
export const deployments = (count) => joined(Array.from({ length: count }, (_, index) => deployment(`app-${index}`, 1)));

/** At least so many characters: Services with a Pod each. */
export const characters = (least) => {
  const documents = [];
  for (let length = 0, index = 0; length < least; index += 1) {
    const both = service(`web-${index}`) + "---\n" + pod(`web-${index}`);
    length += both.length + 4;
    documents.push(both);
  }
  return joined(documents);
};

/** The manifests below these paths, with their names. */
export const read = (paths) =>
  paths.flatMap((path) => {
    const isFolder = statSync(path).isDirectory();
    const files = isFolder ? readdirSync(path).filter((name) => /\.ya?ml$/.test(name)).map((name) => join(path, name)) : [path];
    return files.map((file) => ({ name: basename(file).replace(/\.ya?ml$/, ""), text: readFileSync(file, "utf8") }));
  });
