//! Words for problems: what is wrong, what Postfix does about it, how to mend it.

use postproof_model::{Consequence, Diagnostic, PatternErrorKind, Problem, TableKind};

use crate::{Lang, Phrase, findings, main_cf, maps, restrictions};

/// A problem in words, in the order a person wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is wrong.
    pub what: String,
    /// What Postfix does about it, or what this tool cannot do.
    pub postfix: &'static str,
    /// How to mend it; none where there is nothing general to say.
    pub mend: Option<String>,
}

crate::phrases! {
    NOT_A_RULE: "This line is not a rule: a rule starts with a pattern between delimiters, such as /pattern/."
        / "この行はルールではありません。ルールは /パターン/ のように、区切り文字で囲んだパターンで始まります。";
    NOT_A_RULE_MEND: "Put the pattern between slashes, or a # in front to make it a comment."
        / "パターンをスラッシュで囲むか、先頭に # を置いてコメントにしてください。";
    STARTS_WITH_SPACE: "This line starts with white space, but there is no line above that it could continue."
        / "この行は空白で始まりますが、続きとしてつながる行が上にありません。";
    STARTS_WITH_SPACE_MEND: "Start the line with the pattern." / "行をパターンで始めてください。";
    NO_PATTERN: "A pattern is missing here." / "ここにパターンがありません。";
    NO_PATTERN_MEND: "Write a pattern between delimiters: if /pattern/." / "if /パターン/ のように、区切り文字で囲んだパターンを書いてください。";
    NO_CLOSING_DELIMITER: "The pattern never ends: its closing {delimiter} is missing." / "パターンが終わっていません。閉じる {delimiter} がありません。";
    NO_CLOSING_DELIMITER_MEND: "Write {delimiter} after the pattern." / "パターンの後に {delimiter} を書いてください。";
    UNKNOWN_FLAG: "{flag} is no flag of this kind of table." / "{flag} はこの種類のテーブルのフラグではありません。";
    UNKNOWN_FLAG_MEND: "Put a space between the pattern and its result, and a backslash before a delimiter inside the pattern; {kind}: knows the flags {flags}."
        / "パターンと結果の間に空白を入れ、パターンの中の区切り文字の前にはバックスラッシュを置いてください。{kind}: のフラグは {flags} です。";
    OBSOLETE_FLAG: "The flag {flag} is obsolete and does nothing." / "フラグ {flag} は廃止されており、何もしません。";
    OBSOLETE_FLAG_MEND: "Take it out." / "取り除いてください。";
    NO_RESULT: "The rule has no result." / "ルールに結果がありません。";
    NO_RESULT_MEND: "Write an action after the pattern, REJECT or DUNNO for instance." / "パターンの後に REJECT や DUNNO などのアクションを書いてください。";
    GROUP_OUT_OF_RANGE: "${group} stands for group {group}, but the pattern has {groups}." / "${group} はグループ {group} を指しますが、パターンのグループは {groups} 個です。";
    GROUP_OUT_OF_RANGE_MEND: "Use the number of a group that exists, or write $$ for a dollar sign." / "存在するグループの番号を使うか、ドル記号そのものなら $$ と書いてください。";
    GROUP_IN_NEGATED: "A negated pattern has no groups to put into the result." / "否定したパターンには、結果に入れられるグループがありません。";
    GROUP_IN_NEGATED_MEND: "Leave the $n out, or write $$ for a dollar sign." / "$n を取り除くか、ドル記号そのものなら $$ と書いてください。";
    BAD_SUBSTITUTION: "${name} is no group: only numbers from 1 can follow a dollar sign." / "${name} はグループではありません。ドル記号の後に書けるのは 1 以上の番号だけです。";
    BAD_SUBSTITUTION_MEND: "Write $$ for a dollar sign, and {example} where letters follow a group's number." / "ドル記号そのものなら $$ と書き、番号の後に文字が続くときは {example} と書いてください。";
    UNCLOSED_SUBSTITUTION: "The group after the dollar sign never ends." / "ドル記号の後のグループが閉じていません。";
    UNCLOSED_SUBSTITUTION_MEND: "Close it with the brace or parenthesis that opened it, or write $$ for a dollar sign."
        / "開いた括弧に合う括弧で閉じるか、ドル記号そのものなら $$ と書いてください。";
    IF_WITHOUT_ENDIF: "This if has no endif." / "この if に対応する endif がありません。";
    IF_WITHOUT_ENDIF_MEND: "Write endif on a line of its own where the block ends; it must not be indented." / "ブロックの終わりに endif を一行で書いてください。字下げはできません。";
    ENDIF_WITHOUT_IF: "This endif has no if." / "この endif に対応する if がありません。";
    ENDIF_WITHOUT_IF_MEND: "Take it out, or look for the if above it that Postfix dropped." / "取り除くか、上にある、Postfix が捨てた if を探してください。";
    TEXT_AFTER_IF: "Nothing may follow the pattern of an if." / "if のパターンの後には何も書けません。";
    TEXT_AFTER_ENDIF: "Nothing may follow endif." / "endif の後には何も書けません。";
    TEXT_AFTER_MEND: "Take the text out, or put it on a line of its own with a # in front." / "その文字を取り除くか、# を付けて別の行に移してください。";
    TILDE_FOR_CARET: "~ is matched as a tilde. To tie the pattern to the start, write ^." / "~ はチルダそのものに一致します。先頭に固定するには ^ と書きます。";
    TILDE_FOR_CARET_MEND: "Write ^ in its place." / "^ に置き換えてください。";
    FOLDING_OFF: "The flag i switches case folding off: upper and lower case are told apart." / "フラグ i は大文字小文字の同一視をやめさせます。大文字と小文字は区別されます。";
    FOLDING_OFF_MEND: "Leave the i out: the table folds case without it." / "i を取り除いてください。何も付けなければ大文字小文字は区別されません。";
    COUNT_BY_VERSION: "PCRE2 before 10.43 takes this as text, PCRE2 10.43 and later as a count. It is taken as text here."
        / "PCRE2 10.43 より前ではただの文字、10.43 以降では回数として扱われます。ここでは文字として扱います。";
    COUNT_BY_VERSION_MEND: "Write {0,…} for a count, or \\{ for a brace as it is." / "回数なら {0,…}、波括弧そのものなら \\{ と書いてください。";
    SWALLOWED_RULE: "This line starts with white space, so it continues the line above and is part of its result." / "この行は空白で始まるため上の行の続きとなり、その結果の一部になります。";
    SWALLOWED_RULE_MEND: "Start the line with the pattern." / "行をパターンで始めてください。";
    ZERO_BYTE: "A zero byte stands here; for Postfix the text ends at it." / "ここにゼロバイトがあります。Postfix にとってテキストはここで終わります。";
    ZERO_BYTE_MEND: "Save the file as plain text." / "ファイルをプレーンテキストとして保存してください。";
    NOT_A_FACT: "This line says nothing that is understood: {text}" / "この行を理解できません: {text}";
    NOT_A_FACT_MEND: "Write NAME TYPE ANSWER, as in 9.2.0.192.bl.example A 127.0.0.2, or policy SERVER ACTION." / "9.2.0.192.bl.example A 127.0.0.2 のような「名前 型 答え」か、「policy サーバー アクション」の形で書いてください。";
    FILE_MISSING: "There is no file {path} in this project." / "このプロジェクトに {path} というファイルはありません。";
    FILE_MISSING_MEND: "Add a table with the name {name}." / "{name} という名前のテーブルを追加してください。";
    UNSUPPORTED: "{what} cannot be run faithfully here yet." / "{what} はまだここで忠実に再現できません。";

    LOGGED: " Postfix logs “{text}”." / "Postfix のログには「{text}」と出ます。";
    LOGGED_WITH_OFFSET: " Postfix logs “error in regex at offset {offset}: {text}”." / "Postfix のログには「error in regex at offset {offset}: {text}」と出ます。";
    NOTHING_TO_REPEAT: "There is nothing before this repetition to repeat." / "この繰り返しの前に、繰り返すものがありません。";
    NOTHING_TO_REPEAT_MEND: "Put a backslash before the character to match it as it is." / "その文字そのものに一致させるには、前にバックスラッシュを置いてください。";
    UNCLOSED_GROUP: "This parenthesis is never closed." / "この括弧が閉じていません。";
    UNCLOSED_GROUP_MEND: "Close it, or write \\( for a parenthesis as it is." / "閉じるか、括弧そのものなら \\( と書いてください。";
    UNOPENED_GROUP: "This closing parenthesis was never opened." / "この閉じ括弧に対応する開き括弧がありません。";
    UNOPENED_GROUP_MEND: "Take the backslash out for a parenthesis as it is, or open it with \\( before."
        / "括弧そのものならバックスラッシュを取り除くか、前で \\( と開いてください。";
    UNCLOSED_BRACKET: "This bracket is never closed." / "この角括弧が閉じていません。";
    UNCLOSED_BRACKET_MEND: "Close it with ]; a ] that stands first inside counts as a character." / "] で閉じてください。中の先頭にある ] は文字として扱われます。";
    BRACKET_AT_END: "The pattern ends where a bracket opens." / "パターンが角括弧の開いたところで終わっています。";
    BRACKET_AT_END_MEND: "Put characters after it and close it with ], or write \\[ for a bracket as it is."
        / "文字を書いて ] で閉じるか、角括弧そのものなら \\[ と書いてください。";
    UNCLOSED_BRACE: "This brace is never closed." / "この波括弧が閉じていません。";
    BAD_BRACE: "Between the braces there must be one count, or two in order." / "波括弧の中には、回数を一つ、または小さい順に二つ書きます。";
    BRACE_MEND: "Write {example} as in a{example}, or \\{ for a brace as it is." / "a{example} のように {example} と書くか、波括弧そのものなら \\{ と書いてください。";
    TOO_BIG: "The pattern is too big." / "パターンが大きすぎます。";
    TOO_BIG_MEND: "Lower the counts of repetitions: 32767 is the most."
        / "繰り返しの回数を減らしてください。上限は 32767 です。";
    BAD_RANGE: "The end of this range comes before its start." / "範囲の終わりが始めより前にあります。";
    BAD_RANGE_MEND: "Turn it round, or put a hyphen that is meant as a character first or last. Case folding is on: letters count as upper case here."
        / "順序を入れ替えるか、文字としてのハイフンなら先頭か末尾に置いてください。大文字小文字を区別しないとき、ここでは文字は大文字として扱われます。";
    UNKNOWN_CLASS: "There is no class of characters of this name." / "この名前の文字クラスはありません。";
    UNKNOWN_CLASS_MEND: "The names are alpha, digit, alnum, upper, lower, space, blank, punct, print, graph, cntrl and xdigit."
        / "使える名前は alpha、digit、alnum、upper、lower、space、blank、punct、print、graph、cntrl、xdigit です。";
    UNKNOWN_COLLATING_ELEMENT: "There is no collating element of this name." / "この名前の照合要素はありません。";
    UNKNOWN_COLLATING_ELEMENT_MEND: "Write the character itself."
        / "文字をそのまま書いてください。";
    TRAILING_BACKSLASH: "The pattern ends in a backslash." / "パターンがバックスラッシュで終わっています。";
    TRAILING_BACKSLASH_MEND: "Write two for a backslash as it is." / "バックスラッシュそのものなら二つ書いてください。";
    UNKNOWN_GROUP: "This back-reference names a group that is not complete at this place." / "この後方参照が指すグループは、ここではまだ完結していません。";
    UNKNOWN_GROUP_MEND: "Groups count from 1 by their opening parentheses; write two backslashes for a backslash as it is."
        / "グループは開き括弧の順に 1 から数えます。バックスラッシュそのものなら二つ書いてください。";
    PATTERN_ZERO_BYTE: "The pattern holds a zero byte and ends there." / "パターンにゼロバイトがあり、そこで終わります。";
    TOO_DEEP: "Parentheses nest too deeply here for this tool to follow." / "括弧の入れ子が深すぎて、このツールでは追えません。";
    TOO_DEEP_MEND: "Take out parentheses that are not needed." / "必要のない括弧を取り除いてください。";

    RULE_DROPPED: "Postfix drops the rule with a warning and uses the rest of the table." / "Postfix は警告を出してこのルールを捨て、テーブルの残りを使います。";
    BLOCK_UNCONDITIONAL: "Postfix drops the if with a warning, so the rules of its block apply to every key." / "Postfix は警告を出してこの if を捨てるため、ブロックのルールはすべてのキーに適用されます。";
    TEXT_IGNORED: "Postfix ignores it with a warning; the rest stands." / "Postfix は警告を出してこれを無視し、残りはそのまま有効です。";
    RULE_KEPT: "Postfix warns and keeps the rule." / "Postfix は警告を出し、ルールは使い続けます。";
    BLOCK_TO_THE_END: "Postfix warns; the rest of the table belongs to the block." / "Postfix は警告を出し、テーブルの残りはすべてブロックの中として扱われます。";
    SILENT: "Postfix says nothing about it." / "Postfix は何も言いません。";
    TABLE_REFUSED: "Postfix cannot open the table: mail is put off until it is mended." / "Postfix はテーブルを開けず、直すまでメールは後回しになります。";
    SETTING_KEPT: "Postfix warns and uses the setting." / "Postfix は警告を出し、設定はそのまま使います。";
    CONFIGURATION_REFUSED: "Postfix's programs that read this stop until it is mended." / "これを読む Postfix のプログラムは、直すまで動きません。";
    NOT_DONE: "When the rule fires, Postfix logs a warning and does nothing; the message goes on." / "ルールが働くと、Postfix は警告をログに残すだけで何もせず、メールは先へ進みます。";
    SERVER_ERROR: "When smtpd comes to it, it logs a warning and answers “451 4.3.5 Server configuration error”." / "smtpd はここに来ると警告をログに残し、「451 4.3.5 Server configuration error」と答えます。";
    OPEN_RELAY: "Postfix says nothing about it, and strangers can send mail to anywhere through this server." / "Postfix は何も言わず、外部の者がこのサーバーを使ってどこへでもメールを送れます。";
    CONSEQUENCE_UNKNOWN: "Where this rule might decide, the verdict is unknown." / "このルールが結果を左右しうる場合、判定は不明になります。";
}

