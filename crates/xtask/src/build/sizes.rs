//! What the site weighs, as a table.

use super::ASSETS;
use super::bundle::Bundle;
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;

/// The most bytes of brotli before the first verdict. It only ever gets less; record/page.md says what it shall be.
const BUDGET: u64 = 990_000;

/// Prints every file of the site as it is and as brotli, and the sum of what loads before the first verdict.
///
/// # Errors
///
/// That sum is above the budget.
pub(super) fn print(dist: &Path, bundle: &Bundle) -> Result<()> {
    let mut files = Vec::new();
    gather(dist, dist, &mut files)?;
    files.sort();
    let first = |name: &str| {
        let asset = name.strip_prefix(ASSETS).and_then(|file| file.strip_prefix('/'));
        name == "index.html" || asset.is_some_and(|file| bundle.loads_first(file))
    };
    let width = files.iter().map(|(name, ..)| name.len()).max().unwrap_or(0).max(24);
    println!("{:width$}  {:>9}  {:>9}", "dist/", "bytes", "brotli");
    let mut sum = (0, 0);
    for (name, raw, small) in &files {
        println!("{name:width$}  {raw:>9}  {small:>9}");
        if first(name) {
            sum = (sum.0 + raw, sum.1 + small);
        }
    }
    println!("{:width$}  {:>9}  {:>9}", "before the first verdict", sum.0, sum.1);
    if sum.1 > BUDGET {
        bail!("{} bytes before the first verdict are more than {BUDGET}; record/page.md says where they are", sum.1);
    }
    Ok(())
}

/// Name, length, and length of the compressed copy (its own where there is none).
fn gather(dist: &Path, folder: &Path, files: &mut Vec<(String, u64, u64)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(dist, &path, files)?;
        } else if path.extension().is_none_or(|kind| kind != "br" && kind != "gz") {
            let raw = fs::metadata(&path)?.len();
            let mut copy = path.clone().into_os_string();
            copy.push(".br");
            let small = fs::metadata(copy).map_or(raw, |copy| copy.len());
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, raw, small));
        }
    }
    Ok(())
}
