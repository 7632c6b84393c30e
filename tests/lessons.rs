//! The course: every folder below `static/lessons/` is a whole lesson, and the engine agrees with it.
//!
//! Adding or translating a lesson needs no change here. `make bless` writes `course.json` anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use kubehop::answers::SeverityAnswer;
use kubehop::challenge::without_stale_comments;
use kubehop::expectations::ExpectationsAnswer;
use kubehop::view::course::{
    CourseAsk, CourseEntry, CourseLesson, CourseView, KeptAnswers, LessonSource, LessonText,
    Prediction, folder_of, read_text,
};
use kubehop::view::glossary::Glossary;
use kubehop::view::session::{Ask, Model};
use kubehop::{Catalogue, Config, Language, ProxyMode, Simulation, problems_as_text};

/// A folder, read.
struct Folder {
    id: String,
    manifest: String,
    lesson: CourseLesson,
    /// In the order of [`LANGUAGES`].
    texts: Vec<LessonText>,
}

const LANGUAGES: [&str; 2] = ["en", "ko"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/lessons")
}

/// The folder of a lesson or challenge.
fn path_of(id: &str) -> PathBuf {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    files.join(folder_of(id)).join(id)
}

/// Every lesson, then every challenge, in order.
fn folders() -> Vec<Folder> {
    let mut folders = folders_of("lessons");
    folders.extend(folders_of("challenges"));
    folders
}

fn folders_of(kind: &str) -> Vec<Folder> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("static")
        .join(kind);
    let entries = fs::read_dir(files).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    paths.sort();
    let folders: Vec<Folder> = paths.iter().map(|path| read(path)).collect();
    assert!(folders.len() >= 15, "{kind}: {} were found", folders.len());
    folders
}

fn read(path: &Path) -> Folder {
    let name = path.file_name().expect("a folder has a name");
    let id = name.to_string_lossy().into_owned();
    let file = |name: &str| {
        fs::read_to_string(path.join(name)).unwrap_or_else(|error| panic!("{id}/{name}: {error}"))
    };
    let lesson = CourseLesson::read(&file("lesson.yaml"), &Catalogue::of_page(Language::English));
    let lesson = lesson.unwrap_or_else(|mistakes| {
        panic!("{id}/lesson.yaml: {}", problems_as_text(&mistakes.problems))
    });
    let text = |language: &&str| {
        let text = read_text(&file(&format!("{language}.md")));
        text.unwrap_or_else(|fault| panic!("{id}/{language}.md: {fault:?}"))
    };
    Folder {
        manifest: file("manifest.yaml"),
        texts: LANGUAGES.iter().map(text).collect(),
        lesson,
        id,
    }
}

/// Both modes of kube-proxy; a lesson that sets the mode has it in both.
fn modes() -> [Config; 2] {
    [ProxyMode::Iptables, ProxyMode::Nftables].map(|mode| {
        let mut config = Config::default();
        config.proxy.mode = mode;
        config
    })
}

fn met(answer: &ExpectationsAnswer) -> usize {
    answer.expectations.iter().filter(|one| one.met).count()
}

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
                    let options = one.options.iter().map(|(id, _)| id.clone());
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

/// The files of a lesson, as the page loads them.
fn source_of(id: &str) -> LessonSource {
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
fn opened(folder: &Folder) -> Model {
    let mut model = Model::new();
    let json = fs::read_to_string(root().join("course.json")).expect("the list is there");
    let progress = String::new();
    model.handle(Ask::Course(CourseAsk::List { json, progress }));
    let source = source_of(&folder.id);
    model.handle(Ask::Course(CourseAsk::Open(source)));
    model
}

fn course(model: &Model) -> CourseView {
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
