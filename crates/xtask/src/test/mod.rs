//! Every check there is, one after the other, each with its time; going on after one that fails.

mod licences;
mod steps;
mod traces;

use crate::workspace::Workspace;
use anyhow::Result;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use steps::STEPS;

/// Starts the line of a test's output that says what it left out, and why.
pub(crate) const SKIPPED: &str = "SKIPPED ";

/// How a step ended well.
pub(crate) enum Outcome {
    /// Checked, and right.
    Passed,
    /// Not checked, and why.
    Skipped(String),
}

/// The names that `--only` takes.
pub(crate) fn step_names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Prints the steps.
pub(crate) fn list() {
    for step in STEPS {
        println!("{:12} {}", step.name, step.checks);
    }
}

/// Runs all steps, or those named.
pub(crate) fn run(workspace: &Workspace, only: &[&str]) -> Result<ExitCode> {
    let start = Instant::now();
    let mut state = steps::State::new(workspace);
    let mut results: Vec<(&str, Result<Outcome>, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| only.is_empty() || only.contains(&step.name)) {
        println!("\n=== {}: {}", step.name, step.checks);
        let start = Instant::now();
        let result = (step.run)(&mut state);
        let time = start.elapsed();
        match &result {
            Ok(Outcome::Passed) => println!("=== {}: passed in {:.1} s", step.name, time.as_secs_f32()),
            Ok(Outcome::Skipped(why)) => println!("=== {}: skipped: {why}", step.name),
            Err(error) => println!("=== {}: FAILED in {:.1} s: {error:#}", step.name, time.as_secs_f32()),
        }
        results.push((step.name, result, time));
    }

    println!("\n=== summary, {:.0} s in all", start.elapsed().as_secs_f32());
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, result, time) in &results {
        let seconds = time.as_secs_f32();
        match result {
            Ok(Outcome::Passed) => {
                passed += 1;
                println!("passed   {name:12} {seconds:7.1} s");
            }
            Ok(Outcome::Skipped(why)) => {
                skipped += 1;
                println!("skipped  {name:12} {why}");
            }
            Err(error) => {
                failed += 1;
                let first = format!("{error:#}");
                println!("FAILED   {name:12} {seconds:7.1} s  {}", first.lines().next().unwrap_or_default());
            }
        }
    }
    for what in state.skipped() {
        println!("skipped within a step: {what}");
    }
    let tail = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    println!("{passed} passed, {failed} failed{tail}");
    // A run that checked nothing proves nothing.
    Ok(if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
