//! `dig`, as BIND 9.18 prints it.

use std::net::IpAddr;

use super::super::{Call, Output};
use super::container::resolv_conf;
use super::dns::{Answer, Server, pod_of};
use crate::dns::coredns::{Data, Question, Rcode, Record, RecordType};
use crate::dns::resolver::candidates;
use crate::fnv::fnv32a;

/// The arguments of `dig`.
#[derive(Default)]
struct Dig {
    server: Option<String>,
    name: Option<String>,
    record_type: Option<RecordType>,
    search: bool,
    short: bool,
    answer_only: bool,
}

/// `dig [@SERVER] [-x ADDRESS] NAME [TYPE] [+short] [+search] [+noall +answer]`.
pub(super) fn dig(call: &Call<'_>) -> Output {
    let asked = match Dig::read(call.arguments) {
        Ok(asked) => asked,
        Err(message) => return Output::error(1, &message),
    };
    let name = asked.name.clone().unwrap_or_else(|| ".".to_owned());
    let Some(server) = Server::of(call, asked.server.as_deref()) else {
        let server = asked.server.unwrap_or_default();
        return Output::error(
            10,
            &format!("dig: couldn't get address for '{server}': not found"),
        );
    };
    let banner = format!(
        "\n; <<>> DiG 9.18.33 <<>> {}\n;; global options: +cmd\n",
        call.arguments.join(" ")
    );
    if let Some(tries) = server.no_reply() {
        let stdout = if asked.short {
            tries
        } else {
            tries + &banner + ";; no servers could be reached\n\n"
        };
        return Output {
            stdout,
            status: 9,
            acts: server.acts(),
            ..Output::default()
        };
    }
    let record_type = asked.record_type.clone().unwrap_or(RecordType::A);
    let names = if asked.search {
        candidates(&resolv_conf(call, pod_of(call)), &name)
    } else {
        vec![name.trim_end_matches('.').to_owned()]
    };
    let mut answers = names
        .iter()
        .map(|name| server.ask(call, name, &record_type));
    let first = answers.next();
    let answer = match first {
        Some(first) if first.response.answer.is_empty() => answers
            .find(|next| !next.response.answer.is_empty())
            .unwrap_or(first),
        Some(first) => first,
        None => return Output::default(),
    };
    let stdout = match (asked.short, asked.answer_only) {
        (true, _) => answer.response.answer.iter().map(short).collect(),
        (false, true) => answer.response.answer.iter().map(line).collect(),
        (false, false) => banner + &message(call, &server, &answer),
    };
    Output {
        stdout,
        acts: server.acts(),
        ..Output::default()
    }
}

impl Dig {
    fn read(words: &[String]) -> Result<Dig, String> {
        let mut dig = Dig::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if let Some(server) = word.strip_prefix('@') {
                dig.server = Some(server.to_owned());
            } else if word == "-x" {
                let address = words.next().and_then(|word| word.parse::<IpAddr>().ok());
                let address = address.ok_or("dig: -x needs an address")?;
                dig.name = Some(reverse_name(address));
                dig.record_type = Some(RecordType::Ptr);
            } else if let Some(option) = word.strip_prefix('+') {
                match option {
                    "short" => dig.short = true,
                    "search" => dig.search = true,
                    "answer" => dig.answer_only = true,
                    "noall" | "nocmd" | "nostats" => {}
                    _ if option.starts_with("time=") || option.starts_with("tries=") => {}
                    _ => return Err(format!("Invalid option: +{option}")),
                }
            } else if word == "-t" {
                let record_type = words.next().ok_or("dig: -t needs a type")?;
                dig.record_type = Some(RecordType::named(&record_type.to_uppercase()));
            } else if word.starts_with('-') {
                return Err(format!("Invalid option: {word}"));
            } else if dig.name.is_some() || is_type(word) {
                dig.record_type = Some(RecordType::named(&word.to_uppercase()));
            } else {
                dig.name = Some(word.clone());
            }
        }
        Ok(dig)
    }
}

