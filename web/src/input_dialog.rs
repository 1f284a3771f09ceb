//! An input's name and kind: for a new one, or for one that is there.

use crate::dialog::{Dialog, begin_in};
use crate::input_pane::{kind_word, name};
use crate::page::page;
use crate::workbench::Key;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use postproof_model::InputKind;
use postproof_words::{page as words, workspace};

/// Which input it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    New,
    Input(Key),
}

/// The kinds, with a word that names each in the form.
const KINDS: [(InputKind, &str); 4] = [
    (InputKind::Message, "message"),
    (InputKind::Hosts, "hosts"),
    (InputKind::Session, "session"),
    (InputKind::Log, "log"),
];

#[component]
pub(crate) fn InputDialog(about: RwSignal<Option<About>>) -> impl IntoView {
    let page = page();
    let title = Signal::derive(move || match about.get() {
        Some(About::Input(key)) => {
            let lang = page.lang.get();
            let name = page.bench.with_untracked(|bench| bench.input(key).map(|input| name(bench, input, lang)));
            page.fill(workspace::INPUT_SETTINGS, &[("name", &name.unwrap_or_default())])
        }
        _ => page.say(workspace::ADD_INPUT).to_owned(),
    });
    view! {
        <Dialog
            id="input-dialog"
            open=Signal::derive(move || about.get().is_some())
            close=Callback::new(move |()| about.set(None))
            title
        >
            {move || about.get().map(|subject| view! { <InputForm subject close=move || about.set(None) /> })}
        </Dialog>
    }
}

#[component]
fn InputForm(subject: About, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let page = page();
    let there = page.bench.with_untracked(|bench| match subject {
        About::Input(key) => bench.input(key).map(|input| (input.name.clone(), input.kind)),
        About::New => bench.input(bench.shown_input).map(|input| (String::new(), input.kind)),
    });
    let (first, kind) = there.unwrap_or((String::new(), InputKind::Message));
    let (called, kind) = (RwSignal::new(first), RwSignal::new(kind));
    let field = NodeRef::new();
    if subject != About::New {
        begin_in(field);
    }
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some((chosen, _)) = KINDS.iter().find(|(_, name)| *name == chosen) {
            kind.set(*chosen);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let called = called.get_untracked();
        match subject {
            About::New => page.add_input(&called, kind.get_untracked()),
            About::Input(key) => page.change_input(key, &called, kind.get_untracked()),
        }
        close();
    };
    let kinds = KINDS.map(|(each, tag)| {
        view! {
            <option value=tag selected=move || kind.get() == each>{page.words(kind_word(each))}</option>
        }
    });
    let of_one = match subject {
        About::New => None,
        About::Input(key) => Some(view! {
            <button
                type="button"
                class="plain danger"
                on:click=move |_| {
                    close();
                    page.remove_input(key);
                }
            >
                {page.words(workspace::REMOVE_INPUT)}
            </button>
            <button
                type="button"
                class="plain"
                on:click=move |_| {
                    close();
                    page.duplicate_input(key);
                }
            >
                {page.words(workspace::DUPLICATE)}
            </button>
        }),
    };
    view! {
        <form on:submit=submit>
            <label>
                <span>{page.words(words::TABLE_KIND)}</span>
                <select on:change=choose>{kinds.into_iter().collect_view()}</select>
            </label>
            <label>
                <span>{page.words(words::TABLE_NAME)}</span>
                <input
                    type="text"
                    node_ref=field
                    maxlength="60"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder=move || page.say(kind_word(kind.get()))
                    prop:value=called
                    on:input=move |event| called.set(event_target_value(&event))
                />
            </label>
            <div class="dialog-foot">
                {of_one}
                <button type="submit" class="primary">
                    {move || page.say(if subject == About::New { words::ADD } else { words::DONE })}
                </button>
            </div>
        </form>
    }
}
