//! Words for findings about rules that Postfix takes as they are: what is wrong, how to mend it.

use postproof_model::{KeyProblem, NoKeyReason, ResultProblem, RuleProblem, SlipProblem, TextProblem};

use crate::{Lang, Phrase};

crate::phrases! {
    NOT_AN_ESCAPE: "In a regexp: table {written} matches {means}." / "regexp: テーブルの {written} は {means} に一致します。";
    NOT_AN_ESCAPE_NOTHING: "In a regexp: table {written} matches nothing at all: where case is folded, a small letter after a backslash never matches." / "regexp: テーブルの {written} は何にも一致しません。大文字小文字を区別しないとき、バックスラッシュの後の小文字は決して一致しません。";
    NOT_AN_ESCAPE_MEND: "Write {instead}, or make it a pcre: table." / "{instead} と書くか、pcre: のテーブルにしてください。";
    NOT_AN_ESCAPE_PCRE: "Make it a pcre: table, or write it in another way." / "pcre: のテーブルにするか、別の書き方をしてください。";
    BASIC_SYNTAX: "The flag x switches to basic regular expressions, where {operator} is a character as any other." / "フラグ x は基本正規表現に切り替えるため、{operator} はただの文字です。";
    BASIC_SYNTAX_MEND: "Leave the x out." / "x を取り除いてください。";
    SPACE_IGNORED: "Under the flag x, white space in the pattern is left out." / "フラグ x では、パターンの中の空白は無視されます。";
    SPACE_IGNORED_MEND: "Write [ ] for a space that must be there, or leave the x out." / "必要な空白は [ ] と書くか、x を取り除いてください。";
    COMMENT_IN_PATTERN: "Under the flag x, a comment starts here, and the rest of the pattern is left out." / "フラグ x では、ここからコメントになり、パターンの残りは無視されます。";
    COMMENT_IN_PATTERN_MEND: "Write \\# for the character, or leave the x out." / "文字そのものなら \\# と書くか、x を取り除いてください。";
    DOT_STOPS_AT_FOLD: "The flag s switches off what pcre: tables have on: this dot stops where a header is folded." / "pcre: のテーブルで初めから有効な s が、このフラグで無効になります。この . はヘッダの折り返しを越えません。";
    DOT_STOPS_AT_FOLD_MEND: "Leave the s out." / "s を取り除いてください。";
    ANCHOR_AT_FOLD: "Under the flag m, {anchor} matches at every line of a folded header, and not only at its ends." / "フラグ m では、{anchor} は折り返されたヘッダの各行にも一致します。";
    ANCHOR_AT_FOLD_MEND: "Leave the m out." / "m を取り除いてください。";
    WORD_AS_CLASS: "[{word}] matches one of these characters, not the word." / "[{word}] はこの単語ではなく、中の文字のどれか一つに一致します。";
    WORD_AS_CLASS_MEND: "Write \\[{word}\\] for the word in brackets, or ({word}) for the word." / "角括弧つきの単語なら \\[{word}\\]、単語だけなら ({word}) と書いてください。";
    SPACE_AT_FOLD: "A long header may be folded between these words, and then it does not match: {words}" / "長いヘッダはここで折り返されることがあり、そのときは一致しません: {words}";
    SPACE_AT_FOLD_MEND: "Write [[:space:]]+ in place of the space." / "空白の代わりに [[:space:]]+ と書いてください。";
    ENCODED_HEADER: "Headers carry {text} encoded, as in =?UTF-8?B?…?=, and a table sees them as they are sent." / "ヘッダの中の {text} は =?UTF-8?B?…?= のように符号化されて届き、テーブルは届いたままの形を見ます。";
    ENCODED_BODY: "{text} may arrive as base64, as quoted-printable, as an entity of HTML or in another charset, and a table sees it as it is sent." / "{text} は base64 や quoted-printable、HTML の文字参照、別の文字コードで届くことがあり、テーブルは届いたままの形を見ます。";
    ENCODED_MEND: "“postproof encode” writes rules for it in its usual encodings." / "postproof encode は、よく使われる符号化ごとのルールを書き出します。";
    BARE_DOT: "A dot matches any character: {name} matches {example}, too." / ". は任意の文字に一致します。{name} は {example} にも一致します。";
    BARE_DOT_MEND: "Write \\. for a dot." / "ドットそのものは \\. と書いてください。";
    UNANCHORED: "{name} is not tied to the key's end or start: it matches {example}, too." / "{name} はキーの先頭や末尾に固定されておらず、{example} にも一致します。";
    UNANCHORED_MEND: "Write ^ before it, or (^|\\.) where names below it are meant, and $ after it." / "前に ^（下位の名前も含めるなら (^|\\.)）、後ろに $ を書いてください。";

    NO_SUCH_ACTION: "Header and body checks know no action {word}." / "header_checks や body_checks に {word} というアクションはありません。";
    NO_SUCH_ACTION_MEND: "Write one of REJECT, DISCARD, HOLD, WARN, INFO, IGNORE, STRIP, REPLACE, PREPEND, REDIRECT, BCC, FILTER, PASS and DUNNO." / "REJECT、DISCARD、HOLD、WARN、INFO、IGNORE、STRIP、REPLACE、PREPEND、REDIRECT、BCC、FILTER、PASS、DUNNO のどれかを書いてください。";
    LIKE_MEND: "Did you mean {like}?" / "{like} の間違いではありませんか。";
    REPLY_CODE: "Header and body checks take no reply code: {code} is no action." / "header_checks や body_checks では応答コードは使えません。{code} はアクションではありません。";
    REPLY_CODE_MEND: "Write REJECT and the text; REJECT 4.7.1 and a text tells the sender to try again." / "REJECT とテキストを書いてください。再送を求めるなら REJECT 4.7.1 とテキストです。";
    ACCESS_ACTION: "{word} is for access tables; header and body checks do not know it." / "{word} はアクセステーブル用で、header_checks や body_checks にはありません。";
    ACCESS_ACTION_MEND: "Write REJECT 4.7.1 and a text to put the message off." / "メールを後回しにさせるなら REJECT 4.7.1 とテキストを書いてください。";
    NOT_HERE: "{action} does not exist for what asks this table." / "このテーブルでは {action} は使えません。";
    NOT_HERE_MEND: "Move the rule to header_checks or body_checks, which see a message as it comes in." / "届いたメールを見る header_checks か body_checks に、ルールを移してください。";
    NO_DESTINATION: "FILTER needs a transport and a destination, as in smtp:[127.0.0.1]:10025." / "FILTER には smtp:[127.0.0.1]:10025 のような「トランスポート:宛先」が必要です。";
    NO_DESTINATION_MEND: "Write transport:destination after FILTER; the destination may be left out, the colon may not." / "FILTER の後に「トランスポート:宛先」を書いてください。宛先は省けますが、コロンは省けません。";
    NO_ADDRESS: "{action} needs an address with an @." / "{action} には @ のあるアドレスが必要です。";
    NO_ADDRESS_MEND: "Write user@domain after {action}." / "{action} の後に「ユーザー@ドメイン」を書いてください。";
    NO_TEXT: "{action} needs a text." / "{action} にはテキストが必要です。";
    NO_TEXT_MEND: "Write the whole line that is to stand there; IGNORE leaves a line out." / "置きたい行の全体を書いてください。行を取り除くなら IGNORE です。";
    NOT_A_HEADER: "What stands after {action} is no header: it needs a name and a colon." / "{action} の後のテキストがヘッダではありません。名前とコロンが必要です。";
    NOT_A_HEADER_MEND: "Write the whole header, as in {name}: text." / "{name}: テキスト のように、ヘッダの全体を書いてください。";
    ESCAPE_IN_TEXT: "{written} is used as it is: a text has no escapes." / "{written} はそのままの文字として使われます。テキストにエスケープはありません。";
    ESCAPE_IN_TEXT_MEND: "Leave it out: one rule writes one line." / "取り除いてください。一つのルールが書くのは一行です。";
    CODE_IN_TEXT: "Header and body checks take the reply's code from the status: {code} is told to the sender as text." / "header_checks や body_checks の応答コードはステータスで決まります。{code} はテキストとして送信者に伝わります。";
    CODE_IN_TEXT_MEND: "Begin with a status as 5.7.1 or 4.7.1, or with the text." / "5.7.1 や 4.7.1 のようなステータスか、テキストから始めてください。";
    SUCCESS_IN_TEXT: "{status} is a status of success: Postfix makes a 4 of its 2, and the sender tries again." / "{status} は成功のステータスです。Postfix は先頭の 2 を 4 に変え、送信者は再送してきます。";
    SUCCESS_IN_TEXT_MEND: "Write a status of class 5 to refuse, of class 4 to put off." / "拒否するなら 5、後回しにするなら 4 で始まるステータスを書いてください。";
    COMMENT_IN_TEXT: "No comment starts here: # and what follows is part of the result." / "ここからコメントにはなりません。# 以降も結果の一部です。";
    COMMENT_IN_TEXT_MEND: "Put the comment on a line of its own." / "コメントは別の行に書いてください。";
    PREPEND_EVERYWHERE: "This fires on every header, and adds the line once for each." / "これはすべてのヘッダで働き、そのたびに行を一つ加えます。";
    PREPEND_EVERYWHERE_MEND: "Write a pattern for a header that a message has once, such as /^From:/." / "/^From:/ のように、一通に一つだけあるヘッダのパターンにしてください。";
    DIGITS_ALONE: "Digits alone mean OK: {digits} lets the client in." / "数字だけの結果は OK を意味します。{digits} は許可になります。";
    DIGITS_ALONE_MEND: "Write a text after a code to refuse, or OK where that is meant." / "拒否するならコードの後にテキストを、許可するなら OK と書いてください。";
    CONTENT_ACTION: "{word} is for header and body checks; in an access table it is taken for the name of a restriction, and there is none." / "{word} は header_checks や body_checks 用です。アクセステーブルでは制限の名前とみなされますが、その名前の制限はありません。";
    CONTENT_ACTION_MEND: "Write DUNNO to go on, REJECT to refuse, or move the rule to header_checks." / "先へ進めるなら DUNNO、拒否するなら REJECT と書くか、ルールを header_checks に移してください。";
    NO_SUCH_RESTRICTION: "{word} is neither an action of access tables nor a restriction." / "{word} はアクセステーブルのアクションでも、制限でもありません。";
    NO_SUCH_RESTRICTION_MEND: "Write OK, DUNNO, REJECT or a reply code with a text; or name a restriction." / "OK、DUNNO、REJECT、またはコードとテキストを書くか、制限の名前を書いてください。";

    TYPOGRAPHIC: "{written} is not {ascii}." / "{written} は {ascii} ではありません。";
    TYPOGRAPHIC_MEND: "Write {ascii}." / "{ascii} と書いてください。";
    OTHER_SPACE: "This space is {code}, which is not white space to Postfix." / "この空白は {code} で、Postfix にとっては空白ではありません。";
    OTHER_SPACE_MEND: "Write a plain space." / "半角の空白にしてください。";
    CARRIAGE_RETURNS: "{lines} lines end in CR LF. Postfix takes the CR off where a rule ends, and keeps it inside a rule of several lines." / "{lines} 行が CR LF で終わっています。Postfix はルールの末尾の CR を取り除きますが、複数行にわたるルールの途中の CR は残します。";
    CARRIAGE_RETURNS_MEND: "Save the file with LF at the ends of its lines." / "改行を LF にして保存してください。";
    BYTE_ORDER_MARK: "The file starts with a byte order mark, which Postfix reads as part of the first line." / "ファイルがバイト順マーク (BOM) で始まり、Postfix はこれを先頭行の一部として読みます。";
    BYTE_ORDER_MARK_MEND: "Save the file without it." / "BOM なしで保存してください。";

    CONTENT_HEADER: "This table is not asked for {header}: {parameter} is." / "このテーブルは {header} では検索されません。検索されるのは {parameter} です。";
    CONTENT_HEADER_MEND: "Move the rule to {parameter}." / "ルールを {parameter} に移してください。";
    PART_HEADER: "This table meets {header} in the parts of a message only: {parameter} is asked for the message's own." / "このテーブルが {header} で検索されるのはパートの中だけです。メール自体のヘッダでは {parameter} が検索されます。";
    PART_HEADER_MEND: "Move the rule to {parameter}, if the message's own header is meant." / "メール自体のヘッダのつもりなら、ルールを {parameter} に移してください。";
    MILTER_HEADER: "If a milter of this server adds {header}, this table is not asked for it." / "{header} をこのサーバーの milter が加えるなら、このテーブルは検索されません。";
    MILTER_HEADER_MEND: "Move the rule to milter_header_checks; for what a content filter adds, it may stay." / "milter_header_checks に移してください。content_filter が加えるものなら、このままで働きます。";
    OWN_RECEIVED: "This matches the Received header that this server itself puts on every message: {example}" / "これは、このサーバー自身がすべてのメールに付ける Received ヘッダに一致します: {example}";
    OWN_RECEIVED_MEND: "Name what only other servers write there." / "他のサーバーだけが書く部分を指定してください。";
    NEGATED_HEADER: "This matches every header other than {header}, so it fires on every message." / "これは {header} 以外のすべてのヘッダに一致するため、どのメールでも働きます。";
    NEGATED_HEADER_MEND: "Put the rule between if /^{header}:/ and endif, with ! before what its text must not be. That a header is missing, no table can see." / "if /^{header}:/ と endif の間に置き、! の後に内容のパターンを書いてください。ヘッダがないことは、テーブルではわかりません。";
    BRACKETED_KEY: "Clients are looked up without brackets: nobody is looked up as {key}." / "クライアントは角括弧なしで検索されます。{key} で検索されることはありません。";
    BRACKETED_KEY_MEND: "Write {plain}." / "{plain} と書いてください。";
    NO_SENDER: "No sender looks like this, but for users in quotes: a sender is looked up as user@domain, without angle brackets, and the empty one as <>." / "引用符の要るユーザー名を除けば、この形の送信者はありません。送信者は山括弧なしの「ユーザー@ドメイン」で、空の送信者は <> で検索されます。";
    NO_SENDER_MEND: "Write ^<>$ for the empty sender, and addresses without brackets." / "空の送信者は ^<>$ と、アドレスは括弧なしで書いてください。";
    NO_RECIPIENT: "No recipient looks like this, but for users in quotes: a recipient is looked up as user@domain, without angle brackets." / "引用符の要るユーザー名を除けば、この形の受信者はありません。受信者は山括弧なしの「ユーザー@ドメイン」で検索されます。";
    NO_RECIPIENT_MEND: "Write the address without brackets." / "アドレスを括弧なしで書いてください。";

    NEVER_FIRES_ONE: "This never fires: the rule on line {lines} answers every key that it matches, {key} for one." / "このルールは決して働きません。一致するキーには必ず {lines} 行目が先に答えます。例: {key}";
    NEVER_FIRES: "This never fires: the rules on lines {lines} match every key that it matches; {key}, for one, is answered by line {answered}." / "このルールは決して働きません。一致するキーには必ず {lines} 行目のどれかが先に一致します。たとえば {key} には {answered} 行目が答えます。";
    NEVER_FIRES_LINE: "This never fires: the rule on line {lines} matches every key that it matches; {key}, for one, is answered by line {answered}." / "このルールは決して働きません。一致するキーには必ず {lines} 行目が先に一致します。たとえば {key} には {answered} 行目が答えます。";
    SAME_AS: "This matches what line {line} matches, {key} for one, and so never fires." / "これは {line} 行目と同じキーに一致するため、決して働きません。例: {key}";
    ONLY_LOGS_MEND: "WARN and INFO end the search as any other action does: put this rule above." / "WARN や INFO も、他のアクションと同じく検索を終わらせます。このルールを上に移してください。";
    NEVER_FIRES_MEND: "Take it out, or move it up." / "取り除くか、上に移してください。";
    EVERYTHING: "This matches every key: no rule after it fires." / "これはすべてのキーに一致し、後のルールは働きません。";
    EVERYTHING_MEND: "Put it last, or write a pattern that leaves something out." / "最後に置くか、範囲を絞ったパターンにしてください。";
    NO_KEY_NOTHING: "This pattern matches nothing at all." / "このパターンには、何も一致しません。";
    NO_KEY_EMPTY: "This matches the empty key only, and Postfix never asks a table for that." / "これは空のキーだけに一致しますが、Postfix が空のキーで検索することはありません。";
    NO_KEY_LINE_BREAK: "This needs a line break, and no key of this table has one." / "これは改行を必要としますが、このテーブルのキーに改行はありません。";
    NO_KEY_HEADER: "No header looks like this: a header starts with its name and a colon." / "この形のヘッダはありません。ヘッダは名前とコロンで始まります。";
    NO_KEY_TOGETHER: "No key meets these conditions together: a table is asked for one key at a time, such as one header." / "これらの条件を同時に満たすキーはありません。テーブルは、ヘッダ一つといった、一つのキーごとに検索されます。";
    NO_KEY_MEND: "Take the rule out, or write what the keys look like." / "ルールを取り除くか、キーの形に合わせて書いてください。";
    TOO_BIG: "Whether this ever fires, and which later rules it hides, was not found out: its pattern, or what it is compared with, is too big." / "このルールが働くことがあるか、後のどのルールを隠すかは、判定できませんでした。パターンか、比べる相手が大きすぎます。";
    TOO_BIG_REST: "From here on it was not found out which rules never fire: the table is too big." / "ここから先で、決して働かないルールがあるかどうかは判定できませんでした。テーブルが大きすぎます。";
}

