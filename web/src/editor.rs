//! The editors: `web/editor/editor.js` from Rust.

use postproof_protocol::desk::TextEdit;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// One editor; see `web/editor/editor.js` for what each method does.
    pub(crate) type Editor;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(
        host: &HtmlElement,
        limit: f64,
        changed: &Closure<dyn FnMut(u32, String, u32, bool)>,
        dropped: &Closure<dyn FnMut(String, Option<Vec<u8>>, f64)>,
        explain: &Closure<dyn FnMut(String)>,
        bindings: &js_sys::Array,
        moved: &Closure<dyn FnMut(u32, u32)>,
    ) -> Editor;

    #[wasm_bindgen(method)]
    pub(crate) fn asks(this: &Editor, taken: &Closure<dyn FnMut(u32, String) -> bool>);

    #[wasm_bindgen(method)]
    pub(crate) fn show(this: &Editor, key: u32, text: &str, language: &str, label: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn speak(this: &Editor, phrases: JsValue, label: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn keep(this: &Editor, keys: Vec<u32>);

    #[wasm_bindgen(method)]
    pub(crate) fn replace(this: &Editor, text: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn put(this: &Editor, key: u32, text: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn mark(this: &Editor, key: u32, version: u32, found: JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn mend(this: &Editor, key: u32, version: u32, changes: JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn light(this: &Editor, lit: JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn jump(this: &Editor, from: u32, to: u32);
}

/// What to draw over a text; offsets are UTF-16 units.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Found {
    pub(crate) problems: Vec<FoundProblem>,
    pub(crate) lines: Vec<FoundStretch>,
    pub(crate) stretches: Vec<FoundStretch>,
    pub(crate) badges: Vec<Badge>,
}

/// What belongs together with what a person looks at elsewhere; offsets are UTF-16 units.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Lit {
    pub(crate) lines: Vec<LitStretch>,
    pub(crate) stretches: Vec<LitStretch>,
}

/// A stretch of it.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct LitStretch {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Lit {
    pub(crate) fn into_js(self) -> JsValue {
        serde_wasm_bindgen::to_value(&self).unwrap_or(JsValue::NULL)
    }
}

/// A problem: underlined, and told when pointed at.
#[derive(Debug, Serialize)]
pub(crate) struct FoundProblem {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) severity: &'static str,
    pub(crate) texts: Vec<String>,
    /// The code, which leads to its page.
    pub(crate) code: &'static str,
    pub(crate) mend: Option<Mend>,
}

/// What mends a problem: the button's words, and the changes.
#[derive(Debug, Serialize)]
pub(crate) struct Mend {
    pub(crate) label: &'static str,
    pub(crate) changes: Vec<Change>,
}

/// A change of a text.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    from: u32,
    to: u32,
    text: String,
}

/// Edits as the editor takes them.
pub(crate) fn changes_of(edits: &[TextEdit]) -> Vec<Change> {
    edits.iter().map(|edit| Change { from: edit.mark.from, to: edit.mark.to, text: edit.text.clone() }).collect()
}

/// Edits as a plain JavaScript array.
pub(crate) fn changes(edits: &[TextEdit]) -> JsValue {
    serde_wasm_bindgen::to_value(&changes_of(edits)).unwrap_or(JsValue::NULL)
}

/// A stretch in a tone.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct FoundStretch {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) tone: &'static str,
}

/// A sign in the gutter of a line.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Badge {
    pub(crate) at: u32,
    pub(crate) text: String,
    pub(crate) tone: &'static str,
    pub(crate) hollow: bool,
    pub(crate) label: String,
}

impl Found {
    pub(crate) fn into_js(self) -> JsValue {
        serde_wasm_bindgen::to_value(&self).unwrap_or(JsValue::NULL)
    }
}
