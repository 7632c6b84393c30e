// The kit for documentation: each tool builds a small book from `book/web.md`, and its elements play in Chromium.

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, type Page, test } from "@playwright/test";

import { serve } from "./serve";

const ROOT = join(import.meta.dirname, "../..");
const KIT = join(ROOT, "packages/docs");
const TOOLS = process.env.KUBEHOP_DOCS_TOOLS ?? "";
const TEXT = readFileSync(join(import.meta.dirname, "book/web.md"), "utf8");
const SCRIPT = "/kubehop/kube-hop.js";
const KUBEHOP = join(ROOT, "target/debug/kubehop");

/** A folder of its own with files in it. */
function folder(name: string, files: Record<string, string>): string {
  const path = join(ROOT, "target/kit", name);
  rmSync(path, { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

function run(program: string, words: string[], cwd: string): void {
  const done = spawnSync(join(TOOLS, "bin", program), words, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  expect(done.status, `${program} ${words.join(" ")}\n${done.stdout}${done.stderr}`).toBe(0);
}

/** What a build that has to fail says. */
function failure(program: string, words: string[], cwd: string): string {
  const done = spawnSync(join(TOOLS, "bin", program), words, { cwd, encoding: "utf8" });
  expect(done.status, `${program} ${words.join(" ")}`).not.toBe(0);
  return `${done.stdout}${done.stderr}`;
}

/** Opens a built page and plays both elements: the first connection is answered, the second is not. */
async function plays(page: Page, built: string, path: string): Promise<void> {
  const [address, stop] = await serve({ book: built, kubehop: join(ROOT, "dist") });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${address}/book/${path}`);
  const elements = page.locator("kube-hop");
  await expect(elements).toHaveCount(2);
  await expect(page.locator("kube-hop pre").first()).toBeVisible();
  const first: string = await elements.nth(0).evaluate((element: any) => element.text);
  const second: string = await elements.nth(1).evaluate((element: any) => element.text);
  const [own = "", added = ""] = [...TEXT.matchAll(/yaml kubehop [^\n]*\n(.*?)\n *```/gs)].map(([, text]) => `${text!.replaceAll(/^ {3}/gm, "")}\n`);
  expect(first).toBe(own);
  expect(second).toBe(`${own}---\n${added}`);
  for (const [index, verdict] of ["verdict-answered", "verdict-timed-out"].entries()) {
    const traced = elements.nth(index).evaluate((element) =>
      new Promise<string>((resolve) => element.addEventListener("kubehop-trace", (event) => resolve((event as CustomEvent).detail.verdict.id))),
    );
    await elements.nth(index).getByRole("button", { name: "Play the trace" }).click();
    expect(await traced).toBe(verdict);
    await expect(elements.nth(index).frameLocator("iframe").locator("svg").first()).toBeVisible();
  }
  expect(faults).toEqual([]);
  stop();
}

test("the book says what kubehop check finds to be so", () => {
  const said = execFileSync(KUBEHOP, ["check", "tests/kit/book/web.md"], { cwd: ROOT, encoding: "utf8" });
  expect(said).toMatch(/^.*web.md:\d+:3: ok: pod\/client → http:\/\/web: answered/m);
});

test("every attribute of the element is described, and no other", () => {
  const described = Object.keys(JSON.parse(readFileSync(join(KIT, "attributes.json"), "utf8")));
  const element = readFileSync(join(ROOT, "src/embed/kube-hop.ts"), "utf8");
  const read = [...element.matchAll(/this\.(?:get|has)Attribute\("(\w+)"\)/g)].map(([, name]) => name!);
  expect(described.toSorted()).toEqual([...new Set([...read, "from", "to"])].toSorted());
  const table = readFileSync(join(ROOT, "docs/embedding.md"), "utf8").split("| attribute |")[1]!.split("\n\n")[0]!;
  const listed = table.split("\n").flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  expect(listed.toSorted()).toEqual(described.toSorted());
});

test("kubehop's own book keeps its word, its links lead somewhere, and its pictures play", async ({ page }) => {
  execFileSync(KUBEHOP, ["check", "docs/*.md"], { cwd: ROOT });
  const built = join(ROOT, "target/kit/own");
  rmSync(built, { recursive: true, force: true });
  const path = `${dirname(KUBEHOP)}:${process.env.PATH}`;
  const made = spawnSync(join(TOOLS, "bin/mdbook"), ["build", "docs", "--dest-dir", built], { cwd: ROOT, encoding: "utf8", env: { ...process.env, PATH: path } });
  expect(made.status, made.stderr).toBe(0);
  expect(made.stderr).not.toMatch(/WARN|ERROR/);
  symlinkSync(join(ROOT, "dist"), join(built, "play"));

  const pages = readdirSync(built).filter((name) => name.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(12);
  for (const name of pages) {
    const links = [...readFileSync(join(built, name), "utf8").matchAll(/ (?:href|src)="([^"#:]+)(?:#[^"]*)?"/g)].map(([, link]) => link!);
    for (const link of links) expect(existsSync(join(built, link.split("?")[0]!)), `${name} → ${link}`).toBe(true);
  }

  const [address, stop] = await serve({ book: built });
  await page.goto(`${address}/book/tour.html`);
  const element = page.locator("kube-hop").first();
  const traced = element.evaluate((own) =>
    new Promise<string>((resolve) => own.addEventListener("kubehop-trace", (event) => resolve((event as CustomEvent).detail.verdict.id))),
  );
  await element.getByRole("button", { name: "Play the trace" }).click();
  expect(await traced).toBe("verdict-answered");
  stop();
});

test.describe("mdBook", () => {
  const book = (name: string, text: string) =>
    folder(name, {
      "book.toml": `[book]\ntitle = "Book"\n[preprocessor.kubehop]\ncommand = "${KUBEHOP} mdbook"\nscript = "${SCRIPT}"\n`,
      "src/SUMMARY.md": "- [Web](guide/web.md)\n",
      "src/guide/web.md": text,
    });

  test("plays", async ({ page }) => {
    const path = book("mdbook", TEXT);
    run("mdbook", ["build"], path);
    await plays(page, join(path, "book"), "guide/web.html");
  });

  test("a misspelled attribute fails the build at its line", () => {
    const said = failure("mdbook", ["build"], book("mdbook-typo", TEXT.replace("from=", "form=")));
    expect(said).toContain("guide/web.md:5: <kube-hop> has no attribute `form`");
  });
});

test.describe("MkDocs Material", () => {
  const site = (name: string, text: string) => {
    const path = folder(name, {
      "mkdocs.yml": `site_name: Book\ntheme: material\nhooks: [kubehop_docs.py]\nmarkdown_extensions: [pymdownx.superfences]\nextra: {kubehop: {script: ${SCRIPT}}}\n`,
      "docs/guide/web.md": text,
    });
    for (const file of ["kubehop_docs.py", "attributes.json"]) copyFileSync(join(KIT, file), join(path, file));
    return path;
  };

  test("plays", async ({ page }) => {
    const path = site("mkdocs", TEXT);
    run("mkdocs", ["build", "--quiet", "--strict"], path);
    await plays(page, join(path, "site"), "guide/web/");
  });

  test("a misspelled attribute fails the build at its line", () => {
    const said = failure("mkdocs", ["build", "--quiet"], site("mkdocs-typo", TEXT.replace("from=", "form=")));
    expect(said).toContain("guide/web.md: line 5: <kube-hop> has no attribute 'form'");
  });
});

/** The manifests of the book's two clusters. */
const [SERVICE = "", BOTH = ""] = (() => {
  const [own = "", added = ""] = [...TEXT.matchAll(/yaml kubehop [^\n]*\n(.*?)\n *```/gs)].map(([, text]) => `${text!.replaceAll(/^ {3}/gm, "")}\n`);
  return [own, `${own}---\n${added}`];
})();

test.describe("Sphinx", () => {
  const indented = SERVICE.trimEnd().replaceAll("\n", "\n   ").replaceAll(/ +$/gm, "");
  const manual = (name: string, options: string) => {
    const path = folder(name, {
      "conf.py": `import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\nextensions = ["kubehop_docs"]\nkubehop_script = "${SCRIPT}"\n`,
      "index.rst": `Book\n====\n\n.. kubehop::\n   ${options}\n   :to: http://web\n   :view: concept\n\n   ${indented}\n\n#. A file:\n\n   .. kubehop::\n      :from: pod/client\n      :to: http://web\n      :readonly:\n      :file: both.yaml\n`,
      "both.yaml": BOTH,
    });
    for (const file of ["kubehop_docs.py", "attributes.json"]) copyFileSync(join(KIT, file), join(path, file));
    return path;
  };

  test("plays, and a builder that makes no HTML shows the manifests", async ({ page }) => {
    const path = manual("sphinx", ":from: pod/client");
    run("sphinx-build", ["-q", "-W", ".", "out"], path);
    await plays(page, join(path, "out"), "index.html");
    run("sphinx-build", ["-q", "-W", "-b", "text", ".", "text"], path);
    const text = readFileSync(join(path, "text/index.txt"), "utf8");
    expect(text).toContain("kind: NetworkPolicy");
    expect(text).not.toContain("<kube-hop");
  });

  test("a misspelled option fails the build", () => {
    expect(failure("sphinx-build", ["-q", "-W", ".", "out"], manual("sphinx-typo", ":form: pod/client"))).toContain('unknown option: "form"');
    expect(failure("sphinx-build", ["-q", "-W", ".", "out"], manual("sphinx-hop", ":hop: last"))).toContain("hop is a number");
  });
});

test.describe("Hugo", () => {
  const fenced = (options: string, manifests: string) =>
    `{{< kubehop ${options} >}}\n\`\`\`yaml kubehop\n${manifests}\`\`\`\n{{< /kubehop >}}\n\n`;
  const site = (name: string, options: string) => {
    const path = folder(name, {
      "hugo.toml": `baseURL = "/book/"\n[params.kubehop]\nscript = "${SCRIPT}"\n`,
      "layouts/_default/single.html": "<!doctype html><html lang=en><title>Book</title><body>{{ .Content }}</body></html>",
      "content/guide/web.md": `---\ntitle: Web\n---\n\n${fenced(options, SERVICE)}${fenced('from="pod/client" to="http://web"', BOTH)}`,
    });
    mkdirSync(join(path, "data"));
    mkdirSync(join(path, "layouts/shortcodes"), { recursive: true });
    copyFileSync(join(KIT, "attributes.json"), join(path, "data/kubehop.json"));
    copyFileSync(join(KIT, "kubehop.html"), join(path, "layouts/shortcodes/kubehop.html"));
    return path;
  };

  test("plays", async ({ page }) => {
    const path = site("hugo", 'from="pod/client" to="http://web" view="concept"');
    run("hugo", ["build", "--quiet"], path);
    await plays(page, join(path, "public"), "guide/web/");
  });

  test("a misspelled attribute fails the build at its line", () => {
    const said = failure("hugo", ["build"], site("hugo-typo", 'form="pod/client"'));
    expect(said).toMatch(/web\.md:5:1.*has no attribute form/);
    expect(failure("hugo", ["build"], site("hugo-view", 'view="both"'))).toContain("view is concept or network");
    const silent = site("hugo-script", 'view="concept"');
    writeFileSync(join(silent, "hugo.toml"), 'baseURL = "/book/"\n');
    expect(failure("hugo", ["build"], silent)).toContain("does not say where kube-hop.js is");
  });
});

const modules = join(import.meta.dirname, "node_modules");

test.describe("Astro, with the remark plugin", () => {
  test("plays in Markdown and in MDX", async ({ page }) => {
    test.slow();
    const path = folder("astro", {
      "package.json": '{"type": "module"}',
      "astro.config.mjs": `import mdx from "@astrojs/mdx";
import remarkKubehop from ${JSON.stringify(pathToFileURL(join(KIT, "remark.js")).href)};
const remarkPlugins = [[remarkKubehop, { script: "${SCRIPT}" }]];
export default { integrations: [mdx()], base: "/book", markdown: { remarkPlugins } };
`,
      "src/pages/guide/markdown.md": TEXT,
      "src/pages/guide/mdx.mdx": TEXT.replaceAll("<!--", "{/*").replaceAll("-->", "*/}"),
    });
    symlinkSync(modules, join(path, "node_modules"));
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" };
    const built = spawnSync(process.execPath, ["node_modules/astro/astro.js", "build"], { cwd: path, encoding: "utf8", env });
    expect(built.status, `${built.stdout}${built.stderr}`).toBe(0);
    await plays(page, join(path, "dist"), "guide/markdown/");
    await plays(page, join(path, "dist"), "guide/mdx/");
  });

  test("a misspelled attribute fails the build at its line", async () => {
    const load = (path: string) => import(pathToFileURL(path).href);
    const { unified } = await load(join(modules, "unified/index.js"));
    const { default: remarkParse } = await load(join(modules, "remark-parse/index.js"));
    const { default: remarkKubehop } = await load(join(KIT, "remark.js"));
    const said = async (text: string) => {
      const processor = unified().use(remarkParse).use(remarkKubehop);
      return processor.run(processor.parse(text), { value: text, fail: (message: string, node: any) => { throw new Error(`${node.position.start.line}: ${message}`); } })
        .then(() => "", (error: Error) => error.message);
    };
    expect(await said(TEXT)).toBe("");
    expect(await said(TEXT.replace("from=", "form="))).toContain("5: <kube-hop> has no attribute form");
    expect(await said(TEXT.replace("view=concept", "constructor=a"))).toContain("no attribute constructor");
  });
});

test("Docusaurus, with the remark plugin, plays in Markdown and in MDX", async ({ page }) => {
  test.slow();
  const path = folder("docusaurus", {
    // Its own: below "type": "module" the files that Docusaurus writes are not read.
    "package.json": "{}\n",
    "docusaurus.config.mjs": `import remarkKubehop from ${JSON.stringify(pathToFileURL(join(KIT, "remark.js")).href)};
export default {
  title: "Book",
  url: "https://book.example",
  baseUrl: "/book/",
  onBrokenLinks: "ignore",
  scripts: [{ src: "${SCRIPT}", async: true }],
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "guide", sidebarPath: false, remarkPlugins: [remarkKubehop] }]],
  themes: ["@docusaurus/theme-classic"],
};
`,
    "docs/markdown.md": TEXT,
    "docs/mdx.mdx": TEXT.replaceAll("<!--", "{/*").replaceAll("-->", "*/}"),
  });
  symlinkSync(modules, join(path, "node_modules"));
  const env = { ...process.env, DOCUSAURUS_NO_TELEMETRY: "1", NO_COLOR: "1" };
  const built = spawnSync(process.execPath, ["node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"], { cwd: path, encoding: "utf8", env });
  expect(built.status, `${built.stdout}${built.stderr}`).toBe(0);
  await plays(page, join(path, "build"), "guide/markdown/");
  await plays(page, join(path, "build"), "guide/mdx/");
});
