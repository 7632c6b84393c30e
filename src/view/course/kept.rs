//! What was answered in the open lesson, as the browser keeps it over a reload.

use serde::{Deserialize, Serialize};

use super::OpenLessonView;

/// The answers of a lesson. What came of them is asked again, because the engine may have learned since.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptAnswers {
    /// The lesson's folder.
    pub id: String,
    /// How many hints were read.
    pub hints: usize,
    /// Whether the fixes were shown.
    pub shows_fixes: bool,
    /// For each prediction the chosen option, and whether it was tried.
    pub answers: Vec<(Option<usize>, bool)>,
}

/// How a line ends if the fixes were shown.
const FIXES: &str = " fixes";

impl KeptAnswers {
    /// What is to be kept of an open lesson.
    pub fn of(open: &OpenLessonView) -> KeptAnswers {
        let predictions = open.predictions.iter();
        KeptAnswers {
            id: open.id.clone(),
            hints: open.hints.len(),
            shows_fixes: open.shows_fixes,
            answers: predictions
                .map(|one| (one.chosen, one.comparison.is_some()))
                .collect(),
        }
    }

    /// One line: `12-node-port 1 0! 2 - fixes` has one hint read, option 0 tried, option 2 chosen, nothing chosen, and the
    /// fixes shown.
    pub fn text(&self) -> String {
        let answer = |(chosen, is_tried): &(Option<usize>, bool)| {
            let chosen = chosen.map_or("-".to_owned(), |option| option.to_string());
            format!(" {chosen}{}", if *is_tried { "!" } else { "" })
        };
        let answers: String = self.answers.iter().map(answer).collect();
        let fixes = if self.shows_fixes { FIXES } else { "" };
        format!("{} {}{answers}{fixes}", self.id, self.hints)
    }

    /// Reads what [`KeptAnswers::text`] wrote; nothing is kept of a text that is damaged.
    pub fn read(text: &str) -> KeptAnswers {
        let read = || {
            let (text, shows_fixes) = match text.strip_suffix(FIXES) {
                Some(text) => (text, true),
                None => (text, false),
            };
            let mut words = text.split(' ');
            let (id, hints) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
            let answer = |word: &str| {
                let (word, is_tried) = match word.strip_suffix('!') {
                    Some(word) => (word, true),
                    None => (word, false),
                };
                match word {
                    "-" => Some((None, is_tried)),
                    option => Some((Some(option.parse().ok()?), is_tried)),
                }
            };
            let answers: Option<Vec<(Option<usize>, bool)>> = words.map(answer).collect();
            Some(KeptAnswers {
                id,
                hints,
                shows_fixes,
                answers: answers?,
            })
        };
        read().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let kept = KeptAnswers {
            id: "12-node-port".to_owned(),
            hints: 1,
            shows_fixes: false,
            answers: vec![
                (Some(0), true),
                (Some(2), false),
                (None, false),
                (None, true),
            ],
        };
        assert_eq!(kept.text(), "12-node-port 1 0! 2 - -!");
        assert_eq!(KeptAnswers::read(&kept.text()), kept);
        let kept = KeptAnswers {
            shows_fixes: true,
            ..kept
        };
        assert_eq!(KeptAnswers::read(&kept.text()), kept);
    }

    #[test]
    fn nothing_is_kept_of_a_damaged_line() {
        for text in [
            "",
            "12-node-port",
            "12-node-port x",
            "12-node-port 1 a",
            "a 1 0!!",
        ] {
            assert_eq!(KeptAnswers::read(text), KeptAnswers::default(), "{text}");
        }
    }
}
