//! A lesson that is open in a session, played from its first step to its last.

use std::fs;

use kubehop::view::course::{CourseAsk, CourseView, KeptAnswers, LessonSource};
use kubehop::view::session::{Ask, Model};
use kubehop::{Catalogue, Language};

use super::folders::{Folder, folders, folders_of, path_of, root};

/// The files of a lesson, as the page loads them.
pub(crate) fn source_of(id: &str) -> LessonSource {
    let file = |name: &str| {
        let path = path_of(id).join(name);
        fs::read_to_string(path).expect("it was read before")
    };
    LessonSource {
        id: id.to_owned(),
        manifest: file("manifest.yaml"),
        lesson: file("lesson.yaml"),
        text: file("ko.md"),
    }
}

/// A session in which a lesson is open.
pub(crate) fn opened(folder: &Folder) -> Model {
    let mut model = Model::new();
    let json = fs::read_to_string(root().join("course.json")).expect("the list is there");
    let progress = String::new();
    model.handle(Ask::Course(CourseAsk::List { json, progress }));
    let source = source_of(&folder.id);
    model.handle(Ask::Course(CourseAsk::Open(source)));
    model
}

pub(crate) fn course(model: &Model) -> CourseView {
    let view = model.page_view(&Catalogue::of_page(Language::Korean));
    view.course.as_ref().clone()
}

#[test]
fn every_lesson_can_be_done_from_its_first_step_to_its_check() {
    for folder in folders() {
        let mut model = opened(&folder);
        for index in 0..folder.lesson.predictions.len() {
            let before = course(&model).open.expect("a lesson is open");
            assert!(before.predictions[index].is_open && !before.is_change_open);
            model.handle(Ask::Course(CourseAsk::Choose {
                prediction: index,
                option: 0,
            }));
            model.handle(Ask::Course(CourseAsk::Try(index)));
            let after = course(&model).open.expect("a lesson is open");
            let prediction = &after.predictions[index];
            let what = format!("{} {index}", folder.id);
            let comparison = prediction.comparison.as_ref().expect(&what);
            assert!(comparison.right.is_some(), "{what}");
            assert_eq!(comparison.is_right, comparison.right == Some(0), "{what}");
            let says = !comparison.happened.is_empty() || comparison.output.is_some();
            assert!(says, "{what} says what happened");
            let decides = &folder.lesson.predictions[index].decides;
            let is_one = folder.lesson.predictions[index].connections == 1;
            let has_hop = !decides.is_empty() && is_one;
            assert_eq!(comparison.hop.is_some(), has_hop, "{what}");
        }
        check_is_passed_by_the_change_alone(&mut model, &folder);
    }
}

fn check_is_passed_by_the_change_alone(model: &mut Model, folder: &Folder) {
    // The checks are shown before they are run.
    let open = course(model).open.expect("a lesson is open");
    assert!(open.is_change_open && !open.checks.is_empty());
    assert!(open.checks.iter().all(|check| check.is_met.is_none()));
    model.handle(Ask::Course(CourseAsk::Check));
    let failed = course(model);
    let open = failed.open.expect("a lesson is open");
    for check in &open.checks {
        let is_unmet = check.is_met == Some(false);
        assert_eq!(check.instead.is_some(), is_unmet, "{}", folder.id);
    }
    assert!(open.summary.is_empty() && failed.progress.is_empty());
    let changed = folder.lesson.changed(&folder.manifest, &model.config);
    let (text, config) = changed.expect("every change is of the manifest");
    model.config = config;
    model.handle(Ask::Edit(text));
    model.handle(Ask::Course(CourseAsk::Hint));
    model.handle(Ask::Course(CourseAsk::Check));
    let passed = course(model);
    let open = passed.open.expect("a lesson is open");
    // The picture shows what was checked, not what a prediction asked.
    let first = &open.checks[0];
    if first.question.contains('→') {
        assert!(first.question.ends_with(&model.request.to), "{}", folder.id);
        assert_eq!(first.after.is_empty(), model.events.is_empty());
    }
    assert!(open.checks.iter().all(|check| check.is_met == Some(true)));
    assert!(!open.summary.is_empty(), "{}", folder.id);
    assert_eq!(passed.progress, format!("{} 1\n", folder.id));
    assert_eq!(passed.items.iter().filter(|item| item.is_done).count(), 1);
}

