//! The project in the page's address: opened when the address says so, written only when a person shares.

use leptos::prelude::window;
use postproof_model::Project;
use postproof_share::{Error, from_fragment};

/// The fragment of the address.
pub(crate) fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// The project of the address; none where the address holds nothing.
pub(crate) fn project_of_address() -> Option<Result<Project, Error>> {
    let hash = hash();
    if hash.is_empty() || hash == "#" {
        return None;
    }
    Some(from_fragment(&hash))
}

/// The address of this page with another fragment.
pub(crate) fn address_with(fragment: &str) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

/// Writes a shared project into the address, so that a reload and a bookmark keep it. No page is added to the history.
pub(crate) fn keep_in_address(address: &str) {
    if let Ok(history) = window().history() {
        // Refused in a sandbox; the link itself works all the same.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}
