//! The texts of lessons and the glossary: complete in every language, and Korean in one style and spelling.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kubehop::view::course::Prediction;
use kubehop::view::glossary::Glossary;

use super::folders::{LANGUAGES, folders, path_of};

#[test]
fn every_language_has_the_words_of_every_step() {
    for folder in folders() {
        for (language, text) in LANGUAGES.iter().zip(&folder.texts) {
            let what = format!("{}/{language}.md", folder.id);
            let ids = |prediction: &Prediction| -> Vec<String> {
                let options = prediction.options.iter().map(|option| option.id.clone());
                [prediction.id.clone()].into_iter().chain(options).collect()
            };
            let wanted: Vec<Vec<String>> = folder.lesson.predictions.iter().map(ids).collect();
            let written: Vec<Vec<String>> = text
                .predictions
                .iter()
                .map(|one| {
                    let options = one.options.iter().map(|option| option.id.clone());
                    [one.id.clone()].into_iter().chain(options).collect()
                })
                .collect();
            assert_eq!(written, wanted, "{what}");
            assert_eq!(text.hints.len(), 3, "{what}");
            let ticks = format!("{text:?}").matches('`').count();
            assert_eq!(ticks % 2, 0, "{what} has an odd number of backticks");
        }
    }
}

#[test]
fn a_korean_text_is_written_in_korean_and_in_one_style() {
    for folder in folders() {
        let path = path_of(&folder.id).join("ko.md");
        let source = fs::read_to_string(path).expect("it was read before");
        for polite in ["습니다.", "세요.", "입니다."] {
            assert!(!source.contains(polite), "{}/ko.md: {polite}", folder.id);
        }
        let has_hangul = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
        let text = &folder.texts[1];
        let sentences = [&text.goal, &text.title].into_iter();
        let sentences = sentences.chain(&text.hints).chain(&text.summary);
        for sentence in sentences.chain(&text.change) {
            assert!(has_hangul(sentence), "{}/ko.md: {sentence}", folder.id);
        }
    }
}

#[test]
fn the_glossary_has_the_same_cards_in_every_language_and_each_names_a_lesson() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/glossary");
    let read = |language: &&str| {
        let text = fs::read_to_string(files.join(format!("{language}.md"))).expect(language);
        let written = text.lines().filter(|line| line.starts_with("## ")).count();
        let glossary = Glossary::read(&text);
        assert_eq!(
            glossary.cards().len(),
            written,
            "{language}: a card is incomplete"
        );
        for card in glossary.cards() {
            let lesson = path_of(&card.lesson);
            assert!(
                lesson.is_dir(),
                "{language}: {}: {}",
                card.term,
                card.lesson
            );
            assert_eq!(
                card.text.matches('`').count() % 2,
                0,
                "{language}: {}",
                card.term
            );
        }
        glossary
    };
    let glossaries: Vec<Glossary> = LANGUAGES.iter().map(read).collect();
    let lessons = |glossary: &Glossary| -> Vec<String> {
        let cards = glossary.cards().iter();
        cards.map(|card| card.lesson.clone()).collect()
    };
    assert!(glossaries[0].cards().len() >= 30);
    assert_eq!(lessons(&glossaries[0]), lessons(&glossaries[1]));
    for card in glossaries[1].cards() {
        let has_hangul = card
            .text
            .chars()
            .any(|letter| ('가'..='힣').contains(&letter));
        assert!(has_hangul, "{}", card.term);
    }
}

#[test]
fn every_card_explains_a_term_of_some_lesson() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/glossary");
    for language in LANGUAGES {
        let text = fs::read_to_string(files.join(format!("{language}.md"))).expect(language);
        let glossary = Glossary::read(&text);
        let mut seen = BTreeSet::new();
        for folder in folders() {
            let path = path_of(&folder.id).join(format!("{language}.md"));
            let words = fs::read_to_string(path).expect("it was read before");
            glossary.parts(&words, &mut seen);
        }
        let cards = glossary.cards().iter().enumerate();
        let idle = cards.filter(|(index, _)| !seen.contains(index));
        let idle: Vec<&str> = idle.map(|(_, card)| card.term.as_str()).collect();
        assert_eq!(idle, Vec::<&str>::new(), "{language}");
    }
}

#[test]
fn a_korean_term_has_one_spelling_everywhere() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let mut paths = files_below(&files.join("messages/ko"));
    assert!(paths.len() > 20, "{} files of messages", paths.len());
    paths.push(files.join("glossary/ko.md"));
    paths.extend(
        folders()
            .iter()
            .map(|folder| path_of(&folder.id).join("ko.md")),
    );
    for path in paths {
        let source = fs::read_to_string(&path).expect("it can be read");
        for (index, line) in source.lines().enumerate() {
            for wrong in WRONG_SPELLINGS {
                let at = format!("{}:{}", path.display(), index + 1);
                assert!(!line.contains(wrong), "{at}: {wrong}: {line}");
            }
        }
    }
}

/// Spellings of terms that kubehop, mostly with kubernetes.io/ko, spells otherwise.
const WRONG_SPELLINGS: [&str; 24] = [
    "Kubernetes",
    "NetworkPolicy ",
    "시간 초과",
    "네트워크 폴리시",
    "네임 서버",
    "이름 서버",
    "애너테이션",
    "레디니스",
    "클러스터 IP",
    "듀얼 스택",
    "유형",
    "정류장",
    "매스커레이딩",
    "스테이트풀 셋",
    "엔드포인트 슬라이스",
    "네임 스페이스",
    "포드",
    "라벨",
    "로드 밸런서",
    "노드 포트",
    "엔드 포인트",
    "헤드레스",
    "메니페스트",
    "인그래스",
];

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let below = |path: PathBuf| {
        if path.is_dir() {
            files_below(&path)
        } else {
            vec![path]
        }
    };
    paths.flat_map(below).collect()
}
