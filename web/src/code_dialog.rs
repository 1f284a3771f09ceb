//! The page of a code: what it is about, why, a bad and a good example side by side, where Postfix's documents say so.

use crate::dialog::Dialog;
use crate::lint::Explained;
use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_protocol::desk::CodePage;
use postproof_words::{Phrase, page as words, pages};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

#[component]
pub(crate) fn CodeDialog() -> impl IntoView {
    let page = page();
    let open = Memo::new(move |_| page.lint.code.get().is_some());
    Effect::new(move |_| page.fetch_explained());
    let title = Signal::derive(move || {
        page.lint.code.get().map(|code| format!("{} {}", code.code(), code.name())).unwrap_or_default()
    });
    view! {
        <Dialog id="code-dialog" open close=Callback::new(move |()| close(page)) title>
            {move || match page.lint.explained.get() {
                Explained::Loading => view! { <p role="status">{page.say(words::STARTING)}</p> }.into_any(),
                Explained::Missing => view! { <p role="status">{page.say(words::CODE_MISSING)}</p> }.into_any(),
                Explained::Page(explained) => explanation(page, &explained),
            }}
        </Dialog>
    }
}

/// Closes it. What opened it may have been drawn anew meanwhile: then the focus, which would be lost, goes to the new one.
fn close(page: Page) {
    let Some(code) = page.lint.code.try_update(Option::take).flatten() else { return };
    request_animation_frame(move || {
        // A browser may leave it for a while on what is hidden now.
        let nowhere = |focused: Element| focused.closest("body > *:not(dialog)").ok().flatten().is_none();
        let lost = document().active_element().is_none_or(nowhere);
        let button = document().query_selector(&format!(".problems button[data-code={}]", code.code())).ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()).filter(|_| lost) {
            // A button that is there takes the focus.
            let _ = button.focus();
        }
    });
}

fn explanation(page: Page, explained: &CodePage) -> AnyView {
    let see = explained.see.join(", ");
    let code = page.lint.code.get_untracked().map(postproof_model::Code::code).unwrap_or_default();
    view! {
        <p class="about">{explained.title.clone()}</p>
        <p>{explained.why.clone()}</p>
        <div class="examples">
            {example(page, pages::BAD, ("bad", "reject", "✕"), &explained.bad)}
            {example(page, pages::GOOD, ("good", "pass", "✓"), &explained.good)}
        </div>
        {(!see.is_empty()).then(|| view! {
            <h3>{page.say(pages::SEE)}</h3>
            <p>{see}</p>
        })}
        <h3>{page.say(pages::LEAVE_OUT)}</h3>
        <pre class="wire" tabindex="0">{format!("# postproof: ignore {code}")}</pre>
    }
    .into_any()
}

fn example(
    page: Page,
    heading: Phrase,
    (class, tone, sign): (&str, &str, &'static str),
    files: &[(String, String)],
) -> AnyView {
    let files = files.iter().map(|(name, content)| {
        view! {
            <p class="file">{name.clone()}</p>
            <pre class="wire" tabindex="0">{content.trim_end_matches('\n').to_owned()}</pre>
        }
    });
    view! {
        <section class=format!("example {class}")>
            <h3>
                <span class=format!("sign {tone}") aria-hidden="true">{sign}</span>
                {page.say(heading)}
            </h3>
            {files.collect_view()}
        </section>
    }
    .into_any()
}
