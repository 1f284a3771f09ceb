//! Words of the page's tests: cases kept, run, read from a file and written to one.

use crate::{Lang, Phrase};
use postproof_model::report::Verdict;
use postproof_model::{InputKind, LeftOut};

crate::phrases! {
    TESTS: "Tests" / "テスト";
    KEEP: "Keep as a test" / "テストとして残す";
    KEEP_WHAT: "Keep this input and what becomes of it now. From then on every change of the rules is tried on it."
        / "この入力と今の判定を残します。以後、ルールを変えるたびにこの入力で確かめます。";
    NOTHING_TO_KEEP: "There is no input to keep yet." / "残せる入力がまだありません。";
    IMPORT: "Open a file…" / "ファイルを開く…";
    EXPORT: "Save as a file" / "ファイルに保存";
    IN_CI: "In CI…" / "CI で使う…";
    NONE_YET: "No tests yet." / "テストはまだありません。";
    RUNNING: "Running the tests" / "テストを実行中";
    RUN_OF: "{done} of {all} tests run" / "{all} 件中 {done} 件を実行";
    STOP: "Stop" / "中止";
    STOPPED: "Stopped. The results are those of the last run." / "中止しました。表示中の結果は前回のものです。";
    RUN_AGAIN: "Run again" / "もう一度実行";
    DESK_BROKEN: "The tests' engine failed and was replaced." / "テスト用のエンジンが異常終了したため、入れ替えました。";
    OLD: "from before the last change" / "最後の変更より前の結果です";
    CANNOT_RUN: "The tests cannot be run." / "テストを実行できません。";
    CANNOT_KEEP: "This cannot be kept as a test." / "テストとして残せません。";
    CANNOT_OPEN: "{name} cannot be opened." / "{name} を開けません。";
    ALL_PASS: "{count} tests pass" / "テスト {count} 件に合格";
    ONE_PASSES: "1 test passes" / "テスト 1 件に合格";
    SOME_FAIL: "{failed} of {count} tests fail" / "テスト {count} 件中 {failed} 件が失敗";
    ONE_FAILS: "1 of {count} tests fails" / "テスト {count} 件中 1 件が失敗";
    RULES_FIRED: "{fired} of {count} rules fired" / "{count} 個中 {fired} 個のルールが働きました";
    NAME: "Name of the test" / "テストの名前";
    PASSES: "passes" / "合格";
    FAILS: "fails" / "失敗";
    EXPECTED_TO_FAIL: "fails, as expected for now" / "失敗 (今は想定どおり)";
    PASSES_NOW: "passes now: its todo can go" / "合格するようになりました。todo を消せます";
    SHOW: "Show" / "表示";
    SHOW_CASE: "Show the input of “{name}”" / "「{name}」の入力を表示";
    ACCEPT: "Expect this from now on" / "今後はこの結果を正しいとする";
    ACCEPT_CASE: "“{name}”: expect what is seen now" / "「{name}」: 今の結果を正しいとする";
    REMOVE: "Remove" / "削除";
    REMOVE_CASE: "Remove “{name}”" / "「{name}」を削除";
    REMOVED: "The test “{name}” was removed." / "テスト「{name}」を削除しました。";
    IMPORTED: "{name} is open." / "{name} を開きました。";
    SAVED: "Saved as {name}." / "{name} として保存しました。";
    WHAT: "what" / "項目";
    NO_INPUT_SHOWN: "The input of this test is not in the project, so it cannot be shown." / "このテストの入力はプロジェクトの中にないため、表示できません。";

    LEFT_OUT: "Not in the file:" / "ファイルに含まれないもの:";
    NOT_OPENED: "Not taken from the file:" / "ファイルから取り込まれないもの:";
    LEFT_NOT_TEXT: "{name}: it holds bytes that are not UTF-8, and a test file is text" / "{name}: UTF-8 でないバイトがあり、テキストであるテストファイルに書けません";
    LEFT_FILE: "how {name} is used: main.cf does not name it" / "{name} の使いみち: main.cf がこれを挙げていません";
    LEFT_INPUT: "{name}: this input is in no test; keep it as one" / "{name}: この入力はどのテストにもありません。テストとして残してください";
    LEFT_NOT_INSIDE: "{name}: the test file names it, but does not hold it" / "{name}: テストファイルが挙げていますが、中身はありません";
    LEFT_COMMENTS: "Lines of comments beside the tables: {count}" / "テーブルの周りのコメント: {count} 行";

    CI_TITLE: "Tests in CI" / "CI でテストする";
    CI_WHAT: "Put the saved file beside your tables; the command postproof test runs it and ends with 1 when a test fails."
        / "保存したファイルをテーブルと同じ場所に置くと、postproof test コマンドが実行し、失敗があれば 1 で終わります。";
    CI_WHERE: "For" / "対象";
    CI_GITHUB: "GitHub: .github/workflows/mail-rules.yml" / "GitHub のワークフロー: .github/workflows/mail-rules.yml";
    CI_GITLAB: "GitLab: .gitlab-ci.yml" / "GitLab のジョブ: .gitlab-ci.yml";
    CI_PRE_COMMIT: "pre-commit: .pre-commit-config.yaml" / "pre-commit の設定: .pre-commit-config.yaml";
    CI_MAKE: "make: Makefile" / "make の Makefile";
    CI_SNIPPET: "What to put there" / "書く内容";

    INPUT_OPEN: "The input of the test “{name}” is open." / "テスト「{name}」の入力を開きました。";
    ACCEPTED: "accepted" / "受理";
    REJECTED: "rejected" / "拒否";
    DEFERRED: "deferred" / "一時拒否";
    DISCARDED: "discarded" / "破棄";
    HELD: "held" / "保留";
    REDIRECTED: "redirected" / "宛先変更";
    PERMITTED: "permitted" / "許可";
    UNDECIDED: "no table decides" / "どのテーブルも決めない";
    OTHER: "depends on main.cf" / "main.cf による";
    FOUND: "found" / "該当あり";
    NOT_FOUND: "not found" / "該当なし";
    UNKNOWN: "unknown" / "不明";
    HOST_LIST: "{count} clients" / "クライアント {count} 件";
}

