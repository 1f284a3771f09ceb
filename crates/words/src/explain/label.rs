//! What stands in the boxes of a diagram.

use postproof_model::drawing::{Label, Tone};
use postproof_model::explain::{Characters, Explanation, Group, ItemKind, Part, Repeat, What};

use super::{Speaker, groups, phrases as p, shown};
use crate::{Lang, Phrase};

/// How many characters of a text a box shows at most.
const TEXT: usize = 36;
/// From how many texts on alternatives are one box that lists them.
const LIST: usize = 6;
/// How many items of a set a box shows at most.
const ITEMS: usize = 36;

/// What a diagram says of a part.
#[must_use]
pub fn label(explanation: &Explanation, part: &Part, lang: Lang) -> Label {
    let speaker = Speaker::new(explanation, lang);
    let mut label = speaker.label(part);
    let sentence = speaker.said(part).words;
    label.sentence = sentence.strip_suffix(':').map_or_else(|| sentence.clone(), str::to_owned);
    label
}

type Piece = (String, Tone);

impl Speaker<'_> {
    fn label(&self, part: &Part) -> Label {
        match &part.what {
            What::Either => boxed(self.list_pieces(part)),
            What::Nothing | What::Comment | What::Sequence | What::Group(Group::Plain) => Label::default(),
            What::Text(text) => boxed(vec![verbatim(&shown_text(&text.text, text.cut))]),
            What::Never(text) => boxed(vec![verbatim(&shown_text(&text.text, text.cut)), self.word(p::LABEL_NEVER)]),
            What::Characters(characters) => boxed(self.set_pieces(characters)),
            What::Any { newline: true } => boxed(vec![self.word(p::LABEL_ANY)]),
            What::Any { newline: false } => boxed(vec![self.word(p::LABEL_ANY_BUT_NEWLINE)]),
            What::At { anchor } => boxed(vec![self.word(p::anchor(*anchor).1)]),
            What::Group(Group::Capture { index, name }) => {
                let index = index.to_string();
                captioned(match name {
                    None => self.fill(p::LABEL_GROUP, &[("index", &index)]),
                    Some(name) => {
                        let name = shown::shortened(&shown::shown(name.as_bytes()), TEXT);
                        self.fill(p::LABEL_NAMED_GROUP, &[("index", &index), ("name", &name)])
                    }
                })
            }
            What::Group(Group::Atomic) => captioned(self.say(p::LABEL_ATOMIC)),
            What::Repeat(repeat) => Label { caption: self.loop_caption(repeat), ..Label::default() },
            What::SameAs { group, or, .. } if or.is_empty() => {
                boxed(vec![words(self.fill(p::LABEL_SAME_AS, &[("group", &group.to_string())]))])
            }
            What::SameAs { group, or, .. } => {
                let groups = groups(std::iter::once(group).chain(or));
                boxed(vec![words(self.fill(p::LABEL_SAME_AS_ONE, &[("groups", &groups)]))])
            }
            What::Look { .. } => captioned(self.head(part)),
            What::Conditional { test } => {
                Label { branches: vec![self.say(p::THEN), self.say(p::OTHERWISE)], ..captioned(self.test(test)) }
            }
            What::Again { group: 0 } => boxed(vec![self.word(p::LABEL_AGAIN_WHOLE)]),
            What::Again { group } => boxed(vec![words(self.fill(p::LABEL_AGAIN, &[("group", &group.to_string())]))]),
            What::LineBreak { .. } => boxed(vec![self.word(p::LABEL_LINE_BREAK)]),
            What::Grapheme => boxed(vec![self.word(p::LABEL_GRAPHEME)]),
            What::SingleByte => boxed(vec![self.word(p::LABEL_SINGLE_BYTE)]),
            What::Keep => boxed(vec![self.word(p::LABEL_KEEP)]),
            What::Setting | What::Verb { .. } => {
                let source = shown::shown(self.explanation.source.slice(part.span));
                boxed(vec![verbatim(&shown::shortened(&source, TEXT))])
            }
            What::AndSoOn { .. } => boxed(vec![self.word(p::LABEL_AND_SO_ON)]),
        }
    }

    /// "followed by"
    fn head(&self, part: &Part) -> String {
        use postproof_model::explain::Direction::{Ahead, Behind};
        let phrase = match &part.what {
            What::Look { direction: Ahead, negative: false } => p::AHEAD,
            What::Look { direction: Ahead, negative: true } => p::NOT_AHEAD,
            What::Look { direction: Behind, negative: false } => p::BEHIND,
            _ => p::NOT_BEHIND,
        };
        self.say(phrase)
    }

    /// What rails alone do not show of a repetition.
    fn loop_caption(&self, repeat: &Repeat) -> Option<String> {
        let times = match (repeat.min, repeat.max) {
            (0 | 1, None) | (0 | 1, Some(1)) => None,
            (0, Some(0)) => Some(self.say(p::LABEL_NONE)),
            _ => Some(self.times(repeat)),
        };
        match (times, self.greed(repeat.greed)) {
            (times, None) => times,
            (None, Some(greed)) => Some(greed.to_owned()),
            (Some(times), Some(greed)) => Some(self.fill(p::WITH_GREED, &[("what", &times), ("greed", greed)])),
        }
    }

    /// Alternatives as a list, where they are many and all of them texts; branches of a diagram would be a long ladder.
    fn list_pieces(&self, part: &Part) -> Vec<Piece> {
        if part.parts.len() < LIST {
            return Vec::new();
        }
        let pieces = part.parts.iter().map(|part| match &part.what {
            What::Text(text) => Some(verbatim(&shown_text(&text.text, text.cut))),
            What::AndSoOn { .. } => Some(words("…".to_owned())),
            _ => None,
        });
        pieces.collect::<Option<Vec<Piece>>>().map(|pieces| self.one_of(pieces, p::LABEL_ONE_OF)).unwrap_or_default()
    }

    /// English says what is meant before the characters, Japanese after them.
    fn one_of(&self, mut pieces: Vec<Piece>, what: Phrase) -> Vec<Piece> {
        let at = if self.lang == Lang::En { 0 } else { pieces.len() };
        pieces.insert(at, self.word(what));
        pieces
    }

    fn set_pieces(&self, characters: &Characters) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if let Some(named) = characters.known {
            pieces.push(self.word(p::named(named).2));
        } else {
            for item in characters.items.iter().take(ITEMS) {
                pieces.push(self.item(&item.kind));
            }
        }
        let several = pieces.len() > 1;
        if characters.left_out > 0 || (several && characters.items.len() > ITEMS) {
            pieces.push(words("…".to_owned()));
        }
        let what = match (characters.negated, several) {
            (true, true) => p::LABEL_NONE_OF,
            (true, false) => p::LABEL_NOT,
            (false, true) => p::LABEL_ONE_OF,
            (false, false) => return pieces,
        };
        self.one_of(pieces, what)
    }

    fn item(&self, item: &ItemKind) -> Piece {
        match item {
            ItemKind::Character(character) => match &**character {
                b"\t" => self.word(p::LABEL_TAB),
                b"\n" => self.word(p::LABEL_NEWLINE),
                bytes => verbatim(&shown_text(bytes, false)),
            },
            ItemKind::Range { first, last, .. } => {
                verbatim(&format!("{}–{}", shown_text(first, false), shown_text(last, false)))
            }
            ItemKind::Property { written } => verbatim(&shown_text(written.as_bytes(), false)),
            ItemKind::Named { name, negated } => {
                let what = p::named(*name).2.say(self.lang);
                words(if *negated { self.fill(p::BUT, &[("what", what)]) } else { what.to_owned() })
            }
        }
    }

    fn word(&self, phrase: Phrase) -> Piece {
        words(self.say(phrase))
    }
}

fn boxed(pieces: Vec<Piece>) -> Label {
    Label { pieces, ..Label::default() }
}

fn captioned(caption: String) -> Label {
    Label { caption: Some(caption), ..Label::default() }
}

fn verbatim(text: &str) -> Piece {
    (text.to_owned(), Tone::Verbatim)
}

fn words(text: String) -> Piece {
    (text, Tone::Words)
}

/// A text for a box, where a space must be seen.
fn shown_text(text: &[u8], cut: bool) -> String {
    let text = shown::shown(text).replace(' ', "␣");
    if cut && text.chars().count() <= TEXT { format!("{text}…") } else { shown::shortened(&text, TEXT) }
}
