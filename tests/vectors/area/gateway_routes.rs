//! gateway-routes: a request at a Gateway → the listener, route and rule that take it, and what is sent where.

use kubehop_engine::cluster::object::TlsMode;
use kubehop_engine::l7::gateway::{
    BackendFault, Decision, Forward, GatewayTraffic, Gateways, HeaderChange, ListenerProtocol,
    MatchedRoute, SentRequest, Share,
};
use kubehop_engine::l7::http_request::HttpRequest;
use kubehop_engine::names::ObjectName;
use kubehop_engine::resolve::{Resolved, resolve};
use kubehop_engine::{cluster::Config, manifest::Source};
use serde_json::{Map, Value, json};

use super::compare::text;
use super::{load, name};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    super::cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: difference(recording, case),
        })
        .collect()
}

/// The objects of a case through the API server and the controllers.
pub(super) fn resolved(recording: &Value, case: &Value) -> Resolved {
    let objects = load::objects(recording, &case["input"]["objects"]);
    let documents: Vec<String> = objects.map(Value::to_string).collect();
    let source = Source::read(&documents.join("\n---\n"));
    resolve(&source, &Config::default())
}

fn difference(recording: &Value, case: &Value) -> Option<String> {
    let resolved = resolved(recording, case);
    let gateways = Gateways::of(&resolved.cluster);
    let computed = answer(&gateways, &case["input"]["request"]);
    let mut expected = case["expect"].clone();
    let alternative = expected
        .as_object_mut()
        .and_then(|it| it.remove("alternative"));
    if computed == expected || alternative.as_ref() == Some(&computed) {
        None
    } else {
        Some(format!("recorded {expected}\ncomputed {computed}"))
    }
}

fn answer(gateways: &Gateways, request: &Value) -> Value {
    let (namespace, name) = text(&request["gateway"])
        .split_once('/')
        .unwrap_or_default();
    let port = u16::try_from(request["port"].as_u64().unwrap_or_default()).unwrap_or_default();
    let Some(gateway) = gateways.get(&ObjectName::new(namespace, name)) else {
        return json!({ "refused": true });
    };
    let http = http_request(request);
    let traffic = match text(&request["protocol"]) {
        "TCP" => GatewayTraffic::Tcp,
        "UDP" => GatewayTraffic::Udp,
        "TLS" => GatewayTraffic::Tls(text(&request["sni"])),
        _ => GatewayTraffic::Http(&http),
    };
    let is_http = matches!(traffic, GatewayTraffic::Http(_));
    let unanswered = match (is_http, http.is_grpc) {
        (true, true) => json!({ "grpcStatus": "UNIMPLEMENTED" }),
        (true, false) => json!({ "status": 404 }),
        (false, _) => json!({ "closed": true }),
    };
    match gateway.decide(port, &traffic) {
        Decision::Refused => json!({ "refused": true }),
        Decision::NoListener => unanswered,
        Decision::NoRoute { listener } => {
            let mut answer = unanswered;
            answer["listener"] = json!(listener.listener.name);
            answer
        }
        Decision::Preflight(taken, _) => of_matched(&taken, is_http),
        Decision::Redirected(taken, redirect) => {
            let mut answer = of_matched(&taken, is_http);
            answer["redirect"] =
                json!({ "status": redirect.status, "location": redirect.location });
            answer
        }
        Decision::Forwarded(taken, forward) => {
            let mut answer = of_matched(&taken, is_http);
            let response = request.get("backendResponseHeaders");
            add_forward(&mut answer, &forward, is_http.then_some(&http), response);
            answer
        }
    }
}

fn http_request(request: &Value) -> HttpRequest {
    let grpc = &request["grpc"];
    let is_grpc = grpc.is_object();
    let uri = if is_grpc {
        format!("/{}/{}", text(&grpc["service"]), text(&grpc["method"]))
    } else {
        text(&request["path"]).to_owned()
    };
    HttpRequest {
        host: text(&request["host"]).to_owned(),
        method: text(&request["method"]).to_owned(),
        uri,
        headers: headers(&request["headers"]),
        is_tls: request["scheme"] == "https",
        is_grpc,
    }
}

fn headers(written: &Value) -> Vec<(String, String)> {
    let entries = written.as_object().into_iter().flatten();
    entries
        .map(|(name, value)| (name.clone(), text(value).to_owned()))
        .collect()
}