/// What does not come along, and why.
#[must_use]
pub fn left_out(left_out: &LeftOut, lang: Lang) -> String {
    let named = |phrase: Phrase, name: &str| phrase.fill(lang, &[("name", name)]);
    match left_out {
        LeftOut::NotText { file } => named(LEFT_NOT_TEXT, file),
        LeftOut::File { file } => named(LEFT_FILE, file),
        LeftOut::NotInside { file } => named(LEFT_NOT_INSIDE, file),
        LeftOut::Comments { lines } => LEFT_COMMENTS.fill(lang, &[("count", &lines.to_string())]),
        LeftOut::Input { kind, name } => {
            let kind = match kind {
                InputKind::Message => crate::page::MESSAGE,
                InputKind::Hosts => crate::page::HOSTS,
                InputKind::Session => crate::page::SESSION,
                InputKind::Log => crate::maillog::LOG,
            };
            named(LEFT_INPUT, if name.is_empty() { kind.say(lang) } else { name })
        }
    }
}

/// A verdict for people.
#[must_use]
pub const fn verdict(verdict: Verdict) -> Phrase {
    match verdict {
        Verdict::Accepted => ACCEPTED,
        Verdict::Rejected => REJECTED,
        Verdict::Deferred => DEFERRED,
        Verdict::Discarded => DISCARDED,
        Verdict::Held => HELD,
        Verdict::Redirected => REDIRECTED,
        Verdict::Permitted => PERMITTED,
        Verdict::Undecided => UNDECIDED,
        Verdict::Other => OTHER,
        Verdict::Found => FOUND,
        Verdict::NotFound => NOT_FOUND,
        Verdict::Unknown => UNKNOWN,
    }
}
