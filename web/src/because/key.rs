//! A key with the part that matched, and the groups.

use crate::excerpt::{Piece, PieceKind, pieces};
use crate::markup::{Markup, el};
use postproof_model::{Hit, Span};
use postproof_words::{Lang, page as words};

/// The key; what matched stands out.
pub(super) fn key(key: &[u8], matched: Option<Span>, lang: Lang) -> Markup {
    el("p").class("key").with_all(shown(key, matched, lang)).into()
}

/// The key a table saw, with several stretches of it marked; they stand in order, none inside another.
pub(super) fn key_with(key: &[u8], marked: &[Span], lang: Lang) -> Markup {
    let mut line = el("p").class("key");
    let mut at = 0;
    for span in marked {
        let (Some(before), Some(part)) = (key.get(at..span.start), key.get(span.start..span.end)) else { continue };
        line = line.with_all(shown(before, None, lang));
        line = line.with_all(shown(part, Some(Span::new(0, part.len())), lang));
        at = span.end;
    }
    line.with_all(shown(key.get(at..).unwrap_or_default(), None, lang)).into()
}

pub(super) fn shown(bytes: &[u8], matched: Option<Span>, lang: Lang) -> impl Iterator<Item = Markup> + use<> {
    pieces(bytes, matched).into_iter().map(move |Piece { text, kind }| match kind {
        PieceKind::Plain => text.into(),
        PieceKind::Matched => el("mark").with(text).into(),
        PieceKind::Byte { matched } => el(if matched { "mark" } else { "span" }).class("byte").with(text).into(),
        PieceKind::Cut => {
            let words = words::CUT.fill(lang, &[("count", &text)]);
            el("span").class("cut").with(format!(" … {words} … ")).into()
        }
    })
}

/// `$1` and its siblings, with what they stand for.
pub(super) fn groups(hit: &Hit, key: &[u8], lang: Lang) -> Option<Markup> {
    if hit.groups_unknown {
        return Some(super::more(words::GROUPS_UNKNOWN.say(lang)));
    }
    if hit.groups.is_empty() {
        return None;
    }
    let mut list = el("dl").class("groups");
    for (index, span) in hit.groups.iter().enumerate() {
        let value = match span {
            Some(span) => el("code").with_all(shown(key.get(span.start..span.end).unwrap_or_default(), None, lang)),
            None => el("span").class("more").with(words::GROUP_EMPTY.say(lang)),
        };
        list = list.with(el("dt").with(format!("${}", index + 1))).with(el("dd").with(value));
    }
    Some(list.into())
}
