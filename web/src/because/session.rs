//! What the server says to each line of a client, and which restrictions had a part in it.

use super::{Heading, card, heading, more};
use crate::markup::{Element, Markup, Place, el, go, rule, sentence};
use postproof_model::{Answer, Exchange, KeyLookup, SmtpOutcome, Tried, TriedOutcome};
use postproof_protocol::{SessionVerdict, Tone, tone_of_exchange};
use postproof_words::{Lang, page as words, smtp, verdicts};

pub(super) fn reasons(verdict: &SessionVerdict, lang: Lang) -> Vec<Markup> {
    if verdict.no_main_cf {
        let nothing = |phrase: postproof_words::Phrase| el("p").class("nothing").with(phrase.say(lang)).into();
        return vec![nothing(words::NO_MAIN_CF), nothing(words::NO_MAIN_CF_HINT)];
    }
    let mut said = vec![heading(words::EXCHANGES, lang)];
    said.extend(verdict.exchanges.iter().map(|each| exchange(each, lang).into()));
    if verdict.left_out > 0 {
        said.push(more(words::EXCHANGES_LEFT_OUT.fill(lang, &[("count", &verdict.left_out.to_string())])));
    }
    said
}

fn exchange(exchange: &Exchange, lang: Lang) -> Element {
    let tone = tone_of_exchange(&exchange.outcome);
    let place = if exchange.line == 0 {
        el("span").with(words::GREETING.say(lang))
    } else {
        go(words::LINE.fill(lang, &[("line", &exchange.line.to_string())]), Place::InputLine(exchange.line))
    };
    let code = match &exchange.outcome {
        SmtpOutcome::Said(lines) => {
            lines.first().map(|line| line.lossy().chars().take(3).collect()).unwrap_or_default()
        }
        SmtpOutcome::Silent => String::new(),
        SmtpOutcome::Unknown(_) => verdicts::UNKNOWN.say(lang).to_owned(),
    };
    let mut said = Vec::new();
    if !exchange.command.is_empty() {
        said.push(el("p").class("key").with(exchange.command.lossy().into_owned()).into());
    }
    match &exchange.outcome {
        SmtpOutcome::Said(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| line.lossy()).collect();
            said.push(el("pre").class("wire").with(lines.join("\n")).into());
        }
        SmtpOutcome::Silent => {}
        SmtpOutcome::Unknown(why) => said.push(el("p").with(smtp::unknown(why, lang)).into()),
    }
    said.extend(trace(exchange, tone, lang));
    card(Heading { tone, action: code, rule: None, place }, said)
}

/// The restrictions that were tried; unfolded where they did not let the line pass.
fn trace(exchange: &Exchange, tone: Tone, lang: Lang) -> Option<Markup> {
    if exchange.tried.is_empty() {
        return None;
    }
    let count = exchange.tried.len().to_string();
    let summary = el("summary").with(words::RESTRICTIONS_TRIED.fill(lang, &[("count", &count)]));
    let list = el("ol").class("tried").with_all(exchange.tried.iter().map(|tried| restriction(tried, lang)));
    let details = el("details").class("trace").with(summary).with(list);
    Some(if tone == Tone::Pass { details } else { details.attribute("open", "") }.into())
}

fn restriction(tried: &Tried, lang: Lang) -> Element {
    let tone = match &tried.outcome {
        TriedOutcome::Rejects(_) => "reject",
        TriedOutcome::Permits => "pass",
        TriedOutcome::Unknown(_) => "unknown",
        TriedOutcome::Undecided => "neutral",
        _ => "warn",
    };
    let mut list = tried.list.clone();
    for class in &tried.within {
        list += &format!(" › {}", class.lossy());
    }
    let mut item = el("li")
        .class(tone)
        .with(el("code").with(tried.restriction.lossy().into_owned()))
        .with(" ")
        .with(el("span").class("list").with(list))
        .with(el("p").with(smtp::outcome(&tried.outcome, lang)));
    for asked in &tried.asked {
        let values = [("question", asked.question.as_str()), ("answer", &asked.answer)];
        item = item.with(el("p").class("more").with(smtp::ASKED.fill(lang, &values)));
    }
    for lookup in &tried.lookups {
        item = item.with(el("p").class("more").with_all(answer(lookup, lang)));
    }
    item
}

fn answer(lookup: &KeyLookup, lang: Lang) -> Vec<Markup> {
    let text = |text: &str| vec![Markup::from(text)];
    let asked = [("table", text(&lookup.table)), ("key", text(&lookup.key.lossy()))];
    match &lookup.answer {
        Answer::NotFound => sentence(smtp::NOT_FOUND, lang, &asked),
        Answer::Found(hit) => {
            let more = [("result", text(&hit.result.lossy())), ("rule", vec![rule(&hit.rule, lang).into()])];
            sentence(smtp::FOUND, lang, &[&asked[..], &more].concat())
        }
        Answer::Unknown { reason, .. } => {
            let reason = [("reason", text(&verdicts::unknown_reason(reason, lang)))];
            sentence(smtp::UNKNOWN_ANSWER, lang, &[&asked[..], &reason].concat())
        }
    }
}
