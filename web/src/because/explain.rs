//! The rule under the caret: its pattern in words and as a picture, and how near it comes to the input in front.

use super::key::key;
use super::{heading, more};
use crate::markup::{Drawn, Element, Markup, Place, el, go, rule};
use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_model::drawing::path;
use postproof_protocol::answers::{ExplainedPattern, ExplainedRule, Near};
use postproof_words::{Lang, answers as words, page as of_page, verdicts};
use wasm_bindgen::JsCast;
use web_sys::Element as DomElement;

/// How deep parts are set in, at most.
const DEEPEST: usize = 6;

/// Lights what belongs to the part of a pattern that is pointed at, or has the focus.
#[component]
pub(super) fn ExplainPanel() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| content(page));
    let light = move |target: Option<leptos::web_sys::EventTarget>, host: Option<leptos::web_sys::EventTarget>| {
        let host = host.and_then(|host| host.dyn_into::<DomElement>().ok());
        let at = target.and_then(|target| target.dyn_into::<DomElement>().ok());
        if let Some(host) = host {
            // A pointer that rests on nothing takes no light from what has the focus.
            let focused = || {
                document().active_element().filter(|focused| host.contains(Some(focused))).and_then(|at| part_of(&at))
            };
            lit(&host, at.and_then(|at| part_of(&at)).or_else(focused).as_deref());
        }
    };
    view! {
        <div
            on:mouseover=move |event| light(event.target(), event.current_target())
            on:focusin=move |event| light(event.target(), event.current_target())
            on:focusout=move |event| light(None, event.current_target())
            on:mouseleave=move |event| light(None, event.current_target())
        >
            <Drawn class="explained" content />
        </div>
    }
}

fn part_of(at: &DomElement) -> Option<String> {
    at.closest("[data-part]").ok().flatten()?.get_attribute("data-part")
}

fn lit(host: &DomElement, part: Option<&str>) {
    let Ok(all) = host.query_selector_all("[data-parts]") else { return };
    for index in 0..all.length() {
        let Some(each) = all.get(index).and_then(|each| each.dyn_into::<DomElement>().ok()) else { continue };
        let parts = each.get_attribute("data-parts").unwrap_or_default();
        let belongs = part.is_some_and(|part| parts.split(' ').any(|each| each == part));
        // Adding or removing a class of our own cannot fail.
        let _ = if belongs { each.class_list().add_1("lit") } else { each.class_list().remove_1("lit") };
    }
}

fn content(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    let looked = page.answers.explained;
    if page.answers.rule.get().is_none() {
        return super::nothing(words::EXPLAIN_HOW, lang);
    }
    let tables = page.bench.with(|bench| bench.tables.iter().map(|table| table.name.clone()).collect::<Vec<_>>());
    match looked.seen.get() {
        Some(seen) => match &seen.answer {
            Some(explained) if tables.contains(&explained.rule.table) => told(explained, lang),
            _ => super::nothing(words::EXPLAIN_HOW, lang),
        },
        None if looked.failed.get() => super::nothing(words::FAILED, lang),
        None => super::nothing(words::LOOKING, lang),
    }
}

fn told(explained: &ExplainedRule, lang: Lang) -> Vec<Markup> {
    let mut said: Vec<Markup> = vec![el("h3").with(rule(&explained.rule, lang)).into()];
    if explained.patterns.is_empty() {
        said.push(more(words::NO_PATTERN.say(lang)));
    }
    for (number, pattern) in explained.patterns.iter().enumerate() {
        said.extend(pattern.head.as_ref().map(|head| more(head.as_str())));
        said.push(written(number, pattern).into());
        said.push(in_words(number, pattern, &explained.rule.table, lang).into());
        said.extend(pattern.notes.iter().map(|note| more(note.as_str())));
    }
    said.push(heading(words::ON_INPUT, lang));
    let told = explained.keys.saturating_sub(explained.unknown);
    let phrase = match (explained.keys, told, explained.matches) {
        (0, ..) => Some(words::NO_KEYS),
        (_, 0, _) => None,
        (_, _, 0) => Some(words::MATCHES_NONE),
        _ => Some(words::MATCHES),
    };
    let (count, total) = (explained.matches.to_string(), told.to_string());
    said.extend(phrase.map(|phrase| el("p").with(phrase.fill(lang, &[("count", &count), ("total", &total)])).into()));
    if explained.unknown > 0 {
        said.push(el("p").with(words::UNTOLD.fill(lang, &[("count", &explained.unknown.to_string())])).into());
    }
    if !explained.near.is_empty() {
        said.push(heading(words::NEAREST, lang));
        said.extend(explained.near.iter().map(|each| near(each, lang).into()));
    }
    for (number, pattern) in explained.patterns.iter().enumerate() {
        said.push(heading(words::IN_PICTURE, lang));
        if pattern.drawing.width == 0 {
            said.push(more(words::PICTURE_TOO_BIG.say(lang)));
        } else {
            said.push(picture(number, pattern).into());
            said.push(more(words::PICTURE_HOW.say(lang)));
        }
    }
    said
}

