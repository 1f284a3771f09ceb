//! Words for a text whose kind was recognised.

crate::phrases! {
    AS_MESSAGE: "Taken as a message." / "メッセージとして読み込みました。";
    AS_HOSTS: "Taken as host names." / "ホスト名として読み込みました。";
    AS_SESSION: "Taken as an SMTP session." / "SMTP セッションとして読み込みました。";
    AS_LOG: "Taken as a mail log." / "メールログとして読み込みました。";
}
