//! A table's name and use: for a new one, or for one that is there.

use crate::dialog::Dialog;
use crate::page::page;
use crate::workbench::{BadName, Key};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use postproof_model::{Bytes, Role};
use postproof_words::{Phrase, page as words};

/// Which table it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    New,
    Table(Key),
}

/// The uses, with the name that a new table of each gets.
const ROLES: [(Role, &str, Phrase); 5] = [
    (Role::HeaderChecks, "header_checks", words::ROLE_HEADER_CHECKS),
    (Role::MimeHeaderChecks, "mime_header_checks", words::ROLE_MIME_HEADER_CHECKS),
    (Role::NestedHeaderChecks, "nested_header_checks", words::ROLE_NESTED_HEADER_CHECKS),
    (Role::BodyChecks, "body_checks", words::ROLE_BODY_CHECKS),
    (Role::ClientAccess, "client_access", words::ROLE_CLIENT_ACCESS),
];

#[component]
pub(crate) fn TableDialog(subject: RwSignal<Option<Subject>>) -> impl IntoView {
    let page = page();
    let title = Signal::derive(move || match subject.get() {
        Some(Subject::Table(key)) => {
            let name = page.bench.with_untracked(|bench| bench.table(key).map(|table| table.name.clone()));
            page.fill(words::TABLE_SETTINGS, &[("name", &name.unwrap_or_default())])
        }
        _ => page.say(words::ADD_TABLE).to_owned(),
    });
    view! {
        <Dialog
            id="table-dialog"
            open=Signal::derive(move || subject.get().is_some())
            close=Callback::new(move |()| subject.set(None))
            title
        >
            {move || subject.get().map(|about| view! { <TableForm about close=move || subject.set(None) /> })}
        </Dialog>
    }
}

#[component]
fn TableForm(about: Subject, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let page = page();
    let (name, role) = page.bench.with_untracked(|bench| match about {
        Subject::Table(key) => {
            bench.table(key).map_or((String::new(), Role::HeaderChecks), |table| (table.name.clone(), table.role))
        }
        Subject::New => {
            // The first use that no table has yet.
            let unused = ROLES.iter().find(|(role, ..)| bench.tables.iter().all(|table| table.role != *role));
            let (role, name, _) = unused.unwrap_or(&ROLES[0]);
            (bench.free_name(name), *role)
        }
    });
    let name = RwSignal::new(name);
    // Until a person has written a name, it follows the use.
    let written = RwSignal::new(about != Subject::New);
    let role = RwSignal::new(role);
    let wrong = RwSignal::new(None::<BadName>);

    let choose = move |event| {
        let chosen = event_target_value(&event);
        let Some((chosen, default, _)) = ROLES.iter().find(|(_, name, _)| *name == chosen) else { return };
        role.set(*chosen);
        if !written.get_untracked() {
            name.set(page.bench.with_untracked(|bench| bench.free_name(default)));
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, role) = (name.get_untracked(), role.get_untracked());
        let done = page.bench.try_update(|bench| match about {
            Subject::New => bench.add_table(&name, role, Bytes::default()),
            Subject::Table(key) => bench.change_table(key, &name, role),
        });
        match done {
            Some(Err(error)) => wrong.set(Some(error)),
            _ => close(),
        }
    };
    let options = ROLES.map(|(each, name, words)| {
        view! {
            <option value=name selected=move || role.get() == each>{move || page.say(words)}</option>
        }
    });
    let complaint = move || {
        wrong.get().map(|wrong| match wrong {
            BadName::Missing => page.say(words::NAME_MISSING),
            BadName::Taken => page.say(words::NAME_TAKEN),
        })
    };
    let remove = move |_| {
        if let Subject::Table(key) = about {
            close();
            page.remove_table(key);
        }
    };
    view! {
        <form on:submit=submit>
            <label>
                <span>{move || page.say(words::TABLE_ROLE)}</span>
                <select on:change=choose>{options.into_iter().collect_view()}</select>
            </label>
            <label>
                <span>{move || page.say(words::TABLE_NAME)}</span>
                <input
                    type="text"
                    maxlength="60"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=move || name.get()
                    aria-invalid=move || if wrong.get().is_some() { "true" } else { "false" }
                    on:input=move |event| {
                        written.set(true);
                        wrong.set(None);
                        name.set(event_target_value(&event));
                    }
                />
            </label>
            <p class="complaint" role="alert">{complaint}</p>
            <div class="dialog-foot">
                {(about != Subject::New).then(|| view! {
                    <button type="button" class="plain danger" on:click=remove>{move || page.say(words::REMOVE)}</button>
                })}
                <span class="grow"></span>
                <button type="submit" class="primary">
                    {move || page.say(if about == Subject::New { words::ADD } else { words::DONE })}
                </button>
            </div>
        </form>
    }
}
