//! The page in a frame of another one: the picture, its explanation, a bar to play it, and as much of the rest as the
//! frame's address requests.

use kubehop::view::page_view::TraceView;
use yew::prelude::*;

use super::address::{AddressMsg, WHOLE};
use super::address_bar::AddressBar;
use super::browser;
use super::editor_pane::EditorPane;
use super::message::{Action, Msg};
use super::page::announcement;
use super::page_state::{PageState, Shown};
use super::picture_pane::PicturePane;
use super::request_bar::RequestBar;
use super::shared::Same;
use super::transport::Transport;

/// The pixels of the frame's width that the play button and the link take beside the track.
const BESIDE_TRACK: f32 = 250.0;

/// The embedded page.
pub(crate) fn draw(state: &PageState, shown: &Shown) -> Html {
    let (view, player, send) = (&shown.view, &state.player, &state.send);
    let trace = player.trace.clone().map(Same);
    let flow = player.flow.clone().map(Same);
    let address = &state.address;
    html! {
        <main class="embedded" aria-label={shown.words.label("stage")}>
            { announcement(player) }
            if address.shows("request") {
                { request(state, shown) }
            }
            <AddressBar
                mode={address.mode}
                notice={address.notice.clone()}
                send={send.clone()}
            />
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
                camera={state.camera()}
                region={state.region}
                theme={state.theme}
                embedded=true
                send={send.clone()}
            />
            if address.shows("verdict") {
                { verdict(state, trace.as_deref()) }
            }
            if address.shows("transport") {
                <Transport
                    {trace}
                    {flow}
                    time={player.time}
                    duration={player.duration()}
                    playing={player.is_playing}
                    speed={player.speed}
                    track={state.region.0 - BESIDE_TRACK}
                    end={link_to_whole(state, shown)}
                    send={send.clone()}
                />
            } else {
                <div class="tl">{ link_to_whole(state, shown) }</div>
            }
            if address.shows("yaml") {
                { manifests(state, shown) }
            }
        </main>
    }
}

/// The editor.
fn manifests(state: &PageState, shown: &Shown) -> Html {
    html! {
        <EditorPane
            text={state.text.clone()}
            problems={Same(shown.view.problems.clone())}
            lit={Same(shown.view.lit.clone())}
            order={state.order.clone()}
            readonly={state.address.readonly}
            send={state.send.clone()}
        />
    }
}

/// The request: to be changed, or only to be sent.
fn request(state: &PageState, shown: &Shown) -> Html {
    let (view, send) = (&shown.view, &state.send);
    let is_ready = state.player.trace.is_some();
    if !state.address.readonly {
        return html! {
            <RequestBar
                request={Same(view.request.clone())}
                typed={state.typed_target.clone()}
                origins={Same(view.origins.clone())}
                targets={Same(view.targets.clone())}
                ready={is_ready}
                open={None::<String>}
                sent={false}
                streaming=false
                send={send.clone()}
            />
        };
    }
    let onclick = send.reform(|_: MouseEvent| Msg::Do(Action::Send));
    html! {
        <div class="bar" role="group" aria-label={shown.words.label("request")}>
            <span class="mono asked">{ format!("{} → {}", view.request.from, view.request.to) }</span>
            <button class="pri send" disabled={!is_ready} {onclick}>
                { format!("{} ▸", shown.words.label("send")) }
            </button>
            <p class="wrong" role="status">{ view.request.error.clone() }</p>
        </div>
    }
}

/// The explanation below the picture: why the packet goes this way, and at the end how it ended.
fn verdict(state: &PageState, trace: Option<&TraceView>) -> Html {
    let player = &state.player;
    let Some(trace) = trace.filter(|_| player.flow.is_none()) else {
        return html! { <p class="said"></p> };
    };
    if player.is_over() {
        return html! {
            <p class={classes!("said", trace.verdict.tone.class())}>
                <b>{ &trace.verdict.text }</b>
                { " " }
                { trace.verdict.summary.clone() }
            </p>
        };
    }
    let hop = trace.hops.get(player.moment().hop);
    html! { <p class="said">{ hop.map(|hop| hop.text.clone()) }</p> }
}

/// The way to everything that the frame does not show. Its address is made when a person is about to follow it.
fn link_to_whole(state: &PageState, shown: &Shown) -> Html {
    let aim = || AddressMsg::Aim;
    html! {
        <a
            id={WHOLE}
            class="whole"
            href={browser::address()}
            target="_blank"
            rel="noopener"
            onpointerenter={state.send.reform(move |_: PointerEvent| Msg::Address(aim()))}
            onfocus={state.send.reform(move |_: FocusEvent| Msg::Address(aim()))}
        >
            { format!("{} ↗", shown.words.label("link-open-whole")) }
        </a>
    }
}
