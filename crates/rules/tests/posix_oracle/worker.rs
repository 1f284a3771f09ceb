//! The C library in a process of its own: with back-references it may go round for ever, or until its stack ends.

#![allow(unsafe_code, reason = "the C library is called here and in glibc.rs")]

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd};

use postproof_rules::pattern::PosixFlags;

use super::glibc::{Compiled, OPEN, Registers};

/// How long the C library may take for one question where nobody says otherwise, in milliseconds.
pub const PATIENCE: i32 = 150;

/// What the C library said, or why it said nothing.
#[derive(Debug)]
pub enum Reply<T> {
    Said(T),
    /// The process ended on a signal.
    Crashed,
    /// It took too long, or too much memory.
    TooSlow,
}

impl<T> Reply<T> {
    fn map<U>(self, map: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Said(said) => Reply::Said(map(said)),
            Self::Crashed => Reply::Crashed,
            Self::TooSlow => Reply::TooSlow,
        }
    }
}

/// What regcomp(3) said to a pattern: the number of its groups, or its code.
pub type Outcome = Result<usize, i32>;

/// A process that asks the C library.
pub struct Worker {
    process: Option<Process>,
    /// How long it may take for one question, in milliseconds.
    patience: i32,
}

struct Process {
    id: libc::pid_t,
    questions: File,
    answers: File,
}

impl Worker {
    pub fn new(patience: i32) -> Self {
        Self { process: None, patience }
    }

    /// Takes a pattern, which later questions are about.
    pub fn compile(&mut self, pattern: &[u8], flags: PosixFlags) -> Reply<Outcome> {
        let bits = u8::from(flags.extended) | u8::from(flags.fold_case) << 1 | u8::from(flags.newline) << 2;
        let mut question = vec![b'c', bits];
        question.extend_from_slice(pattern);
        self.ask(&question).map(|answer| {
            let code = numbers(&answer)[0];
            usize::try_from(code).map_err(|_| i32::try_from(-code).expect("a code"))
        })
    }

    /// As [`Self::exec`], after another subject was asked about in the same way.
    pub fn exec_after(&mut self, before: &[u8], subject: &[u8], registers: Option<usize>) -> Reply<Option<Registers>> {
        let wanted = registers.map_or(u8::MAX, |registers| u8::try_from(registers).expect("few groups"));
        let mut question = vec![b'a', wanted, u8::try_from(before.len()).expect("a short subject")];
        question.extend_from_slice(before);
        question.extend_from_slice(subject);
        self.matched(&question)
    }

    /// What matches of the pattern that was taken last; asks for so many registers, or, compiled without groups, whether
    /// it matches at all.
    pub fn exec(&mut self, subject: &[u8], registers: Option<usize>) -> Reply<Option<Registers>> {
        let wanted = registers.map_or(u8::MAX, |registers| u8::try_from(registers).expect("few groups"));
        let mut question = vec![b'x', wanted];
        question.extend_from_slice(subject);
        self.matched(&question)
    }

    fn matched(&mut self, question: &[u8]) -> Reply<Option<Registers>> {
        match self.ask(question) {
            Reply::Said(answer) if answer.is_empty() => Reply::TooSlow,
            said => said.map(|answer| {
                let numbers = numbers(&answer);
                (numbers[0] == 0).then(|| {
                    let bounds = |bounds: &[i64]| {
                        let start = usize::try_from(bounds[0]).ok()?;
                        Some((start, usize::try_from(bounds[1]).unwrap_or(OPEN)))
                    };
                    numbers[1..].chunks(2).map(bounds).collect()
                })
            }),
        }
    }

