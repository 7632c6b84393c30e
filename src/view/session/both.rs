//! The same request through an Ingress controller and through a Gateway.

use std::rc::Rc;

use super::editing::edits;
use super::{Effect, Model};
use crate::simulation::answers::{BothAnswer, PartAnswer, SideAnswer, WayAnswer};
use crate::simulation::gateway::{self, Both};
use crate::view::i18n::Catalogue;
use crate::view::page_view::{BothCell, BothRow, BothView};
use kubehop_engine::manifest::edit::appended;
use kubehop_engine::trace::{GatewayReason, Reason, Trace};

/// The comparison while it is shown.
#[derive(Clone)]
pub(super) struct Comparison {
    /// Whether the Gateways were added to the text for it.
    added: bool,
    /// The request through both; `None` if the cluster does not have both for its host.
    both: Option<Rc<Both>>,
}

impl Model {
    /// Shows the comparison, or ends it. Where no Gateway serves the host, the manifests that the Ingresses become are added
    /// to the text.
    pub(super) fn compare(&mut self, is_shown: bool) -> Vec<Effect> {
        self.comparison = is_shown.then_some(Comparison {
            added: false,
            both: None,
        });
        self.compare_anew();
        let is_there = |own: &Comparison| own.both.is_some();
        if self.stale || self.comparison.as_ref().is_none_or(is_there) {
            return Vec::new();
        }
        let Some(manifests) = gateway::manifests(self.network.cluster(), None) else {
            return Vec::new();
        };
        if let Some(comparison) = &mut self.comparison {
            comparison.added = true;
        }
        vec![Effect::Replace(edits(&appended(&self.text, &manifests)))]
    }

    /// Sends the request through both again, after the cluster or the request changed.
    pub(super) fn compare_anew(&mut self) {
        if self.comparison.is_none() {
            return;
        }
        let request = self.trace.as_deref().map(|trace| &trace.request);
        let both = request.and_then(|request| gateway::both(&self.network, request, 0).ok()?);
        if let Some(comparison) = &mut self.comparison {
            comparison.both = both.map(Rc::new);
        }
    }

    /// Whether the shown request could go through a Gateway as well as through an Ingress controller.
    pub(super) fn can_compare(&self, trace: &Trace) -> bool {
        let mut reasons = trace.hops.iter().map(|hop| &hop.reason);
        reasons.any(|reason| match reason {
            Reason::TakesHttp { .. } => true,
            Reason::Gateway(GatewayReason::TakesForGateway { .. }) => {
                let host = trace.request.to.host_header();
                self.network.entrances(&host).ingress.is_some()
            }
            _ => false,
        })
    }

    /// The comparison as the page shows it.
    pub(super) fn both_view(&self, words: &Catalogue) -> Option<BothView> {
        let comparison = self.comparison.as_ref()?;
        let answer = comparison.both.as_ref()?.answer(words);
        let names = answer
            .differences
            .iter()
            .map(|part| words.label(part.label()));
        let names = names.collect::<Vec<_>>().join(", ");
        Some(BothView {
            headline: match names.as_str() {
                "" => words.label("both-same"),
                names => format!("{}: {names}", words.label("both-differs")),
            },
            is_same: names.is_empty(),
            rows: rows(&answer, words),
            from: self.request.from.clone(),
            calls: [answer.ingress.to, answer.gateway.to],
            note: comparison.added.then(|| words.label(gateway::ADDED)),
        })
    }
}

/// A value of a way, as a row of the table shows it.
type ValueOf = fn(&WayAnswer) -> &str;

