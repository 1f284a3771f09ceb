//! The list of examples, and the lesson beside one. What the lessons say stands with the examples themselves.

crate::phrases! {
    EXAMPLES: "Examples" / "例題";
    WHAT: "Each example is a whole project that teaches one thing. Open one, change it, break it: your own work stays where it is until you change something here."
        / "どの例題も、一つのことを学ぶための完結したプロジェクトです。開いて自由に変えてみてください。何かを変更するまで、保存済みの自分の作業はそのまま残ります。";
    FIND: "Find an example" / "例題を探す";
    FOUND: "Examples found: {count}" / "見つかった例題: {count} 件";
    NONE_FOUND: "No example has these words." / "この言葉を含む例題はありません。";
    LOADING: "Loading the examples…" / "例題を読み込んでいます…";
    LESSON: "Lesson" / "解説";
    PLACE: "{number} of {count}" / "{count} 題中 {number} 題目";
    MENDED: "Show it mended" / "直した形を見る";
    AS_IT_WAS: "Show it as it was" / "元の形に戻す";
    IS_MENDED: "This is the mended form." / "これは直した後の形です。";
    PREVIOUS: "Previous example" / "前の例題";
    NEXT: "Next example" / "次の例題";
    CLOSE_LESSON: "Close the lesson" / "解説を閉じる";
    OPENED: "The example is open. What was here before is not lost." / "例題を開きました。それまでの内容も残っています。";
    UNKNOWN: "There is no example named {name}." / "{name} という名前の例題はありません。";
    UNKNOWN_MEND: "The list shows all that there are." / "一覧ですべての例題を確認できます。";
    LIST: "All examples" / "例題の一覧";
    MISSING: "The examples could not be loaded." / "例題を読み込めませんでした。";
}
