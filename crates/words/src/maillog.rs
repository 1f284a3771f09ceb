//! Words of a mail log: who was refused, who came back, and what today's tables say of them.

use postproof_model::maillog::{RefusedBy, RetryLook};

use crate::{Lang, Phrase};

crate::phrases! {
    LOG: "Log" / "ログ";

    NOTHING_READ: "No line about a client" / "クライアントについての行がない";
    NOTHING_READ_HINT: "The log of smtpd or postscreen is read here: lines such as “postfix/smtpd[7]: NOQUEUE: reject: RCPT from …”." / "ここでは smtpd や postscreen のログを読みます。「postfix/smtpd[7]: NOQUEUE: reject: RCPT from …」のような行です。";
    LOST: "{count} of {total} clients let in then would be refused today" / "当時通した {total} 件のうち {count} 件を今は拒否";
    LOST_NONE: "None of {total} clients let in then would be refused today" / "当時通した {total} 件は今も拒否なし";
    REFUSED_LINES: "refusals in the log: {count}" / "ログでの拒否: {count} 回";
    SERVERS: "retried as mail servers do: {count}" / "メールサーバーらしい再送: {count} 件";
    TODAY: "clients today: {refused} refused, {permitted} permitted, {undecided} left to the next restriction" / "今のクライアント: 拒否 {refused} 件、許可 {permitted} 件、次の制限に任せる {undecided} 件";
    CHECKED: "lines about clients: {count}, checked in {milliseconds} ms" / "クライアントについての行 {count} 行を {milliseconds} ms で確認";

    LOST_HEADING: "Let in then, refused today" / "当時は通したが、今は拒否";
    TAKEN_ONCE: "Mail of it was let in once." / "このクライアントのメールを 1 回通しています。";
    TAKEN: "Mail of it was let in {count} times." / "このクライアントのメールを {count} 回通しています。";
    LOST_LEFT_OUT: "More such clients: {count}" / "ほかにこのようなクライアント: {count} 件";
    RETRIES_HEADING: "Refused then, and who came back" / "当時の拒否と、その後の再送";
    RETRIES_LEFT_OUT: "Refusals that are not listed, each of one sender to one recipient: {count}" / "表示していない拒否 (送信者と受信者の組ごと): {count} 件";
    REFUSALS_HEADING: "What refused it then" / "当時拒否したもの";

    LOOKS_SERVER: "Retries like a mail server" / "メールサーバーらしい再送";
    LOOKS_FLOOD: "Many senders at once" / "一度に多くの送信者";
    LOOKS_OPEN: "Came back" / "再び来た";
    LOOKS_ONCE: "Came once" / "1 回だけ";
    SERVER_WHAT: "It waited and asked again, as a queue does. If its mail is wanted, it needs a line in the white list." / "キューのように、間を置いて再び送っています。必要なメールなら、ホワイトリストに行を加えてください。";
    FLOOD_WHAT: "At least five senders within a minute: mail servers seldom do that." / "1 分以内に 5 つ以上の送信者です。メールサーバーではまれです。";
    MAIL: "from <{sender}> to <{recipient}>" / "<{sender}> から <{recipient}> へ";
    NO_MAIL: "The log does not say for certain who sent to whom." / "誰から誰へのメールかは、ログからは確かめられません。";
    TRIES: "tries: {count}" / "試行: {count} 回";
    AFTER: "again after {pauses}" / "再送までの間隔: {pauses}";
    LATER_LET_IN: "let in later, on line {line}" / "その後 {line} 行目で通過";
    TODAY_IS: "Today: {outcome}" / "今: {outcome}";
    TODAY_BY: "Today: {outcome} by {rule}" / "今: {rule} により{outcome}";

    SECONDS: "{count} s" / "{count} 秒";
    MINUTES: "{count} min" / "{count} 分";
    HOURS: "{count} h" / "{count} 時間";
    DAYS: "{count} d" / "{count} 日";
    TIMES: "{count} times" / "{count} 回";
}

/// What tries look like.
#[must_use]
pub const fn look(look: RetryLook) -> Phrase {
    match look {
        RetryLook::Server => LOOKS_SERVER,
        RetryLook::Flood => LOOKS_FLOOD,
        RetryLook::Open => LOOKS_OPEN,
        RetryLook::Once => LOOKS_ONCE,
    }
}

/// What that means; none where there is nothing to say.
#[must_use]
pub const fn meaning(look: RetryLook) -> Option<Phrase> {
    match look {
        RetryLook::Server => Some(SERVER_WHAT),
        RetryLook::Flood => Some(FLOOD_WHAT),
        RetryLook::Open | RetryLook::Once => None,
    }
}

/// A time in the unit that says it best: below two minutes in seconds, and so on.
#[must_use]
pub fn duration(seconds: u32, lang: Lang) -> String {
    let (unit, count) = match seconds {
        0..120 => (SECONDS, seconds),
        120..7_200 => (MINUTES, seconds / 60),
        7_200..172_800 => (HOURS, seconds / 3_600),
        _ => (DAYS, seconds / 86_400),
    };
    unit.fill(lang, &[("count", &count.to_string())])
}

/// What refused mail: a zone, or the words that the client was told.
#[must_use]
pub fn refused_by(by: &RefusedBy) -> String {
    match by {
        RefusedBy::DnsList(zone) => zone.lossy().into_owned(),
        RefusedBy::Told(told) => told.lossy().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_says_them_best() {
        let said = [0, 119, 120, 7_199, 7_200, 172_799, 172_800].map(|seconds| duration(seconds, Lang::En));
        assert_eq!(said, ["0 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 d"]);
    }
}
