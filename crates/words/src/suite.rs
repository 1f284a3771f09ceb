//! Words of test files: what is wrong with one, what an expectation did not meet, which rules fired.

use postproof_model::report::{Amount, Counts, Expectation, FileProblem};

use crate::{Lang, Phrase, problems};

crate::phrases! {
    ABOUT: "Run test files: rules, what is tried on them, and what is expected" / "テストファイルを実行します。ルール、それに試す入力、期待する結果を書いたファイルです";
    PATH: "Test files, or folders in which *.postproof.toml is looked for; by default the current folder"
        / "テストファイル、または *.postproof.toml を探すフォルダー。既定は現在のフォルダーです";
    FORMAT: "How to print the results: pretty, json, junit, tap or github" / "結果の形式: pretty、json、junit、tap、github";
    OUTPUT: "Also write the results to FILE, in the format of --format; the terminal then gets pretty"
        / "--format の形式の結果を FILE にも書きます。端末には pretty で表示します";
    FILTER: "Run only cases whose name, or whose file's name, contains TEXT" / "名前またはファイル名に TEXT を含むケースだけを実行します";
    FOLDER: "A further folder from which the files that test files name may be read; may be given several times"
        / "テストファイルの挙げるファイルを読んでよい、ほかのフォルダー。複数回指定できます";
    WATCH: "Run again whenever a file changes, until interrupted" / "ファイルが変わるたびに実行し直します。中断するまで続けます";
    UPDATE: "Write what is seen now into the snapshots of the test files" / "今の結果をテストファイルのスナップショットに書き込みます";
    FAIL_FAST: "Start no further case once one has failed" / "ケースが一つ失敗したら、それ以上は実行しません";
    COVERAGE: "List the tables line by line, with how often each rule fired" / "テーブルを一行ずつ、各ルールが働いた回数とともに表示します";
    COVERAGE_MIN: "Fail when fewer than PERCENT of the rules fired" / "働いたルールが PERCENT % に満たなければ失敗とします";
    LCOV: "Write which rule lines fired to FILE, in lcov's format" / "ルールの行が働いたかどうかを lcov の形式で FILE に書きます";

    NO_FILES: "no test files (*.postproof.toml) in {names}" / "{names} にテストファイル (*.postproof.toml) がありません";
    NO_TESTS: "no case was run: none is named like {filter}" / "実行したケースがありません。{filter} に合う名前がありません";
    NO_FOLDER: "{config}: main.cf names {file} without its folder: Postfix looks for it in queue_directory; here it is read beside the test file. Write $config_directory/{file}."
        / "{config}: main.cf は {file} をフォルダーなしで挙げています。Postfix は queue_directory の中を探しますが、ここではテストファイルの隣から読みます。$config_directory/{file} と書いてください。";
    NOT_PERCENT: "{text} is no percentage: write a number from 0 to 100" / "{text} は百分率ではありません。0 から 100 までの数を書いてください";
    TOO_MANY_FILES: "more than {limit} test files" / "テストファイルが {limit} 個を超えています";
    OUTSIDE: "it lies outside of the test file's folder, and only files there and in folders given by --folder are read"
        / "テストファイルのフォルダーの外にあります。読むのはその中と --folder で指定したフォルダーのファイルだけです";
    TOO_LONG: "it is too long" / "長すぎます";
    BAD_GLOB: "this is no pattern of file names: {reason}" / "ファイル名のパターンになっていません: {reason}";
    TOO_MANY_MATCHES: "more than {limit} files match" / "{limit} 個を超えるファイルが当てはまります";
    WATCHING: "waiting for changes; Ctrl-C ends this" / "変更を待っています。終えるには Ctrl-C";
    CANNOT_WATCH: "cannot watch {path}: {reason}" / "{path} を見張れません: {reason}";
    UPDATED: "{file}: {count} snapshots written" / "{file}: スナップショットを {count} 個書きました";

    PASSED: "passed" / "合格";
    FAILED: "FAILED" / "失敗";
    TODO: "todo" / "未対応";
    TODO_PASSED: "passes now: remove todo" / "合格するようになりました。todo を消してください";
    NOT_RUN: "not run" / "未実行";
    INPUTS: "{count} inputs" / "入力 {count} 件";
    COMMA: ", " / "、";
    LINE: "line {line}" / "{line} 行目";
    FURTHER: "{count} more inputs fail" / "ほかに {count} 件の入力が失敗しました";
    EXPECTED: "expected" / "期待";
    ACTUAL: "actual" / "実際";
    NOTHING: "nothing" / "なし";
    NO_RULE_FIRES: "no rule fires" / "働いたルールはありません";
    SNAPSHOT_HINT: "if this is right, --update writes it into the test file" / "これで正しければ、--update でテストファイルに書き込めます";

    VERDICT: "verdict" / "判定";
    REPLY: "reply" / "応答";
    RULE: "rule" / "ルール";
    PATTERN: "pattern" / "パターン";
    ACTION: "action" / "アクション";
    RESULT: "result" / "結果";
    MATCHED: "matched part" / "一致した部分";
    GROUPS: "groups" / "グループ";
    S25R: "S25R rule" / "S25R ルール";
    RULES: "rules that fire" / "働くルール";
    NO_RULE: "must not fire" / "働いてはならないもの";
    MESSAGE_AFTER: "message as queued" / "キューに入るメッセージ";
    MESSAGE_SENT: "message as sent" / "送信されるメッセージ";
    SNAPSHOT: "snapshot" / "スナップショット";
    AT: "line of the session" / "セッションの行";

    SUMMARY: "{passed} passed, {failed} failed" / "合格 {passed}、失敗 {failed}";
    SUMMARY_TODO: ", {count} todo" / "、未対応 {count}";
    SUMMARY_TODO_PASSED: ", {count} todo that pass" / "、合格するようになった未対応 {count}";
    SUMMARY_NOT_RUN: ", {count} not run" / "、未実行 {count}";
    SUMMARY_ERRORS: ", {count} files with errors" / "、誤りのあるファイル {count}";
    COVERED: "{fired} of {count} rules fired ({percent} %)" / "{count} 個のうち {fired} 個のルールが働きました ({percent} %)";
    NEVER_FIRED: "{table}: never fired: line {lines}" / "{table}: 一度も働かなかったルールの行: {lines}";
    BELOW_MINIMUM: "{percent} % of the rules fired, fewer than {minimum} %" / "働いたルールは {percent} % で、{minimum} % に足りません";

    AT_LINE: "{file}, line {line}, column {column}: {what}" / "{file} {line} 行 {column} 桁: {what}";
    WHOLE: "{file}: {what}" / "{file}: {what}";
    CANNOT_READ: "cannot read this: {reason}" / "読めません: {reason}";
    TOO_MUCH: "{what}: no more than {limit} are taken" / "{what}: {limit} を超えては受け付けません";
    FILE_BYTES: "bytes of the test file" / "テストファイルのバイト数";
    CASES: "cases" / "ケースの数";
    INPUT_COUNT: "inputs" / "入力の数";
    BYTES: "bytes of the files that it names" / "挙げられたファイルのバイト数";
    NOT_TOML: "this is no TOML, or no value that may stand here: {reason}" / "TOML として正しくないか、ここに書ける値ではありません: {reason}";
    UNKNOWN_KEY: "there is no key {key} here" / "ここに {key} というキーはありません";
    UNKNOWN_KEY_MEANT: "there is no key {key} here; did you mean {meant}?" / "ここに {key} というキーはありません。{meant} のことですか?";
    NO_CASES: "there is no [[case]] in this file" / "このファイルには [[case]] がありません";
    NO_INPUT: "this case names nothing to try: host, key, header, body_line, message, session or link" / "このケースには試す入力がありません。host、key、header、body_line、message、session、link のいずれかを書いてください";
    MIXED_INPUTS: "a case has inputs of one kind: {one} and {other} do not go together" / "一つのケースの入力は一種類だけです。{one} と {other} は一緒に書けません";
    NO_EXPECTATION: "this case expects nothing" / "このケースには期待する結果 (expect) がありません";
    NOT_HERE: "{key} has no meaning in this case" / "このケースでは {key} に意味がありません";
    MISSING: "such a case needs {key}" / "このようなケースには {key} が要ります";
    NO_VERSION: "{text} is no release of Postfix: write 3.7 for instance" / "{text} は Postfix のバージョンではありません。3.7 のように書いてください";
    NO_CLIENT: "{text} is no client: write mail.example.com[192.0.2.25] for instance" / "{text} はクライアントではありません。mail.example.com[192.0.2.25] のように書いてください";
    NO_HEADER: "{text} is no header: write Subject: hello for instance" / "{text} はヘッダーではありません。Subject: hello のように書いてください";
    NO_TABLE: "{text} is no table: write regexp:header_checks for instance" / "{text} はテーブルではありません。regexp:header_checks のように書いてください";
    NO_RULE_NAME: "{text} names no rule: write header_checks:4, the table and the line" / "{text} はルールを指していません。header_checks:4 のようにテーブルと行を書いてください";
    NO_GROUP: "{text} is no group: they are counted from 1" / "{text} はグループの番号ではありません。1 から数えます";
    CANNOT_READ_FILE: "cannot read {file}: {reason}" / "{file} を読めません: {reason}";
    NOTHING_MATCHES: "no file is named like {glob}" / "{glob} に合う名前のファイルがありません";
    NOTHING_INSIDE: "there is no input in {file}" / "{file} に入力がありません";
    BAD_WORLD: "{file} line {line} says nothing that is understood: {text}" / "{file} の {line} 行目を理解できません: {text}";
    MACHINE_DECIDES: "{name} depends on {parameter}, which the machine decides: set it in main.cf"
        / "{name} は {parameter} によりますが、その値はマシンが決めます。main.cf に書いてください";
    REFUSED: "{file}, line {line}: {what} {postfix}" / "{file} {line} 行: {what}{postfix}";
    REFUSED_TABLE: "{table}: {what}" / "{table}: {what}";
    BAD_LINK: "this link holds no project: {reason}" / "このリンクにプロジェクトはありません: {reason}";
}

