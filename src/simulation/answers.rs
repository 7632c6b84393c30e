//! What the front door answers: plain values that serialise to JSON, in camelCase.
//!
//! Every answer carries [`VERSION`]. A field is added without a new version; a field that is renamed, removed or
//! changes its meaning raises it. `docs/schema/` holds the JSON Schema of each answer, and a test at the foot of this
//! file keeps it up to date.
//!
//! Addresses are text (`10.96.0.10:80`, `[fd00::1]:80`), objects are `namespace/name`, lines and columns count from 1.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::expectations::ExpectationAnswer;

pub use super::matrix::{
    CellStateAnswer, ChangeAnswer, DifferenceAnswer, MatrixAnswer, MatrixCellAnswer,
    MatrixColumnAnswer, MatrixRowAnswer,
};

/// The version of all answers.
pub const VERSION: u32 = 1;

/// Something kubehop says: an id with arguments for programs, sentences for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Statement {
    /// What is said, without its arguments: `verdict-answered`, `reason-dnat`, `problem-selects-nothing`. The ids are
    /// those of the message catalogue.
    pub id: String,
    /// The arguments of the sentence.
    pub arguments: BTreeMap<String, serde_json::Value>,
    /// The headline, in the simulation's language.
    pub text: String,
    /// What it means and what would mend it, if there is more to say.
    pub detail: Option<String>,
    /// A remark beside the detail.
    pub note: Option<String>,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Statement {}

/// What is wrong with the manifests, in the order of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProblemsAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// Errors, warnings and notes.
    pub problems: Vec<ProblemAnswer>,
}

/// What `kubehop check` says of files: what is wrong with their manifests and with files of expectations, and which
/// expectations hold. Every position is in the file that is named with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// Errors, warnings and notes, cluster by cluster.
    pub problems: Vec<ProblemAnswer>,
    /// One for each expectation, in the order of the files.
    pub expectations: Vec<ExpectationAnswer>,
}

/// One error, warning or note about the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProblemAnswer {
    /// The file that the positions are in, if the text was joined from several; otherwise they are in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// How bad it is.
    pub severity: SeverityAnswer,
    /// The first character it is about.
    pub start: PositionAnswer,
    /// Just behind the last character.
    pub end: PositionAnswer,
    /// What is wrong. What a real tool prints is carried as it prints it.
    pub statement: Statement,
    /// An edit of the text that mends it, where one is certain enough to offer.
    pub fix: Option<FixAnswer>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum SeverityAnswer {
    /// kubectl or the API server rejects the object.
    Error,
    /// Legal, and most likely not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A position in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PositionAnswer {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes of UTF-8 from the start of the text.
    pub offset: u32,
}

/// An edit of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FixAnswer {
    /// The file that the positions are in, if the text was joined from several; otherwise they are in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where the replaced text starts.
    pub start: PositionAnswer,
    /// Where it ends.
    pub end: PositionAnswer,
    /// What replaces it.
    pub text: String,
}

/// One connection, hop by hop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TraceAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// Who opened the connection: `pod/web`, `node/node-1`, `client`, an IP address.
    pub from: String,
    /// What was called: `http://web:80/`.
    pub to: String,
    /// The Service behind the called address, if it is one's.
    pub service: Option<String>,
    /// How the name was resolved, if a name was called.
    pub lookup: Option<LookupAnswer>,
    /// The packet's path, in order.
    pub hops: Vec<HopAnswer>,
    /// How the connection ended. The ids are `verdict-…`.
    pub verdict: Statement,
    /// Why it failed, most specific first; empty if nothing more than the verdict is known.
    pub causes: Vec<CauseAnswer>,
    /// Whether it failed: anything but an answer.
    pub failed: bool,
    /// Whether it was answered on a condition: an object that is not simulated decides, and the verdict names it.
    pub conditional: bool,
    /// The pod that answered or that the packet reached last.
    pub answered_by: Option<String>,
    /// Whether the causes say what the verdict's detail says, and more: where people read both, the detail is left out.
    #[serde(skip)]
    pub told_by_causes: bool,
}

/// Why a connection failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CauseAnswer {
    /// What is wrong. The ids are `problem-…`, as in the list of problems.
    pub statement: Statement,
    /// How certain it is.
    pub certainty: CertaintyAnswer,
    /// The fields that show it, the one to change first.
    pub evidence: Vec<EvidenceAnswer>,
    /// An edit of the text that mends it.
    pub fix: Option<FixAnswer>,
    /// A command that mends it or shows more.
    pub command: Option<String>,
    /// The request to send next: to what should be called instead, where the called address is at fault (it is
    /// answered), or what the pod that answered calls in its turn.
    pub call: Option<CallAnswer>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: Option<String>,
}

