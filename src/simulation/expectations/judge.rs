//! Judges expectations by every possible outcome of a connection.

use kubehop_engine::sort;
use std::net::SocketAddr;

use serde::Serialize;

use super::{Answerer, Expectation, Found, Question, SeenSource, Wanted};
use crate::simulation::Simulation;
use crate::simulation::answers::{CauseAnswer, PositionAnswer, Statement, VERSION};
use crate::simulation::convert;
use crate::view::i18n::{Catalogue, Message};
use kubehop_engine::causes::{self, Cause};
use kubehop_engine::resolve::events::{Event, EventError};
use kubehop_engine::trace::{
    Connections, Direction, PossibleOutcome, Request, RequestError, RuleLines, Trace, Verdict,
    outcomes,
};

/// What became of expectations, in the order of their file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExpectationsAnswer {
    /// The version of all answers.
    pub version: u32,
    /// One for each expectation.
    pub expectations: Vec<ExpectationAnswer>,
}

impl ExpectationsAnswer {
    /// Whether all of them hold.
    pub fn all_met(&self) -> bool {
        self.expectations.iter().all(|one| one.met)
    }
}

/// What became of one expectation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExpectationAnswer {
    /// The file that it is written in, if several were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is written.
    pub start: PositionAnswer,
    /// What was asked: `client → http://web`, `$ kubectl get pods`.
    pub question: String,
    /// Whether it holds.
    pub met: bool,
    /// What was expected and, if it does not hold, what happens instead. The ids are `judgement-…`.
    pub statement: Statement,
    /// Why the connection fails that was expected to be answered; empty if the expectation holds.
    pub causes: Vec<CauseAnswer>,
}

/// What became of one expectation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub(crate) enum Judgement {
    /// It holds.
    Met {
        /// What was expected.
        wanted: String,
    },
    /// It does not.
    NotMet {
        /// What was expected.
        wanted: String,
        /// What happens instead.
        found: String,
    },
    /// A command does not print what it should.
    NotPrinted {
        /// What was expected.
        wanted: String,
    },
    /// A command prints what it should not.
    Printed {
        /// What was expected.
        wanted: String,
    },
    /// Another source is seen.
    OtherSource {
        /// What was expected.
        wanted: String,
        /// The source that is seen.
        source: String,
    },
    /// Another share of the connections.
    OtherShare {
        /// What was expected.
        wanted: String,
        /// The share, in percent.
        percent: String,
    },
    /// Another number of pods answers.
    OtherPods {
        /// What was expected.
        wanted: String,
        /// How many pods answer.
        count: usize,
    },
    /// The question cannot be asked.
    Impossible {
        /// What was expected.
        wanted: String,
        /// Why.
        why: String,
    },
}

impl Message for Judgement {
    const PREFIX: &'static str = "judgement";
}

/// What became of one expectation, without words, and why the connection fails that decided it.
struct Judged {
    /// What was expected: what is not so, or all of it.
    wanted: String,
    /// What happens instead; `None` if the expectation holds.
    found: Option<Found>,
    causes: Vec<Cause>,
}

impl Judged {
    fn of(wanted: String, found: Option<Found>) -> Judged {
        Judged {
            wanted,
            found,
            causes: Vec::new(),
        }
    }

    fn is_met(&self) -> bool {
        self.found.is_none()
    }

    fn judgement(&self, words: &Catalogue) -> Judgement {
        let wanted = self.wanted.clone();
        match &self.found {
            Some(found) => found.judgement(wanted, words),
            None => Judgement::Met { wanted },
        }
    }
}

/// How far a share may be from the expected one, in percentage points.
const ROUNDING: f64 = 0.5;

impl Simulation {
    /// Judges expectations in this cluster, each after its own events.
    pub(crate) fn judge(&self, expectations: &[Expectation]) -> ExpectationsAnswer {
        ExpectationsAnswer {
            version: VERSION,
            expectations: expectations.iter().map(|one| self.judge_one(one)).collect(),
        }
    }

    /// Whether an expectation holds.
    pub(crate) fn holds(&self, expectation: &Expectation) -> bool {
        self.judged(expectation).is_met()
    }