fn of_matched(matched: &MatchedRoute, is_http: bool) -> Value {
    let mut answer = json!({
        "listener": matched.listener.listener.name,
        "route": matched.route.name.to_string(),
        "rule": matched.rule,
    });
    if is_http {
        answer["match"] = json!(matched.matched);
    }
    let rule = matched.route.rule(matched.rule);
    if let Some(rule) = rule.filter(|rule| !rule.name.is_empty()) {
        answer["ruleName"] = json!(rule.name);
    }
    let mode = matched.listener.listener.tls.as_ref().map(|tls| tls.mode);
    if matched.listener.protocol == Some(ListenerProtocol::Tls) {
        answer["tls"] = match mode {
            Some(TlsMode::Passthrough) => json!("Passthrough"),
            Some(TlsMode::Terminate) | None => json!("Terminate"),
        };
    }
    answer
}

fn add_forward(
    answer: &mut Value,
    forward: &Forward,
    http: Option<&HttpRequest>,
    response: Option<&Value>,
) {
    let total = forward.total();
    let mut backends: Vec<Value> = Vec::new();
    let mut errors: Vec<(Value, f64)> = Vec::new();
    let mut closed = 0.0;
    for share in &forward.shares {
        let probability = f64::from(share.weight) / total as f64;
        match (&share.target, http) {
            (Ok(_), _) => backends.push(backend(forward, share, probability, http, response)),
            (Err(_), None) => closed += probability,
            (Err(fault), Some(http)) => add_error(&mut errors, status(*fault, http), probability),
        }
    }
    let has_backend = !backends.is_empty();
    if has_backend {
        answer["backends"] = json!(backends);
    }
    errors.sort_by_key(|(error, _)| error.to_string());
    if !errors.is_empty() {
        let entries = errors.into_iter().map(|(mut error, probability)| {
            error["probability"] = rounded(probability);
            error
        });
        answer["errors"] = entries.collect();
    }
    if closed > 0.0 {
        answer["closedProbability"] = rounded(closed);
    }
    if let (true, Some(http)) = (has_backend, http) {
        answer["backendRequest"] = request(&forward.request, http);
        if let Some(response) = response {
            answer["responseHeaders"] = response_headers(&forward.response_changes(None), response);
        }
    }
    let mirrors: Vec<Value> = forward.mirrors.iter().map(|(target, (some, all))| {
        let fraction = rounded(f64::from(*some) / f64::from(*all));
        json!({ "service": target.service.to_string(), "port": target.port, "fraction": fraction })
    }).collect();
    if !mirrors.is_empty() {
        answer["mirrors"] = json!(mirrors);
    }
}

fn add_error(errors: &mut Vec<(Value, f64)>, error: Value, probability: f64) {
    match errors.iter_mut().find(|(known, _)| *known == error) {
        Some((_, sum)) => *sum += probability,
        None => errors.push((error, probability)),
    }
}

fn status(fault: BackendFault, http: &HttpRequest) -> Value {
    match (http.is_grpc, fault) {
        (true, _) => json!({ "grpcStatus": "UNAVAILABLE" }),
        (false, BackendFault::NotReady) => json!({ "status": 503 }),
        (false, _) => json!({ "status": 500 }),
    }
}

fn backend(
    forward: &Forward,
    share: &Share,
    probability: f64,
    http: Option<&HttpRequest>,
    response: Option<&Value>,
) -> Value {
    let Ok(target) = &share.target else {
        return Value::Null;
    };
    let mut backend = json!({
        "service": target.service.to_string(),
        "port": target.port,
        "probability": rounded(probability),
    });
    if let Some(http) = http.filter(|_| forward.has_filters(share)) {
        backend["request"] = request(&forward.request_of(share), http);
        if let Some(response) = response {
            let changes = forward.response_changes(Some(share));
            backend["responseHeaders"] = response_headers(&changes, response);
        }
    }
    backend
}

fn request(sent: &SentRequest, http: &HttpRequest) -> Value {
    let mut request =
        json!({ "host": sent.host, "path": sent.uri, "headers": header_map(&sent.headers) });
    if !http.is_grpc {
        request["method"] = json!(sent.method);
    }
    request
}

/// The headers of a response as the client gets them.
fn response_headers(changes: &[HeaderChange], response: &Value) -> Value {
    let mut headers = headers(response);
    for change in changes {
        change.apply(&mut headers);
    }
    header_map(&headers)
}

fn header_map(headers: &[(String, String)]) -> Value {
    let entries = headers
        .iter()
        .map(|(name, value)| (name.to_lowercase(), json!(value)));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// A probability as the recording has it: six digits, whole numbers without a point.
fn rounded(probability: f64) -> Value {
    let rounded = (probability * 1e6).round() / 1e6;
    if rounded == 1.0 {
        json!(1)
    } else {
        json!(rounded)
    }
}
