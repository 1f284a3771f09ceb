//! Words for verdicts: what becomes of a message or a client, what each action does, why something is unknown.

use postproof_model::{
    Action, Class, Disposition, Effect, HostOutcome, LookupFailure, Refusal, RuleRef, UnknownReason, Unsettled,
};

use crate::{Lang, Phrase};

crate::phrases! {
    ACCEPTED: "Accepted" / "受理";
    REJECTED: "Rejected" / "拒否";
    DEFERRED: "Put off" / "後回し";
    DISCARDED: "Thrown away" / "破棄";
    HELD: "On hold" / "保留";
    REDIRECTED: "Sent elsewhere" / "転送";
    UNKNOWN: "Unknown" / "不明";

    CLASS_HEADER: "header" / "ヘッダー";
    CLASS_MIME_HEADER: "MIME header" / "MIME ヘッダー";
    CLASS_NESTED_HEADER: "header of an attached message" / "添付メッセージのヘッダー";
    CLASS_MILTER_HEADER: "header added by a milter" / "milter が加えるヘッダー";
    CLASS_BODY: "body line" / "本文の行";

    EFFECT_REJECTS: "Refuses the message and ends the inspection. The sender is told: {reply}" / "メッセージを拒否し、検査を終えます。送信者への応答: {reply}";
    EFFECT_DISCARDS: "Throws the message away and ends the inspection; the sender is told that all is well." / "メッセージを破棄し、検査を終えます。送信者には正常と伝わります。";
    EFFECT_FILTERS: "Sends the message through the filter {text}." / "メッセージをフィルター {text} に通します。";
    EFFECT_HOLDS: "Puts the message on hold." / "メッセージを保留キューに入れます。";
    EFFECT_REDIRECTS: "Sends the message to {text} instead of its recipients and ends the inspection." / "宛先の代わりに {text} へ送り、検査を終えます。";
    EFFECT_ADDS_RECIPIENT: "Adds the recipient {text}." / "宛先 {text} を加えます。";
    EFFECT_LOGS_WARNING: "Logs a warning; the message goes on." / "警告をログに残し、メッセージはそのまま進みます。";
    EFFECT_LOGS_INFO: "Logs a line; the message goes on." / "ログに一行残し、メッセージはそのまま進みます。";
    EFFECT_NOTHING: "Does nothing, but no later rule is asked about this line." / "何もしません。ただし、この行について後のルールは調べません。";
    EFFECT_REMOVES: "Leaves this line out." / "この行を取り除きます。";
    EFFECT_REMOVES_AND_LOGS: "Leaves this line out and logs that." / "この行を取り除き、ログに残します。";
    EFFECT_REPLACES: "Puts {text} in its place." / "{text} に置き換えます。";
    EFFECT_PREPENDS: "Adds {text} before it." / "その前に {text} を加えます。";
    EFFECT_PASSES: "Ends the inspection; the message passes." / "検査を終え、メッセージを通します。";
    EFFECT_DEFERS: "The result cannot be used, so the mail is put off. The sender is told: {reply}" / "結果が使えないため、メールは後回しになります。送信者への応答: {reply}";
    EFFECT_REFUSED: "Postfix does not do it: {why} The message goes on." / "Postfix は実行しません。{why}メッセージはそのまま進みます。";

    REFUSED_UNKNOWN_ACTION: "the word is no action." / "この語はアクションではありません。";
    REFUSED_NO_FILTER_DESTINATION: "FILTER needs a transport and a destination, transport:destination." / "FILTER には transport:destination の形で送り先が要ります。";
    REFUSED_NO_ADDRESS: "it needs an address with an @." / "@ を含むアドレスが要ります。";
    REFUSED_NO_TEXT: "it needs a text." / "テキストが要ります。";
    REFUSED_NOT_A_HEADER: "the text is no header." / "テキストがヘッダーの形になっていません。";
    REFUSED_NOT_HERE: "the action does not exist here." / "このアクションはここでは使えません。";

    REASON_UNSUPPORTED: "{what} cannot be run faithfully here yet." / "{what} はまだここで忠実に再現できません。";
    REASON_GAVE_UP: "The match would take too many steps and was given up." / "照合に手間がかかりすぎるため、途中で打ち切りました。";
    REASON_SHORTCUT: "Whether it matches depends on a short cut that PCRE2 takes while it searches. With {setting} at the start of the pattern PCRE2 does not take it, and the answer is certain."
        / "一致するかどうかは、PCRE2 が検索中に使う近道によって変わります。パターンの先頭に {setting} と書けば近道は使われず、答えが確実に決まります。";
    REASON_SHORTCUT_ANCHOR: "Whether it matches depends on a short cut that PCRE2 takes because of a part that is repeated no times. Without that part the answer is certain."
        / "一致するかどうかは、0 回の繰り返しになっている部分のために PCRE2 が使う近道によって変わります。その部分を除けば、答えが確実に決まります。";
    REASON_EARLIER_KEYS: "Whether it matches depends on what Postfix looked up before, because the C library remembers earlier keys. Without an anchor after the back-reference the answer is certain."
        / "C ライブラリーが以前のキーを覚えているため、一致するかどうかは Postfix がそれまでに調べたキーによって変わります。後方参照のあとの位置の指定を除けば、答えが確実に決まります。";
    REASON_RESULT_TOO_LONG: "The result would be too long." / "結果が長くなりすぎます。";
    REASON_GROUP: "The bounds of group {group} cannot be told." / "グループ {group} の範囲を決められません。";
    REASON_NEEDS_SERVER: "A table of type {kind} needs a server or a database, which is not asked here."
        / "{kind} テーブルの答えはサーバーやデータベースが持っていて、ここでは問い合わせません。";
    REASON_ENVIRONMENT: "The answer is in the environment of the Postfix program that asks." / "答えは、問い合わせる Postfix プログラムの環境変数にあります。";
    REASON_CHOICES: "The table answers one of these by chance: {results}." / "テーブルは次のいずれかを無作為に返します: {results}。";
    REASON_TABLE_REFUSED: "The table cannot be opened, so every lookup fails and the mail is put off." / "テーブルを開けないため問い合わせはすべて失敗し、メールは後回しになります。";
    REASON_RESULT_NOT_UTF_8: "The result is not UTF-8, so the lookup fails and the mail is put off." / "結果が UTF-8 ではないため問い合わせは失敗し、メールは後回しになります。";
    REASON_ALWAYS_FAILS: "Lookups in a table of type fail always fail, and the mail is put off." / "fail テーブルへの問い合わせは必ず失敗し、メールは後回しになります。";

    HOST_UNDECIDED: "No table decides" / "どのテーブルも決めない";
    HOST_PERMITTED: "Permitted" / "許可";
    HOST_REJECTED: "Rejected" / "拒否";
    HOST_DEFERRED: "Told to try again later" / "後で再送するよう応答";
    HOST_OTHER: "{action}: what it does depends on the rest of the configuration" / "{action}: 働きは他の設定によります";

    UNSETTLED_MACHINE: "main.cf sets {name} by {parameter}, which only the machine knows" / "main.cf の {name} は {parameter} で決まり、その値はサーバーにしか分かりません";
    UNSETTLED_TOO_BIG: "main.cf's {name} is too long to be followed here" / "main.cf の {name} は長すぎて、ここでは追えません";
    UNSETTLED_REFUSED: "Postfix's programs stop at main.cf line {line}" / "Postfix のプログラムは main.cf の {line} 行目で止まります";
    RULE_AT: "{table} line {line}" / "{table} {line} 行目";
    S25R_RULE: "S25R rule {number}" / "S25R ルール {number}";
}

