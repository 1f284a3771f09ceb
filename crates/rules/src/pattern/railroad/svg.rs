//! A drawing as SVG.
//!
//! The SVG holds no script, no style sheet and no `style` attribute, so that any page may carry it whatever its content
//! security policy; looks come from presentation attributes, which a page's own style sheet overrides by class. All text
//! is escaped. The same drawing always gives the same bytes.

use std::fmt::Write as _;

use postproof_model::drawing::{Drawing, Figure, Role, Tone, path};

/// What the SVG is to be besides the drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// What it shows, in a few words; read aloud.
    pub title: &'a str,
    /// What it shows, in full; read aloud. May be empty.
    pub description: &'a str,
    /// The language of its words, such as `en`. May be empty.
    pub language: &'a str,
    /// On what it is drawn.
    pub ground: Ground,
}

/// On what a drawing is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// On the page that holds it, in the page's own colour of text.
    #[default]
    Page,
    /// On paper of its own, for a file that stands alone.
    Paper,
}

/// How the elements of a role look.
struct Look {
    fill: &'static str,
    fill_opacity: &'static str,
    stroke: &'static str,
    stroke_opacity: &'static str,
    dashes: &'static str,
    text: &'static str,
}

const INK: &str = "#23201c";
const PAPER: &str = "#fbfaf7";

/// Writes the drawing.
#[must_use]
pub fn render(drawing: &Drawing, document: &Document<'_>) -> String {
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = write_svg(&mut svg, drawing, document);
    svg
}

fn write_svg(svg: &mut String, drawing: &Drawing, document: &Document<'_>) -> std::fmt::Result {
    let Drawing { width, height, .. } = drawing;
    write!(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"railroad\" width=\"{width}\" height=\"{height}\"")?;
    write!(svg, " viewBox=\"0 0 {width} {height}\" role=\"img\"")?;
    if !document.language.is_empty() {
        write!(svg, " lang=\"{}\"", Escaped(document.language))?;
    }
    let ink = if document.ground == Ground::Paper { INK } else { "currentColor" };
    write!(svg, " fill=\"none\" text-anchor=\"middle\" font-family=\"system-ui, sans-serif\">")?;
    write!(svg, "<title>{}</title>", Escaped(document.title))?;
    if !document.description.is_empty() {
        write!(svg, "<desc>{}</desc>", Escaped(document.description))?;
    }
    if document.ground == Ground::Paper {
        write!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>")?;
    }
    write!(
        svg,
        "\n<path class=\"rr-rail\" d=\"{}\" stroke=\"{ink}\" stroke-opacity=\".6\" stroke-width=\"1.5\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
        path(&drawing.rails)
    )?;
    for figure in &drawing.figures {
        self::figure(svg, figure, document.ground)?;
    }
    svg.push_str("\n</svg>\n");
    Ok(())
}

fn figure(svg: &mut String, figure: &Figure, ground: Ground) -> std::fmt::Result {
    let look = look(figure.role, ground);
    write!(svg, "\n<g class=\"{}\">", figure.role.class())?;
    if !figure.sentence.is_empty() {
        write!(svg, "<title>{}</title>", Escaped(&figure.sentence))?;
    }
    if let Some(frame) = figure.frame {
        write!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
            frame.x, frame.y, frame.width, frame.height, frame.corner
        )?;
        attribute(svg, "fill", look.fill)?;
        attribute(svg, "fill-opacity", look.fill_opacity)?;
        attribute(svg, "stroke", look.stroke)?;
        attribute(svg, "stroke-opacity", look.stroke_opacity)?;
        attribute(svg, "stroke-dasharray", look.dashes)?;
        svg.push_str("/>");
    }
    for text in &figure.texts {
        write!(svg, "<text class=\"{}\" x=\"{}\" y=\"{}\"", text.tone.class(), text.x, text.y)?;
        write!(svg, " font-size=\"{}\"", text.tone.size())?;
        if text.tone == Tone::Verbatim {
            attribute(svg, "font-family", "ui-monospace, Consolas, monospace")?;
        }
        attribute(svg, "fill", look.text)?;
        if text.tone != Tone::Verbatim && figure.role != Role::Anchor {
            attribute(svg, "fill-opacity", ".75")?;
        }
        write!(svg, ">{}</text>", Escaped(&text.text))?;
    }
    svg.push_str("</g>");
    Ok(())
}

fn attribute(svg: &mut String, name: &str, value: &str) -> std::fmt::Result {
    if value.is_empty() { Ok(()) } else { write!(svg, " {name}=\"{value}\"") }
}

const fn look(role: Role, ground: Ground) -> Look {
    let paper = matches!(ground, Ground::Paper);
    let ink = if paper { INK } else { "currentColor" };
    let plain = Look { fill: "", fill_opacity: "", stroke: ink, stroke_opacity: "", dashes: "", text: ink };
    match role {
        Role::Start => Look { fill: ink, stroke: "", ..plain },
        Role::Finish => Look { fill: ink, fill_opacity: ".3", ..plain },
        Role::Text => Look { fill: ink, fill_opacity: ".06", ..plain },
        Role::Never => Look { dashes: "1 3", ..plain },
        Role::Set => Look { fill: ink, fill_opacity: ".06", ..plain },
        Role::NegatedSet => Look { dashes: "4 3", ..plain },
        Role::Anchor => Look { fill: ink, fill_opacity: ".14", stroke: "", ..plain },
        Role::Capture | Role::Plain | Role::Conditional => Look { stroke_opacity: ".45", dashes: "2 3", ..plain },
        Role::Look | Role::NegativeLook => Look { stroke_opacity: ".6", dashes: "6 3", ..plain },
        Role::Reference => Look { fill: ink, fill_opacity: ".06", dashes: "6 3", ..plain },
        Role::Count => Look { stroke: "", ..plain },
        Role::Remark => Look { stroke_opacity: ".35", ..plain },
    }
}

/// Text as XML wants it. What XML does not allow at all becomes U+FFFD.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' => f.write_char(c)?,
                '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {
                    f.write_char(char::REPLACEMENT_CHARACTER)?;
                }
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
