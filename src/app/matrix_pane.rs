//! Who reaches what, in place of the picture: a table that can be filtered and copied, whose cells open their connection.

use kubehop::view::matrix_view::{
    CellTone, MatrixCellView, MatrixColumnView, MatrixFilter, MatrixForm, MatrixRowView,
    MatrixTable,
};
use kubehop::view::page_view::CopiedText;
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::page_state::MatrixProgress;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The table; `None` until it is worked out for the first time.
    pub(crate) table: Option<Same<MatrixTable>>,
    /// How far the work is; `None` if the table is that of the present text.
    pub(crate) progress: Option<MatrixProgress>,
    /// Milliseconds that it took.
    pub(crate) took: f32,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// A cell: its row and its column.
type CellPosition = (usize, usize);

/// The attribute of a cell that holds its place.
const CELL: &str = "data-cell";

/// The matrix.
#[component]
pub(crate) fn MatrixPane(props: &Props) -> Html {
    let words = use_words();
    let filter = use_state(MatrixFilter::default);
    let selected = use_state(|| None::<CellPosition>);
    let Some(table) = &props.table else {
        return html! {
            <div class="matrix">{ progress(props, &words) }</div>
        };
    };
    let mut shown = (*filter).clone();
    let is_there = |own: &String| table.namespaces().contains(&own.as_str());
    shown.namespace = shown.namespace.filter(is_there);
    let (rows, columns) = table.filtered(&shown, &words.label("outside-client"));
    let chosen = selected.filter(|(row, column)| rows.contains(row) && columns.contains(column));
    let change = {
        let filter = filter.clone();
        Callback::from(move |changed| filter.set(changed))
    };
    html! {
        <div class={classes!("matrix", props.progress.is_some().then_some("stale"))}>
            <div class="matrix-bar">
                { namespaces(table, &shown, &change, &words) }
                { names(&shown, &change, &words) }
                <div class="sp"></div>
                { copies(props, shown.namespace.as_ref(), &words) }
            </div>
            { summary(props, table, &rows, &columns, &words) }
            { for chosen.map(|place| of_cell(props, table, place, &words)) }
            if rows.is_empty() || columns.is_empty() {
                <p class="sec dim">{ words.label(nothing(&shown)) }</p>
            } else {
                <div class={classes!("matrix-scroll", shown.only_failures.then_some("only-failures"))}>
                    { grid(props, table, (&rows, &columns), (chosen, &selected), &words) }
                </div>
            }
        </div>
    }
}

/// How far the work is.
fn progress(props: &Props, words: &Words) -> Html {
    let MatrixProgress { done, total } = props.progress.unwrap_or_default();
    let text = words
        .label("matrix-progress")
        .replace("{done}", &done.to_string())
        .replace("{total}", &total.to_string());
    html! {
        <p class="matrix-progress" role="status">
            <progress
                aria-label={words.label("matrix")}
                max={total.max(1).to_string()}
                value={done.to_string()}
            ></progress>
            { text }
        </p>
    }
}

/// The id of the label that says why nothing is shown.
fn nothing(shown: &MatrixFilter) -> &'static str {
    let is_whole = MatrixFilter {
        namespace: shown.namespace.clone(),
        ..MatrixFilter::default()
    };
    if *shown == is_whole {
        "matrix-empty"
    } else {
        "matrix-no-match"
    }
}

/// Parts of names, and whether only failures are shown.
fn names(shown: &MatrixFilter, change: &Callback<MatrixFilter>, words: &Words) -> Html {
    let field = |label: &str, value: &str, set: fn(&mut MatrixFilter, String)| {
        let shown = shown.clone();
        let oninput = change.reform(move |event: InputEvent| {
            let mut changed = shown.clone();
            set(&mut changed, browser::value_of(&event));
            changed
        });
        html! {
            <input type="search" class="field matrix-name" aria-label={words.label(label)} placeholder={words.label(label)} value={value.to_owned()} {oninput} />
        }
    };
    let onclick = {
        let mut changed = shown.clone();
        changed.only_failures = !changed.only_failures;
        change.reform(move |_: MouseEvent| changed.clone())
    };
    html! {
        <>
            <button aria-pressed={shown.only_failures.to_string()} {onclick}>{ words.label("matrix-failures") }</button>
            { field("matrix-caller", &shown.caller, |filter, text| filter.caller = text) }
            { field("matrix-called", &shown.called, |filter, text| filter.called = text) }
        </>
    }
}

