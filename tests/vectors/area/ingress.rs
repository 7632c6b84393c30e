//! Area `ingress`: rules, a request → its backend; a backend's port → the Service's.

use kubehop_engine::cluster::object::{BackendService, Ingress, Service};
use kubehop_engine::l7::ingress::{route, service_port};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};

/// Compares the backend, or `404`; the Service port's number, or that there is none.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let input = &case["input"];
        let computed = if let Some(ports) = input.get("servicePorts") {
            port(ports, &input["backendPort"])?
        } else {
            let ingress = ingress(&input["ingress"])?;
            let request = &input["request"];
            let route = route([&ingress], text(&request["host"]), text(&request["path"]));
            let service = route.and_then(|route| route.backend.service.as_ref());
            json!({ "backend": service.map_or_else(|| "404".to_owned(), written) })
        };
        same(&case["expect"], &computed)
    })
}

fn port(ports: &Value, backend: &Value) -> Result<Value, String> {
    let service: Service =
        read(&json!({ "metadata": { "name": "svc" }, "spec": { "ports": ports } }))?;
    Ok(match service_port(&service, &read(backend)?) {
        Some(port) => json!({ "servicePort": port.port }),
        None => json!({ "error": "no such service port" }),
    })
}

/// The recording writes an Ingress shorter than the API: paths stand in the rule, backends are `name:port`.
fn ingress(short: &Value) -> Result<Ingress, String> {
    let path = |path: &Value| json!({ "path": path["path"], "pathType": path["pathType"], "backend": backend(&path["backend"]) });
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let rule = |rule: &Value| {
        let paths: Vec<Value> = list(&rule["paths"]).iter().map(path).collect();
        json!({ "host": rule["host"], "http": { "paths": paths } })
    };
    let rules: Vec<Value> = list(&short["rules"]).iter().map(rule).collect();
    let default = short.get("defaultBackend").map(backend);
    read(
        &json!({ "metadata": { "name": "web" }, "spec": { "rules": rules, "defaultBackend": default } }),
    )
}

fn backend(short: &Value) -> Value {
    let (name, port) = text(short).split_once(':').unwrap_or((text(short), ""));
    let port = match port.parse::<u16>() {
        Ok(number) => json!({ "number": number }),
        Err(_) => json!({ "name": port }),
    };
    json!({ "service": { "name": name, "port": port } })
}

fn written(service: &BackendService) -> String {
    match service.port.name.as_str() {
        "" => format!("{}:{}", service.name, service.port.number),
        name => format!("{}:{name}", service.name),
    }
}
