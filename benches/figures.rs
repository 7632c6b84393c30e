//! The figures, natively: `cargo bench`, or `make bench` for native and wasm side by side.
//!
//! `figures --once NAME` runs one case a single time and prints the most memory the process had, in bytes (Linux).

mod cases;

use std::time::Duration;

use cases::{Amount, Case};
use criterion::{Criterion, Throughput};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments
        .iter()
        .position(|argument| argument == "--once")
        .and_then(|place| arguments.get(place + 1))
    {
        Some(name) => once(name),
        None => measure(),
    }
}

fn measure() {
    let mut criterion = Criterion::default().configure_from_args();
    for Case {
        name,
        amount,
        prepare,
    } in cases::all()
    {
        let (group, name) = name.split_once('/').expect("a case is in a group");
        let mut group = criterion.benchmark_group(group);
        group.sample_size(10).warm_up_time(Duration::from_secs(1));
        match amount {
            Amount::Once => {}
            Amount::Bytes(bytes) => drop(group.throughput(Throughput::Bytes(bytes))),
            Amount::Times(times) => drop(group.throughput(Throughput::Elements(times))),
        }
        group.bench_function(name, |bencher| {
            let mut run = prepare();
            bencher.iter_with_large_drop(&mut run);
        });
    }
    criterion.final_summary();
}

fn once(name: &str) {
    let case = cases::all()
        .into_iter()
        .find(|case| case.name == name)
        .expect("a case of that name");
    drop((case.prepare)()());
    println!("{}", peak_memory());
}

/// The process's largest resident set so far (`proc(5)`: `VmHWM`); 0 where there is no such file.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .unwrap_or_default()
        * 1024
}
