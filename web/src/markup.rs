//! Text with structure, as plain data: what the panes say about a report, made without a browser and tested without one.
//!
//! [`Drawn`] puts it into the page as elements and text nodes; nothing here is ever read as HTML.

use crate::page::page;
use crate::workbench::Key;
use leptos::html::Div;
use leptos::prelude::*;
use postproof_model::{Code, RuleRef, Span};
use postproof_protocol::answers::OnlyRead;
use postproof_protocol::desk::TextEdit;
use postproof_words::{Lang, Part, Phrase, verdicts};
use wasm_bindgen::JsCast;
use web_sys::{Element as DomElement, HtmlElement};

/// A text or an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    Text(String),
    Element(Element),
}

/// An element with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    /// Where a click on it leads.
    place: Option<Place>,
    children: Vec<Markup>,
}

/// A place in one of the editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Bytes of the table of this name.
    Table(String, Span),
    /// Bytes of the input in front.
    Input(Span),
    /// A line of the input in front, from 1.
    InputLine(usize),
    /// Not a place but a change of a table's text, as long as it has this version.
    Mend { key: Key, version: u32, edits: Vec<TextEdit> },
    /// The page of a code.
    Code(Code),
    /// Rules for what a rule matches only where it is decoded.
    Make(Box<OnlyRead>),
}

/// An element without anything in it yet.
pub(crate) const fn el(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), place: None, children: Vec::new() }
}

/// A button that leads to a place.
pub(crate) fn go(label: impl Into<String>, place: Place) -> Element {
    button(label, "go", place)
}

/// A button of another class.
pub(crate) fn button(label: impl Into<String>, class: &str, place: Place) -> Element {
    let button = el("button").attribute("type", "button").class(class).with(label.into());
    Element { place: Some(place), ..button }
}

/// A rule by table and line, leading there.
pub(crate) fn rule(rule: &RuleRef, lang: Lang) -> Element {
    go(verdicts::rule_at(rule, lang), Place::Table(rule.table.clone(), rule.span))
}

/// A phrase with something else than text in the place of its values.
pub(crate) fn sentence(phrase: Phrase, lang: Lang, values: &[(&str, Vec<Markup>)]) -> Vec<Markup> {
    let parts = phrase.parts(lang).into_iter().flat_map(|part| match part {
        Part::Words(words) => vec![words.into()],
        Part::Value(name) => {
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        }
    });
    parts.collect()
}

impl Element {
    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn class(self, class: impl Into<String>) -> Self {
        self.attribute("class", class)
    }

    /// Nothing for screen readers: the same is said in words beside it.
    pub(crate) fn silent(self) -> Self {
        self.attribute("aria-hidden", "true")
    }

    pub(crate) fn with(mut self, child: impl Into<Markup>) -> Self {
        self.children.push(child.into());
        self
    }

    pub(crate) fn with_all(mut self, children: impl IntoIterator<Item = impl Into<Markup>>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }
}

impl From<Element> for Markup {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Shows markup, and leads where it is clicked.
#[component]
pub(crate) fn Drawn(class: &'static str, content: Memo<Vec<Markup>>) -> impl IntoView {
    let page = page();
    let host = NodeRef::<Div>::new();
    let places = StoredValue::new(Vec::<Place>::new());
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        let mut found = Vec::new();
        let focused = focused(&host);
        host.replace_children_with_node_0();
        content.with(|content| append(&host, content, false, &mut found));
        places.set_value(found);
        if let Some((label, place)) = focused {
            focus(&host, &label, &place);
        }
    });
    let lead = move |event: leptos::ev::MouseEvent| {
        let clicked = event.target().and_then(|target| target.dyn_into::<DomElement>().ok());
        let button = clicked.and_then(|clicked| clicked.closest("[data-place]").ok().flatten());
        let index = button.and_then(|button| button.get_attribute("data-place")?.parse::<usize>().ok());
        if let Some(place) = index.and_then(|index| places.with_value(|places| places.get(index).cloned())) {
            page.go(place);
        }
    };
    view! { <div class=class node_ref=host on:click=lead></div> }
}

/// The label and the place of what has the focus in it.
fn focused(host: &DomElement) -> Option<(String, String)> {
    let active = document().active_element().filter(|active| host.contains(Some(active)))?;
    Some((active.text_content().unwrap_or_default(), active.get_attribute("data-place")?))
}

/// Gives the focus to what is said the same now, else to what stands where it was, else to what is around it all.
fn focus(host: &DomElement, label: &str, place: &str) {
    let Ok(buttons) = host.query_selector_all("[data-place]") else { return };
    let buttons = || (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into::<HtmlElement>().ok());
    let at_place = |button: &HtmlElement| button.get_attribute("data-place").as_deref() == Some(place);
    let says_same = |button: &HtmlElement| button.text_content().as_deref() == Some(label);
    let same = buttons().find(|button| at_place(button) && says_same(button));
    let button = same.or_else(|| buttons().find(says_same)).or_else(|| buttons().find(at_place));
    let around = || host.closest("[tabindex]").ok().flatten()?.dyn_into::<HtmlElement>().ok();
    if let Some(button) = button.or_else(around) {
        let _ = button.focus();
    }
}

/// Appends markup to an element. Tags and names of attributes are our own, so nothing here can be refused.
/// What stands in a drawing is of SVG's own namespace.
fn append(parent: &DomElement, content: &[Markup], drawing: bool, places: &mut Vec<Place>) {
    let document = document();
    for markup in content {
        match markup {
            Markup::Text(text) => {
                let _ = parent.append_child(&document.create_text_node(text));
            }
            Markup::Element(element) => {
                let drawing = drawing || element.tag == "svg";
                let made = if drawing {
                    document.create_element_ns(Some("http://www.w3.org/2000/svg"), element.tag)
                } else {
                    document.create_element(element.tag)
                };
                let Ok(made) = made else { continue };
                for (name, value) in &element.attributes {
                    let _ = made.set_attribute(name, value);
                }
                if let Some(place) = &element.place {
                    let _ = made.set_attribute("data-place", &places.len().to_string());
                    places.push(place.clone());
                }
                append(&made, &element.children, drawing, places);
                let _ = parent.append_child(&made);
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use postproof_words::page as words;

    /// What a person reads, with a space between elements.
    pub(crate) fn text(content: &[Markup]) -> String {
        fn gather(content: &[Markup], out: &mut Vec<String>) {
            for markup in content {
                match markup {
                    Markup::Text(text) => out.push(text.trim().to_owned()),
                    Markup::Element(element) => gather(&element.children, out),
                }
            }
        }
        let mut out = Vec::new();
        gather(content, &mut out);
        out.retain(|text| !text.is_empty());
        out.join(" ")
    }

    #[test]
    fn values_stand_where_each_language_wants_them() {
        let values = [("rule", vec!["R".into()]), ("place", vec!["P".into()])];
        assert_eq!(text(&sentence(words::BY_RULE, Lang::En, &values)), "by R , on P");
        assert_eq!(text(&sentence(words::BY_RULE, Lang::Ja, &values)), "P が R に一致");
    }
}
