//! Words for what is wrong with networks of cidr: tables, with keys and their values, and with the names of tables.

use postproof_model::{EntryProblem, MapProblem, NetworkProblem};

use crate::{Lang, Phrase};

crate::phrases! {
    NETWORK_MISSING: "A network is missing here." / "ここにネットワークがありません。";
    NETWORK_MISSING_MEND: "Write an address or a network: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32." / "アドレスまたはネットワークを書いてください。例: 192.0.2.7、192.0.2.0/24、2001:db8::/32。";
    NETWORK_UNCLOSED_BRACKET: "The bracket before the address is never closed." / "アドレスの前の角括弧が閉じていません。";
    NETWORK_UNCLOSED_BRACKET_MEND: "Close it with ] after the address, or leave it out: cidr: tables do not need it."
        / "アドレスの後に ] を置くか、角括弧を取り除いてください。cidr: テーブルには要りません。";
    NETWORK_TEXT_AFTER_BRACKET: "Only /length may follow the closing bracket." / "閉じ角括弧の後に書けるのは /長さ だけです。";
    NETWORK_TEXT_AFTER_BRACKET_MEND: "Put white space between the network and its result." / "ネットワークと結果の間に空白を入れてください。";
    NETWORK_BAD_ADDRESS: "{address} is no IPv4 or IPv6 address." / "{address} は IPv4 または IPv6 のアドレスではありません。";
    NETWORK_BAD_ADDRESS_MEND: "Write all four numbers of an IPv4 address, each without leading zeros and at most 255; names cannot be used here."
        / "IPv4 アドレスは 4 つの数をすべて、先頭にゼロを付けず 255 以下で書いてください。ホスト名は使えません。";
    NETWORK_BAD_LENGTH: "{length} is no prefix length: for this address it is a number from 0 to {most}."
        / "{length} はプレフィックス長ではありません。このアドレスでは 0 から {most} までの数です。";
    NETWORK_BAD_LENGTH_MEND: "Write the number of leading bits that count, not a net mask." / "ネットマスクではなく、先頭から何ビットを比べるかを数で書いてください。";
    NETWORK_HOST_BITS: "Bits after the prefix are not zero." / "プレフィックスより後のビットが 0 になっていません。";
    NETWORK_HOST_BITS_MEND: "Write {network} for the whole network, or leave the length out for this one address."
        / "ネットワーク全体なら {network} と書き、このアドレスだけなら長さを取り除いてください。";

    ENTRY_NO_VALUE: "This line holds a key without a value." / "この行には値のないキーがあります。";
    ENTRY_NO_VALUE_MEND: "Write the value after the key, with white space between them." / "キーの後に、空白を挟んで値を書いてください。";
    ENTRY_UNCLOSED_QUOTE: "A double quote is never closed." / "二重引用符が閉じていません。";
    ENTRY_UNCLOSED_QUOTE_MEND: "Close it, or put a backslash before it." / "閉じるか、前にバックスラッシュを置いてください。";
    ENTRY_NOT_UTF_8: "This line is not UTF-8." / "この行は UTF-8 ではありません。";
    ENTRY_NOT_UTF_8_MEND: "Save the file as UTF-8." / "ファイルを UTF-8 で保存してください。";
    ENTRY_ALIAS_FORMAT: "The key ends in a colon, which is part of the key here." / "キーがコロンで終わっています。ここではコロンもキーの一部です。";
    ENTRY_ALIAS_FORMAT_MEND: "Leave the colon out; only aliases(5) has it, and is built by postalias(1)." / "コロンを取り除いてください。コロンを書くのは aliases(5) だけで、それは postalias(1) で作ります。";
    ENTRY_DUPLICATE_KEY: "This key stands on line {line} already; upper and lower case count as the same." / "このキーは {line} 行目にすでにあります。大文字と小文字は区別されません。";
    ENTRY_DUPLICATE_KEY_MEND: "Take one of them out: the first is used." / "使われるのは最初のものです。どちらかを取り除いてください。";
    ENTRY_KEY_TOO_LONG: "The key is longer than the {most} bytes that this kind of table takes." / "キーが、この種類のテーブルで使える {most} バイトを超えています。";
    ENTRY_KEY_TOO_LONG_MEND: "Use another kind of table, hash: for instance." / "hash: など、別の種類のテーブルを使ってください。";

    MAP_NO_TYPE: "The table's type is missing." / "テーブルの種類がありません。";
    MAP_TYPE_NAME_MEND: "Write TYPE:NAME, such as regexp:/etc/postfix/header_checks." / "regexp:/etc/postfix/header_checks のように TYPE:NAME の形で書いてください。";
    MAP_NO_NAME: "The table's name is missing after the colon." / "コロンの後にテーブルの名前がありません。";
    MAP_UNKNOWN_TYPE: "There is no type of table with the name {name}." / "{name} という種類のテーブルはありません。";
    MAP_UNKNOWN_TYPE_MEND: "Types are written in lower case; postconf -m lists those that a machine has." / "種類は小文字で書きます。そのマシンで使える種類は postconf -m で確かめられます。";
    MAP_NO_BRACE: "An opening brace is missing here." / "ここに開き波括弧がありません。";
    MAP_NO_BRACE_MEND: "Write {example}." / "{example} のように書いてください。";
    MAP_UNCLOSED_BRACE: "A brace is never closed." / "波括弧が閉じていません。";
    MAP_UNCLOSED_BRACE_MEND: "Close it with a brace; braces inside rules must come in pairs, too." / "波括弧で閉じてください。ルールの中の波括弧も対になっていなければなりません。";
    MAP_TEXT_AFTER_BRACE: "Nothing may follow the closing brace here." / "ここでは閉じ波括弧の後に何も書けません。";
    MAP_TEXT_AFTER_BRACE_MEND: "Put a comma or white space between the parts." / "コンマか空白で区切ってください。";
    MAP_EMPTY: "Nothing stands between the braces." / "波括弧の中に何もありません。";
    MAP_EMPTY_MEND: "Write {example}." / "{example} のように書いてください。";
    MAP_NO_EQUALS_SIGN: "The sign = is missing after the key." / "キーの後に = がありません。";
    MAP_NO_EQUALS_SIGN_MEND: "Write key=value without white space, or in braces of its own where white space is wanted: {example}."
        / "空白を入れずに key=value と書くか、空白を入れるなら {example} のように波括弧で囲んでください。";
    MAP_NO_KEY: "There is no key here." / "ここにキーがありません。";
    MAP_UNCLOSED_QUOTE: "A double quote is never closed." / "二重引用符が閉じていません。";
    MAP_NOT_UTF_8: "The text of this table is not UTF-8." / "このテーブルのテキストは UTF-8 ではありません。";
    MAP_NOT_UTF_8_MEND: "Save it as UTF-8." / "UTF-8 で保存してください。";
    MAP_CANNOT_READ: "The file cannot be read: {reason}." / "ファイルを読めません: {reason}。";
    MAP_TOO_DEEP: "Tables nest too deeply here for this tool to follow." / "テーブルの入れ子が深すぎて、このツールでは追えません。";
}

