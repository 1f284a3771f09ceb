//! A row of tabs: one in front, arrow keys to go along, one stop for the Tab key.

use crate::workbench::Key;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tab {
    pub(crate) key: Key,
    pub(crate) label: String,
    /// How often rules of it fired, and in which tone.
    pub(crate) count: Option<(usize, &'static str)>,
}

/// `name` starts the ids of the tabs; the panel that they belong to has the id `NAME-panel`.
#[component]
pub(crate) fn Tabs(
    name: &'static str,
    label: Signal<&'static str>,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    #[prop(into)] shown: Signal<Option<Key>>,
    show: Callback<Key>,
) -> impl IntoView {
    let go = move |event: KeyboardEvent| {
        let tabs = tabs.get_untracked();
        let at = tabs.iter().position(|tab| Some(tab.key) == shown.get_untracked()).unwrap_or(0);
        let last = tabs.len().saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowRight" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowLeft" => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(tab) = tabs.get(to) {
            show.run(tab.key);
            focus(&id(name, tab.key));
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=go>
            <For each=move || tabs.get() key=Clone::clone let(tab)>
                {view(name, tab, shown, show)}
            </For>
        </div>
    }
}

fn view(name: &'static str, tab: Tab, shown: Signal<Option<Key>>, show: Callback<Key>) -> impl IntoView {
    let key = tab.key;
    let selected = move || shown.get() == Some(key);
    view! {
        <button
            type="button"
            role="tab"
            class="tab"
            id=id(name, key)
            aria-controls=format!("{name}-panel")
            aria-selected=move || if selected() { "true" } else { "false" }
            tabindex=move || if selected() { "0" } else { "-1" }
            on:click=move |_| show.run(key)
        >
            {tab.label}
            {tab.count.map(|(count, tone)| view! { <span class=format!("count {tone}")>{count}</span> })}
        </button>
    }
}

fn id(name: &str, key: Key) -> String {
    format!("{name}-tab-{key}")
}

fn focus(id: &str) {
    let tab = document().get_element_by_id(id).and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab {
        let _ = tab.focus();
    }
}