/// The namespaces, one of which can be chosen.
fn namespaces(
    table: &MatrixTable,
    shown: &MatrixFilter,
    change: &Callback<MatrixFilter>,
    words: &Words,
) -> Html {
    let button = |namespace: Option<&str>, text: String| {
        let is_chosen = namespace == shown.namespace.as_deref();
        let chosen = MatrixFilter {
            namespace: namespace.map(str::to_owned),
            ..shown.clone()
        };
        let onclick = change.reform(move |_: MouseEvent| chosen.clone());
        html! {
            <button aria-pressed={is_chosen.to_string()} {onclick}>{ text }</button>
        }
    };
    let each = table.namespaces().into_iter();
    html! {
        <div class="seg" role="group" aria-label={words.label("matrix-namespaces")}>
            { button(None, words.label("matrix-all")) }
            { for each.map(|namespace| button(Some(namespace), namespace.to_owned())) }
        </div>
    }
}

fn copies(props: &Props, shown: Option<&String>, words: &Words) -> Html {
    let button = |form, text: String| {
        let what = CopiedText::Matrix(form, shown.cloned());
        let onclick = props
            .send
            .reform(move |_: MouseEvent| Msg::Copy(what.clone()));
        let disabled = props.progress.is_some();
        html! { <button {disabled} {onclick}>{ text }</button> }
    };
    html! {
        <>
            { button(MatrixForm::Markdown, words.label("matrix-copy")) }
            { button(MatrixForm::Csv, "CSV".to_owned()) }
            { button(MatrixForm::Json, "JSON".to_owned()) }
        </>
    }
}

/// How many cells end how, and how long it took.
fn summary(
    props: &Props,
    table: &MatrixTable,
    rows: &[usize],
    columns: &[usize],
    words: &Words,
) -> Html {
    if props.progress.is_some() {
        return progress(props, words);
    }
    let cells = || {
        let rows = rows.iter().map(|row| &table.rows[*row]);
        rows.flat_map(|row| columns.iter().map(|column| &row.cells[*column]))
    };
    let count = |tone: CellTone| {
        let count = cells().filter(|cell| cell.tone == tone).count();
        html! {
            if count > 0 {
                <span class={classes!("cell", tone.class())}>
                    { tone.mark() }{ " " }{ words.label(tone.label()) }{ " " }<b>{ count }</b>
                </span>
            }
        }
    };
    let took = words
        .label("matrix-took")
        .replace("{count}", &cells().count().to_string())
        .replace("{time}", &format!("{:.0}", props.took));
    html! {
        <p class="matrix-summary" role="status">
            { for CellTone::ALL.into_iter().map(count) }
            <span class="dim">{ took }</span>
        </p>
    }
}

/// The chosen cell in words, and the way to its picture.
fn of_cell(props: &Props, table: &MatrixTable, (row, column): CellPosition, words: &Words) -> Html {
    let cell = &table.rows[row].cells[column];
    let onclick = props.send.reform(|_: MouseEvent| Msg::OpenInPicture);
    html! {
        <p class="matrix-cell" role="status">
            <b>{ path(&table.rows[row], &table.columns[column], words) }</b>
            <span class={classes!("cell", cell.tone.class())}>{ cell.tone.mark() }{ " " }{ &cell.text }</span>
            <span>{ &cell.verdict }</span>
            if cell.request.is_some() {
                <button class="pri" {onclick}>{ words.label("matrix-open") }</button>
            }
        </p>
    }
}

/// `web → db:80`.
fn path(row: &MatrixRowView, column: &MatrixColumnView, words: &Words) -> String {
    format!("{} → {}{}", row_name(row, words), column.name, column.port)
}

fn row_name(row: &MatrixRowView, words: &Words) -> String {
    let name = row.name.clone();
    name.unwrap_or_else(|| words.label("outside-client"))
}

