//! The left side: the text, the settings of the cluster, the lesson.

use yew::prelude::*;

use super::Page;
use crate::address::Mode;
use crate::cluster_form::ClusterForm;
use crate::editor_pane::EditorPane;
use crate::lesson_tab::LessonTab;
use crate::message::{Side, Tab};
use crate::problems::Problems;
use crate::shared::Same;
use crate::sheet::Grip;
use crate::tabs::Tabs;

impl Page<'_> {
    pub(super) fn left(&self) -> Html {
        let Page { state, shown, send } = *self;
        let view = &shown.view;
        let open = if state.narrow {
            state.sheet
        } else {
            state.left
        };
        let is_away = state.narrow && !open.is_left();
        let tabs = if state.narrow { Tab::ALL } else { Tab::LEFT };
        let manifests = html! {
            <>
                <EditorPane
                    key={format!("{:?}", state.address.mode)}
                    text={state.text.clone()}
                    problems={Same(view.problems.clone())}
                    lit={Same(view.lit.clone())}
                    links={Same(view.links.clone())}
                    order={state.order.clone()}
                    readonly={state.address.mode == Mode::View}
                    send={send.clone()}
                />
                <Problems
                    problems={Same(view.problems.clone())}
                    lit={Same(view.lit.clone())}
                    links={Same(view.links.clone())}
                    happened={!view.events.is_empty()}
                    send={send.clone()}
                />
            </>
        };
        let cluster = || {
            let settings = Same(view.settings.clone());
            html! { <ClusterForm {settings} send={send.clone()} /> }
        };
        let lesson = || {
            let course = Same(view.course.clone());
            let lesson = view.lesson.clone().map(Same);
            let is_under_way = state.course.is_under_way();
            html! { <LessonTab {lesson} {course} {is_under_way} send={send.clone()} /> }
        };
        html! {
            <aside
                class={classes!("side", "l", is_away.then_some("away"))}
                aria-label={shown.words.label("left-side")}
            >
                <Grip is_up={state.is_sheet_up} send={send.clone()} />
                if !is_away {
                    <Tabs {tabs} {open} send={send.clone()} />
                }
                { self.panel(Tab::Manifests, open == Tab::Manifests, manifests) }
                if open == Tab::Cluster {
                    { self.panel(Tab::Cluster, true, cluster()) }
                }
                if open == Tab::Lesson {
                    { self.panel(Tab::Lesson, true, lesson()) }
                }
                { self.edge(Side::Left) }
            </aside>
        }
    }
}