/// The rows of the table: what differs first, who took the request last.
fn rows(answer: &BothAnswer, words: &Catalogue) -> Vec<BothRow> {
    let row = |label: &str, differs, value: ValueOf| BothRow {
        label: words.label(label),
        differs,
        cells: [&answer.ingress, &answer.gateway].map(|side| cells(side, value)),
    };
    let part = |(part, value): (PartAnswer, ValueOf)| {
        let differs = answer.differences.contains(&part);
        row(part.label(), differs, value)
    };
    let parts: [(PartAnswer, ValueOf); 3] = [
        (PartAnswer::End, |way| &way.end),
        (PartAnswer::Service, |way| &way.service),
        (PartAnswer::Path, |way| &way.path),
    ];
    let (mut first, same): (Vec<_>, Vec<_>) =
        parts.into_iter().map(part).partition(|row| row.differs);
    first.push(row("both-why", false, |way| &way.why));
    first.extend(same);
    first.push(row("both-rule", false, |way| &way.rule));
    first.retain(|row| row.cells.iter().flatten().any(|cell| !cell.text.is_empty()));
    first
}

/// The values of a side's ways, each once, with its share if there are several.
fn cells(side: &SideAnswer, value: ValueOf) -> Vec<BothCell> {
    let mut shares: Vec<(&str, f64)> = Vec::new();
    for way in &side.ways {
        match shares.iter_mut().find(|(known, _)| *known == value(way)) {
            Some((_, share)) => *share += way.probability,
            None => shares.push((value(way), way.probability)),
        }
    }
    let is_certain = shares.len() == 1;
    shares
        .into_iter()
        .map(|(text, share)| BothCell {
            text: text.to_owned(),
            share: (!is_certain).then(|| format!("{:.0} %", share * 100.0)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Ask, Effect, Model};
    use crate::view::i18n::Catalogue;
    use crate::view::language::Language;
    use kubehop_engine::testing::WEB_POD;

    const EDGE: &str = "\
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: v1
kind: Pod
metadata: {name: controller, labels: {app.kubernetes.io/name: ingress-nginx}}
spec: {containers: [{name: controller, image: controller, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: controller}
spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: ingress-nginx}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: {paths: [{path: /cart, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}";

    #[test]
    fn the_gateways_are_added_to_the_text_and_the_request_goes_through_both() {
        let words = Catalogue::of_page(Language::English);
        let mut model = Model::new();
        let text = format!("{WEB_POD}{EDGE}");
        model.handle(Ask::Edit(text.clone()));
        let call = |to: &str| Ask::Call("client".to_owned(), to.to_owned());
        model.handle(call("http://shop.example.com/cart"));
        let trace = model.trace.clone().expect("a connection");
        assert!(model.can_compare(&trace));
        let effects = model.handle(Ask::Compare(true));
        let [Effect::Replace(json)] = effects.as_slice() else {
            panic!("no edit: {effects:?}");
        };
        let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let offset = json[0]["span"]["start"]["offset"].as_u64();
        assert_eq!(offset, Some(text.len() as u64));
        let added = json[0]["text"].as_str().expect("a text");
        assert!(added.starts_with("\n---\n"), "{added}");
        model.handle(Ask::Edit(format!("{text}{added}")));
        let view = model.both_view(&words).expect("a comparison");
        assert!(view.is_same, "{view:?}");
        assert!(view.note.is_some());
        // The request of either side is compared again.
        model.handle(call(&view.calls[1]));
        assert_eq!(model.both_view(&words).expect("a comparison"), view);
        // Other than the Ingress, the Gateway no longer has a Service to send it to.
        let broken = added.replace("name: web", "name: wob");
        model.handle(Ask::Edit(format!("{text}{broken}")));
        let view = model.both_view(&words).expect("a comparison");
        assert!(!view.is_same);
        let first = &view.rows[0];
        assert!(first.differs);
        assert_eq!(first.cells[1][0].text, "HTTP 500");
        let why = view.rows.iter().flat_map(|row| &row.cells[1]);
        let is_told =
            |cell: &super::BothCell| cell.text.contains("Service wob, which does not exist");
        assert!(why.into_iter().any(is_told), "{view:?}");
        model.handle(Ask::Compare(false));
        assert!(model.both_view(&words).is_none());
    }
}
