//! kube-proxy's card in the Network view, while the packet is in it.

use crate::view::scene::{SceneText, Shape, ShapeRole, TextStyle};
use kubehop_engine::ruleset::ChainKind;
use kubehop_engine::trace::{Hop, PassedChain};

/// The distance from one chain's line to the next one's.
const CHAIN_STEP: f32 = 15.0;

/// The texts of kube-proxy's card while the packet is in it: what was rewritten, and by which chains.
pub(super) fn texts(shape: &Shape, hop: &Hop) -> Option<Vec<SceneText>> {
    if shape.role != ShapeRole::Rules || hop.device.rules_node().is_none() {
        return None;
    }
    let inset = if shape.rect.w > 100.0 { 12.0 } else { 8.0 };
    let mut texts = vec![
        SceneText::plain(inset, 22.0, TextStyle::Name, "kube-proxy"),
        SceneText::plain(inset, 40.0, TextStyle::Change, hop.change().to_owned()),
    ];
    let chains = shortened(hop.chains(), ((shape.rect.h - 50.0) / CHAIN_STEP) as usize);
    for (index, chain) in chains.iter().enumerate() {
        let is_last = index + 1 == chains.len();
        let style = if is_last {
            TextStyle::LastChain
        } else {
            TextStyle::Chain
        };
        let arrow = if index == 0 { "" } else { "→ " };
        let text = style.fit_start(&format!("{arrow}{chain}"), shape.rect.w - inset - 6.0);
        let y = 60.0 + CHAIN_STEP * index as f32;
        texts.push(SceneText::plain(inset, y, style, text));
    }
    Some(texts)
}

/// At most `room` chains; those with the least informative names are left out first.
fn shortened(mut chains: Vec<PassedChain<'_>>, room: usize) -> Vec<&str> {
    for kind in [ChainKind::Services, ChainKind::ServicePort] {
        if chains.len() > room {
            chains.retain(|chain| chain.kind != kind);
        }
    }
    chains.truncate(room);
    chains.iter().map(|chain| chain.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_without_room_are_left_out_from_the_general_to_the_particular() {
        let names = ["KUBE-SERVICES", "KUBE-SVC-A", "KUBE-SEP-B"];
        let kinds = [
            ChainKind::Services,
            ChainKind::ServicePort,
            ChainKind::Endpoint,
        ];
        let chains = |room| {
            let chain = |(name, kind)| PassedChain { name, kind };
            shortened(names.into_iter().zip(kinds).map(chain).collect(), room)
        };
        assert_eq!(chains(2), names[1..]);
        assert_eq!(chains(1), names[2..]);
        assert_eq!(chains(3), names);
    }
}
