//! Challenges made of lessons: each is broken, can be repaired, and is played like a lesson.

use std::collections::BTreeSet;

use kubehop::challenge::without_stale_comments;
use kubehop::view::course::{CourseAsk, KeptAnswers, LessonSource};
use kubehop::view::session::Ask;
use kubehop::{Catalogue, Config, Language, Simulation, problems_as_text};

use super::folders::{folders_of, modes};
use super::playing::{course, opened, source_of};

/// How many challenges are made of each lesson.
const SEEDS: u64 = 5;

#[test]
fn a_generated_challenge_fails_and_its_repair_passes_in_every_mode() {
    let mut sorts = BTreeSet::new();
    for folder in folders_of("lessons") {
        for seed in 0..SEEDS {
            let made = folder.lesson.generated(&folder.manifest, seed);
            let what = format!("{} {seed}", folder.id);
            let (lesson, made) = made.unwrap_or_else(|| panic!("{what}: nothing was made"));
            let (ended, _) = folder
                .lesson
                .changed(&folder.manifest, &Config::default())
                .expect(&what);
            let repaired = made.repaired();
            let bare = |text: &str| without_stale_comments("", text);
            assert!(
                [&ended, &folder.manifest]
                    .map(|text| bare(text))
                    .contains(&bare(&repaired)),
                "{what}: {repaired}"
            );
            // No comment of the lesson stays where something else is written now.
            let written: Vec<&str> = folder.manifest.lines().collect();
            let stale = made
                .manifest
                .lines()
                .find(|line| !written.contains(line) && line.contains(" #"));
            assert_eq!(stale, None, "{what}");
            for mode in modes() {
                let config = lesson.config(&mode);
                let met = |text: &str| {
                    let answer = Simulation::open(text, &config).check(&made.expectations);
                    let answer = answer.unwrap_or_else(|faults| {
                        panic!("{what}: {}", problems_as_text(&faults.problems))
                    });
                    let met: Vec<bool> = answer.expectations.iter().map(|one| one.met).collect();
                    met
                };
                let (before, after) = (met(&made.manifest), met(&made.repaired()));
                assert!(!before[0], "{what}: {}", made.manifest);
                assert!(after.iter().all(|met| *met), "{what}");
            }
            sorts.insert(made.breaker);
        }
    }
    assert!(sorts.len() >= 12, "{sorts:?}");
}

#[test]
fn a_generated_challenge_is_played_in_both_languages_and_kept_over_a_reload() {
    for folder in folders_of("lessons").into_iter().step_by(4) {
        let id = format!("g20261129-{}", folder.id);
        let made = folder.lesson.generated(&folder.manifest, 20_261_129);
        let (_, made) = made.expect(&id);
        let source = LessonSource {
            id: id.clone(),
            ..source_of(&folder.id)
        };
        let mut model = opened(&folder);
        model.handle(Ask::Course(CourseAsk::Open(source.clone())));
        assert_eq!(*model.text, *made.manifest, "{id}");
        for (language, title) in [
            (Language::English, "Challenge 2026-11-29"),
            (Language::Korean, "챌린지 2026-11-29"),
        ] {
            let view = model.page_view(&Catalogue::of_page(language));
            let open = view.course.open.clone().expect("it is open");
            assert_eq!(open.title, title);
            assert!(open.is_change_open && open.is_generated);
        }
        model.handle(Ask::Course(CourseAsk::Check));
        let failed = course(&model).open.expect("it is open").checks.remove(0);
        assert_eq!(failed.is_met, Some(false), "{id}");
        assert!(failed.instead.is_some(), "{id}");
        for _ in 0..4 {
            model.handle(Ask::Course(CourseAsk::Hint));
        }
        let hinted = course(&model).open.expect("it is open");
        assert_eq!((hinted.hints.len(), hinted.next_hint.as_ref()), (3, None));
        let kept = KeptAnswers::of(&hinted);
        model.handle(Ask::Edit(made.repaired()));
        model.handle(Ask::Course(CourseAsk::Check));
        let passed = course(&model);
        assert!(!passed.open.expect("it is open").summary.is_empty(), "{id}");
        assert_eq!(passed.progress, format!("{id} 3\n"));
        model.handle(Ask::Course(CourseAsk::Resume(source, kept)));
        let resumed = course(&model).open.expect("it is open");
        assert_eq!(resumed.hints, hinted.hints);
    }
}
