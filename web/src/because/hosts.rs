//! Why each client is treated as it is: the lookup that decided, S25R's rule by its number.

use super::key::{key, key_with};
use super::{Heading, card, heading, more};
use crate::markup::{Element, Markup, Place, el, go, rule};
use crate::tone;
use crate::verdict_line::reply;
use postproof_model::{Answer, HostOutcome, HostVerdict, KeyLookup, RuleRef, S25rFired, S25rReason, Span};
use postproof_protocol::HostsVerdict;
use postproof_words::{Lang, page as words, s25r, verdicts};

pub(super) fn reasons(verdict: &HostsVerdict, lang: Lang) -> Vec<Markup> {
    let mut said = Vec::new();
    if verdict.built_in {
        said.push(el("p").class("hint").with(words::BUILT_IN.say(lang)).into());
    }
    said.push(heading(words::CLIENTS_IN_ORDER, lang));
    said.extend(verdict.hosts.iter().map(|host| client(host, verdict.built_in, lang).into()));
    if verdict.left_out > 0 {
        said.push(more(words::HOSTS_LEFT_OUT.fill(lang, &[("count", &verdict.left_out.to_string())])));
    }
    said
}

pub(super) fn client(host: &HostVerdict, built_in: bool, lang: Lang) -> Element {
    let decided = host.lookups.last();
    let action = host.action.as_ref().map(|(action, _)| verdicts::action_name(action));
    let line = words::LINE.fill(lang, &[("line", &host.line.to_string())]);
    let heading = Heading {
        tone: tone::of_host(&host.outcome),
        action: action.unwrap_or_else(|| verdicts::host_outcome(&host.outcome, lang)),
        rule: decider(host, built_in, lang),
        place: go(line, Place::InputLine(host.line)),
    };
    let reason = decided.and_then(|lookup| reason_of(host, lookup));
    let mut said = vec![match (decided, reason) {
        (_, Some(fired)) => key_with(&fired.key, &parts(&fired.reason), lang),
        (Some(KeyLookup { key: asked, answer: Answer::Found(hit), .. }), None) => key(asked, hit.matched, lang),
        (Some(KeyLookup { key: asked, .. }), None) => key(asked, None, lang),
        (None, None) => key(&host.name, None, lang),
    }];
    match reason {
        Some(fired) => {
            said.push(el("p").with(s25r::reason(&fired.reason, &fired.key, lang)).into());
            said.extend(host.fired.iter().filter(|other| *other != fired).map(|other| also(other, lang)));
        }
        None => said.extend(decided.and_then(|lookup| why(lookup, lang))),
    }
    if let HostOutcome::Rejected(told) = &host.outcome {
        said.push(el("p").with(reply(told)).into());
    }
    card(heading, said)
}

/// The rule that decided, or that might.
pub(super) fn decider(host: &HostVerdict, built_in: bool, lang: Lang) -> Option<Element> {
    host.lookups.last().and_then(rule_of).map(|rule| named(rule, built_in, lang))
}

/// What the name has that made the rule of S25R fire that answered.
fn reason_of<'h>(host: &'h HostVerdict, lookup: &KeyLookup) -> Option<&'h S25rFired> {
    let Answer::Found(hit) = &lookup.answer else { return None };
    let is = |fired: &&S25rFired| {
        fired.table == hit.rule.table && fired.line == hit.rule.lines.first && Some(fired.number) == hit.rule.s25r
    };
    host.fired.iter().find(is)
}

/// A rule that would have fired, too, and why.
fn also(fired: &S25rFired, lang: Lang) -> Markup {
    let number = verdicts::S25R_RULE.fill(lang, &[("number", &fired.number.to_string())]);
    let why = s25r::reason(&fired.reason, &fired.key, lang);
    more(words::ALSO_FIRES.fill(lang, &[("rule", &number), ("why", &why)]))
}

/// The stretches of the name that make the rule fire, in order.
fn parts(reason: &S25rReason) -> Vec<Span> {
    match *reason {
        S25rReason::Unverified { name } => vec![name],
        S25rReason::DividedNumbers { first, second, .. } | S25rReason::EndInDigits { first, second, .. } => {
            vec![first, second]
        }
        S25rReason::FiveDigits { digits, .. } => vec![digits],
        S25rReason::BeginsWithDigit { label, .. } => vec![Span::new(label.start, label.start + 1)],
        S25rReason::HyphenAboveDigit { ending, first, second, .. } => vec![ending, Span::new(first.start, second.end)],
        S25rReason::KindOfLine { kind, digits, .. } => vec![kind, digits],
    }
}

/// The rule that decided, or that might.
fn rule_of(lookup: &KeyLookup) -> Option<&RuleRef> {
    match &lookup.answer {
        Answer::Found(hit) => Some(&hit.rule),
        Answer::Unknown { rule, .. } => Some(rule),
        Answer::NotFound => None,
    }
}

/// The rule by its number in S25R, if it has one, and by where it stands, if it stands in a table of the project.
fn named(each: &RuleRef, built_in: bool, lang: Lang) -> Element {
    let number = each.s25r.map(|number| verdicts::S25R_RULE.fill(lang, &[("number", &number.to_string())]));
    let place: Markup = match (built_in, &number) {
        (false, _) => rule(each, lang).into(),
        (true, Some(_)) => "".into(),
        (true, None) => verdicts::rule_at(each, lang).into(),
    };
    let number = number.map(|number| el("strong").class("s25r").with(number));
    el("span").class("named").with_all(number).with(" ").with(place)
}

/// What the rule looks for, or why nobody can tell.
fn why(lookup: &KeyLookup, lang: Lang) -> Option<Markup> {
    let words = match &lookup.answer {
        Answer::Found(hit) => s25r::meaning(hit.rule.s25r?)?.say(lang).to_owned(),
        Answer::Unknown { reason, .. } => verdicts::unknown_reason(reason, lang),
        Answer::NotFound => return None,
    };
    Some(el("p").with(words).into())
}