/// Why a parameter of main.cf is not known, and with it the verdict.
#[must_use]
pub fn unsettled(unsettled: &Unsettled, lang: Lang) -> String {
    match unsettled {
        Unsettled::Machine { name, parameter } => {
            UNSETTLED_MACHINE.fill(lang, &[("name", name), ("parameter", parameter)])
        }
        Unsettled::TooBig { name } => UNSETTLED_TOO_BIG.fill(lang, &[("name", name)]),
        Unsettled::Refused { line } => UNSETTLED_REFUSED.fill(lang, &[("line", &line.to_string())]),
    }
}

/// A rule by table and line; a table that answers as a whole, with no line of its own, by its name alone.
#[must_use]
pub fn rule_at(rule: &RuleRef, lang: Lang) -> String {
    match rule.lines.first {
        0 => rule.table.clone(),
        line => RULE_AT.fill(lang, &[("table", &rule.table), ("line", &line.to_string())]),
    }
}

/// What becomes of a message.
#[must_use]
pub const fn disposition(disposition: Disposition) -> Phrase {
    match disposition {
        Disposition::Accepted => ACCEPTED,
        Disposition::Rejected => REJECTED,
        Disposition::Deferred => DEFERRED,
        Disposition::Discarded => DISCARDED,
        Disposition::Held => HELD,
        Disposition::Redirected => REDIRECTED,
        Disposition::Unknown => UNKNOWN,
    }
}

