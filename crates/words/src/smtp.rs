//! Words of SMTP sessions: what each restriction decides, and why a reply is unknown.

use postproof_model::{Reply, SmtpUnknown, TriedOutcome};

use crate::{Lang, verdicts};

crate::phrases! {
    ABOUT: "SMTP commands in, smtpd's replies out, with each restriction's part in them" / "SMTP コマンドを入力すると、smtpd の応答と、それぞれの制限が果たした役割を示します";
    WORLD: "What DNS and policy servers answer, a fact a line: NAME TYPE ANSWER, policy SERVER ACTION, milters accept, sasl MECHANISM" / "DNS やポリシーサーバーの答えを一行に一つずつ書いたファイル (名前 型 答え、policy サーバー アクション、milters accept、sasl 認証方式)";
    DNS: "Ask DNS for what the world does not say: live is the system's resolver, else the one at this address" / "--world にない DNS の答えを実際に問い合わせます。live はシステムのリゾルバー、それ以外はそのアドレスのリゾルバー";
    SAVE_WORLD: "Write the world with what DNS answered to a file, with which the same run needs no network" / "DNS の答えを加えた --world のファイルを書き出します。次からはネットワークなしで同じ結果になります";
    NO_RESOLVER: "no resolver to ask ({place}): {reason}" / "問い合わせるリゾルバーがありません ({place}): {reason}";
    NOT_ASKED: "DNS {record} of {name} stays unknown: {reason}" / "{name} の DNS {record} は不明のままです: {reason}";
    NO_ANSWER: "no answer in time for DNS {record} of {name}, which is taken as Postfix takes it" / "{name} の DNS {record} に時間内の答えがありません。Postfix と同じ扱いをします";
    RESOLVER_SILENT: "the resolver {place} does not answer, so what DNS says stays unknown" / "リゾルバー {place} の応答がありません。DNS の答えは不明のままです";
    ENOUGH_ASKED: "too much was asked of DNS; what is left stays unknown" / "DNS への問い合わせが多すぎます。残りは不明のままです";
    LEARNED: "What DNS answered ({place})" / "DNS の答え ({place})";
    NOT_SAVED: "{file} cannot be written: {reason}" / "{file} に書き込めません: {reason}";
    CLIENT: "Who connects, before XCLIENT says otherwise: name[address]" / "接続してくるクライアント (名前[アドレス])。XCLIENT があればそちらに従います";
    TRACE: "Show each restriction that is tried: its tables, keys, answers and what it decides" / "調べた制限ごとに、テーブル、キー、答え、決めたことを示します";
    TRANSCRIPT: "The client's lines, a file for each session; - is standard input" / "クライアントの送る行。セッションごとに一つのファイル。- は標準入力です";
    NO_CONFIG: "name a main.cf with -c" / "-c で main.cf を指定してください";
    BAD_WORLD: "{file} line {line} says nothing that is understood: {text}" / "{file} の {line} 行目を理解できません: {text}";

    UNKNOWN: "unknown: {why}" / "不明: {why}";
    NEEDS_DNS: "needs DNS {record} of {name}" / "{name} の DNS {record} が要ります";
    NEEDS_POLICY: "needs what the policy server {server} says" / "ポリシーサーバー {server} の答えが要ります";
    NEEDS_MILTERS: "needs what the milters do; a line \"milters accept\" in the world says that they accept all" / "milter の判断が要ります。すべて受け入れるなら、--world のファイルに milters accept と書いてください";
    NEEDS_SASL: "needs what SASL says: a line such as \"sasl PLAIN LOGIN\" in the world tells how clients can log in, XCLIENT LOGIN=… who has" / "SASL の答えが要ります。使える認証方式は --world のファイルに sasl PLAIN LOGIN のように、認証された利用者は XCLIENT LOGIN=… で示してください";
    NEEDS_CLIENT: "nobody said who the client is: XCLIENT NAME=… ADDR=…" / "クライアントが誰か分かりません。XCLIENT NAME=… ADDR=… で示してください";
    NEEDS_REVERSE_NAME: "needs the name to which the client's address maps, if it has one that does not lead back: XCLIENT REVERSE_NAME=… for smtp" / "クライアントのアドレスの逆引き名 (正引きと一致しないもの) の有無が要ります。smtp の XCLIENT REVERSE_NAME=… で示してください";
    PARAMETER: "the machine decides {name}, or its value cannot be told" / "{name} はマシンによって決まるか、値を決められません";
    NOT_COVERED: "what {parameter} does is not known here" / "{parameter} の働きはここでは再現できません";
    RESTRICTION: "what the restriction {name} does is not known here" / "制限 {name} の働きはここでは再現できません";
    COMMAND: "what smtpd says to this is not known here: {line}" / "次の行への応答はここでは再現できません: {line}";
    ADDRESS: "how an address of this form is handled is not known here: {address}" / "この形のアドレスの扱いはここでは再現できません: {address}";
    EXPANSION: "how this text is expanded is not known here: {text}" / "次の文の展開はここでは再現できません: {text}";
    PAST_THE_END: "the text ends after its status code, {text}, and smtpd reads past the end" / "文がステータスコード {text} で終わり、smtpd はその先まで読んでしまいます";
    TABLE: "{table}: {reason}" / "{table}: {reason}";
    LIST: "what {part} in {parameter} stands for cannot be told" / "{parameter} の {part} が何を指すか決められません";
    MESSAGE: "what becomes of the message cannot be told" / "メッセージがどうなるか決められません";
    EARLIER: "it depends on the answer to line {line}, which is unknown" / "不明である {line} 行目の答えによります";
    EARLIER_SESSIONS: "it depends on the session that the same smtpd process served before this one" / "同じ smtpd プロセスが前に扱ったセッションによります";
    REFUSED: "smtpd does not start: it complains of {parameter}" / "smtpd が起動しません。{parameter} に誤りがあります";

    UNDECIDED: "does not decide" / "決めません";
    PERMITS: "permits; the list ends here" / "許可します。このリストはここで終わります";
    REJECTS: "rejects: {reply}" / "拒否します: {reply}";
    WOULD_REJECT: "would reject, but only warns: {reply}" / "拒否するところですが、警告だけです: {reply}";
    DEFERS_IF_PERMITTED: "if nothing rejects, puts off: {reply}" / "何も拒否しなければ、後回しにします: {reply}";
    DEFERS_IF_REJECTED: "if something rejects, puts off instead: {reply}" / "何かが拒否すれば、代わりに後回しにします: {reply}";
    DOES: "for the message, if it is accepted: {action} {text}" / "受け取った場合、メッセージに対して: {action} {text}";
    WITHIN: "within {names}" / "{names} の中";
    ASKED: "{question}? {answer}" / "{question}? {answer}";
    FOUND: "{table}, asked for {key}: {result} ({rule})" / "{table} にキー {key}: {result} ({rule})";
    NOT_FOUND: "{table}, asked for {key}: nothing" / "{table} にキー {key}: なし";
    UNKNOWN_ANSWER: "{table}, asked for {key}: unknown, {reason}" / "{table} にキー {key}: 不明。{reason}";
}

