//! A message as people read it, in the place of the message as it is sent.

use crate::markup::{Drawn, Element, Markup, Place, el, go};
use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_protocol::answers::{ReadLine, ReadPart, Reading};
use postproof_words::{Lang, answers as words};

/// The most lines that are drawn.
const DRAWN: usize = 2_000;

impl Page {
    /// Whether the message in front is shown as people read it.
    pub(crate) fn shows_decoded(self) -> bool {
        self.answers.decoded.get() && self.shows_message()
    }
}

/// Between the two; only a message has both.
#[component]
pub(crate) fn Switch() -> impl IntoView {
    let page = page();
    let message = Memo::new(move |_| page.shows_message());
    let decoded = page.answers.decoded;
    let pressed = move |which: bool| if decoded.get() == which { "true" } else { "false" };
    move || {
        message.get().then(|| {
            view! {
                <div class="switch" role="group" aria-label=page.words(words::SHOWN_AS)>
                    <button
                        type="button"
                        aria-pressed=move || pressed(false)
                        title=page.words(words::RAW_TITLE)
                        on:click=move |_| decoded.set(false)
                    >
                        {page.words(words::RAW)}
                    </button>
                    <button
                        type="button"
                        aria-pressed=move || pressed(true)
                        title=page.words(words::DECODED_TITLE)
                        on:click=move |_| decoded.set(true)
                    >
                        {page.words(words::DECODED)}
                    </button>
                </div>
            }
        })
    }
}

/// The message as people read it.
#[component]
pub(crate) fn Reader() -> impl IntoView {
    let page = page();
    let shown = Memo::new(move |_| page.shows_decoded());
    let content = Memo::new(move |_| if shown.get() { content(page) } else { Vec::new() });
    view! {
        // What scrolls must be reachable by keyboard.
        <div class="reading" tabindex="0" role="region" aria-label=page.words(words::DECODED_TITLE) hidden=move || !shown.get()>
            <Drawn class="read" content />
        </div>
    }
}

fn content(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    let said = |text: &str| vec![el("p").class("nothing").with(text).into()];
    if page.input_content().is_empty() {
        return said(words::DECODED_EMPTY.say(lang));
    }
    let input = page.bench.with(|bench| bench.shown_input);
    let reading = page.answers.reading;
    let seen = reading.seen.get().filter(|seen| seen.about.input == input);
    match seen {
        Some(seen) => read(&seen.answer, lang),
        None if reading.failed.get() => said(words::FAILED.say(lang)),
        None => said(words::LOOKING.say(lang)),
    }
}

fn read(reading: &Reading, lang: Lang) -> Vec<Markup> {
    let mut left = DRAWN;
    let mut said: Vec<Markup> = vec![el("p").class("more").with(words::DECODED_ABOUT.say(lang)).into()];
    let mut left_out = 0;
    for each in &reading.parts {
        if left == 0 {
            left_out += each.lines.len();
            continue;
        }
        let listed = each.lines.len().min(left);
        left -= listed;
        left_out += each.lines.len() - listed;
        said.push(part(each, listed, lang).into());
    }
    if left_out > 0 {
        let words = words::LINES_LEFT_OUT.fill(lang, &[("count", &left_out.to_string())]);
        said.push(el("p").class("more").with(words).into());
    }
    said.extend(reading.remarks.iter().map(|remark| el("p").class("more").with(remark.as_str()).into()));
    said
}

fn part(part: &ReadPart, listed: usize, lang: Lang) -> Element {
    let remarks = part.remarks.iter().map(|remark| el("p").class("remark").with(remark.as_str()));
    let lines = part.lines.iter().take(listed).map(|each| line(each, lang));
    el("div")
        .attribute("role", "group")
        .attribute("aria-label", part.title.clone())
        .with(el("h2").with(part.title.as_str()))
        .with_all(remarks)
        .with(el("ul").with_all(lines))
}

fn line(line: &ReadLine, lang: Lang) -> Element {
    let number = line.lines.first.to_string();
    let to_raw = words::TO_RAW.fill(lang, &[("line", &number)]);
    let number = go(number, Place::Input(line.span)).attribute("aria-label", to_raw.clone()).attribute("title", to_raw);
    let mut text = el("span").class("text");
    let mut at = 0;
    for span in &line.only {
        let (Some(before), Some(only)) = (line.text.get(at..span.start), line.text.get(span.start..span.end)) else {
            continue;
        };
        text = text.with(before).with(el("mark").with(only));
        at = span.end;
    }
    let text = text.with(line.text.get(at..).unwrap_or_default());
    let item = el("li").with(number).with(text);
    if line.differs {
        item.class("differs").with(el("span").class("unseen").with(format!(" ({})", words::DIFFERS.say(lang))))
    } else {
        item
    }
}
