//! Files read as one text, in their order, as `kubectl apply -f A -f B` sends their objects.
//!
//! kubectl names the file of a rejected object: by its path as it was written, or `STDIN`
//! (cli-runtime `pkg/resource/visitor.go`).

/// The name in kubectl's messages of a text that comes from no file.
const UNNAMED: &str = "manifests.yaml";

/// Files joined into one text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct JoinedFiles {
    text: String,
    names: FileNames,
}

/// Which lines of a text are from which file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FileNames(Vec<FileStart>);

/// A file and its first line in the joined text, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileStart {
    name: String,
    line: u32,
}

impl JoinedFiles {
    /// Adds a file after the others, as a separate document.
    pub fn push(&mut self, name: &str, text: &str) {
        if !self.text.is_empty() {
            let separator = if self.text.ends_with('\n') {
                "---\n"
            } else {
                "\n---\n"
            };
            self.text.push_str(separator);
        }
        let lines_before = u32::try_from(self.text.matches('\n').count()).unwrap_or(u32::MAX);
        self.names.0.push(FileStart {
            name: name.to_owned(),
            line: lines_before.saturating_add(1),
        });
        self.text.push_str(text);
    }

    /// The joined text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which lines are from which file.
    pub fn names(&self) -> &FileNames {
        &self.names
    }
}

impl FileNames {
    /// The file that a line of the joined text is from.
    pub fn name(&self, line: u32) -> &str {
        self.start(line).map_or(UNNAMED, |start| &start.name)
    }

    /// The same line, counted from the start of its file.
    pub fn line_in_file(&self, line: u32) -> u32 {
        let first = self.start(line).map_or(1, |start| start.line);
        line + 1 - first
    }

    fn start(&self, line: u32) -> Option<&FileStart> {
        self.0.iter().rev().find(|start| start.line <= line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_joined_text_has_its_file() {
        let mut files = JoinedFiles::default();
        files.push("a.yaml", "a: 1\nb: 2");
        files.push("b.yaml", "c: 3\n");
        files.push("c.yaml", "d: 4\n");
        assert_eq!(files.text(), "a: 1\nb: 2\n---\nc: 3\n---\nd: 4\n");
        let at = |line| (files.names().name(line), files.names().line_in_file(line));
        assert_eq!(at(2), ("a.yaml", 2));
        assert_eq!(at(4), ("b.yaml", 1));
        assert_eq!(at(6), ("c.yaml", 1));
    }

    #[test]
    fn a_text_from_no_file_has_a_name_too() {
        let names = FileNames::default();
        assert_eq!(
            (names.name(7), names.line_in_file(7)),
            ("manifests.yaml", 7)
        );
    }
}
