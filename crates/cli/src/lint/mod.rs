//! `postproof lint`: what tables and a main.cf do other than was meant, and what mends it.
//!
//! | idea | file |
//! |---|---|
//! | which tables, who asks them, their findings | [`gather`] |
//! | the file of settings | [`settings`] |
//! | findings that are known and left alone | [`baseline`] |
//! | fixes, written or shown | [`mend`] |

mod baseline;
mod gather;
mod mend;
mod settings;

use std::io::Write as _;

use clap::ArgMatches;
use postproof_model::lint::LintReport;
use postproof_model::{Code, Consequence};
use postproof_report::lint::{github, json, sarif, text};
use postproof_words::{Lang, lint as words, pages};

use crate::outcome::{FINDING, Failure, MISUSE, SUCCESS, complain};
pub(crate) use gather::options;

use baseline::Baseline;
use gather::Gatherer;
use settings::Settings;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    if let Some(code) = matches.get_one::<String>("explain") {
        return explain(code, lang);
    }
    let settings = Settings::read(matches, lang)?;
    let mut gatherer = Gatherer::new(matches, lang)?;
    let (diff, fix) = (matches.get_flag("diff"), matches.get_flag("fix"));
    let mut report = gatherer.findings(&settings)?;
    let baseline = matches.get_one::<String>("baseline").cloned().or_else(|| settings.baseline());
    if matches.get_flag("update-baseline") {
        let Some(file) = &baseline else { return Err(Failure::misuse(words::NO_BASELINE.say(lang).to_owned())) };
        let count = Baseline::of(&report).write(file, lang)?;
        complain(&words::baseline_written(file, count, lang));
        return Ok(SUCCESS);
    }
    let known = baseline.map(|file| Baseline::read(&file, lang)).transpose()?;
    let without_known = |report: &mut LintReport| {
        if let Some(known) = &known {
            known.leave_out(report);
        }
    };
    without_known(&mut report);
    if diff || fix {
        let mended = mend::mend(&mut gatherer, &settings, report, &without_known)?;
        if diff {
            let shown = gatherer.show_changes(lang)?;
            return Ok(if shown { FINDING } else { SUCCESS });
        }
        gatherer.write_changes(lang)?;
        complain(&words::mended(mended.edits, mended.files, lang));
        report = mended.report;
    }
    tell(matches, &report, lang)?;
    let broken = |consequence| matches!(consequence, Consequence::TableRefused | Consequence::ConfigurationRefused);
    let findings: Vec<Consequence> = report.findings().map(|(_, finding)| finding.diagnostic.consequence).collect();
    Ok(match findings.as_slice() {
        [] => SUCCESS,
        some if some.iter().any(|consequence| broken(*consequence)) => MISUSE,
        _ => FINDING,
    })
}

/// Writes what was found.
fn tell(matches: &ArgMatches, report: &LintReport, lang: Lang) -> Result<(), Failure> {
    let mut out = Vec::new();
    let written = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => json::write(&mut out, report, lang),
        Some("sarif") => sarif::write(&mut out, report, lang),
        Some("github") => github::write(&mut out, report, lang),
        _ => text::write(&mut out, report, lang),
    };
    let mut stdout = std::io::stdout().lock();
    let written = written.and_then(|()| stdout.write_all(&out)).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::write(&error, lang))
}

/// The page of a code, or of all codes.
fn explain(code: &str, lang: Lang) -> Result<u8, Failure> {
    let text = if code == "all" {
        Code::ALL.iter().map(|code| format!("{} {}\n", code.code(), code.name())).collect()
    } else {
        let failure = || Failure::misuse(words::NO_SUCH_CODE.fill(lang, &[("code", code)]));
        pages::page(Code::find(code).ok_or_else(failure)?).markdown(lang)
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
    Ok(SUCCESS)
}
