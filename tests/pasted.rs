//! Whatever is pasted, the whole way is gone without a panic: read, admitted, resolved, looked over, drawn, asked about,
//! printed. The texts are the examples' and the golden traces' manifests, cut, spliced, and with values that do not belong.

mod examples;

use examples::manifests;
use kubehop::Connections;
use kubehop::view::i18n::{Catalogue, Language};
use kubehop::view::page_view::{Panels, RulesPanel, SettingChange};
use kubehop::view::scene::View;
use kubehop::view::session::{Ask, LookAsk, Model, Played, Player, origins, targets};
use kubehop_engine::cluster::config::ProxyMode;
use kubehop_engine::console::kubectl::Clock;
use kubehop_engine::console::{self, Shell};
use kubehop_engine::names::Family;
use proptest::prelude::*;

/// Values that stand where others were meant.
const VALUES: [&str; 44] = [
    "",
    "~",
    "null",
    "0",
    "-1",
    "1",
    "80",
    "65535",
    "65536",
    "1000000000",
    "99999999999999999999",
    "1e3",
    "0777",
    "0x1F",
    ".inf",
    "yes",
    "on",
    "true",
    "\"\"",
    "\"80\"",
    "\"yes\"",
    "[]",
    "{}",
    "[~]",
    "[[]]",
    "{a: b}",
    "None",
    "10.96.0.10",
    "10.96.0.1",
    "10.96.0.300",
    "10.96.0.0/12",
    "10.244.0.5/8",
    "::1",
    "::ffff:10.96.0.9",
    "fd00::/108",
    "web",
    "Web",
    "-web",
    "a.b.c.",
    "*",
    "ExternalName",
    "LoadBalancer",
    "Local",
    "🙂",
];

/// Lines that change what follows them.
const LINES: [&str; 12] = [
    "---",
    "--- # x",
    "...",
    "- a",
    "metadata:",
    "spec:",
    "  hostNetwork: true",
    "kind: Service",
    "\t",
    "  <<: *x",
    "&x",
    "{",
];

/// What somebody's hand does to a text, at a line that `at` chooses.
#[derive(Clone, Debug)]
enum Slip {
    /// The value behind the line's colon is another one.
    Value { at: usize, value: usize },
    /// The value is very long.
    Long { at: usize, length: usize },
    /// A line more.
    Line { at: usize, line: usize },
    /// Lines fewer.
    Cut { at: usize, count: usize },
    /// Lines twice.
    Twice { at: usize, count: usize },
    /// A line further to the right.
    Indent { at: usize, by: usize },
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = || any::<prop::sample::Index>().prop_map(|index| index.index(10_000));
    prop_oneof![
        6 => (at(), 0..VALUES.len()).prop_map(|(at, value)| Slip::Value { at, value }),
        1 => (at(), 1..400_usize).prop_map(|(at, length)| Slip::Long { at, length }),
        2 => (at(), 0..LINES.len()).prop_map(|(at, line)| Slip::Line { at, line }),
        2 => (at(), 1..12_usize).prop_map(|(at, count)| Slip::Cut { at, count }),
        2 => (at(), 1..30_usize).prop_map(|(at, count)| Slip::Twice { at, count }),
        1 => (at(), 1..4_usize).prop_map(|(at, by)| Slip::Indent { at, by }),
    ]
}

fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for slip in slips {
        let (Slip::Value { at, .. }
        | Slip::Long { at, .. }
        | Slip::Line { at, .. }
        | Slip::Cut { at, .. }
        | Slip::Twice { at, .. }
        | Slip::Indent { at, .. }) = *slip;
        let at = at % lines.len().max(1);
        let range = |count: usize| at..(at + count).min(lines.len());
        match *slip {
            Slip::Value { value, .. } => revalue(&mut lines, at, VALUES[value]),
            Slip::Long { length, .. } => revalue(&mut lines, at, &"x".repeat(length)),
            Slip::Line { line, .. } => lines.insert(at, LINES[line].to_owned()),
            Slip::Cut { count, .. } => drop(lines.drain(range(count))),
            Slip::Twice { count, .. } => {
                let again = lines[range(count)].to_vec();
                lines.splice(at..at, again);
            }
            Slip::Indent { by, .. } => lines
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|line| *line = " ".repeat(by) + line),
        }
    }
    lines.join("\n")
}

