//! Words of the command: its help, its errors, the labels of what it prints.

crate::phrases! {
    ABOUT: "Proves Postfix rules before mail does" / "メールが届く前に Postfix のルールを確かめます";
    HELP_HEADING_USAGE: "Usage" / "使い方";
    HELP_HEADING_COMMANDS: "Commands" / "コマンド";
    HELP_HEADING_OPTIONS: "Options" / "オプション";
    HELP_HEADING_ARGUMENTS: "Arguments" / "引数";
    HELP_HELP: "Print this help" / "このヘルプを表示する";
    HELP_VERSION: "Print the version" / "バージョンを表示する";
    HELP_LANG: "The language of what is printed: en or ja; by default that of the environment"
        / "表示する言語 (en または ja)。既定は環境の言語です";
    HELP_FORMAT: "How to print the answer: text, or json with one object a line" / "答えの形式: text、または一行に一つのオブジェクトを出す json";

    COMPLETIONS_ABOUT: "Print a script that completes this command's arguments in a shell" / "シェルで引数を補完するスクリプトを出力する";
    COMPLETIONS_SHELL: "bash, elvish, fish, powershell or zsh" / "bash、elvish、fish、powershell、zsh のどれか";
    MAN_ABOUT: "Print a manual page, for man -l -" / "マニュアルページを出力する (man -l - で読めます)";
    MAN_COMMAND: "The command that the page is about; without it, the page is about postproof as a whole"
        / "マニュアルの対象のコマンド。なければ postproof 全体です";
    MAN_NAME: "NAME" / "名前";
    MAN_SYNOPSIS: "SYNOPSIS" / "書式";
    MAN_DESCRIPTION: "DESCRIPTION" / "説明";
    MAN_OPTIONS: "OPTIONS" / "オプション";
    MAN_SUBCOMMANDS: "COMMANDS" / "コマンド";
    MAN_VERSION: "VERSION" / "バージョン";
    NO_SUCH_COMMAND: "there is no command {name}" / "{name} というコマンドはありません";

    QUERY_ABOUT: "Ask a table as postmap -q does: same output, same exit status" / "postmap -q と同じように、テーブルに問い合わせます。出力も終了ステータスも同じです";
    QUERY_KEY: "The key; - reads keys from standard input, one a line" / "キー。- なら標準入力から一行に一つずつ読みます";
    QUERY_HEADERS: "Take standard input as a message and ask for each header" / "標準入力をメッセージとして扱い、各ヘッダーを問い合わせます";
    QUERY_BODY: "Take standard input as a message and ask for each body line" / "標準入力をメッセージとして扱い、本文の各行を問い合わせます";
    QUERY_MIME: "With -h or -b, look into MIME parts as well" / "-h や -b とともに、MIME パートの中も調べます";
    QUERY_TRACE: "Say on standard error what each rule made of each key, and how far its pattern got; with json, one object for each table asked"
        / "各ルールがキーをどう扱い、パターンがどこまで一致したかを標準エラーに示します。json なら、問い合わせたテーブルごとに一つのオブジェクトを出します";
    QUERY_MAP: "The table, TYPE:NAME; several are asked in order" / "テーブル (TYPE:NAME)。複数あれば順に問い合わせます";

    ANSWERS: "What the server behind a table answers, as keys and values in a file; may be given several times"
        / "テーブルの背後にあるサーバーの答えを、キーと値のファイルで指定します。複数回指定できます";
    ANSWERS_MALFORMED: "{argument} should name a table that needs a server, and a file: ldap:/etc/postfix/users.cf=answers"
        / "{argument} には、サーバーの要るテーブルとファイルを ldap:/etc/postfix/users.cf=answers のように指定してください";

    CHECK_ABOUT: "Put messages through header and body checks: what fires, why, what Postfix then does" / "メッセージをヘッダーと本文の検査に通し、どのルールがなぜ働き、Postfix が何をするかを示します";
    CHECK_HEADER: "The table under header_checks; may be given several times" / "header_checks のテーブル。複数回指定できます";
    CHECK_MIME_HEADER: "The table under mime_header_checks; by default that of header_checks" / "mime_header_checks のテーブル。既定は header_checks と同じです";
    CHECK_NESTED_HEADER: "The table under nested_header_checks; by default that of header_checks" / "nested_header_checks のテーブル。既定は header_checks と同じです";
    CHECK_BODY: "The table under body_checks; may be given several times" / "body_checks のテーブル。複数回指定できます";
    CHECK_MILTER_HEADER: "The table under milter_header_checks, for the headers that milters add" / "milter_header_checks のテーブル。milter が加えるヘッダーに使います";
    CHECK_ADDED_HEADER: "A header that a milter adds; may be given several times" / "milter が加えるヘッダー。複数回指定できます";
    CHECK_SMTP_HEADER: "The table under smtp_header_checks, asked while the message is delivered" / "smtp_header_checks のテーブル。配送時に問い合わせます";
    CHECK_SMTP_MIME_HEADER: "The table under smtp_mime_header_checks; none by default" / "smtp_mime_header_checks のテーブル。既定はありません";
    CHECK_SMTP_NESTED_HEADER: "The table under smtp_nested_header_checks; none by default" / "smtp_nested_header_checks のテーブル。既定はありません";
    CHECK_SMTP_BODY: "The table under smtp_body_checks" / "smtp_body_checks のテーブル";
    NOT_A_HEADER: "{header} is no header: write X-Spam-Flag: YES for instance" / "{header} はヘッダーではありません。X-Spam-Flag: YES のように書いてください";
    WHILE_DELIVERING: "while it is delivered by SMTP:" / "SMTP で配送するとき:";
    DELIVERY_DEFERRED: "the delivery is put off: a lookup failed, or gave an empty result" / "配送は後回しになります。検索に失敗したか、結果が空です";
    SENT_CHANGED: "what is sent is changed:" / "送信される内容は次のように変更されます:";
    CHECK_MESSAGE: "The messages: files, mbox files, Maildirs and folders of files; - is standard input"
        / "メッセージ (ファイル、mbox、Maildir、ファイルのフォルダー)。- は標準入力です";
    CONFIG: "A main.cf, or a folder with one; an option that names a table takes the place of the parameter"
        / "main.cf、またはそれを含むフォルダー。テーブルを指定するオプションは、そのパラメータの代わりになります";
    FOLDER: "A further folder from which the tables that main.cf names may be read; may be given several times"
        / "main.cf の挙げるテーブルを読んでよい、ほかのフォルダー。複数回指定できます";
    MACHINE_DECIDES: "{name} depends on {parameter}, which the machine decides: set it in main.cf"
        / "{name} は {parameter} によりますが、その値はマシンが決めます。main.cf に書いてください";
    NO_FOLDER: "{config} names {file} without its folder: Postfix looks for it in queue_directory; here it is read beside main.cf. Write $config_directory/{file}."
        / "{config} は {file} をフォルダーなしで挙げています。Postfix は queue_directory の中を探しますが、ここでは main.cf の隣から読みます。$config_directory/{file} と書いてください。";
    OUTSIDE: "it lies outside of {folder}, and only files there and in folders given by --folder are read"
        / "{folder} の外にあります。読むのはその中と --folder で指定したフォルダーのファイルだけです";
    CONFIGURATION_REFUSED: "{file}, line {line}: without this there is no verdict"
        / "{file} {line} 行: ここが直らないと判定できません";
    CHECK_CLIENT: "The client that sends them, for log lines and the Received header; by default mail.example.com[192.0.2.25]"
        / "送信するクライアント。ログの行と Received ヘッダーに使います。既定は mail.example.com[192.0.2.25]";
    CHECK_HELO: "What the client says in HELO; by default its name" / "クライアントが HELO で名乗る名前。既定はその名前";
    CHECK_PROTO: "The protocol: ESMTP, SMTP, ESMTPS …; by default ESMTP" / "プロトコル (ESMTP、SMTP、ESMTPS など)。既定は ESMTP";
    CHECK_SENDER: "The sender; by default sender@example.com" / "送信者。既定は sender@example.com";
    CHECK_RECIPIENT: "A recipient; may be given several times; by default recipient@example.net" / "宛先。複数回指定できます。既定は recipient@example.net";
    CHECK_DECODED: "Also show what people read of a message: headers and bodies decoded, beside the numbers of their raw lines"
        / "メッセージのうち人の読む内容も示します。デコードしたヘッダーと本文に、もとの行の番号を付けます";
    CHECK_POSTFIX: "The release of Postfix, 3.7 for instance; by default the newest that is known" / "Postfix のリリース (3.7 など)。既定は分かっている最新のもの";
    CHECK_INPUT: "How files are taken: message, mbox, or auto, as they look" / "ファイルの種類: message、mbox、または内容から判断する auto";
    CHECKED_SO_FAR: "{messages} messages, {bytes}" / "{messages} 通、{bytes}";
    CONTROL_CHARACTER: "--{option} cannot hold control characters" / "--{option} に制御文字は使えません";
    CLIENT_MALFORMED: "{client} is not a client: write name[address], mail.example.com[192.0.2.25] for instance"
        / "{client} はクライアントではありません。mail.example.com[192.0.2.25] のように 名前[アドレス] と書いてください";
    NO_VERSION: "{version} is not a release of Postfix: write 3.7 or 3.12 for instance" / "{version} は Postfix のリリースではありません。3.7 や 3.12 のように書いてください";
    NO_MESSAGES_IN: "there is no message in {names}" / "{names} にメッセージがありません";

    HOST_ABOUT: "Put clients through access tables; S25R's rules when no table is named" / "クライアントをアクセステーブルに通します。テーブルの指定がなければ S25R のルールを使います";
    HOST_TABLE: "A table under check_client_access, asked in the order given" / "check_client_access のテーブル。指定の順に問い合わせます";
    HOST_HOST: "The clients: name, name[address] or address; - reads them from standard input, one a line"
        / "クライアント (名前、名前[アドレス]、またはアドレス)。- なら標準入力から一行に一つずつ読みます";

    EXPLAIN_ABOUT: "Say in words what a pattern means, part by part, or draw it" / "パターンの意味を部分ごとに言葉で示し、図にもします";
    EXPLAIN_PATTERN: "The pattern as it stands in a table, regexp:/pattern/flags or pcre:/pattern/flags; or bare, regexp:pattern"
        / "テーブルの中の書き方のままのパターン (regexp:/パターン/フラグ や pcre:/パターン/フラグ)、またはパターンだけ (regexp:パターン)";
    EXPLAIN_FLAGS: "The flags of a bare pattern; they switch what they stand for, as in a table" / "パターンだけを指定したときのフラグ。テーブルと同じく、既定を切り替えます";
    EXPLAIN_SVG: "Also write a railroad diagram to this file, as SVG" / "レイルロード図を SVG でこのファイルにも書き出します";
    EXPLAIN_FORMAT: "How to print the answer: text, json with one object a pattern, or svg" / "答えの形式: text、パターンごとに一つのオブジェクトを出す json、または svg";
    EXPLAIN_MUST: "What must match:" / "一致しなければならないもの:";
    EXPLAIN_NEGATED: "What must not match:" / "一致してはならないもの:";
    EXPLAIN_ONE_DIAGRAM: "a diagram shows one pattern, and here are {count}" / "図にできるパターンは一つですが、ここには {count} 個あります";
    EXPLAIN_NO_PATTERNS: "tables of type {kind} have no patterns; for a pattern with a colon, write regexp:{map}" / "{kind} という種類のテーブルにパターンはありません。コロンを含むパターンなら regexp:{map} と書いてください";
    CANNOT_WRITE_FILE: "cannot write {file}: {reason}" / "{file} に書き込めません: {reason}";

    ERROR: "error" / "エラー";
    WARNING: "warning" / "警告";
    HINT: "note" / "注意";
    PROBLEM: "{severity}: {table}, line {line}, column {column}: {what}" / "{severity}: {table} {line} 行 {column} 桁: {what}";
    PROBLEM_LINES: "{severity}: {table}, line {line}, column {column} (rule on lines {first} to {last}): {what}"
        / "{severity}: {table} {line} 行 {column} 桁 ({first} 行から {last} 行のルール): {what}";
    PROBLEM_RULE: "{severity}: {table}, rule {first}, column {column}: {what}" / "{severity}: {table} 第 {first} ルール {column} 桁: {what}";
    CANNOT_READ: "cannot read {file}: {reason}" / "{file} を読めません: {reason}";
    MATCH_FAILED: "{table}, line {line}: PCRE2 ends the match with an error, so the rule does not fire: {reason}"
        / "{table} {line} 行: PCRE2 が照合をエラーで終えるため、このルールは働きません: {reason}";
    NO_TYPE: "{map} names no type of table: write regexp:{map}" / "{map} にテーブルの種類がありません。regexp:{map} のように書いてください";
    UNKNOWN_TYPE: "there is no type of table with the name {kind}" / "{kind} という種類のテーブルはありません";
    ONLY_WITH_STANDARD_INPUT: "-h, -b and -m go with -q - only: they read a message from standard input" / "-h、-b、-m は -q - とだけ一緒に使えます。標準入力からメッセージを読みます";
    MIME_NEEDS_CLASS: "-m goes with -h or -b only" / "-m は -h または -b とだけ一緒に使えます";
    NO_TABLES: "no table is named: give -c main.cf, --header-checks, --body-checks or another" / "テーブルの指定がありません。-c main.cf や --header-checks、--body-checks などを指定してください";
    NO_MESSAGES: "no message is named; - reads one from standard input" / "メッセージの指定がありません。- なら標準入力から読みます";
    NO_HOSTS: "no client is named; - reads them from standard input" / "クライアントの指定がありません。- なら標準入力から読みます";
    NOT_UTF_8: "key {key} is not UTF-8: Postfix does not look it up" / "キー {key} は UTF-8 ではないため、Postfix は問い合わせません";
    RESULT_NOT_UTF_8: "{table} answers key {key} with {result}, which is not UTF-8" / "{table} はキー {key} に {result} と答えますが、これは UTF-8 ではありません";
    LOOKUP_FAILS: "the lookup of key {key} in {table} fails. {reason}" / "{table} へのキー {key} の問い合わせは失敗します。{reason}";
    EMPTY_KEY_FAILS: "LMDB takes no empty key before another was found." / "LMDB は、ほかのキーが見つかるまで空のキーを受け付けません。";
    EMPTY_RESULT_FOR: "{table} gives key {key} an empty result, which Postfix's programs refuse" / "{table} はキー {key} に空の結果を返します。Postfix のプログラムはこれを受け付けません";
    ANSWER_UNKNOWN: "what {table} answers to key {key} is unknown. {reason}" / "{table} がキー {key} に何と答えるかは不明です。{reason}";
    CANNOT_WRITE: "cannot write: {reason}" / "書き込めません: {reason}";

    SENDER_IS_TOLD: "the sender is told: {reply}" / "送信者への応答: {reply}";
    ON_CLASS: "on {class}" / "{class}";
    ON_RECEIVED: "on the Received header that smtpd adds" / "smtpd が加える Received ヘッダー";
    ON_KEY: "on {class}, line {line}" / "{class}、{line} 行目";
    GROUPS: "groups" / "グループ";
    ALSO: "would match, too: {rules}" / "ほかに一致するルール: {rules}";
    NOTHING_FIRES: "no rule fires" / "どのルールも働きません";
    IF_MISSED: "{disposition}, if the unknown rules do not match" / "不明なルールが一致しなければ {disposition}";
    MESSAGE_CHANGED: "the message is changed:" / "メッセージは次のように変更されます:";
    ADDRESS_NOT_GIVEN: "no address was given, so no table was asked for one" / "アドレスの指定がないため、アドレスでは問い合わせていません";
}
