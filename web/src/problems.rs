//! What is wrong with the table in front: what, what Postfix does about it, how to mend it.

use crate::page::{Page, page};
use crate::tone;
use leptos::prelude::*;
use postproof_model::Diagnostic;
use postproof_words::{page as words, problems};

#[component]
pub(crate) fn Problems() -> impl IntoView {
    let page = page();
    view! {
        <div class="foot problems" aria-label=move || page.say(words::PROBLEMS) role="group">
            {move || list(page)}
        </div>
    }
}

fn list(page: Page) -> AnyView {
    let name = page.bench.with(|bench| bench.shown_table().map(|table| table.name.clone()));
    let Some(name) = name else { return ().into_any() };
    let found: Vec<Diagnostic> = page.finding.with(|finding| {
        let all = finding.iter().flat_map(|finding| &finding.report.diagnostics);
        all.filter(|diagnostic| diagnostic.place.file == name).cloned().collect()
    });
    if page.finding.with(Option::is_none) {
        return ().into_any();
    }
    if found.is_empty() {
        return view! { <p class="fine">{page.fill(words::NO_PROBLEMS, &[("name", &name)])}</p> }.into_any();
    }
    let items = found.into_iter().map(|diagnostic| item(page, &diagnostic)).collect::<Vec<_>>();
    view! { <ul>{items}</ul> }.into_any()
}

fn item(page: Page, diagnostic: &Diagnostic) -> impl IntoView + use<> {
    let (tone, sign, severity) = tone::of_severity(diagnostic.severity());
    let explained = problems::explain(diagnostic, page.lang.get());
    let line = page.fill(words::LINE, &[("line", &diagnostic.place.line.to_string())]);
    let (file, span) = (diagnostic.place.file.clone(), diagnostic.place.span);
    view! {
        <li>
            <span class=format!("sign {tone}") role="img" aria-label=page.say(severity)>{sign}</span>
            <button type="button" class="go" on:click=move |_| page.go_to_rule(&file, span)>{line}</button>
            <span class="told">
                <span>{explained.what}</span>
                <span class="more">{explained.postfix}</span>
                {explained.mend.map(|mend| view! { <span class="more">{mend}</span> })}
            </span>
        </li>
    }
}
