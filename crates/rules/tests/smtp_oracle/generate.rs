//! Made-up configurations, worlds and sessions: a seed makes them, the same ones every time.

use std::collections::BTreeMap;

use super::case::{Config, Group, Recorded, TABLES};

/// A small generator of numbers (xorshift64*), so that tests need no crate and repeat exactly.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// Whether something happens that happens once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const NAMES: &[&str] = &[
    "mail.example.com",
    "a.b.example.com",
    "ppp-192-0-2-7.dyn.example.org",
    "Host1.Example.ORG",
    "listed.example",
    "slow.example",
    "mx1.example.net",
    "localhost",
    "192-0-2-9",
    "alias.example",
];
const ADDRESSES: &[&str] = &[
    "192.0.2.7",
    "192.0.2.9",
    "192.0.3.9",
    "198.51.100.25",
    "203.0.113.77",
    "127.0.0.1",
    "127.0.0.9",
    "IPV6:2001:db8::7",
    "IPV6:2001:db8:0:5::77",
];
const HELOS: &[&str] = &[
    "mail.example.com",
    "MAIL.Example.com",
    "localhost",
    "friend",
    "a.b.example.com",
    "[192.0.2.7]",
    "[192.0.2.777]",
    "[IPv6:2001:db8::7]",
    "[2001:db8::7]",
    "192.0.2.7",
    "-bad.example",
    "bad_name.example.com.",
    "gone.example",
    "slow.example",
    "nullmx.example",
    "onlymx.example",
    "two words",
    "x;y",
    "a..b",
    "listed.example",
    "1.2.3",
    "[]",
    "[x",
    "under_score.example.com",
    "alias.example",
    "mixed.example",
];
const SENDERS: &[&str] = &[
    "",
    "user@example.com",
    "user+ext@example.com",
    "User@Example.COM",
    "x@a.b.example.com",
    "x@gone.example",
    "x@slow.example",
    "x@nullmx.example",
    "x@listed.example",
    "x@onlymx.example",
    "owner-list@example.com",
    "alice@example.net",
    "nobody@example.net",
    "someone@virtual.example",
    "boxless@box.example",
    "bob@box.example",
    "bob-x@box.example",
    "unqualified",
    "x@localhost",
    "x@alias.example",
    "x@mixed.example",
    "x@relay.example",
    "x@[192.0.2.7]",
    "x@single",
];
const RECIPIENTS: &[&str] = &[
    "alice@example.net",
    "alice+tag@example.net",
    "nobody@example.net",
    "postmaster@example.net",
    "postmaster",
    "Postmaster@EXAMPLE.net",
    "alias@example.net",
    "someone@virtual.example",
    "nobody@virtual.example",
    "bob@box.example",
    "bob+x@box.example",
    "boxless@box.example",
    "carol@relay.example",
    "dave@relay.example",
    "eve@sub.relay.example",
    "stranger@example.org",
    "stranger@gone.example",
    "stranger@listed.example",
    "stranger@slow.example",
    "unqualified",
    "alice@localhost",
    "x@nullmx.example",
    "",
    "mailer-daemon@example.net",
    "catch@all.example",
    "stranger@backup.example",
];

