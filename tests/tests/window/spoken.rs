//! What a screen reader is told: the tree of the real window on the accessibility bus (AT-SPI).

use super::stage::Bus;
use std::{
    collections::HashMap,
    fmt::{self, Display},
    time::{Duration, Instant},
};
use zbus::{
    Connection,
    connection::Builder,
    zvariant::{OwnedObjectPath, OwnedValue},
};

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const PATIENCE: Duration = Duration::from_secs(30);

/// The roles of at-spi2's `atspi-constants.h` that a page of ours may have; web pages name them by number only.
const ROLES: &[(u32, &str)] = &[
    (2, "alert"),
    (7, "check box"),
    (10, "column header"),
    (11, "combo box"),
    (12, "date editor"),
    (16, "dialog"),
    (20, "filler"),
    (23, "frame"),
    (27, "image"),
    (29, "label"),
    (31, "list"),
    (32, "list item"),
    (33, "menu"),
    (35, "menu item"),
    (37, "page tab"),
    (38, "page tab list"),
    (39, "panel"),
    (40, "password text"),
    (42, "progress bar"),
    (43, "push button"),
    (44, "radio button"),
    (47, "row header"),
    (49, "scroll pane"),
    (50, "separator"),
    (51, "slider"),
    (52, "spin button"),
    (54, "status bar"),
    (55, "table"),
    (56, "table cell"),
    (57, "column header"),
    (58, "row header"),
    (61, "text"),
    (62, "toggle button"),
    (73, "paragraph"),
    (75, "application"),
    (79, "entry"),
    (81, "caption"),
    (83, "heading"),
    (85, "section"),
    (87, "form"),
    (88, "link"),
    (90, "table row"),
    (91, "tree item"),
    (95, "document web"),
    (98, "list box"),
    (99, "grouping"),
    (101, "notification"),
    (105, "block quote"),
    (109, "article"),
    (110, "landmark"),
    (111, "log"),
    (115, "timer"),
    (116, "static"),
    (121, "description list"),
    (122, "description term"),
    (123, "description value"),
    (127, "mark"),
];

fn role_name(number: u32) -> String {
    let known = ROLES.iter().find(|(role, _)| *role == number);
    known.map_or_else(|| format!("role {number}"), |(_, name)| (*name).to_owned())
}

/// An object on the bus: whose it is, and where.
type Place = (String, OwnedObjectPath);

/// One thing a screen reader can stop at, and what lies in it.
#[derive(Debug)]
pub(crate) struct Spoken {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) inside: Vec<Spoken>,
}

/// Somebody who listens on the accessibility bus, as Orca does.
pub(crate) struct Reader {
    bus: Connection,
}

impl Reader {
    pub(crate) async fn on(session: &Bus) -> Self {
        let session = connected(&session.address).await;
        let told = session
            .call_method(
                Some("org.a11y.Bus"),
                "/org/a11y/bus",
                Some("org.a11y.Bus"),
                "GetAddress",
                &(),
            )
            .await
            .expect("at-spi2-core answers");
        let address: String = told.body().deserialize().expect("an address");
        Self {
            bus: connected(&address).await,
        }
    }

    /// The page in the window, once it holds something whose name begins so.
    pub(crate) async fn page(&self, name: &str) -> Spoken {
        let began = Instant::now();
        loop {
            if let Some(page) = self.try_page().await
                && page.each().any(|spoken| spoken.name.starts_with(name))
            {
                return page;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "a screen reader hears nothing called {name:?}: {}",
                self.try_page().await.map(|page| page.to_string()).unwrap_or_default()
            );
        }
    }

    async fn try_page(&self) -> Option<Spoken> {
        let root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root");
        let root = (root.0.to_owned(), OwnedObjectPath::try_from(root.1).ok()?);
        for program in self.children(&root, &HashMap::new()).await? {
            let whole = Box::pin(self.spoken(&program)).await;
            let page = whole.and_then(|whole| whole.find("document web"));
            if page.is_some() {
                return page;
            }
        }
        None
    }

    /// `None` where a thing went away while it was read.
    async fn spoken(&self, place: &Place) -> Option<Spoken> {
        let told: HashMap<String, OwnedValue> = self
            .ask(place, "org.freedesktop.DBus.Properties", "GetAll", &ACCESSIBLE)
            .await?;
        let text = |name: &str| {
            told.get(name)
                .and_then(|value| <&str>::try_from(value).ok())
                .unwrap_or_default()
                .to_owned()
        };
        let role: u32 = self.ask(place, ACCESSIBLE, "GetRole", &()).await?;
        let mut inside = Vec::new();
        for child in self.children(place, &told).await? {
            inside.extend(Box::pin(self.spoken(&child)).await);
        }
        Some(Spoken {
            role: role_name(role),
            name: text("Name"),
            language: text("Locale"),
            inside,
        })
    }

    async fn children(&self, place: &Place, told: &HashMap<String, OwnedValue>) -> Option<Vec<Place>> {
        let children: Vec<Place> = self.ask(place, ACCESSIBLE, "GetChildren", &()).await?;
        let count = told.get("ChildCount").and_then(|value| i32::try_from(value).ok());
        // GTK's frame around a page of another process counts that page but does not list it.
        if children.is_empty() && count == Some(1) {
            return Some(vec![self.ask(place, ACCESSIBLE, "GetChildAtIndex", &0_i32).await?]);
        }
        Some(children)
    }

    async fn ask<A, T>(&self, (whose, place): &Place, interface: &str, method: &str, with: &A) -> Option<T>
    where
        A: serde::Serialize + zbus::zvariant::DynamicType,
        T: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        let told = self
            .bus
            .call_method(Some(whose.as_str()), place, Some(interface), method, with)
            .await
            .ok()?;
        told.body().deserialize().ok()
    }
}

async fn connected(address: &str) -> Connection {
    let built = Builder::address(address).expect("an address of a bus");
    built.build().await.expect("the test's own bus takes a connection")
}

impl Spoken {
    /// This and everything in it, in the order in which it is read.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Spoken> {
        let mut all = vec![self];
        let mut at = 0;
        while at < all.len() {
            let here: Vec<&Spoken> = all[at].inside.iter().collect();
            at += 1;
            all.splice(at..at, here);
        }
        all.into_iter()
    }

    fn find(self, role: &str) -> Option<Spoken> {
        if self.role == role {
            return Some(self);
        }
        self.inside.into_iter().find_map(|inside| inside.find(role))
    }

    fn write(&self, depth: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            role,
            name,
            language,
            inside,
        } = self;
        writeln!(out, "{:depth$}{role} {name:?} {language}", "")?;
        inside.iter().try_for_each(|inside| inside.write(depth + 2, out))
    }
}

impl Display for Spoken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(0, out)
    }
}
