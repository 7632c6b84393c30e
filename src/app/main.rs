//! The page: a Yew application over [`kubehop::view::session::Session`].
//!
//! One component a region of the screen. Components take parts of the session as properties and send back
//! [`ui::Msg`]s; only [`root`] holds the session. Browser calls stand in [`browser`] and [`editor`] alone.

mod browser;
mod cluster_form;
mod dialogs;
mod dns_tab;
mod editor;
mod editor_pane;
mod endpoints_tab;
mod events_panel;
mod icons;
mod kubectl_tab;
mod lesson_tab;
mod message;
mod packet_tab;
mod packets;
mod page_text;
mod palette;
mod picture;
mod picture_pane;
mod problems;
mod request_bar;
mod root;
mod rules_tab;
mod shared;
mod status_bar;
mod tabs;
mod top_bar;
mod transport;

fn main() {
    yew::Renderer::<root::Root>::new().render();
}