type Filled = (String, Option<String>);

fn fill(lang: Lang, what: Phrase, mend: Phrase, values: &[(&str, &str)]) -> Filled {
    (what.fill(lang, values), Some(mend.fill(lang, values)))
}

/// A pattern that means something other than it looks like.
pub(crate) fn slip(problem: &SlipProblem, lang: Lang) -> Filled {
    use SlipProblem as P;
    let fill = |what: Phrase, mend: Phrase, values: &[(&str, &str)]| fill(lang, what, mend, values);
    match problem {
        P::NotAnEscape { written, means, instead } => {
            let what = if means.is_some() { NOT_AN_ESCAPE } else { NOT_AN_ESCAPE_NOTHING };
            let mend = if instead.is_some() { NOT_AN_ESCAPE_MEND } else { NOT_AN_ESCAPE_PCRE };
            let (means, instead) = (means.as_deref().unwrap_or_default(), instead.as_deref().unwrap_or_default());
            fill(what, mend, &[("written", written), ("means", means), ("instead", instead)])
        }
        P::BasicSyntax { operator } => fill(BASIC_SYNTAX, BASIC_SYNTAX_MEND, &[("operator", operator)]),
        P::SpaceIgnored => fill(SPACE_IGNORED, SPACE_IGNORED_MEND, &[]),
        P::CommentInPattern => fill(COMMENT_IN_PATTERN, COMMENT_IN_PATTERN_MEND, &[]),
        P::DotStopsAtFold => fill(DOT_STOPS_AT_FOLD, DOT_STOPS_AT_FOLD_MEND, &[]),
        P::AnchorAtFold { anchor } => fill(ANCHOR_AT_FOLD, ANCHOR_AT_FOLD_MEND, &[("anchor", &anchor.to_string())]),
        P::WordAsClass { word } => fill(WORD_AS_CLASS, WORD_AS_CLASS_MEND, &[("word", word)]),
        P::SpaceAtFold { words } => fill(SPACE_AT_FOLD, SPACE_AT_FOLD_MEND, &[("words", words)]),
        P::Encoded { text, header } => {
            fill(if *header { ENCODED_HEADER } else { ENCODED_BODY }, ENCODED_MEND, &[("text", text)])
        }
        P::BareDot { name, example } => fill(BARE_DOT, BARE_DOT_MEND, &[("name", name), ("example", example)]),
        P::Unanchored { name, example } => fill(UNANCHORED, UNANCHORED_MEND, &[("name", name), ("example", example)]),
    }
}

