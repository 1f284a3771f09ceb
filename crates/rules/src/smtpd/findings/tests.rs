use postproof_model::{ClientKeyProblem, RestrictionArgument, RestrictionProblem as P};

use super::*;
use crate::maincf::MainCf;
use crate::table::Wanted;

/// The findings about these lines of main.cf, and the lines they stand on; tables are files.
fn found(main_cf: &str, files: &[(&str, &str)]) -> Vec<(RestrictionProblem, usize)> {
    let all = diagnostics(main_cf, files);
    let of = |found: &Diagnostic| match &found.problem {
        Problem::Restriction(problem) => Some((problem.clone(), found.place.line)),
        _ => None,
    };
    all.iter().filter_map(of).collect()
}

fn diagnostics(main_cf: &str, files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let text = format!(
        "{main_cf}\ncompatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nlocal_recipient_maps =\n"
    );
    let (main_cf, _) = MainCf::parse("main.cf", text.as_bytes());
    let (_, diagnostics) = Server::new(main_cf, &mut |wanted| match wanted {
        Wanted::File(name) => {
            let file = files.iter().find(|(known, _)| *known == name);
            file.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "no such file".to_owned())
        }
        _ => Err("no server".to_owned()),
    });
    diagnostics
}

const OWN: &str = "mynetworks = 127.0.0.0/8";

fn of_client_list(list: &str) -> Vec<RestrictionProblem> {
    let text = format!("{OWN}\nsmtpd_client_restrictions = {list}");
    found(&text, &[]).into_iter().map(|(problem, _)| problem).collect()
}

/// Each as the warnings of Postfix 3.7.11's smtpd say: "unknown smtpd restriction", "bad argument", "requires domain name
/// argument", "must be followed by number", "restriction `x' after `reject' is ignored".
#[test]
fn what_smtpd_complains_of() {
    let unknown = |name: &str, like: Option<&str>| P::Unknown { name: name.to_owned(), like: like.map(str::to_owned) };
    assert_eq!(
        of_client_list("permit_mynetworks, permit_mynetwork"),
        [unknown("permit_mynetwork", Some("permit_mynetworks"))]
    );
    assert_eq!(of_client_list("greylist"), [unknown("greylist", None)]);
    assert_eq!(of_client_list("check_relay_domains"), [unknown("check_relay_domains", None)]);
    let argument = |restriction: &str, wanted, found: Option<&str>| P::BadArgument {
        restriction: restriction.to_owned(),
        wanted,
        found: found.map(str::to_owned),
    };
    assert_eq!(
        of_client_list("check_client_access, reject"),
        [argument("check_client_access", RestrictionArgument::Table, Some("reject"))]
    );
    assert_eq!(
        of_client_list("permit_dnswl_client"),
        [argument("permit_dnswl_client", RestrictionArgument::Domain, None)]
    );
    assert_eq!(of_client_list("sleep x")[0], argument("sleep", RestrictionArgument::Seconds, Some("x")));
    let never =
        |restriction: &str, after: &str| P::NeverReached { restriction: restriction.into(), after: after.into() };
    assert_eq!(of_client_list("reject, permit_mynetworks, permit"), [never("permit_mynetworks", "reject")]);
    assert_eq!(of_client_list("warn_if_reject reject, permit"), []);
    assert_eq!(of_client_list("warn_if_reject permit, defer"), [never("defer", "permit")]);
}

#[test]
fn classes_are_walked_through() {
    let main_cf = format!(
        "{OWN}\nsmtpd_restriction_classes = strict\nstrict = reject_rbl_client zen.example, bogus\nsmtpd_client_restrictions = strict, permit"
    );
    let asked =
        P::OwnClientsAsked { restriction: "reject_rbl_client zen.example".into(), permit: "permit_mynetworks".into() };
    assert_eq!(found(&main_cf, &[]), [(asked, 3), (P::Unknown { name: "bogus".into(), like: None }, 3)]);
}

#[test]
fn dns_lists_are_asked_for_own_clients() {
    let asked =
        |permit: &str| P::OwnClientsAsked { restriction: "reject_rbl_client a.example".into(), permit: permit.into() };
    let list = "reject_rbl_client a.example, reject_rbl_client b.example, permit_mynetworks";
    assert_eq!(of_client_list(list), [asked("permit_mynetworks")]);
    assert_eq!(of_client_list("permit_mynetworks, reject_rbl_client a.example"), []);
    let with_logins = format!(
        "smtpd_sasl_auth_enable = yes\n{OWN}\nsmtpd_client_restrictions = permit_mynetworks, reject_rbl_client a.example"
    );
    assert_eq!(found(&with_logins, &[]), [(asked("permit_sasl_authenticated"), 3)]);
}

#[test]
fn closed_lists() {
    let list = "permit_mynetworks, reject_rbl_client list.dsbl.org, reject_rbl_client all.rbl.jp=127.0.0.2";
    assert_eq!(
        of_client_list(list),
        [
            P::ClosedZone { zone: "list.dsbl.org".into(), year: Some(2008) },
            P::ClosedZone { zone: "all.rbl.jp".into(), year: None }
        ]
    );
}

