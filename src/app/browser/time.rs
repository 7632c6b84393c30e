//! Time, frames and chance.

use wasm_bindgen::prelude::Closure;
use yew::Callback;

/// Calls back at the next frame, with its time in milliseconds; dropping the handle cancels.
pub(crate) fn next_frame(callback: Callback<f64>) -> gloo::render::AnimationFrame {
    gloo::render::request_animation_frame(move |time| callback.emit(time))
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

/// A function that JavaScript can call with a text.
pub(crate) fn closure(callback: Callback<String>) -> Closure<dyn Fn(String)> {
    Closure::new(move |text| callback.emit(text))
}

/// Does something that waits for the browser.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Calls back after some milliseconds; dropping the handle cancels.
pub(crate) fn later(milliseconds: u32, callback: Callback<()>) -> gloo::timers::callback::Timeout {
    gloo::timers::callback::Timeout::new(milliseconds, move || callback.emit(()))
}

/// A time in milliseconds since 1970 as local time: `10:42:07`.
pub(crate) fn clock(time: f64) -> String {
    let date = js_sys::Date::new(&time.into());
    let (hours, minutes) = (date.get_hours(), date.get_minutes());
    format!("{hours:02}:{minutes:02}:{:02}", date.get_seconds())
}
