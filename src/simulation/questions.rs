//! The questions that a simulation answers.

use super::answers::{
    BothAnswer, ConsoleAnswer, CountAnswer, EndpointsAnswer, LookupAnswer, MatrixAnswer,
    OutcomesAnswer, ProblemsAnswer, RulesAnswer, Statement, TraceAnswer, VERSION,
};
use super::expectations::{ExpectationsAnswer, Reader};
use super::matrix::{Matrix, Namespaces};
use super::suggestions::{origins, targets};
use super::{Simulation, convert, gateway};
use kubehop_engine::causes;
use kubehop_engine::console::kubectl::Clock;
use kubehop_engine::console::{self, Output, Shell, Watch};
use kubehop_engine::diagnostic::Diagnostic;
use kubehop_engine::names::Family;
use kubehop_engine::sort;
use kubehop_engine::trace::{self, Connections, Request, RuleLines, Statistics, Trace, outcomes};

impl Simulation {
    /// What is wrong with the manifests: what kubectl and the API server reject or warn about, and what is legal but
    /// most likely not meant. In the order of the text.
    pub fn problems(&self) -> ProblemsAnswer {
        let resolved = &self.network.resolved;
        let mut all: Vec<Diagnostic> = resolved.diagnostics.clone();
        all.extend(causes::check(resolved));
        sort::sort_by_key(&mut all, Diagnostic::order);
        let problems = all.iter().map(|own| convert::problem(own, &self.words));
        ProblemsAnswer {
            version: VERSION,
            problems: problems.collect(),
        }
    }

    /// Reads a file of [`expectations`](super::expectations) and judges each in this cluster.
    ///
    /// # Errors
    /// What is wrong with the file, at its lines and columns.
    pub fn check(&self, text: &str) -> Result<ExpectationsAnswer, ProblemsAnswer> {
        let mut reader = Reader::default();
        let expectations = match reader.tree(text) {
            Some(tree) => reader.expectations(&tree),
            None => Vec::new(),
        };
        if reader.faults.is_empty() {
            return Ok(self.judge(&expectations));
        }
        sort::sort_by_key(&mut reader.faults, |own| own.span.start);
        let faults = reader.faults.iter();
        Err(ProblemsAnswer {
            version: VERSION,
            problems: faults
                .map(|own| convert::read_fault(own.span, &own.fault, &self.words))
                .collect(),
        })
    }

    /// Follows one connection. `seed` and `number` (which connection it is, from 0) decide wherever rules or clients
    /// choose at random.
    ///
    /// # Errors
    /// If the caller does not exist or has no address of the family it calls.
    pub fn trace(
        &self,
        request: &Request,
        seed: u64,
        number: u64,
    ) -> Result<TraceAnswer, Statement> {
        let trace = self.connection(request, seed, number)?;
        Ok(self.answer(&trace))
    }

    /// Every endpoint a connection could be sent to, how likely each is, and what happens there.
    ///
    /// # Errors
    /// As [`Simulation::trace`].
    pub fn explain(&self, request: &Request, seed: u64) -> Result<OutcomesAnswer, Statement> {
        let found = outcomes(&self.network, request, seed, RuleLines::Printed)
            .map_err(|error| self.statement(&error))?;
        let outcomes = found.iter().map(|own| {
            let causes = causes::of_trace(&self.network, &own.trace);
            convert::outcome(own, &causes, &self.words)
        });
        Ok(OutcomesAnswer {
            version: VERSION,
            outcomes: outcomes.collect(),
        })
    }

    /// The manifests of the Gateways and routes that do what the Ingresses do; what has no equivalent is named in comments.
    /// `None` if there is no Ingress. `class` is the GatewayClass; the name of the Ingresses' class if left out.
    pub fn gateway_manifests(&self, class: Option<&str>) -> Option<String> {
        gateway::manifests(self.network.cluster(), class)
    }

    /// The same request through the Ingress controller and through the Gateway of its host; `None` if the cluster does not
    /// have both.
    ///
    /// # Errors
    /// As [`Simulation::trace`].
    pub fn through_both(
        &self,
        request: &Request,
        seed: u64,
    ) -> Result<Option<BothAnswer>, Statement> {
        let both = gateway::both(&self.network, request, seed);
        let both = both.map_err(|error| self.statement(&error))?;
        Ok(both.map(|both| both.answer(&self.words)))
    }

    /// Who reaches what: the outside client and every workload of some namespaces, against every port of their Services.
    pub fn matrix(&self, namespaces: &Namespaces) -> MatrixAnswer {
        Matrix::of(&self.network, namespaces).answer(&self.network, &self.words)
    }

