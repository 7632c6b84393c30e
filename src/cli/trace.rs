//! `kubehop trace`: one connection, hop by hop; or where each endpoint would lead; or many connections counted.

use std::process::ExitCode;

use clap::ValueEnum;
use kubehop::answers::{Statement, TraceAnswer};
use kubehop::{
    Connections, Request, Simulation, trace_as_json, trace_as_markdown, trace_as_mermaid,
    trace_as_text,
};

use super::http_options::HttpOptions;
use super::input::sources::Sources;
use super::{Input, Speech, input};

/// What to follow.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Who calls: pod/NAME, pod/NAMESPACE/NAME, node/NAME, client, or an outside IP address
    #[arg(long, default_value = "client")]
    from: String,
    /// What is called: http://web, https://10.96.0.1, grpc://web:50051, tcp://192.168.0.11:30080, web:80
    #[arg(long)]
    to: String,
    #[command(flatten)]
    http: HttpOptions,
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
    #[arg(long, conflicts_with = "output")]
    explain: bool,
    /// Opens that many connections, a second apart, and counts where they went; with grpc:// they are requests on one
    /// connection
    #[arg(long, value_name = "CONNECTIONS", conflicts_with_all = ["explain", "json", "output"])]
    count: Option<u32>,
    /// Opens the connection before all that happens, and sends more on it after that
    #[arg(long, requires = "after", conflicts_with_all = ["explain", "count", "connection"])]
    again: bool,
    /// The form of the trace: JSON is described in docs/schema/trace.json, Mermaid is a sequence diagram
    #[arg(short, long, value_enum, default_value_t = TraceForm::Text)]
    output: TraceForm,
    /// `--output json`
    #[arg(long, conflicts_with_all = ["explain", "output"])]
    json: bool,
    #[command(flatten)]
    speech: Speech,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TraceForm {
    Text,
    Json,
    Markdown,
    Mermaid,
}

/// Prints the trace; exits with 1 if the connection fails, or any of those counted, and with 3 if it is answered on a
/// condition.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let sources = input::read_sources(&arguments.input.files)?;
    let options = &arguments.input.options;
    let words = || arguments.speech.words();
    let open = || Simulation::open_files(sources.joined(), &options.config()).speaking(words());
    let before = open();
    let to = arguments.http.target(&arguments.to);
    let request = before.request(&arguments.from, &to);
    let request = request.map_err(|error| error.text)?;
    if arguments.again {
        let after = input::after_events(open(), &options.after)?;
        let trace = send_again(&before, &after, &request, arguments.seed)?;
        return Ok(print(arguments, &sources, trace));
    }
    let simulation = input::after_events(before, &options.after)?;
    if let Some(count) = arguments.count {
        return print_count(&simulation, &request, arguments, count).map_err(|error| error.text);
    }
    let trace = simulation.trace(&request, arguments.seed, arguments.connection);
    let exit = print(arguments, &sources, trace.map_err(|error| error.text)?);
    if arguments.explain {
        print_outcomes(&simulation, &request, arguments).map_err(|error| error.text)?;
    }
    Ok(exit)
}

/// Prints a trace. The fields that show a cause are named with their file if there are several.
fn print(arguments: &Arguments, sources: &Sources, mut trace: TraceAnswer) -> ExitCode {
    if !sources.is_one_file() {
        sources.locate_trace(&mut trace);
    }
    match arguments.output {
        TraceForm::Text if !arguments.json => anstream::print!("{}", trace_as_text(&trace)),
        TraceForm::Text | TraceForm::Json => anstream::println!("{}", trace_as_json(&trace)),
        TraceForm::Markdown => anstream::print!("{}", trace_as_markdown(&trace)),
        TraceForm::Mermaid => anstream::print!("{}", trace_as_mermaid(&trace)),
    }
    exit_code(usize::from(trace.failed), usize::from(trace.conditional))
}

/// Sends more on a connection that was opened before the events.
fn send_again(
    before: &Simulation,
    after: &Simulation,
    request: &Request,
    seed: u64,
) -> Result<TraceAnswer, String> {
    let mut table = Connections::new(seed);
    let opened = before.connect(&mut table, request, 0);
    let opened = opened.map_err(|error| error.text)?;
    let sent = after.send_on(&mut table, 0, 1);
    sent.ok_or_else(|| format!("no connection was opened: {}", opened.verdict))?
        .map_err(|error| error.text)
}

/// The exit code of an answer that depends on something that is not simulated.
const CONDITIONAL: u8 = 3;

fn exit_code(failed: usize, conditional: usize) -> ExitCode {
    if failed > 0 {
        ExitCode::FAILURE
    } else if conditional > 0 {
        ExitCode::from(CONDITIONAL)
    } else {
        ExitCode::SUCCESS
    }
}

/// Prints every endpoint, how likely it is, and how the connection ends there.
fn print_outcomes(
    simulation: &Simulation,
    request: &Request,
    arguments: &Arguments,
) -> Result<(), Statement> {
    let header = arguments.labels([
        "column-endpoint",
        "column-pod",
        "column-expected",
        "column-outcome",
    ]);
    let outcomes = simulation.explain(request, arguments.seed)?.outcomes;
    let rows = outcomes.into_iter().map(|outcome| {
        [
            outcome.endpoint.unwrap_or_default(),
            outcome.pod.unwrap_or_default(),
            percent(outcome.probability),
            outcome.trace.verdict.text,
        ]
    });
    anstream::print!("\n{}", table(header, rows.collect()));
    Ok(())
}

/// Opens connections one after another and prints where they went.
fn print_count(
    simulation: &Simulation,
    request: &Request,
    arguments: &Arguments,
    connections: u32,
) -> Result<ExitCode, Statement> {
    let count = simulation.count(request, arguments.seed, connections.into())?;
    let header = arguments.labels([
        "column-endpoint",
        "column-pod",
        "column-expected",
        "column-connections",
    ]);
    let mut rows: Vec<[String; 4]> = Vec::new();
    for share in count.shares {
        rows.push([
            share.endpoint,
            share.pod.unwrap_or_default(),
            percent(share.expected),
            share.count.to_string(),
        ]);
    }
    for (name, number) in [("total", count.connections), ("failed", count.failed)] {
        let [label] = arguments.labels([name]);
        rows.push([label, String::new(), String::new(), number.to_string()]);
    }
    anstream::print!("{}", table(header, rows));
    for note in count.notes {
        anstream::println!("\n{}", note.text);
        if let Some(detail) = note.detail {
            anstream::println!("    {detail}");
        }
    }
    Ok(exit_code(count.failed, count.conditional))
}

impl Arguments {
    fn labels<const N: usize>(&self, names: [&str; N]) -> [String; N] {
        let words = self.speech.words();
        names.map(|name| words.label(name))
    }
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