    fn ask(&mut self, question: &[u8]) -> Reply<Vec<u8>> {
        let process = self.process.get_or_insert_with(start);
        write(&mut process.questions, question).expect("the worker reads");
        let mut poll = libc::pollfd { fd: process.answers.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one valid structure.
        let ready = unsafe { libc::poll(&raw mut poll, 1, self.patience) };
        if ready == 0 {
            self.stop();
            return Reply::TooSlow;
        }
        match read(&mut process.answers) {
            Some(answer) => Reply::Said(answer),
            None => {
                self.stop();
                Reply::Crashed
            }
        }
    }

    fn stop(&mut self) {
        if let Some(process) = self.process.take() {
            // SAFETY: the process is a child of this one that was not waited for yet.
            unsafe {
                libc::kill(process.id, libc::SIGKILL);
                libc::waitpid(process.id, std::ptr::null_mut(), 0);
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

fn start() -> Process {
    let pipe = || {
        let mut ends = [0; 2];
        // SAFETY: there is room for two descriptors, and each becomes one file.
        unsafe {
            assert_eq!(libc::pipe(ends.as_mut_ptr()), 0, "a pipe");
            (File::from_raw_fd(ends[0]), File::from_raw_fd(ends[1]))
        }
    };
    let (asked, questions) = pipe();
    let (answers, answered) = pipe();
    // SAFETY: the child runs on one thread, takes memory only (which the C library allows after a fork), and ends.
    match unsafe { libc::fork() } {
        0 => {
            drop((questions, answers));
            // Rust would say on standard error that the stack is used up.
            // SAFETY: the signal's default is always there.
            unsafe { libc::signal(libc::SIGSEGV, libc::SIG_DFL) };
            limit(libc::RLIMIT_CORE, 0);
            limit(libc::RLIMIT_AS, 2 << 30);
            work(asked, answered);
            // SAFETY: ends the child without touching what belongs to the parent.
            unsafe { libc::_exit(0) }
        }
        id => {
            assert!(id > 0, "a process");
            Process { id, questions, answers }
        }
    }
}

fn limit(what: libc::__rlimit_resource_t, most: libc::rlim_t) {
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: one valid structure.
    unsafe { libc::setrlimit(what, &raw const limit) };
}

fn work(mut asked: File, mut answered: File) {
    let mut pattern = None;
    while let Some(question) = read(&mut asked) {
        let numbers = match question[0] {
            b'c' => {
                let (flags, source) = (question[1], question[2..].to_vec());
                let compiled = compile(flags, &source, true);
                let answer = match &compiled {
                    Ok(compiled) => i64::try_from(compiled.groups()).expect("few groups"),
                    Err(code) => -i64::from(*code),
                };
                pattern = Some((flags, source));
                vec![answer]
            }
            _ => {
                // Compiled anew each time: what the C library says can depend on what it was asked before.
                let (flags, pattern) = pattern.as_ref().expect("a pattern before a subject");
                let groups = question[1] != u8::MAX;
                let (before, subject) = if question[0] == b'a' {
                    let (before, subject) = question[3..].split_at(usize::from(question[2]));
                    (Some(before), subject)
                } else {
                    (None, &question[2..])
                };
                let registers = if groups { usize::from(question[1]) } else { 0 };
                let found = compile(*flags, pattern, groups).and_then(|compiled| {
                    if let Some(before) = before {
                        compiled.try_exec(before, registers)?;
                    }
                    compiled.try_exec(subject, registers)
                });
                match found {
                    // Out of memory.
                    Err(_) => Vec::new(),
                    Ok(None) => vec![1],
                    Ok(Some(registers)) => {
                        let bound = |bound: usize| i64::try_from(bound).unwrap_or(-1);
                        let bounds = |register: Option<(usize, usize)>| {
                            register.map_or([-1, -1], |(from, to)| [bound(from), bound(to)])
                        };
                        std::iter::once(0).chain(registers.into_iter().flat_map(bounds)).collect()
                    }
                }
            }
        };
        let bytes: Vec<u8> = numbers.into_iter().flat_map(i64::to_ne_bytes).collect();
        if write(&mut answered, &bytes).is_err() {
            return;
        }
    }
}

fn compile(bits: u8, pattern: &[u8], groups: bool) -> Result<Compiled, libc::c_int> {
    let flags = PosixFlags { extended: bits & 1 != 0, fold_case: bits & 2 != 0, newline: bits & 4 != 0 };
    Compiled::new(pattern, flags, groups)
}

fn numbers(bytes: &[u8]) -> Vec<i64> {
    bytes.chunks(8).map(|bytes| i64::from_ne_bytes(bytes.try_into().expect("whole numbers"))).collect()
}

fn write(file: &mut File, bytes: &[u8]) -> std::io::Result<()> {
    let mut message = u32::try_from(bytes.len()).expect("a short message").to_ne_bytes().to_vec();
    message.extend_from_slice(bytes);
    file.write_all(&message)
}

fn read(file: &mut File) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    file.read_exact(&mut length).ok()?;
    let mut bytes = vec![0; usize::try_from(u32::from_ne_bytes(length)).ok()?];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
