//! A button that is a sign: words name it, for those who do not see it and for those who wonder.

use leptos::prelude::*;

/// A button that shows `sign` and is called `label`.
pub(crate) fn sign_button(
    label: impl Fn() -> String + Copy + Send + 'static,
    sign: &'static str,
    act: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button type="button" class="quiet sign" aria-label=label title=label on:click=move |_| act()>
            {sign}
        </button>
    }
    .into_any()
}
