//! main.cf, names of tables, and what cannot be told.

super::pages! {
    NothingToContinue {
        "a main.cf that starts with white space" / "空白で始まる main.cf"
        "A line that starts with white space continues the setting above it, and here there is none. Postfix warns and ignores the line." /
        "空白で始まる行は上の設定の続きですが、ここには設定がありません。Postfix は警告を出して無視します。"
        bad [("main.cf", "  myhostname = mx.example.net\ncompatibility_level = 3.6\n")];
        good [("main.cf", "myhostname = mx.example.net\ncompatibility_level = 3.6\n")];
        see ["postconf(5)"];
    }
    NotASetting {
        "a line that is no setting" / "設定でない行"
        "A setting is a name, = and a value. With any other line, the programs that read main.cf stop." /
        "設定は、名前と = と値です。それ以外の行があると、main.cf を読むプログラムは動きません。"
        bad [("main.cf", "compatibility_level = 3.6\nmyhostname mx.example.net\n")];
        good [("main.cf", "myhostname = mx.example.net\ncompatibility_level = 3.6\n")];
        see ["postconf(5)", "postconf(1)"];
    }
    SetAgain {
        "a parameter that is set twice" / "二度設定されたパラメータ"
        "The last setting counts; nothing of the earlier one is left." /
        "有効なのは最後の設定で、前の設定は何も残りません。"
        bad [("main.cf", "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8\nmynetworks = 192.0.2.0/24\n")];
        good [("main.cf", "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8, 192.0.2.0/24\n")];
        see ["postconf(5)"];
    }
    UnknownParameter {
        "a parameter that Postfix does not have" / "Postfix にないパラメータ"
        "Postfix ignores it; postconf(1) warns of it. What was meant keeps its default." /
        "Postfix は無視し、postconf(1) は警告を出します。意図したパラメータは既定値のままです。"
        bad [("main.cf", "compatibility_level = 3.6\nheder_size_limit = 102400\n")];
        good [("main.cf", "compatibility_level = 3.6\nheader_size_limit = 102400\n")];
        see ["postconf(5)", "postconf(1)"];
    }
    ObsoleteParameter {
        "a parameter of the past" / "過去のパラメータ"
        "Later releases warn of it, and will drop it." /
        "新しい版は警告を出し、いずれ使えなくなります。"
        bad [("main.cf", "compatibility_level = 3.6\nsmtpd_use_tls = yes\n")];
        good [("main.cf", "compatibility_level = 3.6\nsmtpd_tls_security_level = may\n")];
        see ["postconf(5)", "DEPRECATION_README"];
    }
    ReadOnlyParameter {
        "a parameter that nobody can set" / "設定できないパラメータ"
        "Postfix sets it itself when it starts, and what stands in main.cf has no effect." /
        "Postfix が起動時に自分で決めるため、main.cf に書いても効果はありません。"
        bad [("main.cf", "compatibility_level = 3.6\nprocess_name = mine\n")];
        good [("main.cf", "compatibility_level = 3.6\nsyslog_name = mine\n")];
        see ["postconf(5)"];
    }
    UndefinedName {
        "a reference to nothing" / "何も指さない参照"
        "$name stands for the value of a parameter. Where there is none of this name, Postfix puts nothing in its place; postconf(1) warns of it." /
        "$name はパラメータの値を表します。その名前のパラメータがなければ空になり、postconf(1) は警告を出します。"
        bad [("main.cf", "compatibility_level = 3.6\nmydestination = $myhostnam, localhost\n")];
        good [("main.cf", "compatibility_level = 3.6\nmydestination = $myhostname, localhost\n")];
        see ["postconf(5)"];
    }
    BadReference {
        "a reference that cannot be read" / "読めない参照"
        "${name}, ${name?text} and ${name:text} must be closed, and hold a name. Otherwise the programs that read the value stop." /
        "${name}、${name?テキスト}、${name:テキスト} は閉じていて、名前がなければなりません。そうでなければ、値を読むプログラムは動きません。"
        bad [("main.cf", "compatibility_level = 3.6\nmydestination = ${myhostname, localhost\n")];
        good [("main.cf", "compatibility_level = 3.6\nmydestination = ${myhostname}, localhost\n")];
        see ["postconf(5)"];
    }
    BadValue {
        "a value of the wrong kind" / "種類の違う値"
        "A number, a time or a yes or no is wanted here, within bounds. Otherwise the programs that read it stop." /
        "ここには、範囲内の数、時間、または yes か no が必要です。そうでなければ、これを読むプログラムは動きません。"
        bad [("main.cf", "compatibility_level = 3.6\nheader_size_limit = 100k\n")];
        good [("main.cf", "compatibility_level = 3.6\nheader_size_limit = 102400\n")];
        see ["postconf(5)"];
    }
    CommentInValue {
        "# within a value" / "値の中の #"
        "A comment is a line of its own. # after a value is part of the value." /
        "コメントは行全体で書きます。値の後の # は値の一部です。"
        bad [("main.cf", "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8 # local\n")];
        good [("main.cf", "compatibility_level = 3.6\n# local\nmynetworks = 127.0.0.0/8\n")];
        see ["postconf(5)"];
    }
    TableName {
        "a table that cannot be opened" / "開けないテーブル"
        "A table is named as TYPE:NAME. Where the type does not exist or the file cannot be read, Postfix's programs cannot open it, and mail is put off." /
        "テーブルは「種類:名前」で指定します。種類が存在しないか、ファイルが読めなければ、Postfix はテーブルを開けず、メールは後回しになります。"
        bad [("main.cf", "compatibility_level = 3.6\nheader_checks = regex:$config_directory/header_checks\n")];
        good [("main.cf", "compatibility_level = 3.6\nheader_checks = regexp:$config_directory/header_checks\n"), ("header_checks", "/^Subject: casino/ REJECT\n")];
        see ["DATABASE_README", "postconf(5)"];
    }
    FileMissing {
        "a file that the project does not have" / "プロジェクトにないファイル"
        "On the page, main.cf names the other files of the project by the last part of their paths." /
        "ページでは、main.cf はプロジェクトの他のファイルを、パスの最後の部分の名前で指定します。"
        bad [];
        good [];
        see [];
    }
    NotAFact {
        "a line of a world that says nothing" / "意味のない world の行"
        "A world says what DNS and policy servers answer, a fact a line: NAME TYPE ANSWER, or policy SERVER ACTION." /
        "world には、DNS とポリシーサーバーの答えを一行に一つずつ、「名前 型 答え」か「policy サーバー アクション」の形で書きます。"
        bad [];
        good [];
        see [];
    }
    Unsupported {
        "something that cannot be run faithfully here" / "ここでは忠実に再現できないもの"
        "Postfix runs the rule, and this tool does not know what it would answer. Where the rule might decide, verdicts are unknown; nothing is guessed." /
        "Postfix はこのルールを使いますが、このツールにはその答えがわかりません。ルールが結果を左右しうるときの判定は不明とし、推測はしません。"
        bad [];
        good [];
        see [];
    }
    TooBig {
        "a rule that is too big to tell" / "大きすぎて判定できないルール"
        "Whether earlier rules answer all that this one matches is told by automata. These would be too big here, so nothing is claimed." /
        "前のルールがこのルールのキーすべてに答えるかどうかは、オートマトンで判定します。ここでは大きくなりすぎるため、何も主張しません。"
        bad [];
        good [];
        see [];
    }
}