/// A result that says something other than it looks like.
pub(crate) fn result(problem: &ResultProblem, lang: Lang) -> Filled {
    use ResultProblem as P;
    let fill = |what: Phrase, mend: Phrase, values: &[(&str, &str)]| fill(lang, what, mend, values);
    match problem {
        P::NoSuchAction { word, like: None } => fill(NO_SUCH_ACTION, NO_SUCH_ACTION_MEND, &[("word", word)]),
        P::NoSuchAction { word, like: Some(like) } => {
            fill(NO_SUCH_ACTION, LIKE_MEND, &[("word", word), ("like", like)])
        }
        P::ReplyCode { code } => fill(REPLY_CODE, REPLY_CODE_MEND, &[("code", code)]),
        P::AccessAction { word } => fill(ACCESS_ACTION, ACCESS_ACTION_MEND, &[("word", word)]),
        P::NotHere { action } => fill(NOT_HERE, NOT_HERE_MEND, &[("action", action)]),
        P::NoDestination { .. } => fill(NO_DESTINATION, NO_DESTINATION_MEND, &[]),
        P::NoAddress { action, .. } => fill(NO_ADDRESS, NO_ADDRESS_MEND, &[("action", action)]),
        P::NoText { action } => fill(NO_TEXT, NO_TEXT_MEND, &[("action", action)]),
        P::NotAHeader { action, name } => {
            let name = name.as_deref().unwrap_or("X-Name");
            fill(NOT_A_HEADER, NOT_A_HEADER_MEND, &[("action", action), ("name", name)])
        }
        P::EscapeInText { written } => fill(ESCAPE_IN_TEXT, ESCAPE_IN_TEXT_MEND, &[("written", written)]),
        P::CodeInText { code } => fill(CODE_IN_TEXT, CODE_IN_TEXT_MEND, &[("code", code)]),
        P::SuccessInText { status } => fill(SUCCESS_IN_TEXT, SUCCESS_IN_TEXT_MEND, &[("status", status)]),
        P::CommentInText => fill(COMMENT_IN_TEXT, COMMENT_IN_TEXT_MEND, &[]),
        P::PrependEverywhere => fill(PREPEND_EVERYWHERE, PREPEND_EVERYWHERE_MEND, &[]),
        P::DigitsAlone { digits } => fill(DIGITS_ALONE, DIGITS_ALONE_MEND, &[("digits", digits)]),
        P::ContentAction { word } => fill(CONTENT_ACTION, CONTENT_ACTION_MEND, &[("word", word)]),
        P::NoSuchRestriction { word, like: None } => {
            fill(NO_SUCH_RESTRICTION, NO_SUCH_RESTRICTION_MEND, &[("word", word)])
        }
        P::NoSuchRestriction { word, like: Some(like) } => {
            fill(NO_SUCH_RESTRICTION, LIKE_MEND, &[("word", word), ("like", like)])
        }
    }
}

