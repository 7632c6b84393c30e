//! Where a position of joined manifests is: in which file, and there at which line, column and byte.

use std::rc::Rc;

use kubehop::JoinedFiles;
use kubehop::answers::{CauseAnswer, FixAnswer, PositionAnswer, ProblemAnswer, TraceAnswer};
use kubehop::expectations::ExpectationAnswer;

use super::InputFile;

/// Texts joined into one, with the origin of each line.
#[derive(Clone, Default)]
pub(crate) struct Sources {
    joined: JoinedFiles,
    /// The origin of each line of the joined text.
    origins: Vec<LineOrigin>,
}

/// A line of the joined text.
#[derive(Clone)]
struct LineOrigin {
    /// The byte of the joined text where the line begins.
    joined_offset: u32,
    file: Rc<str>,
    start: LineStart,
}

/// Where a line begins in its file: behind what is not part of the manifest, as the indentation of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineStart {
    /// From 1.
    pub(crate) line: u32,
    /// Bytes from the start of the file.
    pub(crate) offset: u32,
    /// What precedes it on the line.
    pub(crate) prefix: Rc<str>,
}

impl Sources {
    /// Whole files, joined in their order.
    pub(crate) fn of_files(files: &[InputFile]) -> Sources {
        let mut sources = Sources::default();
        for file in files {
            sources.push(&file.name, &file.text, &line_starts(&file.text));
        }
        sources
    }

    /// Adds a text after the others. `starts` has one entry for each of its lines, and one for the line behind them.
    pub(crate) fn push(&mut self, file: &str, text: &str, starts: &[LineStart]) {
        self.joined.push(file, text);
        let before = self.joined.text().len() - text.len();
        let first_line = self.joined.text()[..before].matches('\n').count();
        let file: Rc<str> = file.into();
        let origin = |joined_offset: usize, start: &LineStart| LineOrigin {
            joined_offset: to_u32(joined_offset),
            file: Rc::clone(&file),
            start: start.clone(),
        };
        // The line of a separator belongs to the text behind it.
        for _ in self.origins.len()..first_line {
            self.origins
                .extend(starts.first().map(|start| origin(before, start)));
        }
        let mut offset = before;
        let mut lines = text.split('\n');
        for start in starts {
            self.origins.push(origin(offset, start));
            offset += lines.next().map_or(0, |line| line.len() + 1);
        }
    }

    /// The joined text with the names of its files.
    pub(crate) fn joined(&self) -> &JoinedFiles {
        &self.joined
    }

    /// Whether positions of the joined text are positions of its only file.
    pub(crate) fn is_one_file(&self) -> bool {
        let first = self.origins.first();
        first.is_none_or(|first| {
            self.origins.iter().all(|origin| origin.file == first.file)
                && first.start.line == 1
                && first.start.offset == 0
        })
    }

    /// Names the file of a problem, and gives its positions in that file.
    pub(crate) fn locate_problem(&self, problem: &mut ProblemAnswer) {
        problem.file = self.file_of(problem.start);
        problem.start = self.place(problem.start);
        problem.end = self.place(problem.end);
        if let Some(fix) = &mut problem.fix {
            self.locate_fix(fix);
        }
    }

    /// The same for the causes of a trace.
    pub(crate) fn locate_trace(&self, trace: &mut TraceAnswer) {
        for cause in &mut trace.causes {
            self.locate_cause(cause);
        }
    }

    /// The same for the causes of an expectation, whose own position is in a file of expectations.
    pub(crate) fn locate_causes(&self, expectation: &mut ExpectationAnswer) {
        for cause in &mut expectation.causes {
            self.locate_cause(cause);
        }
    }

    /// The same for an expectation itself.
    pub(crate) fn locate_expectation(&self, expectation: &mut ExpectationAnswer) {
        expectation.file = self.file_of(expectation.start);
        expectation.start = self.place(expectation.start);
    }

    fn locate_cause(&self, cause: &mut CauseAnswer) {
        for evidence in &mut cause.evidence {
            if let Some(start) = evidence.start {
                evidence.file = self.file_of(start);
                evidence.start = Some(self.place(start));
            }
        }
        if let Some(fix) = &mut cause.fix {
            self.locate_fix(fix);
        }
    }

