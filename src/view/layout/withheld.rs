//! What a picture leaves out while a question about it is open: it must not show what the question asks for.

use std::net::SocketAddr;

use crate::view::scene::{
    Caption, Scene, SceneText, Shape, ShapeId, ShapeRole, TextContent, TextStyle,
};

use super::service_lines::EXTERNAL_IP;

/// What is left out, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// Which Services have endpoints, and which node answers for an address. The end of a connection follows from both.
    Endpoints,
    /// That, the external addresses, and which pods a Service selects: kubectl prints them.
    EndpointsAndAddresses,
}

/// Leaves out of a picture what answers the question. Shapes that a packet passes stay.
pub fn withhold(scene: &mut Scene, withheld: Withheld) {
    let is_unsent = scene.path.is_none();
    if is_unsent {
        scene.shapes.retain(|shape| !is_withheld(shape, withheld));
    }
    for shape in &mut scene.shapes {
        shape.texts.retain(|text| !answers_the_question(text));
        if is_unsent && matches!(shape.key, ShapeId::Slices(_)) {
            let x = shape.texts.first().map_or(0.0, |name| name.at.x);
            let unknown = SceneText::plain(x, 50.0, TextStyle::Remark, "?");
            shape.texts.push(unknown);
        }
        for text in &mut shape.texts {
            without_readiness(text);
        }
        if withheld == Withheld::EndpointsAndAddresses {
            if is_unsent {
                without_selection(shape);
            }
            shape
                .texts
                .retain(|text| !matches!(text.content, TextContent::MoreExternalAddresses(_)));
            let is_balancer = matches!(shape.key, ShapeId::LoadBalancer(_));
            for text in &mut shape.texts {
                without_address(text, is_balancer);
            }
        }
    }
}

/// Whether there is a shape only because there is an endpoint, or an external address.
fn is_withheld(shape: &Shape, withheld: Withheld) -> bool {
    match shape.key {
        ShapeId::Endpoint(..) => true,
        ShapeId::LoadBalancer(_) => withheld == Withheld::EndpointsAndAddresses,
        _ => false,
    }
}

/// Whether a text is there only because there are endpoints or none, or because a node answers for an address or none
/// does.
fn answers_the_question(text: &SceneText) -> bool {
    matches!(
        text.content,
        TextContent::Caption(
            Caption::NoEndpoint
                | Caption::NoEndpointHere
                | Caption::NotSelected
                | Caption::Behind { .. }
                | Caption::Ready { .. }
                | Caption::AnswersArp { .. }
                | Caption::NobodyAnswers
                | Caption::Routes { .. }
        )
    )
}

/// A pod that looks as others do that are selected or not, and labels whose colour does not show whether they match.
fn without_selection(shape: &mut Shape) {
    let is_pod = matches!(
        shape.role,
        ShapeRole::PodReady | ShapeRole::PodAside | ShapeRole::PodElsewhere
    );
    if is_pod {
        shape.role = ShapeRole::PodElsewhere;
    }
    for text in &mut shape.texts {
        match (&text.content, text.style) {
            (_, TextStyle::Match | TextStyle::Miss) => text.style = TextStyle::SmallAddress,
            (TextContent::Caption(Caption::NoLabel { .. }), _) => text.style = TextStyle::Remark,
            (TextContent::Plain(plain), _) if is_pod => {
                if let Ok(endpoint) = plain.parse::<SocketAddr>() {
                    text.content = TextContent::Plain(endpoint.ip().to_string());
                }
            }
            _ => {}
        }
    }
}

/// A selector, without how many endpoints it leads to.
fn without_readiness(text: &mut SceneText) {
    let TextContent::Caption(caption) = &mut text.content else {
        return;
    };
    match caption {
        Caption::Selects { selector, .. } => {
            let selector = std::mem::take(selector);
            *caption = Caption::SelectsBy { selector };
        }
        Caption::SelectsByHand { .. } => *caption = Caption::NoSelector,
        _ => {}
    }
}

