//! All cases of all test files: run side by side, told in their order.

use std::path::{Path, PathBuf};

use postproof_model::report::{CaseOutcome, FileError, FileProblem, FileReport, Report};
use postproof_suite::{CaseRun, Hits, Prepared, limits, merge, read, update as updated};
use postproof_words::Lang;
use rayon::prelude::*;

use super::folder::Folder;
use crate::outcome::{Failure, save};

/// How they are run.
pub(super) struct How<'a> {
    /// Folders besides a test file's own that may be read.
    pub(super) folders: &'a [PathBuf],
    /// What a case's name, or its file's, must contain.
    pub(super) filter: Option<&'a str>,
    /// Whether a failure ends the run.
    pub(super) fail_fast: bool,
}

/// A test file that is ready, or why it is not.
struct Loaded {
    report: FileReport,
    prepared: Option<Prepared>,
    /// The cases that are wanted.
    cases: Vec<usize>,
}

/// Runs the cases of these test files.
pub(super) fn run(files: &[PathBuf], how: &How<'_>, lang: Lang) -> Report {
    let loaded: Vec<Loaded> = files.par_iter().map(|file| load(file, how, lang)).collect();
    let wanted: Vec<(&Prepared, usize)> = loaded
        .iter()
        .filter_map(|file| Some((file.prepared.as_ref()?, &file.cases)))
        .flat_map(|(prepared, cases)| cases.iter().map(move |case| (prepared, *case)))
        .collect();
    let runs: Vec<Option<CaseRun>> = if how.fail_fast {
        // One after the other, so that what comes after the first failure is the same each time.
        let mut failed = loaded.iter().any(|file| file.report.error.is_some());
        let run = wanted.into_iter().map(|(prepared, case)| {
            let run = if failed { prepared.not_run(case) } else { prepared.run(case) };
            failed |= run.as_ref().is_some_and(|run| run.report.outcome == CaseOutcome::Failed);
            run
        });
        run.collect()
    } else {
        wanted.into_par_iter().map(|(prepared, case)| prepared.run(case)).collect()
    };
    let mut runs = runs.into_iter();
    let mut report = Report::default();
    let mut coverage = Vec::new();
    for file in loaded {
        let mut of_file = file.report;
        if let Some(prepared) = &file.prepared {
            let mut hits = Hits::default();
            for run in runs.by_ref().take(file.cases.len()).flatten() {
                hits.add(&run.hits);
                of_file.cases.push(run.report);
            }
            coverage.push(prepared.coverage(&hits));
        }
        // A file of which nothing is wanted is not told of.
        if how.filter.is_none() || !of_file.cases.is_empty() || of_file.error.is_some() {
            report.files.push(of_file);
        }
    }
    report.coverage = merge(coverage);
    report
}

fn load(path: &Path, how: &How<'_>, lang: Lang) -> Loaded {
    let mut report = FileReport { file: path.display().to_string(), ..FileReport::default() };
    let prepared = bytes(path).and_then(|source| read(&source)).and_then(|suite| {
        report.title.clone_from(&suite.title);
        Prepared::new(suite, &report.file, &mut Folder::of(path, how.folders, lang))
    });
    match prepared {
        Ok(mut prepared) => {
            report.findings = std::mem::take(&mut prepared.findings);
            report.without_folder = std::mem::take(&mut prepared.without_folder);
            let wants = |name: &str| how.filter.is_none_or(|filter| name.contains(filter));
            let suite = prepared.suite();
            let all = wants(&report.file);
            let cases = (0..suite.cases()).filter(|case| all || suite.case_name(*case).is_some_and(wants)).collect();
            Loaded { report, cases, prepared: Some(prepared) }
        }
        Err(error) => {
            report.error = Some(error);
            Loaded { report, prepared: None, cases: Vec::new() }
        }
    }
}

/// The bytes of a test file.
fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    // One more than is taken shows that there is too much.
    let most = u64::try_from(limits::FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let problem = |error: std::io::Error| FileProblem::CannotRead { reason: error.to_string() };
    read.map_err(|error| FileError { line: 0, column: 0, problem: problem(error) })?;
    Ok(bytes)
}

/// Writes new snapshots into the test files: which, and how many each.
pub(super) fn update(report: &Report, lang: Lang) -> Result<Vec<(String, usize)>, Failure> {
    let mut written = Vec::new();
    for file in &report.files {
        let fresh = file.cases.iter().filter_map(|case| Some((case.index, case.snapshot.clone()?)));
        let snapshots: Vec<(usize, String)> = fresh.collect();
        if snapshots.is_empty() {
            continue;
        }
        let source = std::fs::read_to_string(&file.file).map_err(|error| Failure::read(&file.file, &error, lang))?;
        if let Some(text) = updated(&source, &snapshots) {
            save(&file.file, Path::new(&file.file), text.as_bytes(), lang)?;
            written.push((file.file.clone(), snapshots.len()));
        }
    }
    Ok(written)
}
