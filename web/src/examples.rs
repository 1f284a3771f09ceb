//! Projects to look at, by name: `#example/tilde` opens one. They are the folders of `tests/examples`, which the build puts
//! into one file beside the page; it is fetched when an example or their list is asked for.

use crate::history::Did;
use crate::keeping;
use crate::notices::Notice;
use crate::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use postproof_model::Project;
use postproof_words::{Lang, examples as words, page};
use serde::Deserialize;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// `web/editor/examples.js`.
    #[wasm_bindgen(js_name = examples, catch)]
    async fn fetch() -> Result<JsValue, JsValue>;
}

/// A text of an example, in both languages.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Text {
    en: String,
    ja: String,
}

impl Text {
    pub(crate) fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}

/// Examples that belong together.
#[derive(Debug, Deserialize)]
pub(crate) struct Group {
    pub(crate) title: Text,
    pub(crate) examples: Vec<Example>,
}

/// An example.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) title: Text,
    /// What there is to see.
    pub(crate) see: Text,
    /// Why it is so.
    pub(crate) why: Text,
    /// What helps.
    pub(crate) mend: Text,
    /// The project as a file of `postproof-share`.
    project: String,
    /// The same, mended; none where there is nothing to mend.
    pub(crate) mended: Option<String>,
}

impl Example {
    /// Whether all of these words, in lower case, are said of it in this language.
    pub(crate) fn has(&self, wanted: &str, lang: Lang) -> bool {
        let said = [&self.title, &self.see, &self.why, &self.mend].map(|text| text.say(lang)).join("\n");
        let said = format!("{}\n{said}", self.name).to_lowercase();
        wanted.split_whitespace().all(|word| said.contains(word))
    }
}

/// The examples, and which of them is open.
#[derive(Clone, Copy)]
pub(crate) struct Examples {
    /// Whether their list is open.
    pub(crate) list: RwSignal<bool>,
    /// All of them, once they were fetched.
    pub(crate) groups: RwSignal<Option<Arc<Vec<Group>>>>,
    /// The one whose lesson is shown.
    pub(crate) lesson: RwSignal<Option<Lesson>>,
}

/// A lesson that is shown.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    pub(crate) example: Arc<Example>,
    pub(crate) mended: bool,
    /// The place of the example among all, from 1, and how many there are.
    pub(crate) place: (usize, usize),
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl Examples {
    pub(crate) fn new() -> Self {
        Self { list: RwSignal::new(false), groups: RwSignal::new(None), lesson: RwSignal::new(None) }
    }
}

/// The fragment of the page's address that opens an example.
pub(crate) fn fragment(name: &str) -> String {
    format!("#example/{name}")
}

/// A link to an example. It does not begin with its fragment: that would be a place in this page.
pub(crate) fn link(name: &str) -> String {
    format!("./{}", fragment(name))
}

/// A link was followed. Where it leads where the address is already, the example is opened anew.
pub(crate) fn followed(page: Page, name: &str) {
    if window().location().hash().is_ok_and(|hash| hash == fragment(name)) {
        page.open_example(name.to_owned(), Before::Project);
    }
}

/// The example that a fragment names.
pub(crate) fn named(fragment: &str) -> Option<String> {
    fragment.strip_prefix("#example/").map(str::to_owned)
}

/// The lesson of the example with this name.
fn lesson(groups: &[Group], name: &str) -> Option<Lesson> {
    let all: Vec<&Example> = groups.iter().flat_map(|group| &group.examples).collect();
    let at = all.iter().position(|example| example.name == name)?;
    let name_at = |at: Option<usize>| Some(all.get(at?)?.name.clone());
    Some(Lesson {
        example: Arc::new((*all.get(at)?).clone()),
        mended: false,
        place: (at + 1, all.len()),
        previous: name_at(at.checked_sub(1)),
        next: name_at(at.checked_add(1)),
    })
}

/// What stands in the page before an example is opened in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing: the page was opened with it.
    Nothing,
    /// A project.
    Project,
}

impl Page {
    /// Fetches the examples, if they are not there.
    pub(crate) fn fetch_examples(self) {
        if self.examples.groups.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            self.fetched_examples().await;
        });
    }

    async fn fetched_examples(self) -> Option<Arc<Vec<Group>>> {
        if let Some(groups) = self.examples.groups.get_untracked() {
            return Some(groups);
        }
        let fetched = fetch().await.ok().and_then(|groups| serde_wasm_bindgen::from_value::<Vec<Group>>(groups).ok());
        let Some(groups) = fetched.map(Arc::new) else {
            self.examples.list.set(false);
            self.notice.set(Some(Notice::NoExamples));
            return None;
        };
        self.examples.groups.set(Some(Arc::clone(&groups)));
        Some(groups)
    }

    /// Opens the example with this name.
    pub(crate) fn open_example(self, name: String, before: Before) {
        spawn_local(async move {
            let groups = self.fetched_examples().await;
            if let Some(lesson) = groups.as_ref().and_then(|groups| lesson(groups, &name)) {
                self.show_example(lesson, before);
                return;
            }
            if before == Before::Nothing {
                self.open_own();
            }
            if groups.is_some() {
                self.notice.set(Some(Notice::NoExample { name }));
            }
        });
    }

    /// Opens what a page without an example has: the work of the last visit, or what a first visit shows.
    fn open_own(self) {
        if let Some(kept) = keeping::kept() {
            self.bench.update(|bench| bench.open(kept));
        } else {
            self.bench.update(|bench| bench.open(crate::lesson::project(self.lang.get_untracked())));
            self.as_opened();
        }
    }

    /// Shows the example of the lesson mended, or as it is.
    pub(crate) fn mend_example(self, mended: bool) {
        let Some(lesson) = self.examples.lesson.get_untracked() else { return };
        self.show_example(Lesson { mended, ..lesson }, Before::Project);
    }

    fn show_example(self, lesson: Lesson, before: Before) {
        let file = lesson.example.mended.as_ref().filter(|_| lesson.mended).unwrap_or(&lesson.example.project);
        // What the build wrote can be read.
        let Ok(mut project) = postproof_share::from_file(file.as_bytes()) else { return };
        lesson.example.title.say(self.lang.get_untracked()).clone_into(&mut project.title);
        let own = match before {
            Before::Nothing => keeping::kept().filter(|kept| *kept != project),
            Before::Project => self.own_work(),
        };
        if let (Before::Nothing, Some(kept)) = (before, &own) {
            // One step leads back to it.
            self.bench.update(|bench| bench.open(kept.clone()));
        }
        let did = Did::new(words::OPENED, "");
        match (before, own) {
            (_, Some(_)) => {
                self.step_told(did, page::GO_BACK, |bench| bench.open(project));
            }
            (Before::Project, None) => {
                self.step(did, |bench| bench.open(project));
                self.notice.set(None);
            }
            (Before::Nothing, None) => {
                self.bench.update(|bench| bench.open(project));
                self.notice.set(None);
            }
        }
        self.as_opened();
        self.examples.lesson.set(Some(lesson));
    }

    /// What is in work, where a person has done something about it.
    fn own_work(self) -> Option<Project> {
        let project = self.project();
        (!self.is_as_opened(&project)).then_some(project)
    }
}
