//! `nslookup`, as BIND 9.18 prints it.

use std::net::IpAddr;

use super::super::{Call, Output};
use super::container::resolv_conf;
use super::dns::{Answer, Server, pod_of};
use crate::dns::coredns::{Data, Record, RecordType};
use crate::dns::resolver::candidates;

/// `nslookup [-type=TYPE] NAME [SERVER]`.
pub(super) fn nslookup(call: &Call<'_>) -> Output {
    let (options, words): (Vec<&String>, Vec<&String>) = call
        .arguments
        .iter()
        .partition(|word| word.starts_with('-'));
    let Some((name, rest)) = words.split_first() else {
        return Output::error(
            1,
            "nslookup has no shell to type into: nslookup NAME [SERVER]",
        );
    };
    if name.parse::<IpAddr>().is_ok() {
        return Output::error(
            1,
            "nslookup asks for names here; dig -x ADDRESS asks for the name of an address",
        );
    }
    let named = rest.first().map(|server| server.as_str());
    let Some(server) = Server::of(call, named) else {
        let named = named.unwrap_or_default();
        return Output::error(
            1,
            &format!("nslookup: couldn't get address for '{named}': not found"),
        );
    };
    if let Some(tries) = server.no_reply() {
        return Output {
            stdout: tries + ";; no servers could be reached\n\n",
            status: 1,
            acts: server.acts(),
            ..Output::default()
        };
    }
    let mut types = options
        .iter()
        .filter_map(|option| option.strip_prefix("-type="));
    let types = match types.next() {
        Some(of) => vec![RecordType::named(&of.to_uppercase())],
        None => vec![RecordType::A, RecordType::Aaaa],
    };
    let found = found_records(call, &server, name, &types);
    let (status, answer) = match found {
        Some(records) => (0, records),
        None => (
            1,
            format!(
                "** server can't find {}: NXDOMAIN\n",
                name.trim_end_matches('.')
            ),
        ),
    };
    Output {
        stdout: format!(
            "Server:\t\t{0}\nAddress:\t{0}#53\n\n{answer}\n",
            server.address
        ),
        status,
        acts: server.acts(),
        ..Output::default()
    }
}

/// The records of the first candidate of a name that has any; `None` if there is none.
fn found_records(
    call: &Call<'_>,
    server: &Server,
    name: &str,
    types: &[RecordType],
) -> Option<String> {
    for candidate in candidates(&resolv_conf(call, pod_of(call)), name) {
        let answers = types.iter().map(|of| server.ask(call, &candidate, of));
        let answers: Vec<Answer> = answers.collect();
        let mut records: Vec<&Record> = Vec::new();
        for record in answers.iter().flat_map(|answer| &answer.response.answer) {
            if !records.contains(&record) {
                records.push(record);
            }
        }
        if records.is_empty() {
            continue;
        }
        let is_authoritative = answers.iter().any(|answer| answer.is_authoritative);
        let note = if is_authoritative {
            ""
        } else {
            "Non-authoritative answer:\n"
        };
        let lines: String = records.into_iter().map(listed).collect();
        return Some(format!("{note}{lines}"));
    }
    None
}

fn listed(record: &Record) -> String {
    let name = record.name.trim_end_matches('.');
    match &record.data {
        Data::A(address) => format!("Name:\t{name}\nAddress: {address}\n"),
        Data::Aaaa(address) => format!("Name:\t{name}\nAddress: {address}\n"),
        Data::Cname(target) => format!("{name}\tcanonical name = {target}\n"),
        Data::Srv {
            priority,
            weight,
            port,
            target,
        } => {
            format!("{name}\tservice = {priority} {weight} {port} {target}\n")
        }
        Data::Ptr(target) => format!("{name}\tname = {target}\n"),
        Data::Txt(text) => format!("{name}\ttext = \"{text}\"\n"),
        Data::Soa { .. } => String::new(),
    }
}
