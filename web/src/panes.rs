//! How wide the three panes are beside each other, and the borders between them that are moved by pointer or key.

use crate::keys::{Does, Where, pressed};
use crate::page::{Page, page};
use crate::preferences;
use leptos::ev::{self, KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use postproof_words::{Phrase, panes as words};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of what holds the panes.
pub(crate) const ID: &str = "panes";

/// The least width of each pane, in CSS pixels; `layout.css` says the same.
const LEAST: [u32; 3] = [300, 320, 290];

/// How far a key moves a border, in thousandths of the whole.
const STEP: u32 = 20;

/// Where the borders are, in thousandths of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    first: u32,
    second: u32,
}

impl Default for Widths {
    fn default() -> Self {
        Self { first: 349, second: 714 }
    }
}

/// Which border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Between {
    RulesAndInput,
    InputAndWhy,
}

impl Between {
    const fn words(self) -> Phrase {
        match self {
            Self::RulesAndInput => words::AFTER_RULES,
            Self::InputAndWhy => words::AFTER_INPUT,
        }
    }

    const fn controls(self) -> &'static str {
        match self {
            Self::RulesAndInput => "rules-pane",
            Self::InputAndWhy => "input-pane",
        }
    }
}

/// The part of a whole that some pixels are, in thousandths, rounded up.
const fn part(pixels: u32, whole: u32) -> u32 {
    if whole == 0 { 0 } else { (pixels * 1000).div_ceil(whole) }
}

impl Widths {
    /// Widths as they were written. None for what is no two borders in their order.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (first, second) = text.split_once(' ')?;
        let widths = Self { first: first.parse().ok()?, second: second.parse().ok()? };
        (0 < widths.first && widths.first < widths.second && widths.second < 1000).then_some(widths)
    }

    pub(crate) fn write(self) -> String {
        format!("{} {}", self.first, self.second)
    }

    const fn at(self, between: Between) -> u32 {
        match between {
            Between::RulesAndInput => self.first,
            Between::InputAndWhy => self.second,
        }
    }

    /// How far a border can go in so many pixels, so that no pane gets narrower than it may be.
    fn range(self, between: Between, whole: u32) -> (u32, u32) {
        let [rules, input, why] = LEAST.map(|pixels| part(pixels, whole));
        let (least, most) = match between {
            Between::RulesAndInput => (rules, self.second.saturating_sub(input)),
            Between::InputAndWhy => (self.first + input, 1000_u32.saturating_sub(why)),
        };
        (least, most.max(least))
    }

    /// The same with one border elsewhere, as far as it can go.
    fn moved(self, between: Between, to: u32, whole: u32) -> Self {
        let (least, most) = self.range(between, whole);
        let to = to.clamp(least, most);
        match between {
            Between::RulesAndInput => Self { first: to, ..self },
            Between::InputAndWhy => Self { second: to, ..self },
        }
    }

    /// The same in a window of so many pixels: what was chosen in a wide one may not fit into a narrow one.
    fn fitting(self, whole: u32) -> Self {
        let [rules, input, why] = LEAST.map(|pixels| part(pixels, whole));
        if rules + input + why > 1000 {
            return self;
        }
        let first = self.first.clamp(rules, 1000 - why - input);
        Self { first, second: self.second.clamp(first + input, 1000 - why) }
    }
}

fn host() -> Option<HtmlElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// The width of all panes in CSS pixels.
fn whole() -> u32 {
    host().and_then(|host| u32::try_from(host.client_width()).ok()).unwrap_or_default()
}

/// Gives the panes their widths, and keeps them.
pub(crate) fn tie(page: Page) {
    Effect::new(move |before: Option<()>| {
        let widths = page.widths.get();
        if before.is_some() {
            preferences::keep_widths(widths);
        }
        let Some(host) = host() else { return };
        // Set from here, a style is no inline style to the Content-Security-Policy.
        let style = host.style();
        let parts = [widths.first, widths.second.saturating_sub(widths.first), 1000_u32.saturating_sub(widths.second)];
        for (name, part) in ["--rules-width", "--input-width", "--why-width"].into_iter().zip(parts) {
            let _ = style.set_property(name, &format!("{part}fr"));
        }
    });
}

