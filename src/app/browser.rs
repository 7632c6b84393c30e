//! Every call to the browser. The rest of the page speaks in its own words.

use kubehop::view::camera::Camera;
use kubehop::view::packets::{
    HALO_OPACITY, LABEL_CORNER, LabelLine, LineStyle, PacketDot, PacketLabel,
};
use kubehop::view::scene::{PacketKind, Point, Rect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Document, Element, HtmlCanvasElement, HtmlElement, Window,
};
use yew::prelude::*;

use super::message::Theme;

/// A call at the next frame, until dropped.
pub(crate) type Frame = gloo::render::AnimationFrame;
/// A call after a while, until dropped.
pub(crate) type Timer = gloo::timers::callback::Timeout;
/// A listener, until dropped.
pub(crate) type Listener = gloo::events::EventListener;

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// Takes away what stood on the page until now.
pub(crate) fn clear_shell() {
    if let Some(shell) =
        document().and_then(|document| document.query_selector(".shell").ok().flatten())
    {
        shell.remove();
    }
}

/// Calls back at the next frame, with its time in milliseconds; dropping the handle cancels.
pub(crate) fn next_frame(callback: Callback<f64>) -> gloo::render::AnimationFrame {
    gloo::render::request_animation_frame(move |time| callback.emit(time))
}

/// Whether text of the page is selected, which Ctrl+C copies.
pub(crate) fn has_selection() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// The value of the input or select an event is about.
pub(crate) fn value_of(event: &Event) -> String {
    let target = event.target();
    let field = |name: &str| {
        js_sys::Reflect::get(target.as_ref()?, &name.into())
            .ok()?
            .as_string()
    };
    field("value").unwrap_or_default()
}

/// Puts the keyboard on the element of that id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Puts the keyboard on the element of that id if no other has it, because the one that had it went away.
pub(crate) fn catch_keyboard(id: &str) {
    if is_keyboard_free() {
        focus(id);
    }
}

/// The element that has the keyboard.
pub(crate) fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Puts the keyboard back on an element once the key that closed what lay over it has done everything it does. What opens
/// in its place keeps the keyboard.
pub(crate) fn give_back(element: Option<HtmlElement>) {
    let give_back = move || {
        if let Some(element) = element
            && is_keyboard_free()
        {
            let _ = element.focus();
        }
    };
    gloo::timers::callback::Timeout::new(0, give_back).forget();
}

/// Whether no element has the keyboard.
fn is_keyboard_free() -> bool {
    focused().is_none_or(|element| element.tag_name() == "BODY")
}

/// Scrolls the element of that id into its panel, if it is not there already.
pub(crate) fn show(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        scroll_to(&element);
    }
}

/// Scrolls the first element of a selector into its region, if it is not there already.
pub(crate) fn show_first(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        scroll_to(&element);
    }
}

/// The page of a low window, which scrolls as well, stays where the reader has it.
fn scroll_to(element: &Element) {
    let page = element.closest("main").ok().flatten();
    let at = page.as_ref().map(Element::scroll_top);
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    if let (Some(page), Some(at)) = (page, at) {
        page.set_scroll_top(at);
    }
}

/// The theme the page was opened with: the one chosen last, else the system's.
pub(crate) fn theme() -> Theme {
    let chosen = root_element().and_then(|root| root.get_attribute("data-theme"));
    if chosen.as_deref() == Some("dark") {
        Theme::Dark
    } else {
        Theme::Light
    }
}

/// Shows and remembers a theme.
pub(crate) fn set_theme(theme: Theme) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute("data-theme", theme.name());
    }
    if !is_embedded() {
        store("kubehop.theme", theme.name());
    }
}

/// Says which language the page is in.
pub(crate) fn set_language(code: &str) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute("lang", code);
    }
    if !is_embedded() {
        store("kubehop.language", code);
    }
}

/// The languages the person reads, the best first.
pub(crate) fn languages() -> Vec<String> {
    let system: Option<Vec<String>> = window().map(|window| {
        window
            .navigator()
            .languages()
            .iter()
            .filter_map(|code| code.as_string())
            .collect()
    });
    let chosen = stored("kubehop.language");
    parameter("lang")
        .into_iter()
        .chain(chosen)
        .chain(system.unwrap_or_default())
        .collect()
}

fn root_element() -> Option<Element> {
    document()?.document_element()
}

