//! Notices: what happened to a link or a table, and how the engine is. Each says what to do about it.

use crate::engine::Health;
use crate::examples::Before;
use crate::history::Did;
use crate::page::{FILE_LIMIT, Page, page};
use crate::sign_button::sign_button;
use crate::{keeping, measure};
use leptos::prelude::*;
use postproof_share::ErrorKind;
use postproof_words::{Phrase, examples, page as words, sharing, workspace};

/// How many times longer the engine may take when a person allows it more time.
const MORE_TIME: u32 = 10;

/// Something to tell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Notice {
    /// The address holds no project that can be opened.
    BadLink {
        kind: ErrorKind,
        /// Whether something was in work before.
        back: bool,
    },
    /// A step was made; the button takes it back, and says `back`.
    Did { did: Did, back: Phrase },
    /// A step was taken back.
    Undone(Did),
    /// Something was done, or could not be: a sentence says what.
    Told { what: String },
    /// A chosen file holds no project.
    NoProject { name: String },
    /// No example has this name.
    NoExample { name: String },
    /// The examples cannot be fetched.
    NoExamples,
    /// A new version of the site waits.
    Update,
    /// The work does not fit into what the browser keeps.
    NotKept,
    /// A dropped file is too big.
    TooBig { name: String, size: usize },
}

#[component]
pub(crate) fn Notices() -> impl IntoView {
    let page = page();
    view! {
        <div class="notices" role="alert">
            {move || page.notice.get().map(|notice| told(page, notice))}
            {move || unwell(page, page.health.get())}
        </div>
    }
}

/// One notice: what, what to do, and the buttons that do it.
fn strip(tone: &'static str, what: String, mend: Option<String>, buttons: Vec<AnyView>) -> AnyView {
    view! {
        <div class=format!("notice {tone}")>
            <p>
                <strong>{what}</strong>
                {mend.map(|mend| view! { <span>{mend}</span> })}
            </p>
            <div class="buttons">{buttons}</div>
        </div>
    }
    .into_any()
}

fn button(label: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class="plain" on:click=move |_| act()>{label}</button> }.into_any()
}

fn close(page: Page) -> AnyView {
    let label = page.say(words::DISMISS);
    sign_button(move || label.to_owned(), "×", move || page.notice.set(None))
}

fn back(page: Page, label: Phrase) -> AnyView {
    button(page.say(label).to_owned(), move || page.undo())
}

fn told(page: Page, notice: Notice) -> AnyView {
    let say = |phrase: Phrase| page.say(phrase).to_owned();
    match notice {
        Notice::BadLink { kind, back: is_back } => {
            let (what, mend) = link_words(kind);
            let back = is_back.then(|| back(page, words::GO_BACK));
            strip("reject", say(what), Some(say(mend)), back.into_iter().chain([close(page)]).collect())
        }
        Notice::Did { did, back: label } => {
            strip("info", did.say(page.lang.get()), None, vec![back(page, label), close(page)])
        }
        Notice::Told { what } => strip("info", what, None, vec![close(page)]),
        Notice::Undone(did) => {
            let what = page.fill(workspace::UNDONE, &[("step", &did.say(page.lang.get()))]);
            let again = button(say(workspace::REDO), move || page.redo());
            strip("info", what, None, vec![again, close(page)])
        }
        Notice::NoProject { name } => {
            strip("reject", page.fill(sharing::NO_PROJECT, &[("name", &name)]), None, vec![close(page)])
        }
        Notice::NoExample { name } => {
            let list = move || {
                page.notice.set(None);
                page.examples.list.set(true);
            };
            let what = page.fill(examples::UNKNOWN, &[("name", &name)]);
            let mend = say(examples::UNKNOWN_MEND);
            strip("warn", what, Some(mend), vec![button(say(examples::LIST), list), close(page)])
        }
        Notice::NoExamples => {
            let again = move || {
                page.notice.set(None);
                match crate::examples::named(&crate::link::hash()) {
                    Some(name) => page.open_example(name, Before::Project),
                    None => page.examples.list.set(true),
                }
            };
            let buttons = vec![button(say(words::TRY_AGAIN), again), close(page)];
            strip("warn", say(examples::MISSING), Some(say(words::MISSING_MEND)), buttons)
        }
        Notice::Update => {
            let buttons = vec![button(say(sharing::RELOAD), keeping::update), close(page)];
            strip("info", say(sharing::UPDATE), Some(say(sharing::UPDATE_MEND)), buttons)
        }
        Notice::NotKept => strip("warn", say(sharing::NOT_KEPT), Some(say(sharing::NOT_KEPT_MEND)), vec![close(page)]),
        Notice::TooBig { name, size } => {
            let lang = page.lang.get();
            let (size, limit) = (measure::size(size, lang), measure::size(FILE_LIMIT, lang));
            let what = page.fill(words::FILE_TOO_BIG, &[("name", &name), ("size", &size), ("limit", &limit)]);
            strip("warn", what, None, vec![close(page)])
        }
    }
}

fn unwell(page: Page, health: Health) -> Option<AnyView> {
    let say = |phrase: Phrase| page.say(phrase).to_owned();
    let with_detail =
        |mend: Phrase, detail: &str| format!("{} {}", page.say(mend), page.fill(words::DETAIL, &[("detail", detail)]));
    let again = || button(say(words::TRY_AGAIN), move || page.ask_again(page.deadline.get_untracked()));
    Some(match health {
        Health::Well => return None,
        Health::Overdue { milliseconds } => {
            let more = milliseconds.saturating_mul(MORE_TIME);
            let allow = page.fill(words::ALLOW_MORE, &[("seconds", &seconds(more))]);
            let buttons = vec![again(), button(allow, move || page.ask_again(more))];
            let what = page.fill(words::OVERDUE, &[("seconds", &seconds(milliseconds))]);
            strip("warn", what, Some(say(words::OVERDUE_MEND)), buttons)
        }
        Health::Stopped => strip("warn", say(sharing::STOPPED), Some(say(sharing::STOPPED_MEND)), vec![again()]),
        Health::Broken { detail } => {
            strip("reject", say(words::BROKEN), Some(with_detail(words::BROKEN_MEND, &detail)), vec![again()])
        }
        Health::Missing { detail } => {
            strip("reject", say(words::MISSING), Some(with_detail(words::MISSING_MEND, &detail)), vec![again()])
        }
    })
}

/// What is wrong with a link, and what helps.
const fn link_words(kind: ErrorKind) -> (Phrase, Phrase) {
    match kind {
        ErrorKind::NotALink => (words::LINK_NOT_ONE, words::LINK_MEND),
        ErrorKind::UnknownVersion => (words::LINK_VERSION, words::LINK_RELOAD),
        ErrorKind::Damaged => (words::LINK_DAMAGED, words::LINK_MEND),
        ErrorKind::Truncated => (words::LINK_TRUNCATED, words::LINK_MEND),
        ErrorKind::TooLarge => (words::LINK_TOO_LARGE, words::LINK_MEND),
        ErrorKind::NotAProject => (words::LINK_NOT_A_PROJECT, words::LINK_MEND),
        ErrorKind::Newer => (words::LINK_NEWER, words::LINK_RELOAD),
    }
}

/// Milliseconds as seconds, with a fraction only where there is one.
fn seconds(milliseconds: u32) -> String {
    let text = format!("{:.3}", f64::from(milliseconds) / 1000.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_a_fraction_only_where_they_need_one() {
        assert_eq!([1, 150, 2000, 2500, 20_000].map(seconds), ["0.001", "0.15", "2", "2.5", "20"]);
    }
}
