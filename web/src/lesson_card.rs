//! The lesson of the example that is open: what there is to see, why, what helps, and the way to the next.

use crate::examples::{self, Lesson, followed};
use crate::page::{Page, page};
use crate::sign_button::sign_button;
use leptos::prelude::*;
use postproof_words::{Phrase, examples as words};

#[component]
pub(crate) fn LessonCard() -> impl IntoView {
    let page = page();
    move || page.examples.lesson.get().map(|lesson| card(page, &lesson))
}

fn card(page: Page, lesson: &Lesson) -> AnyView {
    let lang = page.lang.get();
    let example = &lesson.example;
    let said = |text: &crate::examples::Text| text.say(lang).to_owned();
    let (number, count) = lesson.place;
    let place = page.fill(words::PLACE, &[("number", &number.to_string()), ("count", &count.to_string())]);
    let mended = lesson.mended;
    let close = page.say(words::CLOSE_LESSON);
    view! {
        <section class="lesson" aria-label=page.say(words::LESSON)>
            <div class="lesson-top">
                <h3>{said(&example.title)}</h3>
                <span class="place">{place}</span>
                {sign_button(move || close.to_owned(), "×", move || page.examples.lesson.set(None))}
            </div>
            {mended.then(|| view! { <p class="is-mended" role="status">{page.say(words::IS_MENDED)}</p> })}
            <p>{said(&example.see)}</p>
            <p>{said(&example.why)}</p>
            <p class="mend">{said(&example.mend)}</p>
            <div class="lesson-foot">
                {example.mended.is_some().then(|| {
                    let label = if mended { words::AS_IT_WAS } else { words::MENDED };
                    view! {
                        <button type="button" class="plain" on:click=move |_| page.mend_example(!mended)>
                            {page.say(label)}
                        </button>
                    }
                })}
                <span class="ways">
                    {way(page, words::PREVIOUS, "←", lesson.previous.as_deref())}
                    {way(page, words::NEXT, "→", lesson.next.as_deref())}
                </span>
            </div>
        </section>
    }
    .into_any()
}

/// The way to a neighbour; none at the end of the list.
fn way(page: Page, label: Phrase, sign: &'static str, name: Option<&str>) -> Option<AnyView> {
    let name = name?.to_owned();
    let label = page.say(label);
    let href = examples::link(&name);
    let follow = move |_| followed(page, &name);
    Some(view! { <a class="quiet sign" href=href aria-label=label title=label on:click=follow>{sign}</a> }.into_any())
}