/// What follows from a problem, in words.
#[must_use]
pub const fn consequence(consequence: Consequence) -> Phrase {
    match consequence {
        Consequence::RuleDropped => RULE_DROPPED,
        Consequence::BlockUnconditional => BLOCK_UNCONDITIONAL,
        Consequence::TextIgnored => TEXT_IGNORED,
        Consequence::RuleKept => RULE_KEPT,
        Consequence::BlockToTheEnd => BLOCK_TO_THE_END,
        Consequence::Silent => SILENT,
        Consequence::TableRefused => TABLE_REFUSED,
        Consequence::SettingKept => SETTING_KEPT,
        Consequence::ConfigurationRefused => CONFIGURATION_REFUSED,
        Consequence::NotDone => NOT_DONE,
        Consequence::ServerError => SERVER_ERROR,
        Consequence::OpenRelay => OPEN_RELAY,
        Consequence::Unknown => CONSEQUENCE_UNKNOWN,
    }
}

/// What is wrong with a pattern, and how to mend it.
#[must_use]
pub const fn pattern_error(kind: PatternErrorKind) -> (Phrase, Option<Phrase>) {
    match kind {
        PatternErrorKind::NothingToRepeat => (NOTHING_TO_REPEAT, Some(NOTHING_TO_REPEAT_MEND)),
        PatternErrorKind::UnclosedGroup => (UNCLOSED_GROUP, Some(UNCLOSED_GROUP_MEND)),
        PatternErrorKind::UnopenedGroup => (UNOPENED_GROUP, Some(UNOPENED_GROUP_MEND)),
        PatternErrorKind::UnclosedBracket => (UNCLOSED_BRACKET, Some(UNCLOSED_BRACKET_MEND)),
        PatternErrorKind::BracketAtEnd => (BRACKET_AT_END, Some(BRACKET_AT_END_MEND)),
        PatternErrorKind::UnclosedBrace => (UNCLOSED_BRACE, Some(BRACE_MEND)),
        PatternErrorKind::BadBrace => (BAD_BRACE, Some(BRACE_MEND)),
        PatternErrorKind::TooBig => (TOO_BIG, Some(TOO_BIG_MEND)),
        PatternErrorKind::BadRange => (BAD_RANGE, Some(BAD_RANGE_MEND)),
        PatternErrorKind::UnknownClass => (UNKNOWN_CLASS, Some(UNKNOWN_CLASS_MEND)),
        PatternErrorKind::UnknownCollatingElement => (UNKNOWN_COLLATING_ELEMENT, Some(UNKNOWN_COLLATING_ELEMENT_MEND)),
        PatternErrorKind::TrailingBackslash => (TRAILING_BACKSLASH, Some(TRAILING_BACKSLASH_MEND)),
        PatternErrorKind::UnknownGroup => (UNKNOWN_GROUP, Some(UNKNOWN_GROUP_MEND)),
        PatternErrorKind::ZeroByte => (PATTERN_ZERO_BYTE, Some(ZERO_BYTE_MEND)),
        PatternErrorKind::Pcre { kind, .. } => {
            let (what, mend) = crate::pcre::error(kind);
            (what, Some(mend))
        }
        PatternErrorKind::TooDeep => (TOO_DEEP, Some(TOO_DEEP_MEND)),
    }
}

