//! Reads `lesson.yaml`.

use ipnet::IpNet;

use super::lesson::{
    Change, Cheat, ClusterChange, CourseLesson, Prediction, PredictionOption, Setting,
};
use crate::answers::{ProblemsAnswer, VERSION};
use crate::simulation::convert;
use crate::simulation::expectations::{Expectation, ExpectationFault, Question, Reader, Shape};
use crate::view::i18n::Catalogue;
use kubehop_engine::cluster::config::{Creation, LoadBalancer, ProxyMode};
use kubehop_engine::manifest::tree::{Yaml, YamlEntry, YamlValue};

/// The fields of a lesson.
const FIELDS: [&str; 10] = [
    "section", "minutes", "cluster", "from", "to", "after", "predict", "change", "cheats", "check",
];

/// The fields of a prediction.
const PREDICTION_FIELDS: [&str; 8] = [
    "id",
    "from",
    "to",
    "run",
    "after",
    "connections",
    "decides",
    "options",
];

impl CourseLesson {
    /// Reads a lesson.
    ///
    /// # Errors
    /// What is wrong with it, at its lines and columns.
    pub fn read(text: &str, words: &Catalogue) -> Result<CourseLesson, ProblemsAnswer> {
        let mut reader = Reader::default();
        let tree = reader.tree(text);
        let lesson = tree.and_then(|tree| lesson(&mut reader, &tree));
        match lesson.filter(|_| reader.faults.is_empty()) {
            Some(lesson) => Ok(lesson),
            None => Err(ProblemsAnswer {
                version: VERSION,
                problems: reader
                    .faults
                    .iter()
                    .map(|own| convert::read_fault(own.span, &own.fault, words))
                    .collect(),
            }),
        }
    }
}

fn lesson(reader: &mut Reader, tree: &Yaml) -> Option<CourseLesson> {
    reader.check_fields(tree, &FIELDS);
    let section = required_text(reader, tree, "section");
    let minutes = reader.required(tree, "minutes");
    let minutes = minutes.and_then(|node| number(reader, node, "minutes"));
    let from = required_text(reader, tree, "from");
    let to = required_text(reader, tree, "to");
    let after = reader.events(tree.get("after"));
    // A challenge has no predictions, and a lesson no cheats.
    let predictions = match tree.get("predict") {
        Some(_) => list(reader, tree, "predict"),
        None => &[],
    };
    let predictions = predictions
        .iter()
        .map(|node| prediction(reader, tree, node));
    let predictions: Vec<Option<Prediction>> = predictions.collect();
    let changes = changes(reader, tree);
    let cheats = tree.get("cheats").map_or(&[][..], Yaml::items);
    let cheats: Vec<Option<Cheat>> = cheats.iter().map(|node| cheat(reader, node)).collect();
    let check = match reader.required(tree, "check") {
        Some(check) => reader.expectations(check),
        None => Vec::new(),
    };
    let cluster = tree.get("cluster").map_or(&[][..], Yaml::entries);
    let cluster: Vec<Option<Setting>> =
        cluster.iter().map(|entry| setting(reader, entry)).collect();
    Some(CourseLesson {
        section: section?,
        minutes: minutes?,
        from: from?,
        to: to?,
        after,
        cluster: cluster.into_iter().flatten().collect(),
        predictions: predictions.into_iter().flatten().collect(),
        changes,
        cheats: cheats.into_iter().flatten().collect(),
        check,
    })
}

/// A prediction. Without `from`, `to` and `run` it asks the lesson's own request.
fn prediction(reader: &mut Reader, lesson: &Yaml, node: &Yaml) -> Option<Prediction> {
    reader.check_fields(node, &PREDICTION_FIELDS);
    let id = required_text(reader, node, "id");
    let mut asked = node.clone();
    for field in ["from", "to"] {
        if let (None, None, Some(own)) = (node.get("run"), node.get(field), lesson.get(field)) {
            asked.set(field, own.value.clone());
        }
    }
    let question = reader.question(&asked)?;
    let after = reader.events(node.get("after"));
    let connections = reader.connections(node);
    let decides = node.get("decides");
    let decides = decides.and_then(|node| reader.text(node, "decides"));
    let mut options = Vec::new();
    for entry in reader.required(node, "options")?.entries() {
        let wanted = reader.wanted(&entry.value);
        reader.check_question(&question, &wanted, &entry.value);
        options.push(PredictionOption {
            id: entry.key.to_string(),
            expectation: Expectation {
                span: entry.key_span,
                question: question.clone(),
                connections,
                after: after.clone(),
                wanted,
            },
        });
    }
    let (request, command) = match question {
        Question::Connection(request) => (
            Some((request.from.to_string(), request.to.to_string())),
            None,
        ),
        Question::Command(line) => (None, Some(line)),
    };
    Some(Prediction {
        id: id?,
        request,
        command,
        after,
        connections,
        decides: decides.unwrap_or_default(),
        options,
    })
}