const RESULTS: &[&str] = &[
    "OK",
    "ok ignored text",
    "RELAY",
    "DUNNO",
    "dunno with text",
    "REJECT",
    "REJECT go away",
    "reject 5.1.1 no such user",
    "REJECT 4.1.8 mismatch",
    "REJECT 2.0.0 odd",
    "REJECT 5.1.4 x",
    "554 5.1.6 moved",
    "REJECT 5.7.300 far",
    "REJECT 5.7.3000 too far",
    "DEFER",
    "DEFER later 4.2.0",
    "DEFER 4.1.3 address",
    "DEFER_IF_PERMIT",
    "defer_if_permit maybe",
    "DEFER_IF_REJECT",
    "DEFER_IF_REJECT 4.4.4 perhaps",
    "450 S25R check, be patient",
    "450 4.1.7 x",
    "451  4.5.1  spaced  text",
    "550 5.1.0 gone",
    "554 5.1.7 sender syntax",
    "599 x",
    "421 4.3.2 closing",
    "400",
    "550",
    "12345",
    "550text",
    "HOLD",
    "HOLD for a while",
    "DISCARD",
    "DISCARD quietly",
    "FILTER smtp:[127.0.0.1]:10",
    "FILTER nothing",
    "REDIRECT x@example.net",
    "REDIRECT x",
    "BCC bcc@example.net",
    "BCC",
    "PREPEND X-Access: seen",
    "PREPEND no header",
    "WARN look",
    "INFO look",
    "permit",
    "reject",
    "defer",
    "reject_unknown_client_hostname",
    "reject_unauth_destination, permit",
    "class_a",
    "class_b",
    "warn_if_reject reject, permit_mynetworks",
    "no_such_restriction",
    "hash:/etc/x",
    "reject_non_fqdn_helo_hostname reject_unknown_sender_domain",
    "reject_rbl_client list.example",
    "REJECT caf\u{e9}",
    "REJECT \u{7}bell",
];

const ZONES: &[&str] = &[
    "list.example",
    "list.example=127.0.0.2",
    "list.example=127.0.0.[2..5]",
    "list.example=127.0.[0;1].[3;9..11]",
    "text.example",
    "other.example",
    "broken.example",
    "LIST.example",
    "quiet.example=127.0.0.1",
];

fn generic(dice: &mut Dice) -> String {
    let table = table(dice);
    let zone = dice.pick(ZONES);
    match dice.below(52) {
        0 | 1 => format!("check_client_access {table}"),
        2 => format!("check_reverse_client_hostname_access {table}"),
        3 | 4 => format!("check_helo_access {table}"),
        5 | 6 => format!("check_sender_access {table}"),
        7 | 8 => format!("check_recipient_access {table}"),
        9 => table,
        10 | 11 => format!("reject_rbl_client {zone}"),
        12 => format!("reject_rhsbl_client {zone}"),
        13 => format!("reject_rhsbl_sender {zone}"),
        14 => format!("reject_rhsbl_helo {zone}"),
        15 => format!("reject_rhsbl_recipient {zone}"),
        16 => format!("permit_dnswl_client {zone}"),
        17 => format!("permit_rhswl_client {zone}"),
        18 => format!("reject_rhsbl_reverse_client {zone}"),
        19 => "permit_mynetworks".to_owned(),
        20 => "permit_sasl_authenticated".to_owned(),
        21 => "reject_unknown_client_hostname".to_owned(),
        22 => "reject_unknown_reverse_client_hostname".to_owned(),
        23 => "reject_invalid_helo_hostname".to_owned(),
        24 => "reject_non_fqdn_helo_hostname".to_owned(),
        25 => "reject_unknown_helo_hostname".to_owned(),
        26 => "reject_non_fqdn_sender".to_owned(),
        27 => "reject_unknown_sender_domain".to_owned(),
        28 => "reject_non_fqdn_recipient".to_owned(),
        29 => "reject_unknown_recipient_domain".to_owned(),
        30 => "reject_unauth_destination".to_owned(),
        31 => "defer_unauth_destination".to_owned(),
        32 => "permit_auth_destination".to_owned(),
        33 => "reject_unlisted_recipient".to_owned(),
        34 => "reject_unlisted_sender".to_owned(),
        35 => "check_policy_service inet:policy-a:1".to_owned(),
        36 => "check_policy_service inet:policy-b:1".to_owned(),
        37 => "class_a".to_owned(),
        38 => "class_b".to_owned(),
        39 => dice.pick(&["defer_if_permit", "defer_if_reject", "reject_multi_recipient_bounce", "sleep 0"]).to_owned(),
        40 => dice
            .pick(&[
                "reject_sender_login_mismatch",
                "reject_authenticated_sender_login_mismatch",
                "reject_known_sender_login_mismatch",
                "reject_unauthenticated_sender_login_mismatch",
                "check_sasl_access static:REJECT",
            ])
            .to_owned(),
        41 => format!(
            "warn_if_reject {}",
            dice.pick(&[
                "reject",
                "defer",
                "reject_unknown_client_hostname",
                "reject_unauth_destination",
                "class_a",
                "reject_non_fqdn_sender"
            ])
        ),
        42 => dice.pick(&["permit", "reject", "defer"]).to_owned(),
        43 => dice
            .pick(&[
                "reject_unauth_pipelining",
                "permit_tls_clientcerts",
                "reject_plaintext_session",
                "PERMIT_MYNETWORKS",
                "Reject_Unknown_Client_Hostname",
            ])
            .to_owned(),
        44 => dice
            .pick(&[
                "reject_unknown_client",
                "reject_invalid_hostname",
                "reject_unknown_hostname",
                "reject_non_fqdn_hostname",
                "check_recipient_maps",
                "reject_unknown_address",
                "check_relay_domains",
                "reject_maps_rbl",
                "permit_naked_ip_address",
            ])
            .to_owned(),
        45 if dice.once_in(2) => format!("check_etrn_access {table}"),
        45..=49 => format!(
            "check_{}_{}_access {table}",
            dice.pick(&["client", "reverse_client_hostname", "helo", "sender", "recipient"]),
            dice.pick(&["a", "mx", "ns", "mx"])
        ),
        50 => "permit_mx_backup".to_owned(),
        _ => dice
            .pick(&[
                "no_such_restriction",
                "check_client_access",
                "check_sender_access example",
                "reject_rbl_client",
                "sleep",
            ])
            .to_owned(),
    }
}