#[component]
pub(crate) fn Border(between: Between) -> impl IntoView {
    let page = page();
    let wide = RwSignal::new(0);
    Effect::new(move |_| wide.set(whole()));
    let listener = window_event_listener(ev::resize, move |_| wide.set(whole()));
    on_cleanup(move || listener.remove());

    let shown = move || page.widths.get().fitting(wide.get());
    let put = move |to: u32| page.widths.update(|widths| *widths = widths.fitting(whole()).moved(between, to, whole()));
    let reset = move || page.widths.set(Widths::default());
    let go = move |event: KeyboardEvent| {
        let at = page.widths.get_untracked().fitting(whole()).at(between);
        match pressed(Where::Border, &event) {
            Some(Does::Previous) => put(at.saturating_sub(STEP)),
            Some(Does::Next) => put(at + STEP),
            Some(Does::First) => put(0),
            Some(Does::Last) => put(1000),
            Some(Does::Reset) => reset(),
            _ => return,
        }
        event.prevent_default();
    };
    let border = NodeRef::<leptos::html::Div>::new();
    let hold = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(border) = border.get_untracked() {
            let _ = border.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: PointerEvent| {
        let held = border.get_untracked().is_some_and(|border| border.has_pointer_capture(event.pointer_id()));
        let (true, Some(host)) = (held, host()) else { return };
        let area = host.get_bounding_client_rect();
        if area.width() > 0.0 {
            let part = (f64::from(event.client_x()) - area.left()) / area.width() * 1000.0;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just here")]
            put(part.clamp(0.0, 1000.0).round() as u32);
        }
    };
    let percent = move |thousandths: u32| ((thousandths + 5) / 10).to_string();
    view! {
        <div
            class="border"
            role="separator"
            tabindex="0"
            node_ref=border
            aria-orientation="vertical"
            aria-label=page.words(between.words())
            aria-controls=between.controls()
            aria-valuenow=move || percent(shown().at(between))
            aria-valuemin=move || percent(shown().range(between, wide.get()).0)
            aria-valuemax=move || percent(shown().range(between, wide.get()).1)
            aria-valuetext=move || page.fill(words::VALUE, &[("percent", &percent(shown().at(between)))])
            on:keydown=go
            on:pointerdown=hold
            on:pointermove=drag
            on:dblclick=move |_| reset()
        ></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Between::{InputAndWhy, RulesAndInput};

    #[test]
    fn what_is_kept_is_read_again_and_nothing_else_is() {
        let widths = Widths { first: 400, second: 700 };
        assert_eq!(Widths::read(&widths.write()), Some(widths));
        for text in ["", "400", "700 400", "0 500", "400 1000", "a b", "-1 5", "400 400"] {
            assert_eq!(Widths::read(text), None, "{text}");
        }
    }

    #[test]
    fn no_pane_gets_narrower_than_it_may_be() {
        let widths = Widths::default();
        for whole in [1081, 1440, 3000] {
            for to in [0, 500, 1000] {
                for between in [RulesAndInput, InputAndWhy] {
                    let Widths { first, second } = widths.fitting(whole).moved(between, to, whole);
                    let parts = [first, second - first, 1000 - second];
                    let narrow = parts.iter().zip(LEAST).any(|(part, least)| part * whole < (least - 1) * 1000);
                    assert!(!narrow, "{whole} {to} {between:?} {parts:?}");
                }
            }
        }
    }

    #[test]
    fn widths_of_a_wide_window_fit_into_a_narrow_one() {
        let widths = Widths { first: 100, second: 950 };
        assert_eq!(widths.fitting(1200), Widths { first: 250, second: 758 });
        assert_eq!(widths.fitting(0), widths);
    }
}
