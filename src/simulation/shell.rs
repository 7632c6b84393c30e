//! A session of the console without a page: `kubehop sh FILE`.

use super::Simulation;
use kubehop_engine::console::{Act, INTERRUPT, Output, Watch, run_each};
use kubehop_engine::trace::Connections;

/// Lines one after another: what a line changes, and the connections it opens, the next one finds.
pub struct ConsoleSession {
    simulation: Simulation,
    connections: Connections,
    watch: Option<Watch>,
}

impl ConsoleSession {
    /// A session over a cluster.
    pub fn new(simulation: Simulation) -> ConsoleSession {
        ConsoleSession {
            simulation,
            connections: Connections::default(),
            watch: None,
        }
    }

    /// Runs a line, and carries out its acts.
    pub fn run(&mut self, line: &str) -> Output {
        if line.trim_start_matches("$ ").trim() == INTERRUPT {
            self.watch = None;
        }
        run_each(line, |command| self.run_one(command))
    }

    fn run_one(&mut self, line: &str) -> Output {
        let mut output = self.simulation.run(line, &self.connections);
        let mut is_changed = false;
        for act in &output.acts {
            is_changed |= matches!(act, Act::Change(_) | Act::Edit(_));
            match act {
                Act::Watch(watch) => self.watch = Some(watch.clone()),
                Act::Change(event) => {
                    if let Ok(next) = self.simulation.apply(event) {
                        self.simulation = next;
                    }
                }
                Act::Edit(edits) => self.simulation = self.simulation.edited(edits),
                Act::Connect(request) => {
                    let second = self.connections.next();
                    // The line has printed how it ends.
                    let _ = self
                        .connections
                        .connect(self.simulation.network(), request, second);
                }
            }
        }
        if let Some(watch) = self.watch.as_mut().filter(|_| is_changed) {
            let status = output.status;
            output.append(self.simulation.follow(watch, &self.connections));
            output.status = status;
        }
        output
    }
}
