//! Labels that are likely meant although they are no slip of the pen: one label of several differs, the key differs, or one
//! value is a part of the other.

use super::selector::{NearestSelector, count};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::Pod;
use crate::labels::{Labels, Selector};
use crate::sort;

/// The selector of this kind that most pods match.
pub(super) fn nearest(survey: &Survey, port: PortOf, selector: &Labels) -> Option<NearestSelector> {
    let mut best: Option<NearestSelector> = None;
    let pods = survey.resolved.cluster.each_pod();
    let namespace = port.service.metadata.namespace.as_str();
    for pod in pods.filter(|pod| pod.metadata.namespace == namespace) {
        for candidate in candidates(pod, selector) {
            let matcher = Selector::equal_to(&candidate.selector);
            let pods = count(survey.resolved, namespace, &matcher);
            if best.as_ref().is_none_or(|best| best.pods < pods) {
                best = Some(NearestSelector { pods, ..candidate });
            }
        }
        if best.is_some() {
            // Pods of one workload are alike; another workload that fits, too, is as good a guess.
            break;
        }
    }
    best
}

/// What the selector may mean if it means this pod.
fn candidates(pod: &Pod, selector: &Labels) -> Vec<NearestSelector> {
    let labels = &pod.metadata.labels;
    let mut wrong = selector
        .iter()
        .filter(|(key, value)| labels.get(*key) != Some(*value));
    let (Some((key, value)), None) = (wrong.next(), wrong.next()) else {
        return Vec::new();
    };
    let is_alone = selector.len() == 1;
    let replacements = labels.iter().filter(|(own_key, own)| {
        let is_key = *own_key == key;
        let is_value = *own == value;
        if is_alone {
            is_value || (is_key && is_part(value, own))
        } else {
            is_key
        }
    });
    let made = replacements.map(|(own_key, own)| {
        let mut meant = selector.clone();
        meant.remove(key);
        meant.insert(own_key.clone(), own.clone());
        NearestSelector {
            key: key.clone(),
            selector: meant,
            pods: 0,
        }
    });
    let mut made: Vec<NearestSelector> = made.collect();
    sort::sort_by_key(&mut made, |own| {
        let mut keys = own.selector.keys();
        !keys.any(|key| USUAL.contains(&key.as_str()))
    });
    made
}

/// The keys by which Services mostly select.
const USUAL: [&str; 4] = ["app", "app.kubernetes.io/name", "k8s-app", "name"];

/// Whether one value is the beginning or the end of the other, in whole words: `web` and `web-app`.
fn is_part(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let begins = long
        .strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(['-', '.', '_']));
    let ends = long
        .strip_suffix(short)
        .is_some_and(|rest| rest.ends_with(['-', '.', '_']));
    !short.is_empty() && (begins || ends)
}