fn list(dice: &mut Dice, most: usize) -> String {
    let count = dice.below(most + 1);
    let parts: Vec<String> = (0..count).map(|_| generic(dice)).collect();
    parts.join(if dice.once_in(2) { ", " } else { " " })
}

/// A table's name.
fn table(dice: &mut Dice) -> String {
    match dice.below(10) {
        0 => format!("inline:{{ {{{} = {}}} }}", dice.pick(KEYS), dice.pick(INLINE_RESULTS)),
        1 => format!("static:{{{}}}", dice.pick(INLINE_RESULTS)),
        2 => format!("texthash:{TABLES}/{}", dice.pick(&["t9", "missing"])),
        3 | 4 => format!("regexp:{TABLES}/r{}", dice.below(4)),
        5 => format!("cidr:{TABLES}/c{}", dice.below(2)),
        _ => format!("texthash:{TABLES}/t{}", dice.below(6)),
    }
}

const INLINE_RESULTS: &[&str] = &["DUNNO", "OK", "REJECT inline", "450 4.3.2 soon", "WARN x", "DEFER_IF_PERMIT"];

/// Keys of tables.
const KEYS: &[&str] = &[
    "example.com",
    ".example.com",
    "mail.example.com",
    "com",
    "org",
    ".org",
    "dyn.example.org",
    "unknown",
    "192.0.2.7",
    "192.0.2",
    "192.0",
    "127",
    "2001:db8::7",
    "2001:db8",
    "2001:db8:0:5:",
    "localhost",
    "friend",
    "[192.0.2.7]",
    "192.0.2.7.",
    "listed.example",
    "example",
    "user@example.com",
    "user+ext@example.com",
    "user@",
    "user+ext@",
    "<>",
    "alice@example.net",
    "alice@",
    "bob@box.example",
    "bob+x@",
    "box.example",
    "example.net",
    "relay.example",
    ".relay.example",
    "ns.example.org",
    "example.org",
    "198.51.100.25",
    "198.51",
    "mx.listed.example",
    "stranger@",
    "gone.example",
    "unqualified",
    "unqualified@",
    "unqualified@mx.example.net",
    "mx.example.net",
    "host1.example.org",
    "x@",
    "slow.example",
    "END-OF-DATA",
];

const PATTERNS: &[&str] = &[
    "/^unknown$/",
    "/^[^.]*[0-9][^0-9.]+[0-9].*\\./",
    "/example\\.com$/",
    "/^192\\.0\\.2\\.(.)$/",
    "/^<>$/",
    "/^user/",
    "/@example\\.net$/",
    "/^\\[/",
    "/./",
    "!/example/",
    "/^$/",
    "/^(.*)@(.*)\\.example$/",
    "/db8/",
    "/EXAMPLE/i",
];

