//! The picture: the scene as SVG, and over it a canvas for the packets.

use kubehop::engine::ruleset::ChainKind;
use kubehop::engine::trace::{Direction, Hop};
use kubehop::view::camera::Camera;
use kubehop::view::flow::{PlayedTrace, Share};
use kubehop::view::scene::{
    ArrowEnd, Content, Rect, Scene, Shape, ShapeId, ShapeRole, Style, Text,
};
use kubehop::view::session::Action;
use yew::prelude::*;

use super::message::Msg;
use super::page_text::Line;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What to draw.
    pub scene: Same<Scene>,
    /// The shown connection.
    pub trip: Option<Same<PlayedTrace>>,
    /// The hop last reached, from 0.
    pub hop: usize,
    /// Whether the packet is on its way to the next hop.
    pub travelling: bool,
    /// How many connections chose each endpoint, while many are shown.
    pub shares: Vec<Share>,
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
    html! {
        <svg class="scene" role="group" aria-label={words.label("picture")}>
            <defs>
                <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse" style="overflow:visible"><path d="M-6 -3L8 4L-6 11z" fill="var(--pkt)"/></marker>
            </defs>
            <g {transform} data-size={format!("{width}x{height}")}>
                <g>{ for scene.captions.iter().map(|caption| text(caption, &words)) }</g>
                if let Some(x) = scene.border { <line class="border" x1={x.to_string()} x2={x.to_string()} y1="12" y2={height.to_string()} /> }
                <g>{ for scene.shapes().filter(|shape| shape.role == ShapeRole::Node).map(|shape| drawn(shape, props, &words)) }</g>
                <g>{ for scene.shapes().filter(|shape| shape.role != ShapeRole::Node).map(|shape| drawn(shape, props, &words)) }</g>
                <g>{ routes(props) }</g>
            </g>
        </svg>
    }
}

/// The ways of the trip: gone ones drawn through, the one ahead dashed, later ones faint.
fn routes(props: &Props) -> Html {
    let Some(trip) = &props.trip else {
        return Html::default();
    };
    if !props.shares.is_empty() {
        return Html::default();
    }
    let passes = |hop: usize| {
        props
            .scene
            .routes()
            .any(|route| route.hop == hop && route.arrival == ArrowEnd::Passing)
    };
    let ahead = (props.hop + 1..trip.trace.hops.len())
        .find(|hop| !passes(*hop))
        .unwrap_or(props.hop);
    let shown = props.scene.routes().filter(|route| route.hop <= ahead);
    let route = |route: &kubehop::view::scene::PacketRoute| {
        let done = route.hop <= props.hop;
        let reply = (route.leg == Direction::Reply).then_some("reply");
        let state = if done { "done" } else { "ahead" };
        let latest = route.arrival == ArrowEnd::Stop && route.hop >= props.hop;
        html! { <path key={route.hop} class={classes!("route", state, reply)} d={route.curve.path()} marker-end={latest.then_some("url(#arrow)")} /> }
    };
    html! { { for shown.map(route) } }
}

