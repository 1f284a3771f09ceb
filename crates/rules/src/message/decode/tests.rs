//! What people see, and which raw lines it comes from.

use postproof_model::decoded::{DecodeProblem, Decoded, DecodedBody, TransferEncoding};
use postproof_model::{Class, Lines};

use super::*;

fn decoded(message: &str) -> Decoded {
    decode(message.as_bytes(), &Limits::default(), &Bounds::default())
}

/// The lines of a body: the first and the last raw line, the text.
fn lines(body: &DecodedBody) -> Vec<(usize, usize, &str)> {
    body.text.iter().map(|line| (line.lines.first, line.lines.last, line.text.as_str())).collect()
}

fn headers(message: &str) -> Vec<String> {
    decoded(message).headers.into_iter().map(|header| header.text).collect()
}

#[test]
fn encoded_words_become_text() {
    for (written, text) in [
        ("plain", "plain"),
        ("=?UTF-8?B?5b2T6YG4?=", "当選"),
        ("=?utf-8?q?a=C3=A9_b?= c", "aé b c"),
        ("=?ISO-2022-JP?B?GyRCRXZBKhsoQg==?=", "当選"),
        ("=?Shift_JIS?B?k5aRSQ==?=", "当選"),
        ("=?UTF-8*ja?B?5b2T?= =?UTF-8?B?6YG4?=", "当選"),
        // White space between two words is not shown, other white space is.
        ("a =?UTF-8?Q?b?=  =?UTF-8?Q?c?= d =?UTF-8?Q?e?=", "a bc d e"),
        ("=?UTF-8?Q?b?=\n =?ISO-8859-1?Q?=E9?=\n d", "bé d"),
        // A character that lies across two words, as it should not.
        ("=?UTF-8?B?5b0=?= =?UTF-8?B?kw==?=", "当"),
        // None of these is an encoded word.
        ("=?UTF-8?X?abc?=", "=?UTF-8?X?abc?="),
        ("=?UTF-8?B?abc", "=?UTF-8?B?abc"),
        ("=??=?x", "=??=?x"),
        ("=?", "=?"),
        ("folded\n\tline", "folded\tline"),
    ] {
        assert_eq!(headers(&format!("Subject: {written}\n\n")), [format!("Subject: {text}")], "{written}");
    }
}

#[test]
fn a_header_says_where_it_stands_and_whether_tables_see_something_else() {
    let decoded = decoded("A: b\nSubject : =?UTF-8?B?5b2T6YG4?=\n =?x-none?Q?=FF=41?=\n\n");
    let [plain, subject] = &decoded.headers[..] else { panic!("{decoded:?}") };
    assert_eq!((plain.differs, plain.class), (false, Class::Header));
    assert_eq!(subject.text, "Subject: 当選\u{fffd}A");
    assert!(subject.differs);
    assert_eq!(subject.lines, Lines { first: 2, last: 3 });
    assert_eq!(subject.problems, [DecodeProblem::UnknownCharset("x-none".to_owned())]);
}

#[test]
fn parameters_are_decoded() {
    let decoded = decoded(
        "Content-Type: application/octet-stream;\n name*=utf-8''%E5%BD%93%E9%81%B8.exe\nContent-Disposition: attachment;\n filename*0=\"a\";\n filename*1=\".exe\"\nContent-Type: Text/HTML; Charset=\"utf-8\"\n\n",
    );
    let texts: Vec<_> = decoded.headers.iter().map(|header| header.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Content-Type: application/octet-stream; name=\"当選.exe\"",
            "Content-Disposition: attachment; filename=\"a.exe\"",
            "Content-Type: Text/HTML; Charset=\"utf-8\""
        ]
    );
    assert_eq!(decoded.headers[2].parameters[0].name, "charset");
    assert_eq!(decoded.headers[2].class, Class::MimeHeader);
}

#[test]
fn base64_lines_know_the_raw_lines_they_come_from() {
    // "one\ntwo two\nthree\n", in lines of eight characters.
    let decoded = decoded("Content-Transfer-Encoding: BASE64\n\nb25lCnR3\nbyB0d28K\ndGhyZWUK\n");
    let [body] = &decoded.bodies[..] else { panic!("{decoded:?}") };
    assert_eq!(body.encoding, TransferEncoding::Base64);
    assert_eq!(lines(body), [(3, 3, "one"), (3, 4, "two two"), (5, 5, "three")]);
    assert_eq!(body.lines, Lines { first: 3, last: 5 });
    assert!(decoded.complete);
}

#[test]
fn base64_that_is_not_as_it_should_be_is_read_as_far_as_it_goes() {
    let bodies = decoded("Content-Transfer-Encoding: base64\n\nb2 5l\n!!Cg==\ndHdv\nCg=\nx\n\n").bodies;
    assert_eq!(lines(&bodies[0]), [(3, 4, "one"), (5, 6, "two")]);
    assert_eq!(bodies[0].problems, [DecodeProblem::Malformed]);
}

