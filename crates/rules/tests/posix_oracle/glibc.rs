//! The oracle: regcomp(3) and regexec(3) of the C library that this process runs on, in the C locale (a Rust program
//! never calls setlocale).

#![allow(unsafe_code, reason = "the C library is called here and nowhere else")]

use std::ffi::{CString, c_int};
use std::mem::MaybeUninit;

use postproof_rules::pattern::PosixFlags;

/// A match as regexec(3) tells it: the whole and the groups, none for -1; with [`OPEN`] for an end that is before its
/// begin.
pub type Registers = Vec<Option<(usize, usize)>>;

/// The end of a group that has none: regexec(3) forgets that it is none and counts from the match's begin.
pub const OPEN: usize = usize::MAX;

/// A pattern that regcomp(3) accepted.
pub struct Compiled {
    regex: Box<libc::regex_t>,
    groups: usize,
}

impl Compiled {
    /// Compiles a pattern; the error is regcomp's code. `with_groups` is false for REG_NOSUB.
    pub fn new(pattern: &[u8], flags: PosixFlags, with_groups: bool) -> Result<Self, c_int> {
        let pattern = CString::new(pattern).expect("patterns hold no zero byte");
        let mut cflags = 0;
        for (set, flag) in [
            (flags.extended, libc::REG_EXTENDED),
            (flags.fold_case, libc::REG_ICASE),
            (flags.newline, libc::REG_NEWLINE),
            (!with_groups, libc::REG_NOSUB),
        ] {
            if set {
                cflags |= flag;
            }
        }
        let mut regex = Box::new(MaybeUninit::<libc::regex_t>::zeroed());
        // SAFETY: both pointers are valid; regcomp fills the structure.
        let code = unsafe { libc::regcomp(regex.as_mut_ptr(), pattern.as_ptr(), cflags) };
        if code != 0 {
            return Err(code);
        }
        // SAFETY: regcomp succeeded, so the structure is filled.
        let regex = unsafe { Box::from_raw(Box::into_raw(regex).cast::<libc::regex_t>()) };
        // SAFETY: re_nsub comes after six words in glibc's regex.h; the libc crate keeps all fields private.
        let groups = unsafe { *std::ptr::from_ref::<libc::regex_t>(&regex).cast::<usize>().add(6) };
        Ok(Self { regex, groups })
    }

    /// How many groups the pattern has: re_nsub.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// What matches; asks for the whole and `groups` groups. Zero registers where the pattern has no groups kept.
    pub fn exec(&self, subject: &[u8], registers: usize) -> Option<Registers> {
        self.try_exec(subject, registers).ok().flatten()
    }

    /// As [`Self::exec`]; the error is regexec's code where it is not that nothing matches.
    pub fn try_exec(&self, subject: &[u8], registers: usize) -> Result<Option<Registers>, c_int> {
        let subject = CString::new(subject).expect("subjects hold no zero byte");
        let mut found = vec![libc::regmatch_t { rm_so: -7, rm_eo: -7 }; registers];
        // SAFETY: the pattern is compiled, the subject ends in a zero byte, there is room for every register.
        let code = unsafe { libc::regexec(&raw const *self.regex, subject.as_ptr(), registers, found.as_mut_ptr(), 0) };
        let bounds = |found: &libc::regmatch_t| {
            let start = usize::try_from(found.rm_so).ok()?;
            Some((start, usize::try_from(found.rm_eo).ok().filter(|&end| end >= start).unwrap_or(OPEN)))
        };
        match code {
            0 => Ok(Some(found.iter().map(bounds).collect())),
            libc::REG_NOMATCH => Ok(None),
            code => Err(code),
        }
    }
}

impl Drop for Compiled {
    fn drop(&mut self) {
        // SAFETY: the pattern was compiled and is freed once.
        unsafe { libc::regfree(&raw mut *self.regex) };
    }
}
