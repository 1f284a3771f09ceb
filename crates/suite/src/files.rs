//! Where a suite's files come from: the caller reads them, and decides what may be read.

/// What reads files for a suite. Names are as the test file and its main.cf write them, taken from the test file's folder.
pub trait Files {
    /// The bytes of a file, at most `limit` of them.
    ///
    /// # Errors
    ///
    /// Why it is not read, in words for people.
    fn read(&mut self, name: &str, limit: usize) -> Result<Vec<u8>, String>;

    /// The names of the files that a pattern of names matches, in order, at most `limit` of them. A name without special
    /// characters matches that file.
    ///
    /// # Errors
    ///
    /// Why that is not found out, in words for people.
    fn matching(&mut self, pattern: &str, limit: usize) -> Result<Vec<String>, String>;

    /// The name that people, and other programs, find the file by.
    fn shown(&self, name: &str) -> String;
}

/// No files: for a suite that has all in itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&mut self, _name: &str, _limit: usize) -> Result<Vec<u8>, String> {
        Err("no files".to_owned())
    }

    fn matching(&mut self, _pattern: &str, _limit: usize) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    fn shown(&self, name: &str) -> String {
        name.to_owned()
    }
}
