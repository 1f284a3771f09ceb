//! What a person chose, remembered on this device and nowhere else.

use crate::panes::Widths;
use leptos::prelude::*;
use postproof_words::{Lang, Phrase, page};
use wasm_bindgen::JsValue;

/// Paper or night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// As it is stored and as the style sheet asks for it; none follows the system.
    const fn tag(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    pub(crate) const fn words(self) -> Phrase {
        match self {
            Self::System => page::THEME_SYSTEM,
            Self::Light => page::THEME_LIGHT,
            Self::Dark => page::THEME_DARK,
        }
    }

    /// A sign for the button; the words are its label.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::System => "◐",
            Self::Light => "☀",
            Self::Dark => "☾",
        }
    }
}

/// How long the engine may take, in milliseconds, unless chosen otherwise.
const DEADLINE: u32 = 2000;

const LANG_KEY: &str = "postproof.lang";
const THEME_KEY: &str = "postproof.theme";
const PANES_KEY: &str = "postproof.panes";
const DEADLINE_KEY: &str = "postproof.deadline";

/// The language that was chosen here, or the browser's first.
pub(crate) fn lang() -> Lang {
    Lang::from_tag(&stored(LANG_KEY).or_else(|| window().navigator().language()).unwrap_or_default())
}

/// The theme that was chosen here.
pub(crate) fn theme() -> Theme {
    match stored(THEME_KEY).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// The deadline that was set here, from 1 ms to 10 minutes.
pub(crate) fn deadline() -> u32 {
    let set = stored(DEADLINE_KEY).and_then(|text| text.parse().ok());
    set.filter(|milliseconds| (1..=600_000).contains(milliseconds)).unwrap_or(DEADLINE)
}

/// How wide the panes were made here.
pub(crate) fn widths() -> Widths {
    stored(PANES_KEY).and_then(|text| Widths::read(&text)).unwrap_or_default()
}

/// Remembers how wide the panes are; the usual widths need no memory.
pub(crate) fn keep_widths(widths: Widths) {
    store(PANES_KEY, (widths != Widths::default()).then(|| widths.write()).as_deref());
}

/// Applies and remembers a language.
pub(crate) fn use_lang(lang: Lang, chosen: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", lang.tag());
    }
    if chosen {
        store(LANG_KEY, Some(lang.tag()));
    }
}

/// Applies and remembers a theme.
pub(crate) fn use_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme.tag() {
            Some(tag) => root.set_attribute("data-theme", tag),
            None => root.remove_attribute("data-theme"),
        };
    }
    store(THEME_KEY, theme.tag());
}

// Storage may be switched off or full; then a choice lasts as long as the page.

pub(crate) fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Stores a value, or takes it away; false where that fails.
pub(crate) fn store(key: &str, value: Option<&str>) -> bool {
    let Ok(Some(storage)) = window().local_storage() else { return false };
    match value {
        Some(value) => storage.set_item(key, value).is_ok(),
        None => storage.remove_item(key).is_ok(),
    }
}

/// Whether the browser was told to save data (Network Information API, `saveData`; not every browser has it).
pub(crate) fn saves_data() -> bool {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or_default();
    let navigator: JsValue = window().navigator().into();
    of(&of(&navigator, "connection"), "saveData").is_truthy()
}