    /// What happens instead of what is expected; `None` if the expectation holds.
    pub(crate) fn found(&self, expectation: &Expectation) -> Option<Found> {
        self.judged(expectation).found
    }

    fn judge_one(&self, expectation: &Expectation) -> ExpectationAnswer {
        let judged = self.judged(expectation);
        let causes = judged.causes.iter();
        ExpectationAnswer {
            file: None,
            start: convert::position(expectation.span.start),
            question: expectation.question.to_string(),
            met: judged.is_met(),
            statement: convert::statement(&judged.judgement(self.words()), self.words()),
            causes: causes
                .map(|own| convert::cause(own, self.words()))
                .collect(),
        }
    }

    fn judged(&self, expectation: &Expectation) -> Judged {
        match self.after_events(&expectation.after) {
            Ok(None) => self.judge_question(expectation),
            Ok(Some(later)) => later.judge_question(expectation),
            Err(error) => Judged::of(words_of(&expectation.wanted), Some(Found::NoEvent(error))),
        }
    }

    /// The simulation after events; `None` if there are none.
    fn after_events(&self, events: &[Event]) -> Result<Option<Simulation>, EventError> {
        let mut later: Option<Simulation> = None;
        for event in events {
            later = Some(later.as_ref().unwrap_or(self).after(event)?);
        }
        Ok(later)
    }

    fn judge_question(&self, expectation: &Expectation) -> Judged {
        let wanted = &expectation.wanted;
        let each: Vec<Judged> = match &expectation.question {
            Question::Command(line) => {
                let output = self.console(line);
                let printed = output.stdout + &output.stderr;
                let judge = |one: &Wanted| Judged::of(one.to_string(), not_printed(one, &printed));
                wanted.iter().map(judge).collect()
            }
            Question::Connection(request) => {
                match self.outcomes_of(request, expectation.connections) {
                    Ok(outcomes) => {
                        let judge = |one| self.judge_connection(one, &outcomes);
                        wanted.iter().map(judge).collect()
                    }
                    Err(error) => {
                        let found = Some(Found::NoRequest(error));
                        vec![Judged::of(words_of(wanted), found)]
                    }
                }
            }
        };
        let first = each.into_iter().find(|judged| !judged.is_met());
        first.unwrap_or_else(|| Judged::of(words_of(wanted), None))
    }

    /// Every way one connection can end; or how each of many ends, which are opened a second apart.
    fn outcomes_of(
        &self,
        request: &Request,
        connections: u64,
    ) -> Result<Vec<PossibleOutcome>, RequestError> {
        if connections <= 1 {
            return outcomes(self.network(), request, 0, RuleLines::Printed);
        }
        let mut table = Connections::new(0);
        let mut all = Vec::new();
        for second in 0..connections {
            all.push(PossibleOutcome {
                probability: 1.0 / connections as f64,
                trace: table.send_one_of_many(self.network(), request, second)?,
            });
        }
        Ok(all)
    }

    fn judge_connection(&self, wanted: &Wanted, outcomes: &[PossibleOutcome]) -> Judged {
        let text = wanted.to_string();
        if let Wanted::Share(by, percent) = wanted {
            let answered = outcomes
                .iter()
                .filter(|outcome| self.is_answered_by(&outcome.trace, by));
            // A sum of nothing would be -0.
            let share = answered.fold(0.0, |share, outcome| share + outcome.probability);
            return Judged::of(text, other_share(*percent, share * 100.0));
        }
        if let Wanted::Pods(count) = wanted {
            return Judged::of(text, other_pods(*count, outcomes));
        }
        let traces = outcomes.iter().map(|outcome| &outcome.trace);
        let mut wrong = traces.filter(|trace| !self.is_as_wanted(wanted, trace));
        let Some(trace) = wrong.next() else {
            return Judged::of(text, None);
        };
        Judged {
            wanted: text,
            found: Some(self.found_instead(wanted, trace)),
            causes: if trace.is_failure() {
                causes::of_trace(self.network(), trace)
            } else {
                Vec::new()
            },
        }
    }

