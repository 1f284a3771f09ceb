//! Sharing: exactly what the link holds, what of it gives people away, and the link; or a file, or a folder for Postfix.

use crate::desk::Outcome;
use crate::dialog::Dialog;
use crate::input_pane::kind_word;
use crate::page::{Page, page};
use crate::{files, link, measure};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use postproof_model::Project;
use postproof_protocol::desk::{Answer, Question, Redacted};
use postproof_share::privacy::{self, Private};
use postproof_share::{FRAGMENT_LIMIT, to_fragment};
use postproof_words::{Phrase, page as words, sharing};
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
                let redacted = RwSignal::new(None::<Redacted>);
                let project = Signal::derive(move || {
                    redacted.with(|redacted| redacted.as_ref().map(|redacted| redacted.project.clone()))
                        .unwrap_or_else(|| page.project())
                });
                view! {
                    <p>{page.words(words::SHARE_PRIVATE)}</p>
                    {move || gives_away(page, &project.get(), redacted)}
                    <h3>{page.words(words::SHARE_HOLDS)}</h3>
                    {move || contents(page, project.get())}
                    {move || made(page, &project.get())}
                    {as_files(page, project, open)}
                }
            }}
        </Dialog>
    }
}

/// The most characters of a file that the preview shows.
const SHOWN: usize = 20_000;

/// Each file and input with its size; opened, its text.
fn contents(page: Page, project: Project) -> AnyView {
    let lang = page.lang.get_untracked();
    let size = move |bytes: usize| {
        if bytes == 0 { page.say(words::EMPTY).to_owned() } else { measure::size(bytes, lang) }
    };
    let files = project.files.into_iter().map(|file| (file.name, file.content));
    let inputs = project.inputs.into_iter().map(move |input| {
        let kind = kind_word(input.kind);
        (if input.name.is_empty() { page.say(kind).to_owned() } else { input.name }, input.content)
    });
    let tests = Some(project.tests).filter(|tests| !tests.is_empty());
    let tests = tests.map(|tests| (page.say(postproof_words::cases::TESTS).to_owned(), tests.into()));
    let items = files.chain(inputs).chain(tests).map(|(name, content)| {
        let mut text: String = content.lossy().chars().take(SHOWN).collect();
        if text.len() < content.lossy().len() {
            text.push('…');
        }
        let label = name.clone();
        view! {
            <li>
                <details>
                    <summary>
                        <span class="what">{name}</span>
                        <span class="size">{size(content.len())}</span>
                    </summary>
                    <pre class="wire" tabindex="0" role="group" aria-label=label>{text}</pre>
                </details>
            </li>
        }
    });
    view! { <ul class="contents">{items.collect_view()}</ul> }.into_any()
}

/// What gives people away, with a button that takes it out; or what was taken out.
fn gives_away(page: Page, project: &Project, redacted: RwSignal<Option<Redacted>>) -> AnyView {
    if let Some(done) = redacted.get() {
        return taken_out(page, &done, redacted);
    }
    let found = privacy::find(project);
    if found.is_empty() {
        return ().into_any();
    }
    let kinds =
        [(Private::Mail, sharing::MAILS), (Private::Host, sharing::HOSTS), (Private::Password, sharing::PASSWORDS)];
    let listed = kinds.into_iter().filter_map(|(kind, phrase)| {
        let of_kind: Vec<&str> =
            found.iter().filter(|found| found.kind == kind).map(|found| found.text.as_str()).collect();
        let first = of_kind.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let more = if of_kind.len() > 3 { ", …" } else { "" };
        let values = [("count", &*of_kind.len().to_string()), ("list", &*format!("{first}{more}"))];
        (!of_kind.is_empty()).then(|| page.fill(phrase, &values))
    });
    let listed = listed.map(|text| view! { <li>{text}</li> }).collect_view();
    let busy = RwSignal::new(false);
    let take_out = move |_| {
        busy.set(true);
        let ask = move || Question::Redact { project: page.project() };
        page.tests.desk().ask(ask, move |outcome| {
            // The dialog may be closed by then.
            let _ = busy.try_set(false);
            if let Outcome::Answered(Answer::Redacted(done)) = outcome {
                let _ = redacted.try_set(Some(*done));
            }
        });
    };
    view! {
        <div class="hint private warn">
            <p><strong>{page.say(sharing::GIVES_AWAY)}</strong></p>
            <ul>{listed}</ul>
            <button type="button" class="plain" disabled=move || busy.get() on:click=take_out>
                {page.say(sharing::TAKE_OUT)}
            </button>
        </div>
    }
    .into_any()
}