/// A character that looks like another, or a line end of another system.
pub(crate) fn text(problem: &TextProblem, lang: Lang) -> Filled {
    let fill = |what: Phrase, mend: Phrase, values: &[(&str, &str)]| fill(lang, what, mend, values);
    match problem {
        TextProblem::Typographic { written, ascii } => {
            fill(TYPOGRAPHIC, TYPOGRAPHIC_MEND, &[("written", &written.to_string()), ("ascii", &ascii.to_string())])
        }
        TextProblem::OtherSpace { code } => fill(OTHER_SPACE, OTHER_SPACE_MEND, &[("code", code)]),
        TextProblem::CarriageReturns { lines } => {
            fill(CARRIAGE_RETURNS, CARRIAGE_RETURNS_MEND, &[("lines", &lines.to_string())])
        }
        TextProblem::ByteOrderMark => fill(BYTE_ORDER_MARK, BYTE_ORDER_MARK_MEND, &[]),
    }
}

/// A rule and the keys that its table is asked for.
pub(crate) fn key(problem: &KeyProblem, lang: Lang) -> Filled {
    use KeyProblem as P;
    let fill = |what: Phrase, mend: Phrase, values: &[(&str, &str)]| fill(lang, what, mend, values);
    match problem {
        P::ContentHeader { header, parameter } => {
            fill(CONTENT_HEADER, CONTENT_HEADER_MEND, &[("header", header), ("parameter", parameter)])
        }
        P::PartHeader { header, parameter } => {
            fill(PART_HEADER, PART_HEADER_MEND, &[("header", header), ("parameter", parameter)])
        }
        P::MilterHeader { header } => fill(MILTER_HEADER, MILTER_HEADER_MEND, &[("header", header)]),
        P::OwnReceived { example } => fill(OWN_RECEIVED, OWN_RECEIVED_MEND, &[("example", example)]),
        P::NegatedHeader { header } => fill(NEGATED_HEADER, NEGATED_HEADER_MEND, &[("header", header)]),
        P::BracketedKey { key, plain } => fill(BRACKETED_KEY, BRACKETED_KEY_MEND, &[("key", key), ("plain", plain)]),
        P::NoSender => fill(NO_SENDER, NO_SENDER_MEND, &[]),
        P::NoRecipient => fill(NO_RECIPIENT, NO_RECIPIENT_MEND, &[]),
    }
}