/// What was kept under a name.
pub(crate) fn stored(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store(name: &str, text: &str) -> bool {
    let storage = window().and_then(|window| window.local_storage().ok().flatten());
    storage.is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// The names under which something is kept.
pub(crate) fn stored_names() -> Vec<String> {
    let Some(storage) = window().and_then(|window| window.local_storage().ok().flatten()) else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect()
}

/// What this tab kept under a name.
pub(crate) fn stored_in_tab(name: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name for this tab alone; `false` if the browser has no room for it or keeps nothing.
pub(crate) fn store_in_tab(name: &str, text: &str) -> bool {
    let storage = window().and_then(|window| window.session_storage().ok().flatten());
    storage.is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Keeps nothing under a name for this tab any more.
pub(crate) fn forget_in_tab(name: &str) {
    if let Some(storage) = window().and_then(|window| window.session_storage().ok().flatten()) {
        let _ = storage.remove_item(name);
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Today's date where the person is, as a number: `20261129`.
pub(crate) fn today() -> u64 {
    let date = js_sys::Date::new_0();
    let (year, month) = (date.get_full_year(), date.get_month() + 1);
    u64::from(year * 10_000 + month * 100 + date.get_date())
}

/// A number of the browser's choice, of at most six digits.
pub(crate) fn any_number() -> u64 {
    (js_sys::Math::random() * 1e6) as u64
}

/// A time in milliseconds since 1970, as a language writes date and time.
pub(crate) fn date(time: f64, language: &str) -> String {
    let options = js_sys::Object::new();
    for part in ["dateStyle", "timeStyle"] {
        let _ = js_sys::Reflect::set(&options, &part.into(), &"short".into());
    }
    let date = js_sys::Date::new(&time.into());
    date.to_locale_string(language, &options).into()
}

/// A time in milliseconds since 1970 as the clock of the person says it: `10:42:07`.
pub(crate) fn clock(time: f64) -> String {
    let date = js_sys::Date::new(&time.into());
    let (hours, minutes) = (date.get_hours(), date.get_minutes());
    format!("{hours:02}:{minutes:02}:{:02}", date.get_seconds())
}

/// Gives a person a text as a file.
pub(crate) fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else {
        return;
    };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Some(link) = document().and_then(|document| document.create_element("a").ok()) {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.unchecked_into::<HtmlElement>().click();
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// Keeps nothing under a name any more.
pub(crate) fn forget(name: &str) {
    if let Some(storage) = window().and_then(|window| window.local_storage().ok().flatten()) {
        let _ = storage.remove_item(name);
    }
}

/// The part of the address behind `#`.
pub(crate) fn fragment() -> String {
    let hash = window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// A parameter of the part behind `#`, as it is written there: `dark` in `#theme=dark`.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let fragment = fragment();
    let mut parameters = fragment.split('&').filter_map(|part| part.split_once('='));
    let found = parameters.find(|(key, _)| *key == name);
    found.map(|(_, value)| value.to_owned())
}

/// Whether the page is in a frame of another one, of which it shows only the picture and what belongs to it. It keeps
/// nothing in the browser.
pub(crate) fn is_embedded() -> bool {
    parameter("mode").as_deref() == Some("embed")
}

/// A function that JavaScript can call with a text.
pub(crate) fn closure(callback: Callback<String>) -> Closure<dyn Fn(String)> {
    Closure::new(move |text| callback.emit(text))
}

/// Whether the address says where manifests are: `?src=web.yaml`.
pub(crate) fn has_source() -> bool {
    let href = href();
    let before_fragment = href.split('#').next().unwrap_or_default();
    let query = before_fragment.split_once('?').map(|(_, query)| query);
    query.is_some_and(|query| query.split('&').any(|part| part.starts_with("src=")))
}

/// The page's address.
pub(crate) fn href() -> String {
    let href = window().and_then(|window| window.location().href().ok());
    href.unwrap_or_default()
}

/// The page's address without what a link adds to it.
pub(crate) fn address() -> String {
    let href = href();
    href.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// Does something that waits for the browser.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Takes what a link adds out of the page's address, without another entry of the browser's history.
pub(crate) fn drop_link() {
    if fragment().is_empty() && !has_source() {
        return;
    }
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address()));
    }
}

/// Opens the page anew when somebody puts another link into its address; dropping the handle stops it.
pub(crate) fn on_link() -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "hashchange",
        |_| {
            if let Some(window) = window().filter(|_| !fragment().is_empty()) {
                let _ = window.location().reload();
            }
        },
    ))
}

/// Loads a file of this build; nothing happens if it cannot be loaded.
pub(crate) fn load(path: String, callback: Callback<Vec<u8>>) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(bytes) = fetch(&file(&path)).await {
            callback.emit(bytes);
        }
    });
}

