//! The page: a Yew application that shows what a worker answers.
//!
//! The session and the engine are in the worker (`src/worker`). [`root`] draws [`page_state`], which keeps the text, the
//! time and the last good view; each component draws a part of the view and sends back [`message::Msg`]s. Browser calls
//! are in [`browser`], [`editor`], [`link_module`] and [`worker_link`] alone.

mod address;
mod address_bar;
mod both;
mod browser;
mod cluster_form;
mod course_link;
mod course_list;
mod course_panel;
mod dialogs;
mod dns_tab;
mod editor;
mod editor_pane;
mod embed;
mod endpoints_tab;
mod event_log;
mod events_panel;
mod export;
mod fix;
mod history;
mod icons;
mod keyboard;
mod kubectl_tab;
mod lesson_tab;
mod link_module;
mod long_session;
mod matrix_pane;
mod message;
mod outcomes;
mod packet_tab;
mod packets;
mod page;
mod page_state;
mod palette;
mod picture;
mod picture_pane;
mod problems;
mod request_bar;
mod root;
mod rules_tab;
mod saving;
mod search;
mod search_field;
mod separator;
mod shared;
mod sheet;
mod shortcuts;
mod status_bar;
mod tabs;
mod terms;
mod top_bar;
mod tour;
mod transport;
mod worker_link;
mod worker_lost;

fn main() {
    yew::Renderer::<root::Root>::new().render();
}
