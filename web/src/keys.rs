//! Every key of the page in one table: what listens for keys asks it, the editors are bound by it, and the help sheet shows
//! it, so that what is said and what is done cannot part.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use postproof_words::{Phrase, keys as words, panes};
use wasm_bindgen::prelude::*;

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// Wherever one is; keys that type something only outside of text.
    Page,
    Tabs,
    Editor,
    /// On what lies between two panes.
    Border,
    Dialogs,
}

impl Where {
    pub(crate) const ALL: [Self; 5] = [Self::Page, Self::Tabs, Self::Editor, Self::Border, Self::Dialogs];

    pub(crate) const fn words(self) -> Phrase {
        match self {
            Self::Page => words::ON_PAGE,
            Self::Tabs => words::ON_TABS,
            Self::Editor => words::IN_EDITOR,
            Self::Border => panes::ON_BORDER,
            Self::Dialogs => words::IN_DIALOGS,
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Help,
    Undo,
    Redo,
    Next,
    Previous,
    First,
    Last,
    Rename,
    Remove,
    MoveBack,
    MoveOn,
    Reset,
    /// A command of the editor's: its name in `web/editor/keys.js`.
    Edit(&'static str),
    /// What the browser or CodeMirror does by itself.
    Itself,
}

/// Keys that do the same.
pub(crate) struct Key {
    pub(crate) place: Where,
    pub(crate) does: Does,
    /// Each as CodeMirror writes keys: `Mod-Shift-m`; `Mod` is the command key on a Mac, Control elsewhere. A space stands
    /// between keys that are pressed one after the other.
    pub(crate) chords: &'static [&'static str],
    pub(crate) words: Phrase,
}

macro_rules! keys {
    ($($place:ident { $($does:expr, [$($chord:literal),+], $words:path;)+ })+) => {
        /// The table.
        pub(crate) const KEYS: &[Key] = &[$($(
            Key { place: Where::$place, does: $does, chords: &[$($chord),+], words: $words },
        )+)+];
    };
}

keys! {
    Page {
        Does::Help, ["F1", "?"], words::HELP;
        Does::Undo, ["Ctrl-Alt-z", "Mod-z"], words::UNDO_STEP;
        Does::Redo, ["Ctrl-Alt-Shift-z", "Mod-y"], words::REDO_STEP;
    }
    Tabs {
        Does::Previous, ["ArrowLeft"], words::PREVIOUS_TAB;
        Does::Next, ["ArrowRight"], words::NEXT_TAB;
        Does::First, ["Home"], words::FIRST_TAB;
        Does::Last, ["End"], words::LAST_TAB;
        Does::Rename, ["F2"], words::RENAME;
        Does::Remove, ["Delete"], words::REMOVE;
        Does::MoveBack, ["Ctrl-Shift-ArrowLeft"], words::MOVE_BACK;
        Does::MoveOn, ["Ctrl-Shift-ArrowRight"], words::MOVE_ON;
    }
    Editor {
        Does::Itself, ["Escape Tab"], words::LEAVE;
        Does::Edit("undo"), ["Mod-z"], words::UNDO_TYPING;
        Does::Edit("redo"), ["Mod-y", "Mod-Shift-z"], words::REDO_TYPING;
        Does::Edit("find"), ["Mod-f"], words::FIND;
        Does::Edit("nextProblem"), ["F8"], words::NEXT_PROBLEM;
        Does::Edit("previousProblem"), ["Shift-F8"], words::PREVIOUS_PROBLEM;
        Does::Edit("problems"), ["Mod-Shift-m"], words::PROBLEMS;
        Does::Edit("comment"), ["Mod-/"], words::COMMENT;
        Does::Edit("lineUp"), ["Alt-ArrowUp"], words::LINE_UP;
        Does::Edit("lineDown"), ["Alt-ArrowDown"], words::LINE_DOWN;
        Does::Edit("copyUp"), ["Shift-Alt-ArrowUp"], words::COPY_UP;
        Does::Edit("copyDown"), ["Shift-Alt-ArrowDown"], words::COPY_DOWN;
        Does::Edit("deleteLine"), ["Shift-Mod-k"], words::DELETE_LINE;
    }
    Border {
        Does::Previous, ["ArrowLeft"], panes::LEFT;
        Does::Next, ["ArrowRight"], panes::RIGHT;
        Does::First, ["Home"], panes::FARTHEST_LEFT;
        Does::Last, ["End"], panes::FARTHEST_RIGHT;
        Does::Reset, ["Enter"], panes::RESET;
    }
    Dialogs {
        Does::Itself, ["Escape"], words::CLOSE;
    }
}

/// What a key that was pressed does in a place.
pub(crate) fn pressed(place: Where, event: &KeyboardEvent) -> Option<Does> {
    let held = Held {
        key: event.key(),
        // The third level of a keyboard is Control and Alt to some systems, but types a character.
        ctrl: event.ctrl_key() && !event.get_modifier_state("AltGraph"),
        alt: event.alt_key() && !event.get_modifier_state("AltGraph"),
        shift: event.shift_key(),
        meta: event.meta_key(),
    };
    let typed = place != Where::Page || !is_text(event);
    let of_place = KEYS.iter().filter(|key| key.place == place);
    let found = of_place.filter(|key| {
        let mut chords = key.chords.iter().filter(|chord| typed || works_in_text(chord));
        chords.any(|chord| held.is(chord, is_mac()))
    });
    found.map(|key| key.does).next()
}

/// Keys that neither type nor undo typing.
fn works_in_text(chord: &str) -> bool {
    chord.contains("Alt-") || (chord.starts_with('F') && chord.len() > 1)
}

/// Whether keys type something where they were pressed.
fn is_text(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0);
    let Ok(target) = target.dyn_into::<web_sys::HtmlElement>() else { return false };
    target.is_content_editable() || matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

#[derive(Debug, Default)]
struct Held {
    key: String,
    ctrl: bool,
    alt: bool,
    shift: bool,
    meta: bool,
}

impl Held {
    fn is(&self, chord: &str, mac: bool) -> bool {
        let mut parts: Vec<&str> = chord.split('-').collect();
        let Some(key) = parts.pop() else { return false };
        let has = |name: &str| parts.contains(&name);
        // A sign is typed with or without Shift, as the keyboard has it.
        let shift = has("Shift") == self.shift || (key.len() == 1 && !key.as_bytes()[0].is_ascii_alphanumeric());
        key.eq_ignore_ascii_case(&self.key)
            && shift
            && has("Alt") == self.alt
            && (has("Ctrl") || (has("Mod") && !mac)) == self.ctrl
            && (has("Mod") && mac) == self.meta
    }
}

fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac"))
}

/// A chord as people write it, key by key: `Ctrl+Alt+Z`, `←`.
pub(crate) fn written(chord: &str) -> Vec<String> {
    let mac = is_mac();
    chord.split(' ').map(|chord| written_one(chord, mac)).collect()
}

fn written_one(chord: &str, mac: bool) -> String {
    let mut parts: Vec<&str> = chord.split('-').collect();
    let key = parts.pop().unwrap_or_default();
    // In the order that people say them.
    let order = ["Ctrl", "Mod", "Alt", "Shift"].into_iter().filter(|name| parts.contains(name));
    let held = order.map(|name| match (name, mac) {
        ("Mod", true) => "⌘",
        ("Mod", false) => "Ctrl",
        _ => name,
    });
    let key = match key {
        "ArrowLeft" => "←".to_owned(),
        "ArrowRight" => "→".to_owned(),
        "ArrowUp" => "↑".to_owned(),
        "ArrowDown" => "↓".to_owned(),
        "Escape" => "Esc".to_owned(),
        key if key.len() == 1 => key.to_ascii_uppercase(),
        key => key.to_owned(),
    };
    held.map(str::to_owned).chain([key]).collect::<Vec<_>>().join("+")
}

/// The editor's bindings: `[chord, command]`.
pub(crate) fn of_editor() -> js_sys::Array {
    let bindings = js_sys::Array::new();
    for key in KEYS {
        if let Does::Edit(command) = key.does {
            for chord in key.chords {
                bindings.push(&js_sys::Array::of2(&JsValue::from(*chord), &JsValue::from(command)));
            }
        }
    }
    bindings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(key: &str, modifiers: &str) -> Held {
        let has = |name: &str| modifiers.contains(name);
        Held { key: key.to_owned(), ctrl: has("c"), alt: has("a"), shift: has("s"), meta: has("m") }
    }

    #[test]
    fn a_chord_is_what_is_held_and_nothing_more() {
        for (chord, mac, key, modifiers, is) in [
            ("F1", false, "F1", "", true),
            ("F1", false, "F1", "c", false),
            ("?", false, "?", "s", true),
            ("?", false, "?", "", true),
            ("?", false, "?", "c", false),
            ("Ctrl-Alt-z", false, "z", "ca", true),
            ("Ctrl-Alt-z", false, "Z", "cas", false),
            ("Ctrl-Alt-Shift-z", false, "Z", "cas", true),
            ("Mod-z", false, "z", "c", true),
            ("Mod-z", false, "z", "m", false),
            ("Mod-z", true, "z", "m", true),
            ("Mod-z", true, "z", "c", false),
            ("Ctrl-Shift-ArrowLeft", false, "ArrowLeft", "cs", true),
            ("ArrowLeft", false, "ArrowLeft", "cs", false),
        ] {
            assert_eq!(held(key, modifiers).is(chord, mac), is, "{chord} {key} {modifiers}");
        }
    }

    #[test]
    fn chords_are_written_as_people_do() {
        let written = |chord| written_one(chord, false);
        assert_eq!(
            ["Ctrl-Alt-z", "Shift-Mod-k", "ArrowLeft", "F8"].map(written),
            ["Ctrl+Alt+Z", "Ctrl+Shift+K", "←", "F8"]
        );
        assert_eq!(written_one("Mod-Shift-m", true), "⌘+Shift+M");
    }

    #[test]
    fn no_two_keys_of_a_place_are_the_same() {
        for place in Where::ALL {
            let of_place = KEYS.iter().filter(|key| key.place == place);
            let mut chords: Vec<&str> = of_place.flat_map(|key| key.chords).copied().collect();
            assert!(!chords.is_empty());
            let count = chords.len();
            chords.sort_unstable();
            chords.dedup();
            assert_eq!(chords.len(), count);
        }
    }
}
