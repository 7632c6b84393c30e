//! Pictures as files: a cluster and a connection as one SVG.

use crate::answers::Statement;
use crate::simulation::Simulation;
use crate::view::i18n::Catalogue;
use crate::view::layout::{self, LayoutInput};
use crate::view::scene::{Scene, TextContent, View};
use crate::view::svg::{self, PictureState, PictureTheme};
use crate::view::timeline::{Moment, Motion};
use kubehop_engine::trace::{Request, Trace};

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct PictureOptions {
    /// Which of the two pictures.
    pub view: View,
    /// Laid out as on a phone, or as on a large screen.
    pub width: PictureWidth,
    /// Its colours.
    pub theme: PictureTheme,
    /// The hop the packet is at, from 0; `None` for the last one.
    pub hop: Option<usize>,
    /// Decides wherever rules choose at random.
    pub seed: u64,
}

/// The room a picture is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PictureWidth {
    /// A large screen.
    #[default]
    Wide,
    /// A phone.
    Narrow,
}

impl PictureWidth {
    /// The width of such a region, in CSS pixels.
    pub(crate) fn pixels(self) -> f32 {
        match self {
            PictureWidth::Wide => 1_000.0,
            PictureWidth::Narrow => 390.0,
        }
    }
}

/// Draws a cluster, and a connection's path through it, as an SVG file in the words of the simulation's language.
///
/// # Errors
/// If the caller does not exist or has no address of the family it calls.
pub fn picture_as_svg(
    simulation: &Simulation,
    request: Option<&Request>,
    options: &PictureOptions,
) -> Result<String, Statement> {
    let trace = request.map(|request| simulation.connection(request, options.seed, 0));
    let trace = trace.transpose()?;
    let network = simulation.network();
    let input = LayoutInput {
        trace: trace.as_ref(),
        rule_count: &|node| network.rule_count(node),
        width: options.width.pixels(),
    };
    let scene = layout::scene(options.view, network.cluster(), input);
    let scene = spell_out(&scene, simulation.words());
    let moment = trace.as_ref().map(|trace| moment(trace, options.hop));
    let hop = moment.map_or(0, |moment| moment.hop);
    let state = PictureState::at_hop(&scene, hop);
    Ok(svg::standalone(&state, moment, options.theme))
}

/// When the packet leaves a hop.
fn moment(trace: &Trace, hop: Option<usize>) -> Moment {
    let timeline = layout::timeline(trace, Motion::Travel);
    timeline.frame(timeline.moment_of(hop.unwrap_or(usize::MAX)))
}

/// The picture with its captions in words, since the code that draws it has no catalogue.
pub(crate) fn spell_out(scene: &Scene, words: &Catalogue) -> Scene {
    let mut scene = scene.clone();
    for text in scene.texts_mut() {
        if let TextContent::Caption(caption) = &text.content {
            text.content = TextContent::Plain(words.format(caption).text);
        }
    }
    scene
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::view::language::Language;
    use crate::view::lessons;
    use kubehop_engine::cluster::Config;

    fn open(lesson: &str) -> Simulation {
        let lesson = lessons::named(lesson).expect("an example of that name");
        Simulation::open(lesson.manifest, &Config::default())
    }

    #[test]
    fn a_connection_by_node_port_is_drawn_where_its_packet_is_rewritten() {
        let simulation = open("node-port");
        let request = simulation.request("client", "http://192.168.0.12:30123");
        let request = request.expect("a request");
        let options = PictureOptions {
            hop: Some(2),
            ..PictureOptions::default()
        };
        let picture = picture_as_svg(&simulation, Some(&request), &options);
        let picture = picture.expect("a caller with an address");
        expect_file!["../../tests/pictures/node-port.svg"].assert_eq(&picture);
    }

    #[test]
    fn a_cluster_is_drawn_without_a_connection_on_a_phone_in_the_dark_in_korean() {
        let simulation = open("broken-selector").speaking(Catalogue::named(Language::Korean));
        let options = PictureOptions {
            view: View::Concept,
            width: PictureWidth::Narrow,
            theme: PictureTheme::Dark,
            ..PictureOptions::default()
        };
        let picture = picture_as_svg(&simulation, None, &options).expect("no caller to be wrong");
        expect_file!["../../tests/pictures/broken-selector-concept.svg"].assert_eq(&picture);
    }

    #[test]
    fn a_caller_that_does_not_exist_is_an_error() {
        let simulation = open("node-port");
        let request = simulation.request("pod/nobody", "http://192.168.0.12:30123");
        let request = request.expect("a request");
        let options = PictureOptions::default();
        let error = picture_as_svg(&simulation, Some(&request), &options).unwrap_err();
        assert!(error.text.contains("nobody"), "{}", error.text);
    }
}
