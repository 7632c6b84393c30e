//! A challenge that is made of a lesson's manifests: its name, and its words.

use serde::Serialize;

use super::{CourseLesson, LessonText};
use crate::simulation::challenge::{GeneratedChallenge, without_stale_comments};
use crate::simulation::expectations::Reader;
use crate::view::i18n::{Catalogue, Message};
use kubehop_engine::cluster::Config;

/// The name of the challenge generated from a lesson and a number: `g20261129-12-node-port`. The same number gives
/// the same challenge, so that a date is everybody's challenge of that day.
pub fn generated_id<'a>(lessons: impl IntoIterator<Item = &'a str>, seed: u64) -> Option<String> {
    let lessons: Vec<&str> = lessons.into_iter().collect();
    let mixed = kubehop_engine::rng::Rng::new(seed, 1).below(u32::try_from(lessons.len()).ok()?);
    let lesson = lessons.get(mixed as usize)?;
    Some(format!("g{seed}-{lesson}"))
}

/// The number and the lesson of a generated challenge's name; `None` if it is the name of a lesson or challenge as written.
pub fn generated_of(id: &str) -> Option<(u64, &str)> {
    let (seed, lesson) = id.strip_prefix('g')?.split_once('-')?;
    Some((seed.parse().ok()?, lesson))
}

/// The texts of a generated challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub(crate) enum Generated {
    /// Its title.
    Title {
        /// Its number, a date as `2026-11-29`.
        number: String,
    },
    /// What fails and is to work again.
    Goal {
        /// Who calls.
        from: String,
        /// What is called.
        to: String,
        /// How it fails, in a sentence, if it fails alike everywhere.
        failure: Option<String>,
    },
    /// What to do.
    Change {},
    /// A text that was replaced.
    Replaced {
        /// Its line.
        line: u32,
        /// What is written there.
        now: String,
        /// What was.
        before: String,
    },
    /// A text that was added.
    Added {
        /// Its line.
        line: u32,
        /// The text, its first line.
        now: String,
    },
    /// What to remember.
    Summary {
        /// What was wrong, in a sentence.
        cause: String,
    },
}

impl Message for Generated {
    const PREFIX: &'static str = "generated";
}

/// The words of a challenge: where to look, what is wrong, what mends it.
pub fn challenge_words(made: &GeneratedChallenge, seed: u64, words: &Catalogue) -> LessonText {
    let say = |message: &Generated| words.format(message).text;
    let cause = words.format(&made.cause);
    let first_line = |text: &str| {
        let mut lines = text.lines().map(str::trim);
        let line = lines.find(|line| !line.is_empty() && *line != "---");
        line.unwrap_or_default().trim_end_matches(',').to_owned()
    };
    let (line, now) = (made.repair.span.start.line, first_line(&made.broken));
    let mends = if made.repair.text.is_empty() {
        Generated::Added { line, now }
    } else {
        let before = made.repair.text.clone();
        Generated::Replaced { line, now, before }
    };
    LessonText {
        title: say(&Generated::Title {
            number: number_of(seed),
        }),
        goal: say(&Generated::Goal {
            from: made.from.clone(),
            to: made.to.clone(),
            failure: made
                .verdict
                .as_ref()
                .map(|verdict| words.format(verdict).text),
        }),
        predictions: Vec::new(),
        change: vec![say(&Generated::Change {})],
        hints: vec![
            words.format(&made.breaker).text,
            cause.text.clone(),
            say(&mends),
        ],
        summary: [say(&Generated::Summary { cause: cause.text })]
            .into_iter()
            .chain(cause.detail)
            .collect(),
    }
}

/// A number of eight digits that is a date is written as one.
fn number_of(seed: u64) -> String {
    let (year, month, day) = (seed / 10_000, seed / 100 % 100, seed % 100);
    let is_date = (1000..10_000).contains(&year) && (1..=12).contains(&month);
    if is_date && (1..=31).contains(&day) {
        return format!("{year}-{month:02}-{day:02}");
    }
    seed.to_string()
}

impl CourseLesson {
    /// Makes a challenge of the lesson's manifests as they are in its end, or as they are written if nothing works in the
    /// end that could be broken. With it comes the lesson that it is: its request, its settings and its check.
    pub fn generated(
        &self,
        manifest: &str,
        seed: u64,
    ) -> Option<(CourseLesson, GeneratedChallenge)> {
        let ended = self.ended(manifest);
        let ended = ended.and_then(|(lesson, text)| {
            let text = without_stale_comments(manifest, &text);
            lesson.broken(&text, seed)
        });
        ended.or_else(|| self.clone().broken(manifest, seed))
    }

    /// Its own requests are the first that may fail.
    fn broken(self, text: &str, seed: u64) -> Option<(CourseLesson, GeneratedChallenge)> {
        let predicted = self.predictions.iter();
        let predicted = predicted.filter_map(|prediction| prediction.request.clone());
        let own = (self.from.clone(), self.to.clone());
        let asked: Vec<(String, String)> = std::iter::once(own).chain(predicted).collect();
        let config = self.config(&Config::default());
        let made = GeneratedChallenge::of(text, &config, &asked, seed)?;
        let mut reader = Reader::default();
        let tree = reader.tree(&made.expectations)?;
        let check = reader.expectations(&tree);
        let lesson = CourseLesson {
            from: made.from.clone(),
            to: made.to.clone(),
            after: Vec::new(),
            predictions: Vec::new(),
            changes: Vec::new(),
            cheats: Vec::new(),
            check,
            ..self
        };
        Some((lesson, made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        let lessons = ["12-node-port", "16-ingress"];
        let id = generated_id(lessons, 20_261_129).expect("there are lessons");
        let (seed, lesson) = generated_of(&id).expect("it is generated");
        assert_eq!(seed, 20_261_129);
        assert!(lessons.contains(&lesson));
        assert_eq!(generated_id([], 1), None);
        for other in ["12-node-port", "c01-nobody", "g-12", "gx-1", "g12"] {
            assert_eq!(generated_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_date_is_written_as_one() {
        assert_eq!(number_of(20_261_129), "2026-11-29");
        for other in [7, 20_261_329, 20_261_132, 202_611_291] {
            assert_eq!(number_of(other), other.to_string());
        }
    }
}
