//! A key with the part that matched, and the groups.

use crate::excerpt::{Piece, PieceKind, pieces};
use leptos::prelude::*;
use postproof_model::{Hit, Span};
use postproof_words::{Lang, page as words};

/// The key; what matched stands out.
pub(super) fn key(key: &[u8], matched: Option<Span>, lang: Lang) -> AnyView {
    let pieces = pieces(key, matched).into_iter().map(|piece| view(piece, lang)).collect::<Vec<_>>();
    view! { <p class="key">{pieces}</p> }.into_any()
}

fn view(piece: Piece, lang: Lang) -> AnyView {
    let Piece { text, kind } = piece;
    match kind {
        PieceKind::Plain => text.into_any(),
        PieceKind::Matched => view! { <mark>{text}</mark> }.into_any(),
        PieceKind::Byte { matched: false } => view! { <span class="byte">{text}</span> }.into_any(),
        PieceKind::Byte { matched: true } => view! { <mark class="byte">{text}</mark> }.into_any(),
        PieceKind::Cut => {
            let words = words::CUT.fill(lang, &[("count", &text)]);
            view! { <span class="cut">{format!(" … {words} … ")}</span> }.into_any()
        }
    }
}

/// `$1` and its siblings, with what they stand for.
pub(super) fn groups(hit: &Hit, key: &[u8], lang: Lang) -> Option<AnyView> {
    if hit.groups_unknown {
        return Some(view! { <p class="more">{words::GROUPS_UNKNOWN.say(lang)}</p> }.into_any());
    }
    if hit.groups.is_empty() {
        return None;
    }
    let group = |(index, span): (usize, &Option<Span>)| {
        let value = match span {
            Some(span) => {
                let bytes = key.get(span.start..span.end).unwrap_or_default();
                let pieces = pieces(bytes, None).into_iter().map(|piece| view(piece, lang)).collect::<Vec<_>>();
                view! { <code>{pieces}</code> }.into_any()
            }
            None => view! { <span class="more">{words::GROUP_EMPTY.say(lang)}</span> }.into_any(),
        };
        view! {
            <dt>{format!("${}", index + 1)}</dt>
            <dd>{value}</dd>
        }
    };
    Some(view! { <dl class="groups">{hit.groups.iter().enumerate().map(group).collect_view()}</dl> }.into_any())
}
