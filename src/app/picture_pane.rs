//! The picture and its packets, moved by dragging, enlarged by wheel, keys or buttons.

use std::cell::RefCell;
use std::rc::Rc;

use kubehop::view::camera::Camera;
use kubehop::view::flow::Flow;
use kubehop::view::page_view::{LinksView, SearchPanel, TraceView, VerdictView};
use kubehop::view::scene::{Point, Scene, ShapeId};
use kubehop::view::timeline::Moment;
use yew::prelude::*;

use super::browser;
use super::icons;
use super::message::{Msg, Theme};
use super::packets::Packets;
use super::picture::Picture;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The picture.
    pub(crate) scene: Same<Scene>,
    /// The shown connection.
    pub(crate) trace: Option<Same<TraceView>>,
    /// Many connections, while they are shown.
    pub(crate) flow: Option<Same<Flow>>,
    /// Seconds now.
    pub(crate) time: f32,
    /// Whether the end was reached.
    pub(crate) over: bool,
    /// Whether the picture is an older one, because the text is broken.
    pub(crate) stale: bool,
    /// What documents that cannot be parsed mean for it.
    pub(crate) unparsed: Option<String>,
    /// Why the worker does not answer.
    pub(crate) fault: Option<&'static str>,
    /// What is selected.
    pub(crate) selected: Option<ShapeId>,
    /// What belongs to it, or to what is pointed at.
    #[prop_or_default]
    pub(crate) links: Same<LinksView>,
    /// How the picture is looked at.
    pub(crate) camera: Camera,
    /// The region's size.
    pub(crate) region: (f32, f32),
    /// The theme.
    pub(crate) theme: Theme,
    /// Whether the page is in a frame of another one, whose wheel it leaves alone, and which says itself how it ended.
    pub(crate) embedded: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
    /// What covers the lower edge of the picture.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// How much one turn of the wheel or one press of a button enlarges.
const ZOOM: f32 = 1.2;

/// The pixels a hand that clicks may shake; beyond, it drags.
const SHAKE: f32 = 4.0;

/// The picture, its packets, and the notes over it.
#[component]
pub(crate) fn PicturePane(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let hands = use_mut_ref(Hands::default);
    use_region(&place, &props.send);
    let moment = match &props.trace {
        Some(trace) => trace.timeline.frame(props.time),
        None => Moment::default(),
    };
    let flow = props.flow.as_ref();
    let counts = flow.map(|flow| flow.counts(props.time)).unwrap_or_default();
    let grab = grab(props, &place, &hands);
    let picture = html! {
        <div
            ref={place.clone()}
            class={classes!("picture", props.stale.then_some("stale"))}
            onpointerdown={grab.clone()}
            onpointermove={grab.clone()}
            onpointerup={grab.clone()}
            onpointercancel={grab}
            ondblclick={(!props.embedded).then(|| double_press(props, &place))}
            onwheel={(!props.embedded).then(|| wheel(props, &place))}
        >
            <Picture
                scene={props.scene.clone()}
                hop={moment.hop}
                {counts}
                is_flow={props.flow.is_some()}
                selected={props.selected.clone()}
                links={props.links.clone()}
                camera={props.camera}
                send={props.send.clone()}
            />
            <Packets
                scene={props.scene.clone()}
                trace={props.trace.clone()}
                flow={props.flow.clone()}
                time={props.time}
                camera={props.camera}
                theme={props.theme}
                region={props.region}
            />
            { pinned(props) }
            { notes(props) }
        </div>
    };
    if props.embedded {
        return picture;
    }
    html! {
        <div class="view">
            { picture }
            <div class="over">{ props.children.clone() }</div>
            <div class="under">
                { ended(props) }
                { zoom_buttons(props, &words) }
            </div>
        </div>
    }
}

/// Tells the size of the picture's region, now and whenever it changes.
#[hook]
fn use_region(place: &NodeRef, send: &Callback<Msg>) {
    let watch = use_mut_ref(|| None);
    let (place, send) = (place.clone(), send.clone());
    use_effect_with((), move |()| {
        let resized = send.reform(|(width, height)| Msg::Region(width, height));
        *watch.borrow_mut() = browser::on_size(&place, resized);
    });
}

/// The fingers, or the mouse, that are down on the picture.
#[derive(Default)]
struct Hands {
    /// Each with its pointer's id and where it was last.
    down: Vec<(i32, Point)>,
    /// Whether one of them moved further than a hand shakes.
    is_held: bool,
    /// How they left the picture: they may move on before it is drawn.
    left: Option<Camera>,
}

