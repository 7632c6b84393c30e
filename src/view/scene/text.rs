//! The texts of the picture: their content, font and width.
//!
//! The picture is laid out without a browser, so widths are estimates from an average letter of each font.

use serde::{Deserialize, Serialize};

use super::{GateSide, Point};
use crate::view::i18n::Message;

/// One line of text in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SceneText {
    /// The start of its baseline.
    pub at: Point,
    /// The text.
    pub content: TextContent,
    /// Font, size and colour.
    pub style: TextStyle,
}

impl SceneText {
    /// A name or an address.
    pub fn plain(x: f32, y: f32, style: TextStyle, text: impl Into<String>) -> SceneText {
        SceneText {
            at: Point { x, y },
            content: TextContent::Plain(text.into()),
            style,
        }
    }

    /// A text of the catalogue.
    pub fn caption(x: f32, y: f32, style: TextStyle, caption: Caption) -> SceneText {
        SceneText {
            at: Point { x, y },
            content: TextContent::Caption(caption),
            style,
        }
    }
}

/// The content of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TextContent {
    /// A name or an address: the same in every language.
    Plain(String),
    /// A text of the catalogue; it is spelled out before the scene goes to the page, which has no catalogue.
    #[serde(skip)]
    Caption(Caption),
    /// A line of a Service's external addresses, with its heading: the same in every language. It is its own variant, and
    /// plain text on the page, because a lesson that asks for the addresses leaves it out.
    #[serde(skip)]
    ExternalAddresses(String),
    /// A line with more of them, below the first one.
    #[serde(skip)]
    MoreExternalAddresses(String),
}

impl TextContent {
    /// The text, if it is the same in every language.
    pub fn untranslated(&self) -> Option<&str> {
        match self {
            TextContent::Plain(text)
            | TextContent::ExternalAddresses(text)
            | TextContent::MoreExternalAddresses(text) => Some(text),
            TextContent::Caption(_) => None,
        }
    }
}

impl Message for Caption {
    const PREFIX: &'static str = "caption";
}