/// How certain a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum CertaintyAnswer {
    /// The cluster's objects prove it.
    Certain,
    /// It explains what happens, and something outside the text could, too.
    Likely,
    /// It cannot be known from the text.
    Possible,
}

/// A request that a cause leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CallAnswer {
    /// Who calls: `pod/web-0`.
    pub from: String,
    /// What is called: `http://db.data`.
    pub to: String,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceAnswer {
    /// Kind and name, `Service default/web`.
    pub object: String,
    /// The field's path, `spec.ports[0].targetPort`.
    pub field: String,
    /// The file that it is written in, if the text was joined from several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is written; `null` for an object that the text does not contain.
    pub start: Option<PositionAnswer>,
}

/// One device on the packet's path.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HopAnswer {
    /// The device: `pod default/web`, `interface default/web`, `node node-1`, `kube-proxy node-1`,
    /// `load-balancer default/web`, `outside 203.0.113.7`.
    pub device: String,
    /// Which way the packet goes.
    pub direction: DirectionAnswer,
    /// Which connection it belongs to, from 0: each question to a name server, the request, and what a proxy opens on
    /// the way are connections of their own.
    pub connection: usize,
    /// The packet as it came to the device.
    pub before: PacketAnswer,
    /// The packet as it left. Within a direction of a connection it equals `before` of the next hop.
    pub after: PacketAnswer,
    /// The rules that matched, in order.
    pub rules: Vec<RuleAnswer>,
    /// How many rules the kernel evaluated.
    pub rules_examined: usize,
    /// Every endpoint that the rules or the client could choose here.
    pub choices: Vec<ChoiceAnswer>,
    /// The Service this hop is about.
    pub service: Option<String>,
    /// Why the packet left as it did. The ids are `reason-…`.
    pub reason: Statement,
}

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum DirectionAnswer {
    /// To a name server, before there is an address to call.
    Lookup,
    /// Towards the callee.
    Request,
    /// Back to the caller.
    Reply,
}

/// The header of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PacketAnswer {
    /// `TCP`, `UDP` or `SCTP`; of an ICMP error, that of the packet it reports.
    pub protocol: String,
    /// `ip:port`.
    pub source: String,
    /// `ip:port`.
    pub destination: String,
    /// Routers it may still pass.
    pub ttl: u8,
    /// The header on one line, as tcpdump writes it.
    pub summary: String,
}

/// A rule that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleAnswer {
    /// `nat`, `filter`, `kube-proxy`.
    pub table: String,
    /// The chain, as the node's tool names it.
    pub chain: String,
    /// The rule, as `iptables-save` or `nft list` prints it.
    pub text: String,
    /// The map element it found, in nftables mode.
    pub element: Option<String>,
    /// Whether every packet passes it: it says nothing about this one.
    pub routine: bool,
}

/// An endpoint that could be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChoiceAnswer {
    /// `ip:port`.
    pub endpoint: String,
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// The pod with this address.
    pub pod: Option<String>,
}

/// How a name was resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LookupAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// The caller's `/etc/resolv.conf`.
    pub resolv_conf: String,
    /// The questions, in the order they were asked.
    pub questions: Vec<QuestionAnswer>,
    /// The address the caller uses; `null` if the name has none.
    pub address: Option<String>,
}

/// One question to a name server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionAnswer {
    /// The name, without its final dot.
    pub name: String,
    /// `NOERROR`, `NODATA`, `NXDOMAIN` or `FORWARDED`.
    pub outcome: String,
    /// The records of the answer, as `dig` prints them.
    pub records: Vec<String>,
}

/// Every way a connection can end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutcomesAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// One for each endpoint that can be chosen, in the order of the rules; just one if nothing is chosen.
    pub outcomes: Vec<OutcomeAnswer>,
}

/// One way a connection can end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutcomeAnswer {
    /// How likely it is, from 0 to 1.
    pub probability: f64,
    /// The endpoint that is chosen, `ip:port`.
    pub endpoint: Option<String>,
    /// The pod with this address.
    pub pod: Option<String>,
    /// What happens then.
    pub trace: TraceAnswer,
}

