//! From the engine's values to answers.

use super::answers::{
    CallAnswer, CauseAnswer, CertaintyAnswer, ChoiceAnswer, ConsoleAnswer, CountAnswer,
    DirectionAnswer, EndpointAnswer, EvidenceAnswer, FixAnswer, HopAnswer, LookupAnswer,
    OutcomeAnswer, PacketAnswer, PositionAnswer, ProblemAnswer, QuestionAnswer, RuleAnswer,
    SeverityAnswer, ShareAnswer, SliceAnswer, SlicePortAnswer, Statement, TraceAnswer, VERSION,
};
use super::expectations::ReadFault;
use crate::view::i18n::{Catalogue, Message, id_and_fields};
use kubehop_engine::causes::{Cause, Certainty, Evidence};
use kubehop_engine::cluster::object::{Endpoint, EndpointSlice, SlicePort};
use kubehop_engine::console::Output;
use kubehop_engine::diagnostic::{Diagnostic, Fix, Position, Problem, Severity, Span};
use kubehop_engine::netfilter::Packet;
use kubehop_engine::trace::{
    Choice, Direction, Hop, Lookup, PossibleOutcome, RuleLine, Share, Statistics, Trace, Weight,
};

/// A message with its sentences in the catalogue's language.
pub fn statement<M: Message>(message: &M, words: &Catalogue) -> Statement {
    let (id, arguments) = id_and_fields(message);
    let sentence = words.format(message);
    Statement {
        id,
        arguments: arguments.into_iter().collect(),
        text: sentence.text,
        detail: sentence.detail.filter(|detail| !detail.is_empty()),
        note: words
            .format_part(message, "note")
            .filter(|note| !note.is_empty()),
    }
}

/// What a line of the console printed.
pub(crate) fn console(output: Output) -> ConsoleAnswer {
    ConsoleAnswer {
        version: VERSION,
        stdout: output.stdout,
        stderr: output.stderr,
        exit_code: output.status,
    }
}

/// A diagnostic of the engine, as the front door answers it.
pub fn problem(diagnostic: &Diagnostic, words: &Catalogue) -> ProblemAnswer {
    ProblemAnswer {
        file: None,
        severity: match diagnostic.severity {
            Severity::Error => SeverityAnswer::Error,
            Severity::Warning => SeverityAnswer::Warning,
            Severity::Info => SeverityAnswer::Note,
        },
        start: position(diagnostic.span.start),
        end: position(diagnostic.span.end),
        statement: statement(&diagnostic.problem, words),
        fix: diagnostic.fix.as_ref().map(fix),
        docs: match &diagnostic.problem {
            Problem::Cause(fault) => words.format_part(fault, "docs"),
            _ => None,
        },
    }
}

/// A mistake in a file that is no manifest, as the front door answers it.
pub(crate) fn read_fault(span: Span, fault: &ReadFault, words: &Catalogue) -> ProblemAnswer {
    ProblemAnswer {
        file: None,
        severity: SeverityAnswer::Error,
        start: position(span.start),
        end: position(span.end),
        statement: match fault {
            ReadFault::Own(fault) => statement(fault, words),
            ReadFault::Request(fault) => statement(fault, words),
            ReadFault::Event(fault) => statement(fault, words),
        },
        fix: None,
        docs: None,
    }
}

fn fix(fix: &Fix) -> FixAnswer {
    FixAnswer {
        file: None,
        start: position(fix.span.start),
        end: position(fix.span.end),
        text: fix.text.clone(),
    }
}

pub(crate) fn position(position: Position) -> PositionAnswer {
    PositionAnswer {
        line: position.line,
        column: position.column,
        offset: position.offset,
    }
}

/// A trace of the engine, as the front door answers it.
pub fn trace(trace: &Trace, causes: &[Cause], words: &Catalogue) -> TraceAnswer {
    TraceAnswer {
        version: VERSION,
        from: trace.request.from.to_string(),
        to: trace.request.to.to_string(),
        service: trace.service.as_ref().map(ToString::to_string),
        lookup: trace.lookup.as_ref().map(lookup),
        hops: trace.hops.iter().map(|own| hop(own, words)).collect(),
        verdict: statement(&trace.verdict, words),
        causes: causes.iter().map(|own| cause(own, words)).collect(),
        failed: trace.is_failure(),
        conditional: trace.verdict.is_conditional(),
        told_by_causes: trace.verdict.is_told_by_its_causes(),
        answered_by: trace.answered_by().map(ToString::to_string),
    }
}

