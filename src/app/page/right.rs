//! The right side: the packet, rules, names, endpoints, the console.

use yew::prelude::*;

use super::Page;
use crate::dns_tab::DnsTab;
use crate::endpoints_tab::EndpointsTab;
use crate::kubectl_tab::KubectlTab;
use crate::message::{Side, Tab};
use crate::packet_tab::PacketTab;
use crate::rules_tab::RulesTab;
use crate::shared::Same;
use crate::sheet::Grip;
use crate::tabs::Tabs;

impl Page<'_> {
    pub(super) fn right(&self) -> Html {
        let Page { state, shown, send } = *self;
        let open = if state.narrow {
            state.sheet
        } else {
            state.right
        };
        let is_away = state.narrow && open.is_left();
        let tabs = if state.narrow { Tab::ALL } else { Tab::RIGHT };
        html! {
            <aside
                class={classes!("side", "r", is_away.then_some("away"))}
                aria-label={shown.words.label("right-side")}
            >
                <Grip is_up={state.is_sheet_up} send={send.clone()} />
                if !is_away {
                    <Tabs {tabs} {open} send={send.clone()} />
                    { self.panel(open, true, self.right_tab(open)) }
                }
                { self.edge(Side::Right) }
            </aside>
        }
    }

    fn right_tab(&self, open: Tab) -> Html {
        let Page { state, shown, send } = *self;
        let panels = &shown.view.panels;
        match open {
            Tab::Rules => {
                let rules = panels.rules.clone().map(Same);
                let (filter, hop) = (state.sought.rules.clone(), state.player.moment().hop);
                let links = Same(shown.view.links.clone());
                html! { <RulesTab {rules} {filter} {hop} {links} send={send.clone()} /> }
            }
            Tab::Dns => html! { <DnsTab lookup={panels.dns.clone().map(Same)} /> },
            Tab::Kubectl => {
                let exchanges = Same(state.console.clone());
                let completed = Same(state.completed.clone());
                html! { <KubectlTab {exchanges} {completed} send={send.clone()} /> }
            }
            Tab::Endpoints => {
                let endpoints = panels.endpoints.clone().map(Same);
                let filter = state.sought.endpoints.clone();
                let links = Same(shown.view.links.clone());
                html! { <EndpointsTab {endpoints} {filter} {links} send={send.clone()} /> }
            }
            Tab::Packet | Tab::Manifests | Tab::Cluster | Tab::Lesson => {
                let trace = state.player.trace.clone().map(Same);
                let moment = state.player.moment();
                let (hop, phase) = (moment.hop, moment.phase());
                let over = state.player.is_over();
                let error = shown.view.request.error.clone();
                let scene = Same(shown.view.scene.clone());
                let links = Same(shown.view.links.clone());
                let time = state.player.time;
                let many = state.player.flow.clone();
                let many = many.map(|flow| (Same(flow.clone()), flow.started(time)));
                let in_lesson = shown.view.lesson.is_some();
                let is_under_way = state.course.is_under_way();
                html! { <PacketTab {trace} {many} {scene} {links} {error} {in_lesson} {is_under_way} {hop} {phase} {over} send={send.clone()} /> }
            }
        }
    }
}