/// An expectation's name for people.
#[must_use]
pub const fn expectation(expectation: Expectation) -> Phrase {
    match expectation {
        Expectation::Verdict => VERDICT,
        Expectation::Reply => REPLY,
        Expectation::Rule => RULE,
        Expectation::Pattern => PATTERN,
        Expectation::Action => ACTION,
        Expectation::Result => RESULT,
        Expectation::Matched => MATCHED,
        Expectation::Groups => GROUPS,
        Expectation::S25r => S25R,
        Expectation::Rules => RULES,
        Expectation::NoRule => NO_RULE,
        Expectation::MessageAfter => MESSAGE_AFTER,
        Expectation::MessageSent => MESSAGE_SENT,
        Expectation::Snapshot => SNAPSHOT,
        Expectation::At => AT,
    }
}

/// What is wrong with a test file.
#[must_use]
pub fn problem(problem: &FileProblem, lang: Lang) -> String {
    match problem {
        FileProblem::CannotRead { reason } => CANNOT_READ.fill(lang, &[("reason", reason)]),
        FileProblem::TooMuch { what, limit } => {
            let what = match what {
                Amount::FileBytes => FILE_BYTES,
                Amount::Cases => CASES,
                Amount::Inputs => INPUT_COUNT,
                Amount::Bytes => BYTES,
            };
            TOO_MUCH.fill(lang, &[("what", what.say(lang)), ("limit", &limit.to_string())])
        }
        FileProblem::NotToml { reason } => NOT_TOML.fill(lang, &[("reason", reason)]),
        FileProblem::UnknownKey { key, meant: None } => UNKNOWN_KEY.fill(lang, &[("key", key)]),
        FileProblem::UnknownKey { key, meant: Some(meant) } => {
            UNKNOWN_KEY_MEANT.fill(lang, &[("key", key), ("meant", meant)])
        }
        FileProblem::NoCases => NO_CASES.say(lang).to_owned(),
        FileProblem::NoInput => NO_INPUT.say(lang).to_owned(),
        FileProblem::MixedInputs { keys: [one, other] } => MIXED_INPUTS.fill(lang, &[("one", one), ("other", other)]),
        FileProblem::NoExpectation => NO_EXPECTATION.say(lang).to_owned(),
        FileProblem::NotHere { key } => NOT_HERE.fill(lang, &[("key", key)]),
        FileProblem::Missing { key } => MISSING.fill(lang, &[("key", key)]),
        FileProblem::NoVersion { text } => NO_VERSION.fill(lang, &[("text", text)]),
        FileProblem::NoClient { text } => NO_CLIENT.fill(lang, &[("text", text)]),
        FileProblem::NoHeader { text } => NO_HEADER.fill(lang, &[("text", text)]),
        FileProblem::NoTable { text } => NO_TABLE.fill(lang, &[("text", text)]),
        FileProblem::NoRule { text } => NO_RULE_NAME.fill(lang, &[("text", text)]),
        FileProblem::NoGroup { text } => NO_GROUP.fill(lang, &[("text", text)]),
        FileProblem::CannotReadFile { file, reason } => {
            CANNOT_READ_FILE.fill(lang, &[("file", file), ("reason", reason)])
        }
        FileProblem::NothingMatches { glob } => NOTHING_MATCHES.fill(lang, &[("glob", glob)]),
        FileProblem::NothingInside { file } => NOTHING_INSIDE.fill(lang, &[("file", file)]),
        FileProblem::BadWorld { file, line, text } => {
            BAD_WORLD.fill(lang, &[("file", file), ("line", &line.to_string()), ("text", text)])
        }
        FileProblem::MachineDecides { name, parameter } => {
            MACHINE_DECIDES.fill(lang, &[("name", name), ("parameter", parameter)])
        }
        FileProblem::Refused(diagnostic) => refused(diagnostic, lang),
        FileProblem::BadLink { reason } => BAD_LINK.fill(lang, &[("reason", reason)]),
    }
}

