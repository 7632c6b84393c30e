//! Golden traces: manifests beside what the text tool says of them.
//!
//! Each `tests/traces/NAME.yaml` begins with comments; those of the form `# trace: …` are commands of the text tool, run
//! over the file itself (so are `check`, `rules`, `get`, `describe` and `exec`), and `NAME.txt` holds their answers. The page's examples are
//! asked what they ask when they are opened. `make bless` writes the answers anew.

use std::collections::BTreeSet;
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

/// The manifests of the folder, by name.
fn manifests() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder())
        .expect("the folder is there")
        .filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    paths.sort();
    paths
}

/// A manifest's name without the ending.
fn name_of(path: &Path) -> String {
    let name = path.file_stem().expect("a file has a name");
    name.to_string_lossy().into_owned()
}

#[test]
fn every_manifest_is_traced_as_written_beside_it() {
    for path in manifests() {
        let manifest = std::fs::read_to_string(&path).expect("a manifest can be read");
        let (commands, name) = (commands(&manifest), name_of(&path));
        assert!(!commands.is_empty(), "{name} asks nothing");
        check(&path, &commands, &format!("{name}.txt"));
    }
}

/// Particles and word order depend on what is put into a sentence, which catalogues alone do not show. A sentence stands
/// below the first manifest of which it is said.
#[test]
fn every_sentence_is_said_in_korean() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut text = String::new();
    for path in manifests() {
        let manifest = std::fs::read_to_string(&path).expect("a manifest can be read");
        text.push_str(&format!("# {}\n", name_of(&path)));
        let asked = commands(&manifest).into_iter().filter(|command| {
            command.starts_with("trace ")
                && !command.contains("--language")
                && !command.contains("json")
        });
        for command in asked.chain(["check".to_owned()]) {
            let answer = answer(&path, &format!("{command} --language ko"));
            let sentences = answer.lines().map(str::trim);
            for sentence in sentences.filter(|line| line.chars().any(is_hangul)) {
                if said.insert(sentence.to_owned()) {
                    text.push_str(sentence);
                    text.push('\n');
                }
            }
        }
    }
    expect_file![folder().join("korean.txt")].assert_eq(&text);
}

fn is_hangul(character: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&character)
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
