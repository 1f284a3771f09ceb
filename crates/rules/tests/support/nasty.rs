//! Made-up messages of all that is unusual: a seed makes a message, the same one every time.

/// A small generator of numbers (xorshift64*), so that tests need no crate and repeat exactly.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

const HEADERS: &[&[u8]] = &[
    b"Subject: hello",
    b"Subject : blanks before the colon",
    b"X-Tab\t \t: x",
    b"From: a@example.com",
    b"To:b@example.com",
    b"Bcc: hidden@example.com",
    b"Return-Path: <r@example.com>",
    b"Received: from a by b",
    b"Content-Length: 9",
    b"MIME-Version: 1.0",
    b"Mime-version : 1.0",
    b"Content-ID: <x>",
    b"Content-Description: a (b",
    b"Content-Disposition: attachment; filename=\"a.exe\"",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: 8bit",
    b"content-transfer-encoding:(c) QUOTED-printable.x",
    b"Content-Transfer-Encoding: \"binary\"",
    b"Content-Transfer-Encoding: binary;x",
    b"Content-Transfer-Encoding: 7BIT",
    b"Content-Transfer-Encoding: base64/x",
    b"Content-Type: text/plain; charset=utf-8",
    b"Content-Type: text/html; boundary=A",
    b"Content-Type: message/rfc822",
    b"Content-Type: message/partial; id=1",
    b"Content-Type: message/delivery-status",
    b"Content-Type: message/external-body; x=y",
    b"Content-Type: multipart/mixed; boundary=A",
    b"Content-Type: multipart/mixed; boundary=\"A\"; boundary=B",
    b"Content-Type: multipart/alternative;\n\tboundary=\"AB\"",
    b"Content-Type: multipart/digest; boundary=B",
    b"Content-Type: multipart/mixed;\n  boundary=\"A \n B\"",
    b"Content-Type: multipart/mixed; boundary=(comment (nested) \\) )\"\\A\\\"\"",
    b"Content-Type: multipart/mixed; boundary=\"\"",
    b"Content-Type: multipart/mixed; boundary=",
    b"Content-Type: multipart/mixed boundary=A",
    b"CONTENT-TYPE:multipart/mixed;BOUNDARY=A=B",
    b"Content-Type: ;multipart/mixed; boundary=A",
    b"Content-Type: multipart / mixed ; boundary = [",
    b"content-type",
    b"X-Eight: caf\xe9 \xe6\x97\xa5",
    b"X-Nul: a\0b",
    b"X-\0Nul: ab",
    b"X-Cr: a\rb",
    b": no name",
    b"no colon here",
    b"two words: x",
    b"From someone Mon Jan  1 00:00:00 2024",
    b">From someone",
    b"X-Empty:",
    b"X:",
];

const FOLDS: &[&[u8]] =
    &[b" folded", b"\tfolded by a tab", b" ", b"\t", b" a\0b", b" \xff", b"  boundary=B", b" From x", b" \r"];

const LINES: &[&[u8]] = &[
    b"",
    b"text",
    b"--A",
    b"--A--",
    b"--B",
    b"--B--",
    b"--AB",
    b"--A trailing",
    b"--A-",
    b"--",
    b"---",
    b"----",
    b"--\0A",
    b"-A",
    b".",
    b"..",
    b". dot",
    b"From mbox line",
    b">From quoted",
    b"\0",
    b"a\0b",
    b"a\0\xff",
    b"\xff\xfe",
    b"--A\xe9",
    b"Subject: in the body",
    b" indented",
    b"\r",
    b"a\rb",
    b"=20",
    b"QUJD",
];

const LENGTHS: &[usize] = &[998, 2040, 2046, 2047, 2048, 2049, 2050, 4095, 4096, 4097, 5000];

fn end_line(dice: &mut Dice, style: usize, message: &mut Vec<u8>) {
    message.extend_from_slice(match (style, dice.below(12)) {
        (0, _) | (2, 0..6) => b"\n",
        (3, 0) => b"\r\r\n",
        _ => b"\r\n",
    });
}

fn filler(dice: &mut Dice) -> Vec<u8> {
    let length = LENGTHS[dice.below(LENGTHS.len())];
    let mut line: Vec<u8> = (0..length).map(|at| b"abcdefghij "[at % 11]).collect();
    match dice.below(5) {
        0 => line[length / 2] = 0,
        1 => line[length - 1] = b'\r',
        2 if length > 2048 => line[2047] = b'\r',
        _ => {}
    }
    line
}

fn header_block(dice: &mut Dice, style: usize, message: &mut Vec<u8>) {
    for _ in 0..dice.below(7) {
        let header = dice.pick(HEADERS);
        for (index, line) in header.split(|&byte| byte == b'\n').enumerate() {
            if index > 0 {
                end_line(dice, style, message);
            }
            message.extend_from_slice(line);
        }
        if dice.below(12) == 0 {
            let more = filler(dice);
            message.extend_from_slice(&more);
        }
        end_line(dice, style, message);
        for _ in 0..dice.below(3) * dice.below(2) {
            message.extend_from_slice(dice.pick(FOLDS));
            if dice.below(20) == 0 {
                let more = filler(dice);
                message.extend_from_slice(&more);
            }
            end_line(dice, style, message);
        }
    }
}

/// The message that this seed makes.
pub fn message(seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let style = dice.below(4);
    let mut message = Vec::new();
    if dice.below(40) == 0 {
        // More than header_size_limit in one header.
        message.extend_from_slice(b"X-Huge: ");
        for _ in 0..dice.below(80) + 40 {
            let more = filler(&mut dice);
            message.extend_from_slice(&more);
            end_line(&mut dice, style, &mut message);
            message.push(b' ');
        }
        message.extend_from_slice(b"end\n");
    }
    if dice.below(30) == 0 {
        // More parts inside each other than mime_nesting_limit.
        for depth in 0..dice.below(30) + 90 {
            message.extend_from_slice(format!("Content-Type: multipart/mixed; boundary=N{depth}x\n\n").as_bytes());
            message.extend_from_slice(format!("--N{depth}x\n").as_bytes());
        }
    }
    for _ in 0..dice.below(6) + 1 {
        header_block(&mut dice, style, &mut message);
        if dice.below(5) > 0 {
            end_line(&mut dice, style, &mut message);
        }
        for _ in 0..dice.below(8) {
            if dice.below(25) == 0 {
                let line = filler(&mut dice);
                message.extend_from_slice(&line);
            } else {
                message.extend_from_slice(dice.pick(LINES));
            }
            end_line(&mut dice, style, &mut message);
        }
    }
    if dice.below(4) == 0 {
        message.extend_from_slice(dice.pick(LINES));
    }
    message
}
