//! smtpd's lists of restrictions.

/// What every example needs besides.
macro_rules! own {
    ($text:literal) => {
        concat!("compatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nmynetworks = 127.0.0.0/8\n", $text)
    };
}

super::pages! {
    UnknownRestriction {
        "a restriction that nobody knows" / "存在しない制限"
        "When smtpd comes to it, it logs a warning and answers “451 4.3.5 Server configuration error”: no mail comes in." /
        "smtpd はここに来ると警告をログに残し、「451 4.3.5 Server configuration error」と答えます。メールは届きません。"
        bad [("main.cf", own!("smtpd_client_restrictions = permit_mynetwork\n"))];
        good [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks\n"))];
        see ["postconf(5), smtpd_client_restrictions", "SMTPD_ACCESS_README"];
    }
    RestrictionArgument {
        "a restriction without what it needs" / "引数のない制限"
        "Some restrictions need a table, a domain or a number after them. With anything else smtpd logs a warning, and ignores the restriction or answers “451 4.3.5 Server configuration error”." /
        "後ろにテーブル、ドメイン、数が必要な制限があります。それ以外では、smtpd は警告をログに残し、制限を無視するか「451 4.3.5 Server configuration error」と答えます。"
        bad [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_rbl_client\n"))];
        good [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_rbl_client bl.example.net\n"))];
        see ["postconf(5), smtpd_client_restrictions"];
    }
    NeverReached {
        "a restriction that is never reached" / "届かない制限"
        "permit, reject and defer always decide: what stands after them in the list is ignored." /
        "permit、reject、defer は必ず結果を決めるため、リストのその後は無視されます。"
        bad [("main.cf", own!("smtpd_client_restrictions = permit, reject_unknown_client_hostname\n"))];
        good [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname, permit\n"))];
        see ["SMTPD_ACCESS_README"];
    }
    OwnClientsAsked {
        "own clients at a DNS list" / "自分のクライアントも DNS リストに尋ねる"
        "A list of dial-up or bad addresses may hold those of the server's own users. permit_mynetworks and permit_sasl_authenticated let them through before the list is asked." /
        "ダイヤルアップや問題のあるアドレスのリストには、自分の利用者のアドレスが載っていることがあります。permit_mynetworks と permit_sasl_authenticated を先に置けば、リストに尋ねる前に通ります。"
        bad [("main.cf", own!("smtpd_client_restrictions = reject_rbl_client bl.example.net\n"))];
        good [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_rbl_client bl.example.net\n"))];
        see ["postconf(5), reject_rbl_client", "SMTPD_ACCESS_README"];
    }
    ClosedZone {
        "a DNS list that was closed" / "終了した DNS リスト"
        "A closed list answers nothing at best. Several have listed every address at their end, so that their last users would notice: all mail is refused." /
        "終了したリストは、よくても何も答えません。最後の利用者に気づかせるため、すべてのアドレスを載せて終わったリストもあり、その場合すべてのメールが拒否されます。"
        bad [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_rbl_client list.dsbl.org\n"))];
        good [("main.cf", own!("smtpd_client_restrictions = permit_mynetworks, reject_rbl_client bl.example.net\n"))];
        see ["postconf(5), reject_rbl_client"];
    }
    NoRelayGuard {
        "nothing keeps strangers from relaying" / "外部からの中継を止めるものがない"
        "smtpd does not start where neither smtpd_relay_restrictions nor smtpd_recipient_restrictions holds a restriction that would refuse a stranger's mail to elsewhere." /
        "smtpd_relay_restrictions にも smtpd_recipient_restrictions にも、外部の者のよそ宛てのメールを拒否する制限がなければ、smtpd は起動しません。"
        bad [("main.cf", own!("smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = permit_mynetworks\n"))];
        good [("main.cf", own!("smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n"))];
        see ["postconf(5), smtpd_relay_restrictions", "SMTPD_ACCESS_README"];
    }
    AnyoneMayRelay {
        "anyone may relay who claims to be someone" / "名乗るだけで中継できる"
        "The table permits by what a client says of itself, a sender's address or the name in HELO, before anything refuses mail to elsewhere. Anyone can say that." /
        "よそ宛てのメールを拒否する前に、送信者アドレスや HELO の名前など、クライアントの言うことだけで許可しています。誰でもそう名乗れます。"
        bad [("main.cf", own!("smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_sender_access regexp:$config_directory/senders, reject_unauth_destination\n")), ("senders", "/@example\\.org$/ OK\n")];
        good [("main.cf", own!("smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_recipient_restrictions = check_sender_access regexp:$config_directory/senders\n")), ("senders", "/@example\\.org$/ OK\n")];
        see ["SMTPD_ACCESS_README, Dangerous use of smtpd_recipient_restrictions"];
    }
    ClientsMayRelay {
        "clients that may relay" / "中継できるクライアント"
        "The table permits clients before anything refuses mail to elsewhere: these may send to anywhere through this server. A white list is mostly meant to let them in, not through." /
        "よそ宛てのメールを拒否する前に、テーブルがクライアントを許可しています。これらのクライアントはこのサーバーを通してどこへでも送れます。ホワイトリストの目的は、たいてい受信を通すことで、中継ではありません。"
        bad [("main.cf", own!("smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_client_access cidr:$config_directory/clients, reject_unauth_destination\n")), ("clients", "192.0.2.0/24 OK\n")];
        good [("main.cf", own!("smtpd_recipient_restrictions = reject_unauth_destination, check_client_access cidr:$config_directory/clients\n")), ("clients", "192.0.2.0/24 OK\n")];
        see ["SMTPD_ACCESS_README, Dangerous use of smtpd_recipient_restrictions"];
    }
    EveryAddressIsOwn {
        "mynetworks holds every address" / "mynetworks がすべてのアドレスを含む"
        "mynetworks are the clients that may send mail to anywhere. With every address in it, everyone may: an open relay." /
        "mynetworks は、どこへでも送ってよいクライアントです。すべてのアドレスを含めば誰でも送れ、オープンリレーになります。"
        bad [("main.cf", "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8, 0.0.0.0/0\n")];
        good [("main.cf", "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8, 192.0.2.0/24\n")];
        see ["postconf(5), mynetworks"];
    }
    SkippedByClaim {
        "restrictions that are skipped by a claim" / "名乗るだけで飛ばせる制限"
        "OK ends the list. Who claims to be what the table permits gets past all restrictions after it." /
        "OK でリストは終わります。テーブルが許可するものを名乗れば、後の制限をすべて飛ばせます。"
        bad [("main.cf", own!("smtpd_recipient_restrictions = check_sender_access regexp:$config_directory/senders, reject_unlisted_sender\n")), ("senders", "/@example\\.org$/ OK\n")];
        good [("main.cf", own!("smtpd_recipient_restrictions = reject_unlisted_sender, check_sender_access regexp:$config_directory/senders\n")), ("senders", "/@example\\.org$/ OK\n")];
        see ["SMTPD_ACCESS_README", "access(5)"];
    }
    WhiteListTooLate {
        "a white list after the rules" / "ルールの後のホワイトリスト"
        "A list ends at the first restriction that refuses. A client that both tables have is refused before the white list is asked; the one shown is such a client." /
        "リストは、最初に拒否した制限で終わります。両方のテーブルにあるクライアントは、ホワイトリストを調べる前に拒否されます。示したのはその一つです。"
        bad [("main.cf", own!("smtpd_client_restrictions = check_client_access regexp:$config_directory/rules, check_client_access regexp:$config_directory/white\n")), ("rules", "/^[^.]*[0-9]{5}/ 450 S25R check, be patient\n"), ("white", "/\\.example\\.jp$/ OK\n")];
        good [("main.cf", own!("smtpd_client_restrictions = check_client_access regexp:$config_directory/white, check_client_access regexp:$config_directory/rules\n")), ("rules", "/^[^.]*[0-9]{5}/ 450 S25R check, be patient\n"), ("white", "/\\.example\\.jp$/ OK\n")];
        see ["SMTPD_ACCESS_README", "access(5)"];
    }
    OkForbidden {
        "OK that smtpd does not take" / "smtpd が受け付けない OK"
        "A reverse name is what the owner of the client's address chooses, and so is an address's MX or name server. There OK is refused: smtpd logs a warning and answers “451 4.3.5 Server configuration error”." /
        "逆引き名や、アドレスの MX やネームサーバーは、相手が自由に決められます。そのため OK は受け付けられず、smtpd は警告をログに残して「451 4.3.5 Server configuration error」と答えます。"
        bad [("main.cf", own!("smtpd_client_restrictions = check_reverse_client_hostname_access regexp:$config_directory/white\n")), ("white", "/\\.example\\.jp$/ OK\n")];
        good [("main.cf", own!("smtpd_client_restrictions = check_reverse_client_hostname_access regexp:$config_directory/white\n")), ("white", "/\\.example\\.jp$/ DUNNO\n")];
        see ["postconf(5), check_reverse_client_hostname_access"];
    }
}
