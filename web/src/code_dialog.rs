//! The page of a code: what it is about, why, a bad and a good example side by side, where Postfix's documents say so.

use crate::dialog::Dialog;
use crate::lint::Explained;
use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_protocol::desk::CodePage;
use postproof_words::{Phrase, page as words, pages};

#[component]
pub(crate) fn CodeDialog() -> impl IntoView {
    let page = page();
    let open = Memo::new(move |_| page.lint.code.get().is_some());
    Effect::new(move |_| page.fetch_explained());
    let title = Signal::derive(move || {
        page.lint.code.get().map(|code| format!("{} {}", code.code(), code.name())).unwrap_or_default()
    });
    view! {
        <Dialog id="code-dialog" open close=Callback::new(move |()| page.lint.code.set(None)) title>
            {move || match page.lint.explained.get() {
                Explained::Loading => view! { <p role="status">{page.say(words::STARTING)}</p> }.into_any(),
                Explained::Missing => view! { <p role="status">{page.say(words::CODE_MISSING)}</p> }.into_any(),
                Explained::Page(explained) => explanation(page, &explained),
            }}
        </Dialog>
    }
}

fn explanation(page: Page, explained: &CodePage) -> AnyView {
    let see = explained.see.join(", ");
    let code = page.lint.code.get_untracked().map(|code| code.code()).unwrap_or_default();
    view! {
        <p class="about">{explained.title.clone()}</p>
        <p>{explained.why.clone()}</p>
        <div class="examples">
            {example(page, pages::BAD, "bad", "✕", &explained.bad)}
            {example(page, pages::GOOD, "good", "✓", &explained.good)}
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

fn example(page: Page, heading: Phrase, class: &str, sign: &'static str, files: &[(String, String)]) -> AnyView {
    let files = files.iter().map(|(name, content)| {
        view! {
            <p class="file">{name.clone()}</p>
            <pre class="wire" tabindex="0">{content.trim_end_matches('\n').to_owned()}</pre>
        }
    });
    view! {
        <section class=format!("example {class}")>
            <h3>
                <span class="sign" aria-hidden="true">{sign}</span>
                {page.say(heading)}
            </h3>
            {files.collect_view()}
        </section>
    }
    .into_any()
}
