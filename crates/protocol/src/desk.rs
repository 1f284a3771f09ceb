//! Requests and responses between the page and its second worker, the desk: what a person asks for beside the verdict, and
//! what is loaded only then.

use crate::Mark;
use crate::answers::{ExplainedRule, MadeRules, Reading, Resulting};
use postproof_model::report::{FileError, FileReport, Verdict};
use postproof_model::{Bytes, CaseChange, Class, Code, Diagnostic, Input, LeftOut, Project, RuleRef};
use serde::{Deserialize, Serialize};

/// What the page asks, with a number that comes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Comes back with the answer.
    pub id: u32,
    /// The question.
    pub question: Question,
}

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Run the project's cases.
    Test {
        /// The project.
        project: Project,
    },
    /// Make a case of the input in front and of what is seen of it.
    Keep {
        /// The project.
        project: Project,
        /// What the case is called.
        name: String,
    },
    /// Change a case.
    Change {
        /// The project.
        project: Project,
        /// How.
        change: CaseChange,
    },
    /// The project as a test file.
    Export {
        /// The project.
        project: Project,
    },
    /// A test file as a project.
    Import {
        /// The test file.
        source: Bytes,
    },
    /// Take out what gives people away, as far as every verdict stays as it is.
    Redact {
        /// The project.
        project: Project,
    },
    /// The project as files for a folder.
    Folder {
        /// The project.
        project: Project,
        /// The tag of the language of what is written about them.
        lang: String,
    },
    /// Look for all that is wrong with the project's files.
    Lint {
        /// The project.
        project: Project,
    },
    /// The page of a code.
    Code {
        /// The code.
        code: Code,
        /// The tag of the language.
        lang: String,
    },
    /// What people read of the message in front.
    Read {
        /// The project.
        project: Project,
        /// The tag of the language.
        lang: String,
    },
    /// Rules that catch a phrase where it is encoded, for the place after a rule of the table in front.
    Make {
        /// The project.
        project: Project,
        /// The phrase.
        phrase: String,
        /// The rule.
        rule: RuleRef,
        /// For which class of keys.
        class: Class,
        /// The tag of the language.
        lang: String,
    },
    /// What results of the message in front.
    Result {
        /// The project.
        project: Project,
    },
    /// What a rule of a table means, and how near it comes to the input in front.
    Explain {
        /// The project.
        project: Project,
        /// The index of the table.
        file: usize,
        /// A place in the rule, in the editor's units.
        at: u32,
        /// The room for its diagram, in pixels.
        width: i32,
        /// The tag of the language.
        lang: String,
    },
    /// The input of a case, to look at.
    InputOf {
        /// The project.
        project: Project,
        /// Which case.
        case: usize,
    },
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The question's number.
    pub id: u32,
    /// The answer.
    pub answer: Answer,
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What the cases came to.
    Tested(Box<TestRun>),
    /// The project's cases from now on.
    Cases {
        /// As [`Project::tests`].
        tests: String,
    },
    /// A test file.
    File {
        /// Its text.
        text: String,
        /// What is not in it.
        left_out: Vec<LeftOut>,
    },
    /// A project.
    Project {
        /// The project.
        project: Box<Project>,
        /// What of the test file is not in it.
        left_out: Vec<LeftOut>,
    },
    /// The input of a case; none where it has none that can be shown.
    Input(Option<Input>),
    /// A project without what gives people away.
    Redacted(Box<Redacted>),
    /// Files: their paths in the folder, and their bytes.
    Folder(Vec<(String, Bytes)>),
    /// What is wrong, file by file in the project's order.
    Linted(Vec<Vec<LintFinding>>),
    /// The page of a code.
    Code(Box<CodePage>),
    /// What people read; none where the input is no message.
    Read(Box<Reading>),
    /// Rules for a phrase.
    Made(Box<MadeRules>),
    /// What results; none where the input is no message.
    Result(Option<Box<Resulting>>),
    /// What a rule means; none where there is no rule at the place.
    Explained(Option<Box<ExplainedRule>>),
    /// The project's cases cannot be run, kept, read or written.
    Wrong(FileError),
}

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintFinding {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// Where, in the editor's units.
    pub mark: Mark,
    /// What mends it, in the order of the file; empty where a person must decide.
    pub fix: Vec<TextEdit>,
}

/// A change of an editor's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit {
    /// What is taken out.
    pub mark: Mark,
    /// What is put there.
    pub text: String,
}

/// The page of a code, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePage {
    /// What it is about, in few words.
    pub title: String,
    /// What Postfix does there, and why that is a slip.
    pub why: String,
    /// Files with the slip: their names as `TYPE:NAME` or main.cf, and their text.
    pub bad: Vec<(String, String)>,
    /// The same files without it.
    pub good: Vec<(String, String)>,
    /// Postfix's documents about it, by name.
    pub see: Vec<String>,
}

/// What the cases came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TestRun {
    /// The cases, in their order, or why they cannot be run.
    pub file: FileReport,
    /// What each case expects: its verdicts, and its reply where it expects one as a whole.
    pub expected: Vec<(Vec<Verdict>, Option<String>)>,
    /// How many rules fired, and how many there are.
    pub rules: (usize, usize),
}

/// A project without what gives people away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Redacted {
    /// The project.
    pub project: Project,
    /// What was replaced, by what, in how many places.
    pub replaced: Vec<(String, String, usize)>,
    /// What stays, since a verdict would change without it.
    pub kept: Vec<String>,
}
