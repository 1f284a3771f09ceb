//! Sharing: what the link holds, how long it is, and the link to copy.

use crate::dialog::Dialog;
use crate::input_pane::kind_word;
use crate::page::{Page, page};
use crate::workbench::Workbench;
use crate::{link, measure};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use postproof_model::Project;
use postproof_share::{FRAGMENT_LIMIT, to_fragment};
use postproof_words::page as words;
use wasm_bindgen_futures::JsFuture;

#[component]
pub(crate) fn ShareDialog(open: RwSignal<bool>) -> impl IntoView {
    let page = page();
    view! {
        <Dialog
            id="share-dialog"
            open
            close=Callback::new(move |()| open.set(false))
            title=page.words(words::SHARE_TITLE)
        >
            {move || {
                let project = page.bench.with_untracked(Workbench::project);
                view! {
                    <p>{page.words(words::SHARE_PRIVATE)}</p>
                    <h3>{page.words(words::SHARE_HOLDS)}</h3>
                    <Contents project=project.clone() />
                    {made(page, &project)}
                }
            }}
        </Dialog>
    }
}

/// Each file and input with its size.
#[component]
fn Contents(project: Project) -> impl IntoView {
    let page = page();
    let lang = page.lang.get_untracked();
    let size = move |bytes: usize| {
        if bytes == 0 { page.say(words::EMPTY).to_owned() } else { measure::size(bytes, lang) }
    };
    let files = project.files.into_iter().map(move |file| (file.name, size(file.content.len())));
    let inputs = project.inputs.into_iter().map(move |input| {
        let kind = kind_word(input.kind);
        let name = if input.name.is_empty() { page.say(kind).to_owned() } else { input.name };
        (name, size(input.content.len()))
    });
    let items = files.chain(inputs).map(|(name, size)| {
        view! {
            <li>
                <span class="what">{name}</span>
                <span class="size">{size}</span>
            </li>
        }
    });
    view! { <ul class="contents">{items.collect_view()}</ul> }
}

/// The link, or why there is none.
fn made(page: Page, project: &Project) -> AnyView {
    match to_fragment(project) {
        Ok(fragment) => {
            let address = link::address_with(&fragment);
            link::keep_in_address(&address);
            view! { <Link address length=fragment.len() /> }.into_any()
        }
        Err(error) => {
            let limit = FRAGMENT_LIMIT.to_string();
            let words = move || match error.size() {
                Some(size) => page.fill(words::SHARE_TOO_LONG, &[("size", &size.to_string()), ("limit", &limit)]),
                None => page.say(words::SHARE_TOO_LARGE).to_owned(),
            };
            view! { <p class="complaint" role="alert">{words}</p> }.into_any()
        }
    }
}

/// Whether the link was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copying {
    NotYet,
    Done,
    /// The browser lets no page copy: the person does it by key.
    ByKey,
}

#[component]
fn Link(address: String, length: usize) -> impl IntoView {
    let page = page();
    let field = NodeRef::<Input>::new();
    let copying = RwSignal::new(Copying::NotYet);
    let (size, limit) = (length.to_string(), FRAGMENT_LIMIT.to_string());
    let size_words = {
        let (size, limit) = (size.clone(), limit.clone());
        move || page.fill(words::SHARE_SIZE, &[("size", &size), ("limit", &limit)])
    };
    let link = address.clone();
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        let link = link.clone();
        spawn_local(async move {
            let clipboard = window().navigator().clipboard();
            // Without a secure context there is no clipboard at all.
            let done = if clipboard.is_undefined() {
                false
            } else {
                JsFuture::from(clipboard.write_text(&link)).await.is_ok()
            };
            copying.set(if done { Copying::Done } else { Copying::ByKey });
        });
    };
    let told = move || match copying.get() {
        Copying::NotYet => "",
        Copying::Done => page.say(words::COPIED),
        Copying::ByKey => page.say(words::COPY_BY_KEY),
    };
    view! {
        <label class="link">
            <span>{page.words(words::SHARE_LINK)}</span>
            <input type="text" readonly node_ref=field prop:value=address />
        </label>
        <label class="size">
            <span>{size_words}</span>
            <meter min="0" max=limit value=size></meter>
        </label>
        <div class="dialog-foot">
            <span class="done" role="status">{told}</span>
            <button type="button" class="primary" on:click=copy>{page.words(words::COPY)}</button>
        </div>
    }
}