/// A problem in words.
#[must_use]
pub fn explain(diagnostic: &Diagnostic, lang: Lang) -> Explained {
    let fill = |phrase: Phrase, values: &[(&str, &str)]| phrase.fill(lang, values);
    let plain =
        |what: Phrase, mend: Option<Phrase>| (what.say(lang).to_owned(), mend.map(|mend| mend.say(lang).to_owned()));
    let (what, mend) = match &diagnostic.problem {
        Problem::StartsWithSpace => plain(STARTS_WITH_SPACE, Some(STARTS_WITH_SPACE_MEND)),
        Problem::NotARule => plain(NOT_A_RULE, Some(NOT_A_RULE_MEND)),
        Problem::NoPattern => plain(NO_PATTERN, Some(NO_PATTERN_MEND)),
        Problem::NoClosingDelimiter { delimiter } => {
            let delimiter = delimiter.to_string();
            let values = [("delimiter", delimiter.as_str())];
            (fill(NO_CLOSING_DELIMITER, &values), Some(fill(NO_CLOSING_DELIMITER_MEND, &values)))
        }
        Problem::UnknownFlag { flag, kind } => {
            let values = [("flag", &*flag.to_string()), ("kind", kind.name()), ("flags", flags_of(*kind))];
            (fill(UNKNOWN_FLAG, &values), Some(fill(UNKNOWN_FLAG_MEND, &values)))
        }
        Problem::ObsoleteFlag { flag } => {
            (fill(OBSOLETE_FLAG, &[("flag", &flag.to_string())]), Some(OBSOLETE_FLAG_MEND.say(lang).to_owned()))
        }
        Problem::Pattern(kind) => {
            let (what, mend) = pattern_error(*kind);
            let logged = kind.text().map(|text| match kind {
                PatternErrorKind::Pcre { offset, .. } => {
                    fill(LOGGED_WITH_OFFSET, &[("text", text), ("offset", &offset.to_string())])
                }
                _ => fill(LOGGED, &[("text", text)]),
            });
            let what = [what.say(lang).to_owned(), logged.unwrap_or_default()].concat();
            (what, mend.map(|mend| fill(mend, &[("example", "{2,3}")])))
        }
        Problem::NoResult => plain(NO_RESULT, Some(NO_RESULT_MEND)),
        Problem::GroupOutOfRange { group, groups } => (
            fill(GROUP_OUT_OF_RANGE, &[("group", &group.to_string()), ("groups", &groups.to_string())]),
            Some(GROUP_OUT_OF_RANGE_MEND.say(lang).to_owned()),
        ),
        Problem::GroupInNegated => plain(GROUP_IN_NEGATED, Some(GROUP_IN_NEGATED_MEND)),
        Problem::BadSubstitution { name } => {
            (fill(BAD_SUBSTITUTION, &[("name", name)]), Some(fill(BAD_SUBSTITUTION_MEND, &[("example", "${1}")])))
        }
        Problem::UnclosedSubstitution => plain(UNCLOSED_SUBSTITUTION, Some(UNCLOSED_SUBSTITUTION_MEND)),
        Problem::IfWithoutEndif => plain(IF_WITHOUT_ENDIF, Some(IF_WITHOUT_ENDIF_MEND)),
        Problem::EndifWithoutIf => plain(ENDIF_WITHOUT_IF, Some(ENDIF_WITHOUT_IF_MEND)),
        Problem::TextAfterIf => plain(TEXT_AFTER_IF, Some(TEXT_AFTER_MEND)),
        Problem::TextAfterEndif => plain(TEXT_AFTER_ENDIF, Some(TEXT_AFTER_MEND)),
        Problem::TildeForCaret => plain(TILDE_FOR_CARET, Some(TILDE_FOR_CARET_MEND)),
        Problem::FoldingOff => plain(FOLDING_OFF, Some(FOLDING_OFF_MEND)),
        Problem::CountByVersion => plain(COUNT_BY_VERSION, Some(COUNT_BY_VERSION_MEND)),
        Problem::SwallowedRule => plain(SWALLOWED_RULE, Some(SWALLOWED_RULE_MEND)),
        Problem::ZeroByte => plain(ZERO_BYTE, Some(ZERO_BYTE_MEND)),
        Problem::Network(problem) => maps::network(problem, lang),
        Problem::Entry(problem) => maps::entry(problem, lang),
        Problem::MainCf(problem) => main_cf::problem(problem, lang),
        Problem::Restriction(problem) => restrictions::problem(problem, lang),
        Problem::ClientKey(problem) => restrictions::client_key(problem, lang),
        Problem::Slip(problem) => findings::slip(problem, lang),
        Problem::Result(problem) => findings::result(problem, lang),
        Problem::Text(problem) => findings::text(problem, lang),
        Problem::Key(problem) => findings::key(problem, lang),
        Problem::Rule(problem) => findings::rule(problem, lang),
        Problem::Map(problem) => maps::map(problem, lang),
        Problem::NotAFact { text } => (fill(NOT_A_FACT, &[("text", text)]), Some(NOT_A_FACT_MEND.say(lang).to_owned())),
        Problem::FileMissing { path } => {
            let name = path.rsplit('/').next().unwrap_or_default();
            (fill(FILE_MISSING, &[("path", path)]), Some(fill(FILE_MISSING_MEND, &[("name", name)])))
        }
        Problem::Unsupported { what } => (fill(UNSUPPORTED, &[("what", what)]), None),
    };
    Explained { what, postfix: consequence(diagnostic.consequence).say(lang), mend }
}

/// The flags that patterns of a kind of table can have.
const fn flags_of(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Pcre => "i s m x A E U",
        _ => "i m x",
    }
}
