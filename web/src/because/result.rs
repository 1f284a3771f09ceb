//! What results of a message: where it goes, and what is queued beside what came.

use super::{heading, more};
use crate::markup::{Element, Markup, el, rule, sentence};
use crate::page::Page;
use leptos::prelude::*;
use postproof_model::Disposition;
use postproof_protocol::answers::{By, Queued, ResultLine, Resulting, WayChange};
use postproof_words::{Lang, answers as words, verdicts};

pub(super) fn result(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    if !page.shows_message() {
        return super::nothing(words::ONLY_MESSAGES, lang);
    }
    let input = page.bench.with(|bench| bench.shown_input);
    let looked = page.answers.result;
    match looked.seen.get().filter(|seen| seen.about.input == input) {
        Some(seen) => match &seen.answer {
            Some(resulting) => told(resulting, lang),
            None => super::nothing(words::DECODED_EMPTY, lang),
        },
        None if looked.failed.get() => super::nothing(words::FAILED, lang),
        None => super::nothing(words::LOOKING, lang),
    }
}

fn told(resulting: &Resulting, lang: Lang) -> Vec<Markup> {
    if resulting.queued.is_none() && settled(resulting.disposition) {
        // Whatever a rule said of its way before: it goes nowhere.
        return not_queued(resulting, lang);
    }
    let mut said = Vec::new();
    if !resulting.way.is_empty() {
        said.push(heading(words::ENVELOPE, lang));
        said.push(el("ul").class("way").with_all(resulting.way.iter().map(|change| way(change, lang))).into());
    }
    said.push(heading(words::MESSAGE_DIFF, lang));
    match &resulting.queued {
        Some(queued) => said.extend(diff(queued, lang)),
        None => said.extend(not_queued(resulting, lang)),
    }
    said
}

fn way(change: &WayChange, lang: Lang) -> Element {
    let item = el("li")
        .with(el("p").with(verdicts::effect(&change.effect, lang)))
        .with(el("p").class("more").with(rule(&change.rule, lang)));
    if change.stands { item } else { item.class("overridden").with(more(words::OVERRIDDEN.say(lang))) }
}

const fn settled(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::Rejected | Disposition::Deferred | Disposition::Discarded)
}

fn not_queued(resulting: &Resulting, lang: Lang) -> Vec<Markup> {
    let settled = settled(resulting.disposition);
    let what = if settled { words::NOT_QUEUED } else { words::QUEUED_UNKNOWN };
    let mut said: Vec<Markup> = vec![el("p").with(el("strong").with(what.say(lang))).into()];
    if let Some(phrase) = words::not_queued(resulting.disposition) {
        said.push(el("p").with(phrase.say(lang)).into());
    }
    if let Some(reply) = resulting.reply.as_ref().filter(|_| settled) {
        let reply = el("code").with(reply.to_string()).into();
        said.push(el("p").with_all(sentence(words::NOT_QUEUED_TOLD, lang, &[("reply", vec![reply])])).into());
    }
    if let Some(decided) = &resulting.decided_by {
        let by = vec![rule(decided, lang).into()];
        said.push(el("p").with_all(sentence(words::NOT_QUEUED_BY, lang, &[("rule", by)])).into());
    }
    said
}

fn diff(queued: &Queued, lang: Lang) -> Vec<Markup> {
    let mut said = Vec::new();
    if !queued.changed {
        said.push(el("p").with(words::UNCHANGED.say(lang)).into());
    }
    // Who did it is said once for lines that follow each other.
    let mut before = false;
    let lines = queued.lines.iter().map(|each| {
        let own = matches!(each, ResultLine::Added(_, By::Postfix) | ResultLine::Removed(_, By::Postfix));
        let first = own && !before;
        before = own;
        line(each, first, lang)
    });
    said.push(el("ul").class("diff").with_all(lines).into());
    said.push(more(words::MESSAGE_DIFF_ABOUT.say(lang)));
    if queued.cut {
        said.push(more(words::RESULT_CUT.say(lang)));
    }
    said
}

fn line(line: &ResultLine, first: bool, lang: Lang) -> Element {
    let (class, sign, what, text, by) = match line {
        ResultLine::Gap(count) => {
            let words = words::GAP.fill(lang, &[("count", &count.to_string())]);
            return el("li").class("gap").with(format!("… {words}"));
        }
        ResultLine::Kept(text) => return el("li").class("kept").with(code(text, lang)),
        ResultLine::Added(text, by) => ("added", "+", words::ADDED, text, *by),
        ResultLine::Removed(text, by) => ("removed", "−", words::REMOVED, text, *by),
    };
    let own = by == By::Postfix;
    let who = if own { words::BY_POSTFIX } else { words::BY_RULE };
    let said = format!("{}, {}: ", what.say(lang), who.say(lang));
    let item = el("li")
        .class(if own { format!("{class} own") } else { class.to_owned() })
        .with(el("span").class("change-sign").silent().with(sign))
        .with(el("span").class("unseen").with(said))
        .with(code(text, lang));
    if first { item.with(el("em").silent().with(words::BY_POSTFIX.say(lang))) } else { item }
}

fn code(text: &[u8], lang: Lang) -> Element {
    el("code").with_all(super::key::shown(text, None, lang))
}
