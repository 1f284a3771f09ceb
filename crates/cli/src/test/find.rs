//! Which test files: those that are named, and those in folders that are named.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use postproof_words::{Lang, suite as words};

use crate::outcome::Failure;

/// How test files end.
const ENDING: &str = ".postproof.toml";
/// The most test files of a run.
const FILES: usize = 10_000;
/// How deep folders are looked into.
const DEPTH: usize = 32;

/// The test files, in the order of the paths, and within a folder in that of their names. What version control ignores,
/// and what is hidden, is passed over.
///
/// # Errors
///
/// A path that is not there, one in which there are none, and more files than anyone has.
pub(super) fn files(paths: &[&str], lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| Failure::read(path, &error, lang))?;
        if !metadata.is_dir() {
            files.push(PathBuf::from(path));
            continue;
        }
        let mut found = Vec::new();
        let walk = WalkBuilder::new(path).max_depth(Some(DEPTH)).require_git(false).build();
        for entry in walk {
            let entry = entry.map_err(|error| Failure::read(path, &std::io::Error::other(error), lang))?;
            if entry.path().to_string_lossy().ends_with(ENDING) && entry.path().is_file() {
                found.push(entry.into_path());
            }
            if found.len() > FILES {
                return Err(Failure::misuse(words::TOO_MANY_FILES.fill(lang, &[("limit", &FILES.to_string())])));
            }
        }
        if found.is_empty() {
            return Err(Failure::misuse(words::NO_FILES.fill(lang, &[("names", path)])));
        }
        found.sort();
        files.append(&mut found);
    }
    let mut once: Vec<PathBuf> = Vec::new();
    for file in files {
        let file = without_dot(&file);
        if !once.contains(&file) {
            once.push(file);
        }
    }
    Ok(once)
}

/// `./a` as people write it: `a`.
pub(super) fn without_dot(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}