/// Moves the picture with the pointer, once it moves further than a hand shakes; two fingers also enlarge it.
fn grab(props: &Props, place: &NodeRef, hands: &Rc<RefCell<Hands>>) -> Callback<PointerEvent> {
    let (place, hands, send) = (place.clone(), hands.clone(), props.send.clone());
    let camera = props.camera;
    Callback::from(move |event: PointerEvent| {
        let id = event.pointer_id();
        let mut hands = hands.borrow_mut();
        let Some(point) = browser::drag(&event, &place) else {
            hands.down.retain(|(down, _)| *down != id);
            hands.is_held &= !hands.down.is_empty();
            hands.left = hands.left.filter(|_| hands.is_held);
            return;
        };
        let known = hands.down.iter().position(|(down, _)| *down == id);
        let Some(known) = known.filter(|_| event.type_() == "pointermove") else {
            hands.down.retain(|(down, _)| *down != id);
            hands.down.push((id, point));
            return;
        };
        let last = hands.down[known].1;
        let camera = hands.left.unwrap_or(camera);
        let (x, y) = (point.x - last.x, point.y - last.y);
        let other = hands.down.iter().find(|(down, _)| *down != id);
        let moved = if let Some((_, other)) = other {
            pinched(camera, *other, last, point)
        } else if hands.is_held || x.abs().max(y.abs()) > SHAKE {
            camera.moved(x, y)
        } else {
            return;
        };
        browser::hold(&event, &place);
        hands.down[known].1 = point;
        hands.is_held = true;
        hands.left = Some(moved);
        send.emit(Msg::Look(Some(moved)));
    })
}

/// One of two fingers moves: what is between them follows, and grows with their distance.
fn pinched(camera: Camera, other: Point, last: Point, now: Point) -> Camera {
    let apart = |point: Point| (point.x - other.x).hypot(point.y - other.y).max(1.0);
    let middle = Point {
        x: (now.x + other.x) / 2.0,
        y: (now.y + other.y) / 2.0,
    };
    camera
        .moved((now.x - last.x) / 2.0, (now.y - last.y) / 2.0)
        .zoomed(apart(now) / apart(last), middle)
}

/// Enlarges the picture where it is pressed twice.
fn double_press(props: &Props, place: &NodeRef) -> Callback<MouseEvent> {
    let (place, send, camera) = (place.clone(), props.send.clone(), props.camera);
    Callback::from(move |event: MouseEvent| {
        if let Some(point) = browser::within(&event, &place) {
            send.emit(zoomed(camera, ZOOM * ZOOM, point));
        }
    })
}

/// Enlarges the picture about the pointer.
fn wheel(props: &Props, place: &NodeRef) -> Callback<WheelEvent> {
    let (place, send, camera) = (place.clone(), props.send.clone(), props.camera);
    Callback::from(move |event: WheelEvent| {
        event.prevent_default();
        let Some(point) = browser::within(&event, &place) else {
            return;
        };
        let factor = (1.0 + event.delta_y().abs() as f32 / 400.0).min(ZOOM);
        let is_nearer = event.delta_y() < 0.0;
        let factor = if is_nearer { factor } else { 1.0 / factor };
        send.emit(zoomed(camera, factor, point));
    })
}

fn zoom_buttons(props: &Props, words: &Words) -> Html {
    let centre = Point {
        x: props.region.0 / 2.0,
        y: props.region.1 / 2.0,
    };
    let (send, camera) = (&props.send, props.camera);
    let zoom = |factor: f32| send.reform(move |_: MouseEvent| zoomed(camera, factor, centre));
    let button = |label: &str, icon, onclick| {
        html! {
            <button class="icon" aria-label={words.label(label)} title={words.label(label)} {onclick}>
                { icons::line(icon) }
            </button>
        }
    };
    let whole = Camera::fit(props.scene.size, props.region, props.scene.view);
    let look = |camera| send.reform(move |_: MouseEvent| Msg::Look(camera));
    html! {
        <div class="zoom">
            { button("nearer", icons::PLUS, zoom(ZOOM)) }
            { button("farther", icons::MINUS, zoom(1.0 / ZOOM)) }
            { button("search", icons::SEARCH, send.reform(|_: MouseEvent| Msg::Find(SearchPanel::default()))) }
            { button("fit", icons::PATH, look(None)) }
            if whole.scale < 1.0 {
                { button("fit-all", icons::FIT, look(Some(whole))) }
            }
        </div>
    }
}

/// Name and type of the called Service, while its card is out of sight above.
fn pinned(props: &Props) -> Html {
    let Some(card) = props.camera.service_above(&props.scene) else {
        return Html::default();
    };
    let texts = card.texts.iter();
    let mut texts = texts.filter_map(|text| text.content.untranslated());
    html! {
        <p class="pinned" aria-hidden="true">
            <b>{ texts.next().unwrap_or_default() }</b>
            <span>{ texts.next().unwrap_or_default() }</span>
        </p>
    }
}

/// That the picture is an older one or lacks documents, or that the worker is lost.
fn notes(props: &Props) -> Html {
    html! {
        if let Some(fault) = props.fault {
            <p class="stale-note fault-note" role="alert">{ fault }</p>
        } else if let Some(unparsed) = &props.unparsed {
            <p class="stale-note" role="status">{ unparsed }</p>
        }
    }
}

/// How the connection ended, below the picture.
fn ended(props: &Props) -> Html {
    let is_over = props.over && props.flow.is_none();
    let Some(trace) = props.trace.as_ref().filter(|_| is_over) else {
        return Html::default();
    };
    let VerdictView { text, summary, .. } = &trace.verdict;
    html! {
        <p class={classes!("outcome", trace.verdict.tone.class())}>
            <b>{ text }</b>
            <span class="detail">{ " " }{ summary.clone() }</span>
        </p>
    }
}

/// Where a wheel or a button asks the picture to be enlarged.
fn zoomed(camera: Camera, factor: f32, about: Point) -> Msg {
    Msg::Look(Some(camera.zoomed(factor, about)))
}
