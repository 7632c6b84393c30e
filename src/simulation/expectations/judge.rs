//! Judges expectations by what the engine says of every way a connection can end.

use kubehop_engine::sort;
use std::net::SocketAddr;

use serde::Serialize;

use super::{Answerer, Expectation, Question, SeenSource, Wanted};
use crate::simulation::Simulation;
use crate::simulation::answers::{CauseAnswer, PositionAnswer, Statement, VERSION};
use crate::simulation::convert;
use crate::view::i18n::Message;
use kubehop_engine::causes::{self, Cause};
use kubehop_engine::resolve::events::Event;
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

/// A judgement, and why the connection fails that decided it.
struct Judged {
    judgement: Judgement,
    causes: Vec<Cause>,
}

impl Judged {
    fn of(judgement: Judgement) -> Judged {
        Judged {
            judgement,
            causes: Vec::new(),
        }
    }

    fn impossible(wanted: &[Wanted], why: Statement) -> Judged {
        Judged::of(Judgement::Impossible {
            wanted: words_of(wanted),
            why: why.text,
        })
    }

    fn is_met(&self) -> bool {
        matches!(self.judgement, Judgement::Met { .. })
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
        self.judge_one(expectation).met
    }

    fn judge_one(&self, expectation: &Expectation) -> ExpectationAnswer {
        let judged = match self.after_events(&expectation.after) {
            Ok(None) => self.judge_question(expectation),
            Ok(Some(later)) => later.judge_question(expectation),
            Err(why) => Judged::impossible(&expectation.wanted, why),
        };
        let causes = judged.causes.iter();
        ExpectationAnswer {
            file: None,
            start: convert::position(expectation.span.start),
            question: expectation.question.to_string(),
            met: judged.is_met(),
            statement: convert::statement(&judged.judgement, self.words()),
            causes: causes
                .map(|own| convert::cause(own, self.words()))
                .collect(),
        }
    }

    /// The simulation after events; `None` if there are none.
    pub(crate) fn after_events(&self, events: &[Event]) -> Result<Option<Simulation>, Statement> {
        let mut later: Option<Simulation> = None;
        for event in events {
            later = Some(later.as_ref().unwrap_or(self).apply(event)?);
        }
        Ok(later)
    }

    fn judge_question(&self, expectation: &Expectation) -> Judged {
        let wanted = &expectation.wanted;
        let each: Vec<Judged> = match &expectation.question {
            Question::Command(line) => {
                let output = self.console(line);
                let printed = output.stdout + &output.stderr;
                let judge = |one| Judged::of(judge_printed(one, &printed));
                wanted.iter().map(judge).collect()
            }
            Question::Connection(request) => {
                match self.outcomes_of(request, expectation.connections) {
                    Ok(outcomes) => {
                        let judge = |one| self.judge_connection(one, &outcomes);
                        wanted.iter().map(judge).collect()
                    }
                    Err(why) => vec![Judged::impossible(wanted, why)],
                }
            }
        };
        let first = each.into_iter().find(|judged| !judged.is_met());
        first.unwrap_or_else(|| {
            Judged::of(Judgement::Met {
                wanted: words_of(wanted),
            })
        })
    }

    /// Every way one connection can end; or how each of many ends, which are opened a second apart.
    fn outcomes_of(
        &self,
        request: &Request,
        connections: u64,
    ) -> Result<Vec<PossibleOutcome>, Statement> {
        let said = |error: RequestError| convert::statement(&error, self.words());
        if connections <= 1 {
            return outcomes(self.network(), request, 0, RuleLines::Printed).map_err(said);
        }
        let mut table = Connections::new(0);
        let mut all = Vec::new();
        for second in 0..connections {
            let sent = table.send_one_of_many(self.network(), request, second);
            all.push(PossibleOutcome {
                probability: 1.0 / connections as f64,
                trace: sent.map_err(said)?,
            });
        }
        Ok(all)
    }

    fn judge_connection(&self, wanted: &Wanted, outcomes: &[PossibleOutcome]) -> Judged {
        if let Wanted::Share(by, percent) = wanted {
            let answered = outcomes
                .iter()
                .filter(|outcome| self.is_answered_by(&outcome.trace, by));
            // A sum of nothing would be -0.
            let share = answered.fold(0.0, |share, outcome| share + outcome.probability);
            return Judged::of(judge_share(wanted, *percent, share * 100.0));
        }
        if let Wanted::Pods(count) = wanted {
            return Judged::of(judge_pods(wanted, *count, outcomes));
        }
        let traces = outcomes.iter().map(|outcome| &outcome.trace);
        let mut wrong = traces.filter(|trace| !self.is_as_wanted(wanted, trace));
        let Some(trace) = wrong.next() else {
            return Judged::of(Judgement::Met {
                wanted: wanted.to_string(),
            });
        };
        Judged {
            judgement: self.not_as_wanted(wanted, trace),
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

    fn not_as_wanted(&self, wanted: &Wanted, trace: &Trace) -> Judgement {
        let is_answered = trace.verdict.answering_endpoint().is_some();
        let text = wanted.to_string();
        match (wanted, source_seen(trace)) {
            (Wanted::SourceSeen(_), Some(seen)) if is_answered => Judgement::OtherSource {
                wanted: text,
                source: seen.ip().to_string(),
            },
            _ => Judgement::NotMet {
                wanted: text,
                found: convert::statement(&trace.verdict, self.words()).text,
            },
        }
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

fn judge_share(wanted: &Wanted, percent: f64, found: f64) -> Judgement {
    let wanted = wanted.to_string();
    if (found - percent).abs() <= ROUNDING {
        return Judgement::Met { wanted };
    }
    Judgement::OtherShare {
        wanted,
        percent: format!("{found:.1}"),
    }
}

fn judge_pods(wanted: &Wanted, count: usize, outcomes: &[PossibleOutcome]) -> Judgement {
    let answered = outcomes
        .iter()
        .filter(|outcome| outcome.trace.verdict.answering_endpoint().is_some());
    let pods = sort::set(answered.filter_map(|outcome| outcome.trace.answered_by()));
    let wanted = wanted.to_string();
    match pods.len() {
        found if found == count => Judgement::Met { wanted },
        count => Judgement::OtherPods { wanted, count },
    }
}

fn judge_printed(wanted: &Wanted, printed: &str) -> Judgement {
    let has = |text: &str| printed.lines().any(|line| line.contains(text));
    let text = wanted.to_string();
    match wanted {
        Wanted::Prints(wanted) if !has(wanted) => Judgement::NotPrinted { wanted: text },
        Wanted::PrintsNot(wanted) if has(wanted) => Judgement::Printed { wanted: text },
        _ => Judgement::Met { wanted: text },
    }
}

/// Everything that is expected, with commas.
fn words_of(wanted: &[Wanted]) -> String {
    let each: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    each.join(", ")
}
