//! A trace as the page shows it: each hop, the verdict and its causes, in the words of one language.

use super::rules_panel::one_of;
use crate::view::fix_preview::FixableText;
use crate::view::i18n::{Catalogue, Sentence};
use crate::view::layout;
use crate::view::page_text::PageSentence;
use crate::view::page_view::{CauseView, Doubt, HopRule, HopView, RulePart, Tone, VerdictView};
use kubehop_engine::causes::{Cause, Certainty};
use kubehop_engine::ruleset::PrintedLine;
use kubehop_engine::trace::{self, Hop, RuleLine, Trace, Weight};

pub(super) fn hop_view(trace: &Trace, index: usize, hop: &Hop, words: &Catalogue) -> HopView {
    let count = PageSentence::Hop {
        hop: index + 1,
        hops: trace.hops.len(),
    };
    let reason = words.format(&hop.reason);
    // The packet that leaves the callee is another one: the reply.
    let is_turn = layout::is_turn(trace, index);
    let leaving = trace.hops.get(index + 1).filter(|_| is_turn);
    let kind = layout::kind(trace, hop);
    let telling = hop
        .rules
        .iter()
        .filter(|line| line.weight == Weight::Telling);
    HopView {
        stop: words.format_part(&hop.reason, "stop").unwrap_or_default(),
        count: words.format(&count).text,
        short_count: words.format_part(&count, "short").unwrap_or_default(),
        text: reason.text,
        detail: reason.detail,
        note: words.format_part(&hop.reason, "note"),
        before: hop.before.ends(),
        after: leaving.map_or(&hop.after, |next| &next.before).ends(),
        summary_before: hop.before.summary(),
        summary: leaving.map_or(&hop.after, |next| &next.before).summary(),
        kind,
        kind_after: leaving.map_or(kind, |next| layout::kind(trace, next)),
        rules: telling.flat_map(hop_rules).collect(),
        rules_node: trace.rules_node(index).map(str::to_owned),
    }
}

/// A rule that matched, below those that were passed over.
fn hop_rules(line: &RuleLine) -> impl Iterator<Item = HopRule> {
    let passed = |line| hop_rule(line, trace::parts_of(line), true);
    let own = hop_rule(&line.line, line.parts(), false);
    line.passed_over.iter().map(passed).chain([own])
}

fn hop_rule(line: &PrintedLine, parts: Vec<trace::RulePart>, is_passed: bool) -> HopRule {
    let part = |part: trace::RulePart| RulePart {
        text: part.text,
        is_marked: part.acts,
    };
    HopRule {
        parts: parts.into_iter().map(part).collect(),
        one_of: one_of(line),
        is_passed,
    }
}

/// The verdict with its causes; the catalogue's general sentence if no cause is known.
pub(super) fn verdict_view(
    trace: &Trace,
    causes: &[Cause],
    edited: Option<FixableText<'_>>,
    words: &Catalogue,
) -> VerdictView {
    let verdict = &trace.verdict;
    let sentence = words.format(verdict);
    let replaced = (causes.first()).filter(|_| verdict.is_told_by_its_causes());
    VerdictView {
        tone: Tone::of(verdict),
        text: sentence.text,
        summary: match replaced {
            Some(cause) => Some(on_one_line(words.format(&cause.fault))),
            None => sentence.detail.clone(),
        },
        detail: sentence.detail.filter(|_| replaced.is_none()),
        causes: causes
            .iter()
            .enumerate()
            .map(|cause| cause_view(edited, cause, words))
            .collect(),
    }
}

/// A cause with its fix, if the text is still the one that it is about.
fn cause_view(
    edited: Option<FixableText<'_>>,
    (index, cause): (usize, &Cause),
    words: &Catalogue,
) -> CauseView {
    let fix = cause.fix.as_ref().zip(edited);
    let call = (cause.call.as_ref()).map(|call| (call.from.to_string(), call.to.to_string()));
    let Sentence { text, detail } = words.format(&cause.fault);
    let span = cause.evidence.iter().find_map(|evidence| evidence.span);
    CauseView {
        index,
        text,
        detail,
        doubt: match cause.certainty {
            Certainty::Certain => None,
            Certainty::Likely => Some(Doubt::Likely),
            Certainty::Possible => Some(Doubt::Possible),
        },
        position: span.map(|span| (span.start.line, span.start.column)),
        command: cause.command.clone(),
        docs: words.format_part(&cause.fault, "docs").unwrap_or_default(),
        fix: fix.and_then(|(fix, edited)| edited.offer(fix)),
        call,
    }
}

/// Headline and detail as sentences of one paragraph.
fn on_one_line(sentence: Sentence) -> String {
    let Sentence { text, detail } = sentence;
    let end = if text.ends_with('?') { "" } else { "." };
    match detail {
        Some(detail) => format!("{text}{end} {detail}"),
        None => format!("{text}{end}"),
    }
}
