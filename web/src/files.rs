//! Files that a person chooses or saves: `web/editor/files.js` from Rust.

use leptos::prelude::*;
use postproof_model::Bytes;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// Saves a file where the browser puts downloads.
    pub(crate) fn save(name: &str, bytes: &[u8], kind: &str);

    #[wasm_bindgen(js_name = saveFolder)]
    fn save_folder_of(name: &str, folder: &str, files: &js_sys::Array);

    /// Whether the device can pass a link on by itself.
    #[wasm_bindgen(js_name = canPassOn)]
    pub(crate) fn can_pass_on() -> bool;

    /// Passes a link on, where the device can.
    #[wasm_bindgen(js_name = passOn)]
    pub(crate) fn pass_on(title: &str, url: &str);

    #[wasm_bindgen(js_name = choose)]
    fn choose_with(accept: &str, limit: f64, chosen: &JsValue);
}

/// Lets a person choose a file; nothing is heard when none is chosen. Bytes are none for a file longer than `limit`.
pub(crate) fn choose(accept: &str, limit: usize, chosen: impl FnOnce(String, Option<Vec<u8>>, f64) + 'static) {
    let chosen = RefCell::new(Some(chosen));
    let heard = Closure::once_into_js(move |name: String, bytes: Option<Vec<u8>>, size: f64| {
        if let Some(chosen) = chosen.take() {
            chosen(name, bytes, size);
        }
    });
    #[allow(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
    choose_with(accept, limit as f64, &heard);
}

/// Saves files as one zip, inside a folder.
pub(crate) fn save_folder(name: &str, folder: &str, files: &[(String, Bytes)]) {
    let list = files
        .iter()
        .map(|(path, bytes)| js_sys::Array::of2(&path.as_str().into(), &js_sys::Uint8Array::from(&bytes[..]).into()));
    save_folder_of(name, folder, &list.collect::<js_sys::Array>());
}

/// A name for a file, from what people call a project: letters and digits of any script, the rest as hyphens.
pub(crate) fn name(title: &str, ending: &str) -> String {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").to_lowercase().chars().take(60).collect();
    let stem = if stem.is_empty() { "rules" } else { &stem };
    format!("{stem}.{ending}")
}

/// Copies a text, and says whether that was done.
pub(crate) fn copy(text: &str, done: RwSignal<Option<bool>>) {
    let text = Rc::new(text.to_owned());
    leptos::task::spawn_local(async move {
        let clipboard = window().navigator().clipboard();
        // Without a secure context there is no clipboard at all.
        let copied = !clipboard.is_undefined()
            && wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        // Who asked may be gone by then.
        let _ = done.try_set(Some(copied));
    });
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_files_name_comes_of_the_title() {
        let names = ["Casino mail", "", "../../etc/passwd", "カジノ: 2 件"].map(|title| name(title, "zip"));
        assert_eq!(names, ["casino-mail.zip", "rules.zip", "etc-passwd.zip", "カジノ-2-件.zip"]);
    }
}
