//! The engine as the page sees it: one warm worker, asked at every change, replaced when it takes too long.

mod client;
mod schedule;

pub(crate) use client::{Client, Wires};

use crate::workbench::{Key, Workbench};
use postproof_protocol::Report;

/// A report, and what it is about.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) report: Report,
    /// How long the engine took.
    pub(crate) milliseconds: f64,
    /// The revision of the workbench that was asked about.
    pub(crate) revision: u64,
    /// The tables' texts, key and version, in the order of [`Report::files`].
    pub(crate) tables: Vec<(Key, u32)>,
    /// The input's text, key and version.
    pub(crate) input: (Key, u32),
}

/// What a request was about; becomes part of its [`Finding`].
#[derive(Clone, Debug)]
struct Question {
    revision: u64,
    tables: Vec<(Key, u32)>,
    input: (Key, u32),
}

impl Question {
    fn about(bench: &Workbench) -> Self {
        let tables = bench.tables.iter().map(|table| (table.text.key, table.text.version)).collect();
        let version = bench.input(bench.shown_input).map_or(0, |input| input.text.version);
        Self { revision: bench.revision, tables, input: (bench.shown_input, version) }
    }

    fn finding(self, report: Report, milliseconds: f64) -> Finding {
        Finding { report, milliseconds, revision: self.revision, tables: self.tables, input: self.input }
    }
}

/// How the engine is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// It answers.
    Well,
    /// It took longer than this many milliseconds and was replaced.
    Overdue { milliseconds: u32 },
    /// A person stopped it, and it was replaced.
    Stopped,
    /// It failed on an input and was replaced.
    Broken { detail: String },
    /// It cannot be loaded.
    Missing { detail: String },
}
