//! Words of rules that catch a phrase in its encodings, and of `postproof encode`.

use postproof_model::Class;
use postproof_model::encoded::{Charset, EncodedRule, Limit, PhraseProblem, TextEncoding};

use crate::Lang;

crate::phrases! {
    ABOUT: "Make rules that catch a phrase in base64, quoted-printable and other charsets, each proved on messages that hold it"
        / "base64 や quoted-printable、ほかの文字コードで送られる語句を捕まえるルールを作り、その語句を含むメッセージで確かめます";
    PHRASE: "The phrase, as people read it" / "語句 (読んだとおりの文字で)";
    CHARSET: "A charset that the phrase may be sent in; may be given several times; by default UTF-8, ISO-2022-JP, Shift_JIS, EUC-JP, ISO-8859-1 and windows-1252"
        / "語句が送られる文字コード。複数回指定できます。既定は UTF-8、ISO-2022-JP、Shift_JIS、EUC-JP、ISO-8859-1、windows-1252";
    TYPE: "The type of the tables: regexp or pcre; regexp by default" / "テーブルの種類 (regexp または pcre)。既定は regexp です";
    ACTION: "What the rules answer; REJECT by default" / "ルールの結果。既定は REJECT です";
    PART: "Print the rules for one table only: body or header" / "片方のテーブルのルールだけを出力します (body または header)";

    TABLE: "# {parameter}, {kind}: {phrase}" / "# {parameter}、{kind}: {phrase}";
    RULE: "# {encoding}, {charsets}; proved on: {count}" / "# {encoding}、{charsets}。確かめたメッセージ: {count}";
    BYTES: "# Not UTF-8: write this to a file, do not paste it" / "# UTF-8 ではないバイトを含みます。貼り付けずにファイルへ書き出してください";
    NO_RULES: "# No rules" / "# ルールはありません";
    RAW: "as it is" / "そのまま";
    WORD_B: "encoded word (B)" / "エンコードされた語 (B)";
    WORD_Q: "encoded word (Q)" / "エンコードされた語 (Q)";
    AND: ", " / "、";

    NOT_CAUGHT: "What these rules do not catch:" / "これらのルールで捕まえられないもの:";
    CANNOT_WRITE: "{charset} has no way to write {character}, so there are no rules for it" / "{charset} では {character} を書けないため、ルールはありません";
    TOO_SHORT: "{encoding}, {charsets}: no rule, for it would look for {count} characters only and fire on nearly everything"
        / "{encoding}、{charsets}: 探す文字が {count} 個しかなく、ほとんど何にでも働いてしまうため、ルールはありません";
    SHORT: "warning: {encoding}, {charsets}: the rule looks for {count} characters only, so it may fire by chance"
        / "警告: {encoding}、{charsets}: 探す文字が {count} 個しかないため、偶然働くことがあります";
    TOO_LONG: "{encoding}, {charsets}: no rule, for no line of base64 holds so long a phrase; try a shorter one"
        / "{encoding}、{charsets}: base64 の一行に収まらない長さのため、ルールはありません。短い語句で試してください";
    NOT_PROVED: "{encoding}, {charsets}: no rule, for it did not do what it should on a message made for it"
        / "{encoding}、{charsets}: 確認用のメッセージで正しく働かなかったため、ルールはありません";
    LINE_END_IN_BASE64: "a phrase across the end of a line of base64: up to {of_hundred} places in 100, with lines of 76 characters"
        / "base64 の行末をまたぐ語句: 76 文字の行なら、100 か所のうち最大 {of_hundred} か所";
    LINE_END: "a phrase across the end of a line, soft line breaks of quoted-printable included" / "行末をまたぐ語句 (quoted-printable のソフト改行も含む)";
    WORD_END: "a phrase across two encoded words of a header" / "ヘッダーの二つのエンコードされた語にまたがる語句";
    PARAMETERS: "encoded parameters of headers, such as names of files (RFC 2231)" / "ヘッダーのエンコードされたパラメーター (ファイル名など、RFC 2231)";
    OTHER_CHARSETS: "other charsets" / "ほかの文字コード";
    OTHER_ESCAPES: "other escape sequences of ISO-2022-JP within the phrase" / "語句の中にある、ISO-2022-JP のほかのエスケープシーケンス";
    OTHER_SPELLINGS: "other letter case, and other ways to write what looks the same" / "大文字と小文字の違いや、同じに見えるほかの書き方";
    HTML: "HTML that writes the phrase with character references or has tags within it" / "文字参照で書かれた語句や、途中にタグのある語句 (HTML)";
    BEYOND_SIZE_LIMIT: "what lies beyond body_checks_size_limit in a part" / "パートの中で body_checks_size_limit より先にあるもの";

    EMPTY: "the phrase is empty" / "語句が空です";
    PHRASE_TOO_LONG: "the phrase is longer than {most} characters" / "語句が {most} 文字を超えています";
    CONTROL_CHARACTER: "the phrase holds a control character, such as a line end" / "語句に改行などの制御文字が含まれています";
    BAD_ACTION: "{action} is no action that both the table and Postfix take" / "{action} は、テーブルと Postfix が受け付けるアクションではありません";
    UNKNOWN_CHARSET: "{name} is none of the charsets known here: {known}" / "{name} は、ここで扱える文字コードではありません: {known}";
}

