//! A session of the console without a page: `kubehop sh FILE`.

use super::Simulation;
use kubehop_engine::console::{Act, Output, run_each};
use kubehop_engine::trace::Connections;

/// Lines one after another: what a line changes, and the connections it opens, the next one finds.
pub struct ConsoleSession {
    simulation: Simulation,
    connections: Connections,
}

impl ConsoleSession {
    /// A session over a cluster.
    pub fn new(simulation: Simulation) -> ConsoleSession {
        ConsoleSession {
            simulation,
            connections: Connections::default(),
        }
    }

    /// Runs a line, and does what it says.
    pub fn run(&mut self, line: &str) -> Output {
        run_each(line, |command| self.run_one(command))
    }

    fn run_one(&mut self, line: &str) -> Output {
        let output = self.simulation.run(line, &self.connections);
        for act in &output.acts {
            match act {
                Act::Change(event) => {
                    if let Ok(next) = self.simulation.apply(event) {
                        self.simulation = next;
                    }
                }
                Act::Connect(request) => {
                    let second = self.connections.next();
                    // The line has printed how it ends.
                    let _ = self
                        .connections
                        .connect(self.simulation.network(), request, second);
                }
            }
        }
        output
    }
}
