//! What diagrams promise whatever the pattern: nothing outside, nothing on top of another, every box on a rail, and SVG
//! that any page may carry.

use postproof_model::drawing::{Drawing, Frame, Label, Role, Step, Tone};
use postproof_model::explain::{Explanation, Group, Part, Repeat, What};

use super::super::explain::explain;
use super::super::{PosixFlags, posix};
use super::svg::{Document, Ground, render};
use super::{draw, measure};

const ERE: PosixFlags = PosixFlags { extended: true, fold_case: true, newline: false };

fn explained(pattern: &str) -> Explanation {
    let ast = posix::parse(pattern.as_bytes(), ERE).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
    explain(pattern.as_bytes(), &ast)
}

/// Labels of one language less than the product's: a part's own text, and captions where there may be some.
fn label(explanation: &Explanation, part: &Part) -> Label {
    let text: String = String::from_utf8_lossy(explanation.source.slice(part.span)).chars().take(20).collect();
    let caption = match &part.what {
        What::Group(Group::Capture { index, .. }) => Some(format!("group {index}")),
        What::Repeat(Repeat { min: 2.., .. }) => Some("several times".to_owned()),
        _ => None,
    };
    let boxed = part.parts.is_empty();
    Label { caption, pieces: if boxed { vec![(text, Tone::Verbatim)] } else { vec![] }, ..Label::default() }
}

fn drawn(pattern: &str, width: i32) -> Drawing {
    let explanation = explained(pattern);
    draw(&explanation, width, &|part| label(&explanation, part))
}

const PATTERNS: &[&str] = &[
    "",
    "a",
    "^unknown$",
    r"^([^.]+\.)?[0-9][^.]*\.[^.]+\..+\.[a-z]",
    "^(dhcp|dialup|ppp|[achrsvx]?dsl)[^.]*[0-9]",
    "((a|b)*(c(d(e|f)?)+){2,4})?x{0,3}|(|y|(z+|())*)",
    "(a|)(|b)(|)()",
    "(((((((a{5}){2})+)?b)*c)|d)|e)f",
    "(one|two|three|four|five|six|seven|eight|nine|ten)+ (and|or) [a-z0-9._-]{1,64}@[^>]*>?$",
];

/// The boxes, without the frames around others.
fn boxes(drawing: &Drawing) -> Vec<Frame> {
    let framed =
        |role| matches!(role, Role::Capture | Role::Plain | Role::Look | Role::NegativeLook | Role::Conditional);
    drawing.figures.iter().filter(|figure| !framed(figure.role)).filter_map(|figure| figure.frame).collect()
}

/// The strokes of the rails, from point to point.
fn strokes(drawing: &Drawing) -> Vec<((i32, i32), (i32, i32))> {
    let mut at = (0, 0);
    let mut strokes = Vec::new();
    for step in &drawing.rails {
        let to = match *step {
            Step::Move(x, y) => {
                at = (x, y);
                continue;
            }
            Step::Across(x) => (x, at.1),
            Step::Down(y) => (at.0, y),
            Step::Line(x, y) | Step::Turn { x, y, .. } => (x, y),
        };
        strokes.push((at, to));
        at = to;
    }
    strokes
}

fn check(pattern: &str, drawing: &Drawing) {
    let inside = |x: i32, y: i32| (0..=drawing.width).contains(&x) && (0..=drawing.height).contains(&y);
    for ((x, y), (to_x, to_y)) in strokes(drawing) {
        assert!(inside(x, y) && inside(to_x, to_y), "{pattern}: a rail leaves the drawing");
    }
    for figure in &drawing.figures {
        if let Some(frame) = figure.frame {
            assert!(inside(frame.x, frame.y), "{pattern}: {figure:?}");
            assert!(inside(frame.x + frame.width, frame.y + frame.height), "{pattern}: {figure:?}");
        }
        for text in &figure.texts {
            let half = measure::width(&text.text, text.tone) / 2;
            assert!(inside(text.x - half, text.y) && inside(text.x + half, text.y), "{pattern}: {text:?}");
        }
    }
    let boxes = boxes(drawing);
    for (index, one) in boxes.iter().enumerate() {
        for other in &boxes[index + 1..] {
            let apart = one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + one.height <= other.y
                || other.y + other.height <= one.y;
            assert!(apart, "{pattern}: {one:?} lies on {other:?}");
        }
    }
    // Each end of a box is on a rail.
    let strokes = strokes(drawing);
    let on_rail = |x: i32, y: i32| {
        strokes.iter().any(|&((from_x, from_y), (to_x, to_y))| {
            from_y == y && to_y == y && (from_x.min(to_x)..=from_x.max(to_x)).contains(&x)
                || (from_x, from_y) == (x, y)
                || (to_x, to_y) == (x, y)
        })
    };
    for (figure, frame) in drawing.figures.iter().filter_map(|figure| Some((figure, figure.frame?))) {
        let middle = frame.y + frame.height / 2;
        match figure.role {
            Role::Start => assert!(on_rail(frame.x + frame.width + 1, middle), "{pattern}: {figure:?}"),
            Role::Finish => assert!(on_rail(frame.x, middle), "{pattern}: {figure:?}"),
            Role::Capture | Role::Plain | Role::Look | Role::NegativeLook | Role::Conditional => {}
            _ => {
                assert!(on_rail(frame.x, middle) && on_rail(frame.x + frame.width, middle), "{pattern}: {figure:?}");
            }
        }
    }
}

#[test]
fn nothing_lies_outside_or_on_another_and_every_box_is_on_a_rail() {
    for pattern in PATTERNS {
        for width in [0, 320, 720, 100_000] {
            check(pattern, &drawn(pattern, width));
        }
    }
}

