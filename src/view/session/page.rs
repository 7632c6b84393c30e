//! What the page shows of a session, in the words of one language.

use std::rc::Rc;

use super::events::{self, PossibleEvent};
use super::problems::{ProblemSource, problems_view};
use super::trace_view::{hop_view, verdict_view};
use super::{Model, origins, targets};
use crate::simulation::answers::TraceAnswer;
use crate::simulation::convert;
use crate::view::cross_reference;
use crate::view::export::spell_out;
use crate::view::fix_preview::FixableText;
use crate::view::i18n::Catalogue;
use crate::view::layout;
use crate::view::lessons::{LESSONS, Lesson};
use crate::view::page_text::PageSentence;
use crate::view::page_view::{
    CopiedText, EventView, Labels, LessonTitle, LessonView, PageView, PossibleEventView,
    RequestView, Settings, Tone, TraceView,
};
use crate::{problems_as_text, trace_as_json, trace_as_markdown, trace_as_mermaid, trace_as_text};
use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::config::Creation;
use kubehop_engine::resolve::events::Event;
use kubehop_engine::ruleset::PrintedLine;
use kubehop_engine::sort;
use kubehop_engine::trace::{Trace, Verdict};

impl Model {
    /// Everything the page shows, in the words of a catalogue, but without the words of the page itself.
    pub fn page_view(&self, words: &Catalogue) -> PageView {
        let cluster = self.network.cluster();
        let request = RequestView {
            from: self.request.from.clone(),
            to: self.request.to.clone(),
            error: self.request_error(words),
            offers_client: self.offers_client(),
        };
        let flow = self.flow.as_ref();
        let say = |verdict: &Verdict| (words.format(verdict).text, Tone::of(verdict));
        let flow =
            flow.map(|sent| Rc::new(layout::flow(&self.scene, &sent.traces, sent.interval, say)));
        let saved = self.saved_without_text();
        let scene = spell_out(&self.scene, words);
        PageView {
            language: words.language(),
            labels: None,
            lessons: Rc::new(lesson_titles(words)),
            lesson: self
                .lesson
                .map(|lesson| Rc::new(lesson_view(lesson, words))),
            settings: Rc::new(settings(&self.config)),
            request: Rc::new(request),
            origins: Rc::new(origins(cluster)),
            targets: Rc::new(targets(&self.network)),
            stale: self.stale,
            unparsed: self.unparsed.as_ref().map(|said| words.format(said).text),
            scene: Rc::new(scene),
            trace: self
                .trace
                .as_ref()
                .map(|trace| Rc::new(self.trace_view(trace, words))),
            flow,
            open: self.sent.open.as_ref().map(|open| open.endpoint.clone()),
            is_new: self.is_new(),
            selected: self.focus.selected.clone(),
            links: Rc::new(self.links()),
            lit: Rc::new(self.lit_lines()),
            problems: Rc::new(problems_view(
                ProblemSource {
                    text: self.fixable_text(),
                    namesakes: &self.namesakes,
                },
                &self.diagnostics,
                words,
            )),
            events: Rc::new(self.past_events(words)),
            possible: Rc::new(self.possible_events(words)),
            counts: self.count_sentence(words).into(),
            kept: saved.to_json().into(),
            course: Rc::new(self.course_view(words)),
            panels: self.panels_view(words),
        }
    }

    /// Why what was typed is no request.
    fn request_error(&self, words: &Catalogue) -> Option<String> {
        let error = self.request_error.as_ref()?;
        Some(if self.request.to.is_empty() {
            words.format(&PageSentence::NothingToCall).text
        } else {
            words.format(error).text
        })
    }

    /// A text for the clipboard; `None` if there is nothing of the kind.
    pub fn copied(&self, what: &CopiedText, words: &Catalogue) -> Option<String> {
        match what {
            CopiedText::Trace => self.trace_answer(words).map(|trace| trace_as_text(&trace)),
            CopiedText::Json => self.trace_answer(words).map(|trace| trace_as_json(&trace)),
            CopiedText::Markdown => self
                .trace_answer(words)
                .map(|trace| trace_as_markdown(&trace)),
            CopiedText::Mermaid => self
                .trace_answer(words)
                .map(|trace| trace_as_mermaid(&trace)),
            CopiedText::Problems => {
                let diagnostics = self.diagnostics.iter();
                let problems: Vec<_> = diagnostics
                    .map(|diagnostic| convert::problem(diagnostic, words))
                    .collect();
                Some(problems_as_text(&problems))
            }
            CopiedText::Matrix(form, namespace) => {
                self.matrix_text(*form, namespace.as_deref(), words)
            }
            CopiedText::Rules(node) => {
                let lines = self.network.rules_lines(node, self.family());
                Some(PrintedLine::join(&lines))
            }
        }
    }

    fn trace_answer(&self, words: &Catalogue) -> Option<TraceAnswer> {
        let trace = self.trace.as_deref()?;
        Some(convert::trace(trace, &self.causes, words))
    }