fn part(number: usize, part: usize) -> String {
    format!("{number}.{part}")
}

/// The pattern as it is written, in pieces that light up.
fn written(number: usize, pattern: &ExplainedPattern) -> Element {
    let piece = |piece: &postproof_protocol::answers::PatternPiece| {
        let all: Vec<String> = piece.parts.iter().map(|index| part(number, *index)).collect();
        let own = all.last().cloned().unwrap_or_default();
        el("span").attribute("data-part", own).attribute("data-parts", all.join(" ")).with(piece.text.as_str())
    };
    el("p").class("pattern").with_all(pattern.pieces.iter().map(piece))
}

fn in_words(number: usize, pattern: &ExplainedPattern, table: &str, lang: Lang) -> Element {
    let items = pattern.parts.iter().enumerate().map(|(index, each)| {
        let button = go(each.words.as_str(), Place::Table(table.to_owned(), each.span))
            .attribute("title", words::TO_PART.say(lang))
            .attribute("data-part", part(number, index))
            .attribute("data-parts", part(number, index));
        el("li").class(format!("depth-{}", each.depth.min(DEEPEST))).with(button)
    });
    el("ul").class("words").attribute("aria-label", words::IN_WORDS.say(lang)).with_all(items)
}

fn near(near: &Near, lang: Lang) -> Element {
    let place = match (near.class, near.line) {
        (Some(class), line) if line > 0 => {
            let line = of_page::ON_LINE.fill(lang, &[("line", &line.to_string())]);
            go(format!("{}, {line}", verdicts::class(class).say(lang)), Place::Input(near.span))
        }
        (None, line) if line > 0 => {
            let line = of_page::ON_LINE.fill(lang, &[("line", &line.to_string())]);
            go(format!("{}, {line}", words::CLIENT.say(lang)), Place::Input(near.span))
        }
        _ => el("span").with(words::LOOKED_AT.say(lang)),
    };
    el("article")
        .class("event near info")
        .with(el("div").class("event-top").with(el("span").class("at").with(place)))
        .with(key(&near.key, Some(near.matched), lang))
        .with_all(near.said.iter().map(|said| el("p").with(said.as_str())))
}

/// The railroad diagram. The words beside it say the same.
fn picture(number: usize, pattern: &ExplainedPattern) -> Element {
    let drawing = &pattern.drawing;
    let (title, description) = (format!("rr-title-{number}"), format!("rr-desc-{number}"));
    let figures = drawing.figures.iter().zip(&pattern.figure_parts).map(|(figure, of)| {
        let class = format!("rr {}", figure.role.class());
        let mut group = el("g").class(class);
        if let Some(of) = of {
            group = group.attribute("data-part", part(number, *of)).attribute("data-parts", part(number, *of));
        }
        let frame = figure.frame.map(|frame| {
            el("rect")
                .attribute("x", frame.x.to_string())
                .attribute("y", frame.y.to_string())
                .attribute("width", frame.width.to_string())
                .attribute("height", frame.height.to_string())
                .attribute("rx", frame.corner.to_string())
        });
        let texts = figure.texts.iter().map(|text| {
            el("text")
                .class(text.tone.class())
                .attribute("x", text.x.to_string())
                .attribute("y", text.y.to_string())
                .with(text.text.as_str())
        });
        group.with_all(frame).with_all(texts)
    });
    let svg = el("svg")
        .attribute("role", "img")
        .attribute("aria-labelledby", title.clone())
        .attribute("aria-describedby", description.clone())
        .attribute("width", drawing.width.to_string())
        .attribute("height", drawing.height.to_string())
        .attribute("viewBox", format!("0 0 {} {}", drawing.width, drawing.height))
        .with(el("title").attribute("id", title).with(pattern.title.as_str()))
        .with(el("desc").attribute("id", description).with(pattern.description.as_str()))
        .with(el("path").class("rr-rails").attribute("d", path(&drawing.rails)))
        .with_all(figures);
    // What scrolls must be reachable by keyboard.
    el("div")
        .class("picture")
        .attribute("tabindex", "0")
        .attribute("role", "group")
        .attribute("aria-label", pattern.title.as_str())
        .with(svg)
}
