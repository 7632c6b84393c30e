//! Area `dns`: objects, a Corefile, a question → CoreDNS' answer. The order of records is chance (`loadbalance`), and
//! so is the serial number.

use kubehop_engine::dns::coredns::{Corefile, Data, Dns, Question, Record, RecordType, Reply};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};
use super::load;

/// Compares code and every section.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let input = &case["input"];
        let mut cluster = load::cluster(load::objects(recording, &input["objects"]))?;
        // Every cluster has these, recorded or not.
        for namespace in ["default", "kube-system"] {
            cluster.ensure_namespace(&namespace.into());
        }
        let corefile: Corefile = read(&input["config"])?;
        let (name, record_type) = text(&input["query"]).split_once(' ').ok_or("no question")?;
        let reply =
            Dns::new(&cluster, corefile).ask(&Question::new(name, RecordType::named(record_type)));
        same(&sorted(&case["expect"]), &sorted(&written(reply)))
    })
}

fn written(reply: Reply) -> Value {
    match reply {
        Reply::Forwarded => json!({ "forwarded": true }),
        Reply::Answered(response) => json!({
            "rcode": response.rcode.to_string(),
            "aa": true,
            "answer": lines(&response.answer),
            "authority": lines(&response.authority),
            "additional": lines(&response.additional),
        }),
    }
}

/// Records as the recording writes them: a serial number as `<serial>`.
pub(crate) fn lines(records: &[Record]) -> Vec<String> {
    let line = |record: &Record| match &record.data {
        Data::Soa { serial, .. } => record
            .to_string()
            .replace(&format!(" {serial} 7200 "), " <serial> 7200 "),
        _ => record.to_string(),
    };
    records.iter().map(line).collect()
}

/// The same answer with its sections sorted, empty ones left out.
fn sorted(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for section in ["answer", "authority", "additional"] {
        if let Some(lines) = answer.get_mut(section).and_then(Value::as_array_mut) {
            lines.sort_by_key(Value::to_string);
        }
    }
    if let Some(fields) = answer.as_object_mut() {
        fields.retain(|_, value| value.as_array().is_none_or(|lines| !lines.is_empty()));
    }
    answer
}