/// Loads the page's own stylesheet; nothing happens if it cannot be loaded.
pub(crate) fn load_stylesheet(callback: Callback<Vec<u8>>) {
    load("style.css".to_owned(), callback);
}

#[wasm_bindgen(js_namespace = kubehop)]
extern "C" {
    /// Where a file of this build is: index.html says so.
    fn file(path: &str) -> String;
    /// Loads a module of this build.
    #[wasm_bindgen(catch, js_name = load)]
    pub(crate) async fn load_module(path: &str) -> Result<JsValue, JsValue>;
}

/// Loads text files of the page, all at once; those from the first one on that cannot be loaded are left out.
pub(crate) fn load_texts(paths: Vec<String>, callback: Callback<Vec<String>>) {
    wasm_bindgen_futures::spawn_local(async move {
        let mut texts = Vec::new();
        for path in &paths {
            let Ok(bytes) = fetch(&file(path)).await else {
                break;
            };
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        callback.emit(texts);
    });
}

async fn fetch(path: &str) -> Result<Vec<u8>, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let response = wasm_bindgen_futures::JsFuture::from(window.fetch_with_str(path)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let buffer = wasm_bindgen_futures::JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Copies a text to the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

fn media(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Whether the person asked the system for less motion.
pub(crate) fn wants_less_motion() -> bool {
    media("(prefers-reduced-motion: reduce)")
}

/// Whether the page has one panel with every tab instead of two; the stylesheet's own limit.
pub(crate) fn is_narrow() -> bool {
    media("(max-width: 1139px)")
}

/// Which of the first pictures is shown: a phone's or the wide one. index.html has the same limit.
pub(crate) fn first_width() -> &'static str {
    if media("(max-width: 820px)") {
        "narrow"
    } else {
        "wide"
    }
}

/// Whether the page is hidden: in a background tab or a minimised window.
pub(crate) fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Calls back whenever the window's size changes; dropping the handle stops it.
pub(crate) fn on_resize(callback: Callback<()>) -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "resize",
        move |_| callback.emit(()),
    ))
}

/// Calls back when the page is left: closed, reloaded, or put away by a phone; dropping the handle stops it.
pub(crate) fn on_leave(callback: Callback<()>) -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "pagehide",
        move |_| callback.emit(()),
    ))
}

/// Calls back for every key pressed on the page that no field takes; `true` takes the key away from the browser.
pub(crate) fn on_key(
    callback: impl Fn(&KeyboardEvent) -> bool + 'static,
) -> Option<gloo::events::EventListener> {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    let listener = gloo::events::EventListener::new_with_options(
        &document()?.into(),
        "keydown",
        options,
        move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if callback(event) {
                event.prevent_default();
            }
        },
    );
    Some(listener)
}

/// Calls back when Escape is pressed, before anybody else hears of it: nobody else does.
pub(crate) fn on_escape(callback: impl Fn() + 'static) -> Option<gloo::events::EventListener> {
    let options = gloo::events::EventListenerOptions::run_in_capture_phase();
    let listener = gloo::events::EventListener::new_with_options(
        &document()?.into(),
        "keydown",
        options,
        move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" {
                event.stop_propagation();
                callback();
            }
        },
    );
    Some(listener)
}

/// Whether the focus leaves a place for another one.
pub(crate) fn leaves(event: &FocusEvent, place: &NodeRef) -> bool {
    let next = event
        .related_target()
        .and_then(|next| next.dyn_into::<web_sys::Node>().ok());
    let place = place.cast::<web_sys::Node>();
    !place.is_some_and(|place| place.contains(next.as_ref()))
}

/// Whether a key event goes into a text field or the editor.
pub(crate) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let tag = element.tag_name();
    matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.closest(".cm-editor").ok().flatten().is_some()
}

/// Whether the picture has the keyboard, or nothing has it.
pub(crate) fn is_in_picture(event: &KeyboardEvent) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        element.tag_name() == "BODY" || element.closest(".picture").ok().flatten().is_some()
    })
}

/// The size of an element in CSS pixels.
pub(crate) fn size_of(place: &NodeRef) -> Option<(f32, f32)> {
    let element: Element = place.cast()?;
    Some((
        element.client_width() as f32,
        element.client_height() as f32,
    ))
}

/// Calls back with an element's size whenever it changes; dropping the handle stops it.
pub(crate) fn on_size(place: &NodeRef, callback: Callback<(f32, f32)>) -> Option<SizeWatch> {
    let element: Element = place.cast()?;
    let watched = place.clone();
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        if let Some(size) = size_of(&watched) {
            callback.emit(size);
        }
    });
    let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch {
        observer,
        _closure: closure,
    })
}

