//! Words of the borders between the panes.

crate::phrases! {
    AFTER_RULES: "Width of the rules" / "ルールの幅";
    AFTER_INPUT: "Width of rules and input" / "ルールと入力の幅";
    VALUE: "{percent} % of the window" / "ウィンドウの {percent} %";
    ON_BORDER: "On the border between two panes" / "ペインの境界の上で";
    LEFT: "move it to the left" / "左へ動かす";
    RIGHT: "move it to the right" / "右へ動かす";
    FARTHEST_LEFT: "as far left as it goes" / "いちばん左へ";
    FARTHEST_RIGHT: "as far right as it goes" / "いちばん右へ";
    RESET: "back to the usual widths; so does a double click" / "標準の幅に戻す (ダブルクリックでも)";
}
