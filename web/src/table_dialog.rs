//! A table's name, kind and use: for a new one, or for one that is there.

use crate::dialog::{Dialog, begin_in};
use crate::page::page;
use crate::workbench::{About, BadName, Key, Workbench};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use postproof_model::{Bytes, Role, TableKind};
use postproof_words::{Lang, Phrase, lesson, page as words, workspace};

/// Which table it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    New,
    Table(Key),
}

/// The uses, with the name that a new table of each gets.
const ROLES: [(Role, &str, Phrase); 8] = [
    (Role::HeaderChecks, "header_checks", words::ROLE_HEADER_CHECKS),
    (Role::MimeHeaderChecks, "mime_header_checks", words::ROLE_MIME_HEADER_CHECKS),
    (Role::NestedHeaderChecks, "nested_header_checks", words::ROLE_NESTED_HEADER_CHECKS),
    (Role::BodyChecks, "body_checks", words::ROLE_BODY_CHECKS),
    (Role::ClientAccess, "client_access", words::ROLE_CLIENT_ACCESS),
    (Role::Access, "sender_access", words::ROLE_ACCESS),
    (Role::MainCf, "main.cf", words::ROLE_MAIN_CF),
    (Role::World, "world", words::ROLE_WORLD),
];

/// The kinds that a person writes as a file.
const KINDS: [TableKind; 4] = [TableKind::Regexp, TableKind::Pcre, TableKind::Cidr, TableKind::Texthash];

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

/// What a table is before a person changes it.
fn first(subject: Subject) -> About {
    page().bench.with_untracked(|bench| {
        let there = match subject {
            Subject::Table(key) => bench.table(key),
            Subject::New => None,
        };
        if let Some(table) = there {
            return About { name: table.name.clone(), role: table.role, kind: table.kind };
        }
        // The first use that no table has yet.
        let unused = ROLES.iter().find(|(role, ..)| bench.tables.iter().all(|table| table.role != *role));
        let (role, name, _) = unused.unwrap_or(&ROLES[0]);
        About { name: bench.free_name(name), role: *role, kind: TableKind::default() }
    })
}

/// What a new file holds: a main.cf that names the tables which are there, a world with its notation.
fn first_content(bench: &Workbench, role: Role, lang: Lang) -> Bytes {
    match role {
        Role::MainCf => main_cf(bench).into(),
        Role::World => lesson::WORLD.say(lang).into(),
        _ => Bytes::default(),
    }
}

/// A main.cf that uses the project's tables for what they are used for.
fn main_cf(bench: &Workbench) -> String {
    let maps = |role: Role| {
        let tables = bench.tables.iter().filter(|table| table.role == role);
        tables.map(|table| format!("{}:$config_directory/{}", table.kind.name(), table.name)).collect::<Vec<_>>()
    };
    let mut text = "compatibility_level = 3.6\nmyhostname = mx.example.jp\nmydestination = example.jp\nlocal_recipient_maps =\nmynetworks = 127.0.0.0/8\nsmtpd_client_restrictions =\n    permit_mynetworks\n".to_owned();
    for map in maps(Role::ClientAccess) {
        text += &format!("    check_client_access {map}\n");
    }
    text += "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
    for (role, name) in [
        (Role::HeaderChecks, "header_checks"),
        (Role::MimeHeaderChecks, "mime_header_checks"),
        (Role::NestedHeaderChecks, "nested_header_checks"),
        (Role::BodyChecks, "body_checks"),
    ] {
        let maps = maps(role);
        if !maps.is_empty() {
            text += &format!("{name} = {}\n", maps.join(", "));
        }
    }
    text
}

#[component]
fn TableForm(about: Subject, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let page = page();
    let subject = about;
    let about = RwSignal::new(first(subject));
    // Until a person has written a name, it follows the use.
    let named = RwSignal::new(subject != Subject::New);
    let wrong = RwSignal::new(None::<BadName>);
    let field = NodeRef::new();
    if subject != Subject::New {
        begin_in(field);
    }

    let choose_role = move |event| {
        let chosen = event_target_value(&event);
        let Some((role, name, _)) = ROLES.iter().find(|(_, name, _)| *name == chosen) else { return };
        about.update(|about| {
            about.role = *role;
            if !named.get_untracked() {
                about.name = page.bench.with_untracked(|bench| bench.free_name(name));
            }
        });
    };
    let choose_kind = move |event| {
        let chosen = event_target_value(&event);
        if let Some(kind) = TableKind::ALL.iter().find(|kind| kind.name() == chosen) {
            about.update(|about| about.kind = *kind);
        }
    };
    let rename = move |event| {
        named.set(true);
        wrong.set(None);
        about.update(|about| about.name = event_target_value(&event));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let about = about.get_untracked();
        let done = match subject {
            Subject::New => {
                let lang = page.lang.get_untracked();
                let content = page.bench.with_untracked(|bench| first_content(bench, about.role, lang));
                page.add_table(&about, content)
            }
            Subject::Table(key) => page.change_table(key, &about),
        };
        match done {
            Err(error) => wrong.set(Some(error)),
            Ok(()) => close(),
        }
    };
    let remove = move |_| {
        if let Subject::Table(key) = subject {
            close();
            page.remove_table(key);
        }
    };
    let duplicate = move |_| {
        if let Subject::Table(key) = subject {
            close();
            page.duplicate_table(key);
        }
    };
    let roles = ROLES.map(|(role, name, words)| view! {
        <option value=name selected=move || about.with(|about| about.role == role)>{move || page.say(words)}</option>
    });
    // A link may bring a table of another kind; it stays what it is.
    let others = about.with_untracked(|about| (!KINDS.contains(&about.kind)).then_some(about.kind));
    let kinds = KINDS.into_iter().chain(others).map(|kind| view! {
        <option value=kind.name() selected=move || about.with(|about| about.kind == kind)>{format!("{}:", kind.name())}</option>
    });
    let complaint = move || {
        wrong.get().map(|wrong| match wrong {
            BadName::Missing => page.say(words::NAME_MISSING),
            BadName::Taken => page.say(words::NAME_TAKEN),
        })
    };
    view! {
        <form on:submit=submit>
            <label>
                <span>{page.words(words::TABLE_ROLE)}</span>
                <select on:change=choose_role>{roles.into_iter().collect_view()}</select>
            </label>
            <label hidden=move || about.with(|about| !about.role.is_table())>
                <span>{page.words(words::TABLE_KIND)}</span>
                <select on:change=choose_kind>{kinds.collect_view()}</select>
            </label>
            <label>
                <span>{page.words(words::TABLE_NAME)}</span>
                <input
                    type="text"
                    node_ref=field
                    maxlength="60"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=move || about.with(|about| about.name.clone())
                    aria-invalid=move || if wrong.get().is_some() { "true" } else { "false" }
                    on:input=rename
                />
            </label>
            <p class="complaint" role="alert">{complaint}</p>
            <div class="dialog-foot">
                {(subject != Subject::New).then(|| view! {
                    <button type="button" class="plain danger" on:click=remove>{page.words(words::REMOVE)}</button>
                    <button type="button" class="plain" on:click=duplicate>{page.words(workspace::DUPLICATE)}</button>
                })}
                <button type="submit" class="primary">
                    {move || page.say(if subject == Subject::New { words::ADD } else { words::DONE })}
                </button>
            </div>
        </form>
    }
}