#[test]
fn quoted_printable_lines_are_joined_at_soft_breaks() {
    let decoded = decoded(
        "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: Quoted-Printable\n\nvia=\ngr=E1 =  \nx \ny=0Az=3D\n=ZZ=\n",
    );
    let body = &decoded.bodies[0];
    assert_eq!(lines(body), [(4, 6, "viagrá x"), (7, 7, "y"), (7, 7, "z="), (8, 8, "=ZZ")]);
    assert_eq!((body.media_type.as_str(), body.charset.as_deref()), ("text/html", Some("iso-8859-1")));
    assert_eq!(body.problems, [DecodeProblem::Malformed]);
}

#[test]
fn charsets_are_read_raw_too() {
    let message = b"Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$BEvA*\x1b(B!\nplain\n";
    let decoded = decode(message, &Limits::default(), &Bounds::default());
    let texts: Vec<_> = decoded.bodies[0].text.iter().map(|line| (line.text.as_str(), line.differs)).collect();
    assert_eq!(texts, [("当選!", true), ("plain", false)]);

    let utf16 = "Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\nYQAKAAoB\nCgA=\n";
    let decoded = decode(utf16.as_bytes(), &Limits::default(), &Bounds::default());
    assert_eq!(lines(&decoded.bodies[0]), [(4, 5, "a"), (4, 5, "\u{10a}")]);
}

#[test]
fn parts_are_those_that_postfix_sees() {
    let decoded = decoded(
        "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n\none\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nb25l\n--b\nContent-Type: message/rfc822\n\nSubject: =?UTF-8?Q?two?=\nContent-Transfer-Encoding: base64\n\ndHdv\n--b--\nepilogue\n",
    );
    let bodies: Vec<_> = decoded.bodies.iter().map(lines).collect();
    assert_eq!(bodies, [[(6, 6, "one")], [(18, 18, "two")]]);
    let nested = decoded.headers.iter().find(|header| header.class == Class::NestedHeader).unwrap();
    assert_eq!(nested.text, "Subject: two");
}

#[test]
fn long_lines_are_whole() {
    let long = "=41".repeat(2000);
    let decoded = decoded(&format!("Content-Transfer-Encoding: quoted-printable\n\n{long}\nx\n"));
    assert_eq!(lines(&decoded.bodies[0]), [(3, 3, "A".repeat(2000).as_str()), (4, 4, "x")]);
}

#[test]
fn what_lies_beyond_the_bounds_is_left_out_and_said_to_be() {
    let message = format!("A: 1\nB: 2\nContent-Transfer-Encoding: base64\n\n{}", "Cg==\n".repeat(100));
    let with = |bounds: Bounds| decode(message.as_bytes(), &Limits::default(), &bounds);
    let few = with(Bounds { headers: 2, ..Bounds::default() });
    assert_eq!((few.headers.len(), few.complete), (2, false));
    let none = with(Bounds { bodies: 0, ..Bounds::default() });
    assert_eq!((none.bodies.len(), none.complete), (0, false));
    let few = with(Bounds { lines: 10, ..Bounds::default() });
    assert_eq!((few.bodies[0].text.len(), few.complete), (10, false));
    assert_eq!(few.bodies[0].problems, [DecodeProblem::CutOff]);
    let short = with(Bounds { bytes: 20, ..Bounds::default() });
    assert!(!short.complete && short.headers.len() == 2, "{short:?}");
}

#[test]
fn hostile_messages_are_decoded_without_a_panic() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let charsets = [
        "utf-8",
        "iso-2022-jp",
        "shift_jis",
        "euc-jp",
        "gb18030",
        "big5",
        "euc-kr",
        "utf-7",
        "utf-16",
        "utf-16le",
        "utf-16be",
        "iso-2022-kr",
        "hz-gb-2312",
        "x-user-defined",
        "iso-8859-8-i",
        "windows-1258",
        "x-none",
        "",
    ];
    let bits: [&[u8]; 24] = [
        b"=",
        b"=3",
        b"=\n",
        b"\n",
        b"\r\n",
        b" ",
        b"\t",
        b"=?",
        b"?=",
        b"?B?",
        b"?Q?",
        b"?utf-8",
        b"_",
        b"abcd",
        b"Ev",
        b"\x1b$B",
        b"\x1b(B",
        b"\xff",
        b"\xe3\x81",
        b"\xfe\xff",
        b"*0*=",
        b"%E",
        b"\0",
        b"--b\n",
    ];
    for round in 0..20_000 {
        let charset = charsets[round % charsets.len()];
        let encoding = ["base64", "quoted-printable", "8bit"][round % 3];
        let some = |random: &mut dyn FnMut(usize) -> usize| -> Vec<u8> {
            (0..random(12)).flat_map(|_| bits[random(bits.len())].to_vec()).collect()
        };
        let parameter = some(&mut random);
        let subject = some(&mut random);
        let body = some(&mut random);
        let message = [
            format!("Content-Type: text/plain; charset=\"{charset}\"; boundary=b; x").as_bytes(),
            &parameter,
            format!("\nContent-Transfer-Encoding: {encoding}\nSubject: =?{charset}?").as_bytes(),
            [&b"B?"[..], b"Q?"][round % 2],
            &subject,
            b"?=\n\n",
            &body,
        ]
        .concat();
        let decoded = decode(&message, &Limits::default(), &Bounds::default());
        for body in &decoded.bodies {
            assert!(body.span.end <= message.len() && body.text.iter().all(|line| line.span.end <= body.span.end));
        }
    }
}
