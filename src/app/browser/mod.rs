//! Every call to the browser. The rest of the page uses the functions of this module.

mod address;
mod canvas;
mod card;
mod files;
mod focus;
mod kept_focus;
mod long_text;
mod pointer;
mod size;
mod storage;
mod theme;
mod time;

use web_sys::{Document, Window};

pub(crate) use address::{
    address, drop_link, fragment, has_source, href, is_embedded, on_link, parameter,
};
pub(crate) use canvas::Canvas;
pub(crate) use card::keep_card_in_sight;
pub(crate) use files::{
    copy, download, dropped_text, inline_styles, load, load_module, load_texts,
};
pub(crate) use focus::{
    around_caret, await_field, await_nothing, choose, focus, focus_awaited, focus_drawn,
    focus_soon, has_selection, is_control, is_field_awaited, is_in_picture, is_typing, leaves,
    on_escape, on_key, put_in_front, show, show_first, value_of,
};
pub(crate) use kept_focus::{
    catch_keyboard, focus_first, give_back, keep_focus, lead_to, on_focus,
};
pub(crate) use long_text::LongText;
pub(crate) use pointer::{
    drag, drag_along, drag_edge, hold, is_itself, is_near_end, nearest_attribute,
    on_pointer_change, shape_of, within,
};
pub(crate) use size::{is_hidden, on_leave, on_resize, on_size, parent_width, window_width};
pub(crate) use storage::{
    forget, forget_in_tab, store, store_in_tab, store_slowly, store_slowly_in_tab, stored,
    stored_in_tab, stored_names, stored_start, tidy,
};
pub(crate) use theme::{
    clear_shell, commands_key, first_width, is_narrow, languages, set_language, set_theme, theme,
    wants_less_motion,
};
pub(crate) use time::{any_number, clock, closure, date, later, next_frame, now, spawn, today};

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