/// The table. One cell is a stop of Tab; arrow keys go from cell to cell.
fn grid(
    props: &Props,
    table: &Same<MatrixTable>,
    (rows, columns): (&[usize], &[usize]),
    (chosen, selected): (Option<CellPosition>, &UseStateHandle<Option<CellPosition>>),
    words: &Words,
) -> Html {
    let stop = chosen.unwrap_or((rows[0], columns[0]));
    let open = open(props, table, selected);
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(place) = place_of(&event) {
                open.emit(place);
            }
        })
    };
    let onkeydown = keys(rows, columns, open);
    let head = columns.iter().map(|column| {
        let MatrixColumnView {
            name,
            namespace,
            port,
        } = &table.columns[*column];
        html! { <th scope="col" title={namespace.clone()}>{ name }<small>{ port }</small></th> }
    });
    let line = |row: &usize| {
        let own = &table.rows[*row];
        let cells = columns.iter().map(|column| {
            let place = (*row, *column);
            cell(
                &own.cells[*column],
                place,
                place == stop,
                chosen == Some(place),
            )
        });
        html! {
            <tr>
                <th scope="row" title={own.namespace.clone()}>
                    { row_name(own, words) }
                    <small>{ about_row(own) }</small>
                </th>
                { for cells }
            </tr>
        }
    };
    html! {
        <table role="grid" aria-label={words.label("matrix")} {onclick} {onkeydown}>
            <thead>
                <tr><th scope="col">{ words.label("column-from-to") }</th>{ for head }</tr>
            </thead>
            <tbody>{ for rows.iter().map(line) }</tbody>
        </table>
    }
}

/// `Deployment, 3`.
fn about_row(row: &MatrixRowView) -> String {
    match (row.name.is_some(), row.pods) {
        (false, _) => String::new(),
        (true, 1) => row.kind.clone(),
        (true, pods) => format!("{}, {pods}", row.kind),
    }
}

fn cell(
    cell: &MatrixCellView,
    (row, column): CellPosition,
    is_stop: bool,
    is_chosen: bool,
) -> Html {
    html! {
        <td
            role="gridcell"
            id={cell_id((row, column))}
            data-cell={format!("{row}:{column}")}
            tabindex={if is_stop { "0" } else { "-1" }}
            aria-selected={is_chosen.to_string()}
            class={classes!("cell", cell.tone.class())}
        >
            { cell.tone.mark() }{ " " }{ &cell.text }
        </td>
    }
}

fn cell_id((row, column): CellPosition) -> String {
    format!("cell-{row}-{column}")
}

fn place_of(event: &Event) -> Option<CellPosition> {
    let place = browser::nearest_attribute(event, CELL)?;
    let (row, column) = place.split_once(':')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Chooses a cell and shows its connection beside the table.
fn open(
    props: &Props,
    table: &Same<MatrixTable>,
    selected: &UseStateHandle<Option<CellPosition>>,
) -> Callback<CellPosition> {
    let (send, table, selected) = (props.send.clone(), table.clone(), selected.clone());
    Callback::from(move |(row, column): CellPosition| {
        selected.set(Some((row, column)));
        let cell = table.rows.get(row).and_then(|row| row.cells.get(column));
        if let Some((from, to)) = cell.and_then(|cell| cell.request.clone()) {
            send.emit(Msg::Do(Action::Ask(Ask::Call(from, to))));
        }
    })
}

/// Arrow keys, Home and End move the keyboard; Enter and Space do what a click does.
fn keys(
    rows: &[usize],
    columns: &[usize],
    open: Callback<CellPosition>,
) -> Callback<KeyboardEvent> {
    let (rows, columns) = (rows.to_vec(), columns.to_vec());
    Callback::from(move |event: KeyboardEvent| {
        let Some((row, column)) = place_of(&event) else {
            return;
        };
        let at = |all: &[usize], own| all.iter().position(|one| *one == own).unwrap_or_default();
        let (y, x) = (at(&rows, row), at(&columns, column));
        let (y, x) = match event.key().as_str() {
            "Enter" | " " => {
                event.prevent_default();
                open.emit((row, column));
                return;
            }
            "ArrowUp" => (y.saturating_sub(1), x),
            "ArrowDown" => (y + 1, x),
            "ArrowLeft" => (y, x.saturating_sub(1)),
            "ArrowRight" => (y, x + 1),
            "Home" => (y, 0),
            "End" => (y, columns.len()),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let (y, x) = (y.min(rows.len() - 1), x.min(columns.len() - 1));
        browser::focus(&cell_id((rows[y], columns[x])));
    })
}