/// What kind of line a key was made from.
#[must_use]
pub const fn class(class: Class) -> Phrase {
    match class {
        Class::Header => CLASS_HEADER,
        Class::MimeHeader => CLASS_MIME_HEADER,
        Class::NestedHeader => CLASS_NESTED_HEADER,
        Class::MilterHeader => CLASS_MILTER_HEADER,
        Class::Body => CLASS_BODY,
    }
}

/// What an action does, in a sentence.
#[must_use]
pub fn effect(effect: &Effect, lang: Lang) -> String {
    let with_text = |phrase: Phrase, text: &[u8]| phrase.fill(lang, &[("text", &String::from_utf8_lossy(text))]);
    match effect {
        Effect::Rejects(reply) => EFFECT_REJECTS.fill(lang, &[("reply", &reply.to_string())]),
        Effect::Discards => EFFECT_DISCARDS.say(lang).to_owned(),
        Effect::Filters(text) => with_text(EFFECT_FILTERS, text),
        Effect::Holds => EFFECT_HOLDS.say(lang).to_owned(),
        Effect::Redirects(text) => with_text(EFFECT_REDIRECTS, text),
        Effect::AddsRecipient(text) => with_text(EFFECT_ADDS_RECIPIENT, text),
        Effect::LogsWarning => EFFECT_LOGS_WARNING.say(lang).to_owned(),
        Effect::LogsInfo => EFFECT_LOGS_INFO.say(lang).to_owned(),
        Effect::Nothing => EFFECT_NOTHING.say(lang).to_owned(),
        Effect::Removes => EFFECT_REMOVES.say(lang).to_owned(),
        Effect::RemovesAndLogs => EFFECT_REMOVES_AND_LOGS.say(lang).to_owned(),
        Effect::Replaces(text) => with_text(EFFECT_REPLACES, text),
        Effect::Prepends(text) => with_text(EFFECT_PREPENDS, text),
        Effect::Passes => EFFECT_PASSES.say(lang).to_owned(),
        Effect::Defers(reply) => EFFECT_DEFERS.fill(lang, &[("reply", &reply.to_string())]),
        Effect::Refused(refusal) => EFFECT_REFUSED.fill(lang, &[("why", self::refusal(*refusal).say(lang))]),
    }
}

/// Why an action is not carried out.
#[must_use]
pub const fn refusal(refusal: Refusal) -> Phrase {
    match refusal {
        Refusal::UnknownAction => REFUSED_UNKNOWN_ACTION,
        Refusal::NoFilterDestination => REFUSED_NO_FILTER_DESTINATION,
        Refusal::NoAddress => REFUSED_NO_ADDRESS,
        Refusal::NoText => REFUSED_NO_TEXT,
        Refusal::NotAHeader => REFUSED_NOT_A_HEADER,
        Refusal::NotHere => REFUSED_NOT_HERE,
    }
}

