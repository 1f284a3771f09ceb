//! A project without a main.cf, for the engine that has no server: the same items as in `session.rs`, and the same answers
//! as there where no file is a main.cf or facts about the world. [`handle`](crate::handle) lets nothing else come here.

use crate::tables::Parsed;
use postproof_model::ProjectFile;
use postproof_protocol::SessionVerdict;
use postproof_rules::content::ContentChecks;

/// Nothing to keep.
#[derive(Debug, Default)]
pub struct Sessions;

/// No server.
#[derive(Clone, Copy, Debug)]
pub struct Made;

impl Sessions {
    /// What the project's files make: no server.
    pub fn of(&mut self, _files: &[ProjectFile]) -> Made {
        Made
    }
}

impl Made {
    /// There is no file that something could be wrong with beside the tables.
    pub fn add_problems(&self, _parsed: &mut [Parsed]) {}

    /// The checks that the files' own uses make.
    #[must_use]
    pub fn checks(&self, own: ContentChecks) -> ContentChecks {
        own
    }

    /// There is nobody to talk to.
    #[must_use]
    pub fn session(&self, _transcript: &[u8]) -> SessionVerdict {
        SessionVerdict { no_main_cf: true, ..SessionVerdict::default() }
    }
}
