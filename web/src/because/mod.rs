//! The reasons: every rule that fired, on what, and what Postfix does because of it.

mod case;
mod ci;
mod explain;
mod hosts;
mod key;
mod log;
mod message;
mod result;
mod session;
mod tests;

use crate::lesson_card::LessonCard;
use crate::markup::{Drawn, Element, Markup, el, rule};
use crate::page::{Page, page};
use crate::tabs::{Tab, Tabs};
use crate::tests::Side;
use crate::tone;
use crate::workbench::Key;
use explain::ExplainPanel;
use tests::TestsPanel;

use leptos::prelude::*;
use postproof_model::RuleRef;
use postproof_protocol::{Tone, Verdict};
use postproof_words::{Lang, Phrase, answers, cases, page as words};
pub(crate) use tests::in_words;

#[component]
pub(crate) fn BecausePane() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| reasons(page));
    let tabs = Memo::new(move |_| {
        let count = page.tests.run.with(|run| run.as_ref().map(|run| run.counts()));
        let count = count.filter(|(count, _)| *count > 0);
        let count = count.map(|(count, failed)| if failed > 0 { (failed, "reject") } else { (count, "pass") });
        SIDES
            .map(|side| Tab {
                key: key_of(side),
                label: page.say(name_of(side)).to_owned(),
                count: count.filter(|_| side == Side::Tests),
            })
            .to_vec()
    });
    // The panel is made anew only when it is another.
    let side = Memo::new(move |_| page.tests.side.get());
    let name = move || page.say(name_of(page.tests.side.get()));
    let resulting = Memo::new(move |_| result::result(page));
    view! {
        <section class="pane because" aria-label=page.words(words::WHY)>
            <h2 class="unseen">{name}</h2>
            <div class="pane-top">
                <Tabs
                    name="because"
                    label=page.words(words::WHY)
                    tabs
                    shown=Signal::derive(move || Some(key_of(page.tests.side.get())))
                    show=Callback::new(move |key| page.tests.side.set(side_of(key)))
                />
            </div>
            // What scrolls must be reachable by keyboard.
            <div class="panel why" id="because-panel" tabindex="0" role="tabpanel" aria-label=name>
                {move || match side.get() {
                    Side::Why => view! {
                        <LessonCard />
                        <Drawn class="reasons" content />
                    }.into_any(),
                    Side::Result => view! { <Drawn class="reasons" content=resulting /> }.into_any(),
                    Side::Explain => view! { <ExplainPanel /> }.into_any(),
                    Side::Tests => view! { <TestsPanel /> }.into_any(),
                }}
            </div>
            <p class="foot">{page.words(words::PRIVATE)}</p>
        </section>
    }
}

/// The tabs, in their order.
const SIDES: [Side; 4] = [Side::Why, Side::Result, Side::Explain, Side::Tests];

const fn name_of(side: Side) -> Phrase {
    match side {
        Side::Why => words::WHY,
        Side::Result => answers::RESULT,
        Side::Explain => answers::EXPLAIN,
        Side::Tests => cases::TESTS,
    }
}

const fn key_of(side: Side) -> Key {
    match side {
        Side::Why => 0,
        Side::Tests => 1,
        Side::Result => 2,
        Side::Explain => 3,
    }
}

fn side_of(key: Key) -> Side {
    SIDES.into_iter().find(|side| key_of(*side) == key).unwrap_or(Side::Why)
}

/// A sentence where there is nothing else to show.
fn nothing(phrase: Phrase, lang: Lang) -> Vec<Markup> {
    vec![el("p").class("nothing").with(phrase.say(lang)).into()]
}

fn reasons(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    page.finding.with(|finding| match finding.as_ref().map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => vec![el("p").class("nothing").with(words::NO_VERDICT_YET.say(lang)).into()],
        Some(Verdict::Message(verdict)) => {
            let input = page.bench.with(|bench| bench.shown_input);
            let seen = page.answers.reading.seen.get().filter(|seen| seen.about.input == input);
            message::reasons(verdict, seen.as_ref().map(|seen| &seen.answer), lang)
        }
        Some(Verdict::Hosts(verdict)) => hosts::reasons(verdict, lang),
        Some(Verdict::Session(verdict)) => session::reasons(verdict, lang),
        Some(Verdict::Log(verdict)) => log::reasons(verdict, lang),
    })
}

/// What a card of the reasons is headed by.
struct Heading {
    tone: Tone,
    action: String,
    rule: Option<Element>,
    place: Element,
}

/// A card: its heading, and what is said under it.
fn card(heading: Heading, said: Vec<Markup>) -> Element {
    let Heading { tone, action, rule, place } = heading;
    let name = tone::name(tone);
    let top = el("div")
        .class("event-top")
        .with(el("span").class(format!("sign {name}")).silent().with(tone::sign(tone)))
        .with(el("span").class("action").with(action))
        .with_all(rule)
        .with(el("span").class("at").with(place));
    el("article").class(format!("event {name}")).with(top).with_all(said)
}

fn heading(phrase: Phrase, lang: Lang) -> Markup {
    el("h3").with(phrase.say(lang)).into()
}

/// Text that explains, less loud than what it explains.
fn more(text: impl Into<Markup>) -> Markup {
    el("p").class("more").with(text).into()
}

/// A sentence with a list of rules in it; nothing without rules.
fn with_rules(phrase: Phrase, rules: &[RuleRef], lang: Lang) -> Option<Markup> {
    if rules.is_empty() {
        return None;
    }
    let mut list: Vec<Markup> = Vec::new();
    for each in rules {
        if !list.is_empty() {
            list.push(", ".into());
        }
        list.push(rule(each, lang).into());
    }
    Some(el("p").class("more").with_all(crate::markup::sentence(phrase, lang, &[("rules", list)])).into())
}