/// What is wrong, and how to mend it.
type Words = (String, Option<String>);

fn plain(what: Phrase, mend: Phrase, lang: Lang) -> Words {
    (what.say(lang).to_owned(), Some(mend.say(lang).to_owned()))
}

pub(crate) fn network(problem: &NetworkProblem, lang: Lang) -> Words {
    match problem {
        NetworkProblem::Missing => plain(NETWORK_MISSING, NETWORK_MISSING_MEND, lang),
        NetworkProblem::UnclosedBracket => plain(NETWORK_UNCLOSED_BRACKET, NETWORK_UNCLOSED_BRACKET_MEND, lang),
        NetworkProblem::TextAfterBracket => plain(NETWORK_TEXT_AFTER_BRACKET, NETWORK_TEXT_AFTER_BRACKET_MEND, lang),
        NetworkProblem::BadAddress { address } => (
            NETWORK_BAD_ADDRESS.fill(lang, &[("address", address)]),
            Some(NETWORK_BAD_ADDRESS_MEND.say(lang).to_owned()),
        ),
        NetworkProblem::BadLength { length, most } => (
            NETWORK_BAD_LENGTH.fill(lang, &[("length", length), ("most", &most.to_string())]),
            Some(NETWORK_BAD_LENGTH_MEND.say(lang).to_owned()),
        ),
        NetworkProblem::HostBits { network } => {
            (NETWORK_HOST_BITS.say(lang).to_owned(), Some(NETWORK_HOST_BITS_MEND.fill(lang, &[("network", network)])))
        }
    }
}

