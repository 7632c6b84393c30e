//! The page.

#[allow(dead_code, reason = "the page so far only opens an empty editor")]
mod editor;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

#[component]
fn Page() -> Html {
    let place = use_node_ref();
    let open: Rc<RefCell<Option<editor::Editor>>> = use_mut_ref(|| None);
    use_effect_with(place.clone(), move |place| {
        let place = place.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let listeners =
                editor::Listeners { changed: Callback::noop(), cursor: Callback::noop(), fixed: Callback::noop() };
            let options = editor::Options {
                label: "Manifests".to_owned(),
                hint: String::new(),
                fix: "Fix".to_owned(),
                read_only: false,
                phrases: BTreeMap::new(),
            };
            *open.borrow_mut() = editor::open(&place, "kind: Service\n", &options, listeners).await.ok();
        });
    });
    html! {
        <main ref={place} style="height: 100%" />
    }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
