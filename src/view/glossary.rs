//! The glossary: a card for each term, and where a text uses one.
//!
//! `static/glossary/en.md` and `ko.md` have the same cards in the same order. A card is a heading with the term, the lesson
//! that explains it, other forms that the term has in a text (`also`, separated by commas), and a sentence or two. The page
//! loads the file of its language after the first picture.

use std::collections::BTreeSet;

/// All cards of a language.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Glossary {
    cards: Vec<Card>,
}

/// The explanation of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The term.
    pub term: String,
    /// The folder of the lesson that explains it.
    pub lesson: String,
    /// What it is; text between backticks is code.
    pub text: String,
    /// The term as texts write it, the longest form first.
    forms: Vec<String>,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Text without a term.
    Plain(&'a str),
    /// A term as written in the text, and the index of its card.
    Term(&'a str, usize),
}

impl Glossary {
    /// Reads the cards of a file; a card without a lesson or a sentence is left out.
    pub fn read(text: &str) -> Glossary {
        let cards = text.split("## ").skip(1).filter_map(card);
        Glossary {
            cards: cards.collect(),
        }
    }

    /// The cards, in order.
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// The parts of a text. A term is marked where it comes first: those of `seen` are not, and are added to it.
    pub fn parts<'a>(&self, text: &'a str, seen: &mut BTreeSet<usize>) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((start, end, card)) =
            self.first_term(rest, text.len() - rest.len(), text, seen)
        {
            if start > 0 {
                parts.push(Part::Plain(&rest[..start]));
            }
            parts.push(Part::Term(&rest[start..end], card));
            seen.insert(card);
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            parts.push(Part::Plain(rest));
        }
        parts
    }

    /// The term that comes first in the rest of a text, which begins at `offset`; of those that begin at one place, the
    /// longest.
    fn first_term(
        &self,
        rest: &str,
        offset: usize,
        text: &str,
        seen: &BTreeSet<usize>,
    ) -> Option<(usize, usize, usize)> {
        let mut first: Option<(usize, usize, usize)> = None;
        for (index, card) in self.cards.iter().enumerate() {
            if seen.contains(&index) {
                continue;
            }
            for form in &card.forms {
                let mut places = rest.match_indices(form.as_str()).map(|(start, _)| start);
                let Some(start) = places.find(|start| is_whole(text, offset + start, form.len()))
                else {
                    continue;
                };
                let end = start + form.len();
                let is_first = first.is_none_or(|(before, longest, _)| {
                    start < before || (start == before && end > longest)
                });
                if is_first {
                    first = Some((start, end, index));
                }
            }
        }
        first
    }
}

/// Whether the text at a position is a whole word. In Korean a particle may follow it.
fn is_whole(text: &str, start: usize, length: usize) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
    let before = text[..start].chars().next_back();
    let mut after = text[start + length..].chars();
    let next = after.next();
    let is_hyphenated = next == Some('-') || next == Some('_');
    let continues = next.is_some_and(|letter| letter.is_ascii_alphanumeric()) || is_hyphenated;
    !before.is_some_and(joins) && !continues
}

/// Reads a card from what follows its `## `.
fn card(source: &str) -> Option<Card> {
    let mut lines = source.lines();
    let term = lines.next()?.trim().to_owned();
    let mut lesson = None;
    let mut forms = vec![term.clone()];
    let mut text = Vec::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(folder) = line.strip_prefix("lesson: ") {
            lesson = Some(folder.to_owned());
        } else if let Some(others) = line.strip_prefix("also: ") {
            forms.extend(others.split(", ").map(str::to_owned));
        } else {
            text.push(line);
        }
    }
    Some(Card {
        term,
        lesson: lesson?,
        text: Some(text.join(" ")).filter(|text| !text.is_empty())?,
        forms,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary() -> Glossary {
        Glossary::read(
            "## endpoint\n\nlesson: 08-a\nalso: endpoints\n\nAn address.\n\n## DNAT\n\nlesson: 04-b\n\nA rewrite.\n\n\
             ## 레이블\n\nlesson: 02-c\n\n열쇠와 값.\n\n## half\n\nno lesson\n",
        )
    }

    fn marked(text: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let parts = glossary();
        let parts = parts.parts(text, &mut seen);
        let shown = |part: &Part| match part {
            Part::Plain(text) => (*text).to_owned(),
            Part::Term(text, card) => format!("[{text} {card}]"),
        };
        parts.iter().map(shown).collect()
    }

    #[test]
    fn a_card_without_a_lesson_is_left_out() {
        let terms: Vec<String> = glossary().cards.into_iter().map(|card| card.term).collect();
        assert_eq!(terms, ["endpoint", "DNAT", "레이블"]);
    }

    #[test]
    fn a_term_is_marked_where_it_comes_first_in_its_longest_form() {
        assert_eq!(
            marked("2 endpoints, one endpoint, DNAT"),
            ["2 ", "[endpoints 0]", ", one endpoint, ", "[DNAT 1]"]
        );
    }

    #[test]
    fn a_part_of_a_word_is_no_term() {
        for text in [
            "my-endpoint",
            "endpointer",
            "pre레이블",
            "DNAT-rule",
            "10.DNAT",
        ] {
            assert_eq!(marked(text), [text]);
        }
    }

    #[test]
    fn a_korean_particle_may_follow() {
        assert_eq!(
            marked("DNAT를 하고 레이블을 본다"),
            ["[DNAT 1]", "를 하고 ", "[레이블 2]", "을 본다"]
        );
    }

    #[test]
    fn a_text_keeps_every_letter() {
        for text in ["", "endpoint", "a endpoint b", "레이블"] {
            assert_eq!(marked(text).is_empty(), text.is_empty());
            let mut seen = BTreeSet::new();
            let glossary = glossary();
            let parts = glossary.parts(text, &mut seen);
            let joined = parts.iter().map(|part| match part {
                Part::Plain(text) | Part::Term(text, _) => *text,
            });
            assert_eq!(joined.collect::<String>(), text);
        }
    }
}
