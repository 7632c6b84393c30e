//! kubehop works out what Kubernetes makes of a text of manifests, and follows packets through the rules that result.
//!
//! Open a text with [`Simulation::open`] and ask it: what is wrong with the manifests ([`Simulation::problems`]), what
//! becomes of a connection ([`Simulation::trace`], [`Simulation::explain`], [`Simulation::count`]), which rules
//! kube-proxy writes ([`Simulation::rules`]), what `kubectl` prints ([`Simulation::console`]), what a name resolves to
//! ([`Simulation::lookup`]), and what changes when a pod becomes unready or a node stops ([`Simulation::apply`]).
//!
//! ```
//! use kubehop::{Config, Simulation};
//!
//! let text = "
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec: {selector: {app: web}, ports: [{port: 80}]}
//! ";
//! let simulation = Simulation::open(text, &Config::default());
//!
//! // A Service without endpoints: kube-proxy writes a rule that rejects the connection.
//! let request = simulation.request("node/node-1", "http://10.96.0.10:80")?;
//! # let address = simulation.console("kubectl get svc web -o yaml").stdout;
//! # let address = address.lines().find_map(|line| line.trim().strip_prefix("clusterIP: ")).unwrap().to_owned();
//! # let request = simulation.request("node/node-1", &format!("http://{address}"))?;
//! let trace = simulation.trace(&request, 0, 0)?;
//! assert_eq!(trace.verdict.id, "verdict-refused");
//! for hop in &trace.hops {
//!     println!("{}: {}", hop.device, hop.reason.text);
//! }
//! # Ok::<(), kubehop::answers::Statement>(())
//! ```
//!
//! The library uses no browser, clock, file or random number: time and seeds are arguments. The same text,
//! configuration, request and seed give the same bytes, natively and in a browser.
//!
//! Where to start reading: [`Simulation`] shows the whole flow; ARCHITECTURE.md lists the modules of `src/engine`.

pub mod simulation;
pub mod view;

pub use kubehop_engine::cluster::config::{
    Config, Creation, DetectLocal, LoadBalancer, NetworkPlugin, ProxyConfig, ProxyMode,
};
pub use kubehop_engine::manifest::JoinedFiles;
pub use kubehop_engine::names::Family;
pub use kubehop_engine::resolve::events::Event;
pub use kubehop_engine::trace::{Connections, Request};
pub use simulation::answers;
pub use simulation::challenge;
pub use simulation::expectations;
pub use simulation::matrix;
pub use simulation::shell::ConsoleSession;
pub use simulation::{
    Simulation, check_as_json, expectations_as_text, problems_as_text, trace_as_json,
    trace_as_markdown, trace_as_mermaid, trace_as_text,
};
pub use view::course;
pub use view::export::{PictureOptions, PictureWidth, picture_as_svg, trace_as_svg};
pub use view::i18n::{Catalogue, Language};
pub use view::scene::View;
pub use view::svg::PictureTheme;
