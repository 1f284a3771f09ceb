//! What this is, and the keys.

use crate::dialog::Dialog;
use crate::keeping;
use crate::page::page;
use leptos::prelude::*;
use postproof_words::{Phrase, page as words, sharing};

const KEYS: [(&[&str], Phrase); 6] = [
    (&["Esc", "Tab"], words::KEY_LEAVE),
    (&["F8"], words::KEY_PROBLEM),
    (&["Ctrl+Shift+M"], words::KEY_PROBLEMS),
    (&["Ctrl+F"], words::KEY_FIND),
    (&["Ctrl+Z"], words::KEY_UNDO),
    (&["←", "→"], words::KEY_TABS),
];

#[component]
pub(crate) fn HelpDialog(open: RwSignal<bool>) -> impl IntoView {
    let page = page();
    let forgotten = RwSignal::new(false);
    Effect::new(move |_| {
        if !open.get() {
            forgotten.set(false);
        }
    });
    let forget = move |_| {
        keeping::start_anew(page);
        forgotten.set(true);
    };
    let keys = move || {
        KEYS.map(|(keys, does)| {
            let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
            view! {
                <dt>{keys}</dt>
                <dd>{page.say(does)}</dd>
            }
        })
        .into_iter()
        .collect_view()
    };
    view! {
        <Dialog
            id="help-dialog"
            open
            close=Callback::new(move |()| open.set(false))
            title=page.words(words::TAGLINE)
        >
            <p>{page.words(words::HELP_WHAT)}</p>
            <p>{page.words(words::HELP_UNKNOWN)}</p>
            <p>{page.words(words::PRIVATE)}</p>
            <h3>{page.words(sharing::ON_DEVICE)}</h3>
            <p>{page.words(sharing::KEPT_WHAT)}</p>
            <div class="file-buttons">
                <button type="button" class="plain danger" on:click=forget>{page.words(sharing::FORGET)}</button>
                <span class="done" role="status">{move || forgotten.get().then(|| page.say(sharing::FORGOTTEN))}</span>
            </div>
            <h3>{page.words(words::KEYS)}</h3>
            <dl class="keys">{keys}</dl>
        </Dialog>
    }
}
