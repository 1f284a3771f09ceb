//! Results of header and body checks.

super::pages! {
    NoSuchAction {
        "an action that does not exist" / "存在しないアクション"
        "When the rule fires, cleanup logs “unknown command” and the message goes on as if there were no rule." /
        "ルールが働くと、cleanup は「unknown command」とログに残し、メールはルールがないかのように先へ進みます。"
        bad [("regexp:header_checks", "/^Subject: casino/ REJCET no casino\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT no casino\n")];
        see ["header_checks(5), ACTIONS"];
    }
    ReplyCode {
        "a reply code in header or body checks" / "header_checks や body_checks の応答コード"
        "Reply codes are for access tables. In header and body checks the code is an action that nobody knows: cleanup logs “unknown command” and the message goes on." /
        "応答コードはアクセステーブル用です。header_checks や body_checks では未知のアクションとみなされ、cleanup は「unknown command」とログに残し、メールは先へ進みます。"
        bad [("regexp:header_checks", "/^Subject: casino/ 550 no casino\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT no casino\n")];
        see ["header_checks(5), ACTIONS", "access(5)"];
    }
    AccessAction {
        "an access action in header or body checks" / "header_checks や body_checks でのアクセステーブルのアクション"
        "DEFER and the restrictions are for access tables. In header and body checks cleanup logs “unknown command” and the message goes on." /
        "DEFER や制限の名前はアクセステーブル用です。header_checks や body_checks では、cleanup が「unknown command」とログに残し、メールは先へ進みます。"
        bad [("regexp:header_checks", "/^Subject: casino/ DEFER later\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT 4.7.1 later\n")];
        see ["header_checks(5), ACTIONS", "access(5)"];
    }
    ActionNotHere {
        "an action that does not exist here" / "ここでは使えないアクション"
        "Not every action exists everywhere: smtp_header_checks and its kin know WARN, INFO, DUNNO, IGNORE, STRIP, REPLACE and PREPEND only, and milter_header_checks has neither PASS nor PREPEND. Postfix logs a warning and goes on." /
        "すべてのアクションがどこでも使えるわけではありません。smtp_header_checks の仲間で使えるのは WARN、INFO、DUNNO、IGNORE、STRIP、REPLACE、PREPEND だけで、milter_header_checks に PASS と PREPEND はありません。Postfix は警告をログに残して先へ進みます。"
        bad [("regexp:smtp_header_checks", "/^X-Mailer:/ REJECT\n")];
        good [("regexp:smtp_header_checks", "/^X-Mailer:/ IGNORE\n")];
        see ["header_checks(5), ACTIONS", "postconf(5), smtp_header_checks, milter_header_checks"];
    }
    NoDestination {
        "FILTER without a transport" / "トランスポートのない FILTER"
        "FILTER needs transport:destination. Without a colon, cleanup logs a warning and the message is not filtered." /
        "FILTER には「トランスポート:宛先」が必要です。コロンがなければ cleanup は警告をログに残し、フィルターは通りません。"
        bad [("regexp:header_checks", "/^Subject: casino/ FILTER scan\n")];
        good [("regexp:header_checks", "/^Subject: casino/ FILTER scan:[127.0.0.1]:10025\n")];
        see ["header_checks(5), ACTIONS", "FILTER_README"];
    }
    NoAddress {
        "REDIRECT or BCC without an address" / "アドレスのない REDIRECT や BCC"
        "What follows must be an address with an @. Otherwise cleanup logs a warning, and the message goes where it would have gone." /
        "後には @ のあるアドレスが必要です。なければ cleanup は警告をログに残し、メールは元の宛先に届きます。"
        bad [("regexp:header_checks", "/^Subject: casino/ REDIRECT spam\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REDIRECT spam@example.com\n")];
        see ["header_checks(5), ACTIONS"];
    }
    NoText {
        "REPLACE or PREPEND without a text" / "テキストのない REPLACE や PREPEND"
        "Both need the line that is to stand there. Without one, cleanup logs a warning and changes nothing." /
        "どちらも、置く行が必要です。なければ cleanup は警告をログに残し、何も変えません。"
        bad [("regexp:header_checks", "/^X-Mailer:/ REPLACE\n")];
        good [("regexp:header_checks", "/^X-Mailer:/ IGNORE\n")];
        see ["header_checks(5), ACTIONS"];
    }
    NotAHeader {
        "REPLACE or PREPEND with a text that is no header" / "ヘッダにならない REPLACE や PREPEND"
        "In a header, the text replaces all of it, its name included. A text without a name and a colon is not used: cleanup logs a warning." /
        "ヘッダでは、テキストが名前も含めて全体を置き換えます。名前とコロンのないテキストは使われず、cleanup が警告をログに残します。"
        bad [("regexp:header_checks", "/^Subject: casino/ REPLACE no casino\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REPLACE Subject: no casino\n")];
        see ["header_checks(5), ACTIONS"];
    }
    EscapeInText {
        "an escape in a text" / "テキストの中のエスケープ"
        "The text of REPLACE and PREPEND is used as it stands: \\n is a backslash and an n, and a group is $1, not \\1." /
        "REPLACE や PREPEND のテキストは、書いたままの形で使われます。\\n はバックスラッシュと n で、グループは \\1 ではなく $1 です。"
        bad [("regexp:header_checks", "/^Subject: casino (.*)/ REPLACE Subject: \\1\n")];
        good [("regexp:header_checks", "/^Subject: casino (.*)/ REPLACE Subject: $1\n")];
        see ["header_checks(5), ACTIONS", "regexp_table(5), TEXT SUBSTITUTION"];
    }
    CodeInText {
        "a reply code in the text of REJECT" / "REJECT のテキストの中の応答コード"
        "Here the reply's code follows from the status at the start of the text: 550 for 5.7.1 and for none, 451 for 4.7.1. A code there is told to the sender as text: “550 5.7.1 550 5.7.1 no casino”." /
        "ここでの応答コードは、テキストの先頭のステータスで決まります。5.7.1 や無しなら 550、4.7.1 なら 451 です。コードを書くと、「550 5.7.1 550 5.7.1 no casino」のようにテキストとして伝わります。"
        bad [("regexp:header_checks", "/^Subject: casino/ REJECT 550 5.7.1 no casino\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT 5.7.1 no casino\n")];
        see ["header_checks(5), ACTIONS"];
    }
    SuccessInText {
        "a status of success in the text of REJECT" / "REJECT のテキストの中の成功のステータス"
        "Postfix takes the status, and makes a 4 of the 2 at its start: the message is put off, and the sender tries again for days." /
        "Postfix はこのステータスを使い、先頭の 2 を 4 に変えます。メールは後回しにされ、送信者は何日も再送してきます。"
        bad [("regexp:header_checks", "/^Subject: casino/ REJECT 2.0.0 no casino\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT 5.7.1 no casino\n")];
        see ["header_checks(5), ACTIONS"];
    }
    CommentInText {
        "a comment after a result" / "結果の後のコメント"
        "A comment is a line of its own. After a result, # and what follows are part of the result: the sender reads them, or a restriction of that name is looked for." /
        "コメントは行全体で書きます。結果の後の # 以降は結果の一部で、送信者に伝わるか、その名前の制限とみなされます。"
        bad [("regexp:header_checks", "/^Subject: casino/ REJECT no casino # since May\n")];
        good [("regexp:header_checks", "# since May\n/^Subject: casino/ REJECT no casino\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    PrependEverywhere {
        "PREPEND for every header" / "すべてのヘッダへの PREPEND"
        "header_checks is asked once for each header, so a pattern that matches every header adds its line once for each." /
        "header_checks はヘッダごとに検索されるため、すべてのヘッダに一致するパターンは、その数だけ行を加えます。"
        bad [("regexp:header_checks", "/^/ PREPEND X-Seen: yes\n")];
        good [("regexp:header_checks", "/^From:/ PREPEND X-Seen: yes\n")];
        see ["header_checks(5), ACTIONS"];
    }
}
