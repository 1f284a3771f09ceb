//! A row of tabs: one in front, arrow keys to go along, one stop for the Tab key.

use crate::keys::{Does, Where, pressed};
use crate::workbench::{Key, Way};
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

/// What a key does with the tab in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Rename,
    Remove,
    Move(Way),
}

/// `name` starts the ids of the tabs; the panel that they belong to has the id `NAME-panel`.
#[component]
pub(crate) fn Tabs(
    name: &'static str,
    label: Signal<&'static str>,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    #[prop(into)] shown: Signal<Option<Key>>,
    show: Callback<Key>,
    /// What keys do with a tab, where they do anything.
    #[prop(optional)]
    act: Option<Callback<(Key, Act)>>,
) -> impl IntoView {
    let go = move |event: KeyboardEvent| {
        let tabs = tabs.get_untracked();
        let Some(at) = tabs.iter().position(|tab| Some(tab.key) == shown.get_untracked()) else { return };
        let last = tabs.len().saturating_sub(1);
        let Some(does) = pressed(Where::Tabs, &event) else { return };
        let to = match does {
            Does::Next => {
                if at < last {
                    at + 1
                } else {
                    0
                }
            }
            Does::Previous => at.checked_sub(1).unwrap_or(last),
            Does::First => 0,
            Does::Last => last,
            _ => {
                let (Some(act), Some(what), Some(tab)) = (act, act_of(does), tabs.get(at)) else { return };
                event.prevent_default();
                act.run((tab.key, what));
                if what != Act::Rename {
                    // The row is drawn anew before.
                    request_animation_frame(move || {
                        if let Some(key) = shown.get_untracked() {
                            focus(&id(name, key));
                        }
                    });
                }
                return;
            }
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

const fn act_of(does: Does) -> Option<Act> {
    Some(match does {
        Does::Rename => Act::Rename,
        Does::Remove => Act::Remove,
        Does::MoveBack => Act::Move(Way::Back),
        Does::MoveOn => Act::Move(Way::On),
        _ => return None,
    })
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
