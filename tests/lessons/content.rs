//! What a lesson asks, changes and checks is true of its cluster.

use std::collections::BTreeSet;

use expect_test::expect_file;
use kubehop::answers::SeverityAnswer;
use kubehop::expectations::ExpectationsAnswer;
use kubehop::view::course::{CourseEntry, Prediction};
use kubehop::{Config, Simulation};

use super::folders::{Folder, folders, folders_of, modes, root};

#[test]
fn exactly_one_option_of_each_prediction_is_right() {
    for folder in folders() {
        for mode in modes() {
            let config = folder.lesson.config(&mode);
            let simulation = Simulation::open(&folder.manifest, &config);
            for prediction in &folder.lesson.predictions {
                let right = prediction.right_options(&simulation);
                let names = right.iter().map(|index| &prediction.options[*index].id);
                let names: Vec<&String> = names.collect();
                let what = format!("{} {} {:?}", folder.id, prediction.id, config.proxy.mode);
                assert_eq!(names.len(), 1, "{what}: {names:?} are right");
                check_deciding_hop(&simulation, prediction, &what);
            }
        }
    }
}

/// The connection that a prediction is about has the hop that decides.
fn check_deciding_hop(simulation: &Simulation, prediction: &Prediction, what: &str) {
    let Some((from, to)) = &prediction.request else {
        return;
    };
    let mut later = None;
    for event in &prediction.after {
        let next = later.as_ref().unwrap_or(simulation).apply(event);
        later = Some(next.expect(what));
    }
    let simulation = later.as_ref().unwrap_or(simulation);
    let request = simulation.request(from, to).expect(what);
    let trace = simulation.trace(&request, 0, 0).expect(what);
    let reasons: Vec<&str> = trace
        .hops
        .iter()
        .map(|hop| hop.reason.id.as_str())
        .collect();
    let wanted = format!("reason-{}", prediction.decides);
    assert!(
        prediction.decides.is_empty() || reasons.contains(&wanted.as_str()),
        "{what}: no hop is {wanted}: {reasons:?}"
    );
}

#[test]
fn every_check_fails_before_the_change_and_holds_after_it() {
    for folder in folders() {
        for mode in modes() {
            let config = folder.lesson.config(&mode);
            let before = Simulation::open(&folder.manifest, &config);
            let before = folder.lesson.check(&before);
            assert!(!before.all_met(), "{} holds before the change", folder.id);
            let (text, config) = folder
                .lesson
                .changed(&folder.manifest, &config)
                .unwrap_or_else(|missing| panic!("{}: {missing:?}", folder.id));
            let after = folder.lesson.check(&Simulation::open(&text, &config));
            let failed = after.expectations.iter().find(|one| !one.met);
            let said = failed.map(|one| format!("{}: {}", one.question, one.statement));
            assert_eq!(
                (met(&after), said),
                (after.expectations.len(), None),
                "{} {:?}",
                folder.id,
                config.proxy.mode
            );
        }
    }
}

fn met(answer: &ExpectationsAnswer) -> usize {
    answer.expectations.iter().filter(|one| one.met).count()
}

#[test]
fn a_cheat_does_not_pass_a_challenge() {
    for folder in folders_of("challenges") {
        assert!(folder.lesson.predictions.is_empty(), "{}", folder.id);
        assert!(!folder.lesson.cheats.is_empty(), "{}", folder.id);
        for mode in modes() {
            let config = folder.lesson.config(&mode);
            for cheat in &folder.lesson.cheats {
                let what = format!("{}: {} {:?}", folder.id, cheat.name, config.proxy.mode);
                let (text, config) = cheat
                    .changed(&folder.manifest, &config)
                    .unwrap_or_else(|missing| panic!("{what}: {missing:?}"));
                let answer = folder.lesson.check(&Simulation::open(&text, &config));
                assert!(!answer.all_met(), "{what} passes");
            }
        }
    }
}

/// The challenge in which a call is answered that must not be.
const ANSWERED: &str = "c11-one-dash-too-many";

#[test]
fn the_first_call_of_a_challenge_shows_what_is_broken() {
    for folder in folders_of("challenges") {
        let lesson = &folder.lesson;
        let config = lesson.config(&Config::default());
        let mut simulation = Simulation::open(&folder.manifest, &config);
        for event in &lesson.after {
            simulation = simulation.apply(event).expect(&folder.id);
        }
        let request = simulation.request(&lesson.from, &lesson.to);
        let trace = simulation.trace(&request.expect(&folder.id), 0, 0);
        let trace = trace.expect(&folder.id);
        assert_eq!(
            trace.verdict.id == "verdict-answered",
            folder.id == ANSWERED,
            "{}: {}",
            folder.id,
            trace.verdict
        );
    }
}

#[test]
fn a_lesson_asks_for_predictions() {
    for folder in folders_of("lessons") {
        assert!(!folder.lesson.predictions.is_empty(), "{}", folder.id);
    }
}

#[test]
fn no_server_would_reject_a_lesson_before_or_after_its_change() {
    for folder in folders() {
        let config = folder.lesson.config(&Config::default());
        let (text, _) = folder
            .lesson
            .changed(&folder.manifest, &config)
            .expect("every change is of the manifest");
        for text in [&folder.manifest, &text] {
            let problems = Simulation::open(text, &config).problems().problems;
            let errors: Vec<&str> = problems
                .iter()
                .filter(|problem| problem.severity == SeverityAnswer::Error)
                .map(|problem| problem.statement.text.as_str())
                .collect();
            assert_eq!(errors, Vec::<&str>::new(), "{}", folder.id);
        }
    }
}

#[test]
fn the_list_of_the_course_is_that_of_the_folders() {
    let folders = folders();
    let entry = |folder: &Folder| CourseEntry {
        id: folder.id.clone(),
        section: folder.lesson.section.clone(),
        minutes: folder.lesson.minutes,
        en: folder.texts[0].title.clone(),
        ko: folder.texts[1].title.clone(),
    };
    let entries: Vec<CourseEntry> = folders.iter().map(entry).collect();
    let numbers: BTreeSet<&str> = entries.iter().map(CourseEntry::number).collect();
    assert_eq!(numbers.len(), entries.len(), "two lessons have one number");
    let json = serde_json::to_string_pretty(&entries).expect("entries are JSON");
    expect_file![root().join("course.json")].assert_eq(&format!("{json}\n"));
}
