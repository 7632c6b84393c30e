//! What became of many connections: a table with bars, counted while they run, beside the shares that the rules give.

use kubehop::view::flow::{Flow, OutcomeRow};
use kubehop::view::page_view::Tone;
use yew::prelude::*;

use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The connections.
    pub(crate) flow: Same<Flow>,
    /// How many have started.
    pub(crate) started: usize,
}

/// The section of the Packet tab.
#[component]
pub(crate) fn Outcomes(props: &Props) -> Html {
    let words = use_words();
    let Props { flow, started } = props;
    let rows = flow.rows(*started);
    let is_over = *started == flow.connections.len();
    let said = |row: &OutcomeRow| {
        let outcome = row.outcome.filter(|_| row.count > 0)?;
        Some(format!("{}: {}", plain(&outcome.text), row.count))
    };
    let summary: Vec<String> = rows.iter().filter_map(said).collect();
    html! {
        <section class="sec outcomes">
            <h2 id="outcomes">{ words.label("outcomes") }<span>{ format!("{started} / {}", flow.connections.len()) }</span></h2>
            <p class="hidden-text" role="status">{ is_over.then(|| summary.join("; ")) }</p>
            <table aria-labelledby="outcomes">
                <thead>
                    <tr>
                        <th>{ words.label("outcome") }</th>
                        <th class="number">{ words.label("outcome-count") }</th>
                        <th class="number">{ words.label("outcome-share") }</th>
                        <th class="number">{ words.label("outcome-expected") }</th>
                    </tr>
                </thead>
                <tbody>{ for rows.iter().map(|row| line(flow, *started, row, &words)) }</tbody>
            </table>
        </section>
    }
}

fn line(flow: &Flow, started: usize, row: &OutcomeRow, words: &Words) -> Html {
    let share = row.count as f64 / started.max(1) as f64;
    let expected = row.endpoint.and_then(|index| flow.expected.get(index));
    let tone = row.outcome.map(|outcome| outcome.tone);
    let what = match row.outcome {
        Some(outcome) => plain(&outcome.text).to_owned(),
        None => words.label("never-chosen"),
    };
    let endpoint = row.endpoint.and_then(|index| {
        let (name, address) = (flow.names.get(index)?, flow.endpoints.get(index)?);
        let is_named = name.is_empty() || what.contains(name.as_str());
        Some(if is_named {
            address.to_string()
        } else {
            format!("{name} · {address}")
        })
    });
    let mark = expected.map(|expected| format!("left:{:.1}%", expected * 100.0));
    html! {
        <tr class={classes!(tone.map(Tone::class))}>
            <td>
                { tone.and_then(mark_of) }{ what }
                if let Some(endpoint) = endpoint {
                    <small>{ endpoint }</small>
                }
                <div class="share-bar" aria-hidden="true">
                    <i ~style={format!("width:{:.1}%", share * 100.0)}></i>
                    if let Some(mark) = mark {
                        <em ~style={mark}></em>
                    }
                </div>
            </td>
            <td class="number">{ row.count }</td>
            <td class="number">{ percent(share) }</td>
            <td class="number">{ expected.map_or("–".to_owned(), |expected| percent(*expected)) }</td>
        </tr>
    }
}

fn mark_of(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Good => None,
        Tone::Unsure => Some("? "),
        Tone::Bad => Some("✕ "),
    }
}

/// A sentence as a cell has it.
fn plain(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
