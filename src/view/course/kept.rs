//! What was answered in the open lesson, as the browser keeps it over a reload.

use serde::{Deserialize, Serialize};

use super::OpenLessonView;

/// The answers of a lesson. Their results are worked out again, because the engine may have changed since.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptAnswers {
    /// The lesson's folder.
    pub id: String,
    /// How many hints were read.
    pub hints: usize,
    /// Whether the fixes were shown.
    pub shows_fixes: bool,
    /// The answer to each prediction.
    pub answers: Vec<KeptAnswer>,
}

/// The answer to a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The index of the option that was chosen; `None` if none was.
    pub chosen: Option<usize>,
    /// Whether the prediction was tried.
    pub is_tried: bool,
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
                .map(|one| KeptAnswer {
                    chosen: one.chosen,
                    is_tried: one.comparison.is_some(),
                })
                .collect(),
        }
    }

    /// One line: `12-node-port 1 0! 2 - fixes` has one hint read, option 0 tried, option 2 chosen, nothing chosen, and the
    /// fixes shown.
    pub fn text(&self) -> String {
        let answer = |answer: &KeptAnswer| {
            let chosen = answer.chosen.map(|option| option.to_string());
            let chosen = chosen.as_deref().unwrap_or("-");
            format!(" {chosen}{}", if answer.is_tried { "!" } else { "" })
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
                let chosen = match word {
                    "-" => None,
                    option => Some(option.parse().ok()?),
                };
                Some(KeptAnswer { chosen, is_tried })
            };
            let answers: Option<Vec<KeptAnswer>> = words.map(answer).collect();
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

    fn answer(chosen: Option<usize>, is_tried: bool) -> KeptAnswer {
        KeptAnswer { chosen, is_tried }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let kept = KeptAnswers {
            id: "12-node-port".to_owned(),
            hints: 1,
            shows_fixes: false,
            answers: vec![
                answer(Some(0), true),
                answer(Some(2), false),
                answer(None, false),
                answer(None, true),
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
