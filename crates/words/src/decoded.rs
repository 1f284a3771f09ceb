//! Words for what people see of a message beside what Postfix's rules see.

use postproof_model::Lines;
use postproof_model::decoded::{DecodeProblem, DecodedBody, DecodedOnly, TransferEncoding};

use crate::Lang;

crate::phrases! {
    DECODED_ONLY: "matches what people read here, but nothing that Postfix looks at: {rule}" / "人の読む内容には一致しますが、Postfix の見るものには一致しません: {rule}";
    DECODED_TEXT: "people read, from {lines}:" / "人の読む内容 ({lines}):";
    LINE: "line {first}" / "{first} 行目";
    LINES: "lines {first} to {last}" / "{first} 行目から {last} 行目";
    FURTHER: "further lines of the same part that it matches: {count}" / "同じパートでほかに一致する行: {count}";
    NOT_ALL: "There may be more such rules: the search was ended to stay within bounds, or an answer is unknown."
        / "このようなルールはほかにもあるかもしれません。範囲を限るために調べるのをやめたか、答えの不明なものがありました。";
    WHAT_PEOPLE_READ: "what people read:" / "人の読む内容:";
    BODY: "{lines}, {type}" / "{lines}、{type}";
    BODY_ENCODED: "{lines}, {type}, {encoding}" / "{lines}、{type}、{encoding}";
    CHARSET: "charset {name}" / "文字コード {name}";
    NO_TEXT: "no text" / "テキストはありません";
    CUT: "The message goes on beyond what is shown." / "メッセージには、ここに示した先にも続きがあります。";
    UNKNOWN_CHARSET: "Nothing is known of the charset {name}; the text was read as UTF-8." / "文字コード {name} は扱えないため、UTF-8 として読みました。";
    UNKNOWN_ENCODING: "Nothing is known of the encoding {name}; the text is shown as it was sent." / "エンコード方式 {name} は扱えないため、送られたまま示します。";
    MALFORMED: "Something in it is not as its encoding wants it." / "エンコード方式に合わない箇所があります。";
    CUT_OFF: "It goes on beyond what is shown." / "ここに示した先にも続きがあります。";
}

/// That a rule matches only what people read. `rule` is how the rule is named.
#[must_use]
pub fn decoded_only(rule: &str, lang: Lang) -> String {
    DECODED_ONLY.fill(lang, &[("rule", rule)])
}

/// Which raw lines the text that follows comes from.
#[must_use]
pub fn comes_from(found: &DecodedOnly, lang: Lang) -> String {
    DECODED_TEXT.fill(lang, &[("lines", &lines(found.lines, lang))])
}

/// Lines of the input.
#[must_use]
pub fn lines(lines: Lines, lang: Lang) -> String {
    let (first, last) = (lines.first.to_string(), lines.last.to_string());
    let phrase = if first == last { LINE } else { LINES };
    phrase.fill(lang, &[("first", &first), ("last", &last)])
}

/// Which lines a body takes, what type and charset it has and how it is encoded.
#[must_use]
pub fn body(body: &DecodedBody, lang: Lang) -> String {
    let lines = lines(body.lines, lang);
    let charset = body.charset.as_ref().map(|name| CHARSET.fill(lang, &[("name", name)]));
    let kind = match charset {
        None => body.media_type.clone(),
        Some(charset) => format!("{} ({charset})", body.media_type),
    };
    let encoding = match body.encoding {
        TransferEncoding::Identity => return BODY.fill(lang, &[("lines", &lines), ("type", &kind)]),
        TransferEncoding::QuotedPrintable => "quoted-printable",
        TransferEncoding::Base64 => "base64",
    };
    BODY_ENCODED.fill(lang, &[("lines", &lines), ("type", &kind), ("encoding", encoding)])
}

/// What could not be decoded.
#[must_use]
pub fn problem(problem: &DecodeProblem, lang: Lang) -> String {
    match problem {
        DecodeProblem::UnknownCharset(name) => UNKNOWN_CHARSET.fill(lang, &[("name", name)]),
        DecodeProblem::UnknownEncoding(name) => UNKNOWN_ENCODING.fill(lang, &[("name", name)]),
        DecodeProblem::Malformed => MALFORMED.say(lang).to_owned(),
        DecodeProblem::CutOff => CUT_OFF.say(lang).to_owned(),
    }
}