    /// Lines that the fix adds begin with what precedes its first line in the file.
    fn locate_fix(&self, fix: &mut FixAnswer) {
        if let Some(origin) = self.origin(fix.start) {
            let new_line = format!("\n{}", origin.start.prefix);
            fix.text = fix.text.replace('\n', &new_line);
        }
        fix.file = self.file_of(fix.start);
        fix.start = self.place(fix.start);
        fix.end = self.place(fix.end);
    }

    fn file_of(&self, position: PositionAnswer) -> Option<String> {
        Some(self.origin(position)?.file.to_string())
    }

    /// A position of the joined text in its file.
    fn place(&self, position: PositionAnswer) -> PositionAnswer {
        let Some(origin) = self.origin(position) else {
            return position;
        };
        let LineStart {
            line,
            offset,
            prefix,
        } = &origin.start;
        PositionAnswer {
            line: *line,
            column: position.column + to_u32(prefix.chars().count()),
            offset: offset + position.offset.saturating_sub(origin.joined_offset),
        }
    }

    /// The origin of a position's line; the last one for a position behind the text.
    fn origin(&self, position: PositionAnswer) -> Option<&LineOrigin> {
        let index = (position.line as usize).saturating_sub(1);
        self.origins.get(index).or_else(|| self.origins.last())
    }
}

/// The lines of a whole file.
fn line_starts(text: &str) -> Vec<LineStart> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split('\n').enumerate() {
        starts.push(LineStart {
            line: to_u32(index + 1),
            offset: to_u32(offset),
            prefix: "".into(),
        });
        offset += line.len() + 1;
    }
    starts
}

/// Texts are cut long before 4 GiB.
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> InputFile {
        InputFile {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    /// `file:line:column@offset` of the first occurrence of a word in the joined text.
    fn place_of(sources: &Sources, word: &str) -> String {
        let text = sources.joined().text();
        let offset = text.find(word).expect("the word is there");
        let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let position = PositionAnswer {
            line: to_u32(text[..offset].matches('\n').count() + 1),
            column: to_u32(offset - line_start + 1),
            offset: to_u32(offset),
        };
        let place = sources.place(position);
        let file = sources.file_of(position).expect("it is in a file");
        format!("{file}:{}:{}@{}", place.line, place.column, place.offset)
    }

    #[test]
    fn a_position_is_that_of_its_file() {
        let files = [
            file("a.yaml", "a: 1\nb: 2"),
            file("b.yaml", "c: 3\n"),
            file("c.yaml", "d: 4\ne: 5\n"),
        ];
        let sources = Sources::of_files(&files);
        assert_eq!(place_of(&sources, "b: 2"), "a.yaml:2:1@5");
        assert_eq!(place_of(&sources, "3"), "b.yaml:1:4@3");
        assert_eq!(place_of(&sources, "e: 5"), "c.yaml:2:1@5");
        assert!(!sources.is_one_file());
        assert!(Sources::of_files(&files[..1]).is_one_file());
    }

    #[test]
    fn what_precedes_a_line_counts_and_is_added_to_new_lines() {
        let prefix: Rc<str> = "  > ".into();
        let start = |line, offset| LineStart {
            line,
            offset,
            prefix: Rc::clone(&prefix),
        };
        let mut sources = Sources::default();
        sources.push(
            "a.md",
            "a: 1\nb: 2\n",
            &[start(7, 104), start(8, 113), start(9, 122)],
        );
        assert_eq!(place_of(&sources, "2"), "a.md:8:8@116");
        let at = PositionAnswer {
            line: 2,
            column: 5,
            offset: 9,
        };
        let mut fix = FixAnswer {
            file: None,
            start: at,
            end: at,
            text: "\nc: 3".to_owned(),
        };
        sources.locate_fix(&mut fix);
        assert_eq!((fix.text.as_str(), fix.start.line), ("\n  > c: 3", 8));
    }
}
