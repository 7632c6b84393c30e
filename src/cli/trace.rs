//! `kubehop trace`: one connection, hop by hop; or where each endpoint would lead; or many connections counted.

use std::process::ExitCode;

use kubehop::engine::trace::{
    Connections, Network, Origin, Request, RequestError, Share, Statistics, Target, Trace,
    outcomes, trace,
};
use kubehop::view::i18n::Catalogue;
use kubehop::view::report::{json, report};

use super::{Input, files};

/// What to follow.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Who calls: pod/NAME, pod/NAMESPACE/NAME, node/NAME, client, or an outside IP address
    #[arg(long, default_value = "client")]
    from: String,
    /// What is called: http://web, https://10.96.0.1, tcp://192.168.0.11:30080, web:80
    #[arg(long)]
    to: String,
    /// Decides wherever rules choose by chance
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Which connection of the page's this is, from 0: each draws lots of its own
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        conflicts_with = "count"
    )]
    connection: u64,
    /// Also prints every endpoint that could be chosen, and how the connection would end there
    #[arg(long)]
    explain: bool,
    /// Opens that many connections, a second apart, and counts where they went
    #[arg(long, value_name = "CONNECTIONS", conflicts_with_all = ["explain", "json"])]
    count: Option<u32>,
    /// Opens the connection before all that happens, and sends more on it after that
    #[arg(long, requires = "after", conflicts_with_all = ["explain", "count", "connection"])]
    again: bool,
    /// Prints the trace as JSON
    #[arg(long, conflicts_with = "explain")]
    json: bool,
}

/// Prints the trace; exits with 1 when the connection fails, or any of those counted.
pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let words = Catalogue::english();
    let said = |error: RequestError| words.format(&error).text;
    let from: Origin = arguments.from.parse().map_err(said)?;
    let to: Target = arguments.to.parse().map_err(said)?;
    let (before, request) = (files::resolved(&arguments.input)?.0, Request { from, to });
    let world = Network::of(files::after(before.clone(), &arguments.input.after)?);
    if let Some(count) = arguments.count {
        return counted(&world, &request, arguments.seed, count, &words).map_err(said);
    }
    let trace = if arguments.again {
        again(
            &Network::of(before),
            &world,
            &request,
            arguments.seed,
            &words,
        )?
    } else {
        trace(&world, &request, arguments.seed, arguments.connection).map_err(said)?
    };
    if arguments.json {
        anstream::println!("{}", json(&trace));
    } else {
        anstream::print!("{}", report(&trace, &words));
    }
    if arguments.explain {
        explained(&world, &request, arguments.seed, &words).map_err(said)?;
    }
    Ok(exit_code(usize::from(trace.is_failure())))
}

/// More on a connection that was opened before.
fn again(
    before: &Network,
    after: &Network,
    request: &Request,
    seed: u64,
    words: &Catalogue,
) -> Result<Trace, String> {
    let said = |error: RequestError| words.format(&error).text;
    let mut conversation = Connections::new(seed);
    let opened = conversation.connect(before, request, 0).map_err(said)?;
    let sent = conversation.again(after, 0, 1);
    sent.ok_or_else(|| {
        format!(
            "no connection was opened: {}",
            words.format(&opened.verdict).text
        )
    })?
    .map_err(said)
}

fn exit_code(failed: usize) -> ExitCode {
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Every endpoint, how likely it is, and what comes of it.
fn explained(
    world: &Network,
    request: &Request,
    seed: u64,
    words: &Catalogue,
) -> Result<(), RequestError> {
    let header = [
        "column-endpoint",
        "column-pod",
        "column-expected",
        "column-outcome",
    ]
    .map(|name| words.label(name));
    let row = |trace: &Trace| {
        let chosen = trace.choices().find(|choice| choice.chosen).cloned();
        let (endpoint, pod) = chosen
            .map(|choice| (choice.endpoint.to_string(), choice.pod))
            .unwrap_or_default();
        (
            endpoint,
            pod.map(|pod| pod.to_string()).unwrap_or_default(),
            words.format(&trace.verdict).text,
        )
    };
    let rows = outcomes(world, request, seed)?.into_iter().map(|likely| {
        let (endpoint, pod, outcome) = row(&likely.trace);
        [endpoint, pod, percent(likely.probability), outcome]
    });
    anstream::print!("\n{}", table(header, rows.collect()));
    Ok(())
}

/// Connections one after another, counted.
fn counted(
    world: &Network,
    request: &Request,
    seed: u64,
    count: u32,
    words: &Catalogue,
) -> Result<ExitCode, RequestError> {
    let mut conversation = Connections::new(seed);
    let traces = (0..u64::from(count)).map(|now| conversation.connect(world, request, now));
    let traces: Vec<Trace> = traces.collect::<Result<_, _>>()?;
    let statistics = Statistics::of(&traces);
    let header = [
        "column-endpoint",
        "column-pod",
        "column-expected",
        "column-connections",
    ]
    .map(|name| words.label(name));
    let row = |Share {
                   endpoint,
                   pod,
                   count,
                   expected,
               }: &Share| {
        let pod = pod.as_ref().map(ToString::to_string).unwrap_or_default();
        [
            endpoint.to_string(),
            pod,
            percent(*expected),
            count.to_string(),
        ]
    };
    let total = |name: &str, count: usize| {
        [
            words.label(name),
            String::new(),
            String::new(),
            count.to_string(),
        ]
    };
    let totals = [
        total("total", statistics.connections),
        total("failed", statistics.failed),
    ];
    let rows = statistics.shares.iter().map(row).chain(totals);
    anstream::print!("{}", table(header, rows.collect()));
    Ok(exit_code(statistics.failed))
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// Columns as wide as their widest cell, two spaces between them.
fn table<const N: usize>(header: [String; N], rows: Vec<[String; N]>) -> String {
    let width = |column: usize| {
        let cells = rows
            .iter()
            .chain([&header])
            .map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let line = |row: &[String; N]| {
        let cells = row
            .iter()
            .enumerate()
            .map(|(column, cell)| format!("{cell:<width$}", width = width(column)));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    [&header].into_iter().chain(&rows).map(line).collect()
}