/// Watches an element's size until dropped.
pub(crate) struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// A pointer's place within an element, while its button is down.
pub(crate) fn drag(event: &PointerEvent, place: &NodeRef) -> Option<Point> {
    within(event, place).filter(|_| event.buttons() & 1 != 0)
}

/// Keeps a pointer's events for an element until its button is up; no click on what lies within follows.
pub(crate) fn hold(event: &PointerEvent, place: &NodeRef) {
    if let Some(element) = place.cast::<Element>() {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// The width of the window.
pub(crate) fn window_width() -> f32 {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default() as f32
}

/// The width of the element around another one.
pub(crate) fn parent_width(place: &NodeRef) -> Option<f32> {
    let parent = place.cast::<Element>()?.parent_element()?;
    Some(parent.get_bounding_client_rect().width() as f32)
}

/// How wide the element around an edge becomes, while the edge is dragged.
pub(crate) fn drag_edge(event: &PointerEvent, place: &NodeRef, is_right_edge: bool) -> Option<f32> {
    drag(event, place)?;
    hold(event, place);
    let rect = place
        .cast::<Element>()?
        .parent_element()?
        .get_bounding_client_rect();
    let x = f64::from(event.client_x());
    let width = if is_right_edge {
        x - rect.left()
    } else {
        rect.right() - x
    };
    Some(width as f32)
}

/// Where along an element's width a pointer is, from 0 to 1, while its button is down.
pub(crate) fn drag_along(event: &PointerEvent, place: &NodeRef) -> Option<f32> {
    let point = drag(event, place)?;
    hold(event, place);
    let (width, _) = size_of(place)?;
    (width > 0.0).then(|| (point.x / width).clamp(0.0, 1.0))
}

/// An event's place within an element; its `currentTarget` is no help, since yew listens at the root for everybody.
pub(crate) fn within(event: &MouseEvent, place: &NodeRef) -> Option<Point> {
    let rect = place.cast::<Element>()?.get_bounding_client_rect();
    Some(Point {
        x: event.client_x() as f32 - rect.left() as f32,
        y: event.client_y() as f32 - rect.top() as f32,
    })
}

/// The text of the first file of a drop, whatever its bytes: what is no UTF-8 reads as `U+FFFD`.
pub(crate) fn dropped_text(event: &DragEvent, callback: Callback<String>) {
    let files = event.data_transfer().and_then(|data| data.files());
    let Some(file) = files.and_then(|files| files.get(0)) else {
        return;
    };
    let promise = file.text();
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(text) = wasm_bindgen_futures::JsFuture::from(promise)
            .await
            .ok()
            .and_then(|text| text.as_string())
        {
            callback.emit(text);
        }
    });
}

/// The canvas over the picture, on which packets are drawn.
pub(crate) struct Paper {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    colours: Colours,
}

/// The tokens of the stylesheet that packets are drawn in.
struct Colours {
    request: KindColours,
    reply: KindColours,
    lookup: KindColours,
    failed: String,
    panel: String,
    ink: String,
    struck: String,
    mono: String,
}

/// The colours of a kind of packet.
struct KindColours {
    /// The packet and its frame.
    packet: String,
    /// The values that were rewritten.
    changed: String,
}

impl Paper {
    /// The canvas there.
    pub(crate) fn at(place: &NodeRef) -> Option<Paper> {
        let canvas: HtmlCanvasElement = place.cast()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let style = window()?.get_computed_style(&root_element()?).ok()??;
        let token = |name: &str| {
            style
                .get_property_value(name)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let kind = |packet: &str, changed: &str| KindColours {
            packet: token(packet),
            changed: token(changed),
        };
        let colours = Colours {
            request: kind("--pkt", "--pkt-ink"),
            reply: kind("--reply", "--reply-ink"),
            lookup: kind("--dns", "--dns-ink"),
            failed: token("--err"),
            panel: token("--panel"),
            ink: token("--ink2"),
            struck: token("--ink3"),
            mono: token("--mono"),
        };
        Some(Paper {
            canvas,
            context,
            colours,
        })
    }

    /// Wipes it, in the size of its region (CSS pixels), and looks through a camera from now on. The size is given, since
    /// asking the element for it lays out the page, which has just changed.
    pub(crate) fn clear(&self, region: (f32, f32), camera: Camera) {
        let ratio = window().map_or(1.0, |window| window.device_pixel_ratio());
        let width = f64::from(region.0) * ratio;
        let height = f64::from(region.1) * ratio;
        let (wide, high) = (width.round() as u32, height.round() as u32);
        if self.canvas.width() != wide || self.canvas.height() != high {
            self.canvas.set_width(wide);
            self.canvas.set_height(high);
        }
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, width, height);
        let scale = f64::from(camera.scale) * ratio;
        let _ = self.context.set_transform(
            scale,
            0.0,
            0.0,
            scale,
            f64::from(camera.x) * ratio,
            f64::from(camera.y) * ratio,
        );
    }