/// smtpd of 3.7.11: "fatal: in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at least one
/// working instance of: …".
#[test]
fn nothing_keeps_strangers_from_relaying() {
    let open = format!("{OWN}\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = permit_mynetworks");
    assert_eq!(found(&open, &[]), [(P::NoRelayGuard, 2)]);
    assert_eq!(found(OWN, &[]), []);
}

const SENDERS: (&str, &str) = ("/senders", "/@example\\.org$/ OK\n");

#[test]
fn who_claims_to_be_someone_may_relay() {
    let list = "check_sender_access regexp:/senders, reject_unauth_destination";
    let open = format!("{OWN}\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = {list}");
    let anyone = P::AnyoneMayRelay { restriction: "check_sender_access regexp:/senders".into(), line: 1 };
    assert_eq!(found(&open, &[SENDERS]), [(anyone, 3)]);
    // The list for relaying stands in the way by default.
    assert_eq!(found(&format!("{OWN}\nsmtpd_recipient_restrictions = {list}"), &[SENDERS]), []);
    let after = format!(
        "{OWN}\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = reject_unauth_destination, regexp:/senders"
    );
    assert_eq!(found(&after, &[SENDERS]), []);
    let clients = format!(
        "{OWN}\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_client_access cidr:/clients, reject_unauth_destination"
    );
    let some = P::ClientsMayRelay { restriction: "check_client_access cidr:/clients".into(), line: 2 };
    assert_eq!(found(&clients, &[("/clients", "# friends\n192.0.2.0/24 OK\n")]), [(some, 3)]);
}

#[test]
fn every_address_is_own() {
    let all = P::EveryAddressIsOwn { network: "0.0.0.0/0".into() };
    assert_eq!(found("mynetworks = 127.0.0.1, 0.0.0.0/0", &[]), [(all, 1)]);
}

#[test]
fn ok_for_a_claim_skips_the_rest() {
    let list = "reject_unauth_destination, check_sender_access regexp:/senders, reject_unlisted_sender";
    let text = format!("{OWN}\nsmtpd_recipient_restrictions = {list}");
    let skipped = P::SkippedByClaim {
        restriction: "check_sender_access regexp:/senders".into(),
        line: 1,
        skipped: "reject_unlisted_sender".into(),
    };
    assert_eq!(found(&text, &[SENDERS]), [(skipped, 2)]);
    assert_eq!(found(&text, &[("/senders", "/@example\\.org$/ REJECT\n")]), []);
}

const RULES: &str = "/^unknown$/ 450 x\n/^[^.]*[0-9]{5}/ 450 S25R check, be patient\n";

#[test]
fn white_lists_that_come_too_late() {
    let list = |first: &str, second: &str| {
        format!(
            "{OWN}\nsmtpd_client_restrictions = permit_mynetworks, check_client_access {first}, check_client_access {second}"
        )
    };
    let late = |white: &str, text: &str| {
        let files = [("/rules", RULES), ("/white", text)];
        let found = found(&list("regexp:/rules", white), &files);
        found.into_iter().map(|(problem, _)| problem).collect::<Vec<_>>()
    };
    let [P::WhiteListTooLate { client, line: 1, rejected: 2, .. }] =
        &late("regexp:/white", "/\\.example\\.jp$/ OK\n")[..]
    else {
        panic!()
    };
    assert!(client.ends_with(".example.jp") && client.contains("00000"), "{client}");
    let texthash = late("texthash:/white", "mail.example.jp OK\npc12345.example.jp OK\n");
    let [P::WhiteListTooLate { client, line: 2, rejected: 2, .. }] = &texthash[..] else { panic!("{texthash:?}") };
    assert_eq!(client, "pc12345.example.jp");
    // No client is in both.
    assert_eq!(late("regexp:/white", "/^mail\\.example\\.jp$/ OK\n"), []);
    assert_eq!(late("regexp:/white", "/^192\\.0\\.2\\.7$/ OK\n"), []);
    let in_order =
        found(&list("regexp:/white", "regexp:/rules"), &[("/rules", RULES), ("/white", "/\\.example\\.jp$/ OK\n")]);
    assert_eq!(in_order, []);
}

#[test]
fn ok_that_is_not_taken() {
    let text = format!("{OWN}\nsmtpd_client_restrictions = check_reverse_client_hostname_access regexp:/white");
    let forbidden =
        P::OkForbidden { restriction: "check_reverse_client_hostname_access regexp:/white".into(), line: 1 };
    assert_eq!(found(&text, &[("/white", "/\\.example\\.jp$/ OK\n")]), [(forbidden, 2)]);
}

#[test]
fn client_tables_are_looked_through() {
    let text = format!("{OWN}\nsmtpd_client_restrictions = check_client_access regexp:/clients");
    let all = diagnostics(&text, &[("/clients", "/^\\[192\\.0\\.2\\.7\\]$/ OK\n")]);
    assert!(all.iter().any(|found| found.problem == Problem::ClientKey(ClientKeyProblem::NoClient)), "{all:?}");
}