/// Why Postfix cannot open a table, or refuses a main.cf.
fn refused(diagnostic: &postproof_model::Diagnostic, lang: Lang) -> String {
    use postproof_model::{MapProblem, Problem};
    let file = &diagnostic.place.file;
    if let Problem::Map(MapProblem::CannotRead { reason }) = &diagnostic.problem {
        return CANNOT_READ_FILE.fill(lang, &[("file", file), ("reason", reason)]);
    }
    let explained = problems::explain(diagnostic, lang);
    if matches!(diagnostic.problem, Problem::Map(_)) {
        return REFUSED_TABLE.fill(lang, &[("table", file), ("what", &explained.what)]);
    }
    let line = diagnostic.place.line.to_string();
    let values = [("file", file.as_str()), ("line", &line), ("what", &explained.what), ("postfix", explained.postfix)];
    REFUSED.fill(lang, &values)
}

/// The last line of a run.
#[must_use]
pub fn summary(counts: &Counts, lang: Lang) -> String {
    let mut text =
        SUMMARY.fill(lang, &[("passed", &counts.passed.to_string()), ("failed", &counts.failed.to_string())]);
    for (phrase, count) in [
        (SUMMARY_TODO, counts.todo),
        (SUMMARY_TODO_PASSED, counts.todo_passed),
        (SUMMARY_NOT_RUN, counts.not_run),
        (SUMMARY_ERRORS, counts.errors),
    ] {
        if count > 0 {
            text += &phrase.fill(lang, &[("count", &count.to_string())]);
        }
    }
    text
}
