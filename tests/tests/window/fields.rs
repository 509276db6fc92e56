//! Filling in forms by the names of their fields.

use crate::driver::Window;
use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

impl Window {
    /// Goes to a view as a link does, and waits for its heading.
    pub(crate) async fn go_to(&self, address: &str, heading: &str) {
        self.ask(&format!("void (location.hash = {address:?})")).await;
        self.named("heading", heading).await;
    }

    /// Types into a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.named("textbox", name).await;
        self.answer(field.click()).await;
        self.answer(field.send_keys(text)).await;
    }

    /// Chooses from a list by what the entry is called, once both are there.
    pub(crate) async fn choose(&self, name: &str, entry: &str) {
        let script = format!(
            "(() => {{
                const called = (each) => each.getAttribute('aria-label') ?? each.labels[0]?.innerText.trim();
                const list = [...document.querySelectorAll('select')].find((each) => called(each) === {name:?});
                const option = [...(list?.options ?? [])].find((option) => option.text === {entry:?});
                if (!option) return false;
                list.value = option.value;
                list.dispatchEvent(new Event('change', {{ bubbles: true }}));
                return true;
            }})()"
        );
        self.until(&format!("{name:?} offers {entry:?}"), &script).await;
    }

    /// Ticks a box or a radio button.
    pub(crate) async fn tick(&self, role: &str, name: &str) {
        let field = self.named(role, name).await;
        self.answer(field.click()).await;
    }

    /// Presses a button by its name and the key: a driven mouse loses clicks where the page moves under it.
    pub(crate) async fn push(&self, name: &str) {
        let button = self.named("button", name).await;
        self.answer(button.send_keys(&char::from(Key::Enter).to_string())).await;
    }

    /// Unfolds what a summary of this name hides.
    pub(crate) async fn unfold(&self, name: &str) {
        let script = format!(
            "(() => {{
                const summary = [...document.querySelectorAll('summary')].find((each) => each.innerText.trim() === {name:?});
                if (summary && !summary.parentElement.open) summary.focus();
                return document.activeElement === summary;
            }})()"
        );
        self.until(&format!("{name:?} can be unfolded"), &script).await;
        self.key(char::from(Key::Enter)).await;
        self.until(
            &format!("{name:?} is unfolded"),
            "document.activeElement.parentElement.open",
        )
        .await;
    }

    /// Strg and a letter, pressed as a hand does.
    pub(crate) async fn shortcut(&self, letter: char) {
        let control = char::from(Key::Control);
        let down = |value| KeyAction::Down { value };
        let up = |value| KeyAction::Up { value };
        let hand = KeyActions::new("hand".into());
        let hand = hand
            .then(down(control))
            .then(down(letter))
            .then(up(letter))
            .then(up(control));
        self.answer(self.client.perform_actions(hand)).await;
    }

    /// Strg+Enter, which finishes the form that has the focus, once it has it.
    pub(crate) async fn finish(&self) {
        let has_it = "document.activeElement?.closest('form') != null";
        self.until("a form has the focus", has_it).await;
        self.press_control(&char::from(Key::Enter).to_string()).await;
    }

    /// Waits until the page says this.
    pub(crate) async fn reads(&self, words: &str) {
        self.until(
            &format!("the page says {words:?}"),
            &format!("document.body.innerText.includes({words:?})"),
        )
        .await;
    }
}