fn tables(dice: &mut Dice) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    for number in 0..6 {
        let mut lines = BTreeMap::new();
        for _ in 0..3 + dice.below(8) {
            lines.insert(dice.pick(KEYS), dice.pick(RESULTS));
        }
        tables.insert(format!("t{number}"), lines.iter().map(|(key, result)| format!("{key} {result}\n")).collect());
    }
    tables.insert(
        "headers".to_owned(),
        format!(
            "/^Subject: cheap/ {}\n/^X-Test:/ REJECT 5.6.3 odd\n/^Subject: lost/ DISCARD\n/^X-Access:/ {}\n",
            dice.pick(&["REJECT no", "REJECT", "HOLD", "REJECT 4.7.1 wait"]),
            dice.pick(&["REJECT prepended", "WARN x"])
        ),
    );
    tables.insert("bodies".to_owned(), "/^Buy/ REJECT 5.7.2 not here\n/^Later/ REJECT\n/^no header/ WARN\n".to_owned());
    tables.insert(
        "footers".to_owned(),
        "/^450/ \\c wait, $client_name\n/^554 5\\.7/ no\\nno $reverse_client_name\n/Access/ denied\n".to_owned(),
    );
    tables.insert(
        "commands".to_owned(),
        "/^HELP/ NOOP\n/^(MAIL FROM:<.*>) SIZE=.*$/ $1\n/^EXPN (.*)/ VRFY $1\n/^RSET x/ RSET\n/^$/ NOOP\n".to_owned(),
    );
    tables.insert("nothing".to_owned(), String::new());
    tables.insert("t9".to_owned(), "example.com REJECT first\nexample.com REJECT twice\n".to_owned());
    for number in 0..4 {
        let rules = (0..1 + dice.below(4)).map(|_| {
            let pattern = dice.pick(PATTERNS);
            format!("{pattern} {}\n", dice.pick(RESULTS))
        });
        tables.insert(format!("r{number}"), rules.collect());
    }
    for number in 0..2 {
        let networks = ["192.0.2.0/24", "127.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "198.51.100.25"];
        let rules = (0..2).map(|_| format!("{} {}\n", dice.pick(&networks), dice.pick(RESULTS)));
        tables.insert(format!("c{number}"), rules.collect());
    }
    tables.insert(
        "logins".to_owned(),
        "user@example.com alice, bob\n@box.example bob\nalice@example.net Alice\n".to_owned(),
    );
    tables.insert("local".to_owned(), "alice x\nunqualified x\nuser x\n".to_owned());
    tables.insert("box".to_owned(), "bob@box.example x\n@all.example x\nempty@box.example x\n".to_owned());
    tables.insert("relay".to_owned(), "carol@relay.example x\neve@sub.relay.example x\n".to_owned());
    tables.insert(
        "virtual".to_owned(),
        "someone@virtual.example alice@example.net\nalias@example.net alice\nvirtual.example x\n".to_owned(),
    );
    tables.insert(
        "replies".to_owned(),
        "text.example 550 5.7.1 $rbl_what in $rbl_domain: ${rbl_reason?because $rbl_reason}${rbl_reason:no reason}; \
         $client $helo_name $sender $sender_name/$sender_domain $recipient\n\
         other.example 450 see $$ $client_name ($client_address) $reverse_client_name $rbl_class\n\
         list.example=127.0.0.2 554 5.1.8 two\n"
            .to_owned(),
    );
    tables
}

