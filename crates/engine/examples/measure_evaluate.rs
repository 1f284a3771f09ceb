//! How long the engine takes natively for what `tests/bench/engine.js` asks it in WebAssembly: `cargo xtask bench --page`
//! runs both.
//!
//! `measure_evaluate ROUNDS PROJECT.json…` prints a line for each round: the project's name, `first` (nothing is known yet)
//! or `again` (one character of the input has changed), and seconds.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a tool for developers, which measures itself"
)]

use postproof_engine::evaluate::{Memory, evaluate};
use postproof_model::Project;
use std::path::Path;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().and_then(|rounds| rounds.parse().ok()).expect("a number of rounds");
    for file in arguments {
        let json = std::fs::read(&file).expect("a file of the project");
        let mut project: Project = serde_json::from_slice(&json).expect("a project");
        let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for _ in 0..rounds {
            let mut memory = Memory::default();
            timed(&name, "first", &project, &mut memory);
            if let Some(input) = project.inputs.first_mut() {
                input.content = [&input.content[..], b"x"].concat().into();
            }
            timed(&name, "again", &project, &mut memory);
        }
    }
}

fn timed(name: &str, when: &str, project: &Project, memory: &mut Memory) {
    let start = Instant::now();
    std::hint::black_box(evaluate(project, memory));
    println!("{name}\t{when}\t{}", start.elapsed().as_secs_f64());
}
