//! Pictures as files: a cluster and a connection as one SVG.

use serde::Deserialize;

use crate::answers::Statement;
use crate::simulation::Simulation;
use crate::view::i18n::Catalogue;
use crate::view::layout::{self, LayoutInput};
use crate::view::scene::{Scene, TextContent, View};
use crate::view::svg::{self, PictureState, PictureStyle, PictureTheme};
use crate::view::timeline::{Moment, Motion};
use kubehop_engine::trace::{Request, Trace};

/// The page's stylesheet for pictures.
pub(crate) const STYLESHEET: &str = include_str!("../../static/picture.css");

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
    /// Which connection of the request it is, from 0.
    pub connection: u64,
}

impl PictureOptions {
    fn style(&self) -> PictureStyle<'static> {
        PictureStyle {
            stylesheet: STYLESHEET,
            theme: self.theme,
        }
    }
}

/// The room a picture is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    let trace =
        request.map(|request| simulation.connection(request, options.seed, options.connection));
    let trace = trace.transpose()?;
    let scene = laid_out(simulation, trace.as_ref(), options);
    let moment = trace.as_ref().map(|trace| moment(trace, options.hop));
    let hop = moment.map_or(0, |moment| moment.hop);
    let state = PictureState::at_hop(&scene, hop);
    Ok(svg::standalone(&state, moment, options.style()))
}

/// Draws the whole trace of a connection as an animated SVG file, which repeats for ever and needs no script.
///
/// # Errors
/// As [`picture_as_svg`].
pub fn trace_as_svg(
    simulation: &Simulation,
    request: &Request,
    options: &PictureOptions,
) -> Result<String, Statement> {
    let trace = simulation.connection(request, options.seed, options.connection)?;
    let scene = laid_out(simulation, Some(&trace), options);
    let timeline = layout::timeline(&trace, Motion::Travel);
    Ok(svg::animated(&scene, &timeline, options.style()))
}

fn laid_out(simulation: &Simulation, trace: Option<&Trace>, options: &PictureOptions) -> Scene {
    let network = simulation.network();
    let input = LayoutInput {
        trace,
        rule_count: &|node| network.rule_count(node),
        policies: layout::enforced_policies(network),
        ..LayoutInput::of_width(options.width.pixels())
    };
    let scene = layout::scene(options.view, network.cluster(), input);
    spell_out(&scene, simulation.words())
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
        let spelled_out = match &text.content {
            TextContent::Caption(caption) => words.format(caption).text,
            TextContent::ExternalAddresses(line) | TextContent::MoreExternalAddresses(line) => {
                line.clone()
            }
            TextContent::Plain(_) => continue,
        };
        text.content = TextContent::Plain(spelled_out);
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
    fn a_whole_trace_is_one_file_without_a_script_and_the_one_of_the_readme_is_up_to_date() {
        let simulation = open("node-port");
        let request = simulation.request("client", "http://192.168.0.12:30123");
        let request = request.expect("a request");
        for (theme, file) in [
            (
                PictureTheme::Light,
                expect_file!["../../docs/trace-light.svg"],
            ),
            (
                PictureTheme::Dark,
                expect_file!["../../docs/trace-dark.svg"],
            ),
        ] {
            let options = PictureOptions {
                theme,
                ..PictureOptions::default()
            };
            let picture = trace_as_svg(&simulation, &request, &options);
            let picture = picture.expect("a caller with an address");
            assert!(!picture.contains("<script"));
            file.assert_eq(&picture);
        }
    }

    #[test]
    fn each_value_of_an_animation_has_its_time_and_times_never_go_back() {
        let simulation = open("node-port");
        for (from, to) in [
            ("client", "http://192.168.0.12:30123"),
            ("node/node-1", "http://kimho"),
        ] {
            let request = simulation.request(from, to).expect("a request");
            let picture = trace_as_svg(&simulation, &request, &PictureOptions::default());
            let picture = picture.expect("a caller with an address");
            let animations = picture.split("<animate").skip(1).map(|rest| {
                let attribute = |name: &str| {
                    let value = rest.split(name).nth(1).expect("each animation has it");
                    let value = value.split('"').next().expect("it ends");
                    value.split(';').map(str::to_owned).collect::<Vec<_>>()
                };
                (attribute("values=\""), attribute("keyTimes=\""))
            });
            let animations: Vec<_> = animations.collect();
            assert!(!animations.is_empty(), "{from} → {to}");
            for (values, times) in animations {
                assert_eq!(values.len(), times.len(), "{values:?}");
                let times = times.iter().map(|time| time.parse().expect("a number"));
                let times: Vec<f32> = times.collect();
                assert_eq!(times[0], 0.0);
                assert!(
                    times.is_sorted() && times.iter().all(|time| *time <= 1.0),
                    "{times:?}"
                );
            }
        }
    }

    #[test]
    fn of_many_nodes_those_are_drawn_that_the_packet_or_an_endpoint_needs() {
        let text = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: n-19, containers: [{name: web, image: web}]}
";
        let nodes = (10..30).map(|number| {
            format!("---\napiVersion: v1\nkind: Node\nmetadata: {{name: n-{number}}}\n")
        });
        let text = text.to_owned() + &nodes.collect::<String>();
        let simulation = Simulation::open(&text, &Config::default());
        let request = simulation.request("node/n-25", "http://web.default.svc.cluster.local");
        let request = request.expect("a request");
        let options = PictureOptions::default();
        let picture = picture_as_svg(&simulation, Some(&request), &options);
        let picture = picture.expect("a caller with an address");
        let drawn = (10..30).filter(|number| picture.contains(&format!(">n-{number}<")));
        assert_eq!(drawn.collect::<Vec<_>>(), [10, 11, 12, 13, 14, 15, 19, 25]);
        assert!(picture.contains("+ 12 more nodes"), "{picture}");
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