/// The texts of the picture that are translated; a variant's name is the id of its message (`caption-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Caption {
    /// Heading of the column left of the cluster.
    Outside,
    /// Heading of the cluster.
    Cluster,
    /// Heading of a column of the Concept view.
    Client,
    /// Heading of a column of the Concept view.
    Service,
    /// Heading of a column of the Concept view.
    Endpoints,
    /// Heading of a column of the Concept view.
    Pods,
    /// The name of the outside client.
    OutsideClient,
    /// The name of an outside machine that is not the client.
    OutsideMachine,
    /// The name of a load balancer.
    LoadBalancer,
    /// The question who has an address of MetalLB.
    Arp,
    /// The node that answers it.
    AnswersArp {
        /// Its name.
        node: String,
    },
    /// Nobody answers it.
    NobodyAnswers,
    /// A router to which nodes announce an address.
    Router,
    /// How many nodes announce it.
    Routes {
        /// The number of nodes.
        count: usize,
    },
    /// How many lines of rules a node has.
    Rules {
        /// The number of lines.
        count: usize,
    },
    /// The name of a process of a node that opens the connection.
    Process,
    /// What a Service selects and how many of its endpoints are ready.
    Selects {
        /// The selector as kubectl prints it.
        selector: String,
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// What a Service selects.
    SelectsBy {
        /// The selector as kubectl prints it.
        selector: String,
    },
    /// Heading of what a Service selects, in the Concept view.
    Selector,
    /// A pod without a label that a selector asks for.
    NoLabel {
        /// The label's key.
        key: String,
    },
    /// A Service without a selector, in the Concept view.
    NoSelector,
    /// How many endpoints are ready.
    Ready {
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// A node without a pod to show.
    NoEndpointHere,
    /// A Service without a selector, and how many of its endpoints are ready.
    SelectsByHand {
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// A Service of type ExternalName.
    Alias,
    /// What the pods above call in their turn.
    Calls {
        /// The name or the address.
        host: String,
    },
    /// A Service port that no endpoint serves.
    NoEndpoint,
    /// A pod that no Service selects.
    NotSelected,
    /// A pod behind another Service than the one in question.
    Behind {
        /// That Service's name.
        service: String,
    },
    /// A node whose kubelet has stopped.
    Stopped,
    /// kube-proxy on such a node.
    NotRunning,
    /// A pod or a node that is not ready.
    NotReady,
    /// A pod with a deletion timestamp.
    Terminating,
    /// An endpoint that the last event brought.
    Added,
    /// An endpoint that the last event took away.
    Removed,
    /// A pod that the last event brought.
    NewPod {
        /// Its address.
        address: String,
    },
    /// A pod that the last event took away.
    Gone,
    /// A load balancer without an address.
    Pending,
    /// A pod that policies isolate in a direction.
    Isolated {
        /// The direction, seen from the pod.
        direction: GateSide,
        /// `· ` and the policies; empty where there is no room for names.
        policies: String,
    },
    /// A rule lets the packet pass.
    GateOpen {
        /// The direction, seen from the pod.
        direction: GateSide,
        /// `· ` and the policy; empty where there is no room for names.
        policy: String,
        /// The number of its rule, from 1; 0 where there is no room for names.
        rule: usize,
    },
    /// No rule lets the packet pass.
    GateShut {
        /// The direction, seen from the pod.
        direction: GateSide,
        /// `· ` and the policies; empty where there is no room for names.
        policies: String,
    },
    /// The network plugin decides about the packet.
    GateDepends {
        /// The direction, seen from the pod.
        direction: GateSide,
    },
    /// How many objects are not drawn.
    More {
        /// The number of objects.
        count: usize,
    },
    /// How many Services and workloads of a namespace are drawn as groups.
    Groups {
        /// The namespace.
        namespace: String,
        /// The number of Services.
        services: usize,
        /// The number of workloads that no Service leads to.
        workloads: usize,
    },
    /// What another namespace has.
    Namespace {
        /// The number of Services.
        services: usize,
        /// The number of pods.
        pods: usize,
    },
    /// How many nodes are not drawn.
    MoreNodes {
        /// The number of nodes.
        count: usize,
    },
}

/// How a text is set. The stylesheet has a class for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextStyle {
    /// A Service's name: sans, 14, bold.
    Heading,
    /// A box's name: sans, 13, semibold.
    Title,
    /// A card's name: sans, 12, semibold.
    Name,
    /// A Service's type: sans, 12, semibold, blue.
    Tag,
    /// An address: mono, 12.
    Address,
    /// A small address: mono, 11.
    SmallAddress,
    /// A label that a selector and a pod have in common: mono, 11, semibold, green.
    Match,
    /// A label in which a selector and a pod differ: mono, 11, semibold, amber.
    Miss,
    /// A remark: sans, 11, grey.
    Remark,
    /// A warning: sans, 11, amber.
    Warning,
    /// What has stopped: sans, 11, semibold, red.
    Stopped,
    /// A share of connections: mono, 12, semibold, green.
    Share,
    /// A column's heading: sans, 11, spaced capitals.
    Column,
    /// A port on a badge: mono, 11, semibold, on blue.
    Badge,
    /// What the rules did to the packet: sans, 11, semibold, orange.
    Change,
    /// A chain the packet came through: mono, 11.
    Chain,
    /// The last chain the packet came through: mono, 11, orange.
    LastChain,
}

impl TextStyle {
    /// The width of an average letter.
    fn letter(self) -> f32 {
        match self {
            TextStyle::Heading => 8.1,
            TextStyle::Title => 7.5,
            TextStyle::Name | TextStyle::Tag => 7.4,
            TextStyle::Address | TextStyle::Share => 7.2,
            TextStyle::SmallAddress
            | TextStyle::Badge
            | TextStyle::Match
            | TextStyle::Miss
            | TextStyle::Chain
            | TextStyle::LastChain => 6.6,
            TextStyle::Remark
            | TextStyle::Warning
            | TextStyle::Stopped
            | TextStyle::Column
            | TextStyle::Change => 6.1,
        }
    }

    /// The estimated width of a text in this style; Korean letters are wider.
    pub fn width(self, text: &str) -> f32 {
        let unit = self.letter();
        text.chars()
            .map(|letter| {
                if letter as u32 >= 0x1100 {
                    unit * 1.7
                } else {
                    unit
                }
            })
            .sum()
    }

    /// The text, with its middle left out if it is wider than `width`: pods differ at the end of their names.
    pub fn fit(self, text: &str, width: f32) -> String {
        let whole = self.width(text);
        if whole <= width || text.is_empty() {
            return text.to_owned();
        }
        let count = text.chars().count();
        let kept = ((width / whole * count as f32) as usize)
            .saturating_sub(1)
            .max(2);
        let (front, back) = (kept.div_ceil(2), kept / 2);
        let start: String = text.chars().take(front).collect();
        let end: String = text.chars().skip(count - back).collect();
        format!("{start}…{end}")
    }

    /// The name of a pod, with its middle left out if it is wider than `width`. What distinguishes it from its siblings
    /// is behind its last hyphen, and stays whole as long as there is room for it.
    pub fn fit_pod(self, name: &str, width: f32) -> String {
        let room = ((width / self.letter()) as usize).max(3) - 1;
        let count = name.chars().count();
        let back = name
            .rsplit_once('-')
            .map_or(0, |(_, own)| own.chars().count());
        if count <= room + 1 || back <= room / 2 || back > room {
            return self.fit(name, width);
        }
        let start: String = name.chars().take(room - back).collect();
        let end: String = name.chars().skip(count - back).collect();
        format!("{start}…{end}")
    }

    /// The text, with its end left out if it is wider than `width`: a chain is known by its prefix.
    pub fn fit_start(self, text: &str, width: f32) -> String {
        let kept = ((width / self.letter()) as usize).max(4);
        if text.chars().count() <= kept {
            return text.to_owned();
        }
        let start: String = text.chars().take(kept - 1).collect();
        format!("{start}…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_both_ends() {
        let fitted = TextStyle::Name.fit("web-7d4b9c6f5-x2x9z", 80.0);
        assert_eq!(fitted, "web-7…2x9z");
        assert_eq!(TextStyle::Name.fit("web", 80.0), "web");
    }

    #[test]
    fn the_ending_of_a_pod_name_is_not_cut() {
        let fit = |width| TextStyle::Name.fit_pod("web-7d4b9c6f5-x2x9z", width);
        assert_eq!(fit(60.0), "we…x2x9z");
        assert_eq!(fit(80.0), "web-…x2x9z");
        assert_eq!(fit(200.0), "web-7d4b9c6f5-x2x9z");
        assert_eq!(TextStyle::Name.fit_pod("frontend-10", 60.0), "fron…-10");
        // No part of such a name distinguishes it better than the rest.
        let whole = "clientofeverything";
        let fitted = TextStyle::Name.fit(whole, 60.0);
        assert_eq!(TextStyle::Name.fit_pod(whole, 60.0), fitted);
    }

    #[test]
    fn a_long_chain_keeps_its_prefix() {
        let fitted = TextStyle::Chain.fit_start("KUBE-SVC-4N57TFCL4MD7ZTDA", 66.5);
        assert_eq!(fitted, "KUBE-SVC-…");
    }
}
