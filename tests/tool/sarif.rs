//! `kubehop check --output json` and `--output sarif`.

use expect_test::expect_file;
use serde_json::Value;

use crate::folder::Folder;

/// A selector with a typing error, in a list of a Markdown file; kubehop offers an edit.
const TYPO: &str = "\
- é:

  ```yaml kubehop
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: wbe}, ports: [{port: 80}]}
  ---
  apiVersion: v1
  kind: Pod
  metadata: {name: web-0, labels: {app: web}}
  spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
  ```

  ```yaml kubehop-expect
  - {from: pod/web-0, to: http://web, expect: answered}
  - {from: pod/web-0, to: http://web, expect: refused}
  ```
";

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect(text)
}

#[test]
fn json_names_the_file_of_every_position() {
    let folder = Folder::new("json");
    folder.write("docs/a b.md", TYPO);
    let (text, code) = folder.stdout(&["check", "docs/a b.md", "--output", "json"]);
    assert_eq!(code, 1);
    let answer = parsed(&text);
    let problem = &answer["problems"][0];
    assert_eq!(problem["file"], "docs/a b.md");
    let (start, fix) = (&problem["start"], &problem["fix"]);
    assert_eq!(
        (&start["line"], &start["column"]),
        (&Value::from(7), &Value::from(26))
    );
    let offset = |position: &Value| position["offset"].as_u64().expect("it is a number") as usize;
    assert_eq!(&TYPO[offset(&fix["start"])..offset(&fix["end"])], "wbe");
    assert_eq!(fix["text"], "web");
    let expectations = answer["expectations"].as_array().expect("it is a list");
    let met: Vec<&Value> = expectations.iter().map(|one| &one["met"]).collect();
    assert_eq!(met, [false, true]);
    let evidence = &expectations[0]["causes"][0]["evidence"][0];
    assert_eq!(
        (&evidence["file"], &evidence["start"]["line"]),
        (&problem["file"], &Value::from(7))
    );
}

#[test]
fn sarif_has_rules_with_help_regions_and_fixes() {
    let folder = Folder::new("sarif");
    folder.write("docs/a b.md", TYPO);
    let (text, code) = folder.stdout(&["check", "docs/a b.md", "--output", "sarif"]);
    assert_eq!(code, 1);
    let version = env!("CARGO_PKG_VERSION");
    let text = text.replace(
        &format!("\"version\": \"{version}\""),
        "\"version\": \"VERSION\"",
    );
    expect_file!["findings.sarif"].assert_eq(&text);
}

/// What SARIF 2.1.0 demands of a log, as far as ours has it.
#[test]
fn every_result_refers_to_a_rule_and_a_region() {
    let folder = Folder::new("sarif-rules");
    folder.write("a.yaml", "kind: Pod\n---\nkind: [\n");
    folder.write("b.md", TYPO);
    folder.write("expect.yaml", "- {from: nobody/x}\n");
    let words = [
        "check",
        "a.yaml",
        "b.md",
        "--expect",
        "expect.yaml",
        "--output",
        "sarif",
    ];
    let (text, code) = folder.stdout(&words);
    assert_eq!(code, 2);
    let run = &parsed(&text)["runs"][0];
    let rules = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("it is a list");
    assert!(rules.iter().all(|rule| {
        rule["helpUri"]
            .as_str()
            .is_some_and(|uri| uri.starts_with("https://"))
    }));
    let results = run["results"].as_array().expect("it is a list");
    assert!(results.len() > 4, "{text}");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("it is an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(
            ["error", "warning", "note"].contains(&result["level"].as_str().expect("it is a word"))
        );
        assert!(
            !result["message"]["text"]
                .as_str()
                .expect("it is a text")
                .is_empty()
        );
        let location = &result["locations"][0]["physicalLocation"];
        assert!(location["artifactLocation"]["uri"].is_string(), "{result}");
        let start = location["region"]["startLine"].as_u64();
        assert!(start.is_some_and(|line| line > 0), "{result}");
    }
}
