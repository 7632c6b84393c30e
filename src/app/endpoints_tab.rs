//! What stands behind each Service: its EndpointSlices; and which of them the caller has variables for.

use kubehop::engine::cluster::object::{Endpoint, EndpointSlice};
use kubehop::engine::cluster::system_objects::is_system;
use kubehop::engine::dns::environment;
use kubehop::engine::sort;
use kubehop::engine::trace::{Network, Origin};
use yew::prelude::*;

use super::page_text::Line;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The cluster.
    pub world: Same<Network>,
    /// Who calls.
    pub from: String,
}

/// At most this many slices are listed.
const SLICES: usize = 60;

/// The Endpoints tab.
#[component]
pub fn EndpointsTab(props: &Props) -> Html {
    let words = use_words();
    let cluster = &props.world.resolved.cluster;
    let mut slices: Vec<&EndpointSlice> = cluster.slices.values().collect();
    sort::sort_by_key(&mut slices, |slice| {
        let name = slice.metadata.id();
        (is_system(&name), name)
    });
    html! {
        <>
            if slices.is_empty() { <p class="sec dim">{ words.label("no-slices") }</p> }
            { for slices.into_iter().take(SLICES).map(|slice| section(slice, &words)) }
            { variables(&props.world, &props.from, &words) }
        </>
    }
}

/// The variables of the calling pod's first container, and the Services that came too late for it.
fn variables(world: &Network, from: &str, words: &super::shared::Words) -> Html {
    let Ok(Origin::Pod(name)) = from.parse::<Origin>() else {
        return html! { <p class="sec dim">{ words.label("environment-of-a-pod") }</p> };
    };
    let resolved = &world.resolved;
    let pod = resolved.cluster.pod(&name);
    let Some((pod, container)) = pod.and_then(|pod| Some((pod, pod.spec.containers.first()?)))
    else {
        return Html::default();
    };
    let all: String = environment::of_container(resolved, pod, container)
        .iter()
        .map(|variable| format!("{variable}\n"))
        .collect();
    let missed: Vec<&str> = environment::services_without_variables(resolved, pod)
        .iter()
        .map(|service| service.metadata.name.as_str())
        .collect();
    html! {
        <section class="sec">
            <h2>{ words.label("environment") }</h2>
            <p class="mono dim" style="margin-bottom:6px">{ format!("{} · {}", pod.metadata.name, container.name) }</p>
            if !missed.is_empty() { <p class="soso">{ words.format(&Line::CameLater { services: missed.join(", ") }).text }</p> }
            <div class="scroll" tabindex="0" role="region" aria-label={words.label("environment")}><pre class="out">{ all }</pre></div>
        </section>
    }
}

fn section(slice: &EndpointSlice, words: &super::shared::Words) -> Html {
    let ports: Vec<String> = slice.ports.iter().map(port).collect();
    let ports = if ports.is_empty() {
        "<unset>".to_owned()
    } else {
        ports.join(", ")
    };
    let service = slice
        .service()
        .map(|service| service.to_string())
        .unwrap_or_default();
    html! {
        <section class="sec">
            <h2 style="text-transform:none">{ service }</h2>
            <p class="mono dim" style="margin-bottom:6px">{ format!("{} · {ports}", slice.metadata.name) }</p>
            if slice.endpoints.is_empty() {
                <p class="soso">{ words.label("no-endpoints") }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={slice.metadata.name.to_string()}><table class="list">
                    <thead><tr><th>{ "ADDRESS" }</th><th>{ "STATE" }</th><th>{ "TARGET" }</th><th>{ "NODE" }</th></tr></thead>
                    <tbody>{ for slice.endpoints.iter().map(|endpoint| row(endpoint, words)) }</tbody>
                </table></div>
            }
        </section>
    }
}

fn port(port: &kubehop::engine::cluster::object::SlicePort) -> String {
    let number = port
        .port
        .map_or_else(|| "<unset>".to_owned(), |number| number.to_string());
    let protocol = port.protocol.unwrap_or_default();
    match port.name.as_deref() {
        None | Some("") => format!("{number}/{protocol}"),
        Some(name) => format!("{name} {number}/{protocol}"),
    }
}

fn row(endpoint: &Endpoint, words: &super::shared::Words) -> Html {
    let conditions = endpoint.conditions;
    let (class, state) = match (conditions.is_ready(), conditions.is_terminating()) {
        (_, true) => ("dim", "state-terminating"),
        (true, false) => ("ok", "state-ready"),
        (false, false) => ("soso", "state-not-ready"),
    };
    html! {
        <tr>
            <td>{ endpoint.addresses.first().map_or("", |address| address.as_str()) }</td>
            <td {class}>{ words.label(state) }</td>
            <td>{ endpoint.target_ref.as_ref().map_or("", |target| target.name.as_str()) }</td>
            <td>{ endpoint.node_name.as_deref().unwrap_or_default() }</td>
        </tr>
    }
}