#[test]
fn a_picture_does_not_answer_a_question_that_is_open() {
    let words = Catalogue::of_page(Language::English);
    let shown = |model: &Model| {
        let scene = model.page_view(&words).scene;
        let texts = scene.shapes.iter().flat_map(|shape| &shape.texts);
        let texts: Vec<String> = texts.map(|text| format!("{:?}", text.content)).collect();
        texts.join("\n")
    };
    for folder in folders_of("lessons") {
        let mut model = opened(&folder);
        for (index, prediction) in folder.lesson.predictions.iter().enumerate() {
            let texts = shown(&model);
            let mut telling = vec![
                "no endpoint",
                "endpoints ready",
                "not selected",
                "nobody answers",
                "node-1 answers",
            ];
            if prediction.command.is_some() {
                telling.push("<pending>");
            }
            for told in telling {
                assert!(!texts.contains(told), "{} {index}: {told}", folder.id);
            }
            model.handle(Ask::Course(CourseAsk::Try(index)));
        }
        if folder.id == "14-load-balancer" {
            let texts = shown(&model);
            assert!(texts.contains("3 of 3 endpoints ready") && texts.contains("<pending>"));
        }
    }
}

#[test]
fn answers_are_kept_over_a_reload() {
    for folder in folders_of("lessons").into_iter().step_by(5) {
        let mut model = opened(&folder);
        for index in 0..folder.lesson.predictions.len() {
            let (prediction, option) = (index, index % 2);
            model.handle(Ask::Course(CourseAsk::Choose { prediction, option }));
            model.handle(Ask::Course(CourseAsk::Try(index)));
        }
        model.handle(Ask::Course(CourseAsk::Hint));
        let before = course(&model).open.expect("a lesson is open");
        let kept = KeptAnswers::of(&before);
        assert_eq!(KeptAnswers::read(&kept.text()), kept);
        let mut reloaded = opened(&folder);
        let source = source_of(&folder.id);
        reloaded.handle(Ask::Course(CourseAsk::Resume(source, kept)));
        assert_eq!(course(&reloaded).open, Some(before), "{}", folder.id);
    }
}

#[test]
fn a_check_that_does_not_hold_says_what_happens_in_the_language_at_hand() {
    let folders = folders_of("challenges");
    let is_payment = |folder: &&Folder| folder.id.starts_with("c15-");
    let mut model = opened(folders.iter().find(is_payment).expect("it is there"));
    model.handle(Ask::Course(CourseAsk::Check));
    for (language, said) in [
        (Language::English, "instead: Connection refused."),
        (Language::Korean, "실제 결과: 연결이 거부되었습니다."),
    ] {
        let view = model.page_view(&Catalogue::of_page(language));
        let open = view.course.open.as_ref().expect("it is open");
        assert_eq!(open.checks[0].instead.as_deref(), Some(said));
        assert_eq!(open.checks[1].instead, None);
    }
}

#[test]
fn a_lesson_that_cannot_be_read_is_said_and_closes_nothing() {
    let folder = folders().remove(0);
    let mut model = opened(&folder);
    let text = model.text.clone();
    model.handle(Ask::Course(CourseAsk::Open(LessonSource {
        id: "99-none".to_owned(),
        manifest: "a: b".to_owned(),
        lesson: "section: basics".to_owned(),
        text: "# Title".to_owned(),
    })));
    assert!(course(&model).is_unreadable);
    assert_eq!(model.text, text);
    for ask in [CourseAsk::Try(7), CourseAsk::Hint, CourseAsk::Check] {
        model.handle(Ask::Course(ask));
    }
}
