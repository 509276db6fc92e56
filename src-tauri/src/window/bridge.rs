//! What crosses between window and program, written to `ui/src/api/bindings.ts`.

use super::{
    aside, backup, book, commands, contacts, device, files, find, first, locking, news, report, requests, size,
    strength, talks, trash, versions,
};
use tauri_specta::{Builder, collect_commands, collect_events};

/// Every command and every piece of news the window knows.
pub(super) fn bridge() -> Builder<tauri::Wry> {
    Builder::new()
        // Every shape travels one way only, so each needs one form.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::standing,
            commands::choose_language,
            commands::set_up,
            commands::unlock,
            commands::choices,
            talks::commands::talk_list,
            talks::commands::talk_rows,
            talks::commands::find_talks,
            talks::commands::talk,
            talks::commands::talk_drafts,
            talks::commands::open_talk,
            talks::commands::keep_talk,
            talks::commands::finish_talk,
            talks::commands::put_talk_aside,
            talks::commands::drop_talk,
            talks::commands::trash_talk,
            talks::commands::follow_up_done,
            commands::undo,
            commands::transfer,
            commands::transfer_now,
            report::commands::report_span,
            report::commands::report_month,
            report::commands::export_report,
            report::commands::stop_export,
            report::commands::show_export,
            find::find,
            strength::judge,
            size::resize,
            locking::locking,
            locking::lock,
            locking::lock_after,
            locking::has_keychain,
            locking::remember,
            locking::change_passphrase,
            device::device,
            device::rounds,
            device::compare,
            device::third_party,
            device::licence,
            aside::leftover,
            aside::drop_aside,
            aside::drop_told,
            requests::commands::requests,
            requests::commands::request,
            requests::commands::open_request,
            requests::commands::keep_request,
            requests::commands::save_request,
            requests::commands::request_drafts,
            requests::commands::open_act,
            requests::commands::keep_act,
            requests::commands::act,
            contacts::commands::contacts,
            contacts::commands::contact,
            contacts::commands::open_contact,
            contacts::commands::keep_contact,
            contacts::commands::save_contact,
            contacts::commands::contact_drafts,
            contacts::commands::put_away,
            contacts::commands::withdraw_consent,
            book::commands::pick_book,
            book::commands::look_at_book,
            book::commands::take_book,
            book::commands::drop_book,
            book::commands::consent_purposes,
            book::commands::export_book,
            versions::versions,
            versions::settle,
            versions::all_in_two,
            trash::trash,
            trash::restore,
            files::commands::pick_files,
            files::commands::take_file,
            files::commands::files,
            files::commands::picture,
            files::commands::save_file,
            files::commands::add_files,
            files::commands::remove_file,
            files::commands::describe_file,
            backup::back_up,
            backup::pick_backup,
            backup::restore_backup,
        ])
        .events(collect_events![
            news::Changed,
            news::Moved,
            news::Stood,
            news::LockAsked,
            report::shapes::Exporting,
        ])
        .typ::<first::First>()
        .constant("ROWS", first::ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;
    use std::{collections::BTreeSet, fs, path::Path};

    const BINDINGS: &str = "../ui/src/api/bindings.ts";

    /// The file as this program would write it.
    fn fresh() -> String {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("bindings.ts");
        let language = Typescript::default().header("// Written by `make types`; do not edit.\n");
        bridge()
            .export(language, &file)
            .expect("every type has a TypeScript form");
        fs::read_to_string(file).expect("just written")
    }

    /// `make types` sets `QUARTIERBUCH_TYPES=write`, which brings the file up to date instead of comparing it.
    #[test]
    fn the_bindings_are_those_of_this_program() {
        let fresh = fresh();
        if std::env::var_os("QUARTIERBUCH_TYPES").is_some() {
            fs::create_dir_all(Path::new(BINDINGS).parent().expect("a folder")).expect("the clone can be written to");
            fs::write(BINDINGS, &fresh).expect("the clone can be written to");
        }
        let kept = fs::read_to_string(BINDINGS).unwrap_or_default();
        assert!(kept == fresh, "{BINDINGS} is stale: run `make types`");
    }

    #[test]
    fn the_window_is_allowed_exactly_our_commands() {
        let listed = include_str!("commands.list").lines().filter(|line| !line.is_empty());
        let allowed: BTreeSet<String> = listed
            .map(|name| format!("allow-{}", name.replace('_', "-")))
            .chain([
                "core:event:allow-listen".to_owned(),
                "core:event:allow-unlisten".to_owned(),
            ])
            .collect();
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../../capabilities/window.json")).expect("a JSON file");
        let granted: BTreeSet<String> =
            serde_json::from_value(capability["permissions"].clone()).expect("a list of names");
        assert_eq!(
            granted, allowed,
            "capabilities/window.json lists what commands.list names"
        );
        let bindings = fresh();
        for name in include_str!("commands.list").lines() {
            assert!(
                bindings.contains(&format!("\"{name}\"")),
                "{name} is a command of the bridge"
            );
        }
    }
}
