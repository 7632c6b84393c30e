//! The EndpointSlices of each Service, and the environment variables of the caller.

use kubehop::view::page_view::{
    EndpointState, EndpointView, EndpointsView, EnvironmentView, SliceView,
};
use yew::prelude::*;

use super::message::Msg;
use super::search_field::SearchField;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the tab shows; `None` until the worker answered.
    pub(crate) endpoints: Option<Same<EndpointsView>>,
    /// What is searched.
    pub(crate) filter: String,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Endpoints tab.
#[component]
pub(crate) fn EndpointsTab(props: &Props) -> Html {
    let words = use_words();
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
            { for endpoints.slices.iter().map(|slice| section(slice, &words)) }
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

fn section(slice: &SliceView, words: &Words) -> Html {
    html! {
        <section class="sec">
            <h2 ~style="text-transform:none">{ &slice.service }</h2>
            <p class="mono dim" ~style="margin-bottom:6px">
                { format!("{} · {}", slice.name, slice.ports) }
            </p>
            if slice.endpoints.is_empty() {
                <p class="soso">{ words.label("no-endpoints") }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={slice.name.clone()}>
                    { table(slice, words) }
                </div>
            }
        </section>
    }
}

fn table(slice: &SliceView, words: &Words) -> Html {
    let heading = |name: &str| html! { <th>{ name.to_owned() }</th> };
    let headings = ["ADDRESS", "STATE", "TARGET", "NODE"];
    html! {
        <table class="list">
            <thead><tr>{ for headings.into_iter().map(heading) }</tr></thead>
            <tbody>{ for slice.endpoints.iter().map(|endpoint| row(endpoint, words)) }</tbody>
        </table>
    }
}

fn row(endpoint: &EndpointView, words: &Words) -> Html {
    let (class, state) = match endpoint.state {
        EndpointState::Terminating => ("dim", "state-terminating"),
        EndpointState::Ready => ("ok", "state-ready"),
        EndpointState::NotReady => ("soso", "state-not-ready"),
    };
    html! {
        <tr>
            <td>{ &endpoint.address }</td>
            <td {class}>{ words.label(state) }</td>
            <td>{ &endpoint.target }</td>
            <td>{ &endpoint.node }</td>
        </tr>
    }
}
