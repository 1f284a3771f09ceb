//! Clients with a line of a white list more or less: what saved one, what would save one, and many of them counted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is not as promised")]

use std::sync::Arc;

use postproof_model::{Answer, Bytes, HostFate, HostTold, ProposalScope, SmtpUnknown, TableKind};
use postproof_rules::host::propose::Refused;
use postproof_rules::host::saved::saved;
use postproof_rules::host::served::postmaster;
use postproof_rules::host::summary::Counts;
use postproof_rules::host::{Envelope, Judge, Verdict};
use postproof_rules::maincf::MainCf;
use postproof_rules::smtpd::{Server, World};
use postproof_rules::table::{Opener, Table, Wanted};

fn table(kind: TableKind, name: &str, source: &str) -> Table {
    Table::parse_as(Opener::ACCESS, kind, name, source.as_bytes()).0
}

fn tables(sources: &[(&str, &str)]) -> Judge<'static> {
    Judge::Tables(sources.iter().map(|(name, source)| table(TableKind::Regexp, name, source)).collect())
}

const RULES: &str = "/^unknown$/ 450 no name\n/^[^.]*[0-9]{5}/ 450 digits\n";

fn server(restrictions: &str) -> Arc<Server> {
    let main_cf = format!(
        "compatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nmynetworks = 127.0.0.0/8\n\
         local_recipient_maps =\nsmtpd_relay_restrictions = reject_unauth_destination\n{restrictions}"
    );
    let mut read = |wanted: Wanted<'_>| match wanted {
        Wanted::File("/white") => Ok(b"/\\.example\\.com$/ OK\n".to_vec()),
        Wanted::File("/rules") => Ok(RULES.as_bytes().to_vec()),
        _ => Err("no such file".to_owned()),
    };
    Arc::new(Server::new(MainCf::parse("main.cf", main_cf.as_bytes()).0, &mut read).0)
}

/// `told` of a client, then each line that saved it, then what is told otherwise.
fn saving(judge: &Judge<'_>, client: &str) -> String {
    let Some(saved) = saved(judge, &judge.evaluate(client.as_bytes(), 1)) else { return "-".to_owned() };
    let lines = saved.by.iter().map(|by| match (&by.rule, &by.restriction) {
        (Some(rule), _) => format!("{} {}", rule.table, rule.lines.first),
        (None, Some((_, restriction))) => restriction.lossy().into_owned(),
        (None, None) => String::new(),
    });
    format!("{} -> {:?}", lines.collect::<Vec<_>>().join(", "), saved.otherwise.told.fate())
}

#[test]
fn all_lines_that_saved_a_client_are_named() {
    let white = ("white", "/^mail\\./ OK\nif /example/\n/\\.example$/ OK\nendif\n/^192\\.0\\.2\\.7$/ OK\n");
    let judge = tables(&[white, ("rules", RULES)]);
    assert_eq!(saving(&judge, "p12345.example[192.0.2.1]"), "white 3 -> Deferred");
    assert_eq!(saving(&judge, "mail.example[192.0.2.7]"), "white 1, white 3, white 5 -> Undecided");
    assert_eq!(saving(&judge, "unknown[192.0.2.7]"), "white 5 -> Deferred");
    assert_eq!(saving(&judge, "unknown[192.0.2.8]"), "-");
    assert_eq!(saving(&judge, "www.example.org[192.0.2.8]"), "-");
}

#[test]
fn tables_of_fixed_keys_are_asked_again_without_the_entry() {
    let white = "example.org OK\np12345.example.org OK\n192.0.2 OK\n";
    let of = |white: &str| {
        Judge::Tables(vec![table(TableKind::Hash, "white", white), table(TableKind::Regexp, "rules", RULES)])
    };
    assert_eq!(saving(&of(white), "p12345.example.org[192.0.2.1]"), "white 2, white 1, white 3 -> Deferred");
    // The second line would count if the first were not there; which it is, is not kept.
    let twice = "example.org OK\nexample.org DUNNO\n";
    assert_eq!(saving(&of(twice), "p12345.example.org[192.0.2.1]"), "-");
}

#[test]
fn networks_are_asked_again_without_the_rule() {
    let many: String = (0..40).map(|net| format!("10.{net}.0.0/16 OK\n")).collect();
    let white = table(TableKind::Cidr, "white", &format!("{many}10.7.0.0/16 OK\n10.0.0.0/8 OK\n"));
    let judge = Judge::Tables(vec![white, table(TableKind::Regexp, "rules", RULES)]);
    assert_eq!(saving(&judge, "unknown[10.7.0.1]"), "white 8, white 41, white 42 -> Deferred");
}

