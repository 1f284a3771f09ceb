//! A phrase in which a value is more than text: a link in the middle of a sentence.

use crate::page::page;
use leptos::prelude::*;
use postproof_model::{RuleRef, Span};
use postproof_words::{Lang, Part, Phrase, verdicts};

/// The phrase, with a view in the place of each value.
pub(crate) fn sentence(phrase: Phrase, lang: Lang, mut values: Vec<(&'static str, AnyView)>) -> AnyView {
    let parts = phrase.parts(lang).into_iter().map(|part| match part {
        Part::Words(words) => words.into_any(),
        Part::Value(name) => match values.iter().position(|(key, _)| *key == name) {
            Some(at) => values.swap_remove(at).1,
            None => ().into_any(),
        },
    });
    parts.collect::<Vec<_>>().into_any()
}

/// A rule by table and line; goes there when clicked.
pub(crate) fn rule_link(rule: &RuleRef, lang: Lang) -> AnyView {
    let line = rule.lines.first.to_string();
    let label = verdicts::RULE_AT.fill(lang, &[("table", &rule.table), ("line", &line)]);
    let page = page();
    let in_project = page.bench.with_untracked(|bench| bench.table_named(&rule.table).is_some());
    if !in_project {
        return label.into_any();
    }
    let (table, span) = (rule.table.clone(), rule.span);
    view! { <button type="button" class="go" on:click=move |_| page.go_to_rule(&table, span)>{label}</button> }
        .into_any()
}

/// A place of the input; goes there when clicked.
pub(crate) fn input_link(label: String, span: Span) -> AnyView {
    let page = page();
    view! { <button type="button" class="go" on:click=move |_| page.go_to_input(span)>{label}</button> }.into_any()
}
