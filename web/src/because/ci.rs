//! What to put where, so that the tests run at every change of the tables.

use crate::dialog::Dialog;
use crate::files;
use crate::page::page;
use leptos::prelude::*;
use postproof_words::{Phrase, cases as words, page as page_words};

const SNIPPETS: [(Phrase, &str); 4] = [
    (words::CI_GITHUB, include_str!("../../../docs/ci/github-workflow.yml")),
    (words::CI_GITLAB, include_str!("../../../docs/ci/gitlab-ci.yml")),
    (words::CI_PRE_COMMIT, include_str!("../../../docs/ci/pre-commit-config.yaml")),
    (words::CI_MAKE, include_str!("../../../docs/ci/Makefile")),
];

#[component]
pub(super) fn CiDialog(open: RwSignal<bool>) -> impl IntoView {
    let page = page();
    let chosen = RwSignal::new(0_usize);
    let copied = RwSignal::new(None::<bool>);
    let snippet = move || SNIPPETS.get(chosen.get()).map_or("", |(_, text)| *text);
    let choose = move |event| {
        copied.set(None);
        chosen.set(event_target_value(&event).parse().unwrap_or_default());
    };
    let told =
        move || copied.get().map(|copied| page.say(if copied { page_words::COPIED } else { page_words::CANNOT_COPY }));
    view! {
        <Dialog
            id="ci-dialog"
            open
            close=Callback::new(move |()| open.set(false))
            title=Signal::derive(move || page.say(words::CI_TITLE).to_owned())
        >
            <p>{page.words(words::CI_WHAT)}</p>
            <label>
                <span>{page.words(words::CI_WHERE)}</span>
                <select on:change=choose>
                    {SNIPPETS.iter().enumerate().map(|(index, (name, _))| view! {
                        <option value=index selected=move || chosen.get() == index>{page.words(*name)}</option>
                    }).collect_view()}
                </select>
            </label>
            <pre class="wire" tabindex="0" role="group" aria-label=page.words(words::CI_SNIPPET)>{snippet}</pre>
            <div class="dialog-foot">
                <span class="done" role="status">{told}</span>
                <button type="button" class="primary" on:click=move |_| files::copy(snippet(), copied)>
                    {page.words(page_words::COPY)}
                </button>
            </div>
        </Dialog>
    }
}
