//! Enhanced status codes in the replies of restrictions. (Postfix: `dsn_split`.)

pub(super) use crate::action::access::{class, fix_status as fix, split_text as split};
