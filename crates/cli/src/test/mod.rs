//! `postproof test`: test files found, run side by side, and what they found told.
//!
//! | idea | file |
//! |---|---|
//! | which test files | [`find`] |
//! | what a test file may read | [`folder`] |
//! | all cases of all test files, in their order | [`cases`] |
//! | again when something changes | [`watch`] |

mod cases;
mod find;
mod folder;
mod watch;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use postproof_model::report::Report;
use postproof_report::{coverage, github, json, junit, lcov, pretty, tap};
use postproof_words::{Lang, command, suite as words};

use crate::arguments::values;
use crate::outcome::{FINDING, Failure, MISUSE, SUCCESS, complain, save};
use crate::problems;
use cases::How;

/// A format of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pretty,
    Json,
    Junit,
    Tap,
    Github,
}

/// What the command line asks for.
struct Asked<'m> {
    paths: Vec<&'m str>,
    folders: Vec<PathBuf>,
    filter: Option<&'m str>,
    format: Format,
    output: Option<&'m str>,
    lcov: Option<&'m str>,
    listing: bool,
    /// In tenths of a percent.
    minimum: Option<usize>,
    update: bool,
    fail_fast: bool,
}

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let paths = values(matches, "path");
    let minimum = text("coverage-min").map(|text| {
        let percent = text.trim_end_matches('%').parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
        let failure = || Failure::misuse(words::NOT_PERCENT.fill(lang, &[("text", text)]));
        // Between 0 and 1000, so nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
        percent.map(|percent| (percent * 10.0).round() as usize).ok_or_else(failure)
    });
    let asked = Asked {
        paths: if paths.is_empty() { vec!["."] } else { paths },
        folders: values(matches, "folder").into_iter().map(PathBuf::from).collect(),
        filter: text("filter"),
        format: match text("format") {
            Some("json") => Format::Json,
            Some("junit") => Format::Junit,
            Some("tap") => Format::Tap,
            Some("github") => Format::Github,
            _ => Format::Pretty,
        },
        output: text("output"),
        lcov: text("lcov"),
        listing: matches.get_flag("coverage"),
        minimum: minimum.transpose()?,
        update: matches.get_flag("update"),
        fail_fast: matches.get_flag("fail-fast"),
    };
    if !matches.get_flag("watch") {
        return once(&asked, lang);
    }
    let written: Vec<&Path> = asked.output.iter().chain(&asked.lcov).map(Path::new).collect();
    loop {
        // Taken before the run, so that nothing that changes meanwhile is missed.
        let watch = watch::Watch::new(&asked.paths, &asked.folders, &written, lang)?;
        if let Err(failure) = once(&asked, lang) {
            failure.complain(lang);
        }
        complain(words::WATCHING.say(lang));
        if !watch.wait() {
            return Ok(SUCCESS);
        }
    }
}

/// One run: its exit status.
fn once(asked: &Asked<'_>, lang: Lang) -> Result<u8, Failure> {
    let files = find::files(&asked.paths, lang)?;
    let how = How { folders: &asked.folders, filter: asked.filter, fail_fast: asked.fail_fast };
    let mut report = cases::run(&files, &how, lang);
    if asked.update {
        for (file, count) in cases::update(&report, lang)? {
            complain(&words::UPDATED.fill(lang, &[("file", &file), ("count", &count.to_string())]));
        }
        report = cases::run(&files, &how, lang);
    }
    let counts = report.counts();
    if counts.errors == 0 && report.files.iter().all(|file| file.cases.is_empty()) {
        let filter = asked.filter.unwrap_or_default();
        return Err(Failure::misuse(words::NO_TESTS.fill(lang, &[("filter", filter)])));
    }
    // Test files share their tables.
    let mut findings = Vec::new();
    for finding in report.files.iter().flat_map(|file| &file.findings) {
        if !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
    problems::say(&findings, lang, |_| true);
    for (file, name) in report.files.iter().flat_map(|file| file.without_folder.iter().map(move |name| (file, name))) {
        let values = [("file", name.as_str()), ("config", &file.file)];
        complain(&format!("{}: {}", command::HINT.say(lang), words::NO_FOLDER.fill(lang, &values)));
    }
    tell(asked, &report, lang)?;
    let mut status = match (counts.errors, counts.failed) {
        (1.., _) => MISUSE,
        (0, 1..) => FINDING,
        (0, 0) => SUCCESS,
    };
    if let Some(minimum) = asked.minimum {
        let (fired, count) = report.rules();
        if fired * 1000 < minimum * count {
            let (percent, minimum) = (coverage::percent(fired, count), coverage::percent(minimum, 1000));
            complain(&words::BELOW_MINIMUM.fill(lang, &[("percent", &percent), ("minimum", &minimum)]));
            status = status.max(FINDING);
        }
    }
    Ok(status)
}

/// Writes the results where they are wanted.
fn tell(asked: &Asked<'_>, report: &Report, lang: Lang) -> Result<(), Failure> {
    let render = |format: Format| {
        let mut text = Vec::new();
        let written = match format {
            Format::Pretty => pretty::write(&mut text, report, lang),
            Format::Json => json::write(&mut text, report),
            Format::Junit => junit::write(&mut text, report, lang),
            Format::Tap => tap::write(&mut text, report, lang),
            Format::Github => github::write(&mut text, report, lang),
        };
        written.map(|()| text).map_err(|error| Failure::write(&error, lang))
    };
    let save = |file: &str, text: &[u8]| save(file, Path::new(file), text, lang);
    let terminal = if asked.output.is_some() { Format::Pretty } else { asked.format };
    let mut text = render(terminal)?;
    let mut listing = Vec::new();
    if asked.listing {
        coverage::listing(&mut listing, report, lang).map_err(|error| Failure::write(&error, lang))?;
    }
    // Formats for programs hold nothing else.
    if matches!(terminal, Format::Pretty | Format::Github) {
        listing.append(&mut text);
        text = std::mem::take(&mut listing);
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&text).and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
    let _ = std::io::stderr().write_all(&listing);
    if let Some(file) = asked.output {
        save(file, &render(asked.format)?)?;
    }
    if let Some(file) = asked.lcov {
        let mut text = Vec::new();
        lcov::write(&mut text, report).map_err(|error| Failure::write(&error, lang))?;
        save(file, &text)?;
    }
    Ok(())
}