fn world(dice: &mut Dice) -> String {
    let mut lines: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut set = |name: &str, kind: &str, data: &str| {
        lines.insert((name.to_ascii_lowercase(), kind.to_owned()), data.to_owned());
    };
    for zone in ["list.example", "text.example", "other.example", "quiet.example"] {
        set(&format!("*.{zone}"), "*", "nxdomain");
        set(zone, "*", "nodata");
    }
    set("broken.example", "*", "nodata");
    set("*.broken.example", "*", "servfail");
    for top in ["com", "net", "org", "example"] {
        set(&format!("*.{top}"), "*", "nxdomain");
        set(top, "*", "nodata");
    }
    for single in ["unqualified", "localhost", "friend", "single", "192-0-2-9", "unknown"] {
        set(single, "*", "nxdomain");
    }
    set("example.com", "MX", "10 mail.example.com");
    set("example.com", "*", "nodata");
    set("mail.example.com", "A", "192.0.2.7");
    set("mail.example.com", "*", "nodata");
    set("a.b.example.com", "AAAA", "2001:db8::7");
    set("a.b.example.com", "*", "nodata");
    set("slow.example", "*", "servfail");
    set("onlymx.example", "MX", "5 mail.example.com");
    set("onlymx.example", "*", "nodata");
    set("example.com", "NS", "ns.example.org");
    set("ns.example.org", "A", "198.51.100.25");
    set("ns.example.org", "*", "nodata");
    set("example", "NS", "ns.example.org mail.example.com");
    set("listed.example", "MX", "10 mx.listed.example");
    set("mx.listed.example", "A", "192.0.2.9");
    set("mx.listed.example", "*", "nodata");
    set("backup.example", "MX", dice.pick(&["10 mx.example.net", "10 localhost", "10 mx.listed.example"]));
    set("backup.example", "*", "nodata");
    set("mx.example.net", "A", "127.0.0.1");
    set("mx.example.net", "*", "nodata");
    set("nullmx.example", "MX", "0 .");
    set("nullmx.example", "*", "nodata");
    set("listed.example", "A", "192.0.2.9");
    set("listed.example", "*", "nodata");
    set("alias.example", "CNAME", "mail.example.com");
    set("mixed.example", "MX", "servfail");
    set("mixed.example", "A", dice.pick(&["192.0.2.1", "nodata", "servfail"]));
    set("mixed.example", "AAAA", dice.pick(&["nodata", "servfail"]));
    set("mixed.example", "*", "nodata");
    let queries = [
        "7.2.0.192",
        "9.2.0.192",
        "9.3.0.192",
        "77.113.0.203",
        "1.0.0.127",
        "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2",
        "listed.example",
        "mail.example.com",
        "host1.example.org",
        "example.com",
        "friend",
        "example.org",
    ];
    for query in queries {
        for zone in ["list.example", "text.example", "other.example", "quiet.example"] {
            if dice.once_in(2) {
                continue;
            }
            let name = format!("{query}.{zone}");
            set(&name, "A", dice.pick(&["127.0.0.2", "127.0.0.3 127.0.0.10", "127.0.1.9", "servfail", "127.0.0.1"]));
            let long = format!("\"{}\"", "long text ".repeat(60));
            let text = match dice.below(5) {
                0 => "\"listed, see https://list.example/?q=1\"",
                1 => "nodata",
                2 => "servfail",
                3 => long.as_str(),
                _ => "\"caf\u{e9}\u{3042} <x> $y\"",
            };
            set(&name, "TXT", text);
            set(&name, "*", "nodata");
        }
    }
    let facts = lines.iter().map(|((name, kind), data)| format!("{name} {kind} {data}\n"));
    facts.collect::<String>() + "sasl PLAIN\n"
}

/// What all configurations of one Postfix have.
fn main_cf(dice: &mut Dice) -> String {
    let mut text = String::from(
        "compatibility_level = 3.6\nmyhostname = mx.example.net\ninet_protocols = all\nmydestination = example.net, localhost\n\
         inet_interfaces = 127.0.0.1\nvirtual_alias_domains = virtual.example\n\
         virtual_mailbox_domains = box.example, all.example\nalias_maps =\nsmtpd_restriction_classes = class_a, class_b\n\
         smtpd_hard_error_limit = 100\n",
    );
    text += &format!("virtual_alias_maps = texthash:{TABLES}/virtual\n");
    text += dice.pick(&[
        "relay_domains = relay.example\n",
        "relay_domains = relay.example, .relay.example\n",
        "relay_domains = !sub.relay.example relay.example\n",
    ]);
    text += dice.pick(&["", "recipient_delimiter = +\n", "recipient_delimiter = +-\n"]);
    text += dice.pick(&[
        "",
        "",
        "parent_domain_matches_subdomains =\n",
        "parent_domain_matches_subdomains = smtpd_access_maps\n",
    ]);
    text += dice.pick(&["", "", "show_user_unknown_table_name = no\n"]);
    // cleanup(8) sees these, not smtpd(8).
    text += dice.pick(&["", "header_checks = regexp:/tables/headers\n"]);
    text += dice.pick(&["", "body_checks = regexp:/tables/bodies\n"]);
    // flush(8) has a say in it, too.
    text += dice.pick(&["", "fast_flush_domains =\n", "fast_flush_domains = example.com, $relay_domains\n"]);
    text += dice.pick(&["", "", "myorigin = example.net\n"]);
    text
}

