//! The list of shortcuts.

use yew::prelude::*;

use super::message::Msg;
use super::shared::{closing_veil, use_keyboard, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether keys that are a single character do something.
    pub(crate) single_keys: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The keys, and the label of what each does. Those after the first six are single characters.
const KEYS: [(&str, &str); 12] = [
    ("Ctrl K, ⌘ K", "commands"),
    ("Ctrl F, ⌘ F", "search"),
    ("Esc", "close-or-clear"),
    ("Space", "play-or-pause"),
    ("← →", "step-hops"),
    ("Home End", "to-the-ends"),
    ("S", "send"),
    ("N", "view-network"),
    ("C", "view-concept"),
    ("F", "fit"),
    ("D", "switch-theme"),
    ("?", "shortcuts"),
];

/// How many of [`KEYS`] are not single characters.
const ALWAYS: usize = 6;

/// The dialog.
#[component]
pub(crate) fn Shortcuts(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    use_keyboard("shortcuts-close");
    let Props { single_keys, send } = props;
    let close = send.reform(|_: MouseEvent| Msg::Show(None));
    let veil = closing_veil(send, &place);
    let switch = {
        let are_on = !single_keys;
        send.reform(move |_: Event| Msg::SingleKeys(are_on))
    };
    let row = |(index, (key, label)): (usize, &(&'static str, &'static str))| {
        let is_off = index >= ALWAYS && !single_keys;
        html! {
            <tr class={classes!(is_off.then_some("off"))}>
                <th scope="row"><kbd>{ *key }</kbd></th>
                <td>{ words.label(label) }</td>
            </tr>
        }
    };
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-title">
                <div class="body">
                    <h2 id="dialog-title">{ words.label("shortcuts") }</h2>
                    <table class="keys"><tbody>{ for KEYS.iter().enumerate().map(row) }</tbody></table>
                    <label class="switch">
                        <input type="checkbox" checked={*single_keys} onchange={switch} />
                        { words.label("single-keys") }
                    </label>
                    <div class="ends">
                        <button id="shortcuts-close" onclick={close}>{ words.label("close") }</button>
                    </div>
                </div>
            </div>
        </div>
    }
}
