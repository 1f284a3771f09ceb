//! The top of the page: the name, the project's title, language, theme, help, sharing.

use crate::because::in_words;
use crate::history::{Did, History};
use crate::page::{Page, page};
use crate::problems::ProblemsChip;
use crate::sign_button::sign_button;
use crate::tests::Side;
use leptos::prelude::*;
use postproof_words::{Lang, Phrase, examples, page as words, workspace};

#[component]
pub(crate) fn TopBar(share: RwSignal<bool>, help: RwSignal<bool>) -> impl IntoView {
    let page = page();
    let title = move || page.bench.with(|bench| bench.title.clone());
    let rename = move |event| page.bench.update(|bench| bench.title = event_target_value(&event));
    let other = move || if page.lang.get() == Lang::En { Lang::Ja } else { Lang::En };
    let turn = move |_| page.theme.update(|theme| *theme = theme.next());
    let theme = move || page.say(page.theme.get().words());
    view! {
        <header class="top">
            <h1 class="brand">
                <Seal />
                <span>{page.words(words::NAME)}</span>
            </h1>
            <input
                class="title"
                type="text"
                maxlength="80"
                spellcheck="false"
                autocomplete="off"
                aria-label=page.words(words::TITLE)
                placeholder=page.words(words::UNTITLED)
                prop:value=title
                on:input=rename
            />
            <Steps />
            <ProblemsChip />
            <TestsChip />
            <button
                type="button"
                class="quiet examples-button"
                aria-label=page.words(examples::EXAMPLES)
                title=page.words(examples::EXAMPLES)
                on:click=move |_| page.examples.list.set(true)
            >
                <span class="glyph" aria-hidden="true">{"☰"}</span>
                <span class="long">{page.words(examples::EXAMPLES)}</span>
            </button>
            <button type="button" class="quiet" lang=move || other().tag() on:click=move |_| page.lang.set(other())>
                {page.words(words::OTHER_LANGUAGE)}
            </button>
            <button type="button" class="quiet sign" aria-label=theme title=theme on:click=turn>
                {move || page.theme.get().sign()}
            </button>
            {sign_button(move || page.say(words::HELP).to_owned(), "?", move || help.set(true))}
            <button type="button" class="primary" on:click=move |_| share.set(true)>
                {page.words(words::SHARE)}
            </button>
        </header>
    }
}

/// One step back, one step on; the labels say which.
#[component]
fn Steps() -> impl IntoView {
    let page = page();
    let step = move |did: fn(&History) -> Option<&Did>, phrase: Phrase, nothing: Phrase, sign, go: fn(Page)| {
        let label = move || {
            let lang = page.lang.get();
            let step = page.history.with(|history| did(history).map(|did| did.say(lang)));
            step.map_or_else(|| nothing.say(lang).to_owned(), |step| phrase.fill(lang, &[("step", &step)]))
        };
        // A button that goes away takes the focus with it, so these stay.
        view! {
            <button
                type="button"
                class="quiet sign step"
                aria-label=label
                title=label
                aria-disabled=move || page.history.with(|history| did(history).is_none()).then_some("true")
                on:click=move |_| go(page)
            >
                {sign}
            </button>
        }
    };
    view! {
        {step(History::back, workspace::UNDO_STEP, workspace::NOTHING_TO_UNDO, "↶", Page::undo)}
        {step(History::on, workspace::REDO_STEP, workspace::NOTHING_TO_REDO, "↷", Page::redo)}
    }
}

/// How the tests are, where there are any; leads to them.
#[component]
fn TestsChip() -> impl IntoView {
    let page = page();
    let counts = Memo::new(move |_| {
        page.tests.run.with(|run| run.as_ref().map(|run| run.counts()).filter(|(count, _)| *count > 0))
    });
    let go = move |_| {
        page.tests.side.set(Side::Tests);
        if let Some(panel) = document().get_element_by_id("because-panel") {
            panel.scroll_into_view();
        }
    };
    move || {
        counts.get().map(|(count, failed)| {
            let (tone, words) = in_words(page, count, failed);
            let (short, label) = (if failed > 0 { failed } else { count }, words.clone());
            view! {
                <button type="button" class=format!("quiet chip {tone}") aria-label=label on:click=go>
                    <span class="sign" aria-hidden="true">{if failed > 0 { "×" } else { "✓" }}</span>
                    <span class="long">{words}</span>
                    <span class="short">{short}</span>
                </button>
            }
        })
    }
}

/// An envelope with a seal on it.
#[component]
fn Seal() -> impl IntoView {
    let hidden = move || "true";
    view! {
        <svg class="seal" viewBox="0 0 24 24" aria-hidden=hidden>
            <rect class=move || "line" x="2.5" y="5" width="19" height="14" rx="2" />
            <path class=move || "line" d="m3 6.5 9 7 9-7" />
            <circle class=move || "wax" cx="18.2" cy="17.2" r="5.3" />
            <path class=move || "tick" d="m15.9 17.3 1.6 1.7 3-3.3" />
        </svg>
    }
}
