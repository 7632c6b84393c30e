//! The stage: the picture and its packets, moved by dragging, enlarged by wheel, keys or buttons.

use kubehop::engine::trace::Verdict;
use kubehop::view::camera::Camera;
use kubehop::view::flow::{Flow, PlayedTrace, Share};
use kubehop::view::scene::{Point, Scene, ShapeId};
use yew::prelude::*;

use super::browser;
use super::icons;
use super::message::{Msg, Theme};
use super::packet_tab::tone;
use super::packets::Packets;
use super::picture::Picture;
use super::root::zoomed;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The picture.
    pub scene: Same<Scene>,
    /// The shown connection.
    pub trip: Option<Same<PlayedTrace>>,
    /// Many connections, while they are shown.
    pub flow: Option<Same<Flow>>,
    /// Seconds now.
    pub time: f32,
    /// Whether the end was reached.
    pub over: bool,
    /// Whether the picture is an older one, because the text is broken.
    pub stale: bool,
    /// What is selected.
    pub selected: Option<ShapeId>,
    /// How the picture is looked at.
    pub camera: Camera,
    /// The region's size.
    pub region: (f32, f32),
    /// The theme.
    pub theme: Theme,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// How much one turn of the wheel or one press of a button enlarges.
const ZOOM: f32 = 1.2;

/// The pixels a hand that clicks may shake; beyond, it drags.
const SHAKE: f32 = 4.0;

/// The stage.
#[component]
pub fn StagePane(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let watch = use_mut_ref(|| None);
    let dragged = use_mut_ref(|| None::<(Point, bool)>);
    let Props {
        scene,
        trip,
        flow,
        time,
        over,
        stale,
        selected,
        camera,
        region,
        theme,
        send,
    } = props;
    {
        let (place, send) = (place.clone(), send.clone());
        use_effect_with((), move |()| {
            let resized = send.reform(|(width, height)| Msg::Region(width, height));
            *watch.borrow_mut() = browser::on_size(&place, resized);
        });
    }
    let camera = *camera;
    let moment = trip
        .as_ref()
        .map(|trip| trip.timeline.frame(*time))
        .unwrap_or_default();
    let shares: Vec<Share> = flow
        .as_ref()
        .map(|flow| flow.shares(*time))
        .unwrap_or_default();
    let grab = {
        let (place, dragged, send) = (place.clone(), dragged.clone(), send.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(point) = browser::drag(&event, &place) else {
                *dragged.borrow_mut() = None;
                return;
            };
            let last = *dragged.borrow();
            let Some((last, holds)) = last.filter(|_| event.type_() == "pointermove") else {
                *dragged.borrow_mut() = Some((point, false));
                return;
            };
            let (x, y) = (point.x - last.x, point.y - last.y);
            if holds || x.abs().max(y.abs()) > SHAKE {
                browser::hold(&event, &place);
                *dragged.borrow_mut() = Some((point, true));
                send.emit(Msg::Look(Some(camera.moved(x, y))));
            }
        })
    };
    let onwheel = {
        let (place, send) = (place.clone(), send.clone());
        Callback::from(move |event: WheelEvent| {
            event.prevent_default();
            if let Some(point) = browser::within(&event, &place) {
                let factor = (1.0 + event.delta_y().abs() as f32 / 400.0).min(ZOOM);
                send.emit(zoomed(
                    camera,
                    if event.delta_y() < 0.0 {
                        factor
                    } else {
                        1.0 / factor
                    },
                    point,
                ));
            }
        })
    };
    let centre = Point {
        x: region.0 / 2.0,
        y: region.1 / 2.0,
    };
    let zoom = |factor: f32| send.reform(move |_: MouseEvent| zoomed(camera, factor, centre));
    let fit = send.reform(|_: MouseEvent| Msg::Look(None));
    html! {
        <div ref={place} class={classes!("picture", stale.then_some("stale"))} onpointerdown={grab.clone()} onpointermove={grab} {onwheel}>
            <Picture scene={scene.clone()} trip={trip.clone()} hop={moment.hop} travelling={moment.ahead > 0.0} {shares}
                selected={selected.clone()} {camera} send={send.clone()} />
            <Packets scene={scene.clone()} trip={trip.clone()} flow={flow.clone()} time={*time} {camera} theme={*theme} region={*region} />
            if *stale { <p class="stale-note">{ words.label("stale") }</p> }
            if let Some(trip) = trip.as_ref().filter(|_| *over && flow.is_none()) { { outcome(&trip.trace.verdict, &words) } }
            <div class="zoom">
                <button class="icon" aria-label={words.label("nearer")} onclick={zoom(ZOOM)}>{ icons::line(icons::PLUS) }</button>
                <button class="icon" aria-label={words.label("farther")} onclick={zoom(1.0 / ZOOM)}>{ icons::line(icons::MINUS) }</button>
                <button class="icon" aria-label={words.label("fit")} onclick={fit}>{ icons::line(icons::FIT) }</button>
            </div>
        </div>
    }
}

/// How the trip ended, under the picture.
fn outcome(verdict: &Verdict, words: &super::shared::Words) -> Html {
    let sentence = words.format(verdict);
    html! {
        <p class={classes!("outcome", tone(verdict))}><span><b>{ sentence.text }</b><span class="detail">{ " " }{ sentence.detail }</span></span></p>
    }
}