/// Why a reply is unknown.
#[must_use]
pub fn unknown(unknown: &SmtpUnknown, lang: Lang) -> String {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match unknown {
        SmtpUnknown::NeedsDns { record, name } => NEEDS_DNS.fill(lang, &[("record", record), ("name", name)]),
        SmtpUnknown::NeedsPolicy { server } => NEEDS_POLICY.fill(lang, &[("server", server)]),
        SmtpUnknown::NeedsMilters => NEEDS_MILTERS.say(lang).to_owned(),
        SmtpUnknown::NeedsSasl => NEEDS_SASL.say(lang).to_owned(),
        SmtpUnknown::NeedsClient => NEEDS_CLIENT.say(lang).to_owned(),
        SmtpUnknown::NeedsReverseName => NEEDS_REVERSE_NAME.say(lang).to_owned(),
        SmtpUnknown::Parameter { name } => PARAMETER.fill(lang, &[("name", name)]),
        SmtpUnknown::NotCovered { parameter } => NOT_COVERED.fill(lang, &[("parameter", parameter)]),
        SmtpUnknown::Restriction { name } => RESTRICTION.fill(lang, &[("name", name)]),
        SmtpUnknown::Command { line } => COMMAND.fill(lang, &[("line", &lossy(line))]),
        SmtpUnknown::Address { address } => ADDRESS.fill(lang, &[("address", &lossy(address))]),
        SmtpUnknown::Expansion { text } => EXPANSION.fill(lang, &[("text", &lossy(text))]),
        SmtpUnknown::PastTheEnd { text } => PAST_THE_END.fill(lang, &[("text", &lossy(text))]),
        SmtpUnknown::Table { table, reason } => {
            TABLE.fill(lang, &[("table", table), ("reason", &verdicts::unknown_reason(reason, lang))])
        }
        SmtpUnknown::List { parameter, part } => LIST.fill(lang, &[("parameter", parameter), ("part", &lossy(part))]),
        SmtpUnknown::Message => MESSAGE.say(lang).to_owned(),
        SmtpUnknown::Earlier { line } => EARLIER.fill(lang, &[("line", &line.to_string())]),
        SmtpUnknown::EarlierSessions => EARLIER_SESSIONS.say(lang).to_owned(),
        SmtpUnknown::Refused { parameter } => REFUSED.fill(lang, &[("parameter", parameter)]),
    }
}

/// What a restriction decides.
#[must_use]
pub fn outcome(outcome: &TriedOutcome, lang: Lang) -> String {
    let with = |phrase: crate::Phrase, reply: &Reply| phrase.fill(lang, &[("reply", &reply.to_string())]);
    match outcome {
        TriedOutcome::Undecided => UNDECIDED.say(lang).to_owned(),
        TriedOutcome::Permits => PERMITS.say(lang).to_owned(),
        TriedOutcome::Rejects(reply) => with(REJECTS, reply),
        TriedOutcome::WouldReject(reply) => with(WOULD_REJECT, reply),
        TriedOutcome::DefersIfPermitted(reply) => with(DEFERS_IF_PERMITTED, reply),
        TriedOutcome::DefersIfRejected(reply) => with(DEFERS_IF_REJECTED, reply),
        TriedOutcome::Does(action, text) => {
            let text = String::from_utf8_lossy(text).into_owned();
            DOES.fill(lang, &[("action", &verdicts::action_name(action)), ("text", &text)])
        }
        TriedOutcome::Unknown(why) => UNKNOWN.fill(lang, &[("why", &unknown(why, lang))]),
    }
}
