//! `kubehop trace`: one connection, hop by hop.

use std::process::ExitCode;

use kubehop::engine::trace::{Origin, Request, Target, World, trace};
use kubehop::stage::report::report;
use kubehop::stage::words::Catalogue;

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
}

/// Prints the trace; exits with 1 when the connection fails.
pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let words = Catalogue::english();
    let said = |error: kubehop::engine::trace::RequestError| words.say(&error).text;
    let from: Origin = arguments.from.parse().map_err(said)?;
    let to: Target = arguments.to.parse().map_err(said)?;
    let world = World::of(files::resolved(&arguments.input)?.0);
    let trace = trace(&world, &Request { from, to }, arguments.seed, 0).map_err(said)?;
    anstream::print!("{}", report(&trace, &words));
    Ok(if trace.is_failure() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
