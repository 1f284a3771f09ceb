//! Reads a project as JSON from standard input and prints its link's fragment: how the links in `tests/links` are made.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example talks to the terminal")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project = serde_json::from_reader(std::io::stdin())?;
    println!("{}", postproof_share::to_fragment(&project)?);
    Ok(())
}
