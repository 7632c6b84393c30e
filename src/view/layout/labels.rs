//! Where labels meet selectors, in the Concept view: which of a selector's pairs a pod carries, and which it does not.

use crate::view::scene::{Caption, SceneText, TextStyle};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::labels::service_selects;

use super::visible::VisibleObjects;

/// The most pairs of a selector that are listed.
const PAIRS: usize = 3;

/// The most pods drawn that a Service misses.
const MISSED: usize = 3;

/// The distance from one pair to the next one.
const LINE: f32 = 15.0;

/// A Service's selector, a line for each pair. A pair that no pod of the namespace has is highlighted.
pub(super) fn selector_lines(
    cluster: &Cluster,
    service: &Service,
    top: f32,
    width: f32,
) -> Vec<SceneText> {
    let Some(selector) = &service.spec.selector else {
        let none = SceneText::caption(14.0, top, TextStyle::Remark, Caption::NoSelector);
        return vec![none];
    };
    let heading = SceneText::caption(14.0, top, TextStyle::Remark, Caption::Selector);
    let mut texts = vec![heading];
    let left = selector.len().saturating_sub(PAIRS);
    for (key, value) in selector.iter().take(PAIRS) {
        let is_carried = cluster.each_pod().any(|pod| {
            pod.metadata.namespace == service.metadata.namespace
                && pod.metadata.labels.get(key) == Some(value)
        });
        let pair = pair_style(is_carried).fit(&format!("{key}={value}"), width - 28.0);
        let y = top + LINE * texts.len() as f32;
        texts.push(SceneText::plain(14.0, y, pair_style(is_carried), pair));
    }
    if left > 0 {
        let y = top + LINE * texts.len() as f32;
        let more = Caption::More { count: left };
        texts.push(SceneText::caption(14.0, y, TextStyle::Remark, more));
    }
    texts
}

/// Those of a pod's labels that the Service's selector requires, in at most two lines: what differs comes first.
pub(super) fn pod_lines(service: Option<&Service>, pod: &Pod, width: f32) -> Vec<SceneText> {
    let selector = service.and_then(|service| service.spec.selector.as_ref());
    let (carried, missed): (Vec<_>, Vec<_>) = selector
        .into_iter()
        .flat_map(|selector| selector.iter())
        .partition(|(key, value)| pod.metadata.labels.get(*key) == Some(*value));
    let line = |style: TextStyle, pairs: &[(&_, &_)]| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        SceneText::plain(0.0, 0.0, style, style.fit(&pairs.join(","), width))
    };
    let mut lines: Vec<SceneText> = missed
        .iter()
        .map(|(key, _)| {
            let value = pod.metadata.labels.get(*key);
            value.map_or_else(
                || {
                    let key = TextStyle::Warning.fit(key, width - 24.0);
                    SceneText::caption(0.0, 0.0, TextStyle::Warning, Caption::NoLabel { key })
                },
                |value| line(TextStyle::Miss, &[(*key, value)]),
            )
        })
        .collect();
    match carried.split_first() {
        Some((first, rest)) if lines.is_empty() && !rest.is_empty() => {
            lines.push(line(TextStyle::Match, &[*first]));
            lines.push(line(TextStyle::Match, rest));
        }
        Some(_) => lines.push(line(TextStyle::Match, &carried)),
        None => {}
    }
    lines.truncate(2);
    for (index, text) in lines.iter_mut().enumerate() {
        text.at.y = LINE * index as f32;
    }
    lines
}

/// The pods that a Service almost selects: they carry one of its keys with another value, or, while it has no endpoint,
/// any label. A pod behind another Service is not missed.
pub(super) fn missed<'a>(cluster: &'a Cluster, visible: &VisibleObjects<'_>) -> Vec<&'a Pod> {
    let subject = visible.subject.filter(|service| !is_system(&service.id()));
    let Some((service, selector)) =
        subject.and_then(|service| Some((service, service.spec.selector.as_ref()?)))
    else {
        return Vec::new();
    };
    let is_missed = |pod: &&Pod| {
        let labels = &pod.metadata.labels;
        let is_near = selector.keys().any(|key| labels.contains_key(key));
        pod.metadata.namespace == service.metadata.namespace
            && visible.origin.as_ref() != Some(&pod.id())
            && !pod.is_terminating()
            && !service_selects(Some(selector), labels)
            && (is_near || (visible.endpoints.is_empty() && !labels.is_empty()))
            && visible.service_of(pod).is_none()
    };
    cluster.each_pod().filter(is_missed).take(MISSED).collect()
}

fn pair_style(is_carried: bool) -> TextStyle {
    if is_carried {
        TextStyle::Match
    } else {
        TextStyle::Miss
    }
}