/// An encoding's name, as a rule's comment has it.
#[must_use]
pub fn encoding(encoding: TextEncoding, class: Class, lang: Lang) -> &'static str {
    match (encoding, class) {
        (TextEncoding::Raw, _) => RAW.say(lang),
        // As messages name them.
        (TextEncoding::Base64, Class::Body) => "base64",
        (TextEncoding::QuotedPrintable, Class::Body) => "quoted-printable",
        (TextEncoding::Base64, _) => WORD_B.say(lang),
        (TextEncoding::QuotedPrintable, _) => WORD_Q.say(lang),
    }
}

/// The names of charsets in a row.
#[must_use]
pub fn charsets(charsets: &[Charset], lang: Lang) -> String {
    charsets.iter().map(|charset| charset.name()).collect::<Vec<_>>().join(AND.say(lang))
}

/// The comment above a rule.
#[must_use]
pub fn comment(rule: &EncodedRule, lang: Lang) -> String {
    let values = [
        ("encoding", encoding(rule.encoding, rule.class, lang)),
        ("charsets", &charsets(&rule.charsets, lang)),
        ("count", &rule.proved_on.len().to_string()),
    ];
    RULE.fill(lang, &values)
}

/// Something that rules do not catch.
#[must_use]
pub fn limit(limit: &Limit, lang: Lang) -> String {
    let about = |phrase: crate::Phrase, of: &[Charset], kind: TextEncoding, count: usize| {
        let (charsets, count) = (charsets(of, lang), count.to_string());
        let values = [("encoding", encoding(kind, Class::Body, lang)), ("charsets", &charsets), ("count", &count)];
        phrase.fill(lang, &values)
    };
    match limit {
        Limit::CannotWrite { charset, character } => {
            CANNOT_WRITE.fill(lang, &[("charset", charset.name()), ("character", &character.to_string())])
        }
        Limit::TooShort { charsets, encoding, characters } => about(TOO_SHORT, charsets, *encoding, *characters),
        Limit::Short { charsets, encoding, characters } => about(SHORT, charsets, *encoding, *characters),
        Limit::TooLong { charsets } => about(TOO_LONG, charsets, TextEncoding::Base64, 0),
        Limit::NotProved { charsets, encoding } => about(NOT_PROVED, charsets, *encoding, 0),
        Limit::LineEndInBase64 { of_hundred } => {
            LINE_END_IN_BASE64.fill(lang, &[("of_hundred", &of_hundred.to_string())])
        }
        Limit::LineEnd => LINE_END.say(lang).to_owned(),
        Limit::WordEnd => WORD_END.say(lang).to_owned(),
        Limit::OtherCharsets => OTHER_CHARSETS.say(lang).to_owned(),
        Limit::OtherEscapes => OTHER_ESCAPES.say(lang).to_owned(),
        Limit::OtherSpellings => OTHER_SPELLINGS.say(lang).to_owned(),
        Limit::Html => HTML.say(lang).to_owned(),
        Limit::BeyondSizeLimit => BEYOND_SIZE_LIMIT.say(lang).to_owned(),
        Limit::Parameters => PARAMETERS.say(lang).to_owned(),
    }
}

/// Why no rules can be made. `action` is the one given.
#[must_use]
pub fn problem(problem: PhraseProblem, action: &str, lang: Lang) -> String {
    match problem {
        PhraseProblem::Empty => EMPTY.say(lang).to_owned(),
        PhraseProblem::TooLong(most) => PHRASE_TOO_LONG.fill(lang, &[("most", &most.to_string())]),
        PhraseProblem::ControlCharacter => CONTROL_CHARACTER.say(lang).to_owned(),
        PhraseProblem::Action => BAD_ACTION.fill(lang, &[("action", action)]),
    }
}
