//! Parts of a page by role and name, as a person says them and a screen reader gets them: never by class or place.

use super::driver::{PATIENCE, Window};
use fantoccini::{elements::Element, key::Key};
use serde_json::json;
use std::time::Instant;

/// Everything on the page that may have this role and whose words hold this name; the engine itself decides then.
const CANDIDATES: &str = r#"
const [role, name] = arguments;
const tags = {
  button: 'button, summary, input[type=submit]', link: 'a[href]', heading: 'h1, h2, h3, h4', list: 'ul, ol, dl',
  textbox: 'input, textarea', searchbox: 'input[type=search]', combobox: 'input, select', checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]', group: 'fieldset', navigation: 'nav', main: 'main', region: 'section', dialog: 'dialog',
  article: 'article', table: 'table', form: 'form', tab: 'button',
};
const plain = (text) => (text || '').replace(/\s+/g, ' ').trim();
const by = (each, what) => plain((each.getAttribute(what) || '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
const words = (each) => [each.getAttribute('aria-label'), by(each, 'aria-labelledby'), each.title, each.placeholder,
  each.querySelector?.('legend')?.textContent, each.textContent, ...[...(each.labels || [])].map((label) => label.textContent)].map(plain);
const query = [tags[role], `[role=${role}]`].filter(Boolean).join(', ');
return [...document.querySelectorAll(query)].filter((each) => each.checkVisibility() && words(each).some((said) => said.includes(name)));
"#;

/// How WebDriver marks an element among other values.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Window {
    /// The one thing on the page with this role and this very name, once it is there.
    pub(crate) async fn named(&self, role: &str, name: &str) -> Element {
        let began = Instant::now();
        loop {
            if let Some(found) = self.all_named(role, name).await.into_iter().next() {
                return found;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("there is no {role} called {name:?}")).await;
            }
        }
    }

    async fn all_named(&self, role: &str, name: &str) -> Vec<Element> {
        let asked = vec![json!(role), json!(name)];
        let found = self.answer(self.client.execute(CANDIDATES, asked)).await;
        let mut named = Vec::new();
        for candidate in found.as_array().into_iter().flatten() {
            let id = candidate[ELEMENT].as_str().expect("the page answers with elements");
            let element = Element::from_element_id(self.client.clone(), id.to_owned().into());
            if self.said_of(&element).await == (role.to_owned(), name.to_owned()) {
                named.push(element);
            }
        }
        named
    }

    /// Waits until what has the focus has this role and name.
    pub(crate) async fn has_focus(&self, role: &str, name: &str) {
        let began = Instant::now();
        while self.focused().await != (role.to_owned(), name.to_owned()) {
            if began.elapsed() > PATIENCE {
                let focused = self.focused().await;
                self.give_up(&format!("{focused:?} has the focus, not the {role} {name:?}"))
                    .await;
            }
        }
    }

    /// Waits until what has the focus has this role, and these words in its name.
    pub(crate) async fn has_focus_on(&self, role: &str, words: &str) {
        let began = Instant::now();
        loop {
            let (at, name) = self.focused().await;
            if at == role && name.contains(words) {
                return;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("the {at} {name:?} has the focus, not a {role} with {words:?}"))
                    .await;
            }
        }
    }

    /// Goes on by Tab until something with this name has the focus.
    pub(crate) async fn tab_to(&self, name: &str) {
        for _ in 0..200 {
            self.key(char::from(Key::Tab)).await;
            if self.focused().await.1 == name {
                return;
            }
        }
        self.give_up(&format!("Tab does not reach {name:?}")).await;
    }

    /// Presses a button by its name, with the mouse.
    pub(crate) async fn press(&self, name: &str) {
        let button = self.named("button", name).await;
        self.answer(button.click()).await;
    }

    async fn focused(&self) -> (String, String) {
        let focused = self.answer(self.client.active_element()).await;
        self.said_of(&focused).await
    }
}
