//! The picture on the page: the tree of the SVG writer as nodes, with what can be pressed.

use std::borrow::Cow;

use kubehop::view::camera::Camera;
use kubehop::view::flow::FlowCounts;
use kubehop::view::page_view::{FoundKind, LinksView, SearchPanel};
use kubehop::view::scene::{Scene, ShapeId, ShapeIndex};
use kubehop::view::session::{Ask, LookAsk, Pointed};
use kubehop::view::svg::{self, FlowState, PictureState, SvgContent, SvgElement};
use yew::prelude::*;
use yew::virtual_dom::{Key, VNode, VTag, VText};

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What to draw.
    pub(crate) scene: Same<Scene>,
    /// The hop last reached, from 0.
    pub(crate) hop: usize,
    /// How many connections chose each endpoint, while many are shown.
    pub(crate) counts: FlowCounts,
    /// Whether many connections are shown.
    pub(crate) is_flow: bool,
    /// What is selected.
    pub(crate) selected: Option<ShapeId>,
    /// What belongs to it, or to what is pointed at.
    pub(crate) links: Same<LinksView>,
    /// How it is looked at.
    pub(crate) camera: Camera,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The picture without its packets.
#[component]
pub(crate) fn Picture(props: &Props) -> Html {
    let words = use_words();
    let Props { scene, camera, .. } = props;
    let transform = format!(
        "translate({:.2} {:.2}) scale({:.4})",
        camera.x, camera.y, camera.scale
    );
    let (width, height) = scene.size;
    // As large as it is on paper, which has no camera.
    let paper = format!(
        "--width:{width}px;--height:{height}px;--fit:{:.3}",
        (PAPER / width.max(1.0)).min(1.0)
    );
    html! {
        <svg
            class="scene"
            ~style={paper}
            role="group"
            aria-label={words.label("picture")}
            onclick={select_by_pointer(props)}
            onkeydown={select_by_key(props)}
            onpointerover={point(props)}
            onfocusin={point(props)}
            onfocusout={props.send.reform(|_: FocusEvent| Msg::Point(Pointed::Nothing))}
        >
            <Definitions />
            <g {transform} data-size={format!("{width}x{height}")}>
                <Shapes
                    scene={scene.clone()}
                    hop={props.hop}
                    counts={props.counts.clone()}
                    is_flow={props.is_flow}
                    selected={props.selected.clone()}
                    links={props.links.clone()}
                />
            </g>
        </svg>
    }
}

/// What the picture refers to.
#[component]
fn Definitions() -> Html {
    node(svg::definitions(), &|_, _| {})
}

/// Everything that the camera moves. It is a separate component, so that a camera movement renders none of it again.
#[derive(Properties, PartialEq)]
struct ShapesProps {
    scene: Same<Scene>,
    hop: usize,
    counts: FlowCounts,
    is_flow: bool,
    selected: Option<ShapeId>,
    links: Same<LinksView>,
}

#[component]
fn Shapes(props: &ShapesProps) -> Html {
    let words = use_words();
    let sent = props.counts.sent().to_string();
    let sent = words.label("sent").replace("{count}", &sent);
    let flow = FlowState {
        counts: &props.counts,
        sent: &sent,
    };
    let state = PictureState {
        scene: &props.scene,
        hop: props.hop,
        flow: props.is_flow.then_some(flow),
        selected: props.selected.as_ref(),
        linked: &props.links.shapes,
    };
    let selectable = |tag: &mut VTag, index| make_selectable(tag, index, &state);
    let contents = svg::contents(&state).into_iter();
    contents
        .map(|element| node(element, &selectable))
        .collect::<Html>()
}

/// The width of the picture on paper, in CSS pixels: that of A4 and Letter without their margins.
const PAPER: f32 = 690.0;

/// An element of the writer as a node of the page; `selectable` gets those of shapes.
fn node(element: SvgElement, selectable: &dyn Fn(&mut VTag, ShapeIndex)) -> VNode {
    let mut tag = VTag::new(element.name);
    tag.key = element.key.map(Key::from);
    for (name, value) in element.attributes {
        match value {
            Cow::Borrowed(value) => tag.add_attribute(name, value),
            Cow::Owned(value) => tag.add_attribute(name, value),
        }
    }
    if let Some(index) = element.shape {
        selectable(&mut tag, index);
    }
    let children = element.content.into_iter().map(|content| match content {
        SvgContent::Element(element) => node(element, selectable),
        SvgContent::Text(text) => VText::new(text).into(),
    });
    tag.add_children(children);
    tag.into()
}

fn make_selectable(tag: &mut VTag, index: ShapeIndex, state: &PictureState<'_>) {
    let shape = &state.scene.shapes[index.0];
    tag.add_attribute("data-shape", index.0.to_string());
    if !svg::is_control(shape) {
        tag.add_attribute("role", "presentation");
        return;
    }
    let is_selected = state.selected == Some(&shape.key);
    tag.add_attribute("role", "button");
    tag.add_attribute("tabindex", "0");
    tag.add_attribute("aria-label", svg::name(state, index));
    tag.add_attribute("aria-pressed", if is_selected { "true" } else { "false" });
}

/// Points at the shape under the pointer, or that the keyboard got to.
fn point<E: AsRef<Event> + 'static>(props: &Props) -> Callback<E> {
    let scene = props.scene.clone();
    props.send.reform(move |event: E| {
        let index = browser::shape_of(event.as_ref());
        let shape = index.and_then(|index| scene.shapes.get(index));
        Msg::Point(shape.map_or(Pointed::Nothing, |shape| Pointed::Object(shape.key.clone())))
    })
}

/// Selects the shape that was clicked; selects nothing if it was selected.
fn select_by_pointer(props: &Props) -> Callback<MouseEvent> {
    let select = select(props);
    Callback::from(move |event: MouseEvent| {
        if let Some(index) = browser::shape_of(&event) {
            select.emit(index);
        }
    })
}

/// Enter and Space do what a click does.
fn select_by_key(props: &Props) -> Callback<KeyboardEvent> {
    let select = select(props);
    Callback::from(move |event: KeyboardEvent| {
        let index = browser::shape_of(&event);
        if let Some(index) = index.filter(|_| matches!(event.key().as_str(), "Enter" | " ")) {
            event.prevent_default();
            select.emit(index);
        }
    })
}

fn select(props: &Props) -> Callback<usize> {
    let (scene, selected) = (props.scene.clone(), props.selected.clone());
    props.send.reform(move |index: usize| {
        let key = scene.shapes.get(index).map(|shape| shape.key.clone());
        let panel = |kind, text: &str| SearchPanel {
            kind: Some(kind),
            text: text.to_owned(),
            ..SearchPanel::default()
        };
        // What had no room in the picture is listed.
        match &key {
            Some(ShapeId::MoreGroups) => return Msg::Find(panel(FoundKind::Service, "")),
            Some(ShapeId::Object(kind, name)) if kind == "Namespace" => {
                let namespace = name.name.to_string();
                return Msg::Find(SearchPanel {
                    namespace,
                    ..SearchPanel::default()
                });
            }
            Some(ShapeId::MoreNodes) => return Msg::Find(panel(FoundKind::Node, "")),
            Some(ShapeId::More(node)) => return Msg::Find(panel(FoundKind::Pod, node)),
            _ => {}
        }
        let key = key.filter(|key| selected.as_ref() != Some(key));
        Msg::Do(Action::Ask(Ask::Look(LookAsk::Select(key))))
    })
}