/// Why an answer is unknown.
#[must_use]
pub fn unknown_reason(reason: &UnknownReason, lang: Lang) -> String {
    match reason {
        UnknownReason::Unsupported { what } => REASON_UNSUPPORTED.fill(lang, &[("what", what)]),
        UnknownReason::GaveUp => REASON_GAVE_UP.say(lang).to_owned(),
        UnknownReason::Shortcut(shortcut) => match shortcut.setting() {
            Some(setting) => REASON_SHORTCUT.fill(lang, &[("setting", setting)]),
            None => REASON_SHORTCUT_ANCHOR.say(lang).to_owned(),
        },
        UnknownReason::EarlierKeys => REASON_EARLIER_KEYS.say(lang).to_owned(),
        UnknownReason::ResultTooLong => REASON_RESULT_TOO_LONG.say(lang).to_owned(),
        UnknownReason::Group { group } => REASON_GROUP.fill(lang, &[("group", &group.to_string())]),
        UnknownReason::NeedsServer { kind } => REASON_NEEDS_SERVER.fill(lang, &[("kind", kind.name())]),
        UnknownReason::Environment => REASON_ENVIRONMENT.say(lang).to_owned(),
        UnknownReason::Choices { results } => {
            let results: Vec<_> = results.iter().map(|result| result.lossy()).collect();
            REASON_CHOICES.fill(lang, &[("results", &results.join(", "))])
        }
        UnknownReason::Fails(failure) => match failure {
            LookupFailure::TableRefused => REASON_TABLE_REFUSED.say(lang).to_owned(),
            LookupFailure::ResultNotUtf8 => REASON_RESULT_NOT_UTF_8.say(lang).to_owned(),
            LookupFailure::Always => REASON_ALWAYS_FAILS.say(lang).to_owned(),
        },
    }
}

/// What the tables decide about a client.
#[must_use]
pub fn host_outcome(outcome: &HostOutcome, lang: Lang) -> String {
    match outcome {
        HostOutcome::Undecided => HOST_UNDECIDED.say(lang).to_owned(),
        HostOutcome::Permitted => HOST_PERMITTED.say(lang).to_owned(),
        HostOutcome::Rejected(reply) if reply.code < 500 => HOST_DEFERRED.say(lang).to_owned(),
        HostOutcome::Rejected(_) => HOST_REJECTED.say(lang).to_owned(),
        HostOutcome::Other(action) => HOST_OTHER.fill(lang, &[("action", &action_name(action))]),
        HostOutcome::Unknown => UNKNOWN.say(lang).to_owned(),
    }
}

/// An action's name, as tables write it. Names are Postfix's own and the same in every language.
#[must_use]
pub fn action_name(action: &Action) -> String {
    let name = match action {
        Action::Reject => "REJECT",
        Action::Discard => "DISCARD",
        Action::Filter => "FILTER",
        Action::Hold => "HOLD",
        Action::Redirect => "REDIRECT",
        Action::Bcc => "BCC",
        Action::Warn => "WARN",
        Action::Info => "INFO",
        Action::Dunno => "DUNNO",
        Action::Ok | Action::AllDigits => "OK",
        Action::Ignore => "IGNORE",
        Action::Strip => "STRIP",
        Action::Replace => "REPLACE",
        Action::Prepend => "PREPEND",
        Action::Pass => "PASS",
        Action::Defer => "DEFER",
        Action::DeferIfReject => "DEFER_IF_REJECT",
        Action::DeferIfPermit => "DEFER_IF_PERMIT",
        Action::Status(code) => return code.to_string(),
        Action::Restriction(text) | Action::Other(text) => return text.lossy().into_owned(),
    };
    name.to_owned()
}
