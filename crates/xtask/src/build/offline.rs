//! What keeps the site on the device: the list of its files in front of web/offline.js, and the manifest by which it is
//! installed.

use super::bundle::Bundle;
use super::{ASSETS, OFFLINE};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

/// The manifest, in the repository under web/ and in the site.
const MANIFEST: &str = "app.webmanifest";

/// The pictures that the manifest names.
pub(super) fn icons(workspace: &Workspace) -> Result<Vec<String>> {
    let manifest = manifest(workspace)?;
    let icons = manifest["icons"].as_array().context("web/app.webmanifest names no icons")?;
    Ok(icons.iter().filter_map(|icon| icon["src"].as_str().map(str::to_owned)).collect())
}

fn manifest(workspace: &Workspace) -> Result<Value> {
    let text = fs::read_to_string(workspace.root().join("web").join(MANIFEST)).context("web/app.webmanifest")?;
    serde_json::from_str(&text).context("web/app.webmanifest")
}

/// Writes the manifest, then the script with the list of all that is there.
pub(super) fn write(workspace: &Workspace, bundle: &Bundle, stage: &Path) -> Result<()> {
    let mut manifest = manifest(workspace)?;
    for icon in manifest["icons"].as_array_mut().into_iter().flatten() {
        let source = icon["src"].as_str().context("an icon without src")?;
        let built = bundle.entries.get(source).with_context(|| format!("web/app.webmanifest names {source}"))?;
        icon["src"] = format!("{ASSETS}/{built}").into();
    }
    fs::write(stage.join(MANIFEST), serde_json::to_string_pretty(&manifest)?)?;

    let mut files = Vec::new();
    gather(stage, stage, &mut files)?;
    files.sort();
    let mut version = DefaultHasher::new();
    for (name, bytes) in &files {
        version.write(name.as_bytes());
        version.write(bytes);
    }
    let source = fs::read_to_string(workspace.root().join("web").join(OFFLINE)).context("web/offline.js")?;
    version.write(source.as_bytes());
    // The address of index.html is the folder's.
    let names = files.iter().map(|(name, _)| if name == "index.html" { "./" } else { name.as_str() });
    let names = Value::from(names.collect::<Vec<_>>());
    let script = format!("const VERSION = \"{:016x}\";\nconst FILES = {names};\n{source}", version.finish());
    fs::write(stage.join(OFFLINE), script).context("offline.js")
}

fn gather(stage: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(stage, &path, files)?;
        } else {
            let name = path.strip_prefix(stage).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, fs::read(&path)?));
        }
    }
    Ok(())
}
