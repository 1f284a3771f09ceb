//! A project as a file: what a link would hold, as plain JSON, for what is too long for a link.

use crate::{Error, ErrorKind, v1};
use postproof_model::Project;

/// The longest file, in bytes.
pub const FILE_LIMIT: usize = 16 * 1024 * 1024;

/// The project as a file.
///
/// # Errors
/// [`ErrorKind::TooLarge`] when it is past a limit.
pub fn to_file(project: &Project) -> Result<Vec<u8>, Error> {
    let json = v1::write(project)?;
    if json.len() > FILE_LIMIT { Err(ErrorKind::TooLarge.into()) } else { Ok(json) }
}

/// The project in a file.
///
/// # Errors
/// As for a link: see [`ErrorKind`].
pub fn from_file(file: &[u8]) -> Result<Project, Error> {
    if file.len() > FILE_LIMIT {
        return Err(ErrorKind::TooLarge.into());
    }
    v1::read(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Input, InputKind};

    #[test]
    fn a_project_too_long_for_a_link_fits_a_file() {
        let content: Vec<u8> = (0..crate::PROJECT_LIMIT + 1).map(|at| (at * at % 251) as u8).collect();
        let input = Input { name: String::new(), kind: InputKind::Message, content: content.into() };
        let project = Project { inputs: vec![input], ..Project::default() };
        assert!(crate::to_fragment(&project).is_err());
        assert_eq!(from_file(&to_file(&project).unwrap()).unwrap(), project);
        assert_eq!(from_file(b"{}").unwrap_err().kind(), ErrorKind::NotAProject);
        assert_eq!(from_file(&vec![b' '; FILE_LIMIT + 1]).unwrap_err().kind(), ErrorKind::TooLarge);
    }
}
