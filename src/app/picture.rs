//! The picture: the scene as SVG, and over it a canvas for the packets.

use kubehop::view::camera::Camera;
use kubehop::view::flow::EndpointCount;
use kubehop::view::scene::{
    LineEnd, PathHop, Rect, Scene, ScenePath, SceneText, Shape, ShapeId, ShapeIndex, ShapeRole,
    TextContent, TextStyle,
};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::message::{Action, Msg};
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What to draw.
    pub scene: Same<Scene>,
    /// The hop last reached, from 0.
    pub hop: usize,
    /// How many connections chose each endpoint, while many are shown.
    pub counts: Vec<EndpointCount>,
    /// Whether many connections are shown.
    pub is_flow: bool,
    /// What is selected.
    pub selected: Option<ShapeId>,
    /// How it is looked at.
    pub camera: Camera,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The picture without its packets. Shapes have a group of their own: where all children have keys, one keeps its element,
/// and the keyboard, while others come and go.
#[component]
pub fn Picture(props: &Props) -> Html {
    let words = use_words();
    let Props { scene, camera, .. } = props;
    let transform = format!(
        "translate({:.2} {:.2}) scale({:.4})",
        camera.x, camera.y, camera.scale
    );
    let (width, height) = scene.size;
    let shapes = || (0..scene.shapes.len()).map(ShapeIndex);
    let is_node = |index: &ShapeIndex| scene.shapes[index.0].role == ShapeRole::Node;
    html! {
        <svg class="scene" role="group" aria-label={words.label("picture")}>
            <defs>
                <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse" style="overflow:visible"><path d="M-6 -3L8 4L-6 11z" fill="var(--pkt)"/></marker>
            </defs>
            <g {transform} data-size={format!("{width}x{height}")}>
                <g>{ for scene.captions.iter().map(text) }</g>
                if let Some(x) = scene.border { <line class="border" x1={x.to_string()} x2={x.to_string()} y1="12" y2={height.to_string()} /> }
                <g>{ for shapes().filter(is_node).map(|index| drawn(index, props, &words)) }</g>
                <g>{ for shapes().filter(|index| !is_node(index)).map(|index| drawn(index, props, &words)) }</g>
                <g>{ routes(props) }</g>
            </g>
        </svg>
    }
}

/// The path of the shown connection; `None` while many are shown.
fn path(props: &Props) -> Option<&ScenePath> {
    if props.is_flow {
        None
    } else {
        props.scene.path.as_ref()
    }
}

/// The lines of the path: gone ones drawn through, the one ahead dashed, later ones not at all.
fn routes(props: &Props) -> Html {
    let Some(path) = path(props) else {
        return Html::default();
    };
    let passes = |hop: &usize| path.hops[*hop].line == Some(LineEnd::Edge);
    let ahead = (props.hop + 1..path.hops.len())
        .find(|hop| !passes(hop))
        .unwrap_or(props.hop);
    let route = |(index, hop): (usize, &PathHop)| {
        let line = hop.line?;
        let state = if index <= props.hop { "done" } else { "ahead" };
        let reply = hop.is_reply.then_some("reply");
        let is_latest = line == LineEnd::Box && index >= props.hop;
        let arrow = is_latest.then_some("url(#arrow)");
        Some(
            html! { <path key={index} class={classes!("route", state, reply)} d={hop.curve.path()} marker-end={arrow} /> },
        )
    };
    let shown = path.hops.iter().enumerate().take(ahead + 1);
    html! { { for shown.filter_map(route) } }
}

