//! What is wrong with the table in front: what, what Postfix does about it, how to mend it.

use crate::markup::{Drawn, Element, Markup, Place, el, go};
use crate::page::{Page, page};
use crate::tone;
use leptos::prelude::*;
use postproof_model::Diagnostic;
use postproof_words::{Lang, page as words, problems};

#[component]
pub(crate) fn Problems() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| list(page));
    view! {
        <div class="foot problems" role="group" aria-label=page.words(words::PROBLEMS)>
            <Drawn class="list" content />
        </div>
    }
}

fn list(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    let name = page.bench.with(|bench| bench.shown_table().map(|table| table.name.clone()));
    page.finding.with(|finding| {
        let (Some(name), Some(finding)) = (name, finding) else { return Vec::new() };
        let found: Vec<Element> = finding
            .report
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.place.file == name)
            .map(|diagnostic| item(diagnostic, lang))
            .collect();
        if found.is_empty() {
            vec![el("p").with(words::NO_PROBLEMS.fill(lang, &[("name", &name)])).into()]
        } else {
            vec![el("ul").with_all(found).into()]
        }
    })
}

fn item(diagnostic: &Diagnostic, lang: Lang) -> Element {
    let (tone, sign, severity) = tone::of_severity(diagnostic.severity());
    let explained = problems::explain(diagnostic, lang);
    let place = &diagnostic.place;
    let line = words::LINE.fill(lang, &[("line", &place.line.to_string())]);
    let more = [explained.postfix.to_owned()].into_iter().chain(explained.mend);
    let sign = el("span")
        .class(format!("sign {tone}"))
        .attribute("role", "img")
        .attribute("aria-label", severity.say(lang))
        .with(sign);
    let told = el("span")
        .class("told")
        .with(el("span").with(explained.what))
        .with_all(more.map(|more| el("span").class("more").with(more)));
    el("li").with(sign).with(go(line, Place::Table(place.file.clone(), place.span))).with(told)
}
