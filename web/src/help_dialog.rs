//! What this is, and the keys.

use crate::dialog::Dialog;
use crate::keeping;
use crate::keys::{KEYS, Where, written};
use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_words::{page as words, sharing};

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
    let keys = move || Where::ALL.map(|place| group(page, place)).into_iter().collect_view();
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
            {keys}
        </Dialog>
    }
}

/// The keys of one place.
fn group(page: Page, place: Where) -> impl IntoView {
    let of_place = KEYS.iter().filter(move |key| key.place == place);
    let rows = of_place.map(|key| {
        let chords = key.chords.iter().map(|chord| {
            let pressed = written(chord).into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view();
            view! { <span>{pressed}</span> }
        });
        view! {
            <dt>{chords.collect_view()}</dt>
            <dd>{page.say(key.words)}</dd>
        }
    });
    view! {
        <h4>{page.say(place.words())}</h4>
        <dl class="keys">{rows.collect_view()}</dl>
    }
}