/// Many connections, counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// How many connections were opened.
    pub connections: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many of them were answered on a condition.
    pub conditional: usize,
    /// The endpoints, in the order of the rules.
    pub shares: Vec<ShareAnswer>,
    /// Why they went there, if there is something to say: all requests went over one connection, or topology hints are
    /// not set.
    pub notes: Vec<Statement>,
}

/// How many connections an endpoint got.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShareAnswer {
    /// `ip:port`.
    pub endpoint: String,
    /// The pod with this address.
    pub pod: Option<String>,
    /// Connections sent to it.
    pub count: usize,
    /// The share that the rules give it, from 0 to 1.
    pub expected: f64,
}

/// The rules of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RulesAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// The node.
    pub node: String,
    /// The command that prints them: `iptables-save`, `nft list table ip kube-proxy`.
    pub command: String,
    /// What it prints.
    pub text: String,
}

/// What a command of the console prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConsoleAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// Its output.
    pub stdout: String,
    /// Its errors and warnings.
    pub stderr: String,
    /// The exit code of the last program: 0 if all is well.
    pub exit_code: u8,
}

/// The EndpointSlices of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndpointsAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// In the order of their names.
    pub slices: Vec<SliceAnswer>,
}

/// One EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SliceAnswer {
    /// `namespace/name`.
    pub name: String,
    /// The Service it belongs to (label `kubernetes.io/service-name`), `namespace/name`.
    pub service: Option<String>,
    /// Its ports.
    pub ports: Vec<SlicePortAnswer>,
    /// Its endpoints.
    pub endpoints: Vec<EndpointAnswer>,
}

/// A port of an EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SlicePortAnswer {
    /// The name of the Service's port; empty if it has none.
    pub name: String,
    /// The port of the endpoints; `null` for every port.
    pub port: Option<u16>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: String,
}

/// An endpoint of an EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndpointAnswer {
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Condition `ready`.
    pub ready: bool,
    /// Condition `serving`.
    pub serving: bool,
    /// Condition `terminating`.
    pub terminating: bool,
    /// What has the address, `Pod default/web`.
    pub target: Option<String>,
    /// The node it is on.
    pub node: Option<String>,
}

/// The same request through an Ingress controller and through a Gateway.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BothAnswer {
    /// [`VERSION`].
    pub version: u32,
    /// Through the Ingress controller.
    pub ingress: SideAnswer,
    /// Through the Gateway.
    pub gateway: SideAnswer,
    /// What differs, shares included.
    pub differences: Vec<PartAnswer>,
}

/// What becomes of a request at one of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideAnswer {
    /// What is called: its address, with the header Host.
    pub to: String,
    /// The ways a request can take, each once.
    pub ways: Vec<WayAnswer>,
}

/// A way that a request can take.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WayAnswer {
    /// How likely it is.
    pub probability: f64,
    /// The Ingress or the rule of a route that takes the request; empty if none is known to.
    pub rule: String,
    /// The Service that gets it, `namespace/name:port`; empty if the proxy answers by itself.
    pub service: String,
    /// The path that the Service gets.
    pub path: String,
    /// How it ends, in words.
    pub end: String,
}

/// Something that can differ between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum PartAnswer {
    /// How it ends.
    End,
    /// The Service that gets the request.
    Service,
    /// The path that the Service gets.
    Path,
}

impl PartAnswer {
    /// The name of its label.
    pub fn label(self) -> &'static str {
        match self {
            PartAnswer::End => "both-end",
            PartAnswer::Service => "both-service",
            PartAnswer::Path => "both-path",
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use schemars::{JsonSchema, schema_for};

    use super::*;
    use crate::simulation::expectations::ExpectationsAnswer;

    fn check<T: JsonSchema>(file: &str) {
        let path = format!("{}/docs/schema/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let schema = serde_json::to_string_pretty(&schema_for!(T)).expect("a schema is JSON");
        expect_file![path].assert_eq(&format!("{schema}\n"));
    }

    #[test]
    fn the_schemas_in_docs_are_those_of_the_answers() {
        check::<ProblemsAnswer>("problems");
        check::<CheckAnswer>("check");
        check::<TraceAnswer>("trace");
        check::<OutcomesAnswer>("outcomes");
        check::<CountAnswer>("count");
        check::<RulesAnswer>("rules");
        check::<ConsoleAnswer>("console");
        check::<EndpointsAnswer>("endpoints");
        check::<LookupAnswer>("lookup");
        check::<ExpectationsAnswer>("expectations");
        check::<MatrixAnswer>("matrix");
        check::<DifferenceAnswer>("diff");
        check::<BothAnswer>("both");
    }
}