fn parameters(dice: &mut Dice) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    let mut set = |name: &str, value: String| {
        parameters.insert(name.to_owned(), value);
    };
    set(
        "mynetworks",
        dice.pick(&[
            "127.0.0.0/8",
            "127.0.0.0/8, 192.0.2.9",
            "!192.0.2.7 192.0.2.0/24 [2001:db8::]/32",
            "127.0.0.1 mail.example.com",
            "cidr:/tables/c0",
        ])
        .to_owned(),
    );
    for (name, most) in [
        ("smtpd_client_restrictions", 4),
        ("smtpd_helo_restrictions", 3),
        ("smtpd_sender_restrictions", 3),
        ("smtpd_recipient_restrictions", 4),
        ("smtpd_data_restrictions", 2),
        ("smtpd_end_of_data_restrictions", 1),
        ("smtpd_etrn_restrictions", 3),
    ] {
        // A set with nothing in it hides nothing behind it.
        if dice.once_in(4) {
            continue;
        }
        set(name, list(dice, most));
    }
    set(
        "class_a",
        format!(
            "{} {}",
            generic(dice).replace("class_a", "permit_mynetworks"),
            generic(dice).replace("class_a", "reject")
        ),
    );
    set("class_b", generic(dice).replace("class_b", "class_a").replace("class_a", "reject_unknown_client_hostname"));
    let relay = dice.pick(&[
        "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination",
        "reject_unauth_destination",
        "permit_mynetworks reject_unauth_destination",
        "permit_auth_destination, reject",
        "defer_if_permit",
    ]);
    set("smtpd_relay_restrictions", relay.to_owned());
    set(
        "local_recipient_maps",
        dice.pick(&["", "texthash:/tables/local", "texthash:/tables/local texthash:/tables/missing"]).to_owned(),
    );
    set("virtual_mailbox_maps", dice.pick(&["", "texthash:/tables/box"]).to_owned());
    set("relay_recipient_maps", dice.pick(&["", "texthash:/tables/relay", "regexp:/tables/r0"]).to_owned());
    let mut sometimes = |dice: &mut Dice, times: usize, name: &str, values: &[&str]| {
        if dice.once_in(times) {
            set(name, dice.pick(values).to_owned());
        }
    };
    sometimes(dice, 3, "smtpd_delay_reject", &["no"]);
    sometimes(dice, 3, "smtpd_helo_required", &["yes"]);
    sometimes(dice, 3, "smtpd_reject_unlisted_sender", &["yes"]);
    sometimes(dice, 5, "smtpd_reject_unlisted_recipient", &["no"]);
    sometimes(dice, 8, "soft_bounce", &["yes"]);
    sometimes(dice, 3, "smtpd_relay_before_recipient_restrictions", &["no"]);
    sometimes(dice, 3, "rbl_reply_maps", &["texthash:/tables/replies"]);
    sometimes(
        dice,
        4,
        "default_rbl_reply",
        &["$rbl_code 5.7.0 <$rbl_what>: ${rbl_reason}", "not a code", "551 $rbl_txt", "450 4.1.1"],
    );
    sometimes(dice, 4, "maps_rbl_reject_code", &["550", "450"]);
    sometimes(dice, 4, "maps_rbl_domains", &["list.example, other.example"]);
    sometimes(dice, 4, "access_map_reject_code", &["550", "450", "200"]);
    sometimes(dice, 4, "access_map_defer_code", &["451"]);
    sometimes(dice, 4, "unknown_client_reject_code", &["550"]);
    sometimes(dice, 4, "unknown_address_reject_code", &["550"]);
    sometimes(dice, 4, "unknown_hostname_reject_code", &["550"]);
    sometimes(dice, 4, "invalid_hostname_reject_code", &["550"]);
    sometimes(dice, 4, "non_fqdn_reject_code", &["450"]);
    sometimes(dice, 4, "relay_domains_reject_code", &["550"]);
    sometimes(dice, 4, "reject_code", &["521"]);
    sometimes(dice, 4, "unknown_local_recipient_reject_code", &["450"]);
    sometimes(dice, 4, "unknown_address_tempfail_action", &["defer"]);
    sometimes(dice, 4, "reject_tempfail_action", &["defer"]);
    sometimes(dice, 4, "smtpd_null_access_lookup_key", &["example.com", "null"]);
    sometimes(dice, 4, "smtpd_sender_login_maps", &["texthash:/tables/logins", ""]);
    sometimes(dice, 3, "smtpd_sasl_auth_enable", &["yes"]);
    sometimes(dice, 5, "disable_vrfy_command", &["yes"]);
    sometimes(dice, 6, "smtpd_noop_commands", &["help, Foo", "regexp:/tables/r0"]);
    sometimes(dice, 6, "smtpd_forbidden_commands", &["", "help, EXPN", "CONNECT GET POST"]);
    sometimes(
        dice,
        4,
        "smtpd_discard_ehlo_keywords",
        &["vrfy, etrn", "AUTH starttls", "silent-discard, dsn, pipelining", "chunking", "size 8bitmime smtputf8 x"],
    );
    sometimes(
        dice,
        8,
        "smtpd_discard_ehlo_keyword_address_maps",
        &["inline:{ {192.0.2.7=auth,chunking} }", "cidr:/tables/nothing"],
    );
    sometimes(dice, 6, "smtpd_tls_security_level", &["may", "none", "encrypt"]);
    sometimes(
        dice,
        4,
        "smtpd_reject_footer",
        &[
            "Call +1 555 0100 about $client_address",
            "\\c; see https://example.net/ for <$sender> $$",
            "one \\n\\ntwo ${recipient?to $recipient} ${helo_name}",
        ],
    );
    sometimes(dice, 8, "smtpd_reject_footer_maps", &["regexp:/tables/footers"]);
    sometimes(dice, 8, "smtpd_command_filter", &["regexp:/tables/commands"]);
    sometimes(dice, 8, "smtpd_tls_auth_only", &["yes"]);
    sometimes(dice, 6, "broken_sasl_auth_clients", &["yes"]);
    sometimes(dice, 6, "smtpd_sasl_exceptions_networks", &["192.0.2.0/24", "!192.0.2.7 0.0.0.0/0"]);
    sometimes(dice, 6, "smtpd_junk_command_limit", &["1", "2"]);
    sometimes(dice, 4, "smtpd_recipient_limit", &["2"]);
    sometimes(dice, 6, "smtpd_expansion_filter", &["abcdefghijklmnopqrstuvwxyz.\\040[]"]);
    sometimes(dice, 6, "smtpd_hard_error_limit", &["2"]);
    parameters
}

