//! Every screen in every look, checked by axe-core.

use super::{driver::Stage, stage::Theme, tour::on_each};

/// Looks at every screen on such a stage, keeps a picture of it, and says what axe-core finds there.
async fn faults(name: &str, stage: &Stage<'_>) -> Vec<String> {
    on_each(name, stage, async |window, screen| {
        let seen = format!("matchMedia('{}').matches", stage.theme.query());
        window.until("the page sees the theme", &seen).await;
        if stage.size.0 < 400 {
            window
                .until("the window is as narrow as its screen", "innerWidth < 400")
                .await;
        }
        window.picture(&format!("{name}-{}", screen.name)).await;
        window.accessibility_faults().await
    })
    .await
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
async fn axe_finds_nothing_on_any_screen_when_the_window_is_as_narrow_as_it_gets() {
    let stage = Stage {
        size: (360, 640),
        ..Stage::default()
    };
    assert_eq!(faults("narrow", &stage).await, Vec::<String>::new());
}
