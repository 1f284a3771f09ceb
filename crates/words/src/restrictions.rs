//! Words for what is wrong with lists of restrictions, and with patterns of tables that are asked for clients.

use postproof_model::{ClientKeyProblem, RestrictionArgument, RestrictionProblem};

use crate::{Lang, Phrase};

crate::phrases! {
    UNKNOWN: "smtpd knows no restriction {name}, and smtpd_restriction_classes has no class of that name."
        / "smtpd に {name} という制限はなく、smtpd_restriction_classes にもその名前のクラスはありません。";
    UNKNOWN_MEND: "Check its spelling, or take it out." / "綴りを確かめるか、取り除いてください。";
    UNKNOWN_LIKE_MEND: "Did you mean {like}?" / "{like} ではありませんか。";
    NO_TABLE: "A table, TYPE:NAME, is missing after {restriction}." / "{restriction} の後にテーブル（TYPE:NAME）がありません。";
    NO_DOMAIN: "A domain is missing after {restriction}." / "{restriction} の後にドメインがありません。";
    NO_SECONDS: "A number of seconds is missing after {restriction}." / "{restriction} の後に秒数がありません。";
    FOUND_MEND: "Write it before {found}." / "{found} の前に書いてください。";
    MISSING_MEND: "Write it after the restriction." / "制限の後に書いてください。";
    NEVER_REACHED: "{restriction} is never reached: {after} before it always decides." / "{restriction} には届きません。前の {after} が必ず結果を決めます。";
    NEVER_REACHED_MEND: "Move it before {after}, or take it out." / "{after} の前に移すか、取り除いてください。";
    OWN_CLIENTS_ASKED: "{permit} does not stand before {restriction} in this list, so those clients are looked up in the DNS list, too, and can be refused."
        / "このリストでは {restriction} の前に {permit} がないため、それらのクライアントも DNS リストで調べられ、拒否されることがあります。";
    OWN_CLIENTS_ASKED_MEND: "Put {permit} before the first DNS list." / "最初の DNS リストの前に {permit} を置いてください。";
    CLOSED_ZONE: "The DNS list {zone} is closed." / "DNS リスト {zone} は閉鎖されています。";
    CLOSED_ZONE_SINCE: "The DNS list {zone} has been closed since {year}." / "DNS リスト {zone} は {year} 年に閉鎖されました。";
    CLOSED_ZONE_MEND: "Take it out: at best it answers nothing, at worst it lists every client, or makes mail wait." / "取り除いてください。何も答えないか、全クライアントを登録済みと答えるか、メールを待たせるだけです。";
    NO_RELAY_GUARD: "Neither smtpd_relay_restrictions nor smtpd_recipient_restrictions keeps strangers from relaying." / "smtpd_relay_restrictions にも smtpd_recipient_restrictions にも、外部からの中継を止めるものがありません。";
    NO_RELAY_GUARD_MEND: "Write smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination." / "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination と書いてください。";
    ANYONE_MAY_RELAY: "{restriction} gives OK on line {line} before anything keeps strangers from relaying, and anyone can claim to be what it matches." / "{restriction} は {line} 行目で、外部からの中継を止めるものより前に OK を返します。一致する値は誰でも名乗れます。";
    RELAY_MEND: "Put reject_unauth_destination before it, or answer DUNNO." / "前に reject_unauth_destination を置くか、DUNNO と答えてください。";
    CLIENTS_MAY_RELAY: "{restriction} gives OK on line {line} before anything keeps strangers from relaying: the clients that it matches may send mail to anywhere." / "{restriction} は {line} 行目で、外部からの中継を止めるものより前に OK を返します。一致したクライアントはどこへでもメールを送れます。";
    EVERY_ADDRESS_IS_OWN: "mynetworks holds {network}: every client counts as one of your own." / "mynetworks に {network} があり、すべてのクライアントが自分のネットワークとして扱われます。";
    EVERY_ADDRESS_IS_OWN_MEND: "List your own networks only." / "自分のネットワークだけを書いてください。";
    SKIPPED_BY_CLAIM: "{restriction} gives OK on line {line}: whoever claims to be what it matches gets past {skipped} and all else in this list." / "{restriction} は {line} 行目で OK を返します。一致する値を名乗る者は誰でも、{skipped} 以降の制限をすべて通り抜けます。";
    SKIPPED_BY_CLAIM_MEND: "Put it after them, or let it answer DUNNO." / "それらの後に置くか、DUNNO と答えさせてください。";
    WHITE_LIST_TOO_LATE: "This white list comes too late: {client} is rejected by {rules} on line {rejected} before line {line} of {white} could permit it." / "このホワイトリストは遅すぎます。{client} は、{white} の {line} 行目が許可する前に、{rules} の {rejected} 行目で拒否されます。";
    WHITE_LIST_TOO_LATE_MEND: "Put {white} before {rules}." / "{white} を {rules} の前に置いてください。";
    OK_FORBIDDEN: "{restriction} gives OK on line {line}, which smtpd does not take here: a stranger decides what the key is." / "{restriction} は {line} 行目で OK を返しますが、smtpd はここでは受け付けません。検索キーを外部の者が決められるためです。";
    OK_FORBIDDEN_MEND: "Answer DUNNO, or use check_client_access, which looks up verified names." / "DUNNO と答えるか、検証済みの名前を調べる check_client_access を使ってください。";

    NO_CLIENT: "No client can match this: neither a verified host name nor an address looks like it." / "一致するクライアントはありません。検証済みのホスト名もアドレスも、この形にはなりません。";
    NO_CLIENT_MEND: "A name is looked up as mail.example.net, an address as 192.0.2.7 or 2001:db8::7, without brackets." / "検索キーは mail.example.net のような名前か、角括弧のない 192.0.2.7 や 2001:db8::7 のようなアドレスです。";
    ADDRESS_HIDDEN: "Only an address matches this, and none is asked for: the rules up to line {line} answer every name, and the name comes first." / "一致するのはアドレスだけですが、アドレスは検索されません。先に検索される名前が、{line} 行目までのルールで必ず見つかるからです。";
    ADDRESS_HIDDEN_MEND: "Move it above line {line}, or into a table of its own." / "{line} 行目より上か、別のテーブルに移してください。";
    DUNNO_HIDES_ADDRESS: "DUNNO here also ends the search for the client's address: {example}, for one, is not asked for on line {line}, which matches addresses only." / "ここの DUNNO で、クライアントのアドレスの検索も終わります。たとえば {example} は、アドレスだけに一致する {line} 行目では検索されません。";
    DUNNO_HIDES_ADDRESS_MEND: "Put rules for addresses into a table of their own, asked before this one." / "アドレスのルールは別のテーブルにして、このテーブルより先に検索してください。";
    NEGATED_HITS_ADDRESS: "This leaves out names such as {example} in vain: their address is asked for next, and no address matches the pattern, so the rule fires on it." / "{example} のような名前を除外できていません。次に検索されるアドレスはこのパターンに一致しないため、そこでルールが働きます。";
    NEGATED_HITS_ADDRESS_MEND: "Let a rule above it answer DUNNO or OK for those names." / "その上に、それらの名前に DUNNO か OK と答えるルールを置いてください。";
}

