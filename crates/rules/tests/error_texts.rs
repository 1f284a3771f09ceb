//! The texts of errors, as the libraries themselves have them.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![allow(unsafe_code, clippy::unwrap_used, reason = "a test that asks C libraries")]

use std::ffi::{CStr, c_char};

use postproof_model::{PatternErrorKind, PcreErrorKind};
use postproof_rules::pattern::{Pattern, PosixFlags};

fn text(write: impl FnOnce(&mut [u8; 256])) -> String {
    let mut buffer = [0u8; 256];
    write(&mut buffer);
    CStr::from_bytes_until_nul(&buffer).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn what_pcre2_says_is_what_is_said_here() {
    for kind in PcreErrorKind::ALL {
        let theirs = text(|buffer| {
            // SAFETY: the length is the buffer's.
            unsafe { pcre2_sys::pcre2_get_error_message_8(kind.code(), buffer.as_mut_ptr(), buffer.len()) };
        });
        match kind {
            PcreErrorKind::NotUtf8 => assert!(theirs.starts_with(kind.text()), "{theirs}"),
            _ => assert_eq!(kind.text(), theirs),
        }
    }
}

#[test]
fn what_the_c_library_says_is_what_is_said_here() {
    let patterns: [(&[u8], PosixFlags); 12] = [
        (b"*a", PosixFlags::POSTFIX),
        (b"(a", PosixFlags::POSTFIX),
        (b"a\\)", PosixFlags { extended: false, ..PosixFlags::POSTFIX }),
        (b"[a", PosixFlags::POSTFIX),
        (b"[", PosixFlags::POSTFIX),
        (b"a{1", PosixFlags::POSTFIX),
        (b"a{2,1}", PosixFlags::POSTFIX),
        (b"a{99999}", PosixFlags::POSTFIX),
        (b"[b-a]", PosixFlags::POSTFIX),
        (b"[[:foo:]]", PosixFlags::POSTFIX),
        (b"[[.foo.]]", PosixFlags::POSTFIX),
        (b"a\\", PosixFlags::POSTFIX),
    ];
    for (pattern, flags) in patterns {
        let ours = Pattern::posix(pattern, flags).unwrap_err().kind;
        let theirs = text(|buffer| {
            let ended = [pattern, b"\0"].concat();
            let options = if flags.extended { libc::REG_EXTENDED } else { 0 } | libc::REG_ICASE;
            // SAFETY: the pattern ends in a zero byte; glibc frees what it made of a pattern that it refuses.
            unsafe {
                let mut compiled: libc::regex_t = std::mem::zeroed();
                let code = libc::regcomp(&raw mut compiled, ended.as_ptr().cast::<c_char>(), options);
                libc::regerror(code, &raw const compiled, buffer.as_mut_ptr().cast::<c_char>(), buffer.len());
            }
        });
        assert_eq!(ours.text(), Some(&*theirs), "{}", pattern.escape_ascii());
    }
    assert_eq!(PatternErrorKind::TooDeep.text(), None);
}
