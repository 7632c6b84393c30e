//! What can be asked of the engine, as `simulation.ts` writes it. A field that is misspelled is an error.

use kubehop::matrix::Namespaces;
use kubehop::{
    Config, Family, Language, LoadBalancer, NetworkPlugin, PictureOptions, PictureTheme,
    PictureWidth, ProxyMode, Request, Simulation, View, picture_as_svg, trace_as_markdown,
    trace_as_mermaid, trace_as_svg, trace_as_text,
};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// The most connections that are counted at once.
const MOST_CONNECTIONS: u64 = 100_000;

/// The cluster that manifests are put into: the options of the text tool.
#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Options {
    proxy: ProxyMode,
    nodes: u8,
    pod_cidr: Vec<ipnet::IpNet>,
    service_cidr: Vec<ipnet::IpNet>,
    load_balancer: LoadBalancer,
    network_plugin: NetworkPlugin,
    pub(crate) language: LanguageName,
    pub(crate) after: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        let config = Config::default();
        Options {
            proxy: config.proxy.mode,
            nodes: config.nodes,
            pod_cidr: config.pod_cidrs,
            service_cidr: config.service_cidrs,
            load_balancer: config.load_balancer,
            network_plugin: config.plugin,
            language: LanguageName::En,
            after: Vec::new(),
        }
    }
}

impl Options {
    pub(crate) fn config(&self) -> Config {
        Config {
            nodes: self.nodes,
            load_balancer: self.load_balancer,
            plugin: self.network_plugin,
            proxy: self.proxy.into(),
            ..Config::with_ranges(&self.pod_cidr, &self.service_cidr)
        }
    }
}

/// The language of sentences.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LanguageName {
    En,
    Ko,
}

impl LanguageName {
    pub(crate) fn language(self) -> Language {
        match self {
            LanguageName::En => Language::English,
            LanguageName::Ko => Language::Korean,
        }
    }
}

/// A question: its name, and what belongs to it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Question {
    Problems {},
    Trace(Connection),
    Explain(Connection),
    Count(Count),
    Report(Report),
    Svg(Picture),
    Rules {
        node: Option<String>,
        #[serde(default)]
        ipv6: bool,
    },
    Console {
        line: String,
    },
    Expect {
        expectations: String,
    },
    Endpoints {},
    Lookup {
        from: String,
        name: String,
    },
    Matrix {
        namespaces: Option<Vec<String>>,
    },
    Gateway {
        class: Option<String>,
    },
    Both(Connection),
    Callers {},
    Targets {},
    Nodes {},
}

/// One connection.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connection {
    #[serde(default = "client")]
    from: String,
    to: String,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    connection: u64,
}

/// Many connections.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    #[serde(default = "client")]
    from: String,
    to: String,
    #[serde(default)]
    seed: u64,
    connections: u64,
}

/// A connection as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    form: Form,
    #[serde(default = "client")]
    from: String,
    to: String,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    connection: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    Text,
    Markdown,
    Mermaid,
}

/// A picture.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Picture {
    #[serde(default = "client")]
    from: String,
    to: Option<String>,
    #[serde(default)]
    view: View,
    #[serde(default)]
    width: PictureWidth,
    #[serde(default)]
    theme: PictureTheme,
    /// From 1.
    hop: Option<std::num::NonZeroU32>,
    #[serde(default)]
    animate: bool,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    connection: u64,
}

fn client() -> String {
    "client".to_owned()
}

impl Question {
    /// The answer, as JSON.
    pub(crate) fn answer(&self, simulation: &Simulation) -> Result<String, Failure> {
        match self {
            Question::Problems {} => json(&simulation.problems()),
            Question::Trace(own) => {
                let request = simulation.request(&own.from, &own.to)?;
                json(&simulation.trace(&request, own.seed, own.connection)?)
            }
            Question::Explain(own) => {
                let request = simulation.request(&own.from, &own.to)?;
                json(&simulation.explain(&request, own.seed)?)
            }
            Question::Count(count) => {
                if count.connections > MOST_CONNECTIONS {
                    let message = format!("connections: at most {MOST_CONNECTIONS}");
                    return Err(Failure::of(&message));
                }
                let request = simulation.request(&count.from, &count.to)?;
                json(&simulation.count(&request, count.seed, count.connections)?)
            }
            Question::Report(report) => json(&report.text(simulation)?),
            Question::Svg(picture) => json(&picture.draw(simulation)?),
            Question::Rules { node, ipv6 } => rules(simulation, node.as_deref(), *ipv6),
            Question::Console { line } => json(&simulation.console(line)),
            Question::Expect { expectations } => json(&simulation.check(expectations)?),
            Question::Endpoints {} => json(&simulation.endpoints()),
            Question::Lookup { from, name } => json(&simulation.lookup(from, name)?),
            Question::Matrix { namespaces: None } => json(&simulation.matrix(&Namespaces::Own)),
            Question::Matrix {
                namespaces: Some(names),
            } => json(&simulation.matrix(&Namespaces::Named(names.clone()))),
            Question::Gateway { class } => json(&simulation.gateway_manifests(class.as_deref())),
            Question::Both(own) => {
                let request = simulation.request(&own.from, &own.to)?;
                json(&simulation.through_both(&request, own.seed)?)
            }
            Question::Callers {} => json(&simulation.callers()),
            Question::Targets {} => json(&simulation.targets()),
            Question::Nodes {} => json(&simulation.nodes()),
        }
    }
}

fn rules(simulation: &Simulation, node: Option<&str>, ipv6: bool) -> Result<String, Failure> {
    let first = || simulation.nodes().into_iter().next();
    let node = node.map(str::to_owned).or_else(first).unwrap_or_default();
    let family = if ipv6 { Family::V6 } else { Family::V4 };
    match simulation.rules(&node, family) {
        Some(rules) => json(&rules),
        // As kubectl says it.
        None => Err(Failure::of(&format!("nodes \"{node}\" not found"))),
    }
}

impl Report {
    fn text(&self, simulation: &Simulation) -> Result<String, Failure> {
        let request = simulation.request(&self.from, &self.to)?;
        let trace = simulation.trace(&request, self.seed, self.connection)?;
        Ok(match self.form {
            Form::Text => trace_as_text(&trace),
            Form::Markdown => trace_as_markdown(&trace),
            Form::Mermaid => trace_as_mermaid(&trace),
        })
    }
}

impl Picture {
    fn draw(&self, simulation: &Simulation) -> Result<String, Failure> {
        let read = |to: &String| simulation.request(&self.from, to);
        let request: Option<Request> = self.to.as_ref().map(read).transpose()?;
        let options = PictureOptions {
            view: self.view,
            width: self.width,
            theme: self.theme,
            hop: self.hop.map(|hop| hop.get() as usize - 1),
            seed: self.seed,
            connection: self.connection,
        };
        Ok(match &request {
            Some(request) if self.animate => trace_as_svg(simulation, request, &options)?,
            request => picture_as_svg(simulation, request.as_ref(), &options)?,
        })
    }
}

fn json<T: Serialize>(answer: &T) -> Result<String, Failure> {
    Ok(serde_json::to_string(answer).expect("the keys of an answer are strings"))
}
