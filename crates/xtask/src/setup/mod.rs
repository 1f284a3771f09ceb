//! Everything that a new machine with Rust and Node needs. Each part looks first, and installs only what is missing.

pub(crate) mod browser;
pub(crate) mod components;
mod debian;
pub(crate) mod firefox;
pub(crate) mod fonts;
pub(crate) mod node;
pub(crate) mod oracle;
pub(crate) mod wasm;

use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::time::Instant;

/// What a part of the set-up found: ready, or done without, and why.
pub(crate) enum Found {
    /// Ready to be used; says what it is.
    Ready(String),
    /// Not there, and nothing fails for it; says what goes without and which command would install it.
    Without(String),
}

/// Sets up all parts, and goes on after one that fails, so that one run names everything that is missing.
pub(crate) fn everything(workspace: &Workspace) -> Result<()> {
    let mut failed = 0;
    let mut part = |name: &str, work: &dyn Fn() -> Result<Found>| {
        let start = Instant::now();
        match work() {
            Ok(Found::Ready(what)) => println!("{name}: {what} ({:.1} s)", start.elapsed().as_secs_f32()),
            Ok(Found::Without(why)) => println!("{name}: {why}"),
            Err(error) => {
                println!("{name}: FAILED: {error:#}");
                failed += 1;
            }
        }
    };
    part("rustfmt and clippy", &|| components::set_up(workspace));
    part("WebAssembly", &|| Ok(Found::Ready(wasm::set_up(workspace)?.to_string())));
    part("node modules", &|| node::set_up(workspace));
    part("browser", &|| Ok(Found::Ready(browser::set_up(workspace)?.display().to_string())));
    part("Firefox", &firefox::set_up);
    part("Japanese fonts", &fonts::set_up);
    part("Postfix as oracle", &oracle::set_up);
    if failed > 0 {
        bail!("{failed} of the set-up's parts failed");
    }
    Ok(())
}
