//! Golden traces: manifests beside what the text tool says of them.
//!
//! Each `tests/traces/NAME.yaml` begins with comments; those of the form `# trace: …` are commands of the text tool, run
//! over the file itself (so are `check`, `rules`, `get`, `describe` and `exec`), and `NAME.txt` holds their answers. The page's examples are
//! asked what they ask when they are opened. `make bless` writes the answers anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect_file;
use kubehop::view::lessons::LESSONS;
use kubehop::view::session::{Ask, Model};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces")
}

/// Runs the commands over a manifest and compares what they print with the file of that name.
fn check(manifest: &Path, commands: &[String], expected: &str) {
    let answers: Vec<String> = commands
        .iter()
        .map(|command| answer(manifest, command))
        .collect();
    expect_file![folder().join(expected)].assert_eq(&answers.join("\n\n"));
}

/// What the text tool prints, and the number it exits with when it is not 0.
fn answer(manifest: &Path, command: &str) -> String {
    let words = words(command);
    let (name, words) = words.split_first().expect("a command has a name");
    let file = manifest.file_name().expect("a manifest is a file");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_kubehop"));
    // What follows `--` is a container's command.
    let (before, inside) = words.split_at(
        words
            .iter()
            .position(|word| word == "--")
            .unwrap_or(words.len()),
    );
    tool.arg(name).args(before);
    match name.as_str() {
        "get" | "describe" | "exec" => tool.arg("-f").arg(file).args(inside),
        _ => tool.arg(file),
    };
    let output = tool
        .current_dir(manifest.parent().expect("it lies in a folder"))
        .output()
        .expect("the tool runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let exit = output
        .status
        .code()
        .filter(|code| *code != 0)
        .map(|code| format!("[exit {code}]\n"));
    format!(
        "$ kubehop {command}\n{}{}{}",
        text(&output.stdout),
        text(&output.stderr),
        exit.unwrap_or_default()
    )
}

/// A command's words: split at blanks, but for those between quotes.
fn words(command: &str) -> Vec<String> {
    let parts = command
        .split('"')
        .enumerate()
        .map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
    parts.collect::<Vec<Vec<String>>>().concat()
}

/// The commands in the comments that a manifest begins with.
fn commands(manifest: &str) -> Vec<String> {
    let comments = manifest.lines().map_while(|line| line.strip_prefix("# "));
    let command = |line: &str| {
        let (name, arguments) = line.split_once(':')?;
        [
            "trace", "check", "rules", "get", "describe", "exec", "matrix", "diff",
        ]
        .contains(&name)
        .then(|| format!("{name} {}", arguments.trim()))
    };
    comments.filter_map(command).collect()
}

#[test]
fn every_manifest_is_traced_as_written_beside_it() {
    let files = std::fs::read_dir(folder())
        .expect("the folder is there")
        .filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    }) {
        let commands = commands(&std::fs::read_to_string(path).expect("a manifest can be read"));
        let name = path
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy();
        assert!(!commands.is_empty(), "{name} asks nothing");
        check(path, &commands, &format!("{name}.txt"));
    }
}

#[test]
fn every_lesson_is_traced_as_it_opens() {
    for lesson in LESSONS {
        let mut model = Model::new();
        model.handle(Ask::OpenLesson(lesson.id.to_owned()));
        let manifest = format!("static/lessons/{}.yaml", lesson.id);
        let command = format!(
            "trace --from {} --to {}",
            model.request.from, model.request.to
        );
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest);
        check(&path, &[command], &format!("lessons/{}.txt", lesson.id));
    }
}