fn taken_out(page: Page, done: &Redacted, redacted: RwSignal<Option<Redacted>>) -> AnyView {
    let places: usize = done.replaced.iter().map(|(_, _, places)| places).sum();
    let told = page.fill(sharing::TAKEN_OUT, &[("count", &places.to_string())]);
    let replaced = done.replaced.iter().map(|(text, by, _)| view! { <li>{format!("{text} → {by}")}</li> });
    let class = if done.kept.is_empty() { "hint private pass" } else { "hint private warn" };
    let kept = (!done.kept.is_empty()).then(|| page.fill(sharing::STAYS, &[("list", &done.kept.join(", "))]));
    view! {
        <div class=class>
            <p><strong>{told}</strong></p>
            <details>
                <summary>{page.say(sharing::WHAT_BY_WHAT)}</summary>
                <ul>{replaced.collect_view()}</ul>
            </details>
            {kept.map(|kept| view! { <p>{kept}</p> })}
            <button type="button" class="plain" on:click=move |_| redacted.set(None)>
                {page.say(sharing::PUT_BACK)}
            </button>
        </div>
    }
    .into_any()
}

/// The link, or why there is none.
fn made(page: Page, project: &Project) -> AnyView {
    match to_fragment(project) {
        Ok(fragment) => {
            let address = link::address_with(&fragment);
            link::keep_in_address(&address);
            the_link(page, address, fragment.len(), project.title.clone())
        }
        Err(error) => {
            let limit = FRAGMENT_LIMIT.to_string();
            let words = match error.size() {
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

fn the_link(page: Page, address: String, length: usize, title: String) -> AnyView {
    let field = NodeRef::<Input>::new();
    let copying = RwSignal::new(Copying::NotYet);
    let (size, limit) = (length.to_string(), FRAGMENT_LIMIT.to_string());
    let size_words = page.fill(words::SHARE_SIZE, &[("size", &size), ("limit", &limit)]);
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
            let _ = copying.try_set(if done { Copying::Done } else { Copying::ByKey });
        });
    };
    let told = move || match copying.get() {
        Copying::NotYet => "",
        Copying::Done => page.say(words::COPIED),
        Copying::ByKey => page.say(words::COPY_BY_KEY),
    };
    let passed = address.clone();
    let pass_on = files::can_pass_on().then(|| {
        let pass_on = move |_| files::pass_on(&title, &passed);
        view! {
            <button type="button" class="plain" on:click=pass_on>{page.say(sharing::PASS_ON)}</button>
        }
    });
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
            {pass_on}
            <button type="button" class="primary" on:click=copy>{page.words(words::COPY)}</button>
        </div>
    }
    .into_any()
}

/// The same as a file or a folder; and a file opened.
fn as_files(page: Page, project: Signal<Project>, open: RwSignal<bool>) -> AnyView {
    let name = move |ending: &str| files::name(&project.with(|project| project.title.clone()), ending);
    let save_file = move |_| {
        if let Ok(file) = postproof_share::to_file(&project.get_untracked()) {
            files::save(&untrack(|| name("postproof.json")), &file, "application/json");
        }
    };
    let save_folder = move |_| {
        let (zip, folder) = untrack(|| (name("zip"), name("")));
        let project = project.get_untracked();
        let lang = page.lang.get_untracked().tag().to_owned();
        let ask = move || Question::Folder { project, lang };
        page.tests.desk().ask(ask, move |outcome| {
            if let Outcome::Answered(Answer::Folder(files)) = outcome {
                files::save_folder(&zip, folder.trim_end_matches('.'), &files);
            }
        });
    };
    let open_file = move |_| {
        open.set(false);
        page.open_file();
    };
    let button = |phrase: Phrase| page.words(phrase);
    view! {
        <h3>{page.words(sharing::AS_FILES)}</h3>
        <div class="file-buttons">
            <button type="button" class="plain" on:click=save_file>{button(sharing::SAVE_FILE)}</button>
            <button type="button" class="plain" on:click=save_folder>{button(sharing::SAVE_FOLDER)}</button>
            <button type="button" class="plain" on:click=open_file>{button(sharing::OPEN_FILE)}</button>
        </div>
        <p class="more">{page.words(sharing::FOLDER_WHAT)}</p>
    }
    .into_any()
}