/// Whether a word is the name of a type, which may precede the name that is looked up.
fn is_type(word: &str) -> bool {
    !matches!(
        RecordType::named(&word.to_uppercase()),
        RecordType::Other(_)
    )
}

fn reverse_name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(address) => {
            let digits: Vec<String> = format!("{:032x}", u128::from(address))
                .chars()
                .rev()
                .map(String::from)
                .collect();
            format!("{}.ip6.arpa", digits.join("."))
        }
    }
}

/// The data of a record, as `+short` prints it.
fn short(record: &Record) -> String {
    let text = record.to_string();
    let data = text.splitn(5, ' ').nth(4).unwrap_or_default();
    format!("{data}\n")
}

/// Text with tabs up to a column, or a space where that is passed.
fn up_to(text: &mut String, column: usize) {
    let mut at = text.chars().fold(0, |at, letter| {
        if letter == '\t' {
            (at / 8 + 1) * 8
        } else {
            at + 1
        }
    });
    if at >= column {
        text.push(' ');
        return;
    }
    while at < column {
        text.push('\t');
        at = (at / 8 + 1) * 8;
    }
}

/// A record as a line of a section.
fn line(record: &Record) -> String {
    let text = record.to_string();
    let mut words = text.splitn(5, ' ');
    let mut line = words.next().unwrap_or_default().to_owned();
    for column in [24, 32, 40, 48] {
        up_to(&mut line, column);
        line += words.next().unwrap_or_default();
    }
    line + "\n"
}

fn message(
    call: &Call<'_>,
    server: &Server,
    Answer {
        response,
        is_authoritative,
    }: &Answer,
) -> String {
    let Question { name, record_type } = &response.question;
    let name = format!("{}.", name.trim_end_matches('.'));
    let hash = fnv32a(name.as_bytes());
    let status = match response.rcode {
        Rcode::NoError => "NOERROR",
        Rcode::NameError => "NXDOMAIN",
    };
    let flags = if *is_authoritative {
        "qr aa rd"
    } else {
        "qr rd ra"
    };
    let mut text = format!(
        ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: {}\n;; flags: {flags}; QUERY: 1, ANSWER: {}, AUTHORITY: {}, ADDITIONAL: {}\n",
        hash % 65_536,
        response.answer.len(),
        response.authority.len(),
        response.additional.len() + 1
    );
    if *is_authoritative {
        text += ";; WARNING: recursion requested but not available\n";
    }
    text +=
        "\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n;; QUESTION SECTION:\n";
    let mut question = format!(";{name}");
    up_to(&mut question, 32);
    question += "IN";
    up_to(&mut question, 40);
    text += &format!("{question}{record_type}\n\n");
    let sections = [
        ("ANSWER", &response.answer),
        ("AUTHORITY", &response.authority),
        ("ADDITIONAL", &response.additional),
    ];
    let mut size = 12 + wire_length(&name) + 4 + 11;
    for (title, records) in sections {
        if records.is_empty() {
            continue;
        }
        let lines: String = records.iter().map(line).collect();
        text += &format!(";; {title} SECTION:\n{lines}\n");
        size += records.iter().map(record_length).sum::<usize>();
    }
    text + &format!(
        ";; Query time: 0 msec\n;; SERVER: {0}#53({0}) (UDP)\n;; WHEN: {1}\n;; MSG SIZE  rcvd: {size}\n\n",
        server.address,
        call.shell.clock.now.with_weekday()
    )
}

/// The bytes of a name, uncompressed, as CoreDNS sends it.
fn wire_length(name: &str) -> usize {
    name.trim_end_matches('.').len() + 2
}

fn record_length(record: &Record) -> usize {
    let data = match &record.data {
        Data::A(_) => 4,
        Data::Aaaa(_) => 16,
        Data::Srv { target, .. } => 6 + wire_length(target),
        Data::Ptr(target) | Data::Cname(target) => wire_length(target),
        Data::Txt(text) => text.len() + 1,
        Data::Soa { ns, mailbox, .. } => wire_length(ns) + wire_length(mailbox) + 20,
    };
    wire_length(&record.name) + 10 + data
}