pub(crate) fn entry(problem: &EntryProblem, lang: Lang) -> Words {
    match problem {
        EntryProblem::NoValue => plain(ENTRY_NO_VALUE, ENTRY_NO_VALUE_MEND, lang),
        EntryProblem::UnclosedQuote => plain(ENTRY_UNCLOSED_QUOTE, ENTRY_UNCLOSED_QUOTE_MEND, lang),
        EntryProblem::NotUtf8 => plain(ENTRY_NOT_UTF_8, ENTRY_NOT_UTF_8_MEND, lang),
        EntryProblem::AliasFormat => plain(ENTRY_ALIAS_FORMAT, ENTRY_ALIAS_FORMAT_MEND, lang),
        EntryProblem::DuplicateKey { line } => (
            ENTRY_DUPLICATE_KEY.fill(lang, &[("line", &line.to_string())]),
            Some(ENTRY_DUPLICATE_KEY_MEND.say(lang).to_owned()),
        ),
        EntryProblem::KeyTooLong { most } => (
            ENTRY_KEY_TOO_LONG.fill(lang, &[("most", &most.to_string())]),
            Some(ENTRY_KEY_TOO_LONG_MEND.say(lang).to_owned()),
        ),
    }
}

pub(crate) fn map(problem: &MapProblem, lang: Lang) -> Words {
    let with_example = |mend: Phrase, example: &str| Some(mend.fill(lang, &[("example", example)]));
    let say = |what: Phrase| what.say(lang).to_owned();
    match problem {
        MapProblem::NoType => plain(MAP_NO_TYPE, MAP_TYPE_NAME_MEND, lang),
        MapProblem::NoName => plain(MAP_NO_NAME, MAP_TYPE_NAME_MEND, lang),
        MapProblem::UnknownType { name } => {
            (MAP_UNKNOWN_TYPE.fill(lang, &[("name", name)]), Some(say(MAP_UNKNOWN_TYPE_MEND)))
        }
        MapProblem::NoBrace => (say(MAP_NO_BRACE), with_example(MAP_NO_BRACE_MEND, "{ … }")),
        MapProblem::UnclosedBrace => plain(MAP_UNCLOSED_BRACE, MAP_UNCLOSED_BRACE_MEND, lang),
        MapProblem::TextAfterBrace => plain(MAP_TEXT_AFTER_BRACE, MAP_TEXT_AFTER_BRACE_MEND, lang),
        MapProblem::Empty => (say(MAP_EMPTY), with_example(MAP_EMPTY_MEND, "{ key=value }")),
        MapProblem::NoEqualsSign => {
            (say(MAP_NO_EQUALS_SIGN), with_example(MAP_NO_EQUALS_SIGN_MEND, "{ { key = value } }"))
        }
        MapProblem::NoKey => (say(MAP_NO_KEY), with_example(MAP_NO_BRACE_MEND, "{ key=value }")),
        MapProblem::UnclosedQuote => plain(MAP_UNCLOSED_QUOTE, ENTRY_UNCLOSED_QUOTE_MEND, lang),
        MapProblem::NotUtf8 => plain(MAP_NOT_UTF_8, MAP_NOT_UTF_8_MEND, lang),
        MapProblem::CannotRead { reason } => (MAP_CANNOT_READ.fill(lang, &[("reason", reason)]), None),
        MapProblem::TooDeep => (say(MAP_TOO_DEEP), None),
    }
}
