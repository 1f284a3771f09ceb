//! A modal dialog: the browser's own, which keeps the focus inside and closes on Escape.

use crate::page::page;
use crate::sign_button::sign_button;
use leptos::html;
use leptos::prelude::*;
use postproof_words::page as words;

/// `children` are made anew each time it opens.
#[component]
pub(crate) fn Dialog(
    #[prop(into)] open: Signal<bool>,
    close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    id: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let page = page();
    let dialog = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    Effect::new(move |_| {
        let (Some(dialog), open) = (dialog.get(), open.get()) else { return };
        if open && !dialog.open() {
            // Fails only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let (heading, labelled_by) = (format!("{id}-heading"), format!("{id}-heading"));
    view! {
        <dialog node_ref=dialog id=id aria-labelledby=labelled_by on:close=move |_| close.run(())>
            <div class="dialog-top">
                <h2 id=heading>{move || title.get()}</h2>
                {sign_button(move || page.say(words::CLOSE).to_owned(), "×", move || close.run(()))}
            </div>
            {move || open.get().then(|| children.with_value(|children| children()))}
        </dialog>
    }
}

/// Has a person begin in this field of a dialog that opens, its text selected.
pub(crate) fn begin_in(field: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let Some(field) = field.get() else { return };
        // The dialog takes the focus when it opens, in the same turn.
        request_animation_frame(move || {
            let _ = field.focus();
            field.select();
        });
    });
}
