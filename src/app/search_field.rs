//! A field that searches a list.

use yew::prelude::*;

use super::browser;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The label of what it searches.
    pub(crate) label: &'static str,
    /// What is searched.
    pub(crate) text: String,
    /// How much was found, in words.
    #[prop_or_default]
    pub(crate) found: Option<String>,
    /// Where to send what is typed.
    pub(crate) wanted: Callback<String>,
}

/// The field, with what it found.
#[component]
pub(crate) fn SearchField(props: &Props) -> Html {
    let words = use_words();
    let label = words.label(props.label);
    let oninput = props
        .wanted
        .reform(|event: InputEvent| browser::value_of(&event));
    html! {
        <>
            <input
                type="search"
                class="field search"
                aria-label={label.clone()}
                placeholder={label}
                autocomplete="off"
                spellcheck="false"
                value={props.text.clone()}
                {oninput}
            />
            <span class="dim found" role="status">{ props.found.clone() }</span>
        </>
    }
}
