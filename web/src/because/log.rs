//! What a mail log says of clients, beside what today's tables say of them: first what would be lost, then who was refused
//! and came back, then what refused them.

use super::hosts::{client, decider};
use super::key::key;
use super::{Heading, card, heading, more};
use crate::markup::{Element, Markup, Place, el, go, sentence};
use crate::tone;
use postproof_model::maillog::{LINES_LISTED, Refusals, Retries};
use postproof_model::{Answer, HostVerdict, Span};
use postproof_protocol::LogVerdict;
use postproof_words::{Lang, Phrase, maillog as words, page, verdicts};

/// How many lines of a group are led to.
const LINES_SHOWN: usize = 6;

pub(super) fn reasons(verdict: &LogVerdict, lang: Lang) -> Vec<Markup> {
    let mut said = Vec::new();
    let left_out = |phrase: Phrase, count: usize| more(phrase.fill(lang, &[("count", &count.to_string())]));
    if verdict.read == 0 {
        return vec![el("p").class("nothing").with(words::NOTHING_READ_HINT.say(lang)).into()];
    }
    if verdict.built_in {
        said.push(el("p").class("hint").with(page::BUILT_IN.say(lang)).into());
    }
    if !verdict.lost.is_empty() {
        said.push(heading(words::LOST_HEADING, lang));
        said.extend(verdict.lost.iter().map(|(host, taken)| lost(host, *taken, verdict.built_in, lang).into()));
        let hidden = verdict.lost_total.saturating_sub(verdict.lost.len());
        said.extend((hidden > 0).then(|| left_out(words::LOST_LEFT_OUT, hidden)));
    }
    if !verdict.retries.is_empty() {
        said.push(heading(words::RETRIES_HEADING, lang));
        said.extend(verdict.retries.iter().map(|(each, host)| retries(each, host, verdict.built_in, lang).into()));
        said.extend((verdict.left_out > 0).then(|| left_out(words::RETRIES_LEFT_OUT, verdict.left_out)));
    }
    if !verdict.refusals.is_empty() {
        said.push(heading(words::REFUSALS_HEADING, lang));
        said.push(refusals(&verdict.refusals, lang));
    }
    said
}

/// A client that was let in, as a list of clients would show it, with how often.
fn lost(host: &HostVerdict, taken: usize, built_in: bool, lang: Lang) -> Element {
    let times = match taken {
        1 => words::TAKEN_ONCE.say(lang).to_owned(),
        _ => words::TAKEN.fill(lang, &[("count", &taken.to_string())]),
    };
    client(host, built_in, lang).with(more(times))
}

fn retries(retries: &Retries, host: &HostVerdict, built_in: bool, lang: Lang) -> Element {
    let heading = Heading {
        tone: tone::of_host(&host.outcome),
        action: words::look(retries.look).say(lang).to_owned(),
        rule: None,
        place: lines(retries, lang),
    };
    let mail = match &retries.envelope {
        Some((sender, recipient)) => {
            words::MAIL.fill(lang, &[("sender", &sender.lossy()), ("recipient", &recipient.lossy())])
        }
        None => words::NO_MAIL.say(lang).to_owned(),
    };
    let mut said = vec![
        key(&host.input, matched(host), lang),
        more(mail),
        el("p").with(el("code").class("reply").with(retries.reply.lossy().into_owned())).into(),
    ];
    let mut tries = vec![words::TRIES.fill(lang, &[("count", &retries.tries.to_string())])];
    if !retries.pauses.is_empty() {
        let pauses: Vec<String> = retries.pauses.iter().map(|pause| words::duration(*pause, lang)).collect();
        let more = if retries.pauses.len() == LINES_LISTED { ", …" } else { "" };
        tries.push(words::AFTER.fill(lang, &[("pauses", &format!("{}{more}", pauses.join(", ")))]));
    }
    let mut tries = el("p").with(tries.join(" · "));
    if let Some(line) = retries.let_in {
        let label = words::LATER_LET_IN.fill(lang, &[("line", &line.to_string())]);
        tries = tries.with(" · ").with(go(label, Place::InputLine(line)));
    }
    said.push(tries.into());
    said.extend(words::meaning(retries.look).map(|meaning| el("p").with(meaning.say(lang)).into()));
    said.push(el("p").with_all(today(host, built_in, lang)).into());
    card(heading, said)
}

/// What today's rule matched of `name[address]`.
fn matched(host: &HostVerdict) -> Option<Span> {
    let lookup = host.lookups.last()?;
    let Answer::Found(hit) = &lookup.answer else { return None };
    let at = host.input.windows(lookup.key.len().max(1)).position(|window| *window == lookup.key[..])?;
    Some(hit.matched?.shifted(at))
}

/// What the tables say of the client today.
fn today(host: &HostVerdict, built_in: bool, lang: Lang) -> Vec<Markup> {
    let outcome = vec![verdicts::host_outcome(&host.outcome, lang).into()];
    match decider(host, built_in, lang) {
        Some(rule) => sentence(words::TODAY_BY, lang, &[("outcome", outcome), ("rule", vec![rule.into()])]),
        None => sentence(words::TODAY_IS, lang, &[("outcome", outcome)]),
    }
}

/// The lines, each leading there.
fn lines(retries: &Retries, lang: Lang) -> Element {
    let mut all = el("span");
    for (index, line) in retries.lines.iter().take(LINES_SHOWN).enumerate() {
        let number = line.to_string();
        let label = if index == 0 { page::LINE.fill(lang, &[("line", &number)]) } else { number };
        if index > 0 {
            all = all.with(", ");
        }
        all = all.with(go(label, Place::InputLine(*line)));
    }
    if retries.tries > LINES_SHOWN { all.with(", …") } else { all }
}

/// How often what refused mail.
fn refusals(refusals: &[Refusals], lang: Lang) -> Markup {
    let mut list = el("dl").class("refusals");
    for each in refusals {
        list = list
            .with(el("dt").with(words::TIMES.fill(lang, &[("count", &each.lines.to_string())])))
            .with(el("dd").with(el("code").with(words::refused_by(&each.by))));
    }
    list.into()
}
