//! The centre: the request, the picture or the matrix, and the controls of time.

use kubehop::view::flow::Flow;
use kubehop::view::page_view::PageView;
use kubehop::view::session::STREAM;
use yew::prelude::*;

use super::{Page, announcement};
use crate::address_bar::AddressBar;
use crate::event_log::EventLog;
use crate::events_panel::EventsPanel;
use crate::matrix_pane::MatrixPane;
use crate::message::Msg;
use crate::picture_pane::PicturePane;
use crate::request_bar::RequestBar;
use crate::shared::Same;
use crate::tour::{TourStop, Welcome};
use crate::transport::Transport;

/// The pixels of the stage's width that buttons, speed and count take beside the track.
const BESIDE_TRACK: f32 = 382.0;

/// The pixels of the button of the log.
const LOG_BUTTON: f32 = 112.0;

impl Page<'_> {
    pub(super) fn centre(&self) -> Html {
        let Page { state, shown, send } = *self;
        let (view, player) = (&shown.view, &state.player);
        let trace = player.trace.clone().map(Same);
        let flow = player.flow.clone().map(Same);
        let is_stream = flow.as_ref().is_some_and(is_stream);
        html! {
            <section class="stage" aria-label={shown.words.label("stage")}>
                { announcement(&state.player) }
                <RequestBar
                    request={Same(view.request.clone())}
                    typed={state.typed_target.clone()}
                    origins={Same(view.origins.clone())}
                    targets={Same(view.targets.clone())}
                    ready={trace.is_some() || view.course.is_unsent}
                    open={player.open_endpoint(view)}
                    sent={player.shows_new(view)}
                    streaming={player.is_playing && is_stream}
                    send={send.clone()}
                />
                <AddressBar
                    mode={state.address.mode}
                    notice={state.address.notice.clone()}
                    send={send.clone()}
                />
                if state.is_unkept {
                    { self.unkept() }
                }
                if let Some(matrix) = &state.matrix {
                    <MatrixPane
                        table={matrix.table.clone().map(Same)}
                        progress={matrix.progress}
                        took={matrix.took}
                        send={send.clone()}
                    />
                } else {
                    { self.picture() }
                }
            </section>
        }
    }

    /// The picture with what happens to it.
    fn picture(&self) -> Html {
        let Page { state, shown, send } = *self;
        let (view, player) = (&shown.view, &state.player);
        let trace = player.trace.clone().map(Same);
        let flow = player.flow.clone().map(Same);
        html! {
            <>
                <PicturePane
                    scene={Same(view.scene.clone())}
                    trace={trace.clone()}
                    flow={flow.clone()}
                    time={player.time}
                    over={player.is_over()}
                    stale={view.stale}
                    unparsed={view.unparsed.clone()}
                    fault={state.fault.map(|fault| fault.text(state.language))}
                    selected={state.selected.clone()}
                    links={Same(view.links.clone())}
                    camera={state.camera()}
                    region={state.region}
                    theme={state.theme}
                    embedded=false
                    send={send.clone()}
                >
                    <EventsPanel
                        possible={Same(view.possible.clone())}
                        selected={state.selected.clone()}
                        targets={Same(view.targets.clone())}
                        send={send.clone()}
                    />
                </PicturePane>
                { self.welcome() }
                <div class="controls">
                    <Transport
                        {trace}
                        {flow}
                        time={player.time}
                        duration={player.duration()}
                        playing={player.is_playing}
                        speed={player.speed}
                        track={state.region.0 - beside_track(view)}
                        end={self.event_log()}
                        send={send.clone()}
                    />
                </div>
            </>
        }
    }

    fn event_log(&self) -> Html {
        let Page { state, shown, send } = *self;
        let events = Same(shown.view.events.clone());
        let times = Same(state.event_times.times.clone());
        html! { <EventLog {events} {times} send={send.clone()} /> }
    }

    /// The line of the first visit.
    fn welcome(&self) -> Option<Html> {
        let is_shown = self.state.tour == Some(TourStop::Welcome);
        is_shown.then(|| html! { <Welcome send={self.send.clone()} /> })
    }

    /// Says that the browser does not keep what is shown.
    fn unkept(&self) -> Html {
        let words = &self.shown.words;
        let download = self.send.reform(|_: MouseEvent| Msg::Download);
        html! {
            <div class="unkept" role="alert">
                <span>{ words.label("not-kept") }</span>
                <button onclick={download}>{ words.label("download") }</button>
            </div>
        }
    }
}

fn beside_track(view: &PageView) -> f32 {
    if view.events.is_empty() {
        BESIDE_TRACK
    } else {
        BESIDE_TRACK + LOG_BUTTON
    }
}

/// Whether the connections are a stream's.
fn is_stream(flow: &Same<Flow>) -> bool {
    flow.connections.len() as u64 == STREAM.count
}
