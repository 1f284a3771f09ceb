#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| postproof_fuzz::maillog::check(input));
