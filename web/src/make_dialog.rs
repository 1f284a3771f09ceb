//! A rule that matches what people read and nothing raw: rules that do match, made for its phrase, and added with a click.

use crate::dialog::Dialog;
use crate::markup::Place;
use crate::notices::Notice;
use crate::page::{Page, page};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use postproof_protocol::answers::{MadeRule, MadeRules, OnlyRead};
use postproof_words::{answers as words, verdicts};

#[component]
pub(crate) fn MakeDialog() -> impl IntoView {
    let page = page();
    let making = page.answers.making;
    let open = Memo::new(move |_| making.get().is_some());
    view! {
        <Dialog
            id="make-dialog"
            open
            close=Callback::new(move |()| making.set(None))
            title=Signal::derive(move || page.say(words::MAKE_TITLE).to_owned())
        >
            {move || making.get().map(|only| form(page, &only))}
        </Dialog>
    }
}

fn form(page: Page, only: &OnlyRead) -> AnyView {
    let field = NodeRef::<Input>::new();
    let again = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            page.make_rules(field.value());
        }
    };
    let changed = move |_| {
        if let Some(field) = field.get_untracked() {
            page.make_rules(field.value());
        }
    };
    let rule = verdicts::rule_at(&only.found.rule, page.lang.get_untracked());
    view! {
        <p>{page.words(words::MAKE_ABOUT)}</p>
        <form on:submit=again>
            <label>
                <span>{page.words(words::MAKE_PHRASE)}</span>
                <input
                    node_ref=field
                    type="text"
                    maxlength="100"
                    spellcheck="false"
                    autocomplete="off"
                    value=only.phrase.clone()
                    on:change=changed
                />
            </label>
        </form>
        <div class="made" role="status">
            {move || match page.answers.made.get() {
                None => view! { <p>{page.say(words::LOOKING)}</p> }.into_any(),
                Some((revision, made)) => rules(page, revision, &made, &rule),
            }}
        </div>
    }
    .into_any()
}

fn rules(page: Page, revision: u64, made: &MadeRules, below: &str) -> AnyView {
    if let Some(problem) = &made.problem {
        return view! { <p class="complaint">{problem.clone()}</p> }.into_any();
    }
    if made.rules.is_empty() {
        return view! {
            <p class="complaint">{page.say(words::MAKE_NONE)}</p>
            {limits(page, made)}
        }
        .into_any();
    }
    let (firing, others): (Vec<&MadeRule>, Vec<&MadeRule>) = made.rules.iter().partition(|rule| rule.fires);
    let list = |rules: &[&MadeRule]| rules.iter().map(|made| rule(page, revision, made, below)).collect_view();
    view! {
        {if firing.is_empty() {
            view! { <p>{page.say(words::MAKE_NONE_FIRES)}</p> }.into_any()
        } else {
            view! { <ul>{list(&firing)}</ul> }.into_any()
        }}
        {(!others.is_empty()).then(|| view! {
            <details open=firing.is_empty()>
                <summary>{page.say(words::MAKE_OTHERS)}</summary>
                <ul>{list(&others)}</ul>
            </details>
        })}
        {limits(page, made)}
    }
    .into_any()
}

fn rule(page: Page, revision: u64, made: &MadeRule, below: &str) -> AnyView {
    let proofs = page.fill(words::MAKE_PROOFS, &[("count", &made.proofs.to_string())]);
    let label = format!("{}: {}", page.fill(words::MAKE_ADD, &[("rule", below)]), made.about);
    let edit = made.edit.clone();
    let add = move |_| {
        let table = page.answers.making.get_untracked().and_then(|only| {
            page.bench.with_untracked(|bench| {
                let table = bench.table_meant(&only.found.rule.table).filter(|_| bench.revision == revision)?;
                Some((table.text.key, table.text.version, table.name.clone()))
            })
        });
        page.answers.making.set(None);
        match table {
            Some((key, version, name)) => {
                page.go(Place::Mend { key, version, edits: vec![edit.clone()] });
                page.notice.set(Some(Notice::Told { what: page.fill(words::MAKE_ADDED, &[("table", &name)]) }));
            }
            None => page.notice.set(Some(Notice::Told { what: page.say(words::MAKE_CHANGED).to_owned() })),
        }
    };
    view! {
        <li class:fires=made.fires>
            <div class="made-top">
                {made.fires.then(|| view! {
                    <strong class="pass">
                        <span class="sign" aria-hidden="true">{"✓"}</span>
                        {page.say(words::MAKE_FIRES)}
                    </strong>
                })}
                <span class="more">{format!("{} · {proofs}", made.about)}</span>
                <button type="button" class=if made.fires { "primary" } else { "plain" } aria-label=label on:click=add>
                    {page.say(words::MAKE_ADD_SHORT)}
                </button>
            </div>
            <code>{made.text.lossy().into_owned()}</code>
        </li>
    }
    .into_any()
}

fn limits(page: Page, made: &MadeRules) -> AnyView {
    let limits = made.limits.iter().map(|limit| view! { <li>{limit.clone()}</li> }).collect_view();
    (!made.limits.is_empty())
        .then(|| {
            view! {
                <details class="limits">
                    <summary>{page.say(words::MAKE_LIMITS)}</summary>
                    <ul>{limits}</ul>
                </details>
            }
        })
        .into_any()
}
