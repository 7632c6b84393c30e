//! `-o` with `--dry-run=client` of the commands that make an object of their options: they print what they would send.
//!
//! It is no object of the server's: nothing is defaulted. Go writes structs although they are empty, so `status: {}` and
//! `resources: {}` are in it (`omitempty` leaves out no struct).

use serde_json::{Value, json};

use super::super::output_form::Form;
use crate::api_resources::{Resource, of_object};

/// What `-o` prints of an object that would be sent; `None` without `-o`.
pub(super) fn printed(made: &Value, form: Form) -> Option<String> {
    (form != Form::Line).then(|| form.text(&name(made), || as_sent(made)))
}

/// `deployment.apps/web`.
fn name(made: &Value) -> String {
    let text = |path: &str| {
        made.pointer(path)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let resource = of_object(text("/apiVersion"), text("/kind"));
    let prefix = resource.map(Resource::prefix).unwrap_or_default();
    format!("{prefix}/{}", text("/metadata/name"))
}

/// The object as Go writes it.
fn as_sent(made: &Value) -> Value {
    let mut object = made.clone();
    let mut status = json!({});
    match made["kind"].as_str() {
        Some("Pod") => {
            with_resources(&mut object, "/spec/containers");
            // `run` states them.
            object["spec"]["dnsPolicy"] = "ClusterFirst".into();
            if object["spec"].get("restartPolicy").is_none() {
                object["spec"]["restartPolicy"] = "Always".into();
            }
        }
        Some("Deployment") => {
            with_resources(&mut object, "/spec/template/spec/containers");
            object["spec"]["strategy"] = json!({});
        }
        Some("Service") => status = json!({"loadBalancer": {}}),
        _ => object["spec"] = json!({}),
    }
    object["status"] = status;
    object
}

fn with_resources(object: &mut Value, path: &str) {
    let containers = object.pointer_mut(path).and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten() {
        container["resources"] = json!({});
    }
}
