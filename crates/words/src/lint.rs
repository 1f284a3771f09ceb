//! Words of lint: the command's options, and what it says of a whole run.

use postproof_model::lint::LintReport;

use crate::{Lang, Phrase};

crate::phrases! {
    ABOUT: "Find what tables and a main.cf do other than was meant, and mend it" / "テーブルや main.cf の、意図と違う働きをする箇所を見つけて直します";
    TABLE: "Tables, TYPE:NAME; a name alone is taken for what it looks like. A file's name tells who asks it: header_checks, body_checks, client_access, …"
        / "テーブル (TYPE:NAME)。名前だけなら内容から種類を判断します。何が検索するかはファイル名 (header_checks、body_checks、client_access など) で判断します";
    CONFIG: "Look at a main.cf and at all tables that it names" / "main.cf と、その挙げるすべてのテーブルを調べます";
    ASKED_BY: "A table that {parameter} asks" / "{parameter} が検索するテーブル";
    FORMAT: "How to print findings: text, json, sarif or github" / "結果の形式: text、json、sarif、github";
    FIX: "Mend what can be mended with certainty, in the files" / "確実に直せるものを、ファイルの中で直します";
    DIFF: "Show what --fix would change, and change nothing" / "--fix で変わる箇所を表示します。ファイルは変えません";
    IGNORE: "Leave out findings with these codes" / "このコードの結果を除きます";
    SETTINGS: "Read settings from FILE; by default postproof.toml in the current folder" / "設定を FILE から読みます。既定は現在のフォルダーの postproof.toml です";
    BASELINE: "Leave out the findings that FILE lists" / "FILE にある結果を除きます";
    UPDATE_BASELINE: "Write all findings of today into the baseline" / "今あるすべての結果をベースラインに書き込みます";
    EXPLAIN: "Show the page of a code, or of all codes with “all”" / "コードの説明を表示します。all なら全コードの一覧です";

    NOTHING_NAMED: "name a table, or a main.cf with -c" / "テーブルか、-c で main.cf を指定してください";
    TAKEN_AS: "{table} has no type, and looks like {kind}: that is what it is taken for" / "{table} に種類の指定がないため、内容から {kind}: とみなします";
    NOT_HERE: "{config}: not looked at, since they cannot be read here: {files}" / "{config}: ここでは読めないため、調べていません: {files}";
    UNKNOWN_ORDER: "{file}, line {line}: {word} is no code, and no order to lint" / "{file} {line} 行目: {word} はコードでも、lint への指示でもありません";
    NO_SUCH_CODE: "there is no code {code}; --explain all lists them" / "{code} というコードはありません。--explain all で一覧できます";
    NO_BASELINE: "name the file with --baseline, or in the settings" / "--baseline か設定でファイルを指定してください";
    BASELINE_WRITTEN: "{file}: {findings} written" / "{file}: {findings}を書きました";
    BAD_SETTINGS: "{file}: {reason}" / "{file}: {reason}";
    BAD_BASELINE: "{file} is no baseline of this command: {reason}" / "{file} はこのコマンドのベースラインではありません: {reason}";
    FIX_DOES_IT: "--fix does it." / "--fix で直せます。";

    NO_FINDINGS: "nothing found in {files}" / "{files}を調べました。問題はありません";
    FINDINGS: "{findings} in {files}" / "{files}で {findings}見つかりました";
    FIXABLE: "; --fix mends {fixes}" / "。{fixes} 件は --fix で直せます";
    LEFT_OUT: "; {left} left out" / "。ほかに {left} 件を除きました";
    FINDING_ONE: "1 finding" / "1 件";
    FINDING_MANY: "{count} findings" / "{count} 件";
    FILE_ONE: "1 file" / "1 ファイル";
    FILE_MANY: "{count} files" / "{count} ファイル";
    MENDED: "mended {edits} in {files}" / "{files}の {edits}を直しました";
}

fn counted(one: Phrase, many: Phrase, count: usize, lang: Lang) -> String {
    let phrase = if count == 1 { one } else { many };
    phrase.fill(lang, &[("count", &count.to_string())])
}

/// A run in a line.
#[must_use]
pub fn summary(report: &LintReport, lang: Lang) -> String {
    let (findings, fixes, left_out) = (report.findings().count(), report.fixes(), report.left_out());
    let files = counted(FILE_ONE, FILE_MANY, report.files.len(), lang);
    let mut text = if findings == 0 {
        NO_FINDINGS.fill(lang, &[("files", &files)])
    } else {
        FINDINGS.fill(lang, &[("findings", &counted(FINDING_ONE, FINDING_MANY, findings, lang)), ("files", &files)])
    };
    if fixes > 0 {
        text.push_str(&FIXABLE.fill(lang, &[("fixes", &fixes.to_string())]));
    }
    if left_out > 0 {
        text.push_str(&LEFT_OUT.fill(lang, &[("left", &left_out.to_string())]));
    }
    text
}

/// That a baseline is written, in a line.
#[must_use]
pub fn baseline_written(file: &str, findings: usize, lang: Lang) -> String {
    let findings = counted(FINDING_ONE, FINDING_MANY, findings, lang);
    BASELINE_WRITTEN.fill(lang, &[("file", file), ("findings", &findings)])
}

/// What --fix did, in a line.
#[must_use]
pub fn mended(edits: usize, files: usize, lang: Lang) -> String {
    let edits = counted(FINDING_ONE, FINDING_MANY, edits, lang);
    MENDED.fill(lang, &[("edits", &edits), ("files", &counted(FILE_ONE, FILE_MANY, files, lang))])
}
