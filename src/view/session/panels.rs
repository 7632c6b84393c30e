//! The parts of the page that are large and made only while they are open: rules, DNS, endpoints, palette, trace.

use std::rc::Rc;

use super::Model;
use super::events::{PossibleEvent, possible_anywhere};
use crate::view::event_lines;
use crate::view::i18n::Catalogue;
use crate::view::page_text::PageSentence;
use crate::view::page_view::{
    CopiedText, DnsView, EndpointState, EndpointView, EndpointsView, EnvironmentView, PanelsView,
    QuestionView, SliceView, Tone,
};
use crate::view::scene::ShapeId;
use kubehop_engine::cluster::object::{Endpoint, EndpointSlice, SlicePort};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::dns::environment;
use kubehop_engine::dns::resolver::{Lookup, Outcome};
use kubehop_engine::names::Family;
use kubehop_engine::sort;
use kubehop_engine::trace::Origin;

/// The most EndpointSlices that are listed.
const SLICES: usize = 60;

impl Model {
    pub(super) fn panels_view(&self, words: &Catalogue) -> PanelsView {
        let panels = &self.display.panels;
        let rules = panels.rules.as_ref();
        PanelsView {
            rules: rules
                .and_then(|panel| self.rules_view(panel, words))
                .map(Rc::new),
            dns: panels.dns.then(|| Rc::new(self.dns_view())),
            endpoints: panels
                .endpoints
                .as_ref()
                .map(|wanted| Rc::new(self.endpoints_view(wanted, words))),
            search: panels
                .search
                .as_ref()
                .map(|panel| Rc::new(self.search_view(panel, words))),
            commands: panels.commands.then(|| self.event_lines(words).into()),
            trace: (panels
                .trace
                .then(|| self.copied(&CopiedText::Json, words))
                .flatten())
            .map(Into::into),
        }
    }

    /// What can happen anywhere.
    fn event_lines(&self, words: &Catalogue) -> String {
        let possible = possible_anywhere(&self.network.resolved);
        event_lines::written(possible.iter().map(|event| {
            let name = words.format_part(&PossibleEvent::from(event), "command");
            (event.to_string(), name.unwrap_or_default())
        }))
    }

    /// The family of the address that the shown connection calls.
    pub(super) fn family(&self) -> Family {
        match &self.trace {
            Some(trace) => trace.family(),
            None => Family::V4,
        }
    }

    fn dns_view(&self) -> DnsView {
        let lookup = self.trace.as_ref().and_then(|trace| trace.lookup.as_ref());
        match lookup {
            Some(lookup) => DnsView {
                resolv_conf: lookup.resolv_conf.to_string(),
                questions: lookup.resolution.lookups.iter().map(question).collect(),
            },
            None => DnsView {
                resolv_conf: String::new(),
                questions: Vec::new(),
            },
        }
    }

    fn endpoints_view(&self, wanted: &str, words: &Catalogue) -> EndpointsView {
        let mut slices: Vec<&EndpointSlice> = self.network.cluster().slices.values().collect();
        let called = self.trace.as_ref().and_then(|trace| trace.service.as_ref());
        sort::sort_by_key(&mut slices, |slice| {
            let name = slice.metadata.id();
            let is_called = slice.service().as_ref() == called && called.is_some();
            (!is_called, is_system(&name), name)
        });
        let wanted = wanted.trim().to_lowercase();
        let views = slices.into_iter().map(slice_view);
        let mut views: Vec<SliceView> =
            views.filter_map(|slice| matching(slice, &wanted)).collect();
        let count = views.len().saturating_sub(SLICES);
        views.truncate(SLICES);
        EndpointsView {
            slices: views,
            more: (count > 0).then(|| words.format(&PageSentence::MoreSlices { count }).text),
            environment: self.environment_view(words),
        }
    }

    /// The variables of the calling pod's first container, and the Services that came too late for it.
    fn environment_view(&self, words: &Catalogue) -> EnvironmentView {
        let Ok(Origin::Pod(name)) = self.request.from.parse::<Origin>() else {
            return EnvironmentView::NoPod;
        };
        let resolved = &self.network.resolved;
        let Some(pod) = resolved.cluster.pod(&name) else {
            return EnvironmentView::Missing;
        };
        let Some(container) = pod.spec.containers.first() else {
            return EnvironmentView::Missing;
        };
        let variables = environment::of_container(resolved, pod, container);
        let missed: Vec<&str> = environment::services_without_variables(resolved, pod)
            .iter()
            .map(|service| service.metadata.name.as_str())
            .collect();
        let sentence = PageSentence::CameLater {
            services: missed.join(", "),
        };
        EnvironmentView::Container {
            title: format!("{} · {}", pod.metadata.name, container.name),
            variables: variables
                .iter()
                .map(|variable| format!("{variable}\n"))
                .collect(),
            missed: (!missed.is_empty()).then(|| words.format(&sentence).text),
        }
    }
}

/// One name asked for, as `dig` prints it.
fn question(lookup: &Lookup) -> QuestionView {
    let records: Vec<String> = lookup.answer.iter().map(ToString::to_string).collect();
    QuestionView {
        name: format!("{}.", lookup.name),
        outcome: lookup.outcome.to_string(),
        tone: match lookup.outcome {
            Outcome::Found | Outcome::Outside => Tone::Good,
            Outcome::NoData => Tone::Unsure,
            Outcome::NameError | Outcome::OutsideDenied => Tone::Bad,
        },
        answer: records.join("\n"),
    }
}

/// The slice, if it or its Service has the words in its name; else with those endpoints that have them.
fn matching(mut slice: SliceView, wanted: &str) -> Option<SliceView> {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    if !has(&slice.service) && !has(&slice.name) {
        slice.endpoints.retain(|endpoint| {
            has(&endpoint.address) || has(&endpoint.target) || has(&endpoint.node)
        });
        if slice.endpoints.is_empty() {
            return None;
        }
    }
    Some(slice)
}

fn slice_view(slice: &EndpointSlice) -> SliceView {
    let ports: Vec<String> = slice.ports.iter().map(port).collect();
    let service = slice.service().map(|service| service.to_string());
    SliceView {
        service: service.unwrap_or_default(),
        key: slice.service().map(ShapeId::Service),
        name: slice.metadata.name.to_string(),
        ports: if ports.is_empty() {
            "<unset>".to_owned()
        } else {
            ports.join(", ")
        },
        endpoints: slice.endpoints.iter().map(endpoint_view).collect(),
    }
}

fn port(port: &SlicePort) -> String {
    let number = match port.port {
        Some(number) => number.to_string(),
        None => "<unset>".to_owned(),
    };
    let protocol = port.protocol.unwrap_or_default();
    match port.name.as_deref() {
        None | Some("") => format!("{number}/{protocol}"),
        Some(name) => format!("{name} {number}/{protocol}"),
    }
}

fn endpoint_view(endpoint: &Endpoint) -> EndpointView {
    let conditions = endpoint.conditions;
    let address = endpoint.addresses.first().map(ToString::to_string);
    let target = endpoint.target_ref.as_ref();
    EndpointView {
        address: address.unwrap_or_default(),
        state: match (conditions.is_ready(), conditions.is_terminating()) {
            (_, true) => EndpointState::Terminating,
            (true, false) => EndpointState::Ready,
            (false, false) => EndpointState::NotReady,
        },
        target: target
            .map(|target| target.name.to_string())
            .unwrap_or_default(),
        key: target
            .filter(|target| target.kind == "Pod")
            .map(|target| ShapeId::Pod(target.id())),
        node: endpoint.node_name.as_deref().unwrap_or_default().to_owned(),
    }
}