#[test]
fn rails_lead_from_the_start_to_the_finish_through_every_box() {
    for pattern in PATTERNS {
        for width in [300, 100_000] {
            let drawing = drawn(pattern, width);
            let strokes = strokes(&drawing);
            // Spread from the start over rails that touch, and over boxes.
            let boxes = boxes(&drawing);
            let mut reached = vec![false; strokes.len() + boxes.len()];
            let touches = |stroke: &((i32, i32), (i32, i32)), x: i32, y: i32| {
                let ((from_x, from_y), (to_x, to_y)) = *stroke;
                let (left, right) = (from_x.min(to_x), from_x.max(to_x));
                let (top, bottom) = (from_y.min(to_y), from_y.max(to_y));
                let straight = from_x == to_x || from_y == to_y;
                (straight && (left..=right).contains(&x) && (top..=bottom).contains(&y))
                    || (from_x, from_y) == (x, y)
                    || (to_x, to_y) == (x, y)
            };
            let ends = |frame: &Frame| {
                let middle = frame.y + frame.height / 2;
                // The dot at the start is one unit smaller than its block.
                [(frame.x, middle), (frame.x + frame.width, middle), (frame.x + frame.width + 1, middle)]
            };
            let meet = |one: usize, other: usize| {
                let (one, other) = (one.min(other), one.max(other));
                match (strokes.get(one), strokes.get(other)) {
                    (Some(one), Some(other)) => {
                        touches(one, other.0.0, other.0.1)
                            || touches(one, other.1.0, other.1.1)
                            || touches(other, one.0.0, one.0.1)
                            || touches(other, one.1.0, one.1.1)
                    }
                    (Some(one), None) => ends(&boxes[other - strokes.len()]).iter().any(|&(x, y)| touches(one, x, y)),
                    _ => false,
                }
            };
            // The first box is the dot at the start.
            let mut open = vec![strokes.len()];
            reached[strokes.len()] = true;
            while let Some(at) = open.pop() {
                let nexts: Vec<usize> = (0..reached.len()).filter(|&next| !reached[next] && meet(at, next)).collect();
                for next in nexts {
                    reached[next] = true;
                    open.push(next);
                }
            }
            let lost: Vec<_> = boxes.iter().zip(&reached[strokes.len()..]).filter(|(_, reached)| !**reached).collect();
            assert!(lost.is_empty(), "{pattern} at {width}: {lost:?}");
        }
    }
}

#[test]
fn rows_go_on_below_where_there_is_no_room() {
    let pattern = "a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?";
    let wide = drawn(pattern, 100_000);
    let narrow = drawn(pattern, 320);
    assert!(narrow.width <= 320 && narrow.height > 3 * wide.height, "{} x {}", narrow.width, narrow.height);
}

#[test]
fn the_same_pattern_gives_the_same_bytes() {
    for pattern in PATTERNS {
        let document = Document { title: pattern, ..Document::default() };
        assert_eq!(render(&drawn(pattern, 720), &document), render(&drawn(pattern, 720), &document));
    }
}

#[test]
fn a_hostile_pattern_makes_a_drawing_of_bounded_size() {
    let deep = format!("{}a{}", "(".repeat(200), ")".repeat(200));
    for pattern in ["a|".repeat(50_000), "[a]".repeat(33_000), "(a|b)+".repeat(16_000), "x".repeat(100_000), deep] {
        let drawing = drawn(&pattern, 720);
        let svg = render(&drawing, &Document::default());
        assert!(svg.len() < 300_000, "{}: {}", &pattern[..10], svg.len());
        assert!(drawing.height < 30_000 && drawing.width < 3_000, "{} x {}", drawing.width, drawing.height);
    }
}

/// The names of the elements in order, with their attributes' names; panics where the text is not well-formed.
fn elements(svg: &str) -> Vec<(String, Vec<String>)> {
    let mut open: Vec<&str> = Vec::new();
    let mut elements = Vec::new();
    let mut rest = svg;
    while let Some((text, tail)) = rest.split_once('<') {
        for entity in text.split('&').skip(1) {
            let entity = entity.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&entity), "&{entity};");
        }
        assert!(!text.contains('>'), "{text}");
        let (tag, tail) = tail.split_once('>').unwrap();
        rest = tail;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        let attributes = tag.split('"').step_by(2).filter_map(|part| part.trim().strip_suffix('='));
        let attributes = attributes.map(|part| part.rsplit(' ').next().unwrap().to_owned()).collect();
        elements.push((name.to_owned(), attributes));
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    elements
}

#[test]
fn any_page_may_carry_the_svg() {
    let nasty = "</text><script>alert(1)</script>&\"' \u{1b}\u{0}]]>";
    for ground in [Ground::Page, Ground::Paper] {
        let explanation = explained("(a|b)*[^<]");
        let drawing = draw(&explanation, 720, &|part| Label {
            caption: Some(nasty.to_owned()),
            pieces: if part.parts.is_empty() { vec![(nasty.to_owned(), Tone::Words)] } else { vec![] },
            branches: vec![],
            sentence: nasty.to_owned(),
        });
        let svg = render(&drawing, &Document { title: nasty, description: nasty, language: nasty, ground });
        assert!(!svg.contains('\u{1b}') && !svg.contains('\0'));
        for (name, attributes) in elements(&svg) {
            assert!(["svg", "title", "desc", "path", "g", "rect", "text"].contains(&name.as_str()), "{name}");
            for attribute in attributes {
                assert!(attribute != "style" && !attribute.starts_with("on") && attribute != "href", "{attribute}");
            }
        }
        let text = svg.matches("&lt;/text&gt;&lt;script&gt;").count();
        assert!(text >= 4, "{svg}");
    }
}
