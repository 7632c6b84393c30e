//! The same request through an Ingress controller and through a Gateway, side by side.

use kubehop::view::page_view::{BothCell, BothRow, BothView};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::message::{Action, Msg};
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What became of it.
    pub(crate) both: BothView,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The comparison, below the verdict.
#[component]
pub(crate) fn Both(props: &Props) -> Html {
    let words = use_words();
    let both = &props.both;
    let close = props
        .send
        .reform(|_| Msg::Do(Action::Ask(Ask::Compare(false))));
    let head = |(name, to): (&'static str, &String)| {
        let (from, to) = (both.from.clone(), to.clone());
        let title = format!("{} {to}", words.label("both-play"));
        let play = props
            .send
            .reform(move |_| Msg::Do(Action::Ask(Ask::Call(from.clone(), to.clone()))));
        html! {
            <th scope="col">
                { name }
                <button onclick={play} aria-label={format!("{name}: {title}")} {title}>{ words.label("both-play") }</button>
            </th>
        }
    };
    let heads = ["Ingress", "Gateway"].into_iter().zip(&both.calls);
    html! {
        <div id="both" class={classes!("both", (!both.is_same).then_some("differs"))}>
            <h3>
                { words.label("both-title") }
                <button onclick={close} aria-label={words.label("both-close")} title={words.label("both-close")}>{ "×" }</button>
            </h3>
            <p class="headline" role="status">{ &both.headline }</p>
            <table>
                <thead><tr>{ for heads.map(head) }</tr></thead>
                { for both.rows.iter().map(row) }
            </table>
            if let Some(note) = &both.note {
                <p>{ note }</p>
            }
        </div>
    }
}

/// A property that is compared: its name, and what it is at both.
fn row(row: &BothRow) -> Html {
    let cell = |cell: &BothCell| {
        let text = match cell.text.as_str() {
            "" => "—",
            text => text,
        };
        html! {
            <span>
                { text }
                if let Some(share) = &cell.share {
                    { " " }<em>{ share }</em>
                }
            </span>
        }
    };
    let side = |cells: &Vec<BothCell>| html! { <td>{ for cells.iter().map(cell) }</td> };
    html! {
        <tbody class={classes!(row.differs.then_some("differs"))}>
            <tr><th scope="rowgroup" colspan="2">{ &row.label }</th></tr>
            <tr>{ for row.cells.iter().map(side) }</tr>
        </tbody>
    }
}