/// A question mark in place of an external address.
fn without_address(text: &mut SceneText, is_balancer: bool) {
    let unknown = match &text.content {
        TextContent::Caption(Caption::Pending)
        | TextContent::ExternalAddresses(_)
        | TextContent::MoreExternalAddresses(_) => format!("{EXTERNAL_IP} ?"),
        TextContent::Plain(_) if is_balancer => "?".to_owned(),
        TextContent::Plain(_) | TextContent::Caption(_) => return,
    };
    text.content = TextContent::Plain(unknown);
    if text.style == TextStyle::Warning {
        text.style = TextStyle::Address;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::{LayoutInput, scene};
    use crate::view::scene::View;
    use kubehop_engine::cluster::Config;
    use kubehop_engine::cluster::config::LoadBalancer;
    use kubehop_engine::manifest::Source;
    use kubehop_engine::resolve::resolve;

    const TEXT: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: wbe}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
";

    fn drawn(view: View, which: LoadBalancer) -> Scene {
        drawn_of(TEXT, view, which)
    }

    fn drawn_of(text: &str, view: View, which: LoadBalancer) -> Scene {
        let config = Config {
            load_balancer: which,
            ..Config::default()
        };
        let cluster = resolve(&Source::read(text), &config).cluster;
        let input = LayoutInput::of_width(912.0);
        scene(view, &cluster, input)
    }

    fn texts(scene: &mut Scene) -> Vec<String> {
        let said = |text: &mut SceneText| match &text.content {
            TextContent::Caption(caption) => format!("{caption:?}"),
            other => other.untranslated().unwrap_or_default().to_owned(),
        };
        scene.texts_mut().map(said).collect()
    }

    #[test]
    fn a_picture_does_not_show_whether_a_service_has_endpoints() {
        let telling = ["NoEndpoint", "NotSelected", "ready:"];
        for view in [View::Network, View::Concept] {
            let mut scene = drawn(view, LoadBalancer::None);
            let tells = |scene: &mut Scene| {
                let texts = texts(scene).join("\n");
                telling.map(|word| texts.contains(word))
            };
            assert!(tells(&mut scene).contains(&true), "{view:?}");
            withhold(&mut scene, Withheld::Endpoints);
            assert_eq!(tells(&mut scene), [false; 3], "{view:?}");
        }
    }

    #[test]
    fn an_external_address_that_is_asked_for_is_a_question_mark() {
        for which in [LoadBalancer::None, LoadBalancer::Cloud] {
            let mut scene = drawn(View::Network, which);
            let before = texts(&mut scene);
            assert!(!before.contains(&"EXTERNAL-IP ?".to_owned()));
            withhold(&mut scene, Withheld::Endpoints);
            assert!(!texts(&mut scene).contains(&"EXTERNAL-IP ?".to_owned()));
            withhold(&mut scene, Withheld::EndpointsAndAddresses);
            let after = texts(&mut scene);
            assert!(after.contains(&"EXTERNAL-IP ?".to_owned()), "{after:?}");
            assert!(!after.iter().any(|text| text.contains("198.51.100.")));
            let keys = scene.shapes.iter().map(|shape| &shape.key);
            let balancers = keys.filter(|key| matches!(key, ShapeId::LoadBalancer(_)));
            assert_eq!(balancers.count(), 0);
        }
    }

    #[test]
    fn addresses_that_need_several_lines_are_left_out_of_all_of_them() {
        let addresses: Vec<String> = (1..7)
            .map(|own| format!("2001:db8::1111:2222:{own}"))
            .collect();
        let external = format!("externalIPs: ['{}'],", addresses.join("', '"));
        let text = TEXT.replace("type: LoadBalancer,", &external);
        let mut scene = drawn_of(&text, View::Network, LoadBalancer::None);
        let has_address = |text: &String| text.contains("2001:db8::1111");
        let lines = texts(&mut scene).into_iter().filter(has_address).count();
        assert!(lines > 1, "{lines}");
        withhold(&mut scene, Withheld::EndpointsAndAddresses);
        let after = texts(&mut scene);
        assert!(!after.iter().any(has_address), "{after:?}");
        assert!(after.contains(&"EXTERNAL-IP ?".to_owned()), "{after:?}");
    }

    #[test]
    fn a_picture_does_not_show_which_node_answers_for_an_address() {
        let pool = "---
{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: lan, namespace: metallb-system}, spec: {addresses: [192.168.7.240-192.168.7.250]}}
";
        let mut scene = drawn_of(&format!("{TEXT}{pool}"), View::Network, LoadBalancer::Auto);
        let tells = |scene: &mut Scene| texts(scene).contains(&"NobodyAnswers".to_owned());
        assert!(tells(&mut scene));
        withhold(&mut scene, Withheld::Endpoints);
        assert!(!tells(&mut scene));
    }

    #[test]
    fn a_slice_with_endpoints_looks_like_one_without() {
        let slices = |text: &str| {
            let mut scene = drawn_of(text, View::Concept, LoadBalancer::None);
            withhold(&mut scene, Withheld::Endpoints);
            let shapes = scene.shapes.into_iter();
            let of_slices = shapes
                .filter(|shape| matches!(shape.key, ShapeId::Slices(_) | ShapeId::Endpoint(..)));
            of_slices.map(|shape| shape.texts).collect::<Vec<_>>()
        };
        let without = slices(TEXT);
        assert_eq!(without.len(), 1);
        assert_eq!(slices(&TEXT.replace("wbe", "web")), without);
    }

    #[test]
    fn a_pod_that_is_selected_looks_like_one_that_is_not() {
        for view in [View::Network, View::Concept] {
            let pods = |text: &str| {
                let mut scene = drawn_of(text, view, LoadBalancer::None);
                withhold(&mut scene, Withheld::EndpointsAndAddresses);
                let shapes = scene.shapes.into_iter();
                let pods = shapes.filter(|shape| matches!(shape.key, ShapeId::Pod(_)));
                pods.map(|pod| (pod.role, pod.texts)).collect::<Vec<_>>()
            };
            let without = pods(TEXT);
            assert_eq!(without.len(), 1, "{view:?}");
            assert_eq!(pods(&TEXT.replace("wbe", "web")), without, "{view:?}");
        }
    }
}
