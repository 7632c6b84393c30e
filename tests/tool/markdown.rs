//! `kubehop check` over Markdown files.

use expect_test::expect;

use crate::folder::Folder;

const TUTORIAL: &str = "\
# A Service

```yaml kubehop
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
```

1. In a list, with a text that is no manifest:

   ```yaml
   replicas: many
   ```

   ```yaml kubehop
   apiVersion: v1
   kind: Service
   metadata: {name: web}
   spec:
     selector: {app: wbe}
     ports: [{port: 80, targetPort: 8081}]
   ```

<!--
```yaml kubehop-expect
- {from: pod/web-0, to: http://web, expect: refused}
- {from: pod/web-0, to: http://web, expect: answered}
```
-->

Another cluster:

```yaml kubehop
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{prot: 80}]}
```

```yaml kubehop-expect
- {from: node/node-1, to: http://web.default.svc, expects: refused}
```
";

#[test]
fn problems_and_expectations_are_at_the_lines_of_the_markdown_file() {
    let folder = Folder::new("markdown");
    folder.write("docs/one/tutorial.md", TUTORIAL);
    folder.write("docs/readme.md", "nothing of ours\n");
    expect![[r#"
        docs/one/tutorial.md:21:22: warning: Service web selects no Pod
            No Pod in the Service's namespace has the labels app=wbe. One Pod has app=web: is that the intended one?
        docs/one/tutorial.md:27:3: ok: pod/web-0 → http://web: refused
        docs/one/tutorial.md:28:3: failed: pod/web-0 → http://web: expected answered. Connection refused.
          Service web selects no Pod
            No Pod in the Service's namespace has the labels app=wbe. One Pod has app=web: is that the intended one?
            Service default/web spec.selector (docs/one/tutorial.md:21:22)
        docs/one/tutorial.md:38:17: error: Error from server (BadRequest): error when creating "docs/one/tutorial.md": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].prot"
        docs/one/tutorial.md:42:3: error: The field expect is missing.
        docs/one/tutorial.md:42:51: error: There is no field expects here. The fields are from, to, run, connections, after, expect.
        error: docs/one/tutorial.md: not every expectation was checked
        [exit 2]
    "#]].assert_eq(&folder.run(&["check", "docs/**/*.md"]));
}

#[test]
fn markdown_without_blocks_or_with_blocks_in_the_wrong_order_is_an_error() {
    let folder = Folder::new("markdown-errors");
    folder.write("a.md", "```yaml\na: 1\n```\n");
    folder.write("b.md", "```yaml kubehop-expect\n- {}\n```\n");
    for (words, said) in [
        (
            &["check", "a.md"][..],
            "error: a.md: no block `yaml kubehop`\n[exit 2]\n",
        ),
        (
            &["check", "b.md"],
            "error: b.md:1: there is no block `yaml kubehop` above this one\n[exit 2]\n",
        ),
        (
            &["check", "a.md", "--expect", "b.md"],
            "error: --expect is about YAML files; Markdown has blocks `yaml kubehop-expect`\n[exit 2]\n",
        ),
    ] {
        assert_eq!(folder.run(words), said);
    }
}

/// The Markdown files of the repository that have blocks of kubehop's keep their word.
#[test]
fn the_documentation_of_the_repository_holds() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/expectations.md");
    let folder = Folder::new("own-docs");
    let (said, code) = folder.stdout(&["check", docs]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(": ok: "), "{said}");
}
