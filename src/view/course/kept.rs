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
    /// For each prediction the chosen option, and whether it was tried.
    pub answers: Vec<(Option<usize>, bool)>,
}

impl KeptAnswers {
    /// What is to be kept of an open lesson.
    pub fn of(open: &OpenLessonView) -> KeptAnswers {
        let predictions = open.predictions.iter();
        KeptAnswers {
            id: open.id.clone(),
            hints: open.hints.len(),
            answers: predictions
                .map(|one| (one.chosen, one.comparison.is_some()))
                .collect(),
        }
    }

    /// One line: `12-node-port 1 0! 2 -` has one hint read, option 0 tried, option 2 chosen, nothing chosen.
    pub fn text(&self) -> String {
        let answer = |(chosen, is_tried): &(Option<usize>, bool)| {
            let chosen = chosen.map_or("-".to_owned(), |option| option.to_string());
            format!(" {chosen}{}", if *is_tried { "!" } else { "" })
        };
        let answers: String = self.answers.iter().map(answer).collect();
        format!("{} {}{answers}", self.id, self.hints)
    }

    /// Reads what [`KeptAnswers::text`] wrote; nothing is kept of a text that is damaged.
    pub fn read(text: &str) -> KeptAnswers {
        let read = || {
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
            answers: vec![
                (Some(0), true),
                (Some(2), false),
                (None, false),
                (None, true),
            ],
        };
        assert_eq!(kept.text(), "12-node-port 1 0! 2 - -!");
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
