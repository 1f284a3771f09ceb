//! PCRE2 itself.
#![allow(unsafe_code, reason = "a C library")]

use std::ptr::null_mut;

use pcre2_sys as sys;
use postproof_rules::pattern::PcreFlags;

/// How often PCRE2 may go back, from one start. Cases that need more are not compared: Postfix's own limit is 10 million.
const MATCH_LIMIT: u32 = 100_000;

/// A compiled pattern.
#[derive(Debug)]
pub struct Compiled {
    code: *mut sys::pcre2_code_8,
    data: *mut sys::pcre2_match_data_8,
    context: *mut sys::pcre2_match_context_8,
}

/// What a match came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    NoMatch,
    /// The whole and its groups.
    Match(Vec<Option<(usize, usize)>>),
    /// It went back too often.
    Limit,
    /// An error of another kind, which makes Postfix pass over the rule.
    Error(i32),
}

impl Compiled {
    /// Compiles a pattern; PCRE2's number and offset where it refuses.
    pub fn new(pattern: &[u8], flags: PcreFlags) -> Result<Self, (i32, usize)> {
        let options = [
            (flags.fold_case, sys::PCRE2_CASELESS),
            (flags.dot_all, sys::PCRE2_DOTALL),
            (flags.multiline, sys::PCRE2_MULTILINE),
            (flags.extended, sys::PCRE2_EXTENDED),
            (flags.anchored, sys::PCRE2_ANCHORED),
            (flags.dollar_end_only, sys::PCRE2_DOLLAR_ENDONLY),
            (flags.ungreedy, sys::PCRE2_UNGREEDY),
            (flags.utf, sys::PCRE2_UTF),
        ];
        let options = options.into_iter().filter(|(set, _)| *set).fold(0, |all, (_, option)| all | option);
        Self::with_options(pattern, options)
    }

    /// The same with options as PCRE2 numbers them.
    pub fn with_options(pattern: &[u8], options: u32) -> Result<Self, (i32, usize)> {
        let (mut error, mut offset) = (0, 0);
        // PCRE2 looks one byte past the end of some patterns; Postfix' own end in a zero byte.
        let ended = [pattern, b"\0"].concat();
        // SAFETY: the pattern's pointer and length belong together, and the results are written to.
        unsafe {
            let code = sys::pcre2_compile_8(
                ended.as_ptr(),
                pattern.len(),
                options,
                &raw mut error,
                &raw mut offset,
                null_mut(),
            );
            if code.is_null() {
                return Err((error, offset));
            }
            let context = sys::pcre2_match_context_create_8(null_mut());
            sys::pcre2_set_match_limit_8(context, MATCH_LIMIT);
            Ok(Self { code, data: sys::pcre2_match_data_create_from_pattern_8(code, null_mut()), context })
        }
    }

    /// How many groups it has.
    pub fn groups(&self) -> u32 {
        let mut count = 0u32;
        // SAFETY: this piece of information is a number of this size.
        unsafe { sys::pcre2_pattern_info_8(self.code, sys::PCRE2_INFO_CAPTURECOUNT, (&raw mut count).cast()) };
        count
    }

    /// The part of a text of valid UTF-8 that the first match from `at` on takes.
    pub fn find(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let options = sys::PCRE2_NO_UTF_CHECK;
        // SAFETY: the handles live as long as `self`, and a match has written the first pair of the vector.
        unsafe {
            let found = sys::pcre2_match_8(self.code, text.as_ptr(), text.len(), at, options, self.data, null_mut());
            let vector = sys::pcre2_get_ovector_pointer_8(self.data);
            (found > 0).then(|| (*vector, *vector.add(1)))
        }
    }

    /// Matches as Postfix does: from the start, with no options.
    pub fn exec(&self, subject: &[u8]) -> Outcome {
        let ended = [subject, b"\0"].concat();
        // SAFETY: the handles live as long as `self`, and a match has written as many pairs as there are groups and one.
        unsafe {
            let found = sys::pcre2_match_8(self.code, ended.as_ptr(), subject.len(), 0, 0, self.data, self.context);
            if found < 0 {
                return match found {
                    sys::PCRE2_ERROR_NOMATCH => Outcome::NoMatch,
                    sys::PCRE2_ERROR_MATCHLIMIT | sys::PCRE2_ERROR_HEAPLIMIT | sys::PCRE2_ERROR_DEPTHLIMIT => {
                        Outcome::Limit
                    }
                    error => Outcome::Error(error),
                };
            }
            let vector = sys::pcre2_get_ovector_pointer_8(self.data);
            let pair = |index: usize| {
                let (start, end) = (*vector.add(2 * index), *vector.add(2 * index + 1));
                (start != usize::MAX).then_some((start, end))
            };
            Outcome::Match((0..=self.groups() as usize).map(pair).collect())
        }
    }
}

impl Drop for Compiled {
    fn drop(&mut self) {
        // SAFETY: nobody else holds the handles.
        unsafe {
            sys::pcre2_match_context_free_8(self.context);
            sys::pcre2_match_data_free_8(self.data);
            sys::pcre2_code_free_8(self.code);
        }
    }
}

/// PCRE2's version: `10.42 2022-12-11`.
pub fn version() -> String {
    let mut buffer = [0u8; 64];
    // SAFETY: the buffer is longer than any version PCRE2 has.
    unsafe { sys::pcre2_config_8(sys::PCRE2_CONFIG_VERSION, buffer.as_mut_ptr().cast()) };
    buffer.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect()
}
