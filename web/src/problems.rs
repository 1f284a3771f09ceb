//! What is wrong with the tables, the one in front first: what, what Postfix does about it, how to mend it.

use crate::lint::counts;
use crate::markup::{Drawn, Element, Markup, Place, button, el, go};
use crate::page::{Page, page};
use crate::tone;
use crate::workbench::Key;
use leptos::prelude::*;
use postproof_model::Severity;
use postproof_protocol::desk::LintFinding;
use postproof_words::{Lang, page as words, problems};

/// The id of the list.
const LIST: &str = "problems";

/// What is wrong with one table.
type OfTable = (Key, u32, Vec<LintFinding>);

#[component]
pub(crate) fn Problems() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| list(page));
    view! {
        <div class="foot problems" id=LIST tabindex="-1" role="group" aria-label=page.words(words::PROBLEMS)>
            <Drawn class="list" content />
        </div>
    }
}

/// How many problems there are, by how bad they are; leads to them.
#[component]
pub(crate) fn ProblemsChip() -> impl IntoView {
    let page = page();
    let counted = Memo::new(move |_| {
        let all = page.problems();
        counts(all.iter().flat_map(|(_, _, found)| found))
    });
    let lead = move |_| {
        if let Some(list) = document().get_element_by_id(LIST) {
            list.scroll_into_view();
            // A list that is there takes the focus.
            let _ = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(list).map(|list| list.focus());
        }
    };
    move || {
        let counted = counted.get();
        (!counted.is_empty()).then(|| {
            let label = in_words(&counted, page.lang.get());
            let parts = counted.into_iter().map(|(severity, count)| {
                let (tone, sign, _) = tone::of_severity(severity);
                view! {
                    <span class="tally" aria-hidden="true">
                        <span class=format!("sign {tone}")>{sign}</span>
                        {count}
                    </span>
                }
            });
            view! {
                <button type="button" class="quiet chip problem-counts" aria-label=label.clone() title=label on:click=lead>
                    {parts.collect_view()}
                </button>
            }
        })
    }
}

/// `Problems: Error 2, Hint 1`.
fn in_words(counted: &[(Severity, usize)], lang: Lang) -> String {
    let each = counted.iter().map(|(severity, count)| {
        let (_, _, word) = tone::of_severity(*severity);
        format!("{} {count}", word.say(lang))
    });
    format!("{}: {}", words::PROBLEMS.say(lang), each.collect::<Vec<_>>().join(", "))
}

fn list(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    let (shown, names) = page.bench.with(|bench| {
        let names: Vec<(Key, String)> = bench.tables.iter().map(|table| (table.text.key, table.name.clone())).collect();
        (bench.shown_table, names)
    });
    if page.finding.with(Option::is_none) {
        return Vec::new();
    }
    let name = |key: Key| names.iter().find(|(each, _)| *each == key).map(|(_, name)| name.as_str());
    let (front, others): (Vec<OfTable>, Vec<OfTable>) =
        page.problems().into_iter().partition(|(key, ..)| Some(*key) == shown);
    let mut said = Vec::new();
    for of_table in &front {
        let Some(name) = name(of_table.0) else { continue };
        said.push(match of_table.2.as_slice() {
            [] => el("p").with(words::NO_PROBLEMS.fill(lang, &[("name", name)])).into(),
            _ => items(of_table, name, lang),
        });
    }
    for of_table in others.iter().filter(|(_, _, found)| !found.is_empty()) {
        let Some(name) = name(of_table.0) else { continue };
        said.push(el("p").class("file").with(name).into());
        said.push(items(of_table, name, lang));
    }
    if page.lint.failed.get() {
        said.push(el("p").class("hint").with(words::NOT_ALL_LOOKED_AT.say(lang)).into());
    }
    said
}

fn items((key, version, found): &OfTable, name: &str, lang: Lang) -> Markup {
    let items = found.iter().map(|found| item(found, (*key, *version, name), lang));
    el("ul").attribute("aria-label", name).with_all(items).into()
}

fn item(found: &LintFinding, (key, version, name): (Key, u32, &str), lang: Lang) -> Element {
    let diagnostic = &found.diagnostic;
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
    let code = diagnostic.problem.code();
    let about = words::ABOUT_CODE.fill(lang, &[("code", code.code())]);
    let told = el("span")
        .class("told")
        .with(el("span").with(explained.what))
        .with_all(more.map(|more| el("span").class("more").with(more)))
        .with(
            button(code.code(), "code", Place::Code(code))
                .attribute("aria-label", about)
                .attribute("data-code", code.code()),
        );
    let mend = (!found.fix.is_empty()).then(|| {
        let what = Place::Mend { key, version, edits: found.fix.clone() };
        button(words::MEND.say(lang), "mend", what)
            .attribute("aria-label", words::MEND_LINE.fill(lang, &[("line", &place.line.to_string())]))
    });
    el("li").with(sign).with(go(line, Place::Table(name.to_owned(), place.span))).with(told.with_all(mend))
}