#[test]
fn a_rule_is_taken_out_of_its_own_table_only() {
    let white = table(TableKind::Regexp, "white", "/a/ OK\n/b/ OK\n");
    let Answer::Found(hit) = white.lookup(b"a") else { panic!("it answers") };
    assert_eq!(white.without(&hit.rule).unwrap().lookup(b"a"), Answer::NotFound);
    assert!(table(TableKind::Regexp, "other", "/a/ OK\n").without(&hit.rule).is_none());
    let inline = postproof_rules::table::MapSpec::parse(b"unionmap:{static:OK, static:OK}");
    let union = inline.open(Opener::ACCESS, &mut |_| Err(String::new())).table;
    let Answer::Found(hit) = union.lookup(b"a") else { panic!("it answers") };
    assert!(union.without(&hit.rule).is_none());
}

#[test]
fn a_servers_permits_count_where_they_make_a_difference() {
    let world = World::default();
    let envelope = Envelope { recipient: "postmaster@example.net".into(), ..Envelope::default() };
    let list = "smtpd_client_restrictions = permit_mynetworks, check_client_access regexp:/white, check_client_access regexp:/rules\n";
    let judge = Judge::Server { server: server(list), world: &world, envelope: &envelope };
    assert_eq!(saving(&judge, "p12345.example.com[192.0.2.1]"), "/white 1 -> Deferred");
    assert_eq!(saving(&judge, "unknown[127.0.0.1]"), "permit_mynetworks -> Deferred");
    assert_eq!(saving(&judge, "mail.example.com[192.0.2.1]"), "-");
}

/// The lines proposed for a client of these, with how many others each lets in.
fn proposed(judge: &Judge<'_>, clients: &[&str], client: &str) -> Vec<(String, usize)> {
    let mut refused = Refused::default();
    for client in clients {
        refused.add(&judge.evaluate(client.as_bytes(), 1));
    }
    let proposals = refused.proposals(judge, &judge.evaluate(client.as_bytes(), 1));
    proposals.into_iter().map(|proposal| (proposal.line, proposal.frees)).collect()
}

#[test]
fn lines_are_proposed_with_what_else_they_let_in() {
    let judge = tables(&[("white", "/^mail\\./ OK\n"), ("rules", RULES)]);
    let clients = [
        "p12345.example.org[192.0.2.1]",
        "P12345.EXAMPLE.ORG[192.0.2.2]",
        "p12345.example.org[192.0.2.1]",
        "q12345.example.org[192.0.2.3]",
        "q12345xexample.org[192.0.2.3]",
        "mail.example.org[192.0.2.4]",
        "unknown[192.0.2.5]",
        "unknown",
        "p12345.example.co.jp",
        "p12345.ad.example.co.jp",
        "www12345",
        "a b12345.example.org",
    ];
    let of = |client| proposed(&judge, &clients, client);
    let line = |text: &str, frees| (text.to_owned(), frees);
    assert_eq!(of(clients[0]), [line("/^p12345\\.example\\.org$/ OK", 1), line("/\\.example\\.org$/ OK", 3)]);
    assert_eq!(of("mail.example.org[192.0.2.4]"), []);
    assert_eq!(of("unknown[192.0.2.5]"), [line("/^192\\.0\\.2\\.5$/ OK", 0)]);
    assert_eq!(of("unknown"), []);
    // All of the domain's servers, but not all of Japan's companies.
    assert_eq!(of("p12345.example.co.jp").len(), 2);
    assert_eq!(of("p12345.co.jp"), [line("/^p12345\\.co\\.jp$/ OK", 0)]);
    assert_eq!(of("www12345"), [line("/^www12345$/ OK", 0)]);
    // A name that no host can have.
    assert_eq!(of("a b12345.example.org"), []);
}

/// What a line lets in is counted by an index of names; here by asking about all of them.
#[test]
fn the_counts_are_those_of_asking_about_all() {
    let judge = tables(&[("rules", "/^(a|b)?[0-9]/ 450 x\n/^unknown$/ 450 y\n/^[^.]*$/ 450 z\n")]);
    let mut clients = Vec::new();
    for name in ["1", "a1", "b2", "a1x"] {
        for domain in ["", ".example", ".Example.org", ".a.example.org", ".1.a.example.org", ".example.org.example"] {
            clients.push(format!("{name}{domain}[192.0.2.{}]", clients.len()));
        }
    }
    clients.extend((0..4).map(|number| format!("unknown[192.0.2.{number}]")));
    let mut refused = Refused::default();
    let verdicts: Vec<Verdict> = clients.iter().map(|client| judge.evaluate(client.as_bytes(), 1)).collect();
    verdicts.iter().for_each(|verdict| refused.add(verdict));
    let mut lines = 0;
    for verdict in &verdicts {
        for proposal in refused.proposals(&judge, verdict) {
            lines += 1;
            let line = table(TableKind::Regexp, "line", &format!("{}\n", proposal.line));
            let freed = verdicts.iter().filter(|other| {
                let refused = matches!(other.decision().told, HostTold::Rejected(_));
                let keys = [Some(other.name()), other.address()];
                refused && keys.into_iter().flatten().any(|key| line.lookup(key) != Answer::NotFound)
            });
            assert_eq!(proposal.frees + 1, freed.count(), "{}", proposal.line);
        }
    }
    assert!(lines > 30, "{lines}");
}