const MESSAGES: &[&str] = &[
    "Subject: hello\n\nHello\n.",
    "Subject: x\n\n..dot\n.",
    "Subject: cheap\n pills\n\nHello\n.",
    "Subject: x\nX-Test: status\n\nHello\n.",
    "Subject: x\n\nBuy now\n.",
    "Subject: x\n\nLater, perhaps\n.",
    "Subject: lost\n\nBuy now\n.",
    "no header\n.",
    ".",
];

/// A session's lines.
pub fn session(dice: &mut Dice) -> Vec<String> {
    let mut lines = Vec::new();
    let mut xclient =
        format!("XCLIENT NAME={}", dice.pick(&[NAMES, &["[UNAVAILABLE]", "[TEMPUNAVAIL]", "[UNAVAILABLE]"]].concat()));
    xclient += &format!(" ADDR={}", dice.pick(ADDRESSES));
    if dice.once_in(4) {
        xclient += &format!(
            " REVERSE_NAME={}",
            dice.pick(&["rev.example.com", "[UNAVAILABLE]", "[TEMPUNAVAIL]", "listed.example"])
        );
    }
    if dice.once_in(5) {
        xclient += &format!(" LOGIN={}", dice.pick(&["alice", "BOB", "carol"]));
    }
    lines.push(xclient);
    if !dice.once_in(8) {
        lines.push(format!("{} {}", dice.pick(&["EHLO", "HELO", "ehlo"]), dice.pick(HELOS)));
    }
    for _ in 0..1 + dice.below(2) {
        if !dice.once_in(20) {
            let sender = dice.pick(SENDERS);
            let parameters = if dice.once_in(8) { " SIZE=100" } else { "" };
            lines.push(format!("MAIL FROM:<{sender}>{parameters}"));
        }
        for _ in 0..1 + dice.below(3) {
            lines.push(format!("{} TO:<{}>", dice.pick(&["RCPT", "rcpt"]), dice.pick(RECIPIENTS)));
        }
        match dice.below(5) {
            0 | 1 => lines.push("RSET".to_owned()),
            2 => {
                lines.push("DATA".to_owned());
                // Without the message, as nobody knows whether DATA is taken; the runner adds it.
            }
            3 => lines.push(
                dice.pick(&[
                    "NOOP",
                    "MAIL FROM:<again@example.com>",
                    "EHLO mail.example.com",
                    "MAIL",
                    "RCPT x",
                    "HELO",
                ])
                .to_owned(),
            ),
            _ => {}
        }
    }
    if dice.once_in(3) {
        for _ in 0..1 + dice.below(2) {
            let at = 1 + dice.below(lines.len());
            lines.insert(at, other(dice));
        }
    }
    lines.push(dice.pick(&["QUIT", "QUIT", "QUIT", "quit now"]).to_owned());
    lines
}

