//! Words of the workspace: inputs side by side, steps taken back and made again.

crate::phrases! {
    ADD_INPUT: "Add an input" / "入力を追加";
    INPUT_SETTINGS: "Name and kind of {name}" / "{name} の名前と種類";
    REMOVE_INPUT: "Remove this input" / "この入力を削除";
    DUPLICATE: "Duplicate" / "複製";

    UNDO_STEP: "Undo: {step}" / "元に戻す: {step}";
    REDO_STEP: "Redo: {step}" / "やり直す: {step}";
    NOTHING_TO_UNDO: "Nothing to undo" / "元に戻すものはありません";
    NOTHING_TO_REDO: "Nothing to redo" / "やり直すものはありません";
    REDO: "Redo" / "やり直す";
    UNDONE: "Undone: {step}" / "元に戻しました: {step}";

    ADDED: "{name} is added." / "{name} を追加しました。";
    DUPLICATED: "{name} is duplicated." / "{name} を複製しました。";
    MOVED: "{name} is moved." / "{name} を移動しました。";
    CHANGED: "{name} is changed." / "{name} を変更しました。";
    SETTINGS_CHANGED: "The settings of {name} are changed." / "{name} の設定を変更しました。";
    TEST_KEPT: "The test “{name}” is kept." / "テスト「{name}」を残しました。";
    TEST_CHANGED: "A test is changed." / "テストを変更しました。";
    STARTED_ANEW: "Started anew with the first example." / "最初の例から始めました。";
}