/// What is wrong with a list, and how to mend it.
pub(crate) fn problem(problem: &RestrictionProblem, lang: Lang) -> (String, Option<String>) {
    use RestrictionProblem as P;
    let fill =
        |what: Phrase, mend: Phrase, values: &[(&str, &str)]| (what.fill(lang, values), Some(mend.fill(lang, values)));
    match problem {
        P::Unknown { name, like: Some(like) } => fill(UNKNOWN, UNKNOWN_LIKE_MEND, &[("name", name), ("like", like)]),
        P::Unknown { name, like: None } => fill(UNKNOWN, UNKNOWN_MEND, &[("name", name)]),
        P::BadArgument { restriction, wanted, found } => {
            let what = match wanted {
                RestrictionArgument::Table => NO_TABLE,
                RestrictionArgument::Domain => NO_DOMAIN,
                RestrictionArgument::Seconds => NO_SECONDS,
            };
            let mend = if found.is_some() { FOUND_MEND } else { MISSING_MEND };
            fill(what, mend, &[("restriction", restriction), ("found", found.as_deref().unwrap_or_default())])
        }
        P::NeverReached { restriction, after } => {
            fill(NEVER_REACHED, NEVER_REACHED_MEND, &[("restriction", restriction), ("after", after)])
        }
        P::OwnClientsAsked { restriction, permit } => {
            fill(OWN_CLIENTS_ASKED, OWN_CLIENTS_ASKED_MEND, &[("restriction", restriction), ("permit", permit)])
        }
        P::ClosedZone { zone, year: None } => fill(CLOSED_ZONE, CLOSED_ZONE_MEND, &[("zone", zone)]),
        P::ClosedZone { zone, year: Some(year) } => {
            fill(CLOSED_ZONE_SINCE, CLOSED_ZONE_MEND, &[("zone", zone), ("year", &year.to_string())])
        }
        P::NoRelayGuard => fill(NO_RELAY_GUARD, NO_RELAY_GUARD_MEND, &[]),
        P::AnyoneMayRelay { restriction, line } => {
            fill(ANYONE_MAY_RELAY, RELAY_MEND, &[("restriction", restriction), ("line", &line.to_string())])
        }
        P::ClientsMayRelay { restriction, line } => {
            fill(CLIENTS_MAY_RELAY, RELAY_MEND, &[("restriction", restriction), ("line", &line.to_string())])
        }
        P::EveryAddressIsOwn { network } => {
            fill(EVERY_ADDRESS_IS_OWN, EVERY_ADDRESS_IS_OWN_MEND, &[("network", network)])
        }
        P::SkippedByClaim { restriction, line, skipped } => {
            let values = [("restriction", restriction.as_str()), ("line", &line.to_string()), ("skipped", skipped)];
            fill(SKIPPED_BY_CLAIM, SKIPPED_BY_CLAIM_MEND, &values)
        }
        P::WhiteListTooLate { white, rules, client, line, rejected } => {
            let (line, rejected) = (line.to_string(), rejected.to_string());
            let values = [
                ("white", white.as_str()),
                ("rules", rules),
                ("client", client),
                ("line", &line),
                ("rejected", &rejected),
            ];
            fill(WHITE_LIST_TOO_LATE, WHITE_LIST_TOO_LATE_MEND, &values)
        }
        P::OkForbidden { restriction, line } => {
            fill(OK_FORBIDDEN, OK_FORBIDDEN_MEND, &[("restriction", restriction), ("line", &line.to_string())])
        }
    }
}

/// What is wrong with a pattern of a client table, and how to mend it.
pub(crate) fn client_key(problem: &ClientKeyProblem, lang: Lang) -> (String, Option<String>) {
    let fill =
        |what: Phrase, mend: Phrase, values: &[(&str, &str)]| (what.fill(lang, values), Some(mend.fill(lang, values)));
    match problem {
        ClientKeyProblem::NoClient => fill(NO_CLIENT, NO_CLIENT_MEND, &[]),
        ClientKeyProblem::AddressHidden { line } => {
            fill(ADDRESS_HIDDEN, ADDRESS_HIDDEN_MEND, &[("line", &line.to_string())])
        }
        ClientKeyProblem::DunnoHidesAddress { line, example } => {
            let values = [("line", line.to_string()), ("example", example.clone())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            fill(DUNNO_HIDES_ADDRESS, DUNNO_HIDES_ADDRESS_MEND, &values)
        }
        ClientKeyProblem::NegatedHitsAddress { example } => {
            fill(NEGATED_HITS_ADDRESS, NEGATED_HITS_ADDRESS_MEND, &[("example", example)])
        }
    }
}