    fn fixable_text(&self) -> FixableText<'_> {
        FixableText {
            text: &self.text,
            fixes: self.fixes(),
        }
    }

    fn trace_view(&self, trace: &Trace, words: &Catalogue) -> TraceView {
        // While the text is broken, the causes are about the text before it.
        let edited = (!self.stale).then(|| self.fixable_text());
        let hops = trace.hops.iter().enumerate();
        TraceView {
            hops: hops
                .map(|(index, hop)| hop_view(trace, index, hop, words))
                .collect(),
            verdict: verdict_view(trace, &self.causes, edited, words),
            endpoint: trace.verdict.answered_by().map(str::to_owned),
            timeline: layout::timeline(trace, self.display.motion),
            can_compare: self.can_compare(trace),
            both: self.both_view(words),
        }
    }

    /// The lines to light in the text; none while it is not the text of the picture.
    pub(super) fn lit_lines(&self) -> Vec<(u32, u32)> {
        if self.stale {
            return Vec::new();
        }
        cross_reference::lines(
            &self.network.resolved,
            self.trace.as_deref(),
            self.focus.object(),
        )
    }

    fn past_events(&self, words: &Catalogue) -> Vec<EventView> {
        let happened = |event: &Event| {
            // A lag of the rules is no command of its own.
            let cause = match event {
                Event::Lagging { event, .. } => event.as_ref(),
                other => other,
            };
            EventView {
                event: event.to_string(),
                text: words.format(&PossibleEvent::from(event)).text,
                command: event.kubectl(),
                cause: words.format_part(&PossibleEvent::from(cause), "cause"),
            }
        };
        self.events.iter().map(happened).collect()
    }

    fn possible_events(&self, words: &Catalogue) -> Vec<PossibleEventView> {
        let Some(selected) = &self.focus.selected else {
            return Vec::new();
        };
        let possible = events::possible(&self.network.resolved, selected);
        possible.iter().map(|event| offer(event, words)).collect()
    }

    fn count_sentence(&self, words: &Catalogue) -> String {
        let (services, pods, nodes) = self.counts();
        let sentence = PageSentence::Resolved {
            services,
            pods,
            nodes,
            took: "{took}".to_owned(),
        };
        words.format(&sentence).text
    }
}

/// The words of the page, which has no catalogue.
pub fn labels(words: &Catalogue) -> Labels {
    let label = |name: &String| (name.clone(), words.label(name));
    let mut labels: Vec<(String, String)> = words.label_names().iter().map(label).collect();
    sort::sort(&mut labels);
    Labels(labels)
}

/// An event that can be caused, in words.
fn offer(event: &Event, words: &Catalogue) -> PossibleEventView {
    let possible = PossibleEvent::from(event);
    let part = |name| words.format_part(&possible, name).unwrap_or_default();
    PossibleEventView {
        event: event.to_string(),
        act: part("act"),
        command: part("command"),
    }
}

fn settings(config: &Config) -> Settings {
    let first = |ranges: &[ipnet::IpNet]| ranges.first().map(ToString::to_string);
    Settings {
        nodes: config.nodes.to_string(),
        pod_cidr: first(&config.pod_cidrs).unwrap_or_default(),
        service_cidr: first(&config.service_cidrs).unwrap_or_default(),
        domain: config.domain.clone(),
        load_balancer: config.load_balancer.name().to_owned(),
        plugin: config.plugin.name().to_owned(),
        services_first: config.creation == Creation::ServicesFirst,
        proxy_mode: config.proxy.mode.name().to_owned(),
    }
}

fn lesson_titles(words: &Catalogue) -> Vec<LessonTitle> {
    let title = |lesson: &Lesson| LessonTitle {
        id: lesson.id.to_owned(),
        title: words.label(&format!("lesson-{}", lesson.id)),
    };
    LESSONS.iter().map(title).collect()
}

fn lesson_view(lesson: &Lesson, words: &Catalogue) -> LessonView {
    let name = format!("lesson-{}", lesson.id);
    let text = words.label_part(&name, "text");
    LessonView {
        id: lesson.id.to_owned(),
        title: words.label(&name),
        paragraphs: text.split("\n\n").map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::view::language::Language;
    use crate::view::page_view::Panels;
    use crate::view::session::{Effect, FromWorker, Hello, Reply, encode};
    use crate::view::svg::{self, PictureState};

    /// The session of a page that opens the first example.
    fn first_session(language: Language, width: f32) -> Model {
        Model::open(&Hello {
            link: None,
            kept: None,
            has_text: false,
            language,
            motion: crate::view::timeline::Motion::Travel,
            width,
            panels: Panels::default(),
        })
        .0
    }

    /// The answer to that page.
    fn first_view(language: Language, width: f32) -> Vec<u8> {
        let model = first_session(language, width);
        let words = Catalogue::of_page(language);
        let mut view = model.page_view(&words);
        view.labels = Some(Rc::new(labels(&words)));
        encode(&FromWorker::Reply(Box::new(Reply {
            number: 0,
            effects: vec![Effect::Rewrite(model.text.to_string())],
            view: Some(Box::new(view)),
            took: None,
        })))
    }

    /// The picture that is on that page before its program.
    fn first_picture(language: Language, width: f32) -> Vec<u8> {
        let model = first_session(language, width);
        let scene = spell_out(&model.scene, &Catalogue::of_page(language));
        let picture = svg::embedded(&PictureState::at_hop(&scene, 0));
        format!("{picture}\n").into_bytes()
    }

    /// Compares files of `static/` with what the program makes for each language and width, or writes them.
    fn expect_files(folder: &str, ending: &str, make: fn(Language, f32) -> Vec<u8>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for language in Language::ALL {
            for (name, width) in [("wide", 712.0), ("narrow", 390.0)] {
                let file = folder.join(format!("{}-{name}.{ending}", language.code()));
                let bytes = make(language, width);
                if std::env::var_os("UPDATE_EXPECT").is_some() {
                    fs::write(&file, &bytes).expect("the folder can be written to");
                }
                let written = fs::read(&file).unwrap_or_default();
                assert!(written == bytes, "`make bless` writes {}", file.display());
            }
        }
    }

    #[test]
    fn the_views_of_the_first_example_are_those_of_the_program() {
        expect_files("static/first-views", "view", first_view);
    }

    #[test]
    fn the_pictures_in_index_html_are_those_of_the_writer() {
        expect_files("static/first", "svg", first_picture);
    }
}
