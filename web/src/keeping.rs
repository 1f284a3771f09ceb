//! A person's work, kept on this device between visits, and the site kept for visits without a network.

use crate::history::Did;
use crate::notices::Notice;
use crate::page::Page;
use crate::preferences;
use leptos::ev;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use postproof_model::Project;
use postproof_words::workspace;
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// `web/editor/offline.js`.
    #[wasm_bindgen(js_name = keepOffline)]
    fn keep_offline(updated: &JsValue);

    /// Loads the new version of the site.
    pub(crate) fn update();

    /// Forgets all that is kept on this device.
    pub(crate) fn forget();
}

const KEY: &str = "postproof.project";

/// How long after a change the work is kept, in milliseconds.
const PAUSE: u64 = 400;

/// The work of the last visit.
pub(crate) fn kept() -> Option<Project> {
    postproof_share::from_file(preferences::stored(KEY)?.as_bytes()).ok()
}

/// Keeps the work; false where it does not fit.
fn keep(project: &Project) -> bool {
    let Ok(file) = postproof_share::to_file(project) else { return false };
    // What is written is JSON, which is UTF-8.
    preferences::store(KEY, Some(&String::from_utf8_lossy(&file)))
}

/// Keeps every change of the work from now on, and the site.
pub(crate) fn tie(page: Page) {
    let changed =
        Memo::new(move |_| page.bench.with(|bench| (bench.revision, bench.title.clone(), bench.tests.clone())));
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let keep_now = move || {
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
            let project = page.project();
            // What was opened and not touched takes no one's place.
            if !page.is_as_opened(&project) && !keep(&project) && page.notice.with_untracked(Option::is_none) {
                page.notice.set(Some(Notice::NotKept));
            }
        }
    };
    Effect::new(move |before: Option<()>| {
        changed.track();
        changed.with(|_| ());
        if before.is_none() {
            return;
        }
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        timer.set_value(set_timeout_with_handle(keep_now, Duration::from_millis(PAUSE)).ok());
    });
    // Whoever leaves within that time loses nothing.
    let leaving = window_event_listener(ev::pagehide, move |_| keep_now());
    on_cleanup(move || leaving.remove());
    keep_offline(&Closure::once_into_js(move || page.notice.set(Some(Notice::Update))));
}

/// Forgets the work of this device, and starts anew.
pub(crate) fn start_anew(page: Page) {
    page.open(crate::lesson::project(page.lang.get_untracked()), Did::new(workspace::STARTED_ANEW, ""));
    // After the change was kept.
    set_timeout(forget, Duration::from_millis(PAUSE + 100));
}