fn revalue(lines: &mut [String], at: usize, value: &str) {
    let mut valued = lines.iter_mut().skip(at).filter(|line| line.contains(": "));
    if let Some(line) = valued.next() {
        let key = line.split(": ").next().unwrap_or_default();
        *line = format!("{key}: {value}");
    }
}

/// Does everything with a pasted text that can be done with one.
fn paste(text: &str, mode: ProxyMode) {
    let words = Catalogue::of_page(Language::English);
    let mut model = Model::new();
    let mode = mode.name().to_owned();
    model.handle(Ask::Configure(SettingChange::ProxyMode(mode)));
    model.handle(Ask::Edit(text.to_owned()));
    for diagnostic in model.diagnostics.iter() {
        let (start, end) = (
            diagnostic.span.start.offset as usize,
            diagnostic.span.end.offset as usize,
        );
        assert!(
            start <= end && text.get(start..end).is_some(),
            "{diagnostic:?} is not a stretch of {text:?}"
        );
    }
    model.handle(Ask::SetView(View::Concept));
    let cluster = model.network.cluster();
    let (from, to) = (origins(cluster), targets(&model.network));
    for (place, target) in to.iter().take(9).enumerate() {
        model.handle(Ask::SetOrigin(from[place % from.len().max(1)].clone()));
        model.handle(Ask::SetTarget(target.clone()));
        model.handle(Ask::Send(Played::Yes));
        let mut player = Player::default();
        player.adopt(&model.page_view(&words));
        player.seek(player.duration() / 2.0);
    }
    model.handle(Ask::SetView(View::Network));
    for node in model.network.cluster().nodes.keys() {
        for family in [Family::V4, Family::V6] {
            model.network.rules_text(node, family);
        }
    }
    model.handle(Ask::Look(LookAsk::Show(Panels {
        rules: Some(RulesPanel::default()),
        dns: true,
        endpoints: Some(String::new()),
        search: Some(kubehop::view::page_view::SearchPanel::default()),
        commands: true,
        trace: true,
    })));
    model.page_view(&words);
    let shell = Shell {
        network: &model.network,
        connections: &Connections::default(),
        text: "",
        clock: Clock::default(),
    };
    for line in [
        "get all,ep,endpointslices,ing,no -A -o wide",
        "get svc,po -o yaml",
        "describe svc,po,ing,no,ep -A",
    ] {
        console::run(shell, line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_slip_of_the_hand_is_answered(which in any::<prop::sample::Index>(), slips in prop::collection::vec(slip(), 1..6), nft: bool) {
        let manifests = manifests();
        let text = slipped(&manifests[which.index(manifests.len())], &slips);
        paste(&text, if nft { ProxyMode::Nftables } else { ProxyMode::Iptables });
    }
}

#[test]
fn hostile_manifests_are_answered() {
    let service = |spec: &str| {
        format!("apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {spec}\n")
    };
    let workload = |replicas: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  replicas: {replicas}\n  selector: {{matchLabels: {{a: b}}}}\n  \
             template: {{metadata: {{labels: {{a: b}}}}, spec: {{containers: [{{name: c, image: i}}]}}}}\n"
        )
    };
    let node = "apiVersion: v1\nkind: Node\nmetadata: {name: n}\nspec: {podCIDR: 10.244.0.5/24, podCIDRs: [10.244.0.5/24]}\n";
    let texts = [
        service("{ports: [{port: \"80\"}]}"),
        service("{clusterIP: \"::ffff:10.96.0.9\", ports: [{port: 80}]}"),
        service("{clusterIPs: [10.96.0.9, fd00::1], ports: [{port: 80}]}"),
        service("{externalIPs: [10.0.0.0/8], ports: [{port: 80}]}"),
        service(
            "{type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1/8, x], ports: [{port: 80}]}",
        ),
        workload("-1"),
        workload("1000000000"),
        workload("99999999999999999999"),
        node.to_owned(),
        service("{ports: [{port: 80}]}").replace("web", &"w".repeat(300)),
        "a: \0\n".to_owned(),
        String::from_utf8_lossy(b"kind: \xff\xfe\n").into_owned(),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
    ];
    for text in texts {
        let mut model = Model::new();
        model.handle(Ask::Edit(text.clone()));
        paste(&text, ProxyMode::Iptables);
        assert!(!model.diagnostics.is_empty(), "nothing is said of {text}");
    }
}
