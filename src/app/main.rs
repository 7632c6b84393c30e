//! The page: a Yew application over [`kubehop::stage::session::Session`].
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
mod foot;
mod happenings;
mod icons;
mod kubectl_tab;
mod lesson_tab;
mod lines;
mod packet_tab;
mod packets;
mod palette;
mod picture;
mod problems;
mod request_bar;
mod root;
mod rules_tab;
mod shared;
mod stage_pane;
mod tabs;
mod top_bar;
mod transport;
mod ui;

fn main() {
    yew::Renderer::<root::Root>::new().render();
}