fn changes(reader: &mut Reader, node: &Yaml) -> Vec<Change> {
    let changes = list(reader, node, "change").iter();
    changes.filter_map(|node| change(reader, node)).collect()
}

fn cheat(reader: &mut Reader, node: &Yaml) -> Option<Cheat> {
    reader.check_fields(node, &["name", "change"]);
    let name = required_text(reader, node, "name");
    let changes = changes(reader, node);
    Some(Cheat {
        name: name?,
        changes,
    })
}

fn change(reader: &mut Reader, node: &Yaml) -> Option<Change> {
    if let Some(replace) = node.get("replace") {
        reader.check_fields(node, &["replace", "with"]);
        let replace = reader.text(replace, "replace");
        let with = required_text(reader, node, "with");
        return Some(Change::Edit {
            replace: replace?,
            with: with?,
        });
    }
    let [entry] = node.entries() else {
        reader.wrong_shape(node, "change", Shape::Mapping);
        return None;
    };
    let setting = setting(reader, entry)?;
    Some(Change::Setting(ClusterChange(setting)))
}

fn setting(reader: &mut Reader, entry: &YamlEntry) -> Option<Setting> {
    let (name, value) = (entry.key.as_str(), &entry.value);
    let setting = match (name, value.as_str()) {
        ("proxy", Some("iptables")) => Setting::Proxy(ProxyMode::Iptables),
        ("proxy", Some("nftables")) => Setting::Proxy(ProxyMode::Nftables),
        ("proxy", Some("ipvs")) => Setting::Proxy(ProxyMode::Ipvs),
        ("load-balancer", Some("none")) => Setting::LoadBalancer(LoadBalancer::None),
        ("load-balancer", Some("cloud")) => Setting::LoadBalancer(LoadBalancer::Cloud),
        ("order", Some("as-written")) => Setting::Creation(Creation::AsWritten),
        ("order", Some("services-first")) => Setting::Creation(Creation::ServicesFirst),
        ("nodes", _) => Setting::Nodes(u8::try_from(number(reader, value, name)?).ok()?),
        ("pod-cidrs", _) => Setting::PodRanges(ranges(reader, value, name)),
        ("service-cidrs", _) => Setting::ServiceRanges(ranges(reader, value, name)),
        _ => {
            let field = entry.key.to_string();
            let known = "proxy, load-balancer, order, nodes, pod-cidrs, service-cidrs".to_owned();
            reader.fault(
                entry.key_span,
                ExpectationFault::UnknownField { field, known },
            );
            return None;
        }
    };
    Some(setting)
}

fn ranges(reader: &mut Reader, node: &Yaml, field: &str) -> Vec<IpNet> {
    let mut ranges = Vec::new();
    for item in node.items() {
        match item.as_str().and_then(|text| text.parse().ok()) {
            Some(range) => ranges.push(range),
            None => reader.wrong_shape(item, field, Shape::Range),
        }
    }
    ranges
}

fn required_text(reader: &mut Reader, node: &Yaml, field: &'static str) -> Option<String> {
    let value = reader.required(node, field)?;
    reader.text(value, field)
}

fn number(reader: &mut Reader, node: &Yaml, field: &str) -> Option<u16> {
    let number = match node.value {
        YamlValue::Int(number) => u16::try_from(number).ok(),
        _ => None,
    };
    if number.is_none() {
        reader.wrong_shape(node, field, Shape::Number);
    }
    number
}

fn list<'a>(reader: &mut Reader, node: &'a Yaml, field: &'static str) -> &'a [Yaml] {
    let Some(value) = reader.required(node, field) else {
        return &[];
    };
    if value.items().is_empty() {
        reader.wrong_shape(value, field, Shape::List);
    }
    value.items()
}
