//! Times of several rounds.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Times in seconds, from the shortest.
#[derive(Clone, Debug)]
pub(super) struct Samples(Vec<f64>);

impl Samples {
    /// Of at least one round.
    pub(super) fn new(mut times: Vec<f64>) -> Result<Self> {
        if times.is_empty() {
            bail!("nothing was measured");
        }
        times.sort_by(f64::total_cmp);
        Ok(Self(times))
    }

    pub(super) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        let at = |index: usize| self.0.get(index).copied().unwrap_or(f64::NAN);
        if self.0.len().is_multiple_of(2) { f64::midpoint(at(middle - 1), at(middle)) } else { at(middle) }
    }

    /// The time that this part of all are not longer than.
    pub(super) fn percentile(&self, part: f64) -> f64 {
        let last = self.0.len() - 1;
        // Between two samples, in proportion.
        let at = part * last as f64;
        let of = |index: usize| self.0.get(index.min(last)).copied().unwrap_or(f64::NAN);
        let below = at.floor() as usize;
        of(below) + (of(below + 1) - of(below)) * at.fract()
    }

    /// How far the longest and the shortest time lie apart, as a part of the median.
    pub(super) fn spread(&self) -> f64 {
        let (first, last) = (self.0.first(), self.0.last());
        first.zip(last).map_or(f64::NAN, |(first, last)| (last - first) / self.median())
    }

    /// The times of as many times the work.
    pub(super) fn times(&self, factor: f64) -> Self {
        Self(self.0.iter().map(|time| time * factor).collect())
    }
}

/// A program to be measured.
#[derive(Debug)]
pub(super) struct Program {
    program: PathBuf,
    options: Vec<String>,
    table: String,
    keys: Option<PathBuf>,
    /// Whether it may use one thread only.
    pub(super) one_thread: bool,
}

impl Program {
    pub(super) fn of(program: &Path) -> Self {
        let program = program.to_owned();
        Self { program, options: Vec::new(), table: String::new(), keys: None, one_thread: false }
    }

    pub(super) fn with(mut self, option: &str) -> Self {
        self.options.push(option.to_owned());
        self
    }

    /// The table comes last, as postmap(1) wants it.
    pub(super) fn with_table(mut self, kind: &str, table: &Path) -> Self {
        self.table = format!("{kind}:{}", table.display());
        self
    }

    /// Keys on standard input.
    pub(super) fn keys(mut self, keys: PathBuf) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Runs it once: the seconds it took, and what it printed if that is wanted.
    pub(super) fn time(&self, printed: bool) -> Result<(f64, Vec<u8>)> {
        let mut command = Command::new(&self.program);
        command.args(&self.options).arg(&self.table).stderr(Stdio::null());
        command.stdin(match &self.keys {
            Some(keys) => Stdio::from(File::open(keys).with_context(|| keys.display().to_string())?),
            None => Stdio::null(),
        });
        command.stdout(if printed { Stdio::piped() } else { Stdio::null() });
        if self.one_thread {
            command.env("RAYON_NUM_THREADS", "1");
        }
        let start = Instant::now();
        let output = command.output().with_context(|| self.program.display().to_string())?;
        Ok((start.elapsed().as_secs_f64(), output.stdout))
    }
}

/// Runs programs one after another, round by round, so that what else the machine does falls on all of them.
pub(super) fn alternately(rounds: usize, programs: &mut [Program]) -> Result<Vec<Samples>> {
    let mut times = vec![Vec::new(); programs.len()];
    for _ in 0..rounds {
        for (times, program) in times.iter_mut().zip(programs.iter()) {
            times.push(program.time(false)?.0);
        }
    }
    times.into_iter().map(Samples::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        let samples = Samples::new(vec![3.0, 1.0, 2.0]).unwrap();
        assert!((samples.median() - 2.0).abs() < 1e-9 && (samples.spread() - 1.0).abs() < 1e-9);
        let samples = Samples::new(vec![4.0, 2.0]).unwrap();
        assert!((samples.median() - 3.0).abs() < 1e-9);
        assert!(Samples::new(Vec::new()).is_err());
    }
}