fn drawn(index: ShapeIndex, props: &Props, words: &Words) -> Html {
    let shape = &props.scene.shapes[index.0];
    let Rect { x, y, w, h } = shape.rect;
    let state = state(index, props);
    let key = shape.key.clone();
    let selected = props.selected.as_ref() == Some(&key);
    let select = {
        let (send, key) = (props.send.clone(), key.clone());
        Callback::from(move |()| {
            let key = if selected { None } else { Some(key.clone()) };
            send.emit(Msg::Do(Action::Ask(Ask::Select(key))));
        })
    };
    let onkeydown = {
        let select = select.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                select.emit(());
            }
        })
    };
    let named = matches!(
        shape.role,
        ShapeRole::More | ShapeRole::Entry | ShapeRole::Endpoint | ShapeRole::Process
    );
    let label = label(shape);
    let whole = whole_name(shape);
    let texts = card(index, props).unwrap_or(&shape.texts);
    let radius = match shape.role {
        ShapeRole::Node => "14",
        ShapeRole::Service => "12",
        ShapeRole::Rules => "8",
        ShapeRole::Entry | ShapeRole::Outside | ShapeRole::Slices => "10",
        _ => "9",
    };
    html! {
        <g key={format!("{:?}", shape.key)} class={classes!("shape", class_of(shape.role), state, selected.then_some("lit"))} transform={format!("translate({x:.1} {y:.1})")}
            role={if named { "presentation" } else { "button" }} tabindex={(!named).then_some("0")} aria-label={(!named).then_some(label)}
            aria-pressed={(!named).then(|| selected.to_string())} onclick={select.reform(|_: MouseEvent| ())} {onkeydown}>
            if let Some(whole) = whole { <title>{ whole }</title> }
            <rect width={w.to_string()} height={h.to_string()} rx={radius} />
            if let Some(mark) = shape.mark { <circle class="mark" cx={mark.x.to_string()} cy={mark.y.to_string()} r={if h > 40.0 { "5" } else { "4" }} /> }
            { for texts.iter().map(text) }
            { share(index, props, words) }
        </g>
    }
}

/// What a shape is called where it is not seen: its texts, a shortened name whole, kube-proxy's rules with their node.
fn label(shape: &Shape) -> String {
    let node = match &shape.key {
        ShapeId::Rules(node) => Some(node.clone()),
        _ => None,
    };
    let texts = shape.texts.iter().map(content);
    let rest = texts.filter(|text| !text.contains('…'));
    whole_name(shape)
        .into_iter()
        .chain(rest)
        .chain(node)
        .collect::<Vec<String>>()
        .join(", ")
}

/// The name of a pod or a Service whose card has no room for it.
fn whole_name(shape: &Shape) -> Option<String> {
    let (ShapeId::Pod(name) | ShapeId::Service(name)) = &shape.key else {
        return None;
    };
    let shown = shape.texts.first().map(content);
    (shown.as_deref() != Some(name.name.as_str())).then(|| name.name.to_string())
}

/// Classes for what the shown connection does with the shape.
fn state(index: ShapeIndex, props: &Props) -> Classes {
    let mut classes = Classes::new();
    let Some(path) = path(props) else {
        return classes;
    };
    let Some(here) = path.hops.get(props.hop) else {
        return classes;
    };
    let is_box = here.shape == Some(index);
    if is_box || here.node == Some(index) {
        classes.push("at");
    }
    // What failed is one box, not the whole node around it.
    if is_box && path.is_failure && props.hop + 1 == path.hops.len() {
        classes.push("failed-here");
    }
    if path.reached == Some(index) {
        classes.push("chosen");
    }
    classes
}

/// What kube-proxy's card says while the packet is in it: what was rewritten, and by which chains.
fn card(index: ShapeIndex, props: &Props) -> Option<&Vec<SceneText>> {
    let hop = path(props)?.hops.get(props.hop)?;
    hop.card.as_ref().filter(|_| hop.shape == Some(index))
}

