//! Why a message is treated as it is: the rules that fired, in the order Postfix looks.

use super::key::{groups, key};
use super::{Heading, card, heading, more, with_rules};
use crate::markup::{Element, Markup, Place, button, el, go, rule, sentence};
use postproof_model::{Class, Event, MessageVerdict, Span, UnknownKey};
use postproof_protocol::answers::{OnlyRead, Reading};
use postproof_protocol::{Tone, tone_of_effect};
use postproof_words::{Lang, answers as words_of, page as words, verdicts};

pub(super) fn reasons(verdict: &MessageVerdict, reading: Option<&Reading>, lang: Lang) -> Vec<Markup> {
    let mut said = Vec::new();
    if !(verdict.unknown.is_empty() && verdict.unsettled.is_empty()) {
        said.push(heading(words::NOT_TOLD, lang));
        said.extend(verdict.unsettled.iter().map(|why| el("p").with(verdicts::unsettled(why, lang)).into()));
        said.extend(verdict.unknown.iter().map(|key| undecided(key, lang).into()));
    }
    if !verdict.events.is_empty() {
        said.push(heading(words::IN_ORDER, lang));
        said.extend(verdict.events.iter().map(|event| fired(event, lang).into()));
    }
    if verdict.events_left_out > 0 {
        said.push(more(words::EVENTS_LEFT_OUT.fill(lang, &[("count", &verdict.events_left_out.to_string())])));
    }
    if said.is_empty() && verdict.reply.is_none() {
        said.push(el("p").class("nothing").with(words::NOTHING_FIRED.say(lang)).into());
    }
    if let Some(reading) = reading {
        let uncaught = reading.only.iter().filter(|only| !caught_below(only, verdict));
        said.extend(uncaught.map(|only| only_read(only, lang).into()));
        said.extend(reading.maybe_more.as_ref().map(|remark| more(remark.as_str())));
    }
    if let Some(reply) = &verdict.reply {
        said.extend([heading(words::TOLD, lang), wire(reply.to_string())]);
    }
    let faults = verdict.faults.iter().filter_map(|fault| fault.log.as_ref());
    let logged = verdict.events.iter().filter_map(|event| event.log.as_ref()).chain(faults);
    let logged: Vec<_> = logged.map(|line| line.lossy()).collect();
    if !logged.is_empty() {
        said.extend([heading(words::LOGGED, lang), wire(logged.join("\n"))]);
    }
    said
}

/// Whether the rule below one that matches only what people read, such as one made for it, fired on the same lines.
fn caught_below(only: &OnlyRead, verdict: &MessageVerdict) -> bool {
    verdict.events.iter().any(|event| {
        let (fired, span) = (&event.hit.rule, event.span);
        let below = fired.table == only.found.rule.table && fired.lines.first == only.found.rule.lines.last + 1;
        below && event.line > 0 && span.start < only.found.span.end && only.found.span.start < span.end
    })
}

/// A rule that matches what people read, and nothing that Postfix looks at there.
fn only_read(only: &OnlyRead, lang: Lang) -> Element {
    let place = place(only.found.class, only.found.lines.first, only.found.span, lang);
    let values = [("rule", vec![rule(&only.found.rule, lang).into()]), ("place", vec![place.into()])];
    el("div")
        .class("hint only-read")
        .with(el("p").with(el("strong").with(words_of::ONLY_READ.say(lang))).with(" ").with_all(sentence(
            words_of::ONLY_READ_WHY,
            lang,
            &values,
        )))
        .with(key(only.found.text.as_bytes(), only.found.matched, lang))
        .with(button(words_of::MAKE.say(lang), "go make", Place::Make(Box::new(only.clone()))))
}

/// What goes over a wire or into a log, as it is.
fn wire(text: String) -> Markup {
    el("pre").class("wire").with(text).into()
}

fn fired(event: &Event, lang: Lang) -> Element {
    let heading = Heading {
        tone: tone_of_effect(&event.effect),
        action: verdicts::action_name(&event.action),
        rule: Some(rule(&event.hit.rule, lang)),
        place: place(event.class, event.line, event.span, lang),
    };
    let said = [
        Some(key(&event.key, event.hit.matched, lang)),
        groups(&event.hit, &event.key, lang),
        Some(el("p").with(verdicts::effect(&event.effect, lang)).into()),
        with_rules(words::WITHIN, &event.hit.conditions, lang),
        with_rules(words::ALSO, &event.also, lang),
    ];
    card(heading, said.into_iter().flatten().collect())
}

fn undecided(unknown: &UnknownKey, lang: Lang) -> Element {
    let heading = Heading {
        tone: Tone::Unknown,
        action: verdicts::UNKNOWN.say(lang).to_owned(),
        rule: Some(rule(&unknown.rule, lang)),
        place: place(unknown.class, unknown.line, unknown.span, lang),
    };
    let said =
        vec![key(&unknown.key, None, lang), el("p").with(verdicts::unknown_reason(&unknown.reason, lang)).into()];
    card(heading, said)
}

/// Which line of the input, and what kind of line it is.
fn place(class: Class, line: usize, span: Span, lang: Lang) -> Element {
    if line == 0 {
        return el("span").with(words::ADDED_RECEIVED.say(lang));
    }
    let class = verdicts::class(class).say(lang);
    let line = words::ON_LINE.fill(lang, &[("line", &line.to_string())]);
    go(format!("{class}, {line}"), Place::Input(span))
}
