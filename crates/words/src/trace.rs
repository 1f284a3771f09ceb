//! Words for a lookup told rule by rule: what each rule made of the key, and how far its pattern got.

use postproof_model::{Bytes, NearMiss, Span, StepOutcome};

use crate::{Lang, pcre, verdicts};

crate::phrases! {
    ASKED: "{table}, asked for {key}:" / "{table} にキー {key} を問い合わせ:";
    ANSWERS: "answers" / "答えます";
    LETS_THROUGH: "holds, so the rules of its block are tried" / "成り立つので、ブロックの中のルールを調べます";
    SHUTS_OUT: "does not hold, so its block is passed over" / "成り立たないので、ブロックを飛ばします";
    SHUT_OUT: "not tried: it stands inside an if that does not hold" / "成り立たない if の中にあるため、調べません";
    MISSES: "does not match" / "一致しません";
    NEGATED: "matches {text}, and so does not apply: it is negated" / "{text} に一致しますが、否定されているため当てはまりません";
    FAILED: "does not fire: PCRE2 ends the match with an error, because {reason}" / "働きません。PCRE2 が照合をエラーで終えます ({reason})";
    UNKNOWN: "unknown: {reason}" / "不明: {reason}";
    NEAR: "{pattern} matches {text}, but nowhere does {piece} follow" / "{pattern} は {text} に一致しますが、{piece} がその後に続く箇所はありません";
    NEAR_NOTHING: "{piece} matches nowhere" / "{piece} に一致する箇所がありません";
    NEAR_INSIDE: "of it, {pattern} does follow, then {piece} does not" / "そのうち {pattern} までは続きますが、次の {piece} が続きません";
    LEFT_OUT: "{count} more rules, none of which matches" / "ほかに一致しないルールが {count} 個";
    NOTHING_FOUND: "nothing is found" / "見つかりません";
    FINDS: "finds {result}" / "{result} が見つかります";
}

/// What a rule made of the key, and how far its pattern got. `source` is the table's.
#[must_use]
pub fn outcome(outcome: &StepOutcome, key: &Bytes, source: &[u8], lang: Lang) -> Vec<String> {
    let quoted = |span: Span| quoted(key.slice(span));
    let with_near = |said: &str, near: &Option<NearMiss>| {
        let near = near.as_ref().map(|near| self::near(near, key, source, lang)).unwrap_or_default();
        [vec![said.to_owned()], near].concat()
    };
    match outcome {
        StepOutcome::Answers => vec![ANSWERS.say(lang).to_owned()],
        StepOutcome::LetsThrough => vec![LETS_THROUGH.say(lang).to_owned()],
        StepOutcome::ShutsOut { near, .. } => with_near(SHUTS_OUT.say(lang), near),
        StepOutcome::ShutOut => vec![SHUT_OUT.say(lang).to_owned()],
        StepOutcome::Misses { near } => with_near(MISSES.say(lang), near),
        StepOutcome::MatchedButNegated { matched } => {
            let whole = Span::new(0, key.len());
            vec![NEGATED.fill(lang, &[("text", &quoted(matched.unwrap_or(whole)))])]
        }
        StepOutcome::Failed(error) => vec![FAILED.fill(lang, &[("reason", pcre::match_error(*error).say(lang))])],
        StepOutcome::Unknown(reason) => {
            vec![UNKNOWN.fill(lang, &[("reason", &verdicts::unknown_reason(reason, lang))])]
        }
    }
}

/// How far a pattern got: a line, and one more where it got further inside the piece that it stopped at.
#[must_use]
pub fn near(near: &NearMiss, key: &Bytes, source: &[u8], lang: Lang) -> Vec<String> {
    let pattern =
        |span: Span| String::from_utf8_lossy(source.get(span.start..span.end).unwrap_or_default()).into_owned();
    let piece = pattern(near.stopped_at);
    let first = if near.pattern.is_empty() {
        NEAR_NOTHING.fill(lang, &[("piece", &piece)])
    } else {
        let values = [("pattern", &*pattern(near.pattern)), ("text", &quoted(key.slice(near.key))), ("piece", &piece)];
        NEAR.fill(lang, &values)
    };
    let inside = near.inside.as_ref().filter(|inside| !inside.pattern.is_empty()).map(|inside| {
        let values = [("pattern", &*pattern(inside.pattern)), ("piece", &*pattern(inside.stopped_at))];
        NEAR_INSIDE.fill(lang, &values)
    });
    [first].into_iter().chain(inside).collect()
}

/// A text from a key in quotation marks, so that its ends and an empty one can be seen.
fn quoted(text: &[u8]) -> String {
    format!("\"{}\"", String::from_utf8_lossy(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_told_with_the_parts_of_pattern_and_key() {
        let source = b"/^(dialup|dhcp)[0-9]/ 450 no\n";
        let key = Bytes::from("dial-up7.example");
        let inside =
            NearMiss { pattern: Span::new(3, 7), stopped_at: Span::new(7, 8), key: Span::new(0, 4), inside: None };
        let near = NearMiss {
            pattern: Span::new(1, 2),
            stopped_at: Span::new(3, 14),
            key: Span::new(0, 0),
            inside: Some(Box::new(inside)),
        };
        let said = outcome(&StepOutcome::Misses { near: Some(near) }, &key, source, Lang::En);
        assert_eq!(
            said,
            [
                "does not match",
                "^ matches \"\", but nowhere does dialup|dhcp follow",
                "of it, dial does follow, then u does not"
            ]
        );
    }
}