/// The probability of an endpoint, or how many connections it got.
fn share(index: ShapeIndex, props: &Props, words: &Words) -> Html {
    let shape = &props.scene.shapes[index.0];
    let Some(path) = &props.scene.path else {
        return Html::default();
    };
    if props.is_flow && path.service == Some(index) {
        return bar(shape, &props.counts, words);
    }
    let choice = path.choices.iter().find(|choice| choice.shape == index);
    let Some(choice) = choice.filter(|_| shape.rect.w >= 150.0) else {
        return Html::default();
    };
    let count = props
        .counts
        .iter()
        .find(|count| count.endpoint == choice.endpoint);
    let text = match count {
        Some(count) => count.count.to_string(),
        None if choice.probability < 1.0 => format!("{:.0}%", choice.probability * 100.0),
        None => return Html::default(),
    };
    // Beside the second line of a high card, whose first is the pod's name.
    let y = if shape.rect.h > 50.0 {
        44.0
    } else {
        shape.rect.h / 2.0 + 5.0
    };
    html! { <text class="t-share" text-anchor="end" x={(shape.rect.w - 20.0).to_string()} y={y.to_string()}>{ text }</text> }
}

/// How many were sent, as a bar with a part for each endpoint.
fn bar(shape: &Shape, counts: &[EndpointCount], words: &Words) -> Html {
    let total: usize = counts.iter().map(|count| count.count).sum();
    let numbers: Vec<String> = counts.iter().map(|count| count.count.to_string()).collect();
    let (left, width) = (shape.rect.w - 142.0, 120.0);
    let mut x = left;
    let part = |(index, count): (usize, &EndpointCount)| {
        let wide = if total > 0 {
            width * count.count as f32 / total as f32
        } else {
            0.0
        };
        let at = x;
        x += wide;
        let opacity = [1.0, 0.7, 0.45, 0.3][index % 4].to_string();
        html! { <rect class="bar-part" x={at.to_string()} y="16" width={(wide - 1.0).max(0.0).to_string()} height="9" rx="2" {opacity} /> }
    };
    let parts: Vec<Html> = counts.iter().enumerate().map(part).collect();
    let sent = words.label("sent").replace("{count}", &total.to_string());
    html! {
        <g>
            <text class="t-remark" text-anchor="end" x={(left - 8.0).to_string()} y="25">{ sent }</text>
            <rect class="bar-back" x={left.to_string()} y="16" width={width.to_string()} height="9" rx="3" />
            { for parts }
            <text class="t-small-address" x={left.to_string()} y="42">{ TextStyle::SmallAddress.fit(&numbers.join(" / "), width + 14.0) }</text>
        </g>
    }
}

fn content(text: &SceneText) -> String {
    match &text.content {
        TextContent::Plain(plain) => plain.clone(),
        // The worker has spelled it out.
        TextContent::Caption(_) => String::new(),
    }
}

fn text(item: &SceneText) -> Html {
    html! { <text class={style_of(item.style)} x={item.at.x.to_string()} y={item.at.y.to_string()}>{ content(item) }</text> }
}

fn style_of(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Heading => "t-heading",
        TextStyle::Title => "t-title",
        TextStyle::Name => "t-name",
        TextStyle::Tag => "t-tag",
        TextStyle::Address => "t-address",
        TextStyle::SmallAddress => "t-small-address",
        TextStyle::Remark => "t-remark",
        TextStyle::Warning => "t-warning",
        TextStyle::Share => "t-share",
        TextStyle::Column => "t-column",
        TextStyle::Badge => "t-badge",
        TextStyle::Change => "t-changed",
        TextStyle::Chain => "t-chain",
        TextStyle::LastChain => "t-chain last",
    }
}

fn class_of(role: ShapeRole) -> &'static str {
    match role {
        ShapeRole::Service => "service",
        ShapeRole::Node => "node",
        ShapeRole::Rules => "rules",
        ShapeRole::Entry => "entry",
        ShapeRole::Process => "process",
        ShapeRole::PodReady => "pod-ready",
        ShapeRole::PodNotReady => "pod-not-ready",
        ShapeRole::PodTerminating => "pod-terminating",
        ShapeRole::PodFailed => "pod-failed",
        ShapeRole::PodAside => "pod-aside",
        ShapeRole::Outside => "outside",
        ShapeRole::Slices => "slices",
        ShapeRole::Endpoint => "endpoint",
        ShapeRole::More => "more",
    }
}
