//! The EndpointSlices of each Service, and the environment variables of the caller.

use kubehop::view::page_view::{
    EndpointState, EndpointView, EndpointsView, EnvironmentView, LinksView, SliceView,
};
use kubehop::view::scene::ShapeId;
use kubehop::view::session::Pointed;
use yew::prelude::*;

use super::message::Msg;
use super::search_field::SearchField;
use super::shared::{Same, Words, pointing, selecting, use_linked, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the tab shows; `None` until the worker answered.
    pub(crate) endpoints: Option<Same<EndpointsView>>,
    /// What belongs to what is selected or pointed at.
    pub(crate) links: Same<LinksView>,
    /// What is searched.
    pub(crate) filter: String,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Endpoints tab.
#[component]
pub(crate) fn EndpointsTab(props: &Props) -> Html {
    let words = use_words();
    use_linked(&props.links, "#panel-tab-endpoints .linked");
    let Some(endpoints) = &props.endpoints else {
        return Html::default();
    };
    html! {
        <>
            <div class="row">
                <SearchField
                    label="search-endpoints"
                    text={props.filter.clone()}
                    wanted={props.send.reform(Msg::FilterEndpoints)}
                />
            </div>
            if endpoints.slices.is_empty() {
                <p class="sec dim">
                    { words.label(if props.filter.is_empty() { "no-slices" } else { "nothing-found" }) }
                </p>
            }
            { for endpoints.slices.iter().map(|slice| section(slice, props, &words)) }
            if let Some(more) = &endpoints.more {
                <p class="sec dim">{ more }</p>
            }
            { environment(&endpoints.environment, &words) }
        </>
    }
}

fn environment(environment: &EnvironmentView, words: &Words) -> Html {
    match environment {
        EnvironmentView::NoPod => {
            html! { <p class="sec dim">{ words.label("environment-of-a-pod") }</p> }
        }
        EnvironmentView::Missing => Html::default(),
        EnvironmentView::Container {
            title,
            variables,
            missed,
        } => html! {
            <section class="sec">
                <h2>{ words.label("environment") }</h2>
                <p class="mono dim" ~style="margin-bottom:6px">{ title }</p>
                if let Some(missed) = missed {
                    <p class="soso">{ missed }</p>
                }
                <div class="scroll" tabindex="0" role="region" aria-label={words.label("environment")}>
                    <pre class="out">{ variables }</pre>
                </div>
            </section>
        },
    }
}

fn section(slice: &SliceView, props: &Props, words: &Words) -> Html {
    let is_linked = slice.key.is_some() && props.links.service == slice.key;
    html! {
        <section class={classes!("sec", is_linked.then_some("linked"))}>
            <h2 ~style="text-transform:none">{ object(&slice.service, slice.key.as_ref(), &props.send) }</h2>
            <p class="mono dim" ~style="margin-bottom:6px">
                { format!("{} · {}", slice.name, slice.ports) }
            </p>
            if slice.endpoints.is_empty() {
                <p class="soso">{ words.label("no-endpoints") }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={slice.name.clone()}>
                    { table(slice, props, words) }
                </div>
            }
        </section>
    }
}

/// The name of an object: resting on it points at it, pressing it selects it.
fn object(name: &str, key: Option<&ShapeId>, send: &Callback<Msg>) -> Html {
    let Some(key) = key else {
        return html! { { name.to_owned() } };
    };
    let onpointerover = pointing(send, Pointed::Object(key.clone()));
    let onclick = selecting(send, key);
    html! {
        <button class="object" {onpointerover} {onclick}>{ name.to_owned() }</button>
    }
}

fn table(slice: &SliceView, props: &Props, words: &Words) -> Html {
    let heading = |name: &str| html! { <th>{ name.to_owned() }</th> };
    let headings = ["ADDRESS", "STATE", "TARGET", "NODE"];
    html! {
        <table class="list">
            <thead><tr>{ for headings.into_iter().map(heading) }</tr></thead>
            <tbody>{ for slice.endpoints.iter().map(|endpoint| row(endpoint, props, words)) }</tbody>
        </table>
    }
}

fn row(endpoint: &EndpointView, props: &Props, words: &Words) -> Html {
    let links = &props.links;
    let is_linked =
        links.has_address(&endpoint.address) || links.node.as_ref() == Some(&endpoint.node);
    let (class, state) = match endpoint.state {
        EndpointState::Terminating => ("dim", "state-terminating"),
        EndpointState::Ready => ("ok", "state-ready"),
        EndpointState::NotReady => ("soso", "state-not-ready"),
    };
    html! {
        <tr class={classes!(is_linked.then_some("linked"))}>
            <td>{ &endpoint.address }</td>
            <td {class}>{ words.label(state) }</td>
            <td>{ object(&endpoint.target, endpoint.key.as_ref(), &props.send) }</td>
            <td>{ &endpoint.node }</td>
        </tr>
    }
}