    /// Opens many connections, a second apart, and counts where they went. Nodes remember session affinity between them.
    /// With gRPC they are many requests over one connection.
    ///
    /// # Errors
    /// As [`Simulation::trace`].
    pub fn count(
        &self,
        request: &Request,
        seed: u64,
        connections: u64,
    ) -> Result<CountAnswer, Statement> {
        let mut table = Connections::new(seed);
        let mut traces: Vec<Trace> = Vec::new();
        for second in 0..connections {
            let sent = table.send_one_of_many(&self.network, request, second);
            traces.push(sent.map_err(|error| self.statement(&error))?);
        }
        let notes = match traces.first() {
            Some(first) if !first.is_failure() => causes::of_trace(&self.network, first),
            Some(_) | None => Vec::new(),
        };
        let notes = notes.iter().map(|own| self.statement(&own.fault));
        Ok(convert::count(&Statistics::of(&traces), notes.collect()))
    }

    /// Opens a connection and keeps what the nodes remember of it in `table`. `second` is the time on their clocks.
    ///
    /// # Errors
    /// As [`Simulation::trace`].
    pub fn connect(
        &self,
        table: &mut Connections,
        request: &Request,
        second: u64,
    ) -> Result<TraceAnswer, Statement> {
        table
            .connect(&self.network, request, second)
            .map(|trace| self.answer(&trace))
            .map_err(|error| self.statement(&error))
    }

    /// Sends more on connection `number` of the table, in a cluster that may have changed since; `None` if that
    /// connection is not open.
    ///
    /// # Errors
    /// As [`Simulation::trace`].
    pub fn send_on(
        &self,
        table: &mut Connections,
        number: u64,
        second: u64,
    ) -> Option<Result<TraceAnswer, Statement>> {
        let sent = table.again(&self.network, number, second)?;
        Some(
            sent.map(|trace| self.answer(&trace))
                .map_err(|error| self.statement(&error)),
        )
    }

    /// The rules that kube-proxy keeps on a node, as the node's own tool prints them. `None` if there is no such node.
    pub fn rules(&self, node: &str, family: Family) -> Option<RulesAnswer> {
        self.network.cluster().nodes.get(node)?;
        Some(RulesAnswer {
            version: VERSION,
            node: node.to_owned(),
            command: self.network.rules_command(node, family).to_owned(),
            text: self.network.rules_text(node, family),
        })
    }

    /// Runs a line of the console: `kubectl get svc,pods -o wide`, `kubectl exec web -- env | grep WEB`. What it would
    /// change or send is left out.
    pub fn console(&self, line: &str) -> ConsoleAnswer {
        convert::console(self.run(line, &Connections::default()))
    }

    /// The same, with what the line would change or send.
    pub(crate) fn run(&self, line: &str, connections: &Connections) -> Output {
        console::run(self.shell(connections), line)
    }

    /// What follows in an open watch.
    pub(crate) fn follow(&self, watch: &mut Watch, connections: &Connections) -> Output {
        watch.follow(self.shell(connections))
    }

    fn shell<'a>(&'a self, connections: &'a Connections) -> Shell<'a> {
        Shell {
            network: &self.network,
            connections,
            text: &self.opened.text,
            clock: Clock::default(),
        }
    }

    /// The EndpointSlices of the cluster.
    pub fn endpoints(&self) -> EndpointsAnswer {
        let slices = self.network.cluster().slices.values();
        EndpointsAnswer {
            version: VERSION,
            slices: slices.map(convert::slice).collect(),
        }
    }

    /// Resolves a name as the caller's resolver does. A name in the caller's `/etc/hosts`, or an address, needs no
    /// question.
    ///
    /// # Errors
    /// If the caller does not exist or has no address.
    pub fn lookup(&self, from: &str, name: &str) -> Result<LookupAnswer, Statement> {
        let request = self.request(from, name)?;
        let trace = trace::trace(&self.network, &request, 0, 0);
        let trace = trace.map_err(|error| self.statement(&error))?;
        let lookup = trace.lookup.as_ref().map(convert::lookup);
        // Without a question the address is in the caller's /etc/hosts.
        Ok(lookup.unwrap_or_else(|| LookupAnswer {
            version: VERSION,
            resolv_conf: String::new(),
            questions: Vec::new(),
            address: trace.called().map(|address| address.to_string()),
        }))
    }

    /// Who can call, as [`Simulation::request`] reads it, the likeliest first.
    pub fn callers(&self) -> Vec<String> {
        origins(self.network.cluster())
    }

    /// What can be called, as [`Simulation::request`] reads it, the likeliest first.
    pub fn targets(&self) -> Vec<String> {
        targets(&self.network)
    }

    /// The names of the nodes, in order.
    pub fn nodes(&self) -> Vec<String> {
        let nodes = self.network.cluster().nodes.keys();
        nodes.map(ToString::to_string).collect()
    }
}