#[test]
fn nothing_is_proposed_that_would_open_a_relay() {
    let world = World::default();
    let client = "p12345.example.org[192.0.2.1]";
    let lines = |restrictions: &str, recipient: &str| {
        let envelope = Envelope { recipient: recipient.into(), ..Envelope::default() };
        let judge = Judge::Server { server: server(restrictions), world: &world, envelope: &envelope };
        proposed(&judge, &[client], client).len()
    };
    let here = "postmaster@example.net";
    let rules = "check_client_access regexp:/rules";
    assert_eq!(lines(&format!("smtpd_client_restrictions = {rules}\n"), here), 2);
    assert_eq!(lines(&format!("smtpd_recipient_restrictions = {rules}\n"), here), 2);
    // A line in the client's list changes nothing in the recipient's.
    assert_eq!(lines("", "somebody@example.org"), 0);
    let bare =
        format!("smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = {rules}, reject_unauth_destination\n");
    assert_eq!(lines(&bare, here), 0);
    let relay = format!("smtpd_relay_restrictions = {rules}, reject_unauth_destination\n");
    assert_eq!(lines(&relay, here), 0);
    // Two lists refuse it, and no one line is enough.
    let both = format!("smtpd_client_restrictions = {rules}\nsmtpd_helo_restrictions = {rules}\n");
    assert_eq!(lines(&both, here), 0);
}

#[test]
fn many_are_counted_by_what_decided() {
    let judge =
        tables(&[("white", "/^mail\\./ OK\n"), ("rules", RULES), ("odd", "/^odd/ REJECT 5.7.1\n/^no/ REJECT\n")]);
    let mut counts = Counts::default();
    for client in ["mail.a", "p12345.a", "q12345.a", "unknown", "www.a", "odd.a", "no.a", "mail.b", "unknown"] {
        counts.add(&judge.evaluate(client.as_bytes(), 1).decision());
    }
    let summary = counts.summary();
    let totals =
        [summary.hosts, summary.permitted, summary.deferred, summary.rejected, summary.undecided, summary.unknown];
    assert_eq!(totals, [9, 2, 4, 1, 1, 1]);
    let rows: Vec<_> = summary
        .deciders
        .iter()
        .map(|row| {
            (
                row.decider.rule.as_ref().map(|rule| (rule.table.as_str(), rule.lines.first)).unwrap(),
                row.fate,
                row.hosts,
            )
        })
        .collect();
    let expected = [
        (("rules", 1), HostFate::Deferred, 2),
        (("rules", 2), HostFate::Deferred, 2),
        (("white", 1), HostFate::Permitted, 2),
        (("odd", 1), HostFate::Unknown, 1),
        (("odd", 2), HostFate::Rejected, 1),
    ];
    assert_eq!(rows, expected);
    let rules: Vec<_> = summary.s25r.iter().map(|rule| (rule.number, rule.decided, rule.matched)).collect();
    assert_eq!(rules, [(0, 2, 2), (2, 2, 2)]);
}

#[test]
fn mail_to_whoever_is_in_charge_goes_to_the_first_domain() {
    let of = |source: &str| postmaster(&MainCf::parse("main.cf", source.as_bytes()).0);
    let address = |text: &str| Some(Bytes::from(text));
    assert_eq!(of("mydestination = a.example, b.example\n"), address("postmaster@a.example"));
    assert_eq!(of("myhostname = mx.a.example\n"), address("postmaster@mx.a.example"));
    assert_eq!(of("mydestination =\nvirtual_mailbox_domains = v.example\n"), address("postmaster@v.example"));
    assert_eq!(of("mydestination = hash:/domains\nmyorigin = /etc/mailname\n"), None);
    assert_eq!(of(""), None);
}

#[test]
fn a_server_must_know_the_client() {
    let (world, envelope) = (World::default(), Envelope { recipient: "a@example.net".into(), ..Envelope::default() });
    let server =
        server("smtpd_client_restrictions = reject_rbl_client list.example, reject_unknown_reverse_client_hostname\n");
    let judge = Judge::Server { server, world: &world, envelope: &envelope };
    let told = |client: &str| judge.evaluate(client.as_bytes(), 1).decision().told;
    let unknown = |why| HostTold::Unknown(Some(why));
    assert_eq!(told("mail.example.org"), unknown(SmtpUnknown::NeedsClient));
    assert_eq!(told("a b.example.org[192.0.2.1]"), unknown(SmtpUnknown::NeedsClient));
    let question = SmtpUnknown::NeedsDns { record: "A".to_owned(), name: "1.2.0.192.list.example".to_owned() };
    assert_eq!(told("mail.example.org[192.0.2.1]"), unknown(question));
}

#[test]
fn a_scope_is_named() {
    let judge = tables(&[("rules", RULES)]);
    let verdict = judge.evaluate(b"p12345.example.org", 1);
    let mut refused = Refused::default();
    refused.add(&verdict);
    let scopes: Vec<_> = refused.proposals(&judge, &verdict).iter().map(|proposal| proposal.scope).collect();
    assert_eq!(scopes, [ProposalScope::Name, ProposalScope::Domain]);
}