    fn is_as_wanted(&self, wanted: &Wanted, trace: &Trace) -> bool {
        match wanted {
            Wanted::Answered => trace.verdict.answering_endpoint().is_some(),
            Wanted::AnsweredBy(by) => self.is_answered_by(trace, by),
            Wanted::SourceSeen(source) => self.sees(trace, source),
            Wanted::Refused => matches!(trace.verdict, Verdict::Refused { .. }),
            Wanted::TimedOut => matches!(trace.verdict, Verdict::TimedOut { .. }),
            Wanted::NoSuchName => matches!(trace.verdict, Verdict::NoSuchName { .. }),
            Wanted::LookupFailed => matches!(trace.verdict, Verdict::LookupFailed { .. }),
            Wanted::Status(status) => status_of(trace) == Some(*status),
            Wanted::Pods(_) | Wanted::Share(..) | Wanted::Prints(_) | Wanted::PrintsNot(_) => false,
        }
    }

    fn is_answered_by(&self, trace: &Trace, by: &Answerer) -> bool {
        let cluster = self.network().cluster();
        match trace.verdict {
            Verdict::AnsweredOutside { endpoint, .. } => {
                *by == Answerer::Outside || by.is(cluster, None, endpoint)
            }
            ref verdict => verdict
                .answering_endpoint()
                .is_some_and(|endpoint| by.is(cluster, trace.answered_by(), endpoint)),
        }
    }

    fn sees(&self, trace: &Trace, source: &SeenSource) -> bool {
        trace.verdict.answering_endpoint().is_some()
            && source_seen(trace)
                .is_some_and(|seen| source.has(self.network().cluster(), seen.ip()))
    }

    /// What happens in place of what is wanted.
    fn found_instead(&self, wanted: &Wanted, trace: &Trace) -> Found {
        let is_answered = trace.verdict.answering_endpoint().is_some();
        match (wanted, source_seen(trace)) {
            (Wanted::SourceSeen(_), Some(seen)) if is_answered => Found::Source(seen.ip()),
            _ => Found::Ended {
                verdict: trace.verdict.clone(),
                node: match wanted {
                    Wanted::AnsweredBy(Answerer::Node(_)) if is_answered => {
                        self.answering_node(trace)
                    }
                    _ => None,
                },
            },
        }
    }

    /// The node of the pod that answers.
    fn answering_node(&self, trace: &Trace) -> Option<String> {
        let pod = self.network().cluster().pod(trace.answered_by()?)?;
        Some(pod.spec.node_name.to_string())
    }
}

/// The status of an HTTP answer. A pod that answers HTTP is taken to answer 200.
fn status_of(trace: &Trace) -> Option<u16> {
    match trace.verdict {
        Verdict::HttpError { status, .. } | Verdict::Redirected { status, .. } => Some(status),
        Verdict::Answered { .. } => trace.request.to.is_http().then_some(200),
        _ => None,
    }
}

/// The source of the packet that was answered, as it arrived.
fn source_seen(trace: &Trace) -> Option<SocketAddr> {
    let mut hops = trace.hops.iter().rev();
    let arrived = hops.find(|hop| hop.direction == Direction::Request)?;
    Some(arrived.before.source)
}

fn other_share(wanted: f64, found: f64) -> Option<Found> {
    ((found - wanted).abs() > ROUNDING).then_some(Found::Share(found))
}

fn other_pods(wanted: usize, outcomes: &[PossibleOutcome]) -> Option<Found> {
    let answered = outcomes
        .iter()
        .filter(|outcome| outcome.trace.verdict.answering_endpoint().is_some());
    let pods = sort::set(answered.filter_map(|outcome| outcome.trace.answered_by()));
    (pods.len() != wanted).then_some(Found::Pods(pods.len()))
}

fn not_printed(wanted: &Wanted, printed: &str) -> Option<Found> {
    let has = |text: &str| printed.lines().any(|line| line.contains(text));
    match wanted {
        Wanted::Prints(wanted) if !has(wanted) => Some(Found::NotPrinted),
        Wanted::PrintsNot(wanted) if has(wanted) => Some(Found::Printed),
        _ => None,
    }
}

/// Everything that is expected, with commas.
fn words_of(wanted: &[Wanted]) -> String {
    let each: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    each.join(", ")
}