/// A rule beside the others of its table.
pub(crate) fn rule(problem: &RuleProblem, lang: Lang) -> Filled {
    use RuleProblem as P;
    let fill = |what: Phrase, mend: Phrase, values: &[(&str, &str)]| fill(lang, what, mend, values);
    match problem {
        P::NeverFires { lines, key, answered, only_log } => {
            let what = match lines.as_slice() {
                [only] if only == answered => NEVER_FIRES_ONE,
                [_] => NEVER_FIRES_LINE,
                _ => NEVER_FIRES,
            };
            let mend = if *only_log { ONLY_LOGS_MEND } else { NEVER_FIRES_MEND };
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let values =
                [("lines", lines.join(", ")), ("key", key.lossy().into_owned()), ("answered", answered.to_string())];
            fill(what, mend, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        P::SameAs { line, key, only_logs } => {
            let mend = if *only_logs { ONLY_LOGS_MEND } else { NEVER_FIRES_MEND };
            fill(SAME_AS, mend, &[("line", &line.to_string()), ("key", &key.lossy())])
        }
        P::Everything => fill(EVERYTHING, EVERYTHING_MEND, &[]),
        P::NoKey { why } => {
            let what = match why {
                NoKeyReason::Nothing => NO_KEY_NOTHING,
                NoKeyReason::EmptyKey => NO_KEY_EMPTY,
                NoKeyReason::LineBreak => NO_KEY_LINE_BREAK,
                NoKeyReason::NoHeader => NO_KEY_HEADER,
                NoKeyReason::Together => NO_KEY_TOGETHER,
            };
            fill(what, NO_KEY_MEND, &[])
        }
        P::TooBig { rest } => ((if *rest { TOO_BIG_REST } else { TOO_BIG }).say(lang).to_owned(), None),
    }
}
