//! The text tool as a process: which files it reads, what it prints about them, and the number it exits with.

mod completions;
mod folder;
mod gateway;
mod markdown;
mod sarif;

use expect_test::expect;

use folder::Folder;

const WEB: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: wbe}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
";

#[test]
fn a_directory_is_every_manifest_below_it_in_the_order_of_paths() {
    let folder = Folder::new("directory");
    folder.write("k8s/b.yaml", WEB);
    folder.write("k8s/a/pod.yml", "kind: Pod\n");
    folder.write("k8s/.git/c.yaml", "kind: [\n");
    folder.write("k8s/notes.txt", "no manifest\n");
    expect![[r#"
        k8s/a/pod.yml:1:1: error: error validating "k8s/a/pod.yml": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false
        k8s/b.yaml:4:18: note: Service web selects no Pod in this text
            The text has no Pod in namespace default, so they may come from elsewhere. Only Pods with the labels app=web will be behind the Service.
        [exit 1]
    "#]]
    .assert_eq(&folder.run(&["check", "k8s"]));
    folder.write("empty/readme.txt", "");
    assert_eq!(
        folder.run(&["check", "empty"]),
        "error: empty: no *.yaml or *.yml below this directory\n[exit 2]\n"
    );
}

#[test]
fn causes_name_the_file_of_several() {
    let folder = Folder::new("causes");
    folder.write("web.yaml", WEB);
    folder.write("pods/pod.yaml", POD);
    let trace = [
        "trace",
        "web.yaml",
        "pods",
        "--from",
        "pod/web-0",
        "--to",
        "http://web",
    ];
    let said = folder.run(&trace);
    let fields: Vec<&str> = said
        .lines()
        .filter(|line| line.contains(".yaml:"))
        .collect();
    expect!["    Service default/web spec.selector (web.yaml:4:24)"].assert_eq(&fields.join("\n"));
    let trace = ["trace", "-", "--from", "pod/web-0", "--to", "http://web"];
    let one = folder.run_with(&trace, &format!("{WEB}---\n{POD}"));
    assert!(one.contains("(line 4, column"), "{one}");
}

#[test]
fn standard_input_is_a_file_among_others() {
    let folder = Folder::new("stdin");
    folder.write("pod.yaml", POD);
    expect![[r#"
        STDIN:1:1: error: error validating "STDIN": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false
        [exit 1]
    "#]].assert_eq(&folder.run_with(&["check", "pod.yaml", "-"], "kind: Service\n"));
}

#[test]
fn a_challenge_fails_its_expectations_and_the_manifests_it_was_made_of_hold_them() {
    let folder = Folder::new("challenge");
    let web = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, \
               targetPort: 8080}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: \
               {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}\n";
    folder.write("web.yaml", web);
    let make =
        |output: &str| folder.stdout(&["challenge", "web.yaml", "--seed", "7", "--output", output]);
    let (broken, code) = make("manifests");
    assert!(code == 0 && broken.starts_with("# `"), "{broken}");
    folder.write("broken.yaml", &broken);
    folder.write("expect.yaml", &make("expectations").0);
    assert_eq!(make("hints").0.lines().count(), 3);
    let check = |file: &str| folder.stdout(&["check", file, "--expect", "expect.yaml"]).1;
    assert_eq!((check("broken.yaml"), check("web.yaml")), (1, 0));
    folder.write(
        "none.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n",
    );
    assert_eq!(
        folder.run(&["challenge", "none.yaml"]),
        "error: no connection works in these manifests that could be broken\n[exit 2]\n"
    );
}

#[test]
fn a_file_that_is_not_there_is_an_error_before_anything_else() {
    let folder = Folder::new("missing");
    expect![[r#"
        error: nowhere.yaml: No such file or directory (os error 2)
        [exit 2]
    "#]]
    .assert_eq(&folder.run(&["check", "nowhere.yaml"]));
    expect![[r#"
        error: docs: No such file or directory (os error 2)
        [exit 2]
    "#]]
    .assert_eq(&folder.run(&["check", "docs/**/*.md"]));
}
