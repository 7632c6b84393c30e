//! A folder of files, and the text tool run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for one test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder.
    pub(crate) fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("tool")
            .join(name);
        if path.exists() {
            fs::remove_dir_all(&path).expect("an old folder can be removed");
        }
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        let folder = path.parent().expect("it is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// What the tool prints, its errors behind it, and the number it exits with when that is not 0.
    pub(crate) fn run(&self, words: &[&str]) -> String {
        self.run_with(words, "")
    }

    /// The same with a text as standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: &str) -> String {
        let (stdout, stderr, code) = self.output(words, input);
        let exit = match code {
            0 => String::new(),
            code => format!("[exit {code}]\n"),
        };
        format!("{stdout}{stderr}{exit}")
    }

    /// What the tool prints, and the number it exits with.
    pub(crate) fn stdout(&self, words: &[&str]) -> (String, i32) {
        let (stdout, stderr, code) = self.output(words, "");
        assert_eq!(stderr, "", "{words:?}");
        (stdout, code)
    }

    fn output(&self, words: &[&str], input: &str) -> (String, String, i32) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kubehop"))
            .args(words)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool runs");
        let stdin = child.stdin.take();
        let written = stdin.expect("it is piped").write_all(input.as_bytes());
        // A command that reads no input may be gone already.
        drop(written);
        let output = child.wait_with_output().expect("the tool ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("no signal ended it");
        (text(&output.stdout), text(&output.stderr), code)
    }
}
