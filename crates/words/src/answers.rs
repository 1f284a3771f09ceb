//! Words of the closer answers beside the verdict: what people read, what results, what a rule means.

use postproof_model::Disposition;

use crate::Phrase;

crate::phrases! {
    RESULT: "Result" / "結果";
    EXPLAIN: "Explain" / "解説";
    LOOKING: "Looking…" / "調べています…";
    FAILED: "This cannot be told: the part of Postproof that looks closer failed on it." / "詳しく調べる部分が異常終了したため、示せません。";

    SHOWN_AS: "How the message is shown" / "メッセージの表示方法";
    RAW: "Raw" / "生";
    DECODED: "Decoded" / "デコード済み";
    RAW_TITLE: "As it is sent, and as Postfix sees it" / "送られたまま、Postfix が見るとおり";
    DECODED_TITLE: "As people read it" / "人が読むとおり";
    DECODED_ABOUT: "For reading only. Postfix’s rules see the raw message; what is coloured reads differently there."
        / "読み取り専用です。Postfix のルールは生のメッセージを見ます。色の付いた行は、生のメッセージでは異なります。";
    DECODED_EMPTY: "There is no message to read yet." / "まだ読むメッセージがありません。";
    HEADERS: "Headers" / "ヘッダー";
    PART_HEADERS: "Headers of a part" / "パートのヘッダー";
    NESTED_HEADERS: "Headers of an attached message" / "添付メッセージのヘッダー";
    DIFFERS: "not what Postfix sees" / "Postfix の見る内容と異なります";
    TO_RAW: "To the raw message, line {line}" / "生のメッセージの {line} 行目へ";
    LINES_LEFT_OUT: "Lines that are not listed: {count}" / "表示していない行: {count} 行";

    ONLY_READ: "Matches decoded, not raw." / "一致するのは人の読む内容だけです。";
    ONLY_READ_WHY: "{rule} matches what people read on {place}, but nothing that Postfix looks at there." / "{rule} は {place} で人が読む内容に一致しますが、Postfix が見るものには一致しません。";
    MAKE: "Make a rule that does match" / "一致するルールを作る";

    MAKE_TITLE: "A rule that does match" / "一致するルールを作る";
    MAKE_ABOUT: "Postfix decodes nothing, so a rule must look for the phrase as it is encoded. Each of these was tried on messages made for it, with the phrase and without."
        / "Postfix は何もデコードしないため、ルールはエンコードされた形で語句を探さなければなりません。どのルールも、語句を含むメッセージと含まないメッセージで確かめてあります。";
    MAKE_PHRASE: "Phrase, as people read it" / "語句 (人の読むとおりに)";
    MAKE_FIRES: "Fires on this message" / "このメッセージで働きます";
    MAKE_OTHERS: "For other ways to send the same" / "同じ語句がほかの形で送られた場合のルール";
    MAKE_PROOFS: "proved on messages: {count}" / "確かめたメッセージ: {count} 件";
    MAKE_NONE: "No rule can be made of this phrase." / "この語句からはルールを作れません。";
    MAKE_NONE_FIRES: "None of them fires on this message; the limits below say what it may be." / "このメッセージで働くルールはありません。考えられる理由は下の制限にあります。";
    MAKE_ADD: "Add below {rule}" / "{rule} の下に追加";
    MAKE_ADD_SHORT: "Add" / "追加";
    MAKE_ADDED: "The rule is in {table}. Ctrl+Z takes it out again." / "ルールを {table} に追加しました。Ctrl+Z で取り消せます。";
    MAKE_LIMITS: "What they do not catch" / "捕まえられないもの";
    MAKE_CHANGED: "The table has changed meanwhile. Open this again." / "その間にテーブルが変わりました。もう一度開いてください。";

    ENVELOPE: "Where it goes" / "行き先";
    OVERRIDDEN: "A later rule overrides this." / "後のルールがこれを上書きします。";
    MESSAGE_DIFF: "The message: what came, and what is queued" / "メッセージ: 届いたものとキューに入るもの";
    MESSAGE_DIFF_ABOUT: "The client, the queue id and the date in the Received header are examples." / "Received ヘッダーのクライアント、キュー ID、日付は例です。";
    UNCHANGED: "No rule changes the message." / "メッセージを変えるルールはありません。";
    QUEUED_UNKNOWN: "What is queued cannot be told." / "キューに入るものは判定できません。";
    NOT_QUEUED: "Nothing is queued." / "キューには何も入りません。";
    NOT_QUEUED_DISCARDED: "The sender is told that all is well, and the message is thrown away." / "送信者には正常と伝わり、メッセージは破棄されます。";
    NOT_QUEUED_TOLD: "The sender is told {reply}" / "送信者には {reply} と伝わります。";
    NOT_QUEUED_BY: "{rule} decided." / "{rule} によります。";
    BY_POSTFIX: "by Postfix itself" / "Postfix 自身による";
    BY_RULE: "by a rule" / "ルールによる";
    ADDED: "added" / "追加";
    REMOVED: "removed" / "削除";
    SAME: "unchanged" / "変更なし";
    GAP: "{count} lines unchanged" / "変更のない {count} 行";
    RESULT_CUT: "There is more than is shown." / "ここに示した先にも続きがあります。";
    ONLY_MESSAGES: "Only of a message something results." / "結果があるのはメッセージだけです。";

    EXPLAIN_HOW: "Put the caret on a rule: here it is said in words, drawn, and held against the input." / "ルールにカーソルを置くと、その意味と図、入力との照合結果をここに示します。";
    NO_PATTERN: "This line has no pattern to explain." / "この行に、解説するパターンはありません。";
    IN_WORDS: "In words" / "ことばで";
    IN_PICTURE: "As a picture" / "図で";
    PICTURE_HOW: "Every way from left to right is a text that matches." / "左から右へたどれる道筋が、それぞれ一致する文字列です。";
    ON_INPUT: "On the input in front" / "表示中の入力では";
    MATCHES: "Matches {count} of {total} lookups." / "{total} 件の検索のうち {count} 件に一致します。";
    MATCHES_NONE: "Matches none of {total} lookups." / "{total} 件の検索のどれにも一致しません。";
    NO_KEYS: "Nothing in the input is looked up in this table." / "この入力に、このテーブルで検索されるものはありません。";
    UNTOLD: "Cannot be told for {count} lookups." / "{count} 件の検索については分かりません。";
    NEAREST: "How far it got" / "どこまで一致したか";
    TO_PART: "Select this part in the rule" / "ルールのこの部分を選択";
    CLIENT: "client" / "クライアント";
    LOOKED_AT: "lookup" / "検索";
    PICTURE_TOO_BIG: "The pattern is too big for a picture." / "パターンが大きすぎるため、図は省略します。";
}

/// That nothing is queued, where more is to be said than what the sender is told.
#[must_use]
pub const fn not_queued(disposition: Disposition) -> Option<Phrase> {
    match disposition {
        Disposition::Discarded => Some(NOT_QUEUED_DISCARDED),
        _ => None,
    }
}