    /// Draws a packet.
    pub(crate) fn dot(&self, dot: &PacketDot) {
        let context = &self.context;
        let colour = if dot.failed {
            &self.colours.failed
        } else {
            &self.kind(dot.kind).packet
        };
        context.set_fill_style_str(colour);
        if let Some(halo) = dot.halo {
            context.set_global_alpha(HALO_OPACITY.into());
            self.circle(dot.at, halo);
            context.set_global_alpha(1.0);
        }
        self.circle(dot.at, dot.radius);
    }

    fn kind(&self, kind: PacketKind) -> &KindColours {
        match kind {
            PacketKind::Lookup => &self.colours.lookup,
            PacketKind::Request => &self.colours.request,
            PacketKind::Reply => &self.colours.reply,
        }
    }

    fn circle(&self, at: Point, radius: f32) {
        self.context.begin_path();
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        let _ = self
            .context
            .arc(x, y, radius.into(), 0.0, std::f64::consts::TAU);
        self.context.fill();
    }

    /// Draws the label of a packet.
    pub(crate) fn label(&self, label: &PacketLabel) {
        let context = &self.context;
        let Rect { x, y, w, h } = label.frame;
        context.set_fill_style_str(&self.colours.panel);
        context.set_stroke_style_str(&self.kind(label.kind).packet);
        context.set_line_width(1.0);
        if let Some((packet, end)) = label.tie {
            context.begin_path();
            context.move_to(packet.x.into(), packet.y.into());
            context.line_to(end.x.into(), end.y.into());
            context.stroke();
        }
        context.begin_path();
        let corner = f64::from(LABEL_CORNER);
        let _ = context.round_rect_with_f64(x.into(), y.into(), w.into(), h.into(), corner);
        context.fill();
        context.stroke();
        for line in &label.lines {
            self.line(line, self.kind(label.kind));
        }
    }

    fn line(&self, line: &LabelLine, colours: &KindColours) {
        let context = &self.context;
        context.set_font(&format!("11px {}", self.colours.mono));
        context.set_fill_style_str(&self.colours.ink);
        let _ = context.fill_text(line.name, line.at.x.into(), line.at.y.into());
        let (x, y) = (f64::from(line.value_at.x), f64::from(line.value_at.y));
        match line.style {
            LineStyle::Plain => {}
            LineStyle::Struck => {
                context.set_fill_style_str(&self.colours.struck);
                context.fill_rect(x, y - 4.0, line.width.into(), 1.0);
            }
            LineStyle::Changed => {
                context.set_font(&format!("700 11px {}", self.colours.mono));
                context.set_fill_style_str(&colours.changed);
            }
        }
        let _ = context.fill_text(&line.value, x, y);
    }
}

/// The index of the shape of the picture that an event is about.
pub(crate) fn shape_of(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let shape = target.closest("[data-shape]").ok()??;
    shape.get_attribute("data-shape")?.parse().ok()
}

/// An attribute of the element that an event is about, or of the nearest one around it that has it.
pub(crate) fn nearest_attribute(event: &Event, name: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{name}]")).ok()??;
    element.get_attribute(name)
}

/// Whether a click was meant for the element itself and for nothing within it.
pub(crate) fn is_itself(event: &MouseEvent, place: &NodeRef) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some() && target == place.cast::<Element>()
}

/// Calls back after some milliseconds; dropping the handle cancels.
pub(crate) fn later(milliseconds: u32, callback: Callback<()>) -> gloo::timers::callback::Timeout {
    gloo::timers::callback::Timeout::new(milliseconds, move || callback.emit(()))
}

/// Whether a key belongs to the control it was pressed in: Space to a button, arrows to tabs and the track.
pub(crate) fn is_control(event: &KeyboardEvent, code: &str) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let role = element.get_attribute("role").unwrap_or_default();
    let scrolls = role == "region" || role == "tabpanel";
    match code {
        "Space" | "Enter" => element.tag_name() == "BUTTON" || role == "button",
        "ArrowLeft" | "ArrowRight" => {
            matches!(role.as_str(), "tab" | "slider" | "option") || scrolls
        }
        _ => false,
    }
}
