//! Every screen in every look, checked by axe-core.

use super::{
    driver::Stage,
    screens::{SCREENS, go, opened},
    stage::Theme,
    world::World,
};

/// Looks at every screen with a desktop's theme, and says what axe-core finds there.
async fn faults(name: &str, stage: &Stage<'_>) -> Vec<String> {
    let world = World::offline();
    for day in 1..28 {
        world.log(&format!("2026-10-{day:02}T09:00:00+02:00"), "Der Aufzug steht.");
    }
    let window = opened(name, &world, stage).await;
    let seen = format!("matchMedia('{}').matches", stage.theme.query());
    window.until("the page sees the theme", &seen).await;
    let mut faults = Vec::new();
    for screen in SCREENS {
        go(&window, screen).await;
        window.picture(&format!("{name}-{}", screen.name)).await;
        for fault in window.accessibility_faults().await {
            faults.push(format!("{}: {fault}", screen.name));
        }
    }
    faults
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_light() {
    assert_eq!(faults("light", &Stage::default()).await, Vec::<String>::new());
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_dark() {
    let stage = Stage {
        theme: Theme::Dark,
        ..Stage::default()
    };
    assert_eq!(faults("dark", &stage).await, Vec::<String>::new());
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_strong_contrast() {
    let stage = Stage {
        theme: Theme::Contrast,
        ..Stage::default()
    };
    assert_eq!(faults("contrast", &stage).await, Vec::<String>::new());
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_when_the_window_is_as_narrow_as_a_telephone() {
    let stage = Stage {
        size: (360, 640),
        ..Stage::default()
    };
    assert_eq!(faults("narrow", &stage).await, Vec::<String>::new());
}
