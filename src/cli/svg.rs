//! `kubehop svg`: the picture of the page as a file.

use std::process::ExitCode;

use clap::ValueEnum;
use kubehop::{PictureOptions, PictureTheme, PictureWidth, View, picture_as_svg, trace_as_svg};

use super::http_options::HttpOptions;
use super::{Input, Speech};

/// What to draw, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Who calls: pod/NAME, pod/NAMESPACE/NAME, node/NAME, client, or an outside IP address
    #[arg(long, default_value = "client", requires = "to")]
    from: String,
    /// What is called; without it only the cluster is drawn
    #[arg(long)]
    to: Option<String>,
    #[command(flatten)]
    http: HttpOptions,
    /// The hop the packet is at, from 1; the last one if left out
    #[arg(long, requires = "to", value_parser = clap::value_parser!(u32).range(1..))]
    hop: Option<u32>,
    /// Draws the whole trace, animated without a script
    #[arg(long, requires = "to", conflicts_with = "hop")]
    animate: bool,
    /// Decides wherever rules choose by chance
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Which connection of the page's this is, from 0
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "to")]
    connection: u64,
    /// Which picture: nodes and kube-proxy, or Service, EndpointSlice and pods
    #[arg(long, value_enum, default_value_t = ViewName::Network)]
    view: ViewName,
    /// Laid out for a large screen or for a phone
    #[arg(long, value_enum, default_value_t = WidthName::Wide)]
    width: WidthName,
    /// The colours
    #[arg(long, value_enum, default_value_t = ThemeName::Light)]
    theme: ThemeName,
    #[command(flatten)]
    speech: Speech,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewName {
    Network,
    Concept,
}

#[derive(Clone, Copy, ValueEnum)]
enum WidthName {
    Wide,
    Narrow,
}

#[derive(Clone, Copy, ValueEnum)]
enum ThemeName {
    Light,
    Dark,
}

impl Arguments {
    fn options(&self) -> PictureOptions {
        PictureOptions {
            view: match self.view {
                ViewName::Network => View::Network,
                ViewName::Concept => View::Concept,
            },
            width: match self.width {
                WidthName::Wide => PictureWidth::Wide,
                WidthName::Narrow => PictureWidth::Narrow,
            },
            theme: match self.theme {
                ThemeName::Light => PictureTheme::Light,
                ThemeName::Dark => PictureTheme::Dark,
            },
            hop: self.hop.map(|hop| hop as usize - 1),
            seed: self.seed,
            connection: self.connection,
        }
    }
}

/// Prints the picture.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let simulation = arguments.input.open_after_events()?;
    let simulation = simulation.speaking(arguments.speech.words());
    let request = match &arguments.to {
        Some(to) => {
            let to = arguments.http.target(to);
            let request = simulation.request(&arguments.from, &to);
            Some(request.map_err(|error| error.text)?)
        }
        None => None,
    };
    let options = arguments.options();
    let picture = match &request {
        Some(request) if arguments.animate => trace_as_svg(&simulation, request, &options),
        request => picture_as_svg(&simulation, request.as_ref(), &options),
    };
    anstream::println!("{}", picture.map_err(|error| error.text)?);
    Ok(ExitCode::SUCCESS)
}
