//! The limits of main.cf that decide how a message is taken apart.

/// The parameters of postconf(5) by these names, with Postfix's own defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// header_size_limit, bytes: what is above it is cut off a header. A header that is still below it takes one more
    /// record whole, so the key may be longer by up to a record.
    pub header_size_limit: usize,
    /// line_length_limit, bytes: longer lines are taken in stretches of this length.
    pub line_length_limit: usize,
    /// mime_nesting_limit: how many parts may be open inside each other.
    pub mime_nesting_limit: usize,
    /// mime_boundary_length_limit, bytes: how much of a boundary is compared.
    pub mime_boundary_length_limit: usize,
    /// disable_mime_input_processing: the first header block is all there is.
    pub disable_mime_input_processing: bool,
    /// Whether body_checks look at anything: not with a negative body_checks_size_limit.
    pub body_checks_look: bool,
    /// body_checks_size_limit, bytes: how far into a body or part body_checks look; 0 for all of it.
    pub body_checks_size_limit: usize,
    /// hopcount_limit: a message with this many Received headers is refused.
    pub hopcount_limit: usize,
    /// cleanup_replace_stray_cr_lf: a carriage return inside a line becomes a space. Since Postfix 3.9, and in the
    /// last releases of older ones (3.7.10, 3.8.5).
    pub cleanup_replace_stray_cr_lf: bool,
    /// What is complained about.
    pub strict: Strict,
}

/// What else makes a message be refused: the parameters strict_7bit_headers, strict_8bitmime, strict_8bitmime_body and
/// strict_mime_encoding_domain. disable_mime_input_processing turns them off. (Postfix: `cleanup_message`.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strict {
    /// strict_7bit_headers or strict_8bitmime: bytes above 127 in a header.
    pub headers: bool,
    /// strict_8bitmime_body or strict_8bitmime: bytes above 127 in a body whose Content-Transfer-Encoding says 7bit or
    /// does not say.
    pub body: bool,
    /// strict_mime_encoding_domain: a message or multipart that is encoded.
    pub encoding_domain: bool,
}

impl Strict {
    /// Whether anything is complained about.
    #[must_use]
    pub const fn any(self) -> bool {
        self.headers || self.body || self.encoding_domain
    }
}

impl Default for Limits {
    /// Postfix 3.12's defaults.
    fn default() -> Self {
        Self {
            header_size_limit: 102_400,
            line_length_limit: 2048,
            mime_nesting_limit: 100,
            mime_boundary_length_limit: 2048,
            disable_mime_input_processing: false,
            body_checks_look: true,
            body_checks_size_limit: 51_200,
            hopcount_limit: 50,
            cleanup_replace_stray_cr_lf: true,
            strict: Strict { headers: false, body: false, encoding_domain: false },
        }
    }
}
