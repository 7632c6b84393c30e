//! A pod that can call, offered where a text has none: the Pods of such a text are all behind the Service that is called.

use super::editing::edits;
use super::request_draft::lacks_caller;
use super::{Effect, Model};
use kubehop_engine::causes::Cause;
use kubehop_engine::diagnostic::{Fault, Fix, NameFault};
use kubehop_engine::manifest::edit::appended;
use kubehop_engine::names::DEFAULT_NAMESPACE;

impl Model {
    /// Whether a client Pod is offered: a node calls, because no Pod could.
    pub(super) fn offers_client(&self) -> bool {
        !self.stale && lacks_caller(&self.request, self.network.cluster()).is_some()
    }

    /// Writes a client Pod at the end of the text. It calls once it is there.
    pub(super) fn add_client(&mut self) -> Vec<Effect> {
        let lacking = lacks_caller(&self.request, self.network.cluster());
        let Some(namespace) = lacking.filter(|_| !self.stale) else {
            return Vec::new();
        };
        self.request.by_hand = false;
        let fix = client_pod(&self.text, &namespace);
        vec![Effect::Replace(edits(&fix))]
    }

    /// The client Pod as the fix of a name that only Pods can look up.
    pub(super) fn with_client_fix(&self, cause: Cause) -> Cause {
        let is_node = matches!(
            cause.fault,
            Fault::Name(NameFault::CallerWithoutClusterDns { .. })
        );
        let lacking = lacks_caller(&self.request, self.network.cluster());
        match lacking.filter(|_| is_node) {
            Some(namespace) => cause.with_fix(Some(client_pod(&self.text, &namespace))),
            None => cause,
        }
    }
}

/// The edit that puts a Pod with a shell and curl behind the last document.
fn client_pod(text: &str, namespace: &str) -> Fix {
    let namespace = match namespace {
        DEFAULT_NAMESPACE => String::new(),
        other => format!("\n  namespace: {other}"),
    };
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: client{namespace}\nspec:\n  containers:\n  - name: shell\n    image: curlimages/curl\n    command: [\"sleep\", \"infinity\"]\n"
    );
    appended(text, &pod)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::session::Ask;

    const HEADLESS: &str = "\
apiVersion: v1
kind: Service
metadata: {name: db, namespace: data}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: data}
---
apiVersion: v1
kind: Pod
metadata: {name: db-0, namespace: data, labels: {app: db}}
spec: {containers: [{name: pg, image: postgres}]}";

    #[test]
    fn a_text_without_a_caller_gets_one_that_calls() {
        let mut model = Model::new();
        model.handle(Ask::Edit(HEADLESS.to_owned()));
        assert!(
            model.request.from.starts_with("node/"),
            "{:?}",
            model.request
        );
        assert!(model.offers_client());
        let fixes = model.causes.iter().filter(|cause| cause.fix.is_some());
        assert_eq!(fixes.count(), 1, "{:?}", model.causes);
        assert_eq!(model.handle(Ask::AddClient).len(), 1);
        let fix = client_pod(HEADLESS, "data");
        assert_eq!(fix.span.start.line, 13);
        model.handle(Ask::Edit(format!("{HEADLESS}{}", fix.text)));
        assert_eq!(model.request.from, "pod/data/client");
        assert!(!model.offers_client());
        let trace = model.trace.as_deref().expect("a connection");
        assert!(!trace.is_failure(), "{:?}", trace.verdict);
    }

    #[test]
    fn where_a_pod_can_call_none_is_offered() {
        let mut model = Model::new();
        let other = HEADLESS.replace("{app: db}}\n", "{app: web}}\n");
        model.handle(Ask::Edit(other));
        assert_eq!(model.request.from, "pod/data/db-0");
        assert!(!model.offers_client());
        assert_eq!(model.handle(Ask::AddClient), []);
    }
}
