//! `kubehop gateway`: the Gateways and HTTPRoutes that do what the Ingresses of some files do, or one request through both.

use std::process::ExitCode;

use kubehop::answers::{BothAnswer, SideAnswer};
use kubehop::{Catalogue, Simulation};

use super::http_options::HttpOptions;
use super::{Input, Speech, input};

/// What `kubehop gateway` reads.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The GatewayClass of the Gateways; the name of the Ingresses' class if left out
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    /// Prints no manifests but what becomes of this request through the Ingresses and through the Gateways:
    /// http://shop.example.com/cart
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Who calls: pod/NAME, pod/NAMESPACE/NAME, node/NAME, client, or an outside IP address
    #[arg(long, default_value = "client", requires = "to")]
    from: String,
    #[command(flatten)]
    http: HttpOptions,
    #[command(flatten)]
    speech: Speech,
}

/// Prints the objects, or the comparison; exits with 1 if the two differ.
///
/// # Errors
/// One sentence: a file that cannot be read, no Ingress in any, or a host that both do not serve.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let sources = input::read_sources(&arguments.input.files)?;
    let config = arguments.input.options.config();
    let simulation = Simulation::open_files(sources.joined(), &config);
    let class = arguments.class.as_deref();
    let manifests = simulation.gateway_manifests(class);
    let manifests = manifests.ok_or("there is no Ingress")?;
    let Some(to) = &arguments.to else {
        anstream::print!("{manifests}");
        return Ok(ExitCode::SUCCESS);
    };
    let words = || arguments.speech.words();
    let to = arguments.http.target(to);
    let simulation = simulation.speaking(words());
    let request = simulation.request(&arguments.from, &to);
    let request = request.map_err(|error| error.text)?;
    let compare = |simulation: &Simulation| simulation.through_both(&request, 0);
    let mut both = compare(&simulation).map_err(|error| error.text)?;
    if both.is_none() {
        let text = format!("{}\n---\n{manifests}", sources.joined().text());
        let with_gateways = Simulation::open(&text, &config).speaking(words());
        both = compare(&with_gateways).map_err(|error| error.text)?;
    }
    let host = request.to.host_header();
    let both = both.ok_or_else(|| format!("no Ingress with a controller serves {host}"))?;
    anstream::print!("{}", text_of(&both, &words()));
    Ok(ExitCode::from(u8::from(!both.differences.is_empty())))
}

/// The differences, then both sides.
fn text_of(both: &BothAnswer, words: &Catalogue) -> String {
    let mut text = match both.differences.as_slice() {
        [] => format!("{}\n", words.label("both-same")),
        parts => {
            let names = parts.iter().map(|part| words.label(part.label()));
            let names = names.collect::<Vec<_>>().join(", ");
            format!("{}: {names}\n", words.label("both-differs"))
        }
    };
    for (name, side) in [("Ingress", &both.ingress), ("Gateway", &both.gateway)] {
        text.push_str(&format!("\n{name}  {}\n", side.to));
        text.push_str(&side_text(side, words));
    }
    text
}

fn side_text(side: &SideAnswer, words: &Catalogue) -> String {
    let way = |way: &kubehop::answers::WayAnswer| {
        let mut lines = format!("  {:>5.1}%  {}\n", way.probability * 100.0, way.end);
        for (label, value) in [
            ("both-rule", &way.rule),
            ("both-service", &way.service),
            ("both-path", &way.path),
            ("both-why", &way.why),
        ] {
            if !value.is_empty() {
                lines.push_str(&format!("          {}: {value}\n", words.label(label)));
            }
        }
        let first = way.causes.first();
        if let Some(detail) = first.and_then(|cause| cause.statement.detail.as_ref()) {
            lines.push_str(&format!("            {detail}\n"));
        }
        lines
    };
    side.ways.iter().map(way).collect()
}