/// A cause of the engine, as the front door answers it.
pub(crate) fn cause(cause: &Cause, words: &Catalogue) -> CauseAnswer {
    CauseAnswer {
        statement: statement(&cause.fault, words),
        certainty: match cause.certainty {
            Certainty::Certain => CertaintyAnswer::Certain,
            Certainty::Likely => CertaintyAnswer::Likely,
            Certainty::Possible => CertaintyAnswer::Possible,
        },
        evidence: cause.evidence.iter().map(evidence).collect(),
        fix: cause.fix.as_ref().map(fix),
        command: cause.command.clone(),
        call: cause.call.as_ref().map(|call| CallAnswer {
            from: call.from.to_string(),
            to: call.to.to_string(),
        }),
        docs: words.format_part(&cause.fault, "docs"),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceAnswer {
    EvidenceAnswer {
        object: evidence.object.clone(),
        field: evidence.field.clone(),
        file: None,
        start: evidence.span.map(|span| position(span.start)),
    }
}

fn hop(hop: &Hop, words: &Catalogue) -> HopAnswer {
    HopAnswer {
        device: hop.device.to_string(),
        direction: match hop.direction {
            Direction::Lookup => DirectionAnswer::Lookup,
            Direction::Request => DirectionAnswer::Request,
            Direction::Reply => DirectionAnswer::Reply,
        },
        connection: hop.connection,
        before: packet(&hop.before),
        after: packet(&hop.after),
        rules: hop.rules.iter().map(rule).collect(),
        rules_examined: hop.examined,
        choices: hop.choices.iter().map(choice).collect(),
        service: hop.service.as_ref().map(ToString::to_string),
        reason: statement(&hop.reason, words),
    }
}

fn packet(packet: &Packet) -> PacketAnswer {
    PacketAnswer {
        protocol: packet.protocol.to_string(),
        source: packet.source.to_string(),
        destination: packet.destination.to_string(),
        ttl: packet.ttl,
        summary: packet.to_string(),
    }
}

fn rule(line: &RuleLine) -> RuleAnswer {
    RuleAnswer {
        table: line.id.table.as_str().to_owned(),
        chain: line.chain.clone(),
        text: line.line.text().to_owned(),
        element: line.found.clone(),
        routine: line.weight == Weight::Routine,
    }
}

fn choice(choice: &Choice) -> ChoiceAnswer {
    ChoiceAnswer {
        endpoint: choice.endpoint.to_string(),
        probability: choice.probability,
        chosen: choice.chosen,
        pod: choice.pod.as_ref().map(ToString::to_string),
    }
}

/// A lookup of the engine, as the front door answers it.
pub fn lookup(lookup: &Lookup) -> LookupAnswer {
    let questions = lookup
        .resolution
        .lookups
        .iter()
        .map(|question| QuestionAnswer {
            name: question.name.clone(),
            outcome: question.outcome.to_string(),
            records: question.answer.iter().map(ToString::to_string).collect(),
        });
    LookupAnswer {
        version: VERSION,
        resolv_conf: lookup.resolv_conf.to_string(),
        questions: questions.collect(),
        address: lookup.address.map(|address| address.to_string()),
    }
}

/// A possible outcome, as the front door answers it.
pub fn outcome(outcome: &PossibleOutcome, causes: &[Cause], words: &Catalogue) -> OutcomeAnswer {
    let chosen = outcome.trace.choices().find(|choice| choice.chosen);
    OutcomeAnswer {
        probability: outcome.probability,
        endpoint: chosen.map(|choice| choice.endpoint.to_string()),
        pod: chosen.and_then(|choice| Some(choice.pod.as_ref()?.to_string())),
        trace: trace(&outcome.trace, causes, words),
    }
}

/// Counted connections, as the front door answers them.
pub fn count(statistics: &Statistics, notes: Vec<Statement>) -> CountAnswer {
    CountAnswer {
        version: VERSION,
        connections: statistics.connections,
        failed: statistics.failed,
        conditional: statistics.conditional,
        shares: statistics.shares.iter().map(share).collect(),
        notes,
    }
}

fn share(share: &Share) -> ShareAnswer {
    ShareAnswer {
        endpoint: share.endpoint.to_string(),
        pod: share.pod.as_ref().map(ToString::to_string),
        count: share.count,
        expected: share.expected,
    }
}

/// An EndpointSlice, as the front door answers it.
pub fn slice(slice: &EndpointSlice) -> SliceAnswer {
    SliceAnswer {
        name: slice.metadata.id().to_string(),
        service: slice.service().map(|service| service.to_string()),
        ports: slice.ports.iter().map(slice_port).collect(),
        endpoints: slice.endpoints.iter().map(endpoint).collect(),
    }
}

fn slice_port(port: &SlicePort) -> SlicePortAnswer {
    SlicePortAnswer {
        name: port.name.as_deref().unwrap_or_default().to_owned(),
        port: port.port,
        protocol: port.protocol.unwrap_or_default().to_string(),
    }
}

fn endpoint(endpoint: &Endpoint) -> EndpointAnswer {
    let target = endpoint.target_ref.as_ref();
    EndpointAnswer {
        addresses: endpoint.addresses.iter().map(ToString::to_string).collect(),
        ready: endpoint.conditions.is_ready(),
        serving: endpoint.conditions.is_serving(),
        terminating: endpoint.conditions.is_terminating(),
        target: target.map(|target| format!("{} {}", target.kind, target.id())),
        node: endpoint.node_name.as_ref().map(ToString::to_string),
    }
}