/// A command that sends no mail.
fn other(dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => format!("VRFY {}", dice.pick(RECIPIENTS)),
        1 => format!("vrfy <{}>", dice.pick(RECIPIENTS)),
        2 | 3 => format!(
            "ETRN {}",
            dice.pick(&[
                "example.com",
                "@relay.example",
                "#sub.relay.example",
                "gone.example",
                "[192.0.2.7]",
                "a..b",
                "x y",
                ""
            ])
        ),
        4 => dice.pick(&["AUTH", "auth plain AGFsaWNlAHNlY3JldA== x", "AUTH X Y Z"]).to_owned(),
        5 => dice.pick(&["STARTTLS", "starttls now", "BDAT", "BDAT x", "BDAT 1 FIRST"]).to_owned(),
        6 => dice.pick(&["RSET", "RSET x", "NOOP x", "noop", "RSET"]).to_owned(),
        _ => dice
            .pick(&[
                "HELP",
                "EXPN list",
                "Foo bar",
                "",
                "   ",
                "GET / HTTP/1.0",
                "Subject: x",
                "123",
                "POST",
                "VRFY",
                "caf\u{e9}",
            ])
            .to_owned(),
    }
}

/// The lines of a message, for a session in which DATA was taken.
pub fn message(dice: &mut Dice) -> Vec<String> {
    dice.pick(MESSAGES).split('\n').map(str::to_owned).collect()
}

/// Several configurations on one Postfix, each with sessions.
pub fn group(seed: u64, configs: usize, sessions: usize) -> Group {
    let mut dice = Dice::new(seed);
    let dice = &mut dice;
    let (main_cf, world, tables) = (main_cf(dice), world(dice), tables(dice));
    let configs = (0..configs).map(|_| {
        let mut policies = BTreeMap::new();
        for name in ["inet:policy-a:1", "inet:policy-b:1"] {
            policies.insert(name.to_owned(), dice.pick(RESULTS).to_owned());
        }
        let parameters = parameters(dice);
        let sessions = (0..sessions).map(|_| Recorded { client: session(dice), server: Vec::new() }).collect();
        Config { parameters, policies, sessions }
    });
    Group { origin: String::new(), configs: configs.collect(), main_cf, world, tables }
}
