//! The list of examples, in groups, with a field that finds some of them.

use crate::dialog::Dialog;
use crate::examples::{self, Example, followed};
use crate::page::{Page, page};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use postproof_words::examples as words;

#[component]
pub(crate) fn ExamplesDialog() -> impl IntoView {
    let page = page();
    let open = page.examples.list;
    Effect::new(move |_| {
        if open.get() {
            page.fetch_examples();
        }
    });
    view! {
        <Dialog
            id="examples-dialog"
            open
            close=Callback::new(move |()| open.set(false))
            title=page.words(words::EXAMPLES)
        >
            <p>{page.words(words::WHAT)}</p>
            {move || match page.examples.groups.get() {
                None => view! { <p role="status">{page.say(words::LOADING)}</p> }.into_any(),
                Some(_) => view! { <List /> }.into_any(),
            }}
        </Dialog>
    }
}

/// The field, and what it leaves of the list.
#[component]
fn List() -> impl IntoView {
    let page = page();
    let wanted = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        // A field that is there takes the focus.
        let _ = field.focus();
    });
    view! {
        <label class="find">
            <span>{page.words(words::FIND)}</span>
            <input
                node_ref=field
                type="search"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || wanted.get()
                on:input=move |event| wanted.set(event_target_value(&event))
            />
        </label>
        {move || found(page, &wanted.get().to_lowercase())}
    }
}

fn found(page: Page, wanted: &str) -> AnyView {
    let lang = page.lang.get();
    let groups = page.examples.groups.get().unwrap_or_default();
    let here = page.examples.lesson.with(|lesson| lesson.as_ref().map(|lesson| lesson.example.name.clone()));
    let mut count = 0;
    let groups: Vec<AnyView> = groups
        .iter()
        .filter_map(|group| {
            let examples: Vec<&Example> = group.examples.iter().filter(|example| example.has(wanted, lang)).collect();
            count += examples.len();
            let links = examples.iter().map(|example| link(page, example, here.as_ref())).collect_view();
            (!examples.is_empty()).then(|| {
                view! {
                    <h3>{group.title.say(lang).to_owned()}</h3>
                    <ul class="example-list">{links}</ul>
                }
                .into_any()
            })
        })
        .collect();
    let status = match (wanted.is_empty(), count) {
        (true, _) => String::new(),
        (false, 0) => page.say(words::NONE_FOUND).to_owned(),
        (false, _) => page.fill(words::FOUND, &[("count", &count.to_string())]),
    };
    view! {
        <p class="found" role="status">{status}</p>
        {groups}
    }
    .into_any()
}

/// A link, so that it can be copied and opened beside this page.
fn link(page: Page, example: &Example, here: Option<&String>) -> AnyView {
    let lang = page.lang.get_untracked();
    let name = example.name.clone();
    let follow = move |_: MouseEvent| {
        page.examples.list.set(false);
        followed(page, &name);
    };
    let current = (here == Some(&example.name)).then_some("true");
    view! {
        <li>
            <a href=examples::link(&example.name) aria-current=current on:click=follow>
                <span class="name">{example.title.say(lang).to_owned()}</span>
                <span class="about">{example.see.say(lang).to_owned()}</span>
            </a>
        </li>
    }
    .into_any()
}
