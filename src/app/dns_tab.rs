//! How the name was looked up: the client's resolv.conf, each question in order, each answer.

use kubehop::engine::dns::resolver::{Lookup, Outcome};
use kubehop::view::flow::PlayedTrace;
use yew::prelude::*;

use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The shown connection.
    pub trip: Option<Same<PlayedTrace>>,
}

/// The DNS tab.
#[component]
pub fn DnsTab(props: &Props) -> Html {
    let words = use_words();
    let lookup = props
        .trip
        .as_ref()
        .and_then(|trip| trip.trace.lookup.as_ref());
    let Some(lookup) = lookup else {
        return html! { <p class="sec dim">{ words.label("no-lookup") }</p> };
    };
    html! {
        <>
            <section class="sec"><h2 style="text-transform:none">{ "/etc/resolv.conf" }</h2><pre class="out">{ lookup.resolv_conf.to_string() }</pre></section>
            <section class="sec"><h2>{ words.label("questions") }</h2>
                <ol>{ for lookup.resolution.lookups.iter().enumerate().map(|(place, asked)| question(place, asked)) }</ol>
            </section>
        </>
    }
}

/// One name asked for, as `dig` would tell it.
fn question(place: usize, asked: &Lookup) -> Html {
    let class = match asked.outcome {
        Outcome::Found | Outcome::Outside => "ok",
        Outcome::NoData => "soso",
        Outcome::NameError | Outcome::OutsideDenied => "bad",
    };
    html! {
        <li class="question">
            <p class="mono"><span class="dim">{ format!("{} ", place + 1) }</span>{ format!("{}.", asked.name) }{ " " }<b {class}>{ asked.outcome.to_string() }</b></p>
            if !asked.answer.is_empty() {
                <pre class="rule">{ asked.answer.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") }</pre>
            }
        </li>
    }
}
