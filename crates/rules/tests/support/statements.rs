//! What findings say of Postfix, written down with what was asked and what came back: `tests/conformance/lint`.

use std::path::Path;

use postproof_model::Code;
use postproof_words::pages::{Example, page};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data<T> {
    /// Which Postfix it was.
    origin: String,
    statement: Vec<T>,
}

/// Which example of a code's page is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Bad,
    Good,
}

/// The statements of a file.
pub(crate) fn read<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/lint").join(file);
    let data: Data<T> = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(!data.origin.is_empty() && !data.statement.is_empty());
    data.statement
}

/// The example.
pub(crate) fn example(code: Code, side: Side) -> Example {
    let page = page(code);
    match side {
        Side::Bad => page.bad,
        Side::Good => page.good,
    }
}