fn drawn(shape: &Shape, props: &Props, words: &Words) -> Html {
    let Rect { x, y, w, h } = shape.rect;
    let state = state(shape, props);
    let changes = changes(shape, props);
    let key = shape.key.clone();
    let selected = props.selected.as_ref() == Some(&key);
    let select = {
        let (send, key) = (props.send.clone(), key.clone());
        Callback::from(move |()| {
            send.emit(Msg::Do(Action::Select(if selected {
                None
            } else {
                Some(key.clone())
            })));
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
    let label = label(shape, words);
    let whole = whole_name(shape);
    let texts: Vec<Html> = match changes {
        Some(changes) => changes,
        None => shape.texts.iter().map(|item| text(item, words)).collect(),
    };
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
            { for texts }
            { share(shape, props, words) }
        </g>
    }
}

/// What a shape is called where it is not seen: its texts, a shortened name whole, kube-proxy's rules with their node.
fn label(shape: &Shape, words: &Words) -> String {
    let texts = shape.texts.iter().map(|text| content(text, words));
    let whole = whole_name(shape);
    let node = match &shape.key {
        ShapeId::Rules(node) => Some(node.clone()),
        ShapeId::Client
        | ShapeId::Outside(_)
        | ShapeId::LoadBalancer(_)
        | ShapeId::Service(_)
        | ShapeId::Slices(_)
        | ShapeId::Endpoint(..)
        | ShapeId::Node(_)
        | ShapeId::Entry(_)
        | ShapeId::Process(_)
        | ShapeId::Pod(_)
        | ShapeId::More(_)
        | ShapeId::MoreServices => None,
    };
    let rest = texts.filter(|text| !text.contains('…'));
    whole
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
    let shown = shape.texts.first().map(|text| &text.content);
    let is_whole = matches!(shown, Some(Content::Plain(shown)) if name.name == *shown);
    (!is_whole).then(|| name.name.to_string())
}

/// Classes for what the trip does with the shape.
fn state(shape: &Shape, props: &Props) -> Classes {
    let mut classes = Classes::new();
    let Some(trip) = props.trip.as_ref().filter(|_| props.shares.is_empty()) else {
        return classes;
    };
    let hops = &trip.trace.hops;
    let Some(here) = hops.get(props.hop) else {
        return classes;
    };
    let is_box = props
        .scene
        .shape_of(here)
        .is_some_and(|here| here.key == shape.key);
    if is_box || is_node_of(shape, here) {
        classes.push("at");
    }
    // What failed is one box, not the whole node around it.
    if is_box && trip.trace.is_failure() && props.hop + 1 == hops.len() {
        classes.push("failed-here");
    }
    let chosen = trip.trace.answered_by();
    if matches!(&shape.key, ShapeId::Pod(pod) if chosen == Some(pod)) {
        classes.push("chosen");
    }
    classes
}

fn is_node_of(shape: &Shape, hop: &Hop) -> bool {
    matches!((&shape.key, hop.device.node()), (ShapeId::Node(node), Some(here)) if node == here)
}

/// What kube-proxy's card says while the packet is in it: what was rewritten, and through which chains.
fn changes(shape: &Shape, props: &Props) -> Option<Vec<Html>> {
    let ShapeId::Rules(_) = &shape.key else {
        return None;
    };
    let trip = props.trip.as_ref().filter(|_| props.shares.is_empty())?;
    let hop = trip.trace.hops.get(props.hop)?;
    if !props.scene.keys(hop).contains(&shape.key) || hop.device.rules_node().is_none() {
        return None;
    }
    let inset = if shape.rect.w > 100.0 { 12.0 } else { 8.0 };
    let room = shape.rect.w - inset - 6.0;
    let line = |y: f32, class: &'static str, text: String| {
        html! { <text class={class} x={inset.to_string()} y={y.to_string()}>{ text }</text> }
    };
    let mut lines = vec![
        line(22.0, "t-name", "kube-proxy".to_owned()),
        line(40.0, "t-changed", hop.change()),
    ];
    let mut chains = hop.chains();
    let room_for = ((shape.rect.h - 50.0) / 15.0) as usize;
    for plain in [ChainKind::Services, ChainKind::ServicePort] {
        if chains.len() > room_for {
            chains.retain(|chain| chain.kind != plain);
        }
    }
    let fits = room_for.min(chains.len());
    for (place, chain) in chains.iter().take(fits).enumerate() {
        let class = if place + 1 == fits {
            "t-chain last"
        } else {
            "t-chain"
        };
        let arrow = if place == 0 { "" } else { "→ " };
        let text = format!("{arrow}{}", chain.name);
        let kept = ((room / 6.35) as usize).max(4);
        let text = if text.chars().count() > kept {
            format!("{}…", text.chars().take(kept - 1).collect::<String>())
        } else {
            text
        };
        lines.push(line(60.0 + 15.0 * place as f32, class, text));
    }
    Some(lines)
}

/// The probability of an endpoint, or how many connections it got.
fn share(shape: &Shape, props: &Props, words: &Words) -> Html {
    match &shape.key {
        ShapeId::Pod(pod) => {
            let choice = props.trip.as_ref().and_then(|trip| {
                trip.trace
                    .choices()
                    .find(|choice| choice.pod.as_ref() == Some(pod))
                    .cloned()
            });
            let counted = choice.as_ref().and_then(|choice| {
                props
                    .shares
                    .iter()
                    .find(|share| share.endpoint == choice.endpoint)
            });
            let text = match (counted, choice) {
                (Some(share), _) => share.count.to_string(),
                (None, Some(choice)) if choice.probability < 1.0 => {
                    format!("{:.0}%", choice.probability * 100.0)
                }
                _ => return Html::default(),
            };
            if shape.rect.w < 150.0 {
                return Html::default();
            }
            // Beside the second line of a high card, whose first is the pod's name.
            let y = if shape.rect.h > 50.0 {
                44.0
            } else {
                shape.rect.h / 2.0 + 5.0
            };
            html! { <text class="t-share" text-anchor="end" x={(shape.rect.w - 20.0).to_string()} y={y.to_string()}>{ text }</text> }
        }
        ShapeId::Service(service) if !props.shares.is_empty() => {
            let is_subject = props
                .trip
                .as_ref()
                .is_some_and(|trip| trip.trace.service.as_ref() == Some(service));
            if is_subject {
                bar(shape, &props.shares, words)
            } else {
                Html::default()
            }
        }
        _ => Html::default(),
    }
}

/// How many were sent, as a bar with a part for each endpoint.
fn bar(shape: &Shape, shares: &[Share], words: &Words) -> Html {
    let total: usize = shares.iter().map(|share| share.count).sum();
    let counts: Vec<String> = shares.iter().map(|share| share.count.to_string()).collect();
    let (left, width) = (shape.rect.w - 142.0, 120.0);
    let mut x = left;
    let part = |(place, share): (usize, &Share)| {
        let wide = if total > 0 {
            width * share.count as f32 / total as f32
        } else {
            0.0
        };
        let at = x;
        x += wide;
        let opacity = [1.0, 0.7, 0.45, 0.3][place % 4].to_string();
        html! { <rect class="bar-part" x={at.to_string()} y="16" width={(wide - 1.0).max(0.0).to_string()} height="9" rx="2" {opacity} /> }
    };
    let parts: Vec<Html> = shares.iter().enumerate().map(part).collect();
    html! {
        <g>
            <text class="t-remark" text-anchor="end" x={(left - 8.0).to_string()} y="25">{ words.format(&Line::Sent { count: total }).text }</text>
            <rect class="bar-back" x={left.to_string()} y="16" width={width.to_string()} height="9" rx="3" />
            { for parts }
            <text class="t-small-address" x={left.to_string()} y="42">{ Style::SmallAddress.fit(&counts.join(" / "), width + 14.0) }</text>
        </g>
    }
}

fn content(text: &Text, words: &Words) -> String {
    match &text.content {
        Content::Plain(plain) => plain.clone(),
        Content::Say(caption) => words.format(caption).text,
    }
}

fn text(item: &Text, words: &Words) -> Html {
    html! { <text class={style_of(item.style)} x={item.at.x.to_string()} y={item.at.y.to_string()}>{ content(item, words) }</text> }
}

fn style_of(style: Style) -> &'static str {
    match style {
        Style::Heading => "t-heading",
        Style::Title => "t-title",
        Style::Name => "t-name",
        Style::Tag => "t-tag",
        Style::Address => "t-address",
        Style::SmallAddress => "t-small-address",
        Style::Remark => "t-remark",
        Style::Warning => "t-warning",
        Style::Share => "t-share",
        Style::Column => "t-column",
        Style::Badge => "t-badge",
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
