//! Real tables over real messages and host names.

use super::Bench;
use super::report::Report;
use super::samples::{Program, Samples};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// How many bytes of lines each table is asked about, at most.
const LINES: usize = 4 << 20;

/// A table that was measured.
struct Measured {
    ratio: f64,
    told: String,
}

/// Every regexp: and pcre: table below `tables/`, over the lines below `mail/` and the names in `hostnames.txt`.
pub(super) fn measure(bench: &Bench, corpus: &Path, report: &mut Report) -> Result<()> {
    let lines = bench.data.join("corpus-lines");
    let mut text = Vec::new();
    for file in files(&corpus.join("mail"))? {
        let bytes = fs::read(&file)?;
        // postmap -q takes keys of UTF-8 only.
        let keys =
            bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty() && std::str::from_utf8(line).is_ok());
        keys.for_each(|line| text.extend(line.iter().chain(b"\n")));
        if text.len() > LINES {
            break;
        }
    }
    fs::write(&lines, &text)?;
    let hosts = bench.data.join("corpus-hosts");
    let names = fs::read_to_string(corpus.join("hostnames.txt")).context("hostnames.txt")?;
    let names: String = names.lines().map(|line| format!("{}\n", line.split('[').next().unwrap_or_default())).collect();
    fs::write(&hosts, names.repeat(20))?;
    let mut measured = Vec::new();
    for table in files(&corpus.join("tables"))? {
        let folder = table.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let Some(kind) = folder.split('-').next().filter(|kind| ["regexp", "pcre"].contains(kind)) else { continue };
        for keys in [&lines, &hosts] {
            let postmap = Program::of(&bench.postmap).with("-q").with("-").with_table(kind, &table).keys(keys.clone());
            let ours = Program::of(&bench.postproof).with("query").with("-q").with("-");
            let ours = ours.with_table(kind, &table).keys(keys.clone());
            let (mut theirs, mut mine) = (Vec::new(), Vec::new());
            for round in 0..bench.rounds {
                let (time, said) = postmap.time(round == 0)?;
                theirs.push(time);
                let (time, answer) = ours.time(round == 0)?;
                mine.push(time);
                if said != answer {
                    bail!("{} answers otherwise than postmap", table.display());
                }
            }
            let (theirs, mine) = (Samples::new(theirs)?, Samples::new(mine)?);
            let ratio = theirs.median() / mine.median();
            let name = table.file_name().unwrap_or_default().to_string_lossy();
            let keys = if keys == &lines { "messages" } else { "hosts" };
            let told = format!(
                "{ratio:.2} times faster: {kind}:{name} over {keys}, {:.1} ms beside {:.1} ms",
                mine.median() * 1e3,
                theirs.median() * 1e3
            );
            measured.push(Measured { ratio, told });
        }
    }
    measured.sort_by(|one, other| one.ratio.total_cmp(&other.ratio));
    let slower = measured.iter().filter(|table| table.ratio < 1.0).count();
    report.note(format!(
        "{} runs of real tables, all answers alike; slower than postmap in {slower}. The worst:",
        measured.len()
    ));
    measured.iter().take(5).for_each(|table| report.note(format!("- {}", table.told)));
    Ok(())
}

/// The files below a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
