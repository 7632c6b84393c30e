//! `frame(t)` is pure and total: scrubbing backwards gives the same frames as playing.

mod examples;

use examples::manifests;
use kubehop::Config;
use kubehop::view::layout;
use kubehop::view::timeline::Motion;
use kubehop_engine::manifest::Source;
use kubehop_engine::network::Network;
use kubehop_engine::resolve::resolve;
use kubehop_engine::trace::{Request, Trace, trace};
use proptest::prelude::*;

/// A trace through an Ingress controller: many devices, and several connections.
fn long_trace() -> Trace {
    let manifests = manifests();
    let ingress = manifests
        .iter()
        .find(|manifest| manifest.contains("shop.example.com/app"));
    let text = ingress.expect("a golden trace asks for it");
    let network = Network::of(resolve(&Source::read(text), &Config::default()));
    let request = Request {
        from: "client".parse().expect("an origin"),
        to: "http://shop.example.com/app".parse().expect("a target"),
    };
    trace(&network, &request, 0, 0).expect("the client can call")
}

proptest! {
    #[test]
    fn a_time_gives_the_same_frame_whichever_way_it_is_reached(
        times in prop::collection::vec(prop_oneof![-1e3_f32..1e3, any::<f32>()], 1..40),
    ) {
        let trace = long_trace();
        for motion in [Motion::Travel, Motion::Steps] {
            let timeline = layout::timeline(&trace, motion);
            let forwards: Vec<_> = times.iter().map(|time| timeline.frame(*time)).collect();
            let mut backwards: Vec<_> = times.iter().rev().map(|time| timeline.frame(*time)).collect();
            backwards.reverse();
            prop_assert_eq!(&forwards, &backwards);
            for moment in forwards {
                prop_assert!(moment.hop < trace.hops.len());
                prop_assert!((0.0..=1.0).contains(&moment.ahead) && (0.0..=1.0).contains(&moment.done));
            }
        }
    }
}
