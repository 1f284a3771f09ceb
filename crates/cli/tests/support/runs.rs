//! Many random cases side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::case::Programs;
use super::generate;
use super::random::Random;

/// What came of a run.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) kinds: BTreeMap<&'static str, usize>,
    pub(crate) keys: usize,
    /// Why answers are unknown, and how many are.
    pub(crate) unknown: BTreeMap<String, usize>,
    /// Each difference, by its smallest example.
    pub(crate) differences: Vec<String>,
}

/// Which cases, and how many at a time. postmap sleeps for a second when it gives up, so more jobs than processors do
/// no harm.
pub(crate) struct Run {
    pub(crate) seed: u64,
    pub(crate) cases: u64,
    pub(crate) jobs: u64,
}

impl Run {
    /// Runs them. Each difference is given to `found` at once.
    pub(crate) fn go(&self, postmap: &Path, postproof: &Path, folder: &Path, found: impl Fn(&str) + Sync) -> Figures {
        let next = AtomicU64::new(0);
        let figures = Mutex::new(Figures::default());
        std::thread::scope(|scope| {
            for job in 0..self.jobs {
                let folder: PathBuf = folder.join(job.to_string());
                std::fs::create_dir_all(&folder).unwrap();
                let programs = Programs { postmap: postmap.to_owned(), postproof: postproof.to_owned(), folder };
                let (next, figures, found) = (&next, &figures, &found);
                scope.spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= self.cases {
                            break;
                        }
                        self.one(number, &programs, figures, found);
                    }
                });
            }
        });
        figures.into_inner().unwrap()
    }

    /// Each case has a seed of its own, so that the order in which the jobs come to them changes nothing.
    fn one(&self, number: u64, programs: &Programs, figures: &Mutex<Figures>, found: impl Fn(&str)) {
        let mut random = Random::from_seed(self.seed.wrapping_add(number.wrapping_mul(0x0001_0001_0001)));
        let case = generate::case(&mut random);
        let both = case.ask(programs);
        let differs = both.difference().is_some();
        {
            let mut figures = figures.lock().unwrap();
            figures.keys += case.keys();
            for reason in &both.unknown {
                *figures.unknown.entry(reason.clone()).or_default() += 1;
            }
            *figures.kinds.entry(case.about).or_default() += 1;
        }
        if differs {
            let smallest = case.shrunk(programs);
            let difference = smallest.ask(programs).difference().unwrap_or_default();
            let difference = format!("case {number}: {}\n{difference}", smallest.show());
            found(&difference);
            figures.lock().unwrap().differences.push(difference);
        }
    }
}

impl Figures {
    /// The figures in lines.
    pub(crate) fn show(&self, run: &Run) -> String {
        let mut text = String::new();
        for (reason, count) in &self.unknown {
            text.push_str(&format!("{count} unknown: {reason}\n"));
        }
        let unknown: usize = self.unknown.values().sum();
        let (Run { seed, cases, .. }, Self { kinds, keys, differences, .. }) = (run, self);
        let differences = differences.len();
        text + &format!(
            "seed {seed}: {cases} cases {kinds:?}, {keys} keys, {unknown} answered unknown, {differences} differences"
        )
    }
}
