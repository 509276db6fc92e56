//! Files come from anywhere: no bytes make the import panic, and reading twice gives the same.

mod world;

use proptest::prelude::*;
use world::{HEADER, catalogue};

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9.:,/+\\- ]{0,12}",
        "\\PC{0,20}",
        Just("05.10.2026".to_owned()),
        Just("09:15".to_owned()),
        Just("Rieth".to_owned()),
        Just("Einsamkeit".to_owned()),
        Just("Vermittlung an ".to_owned()),
        Just("=cmd".to_owned()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = intake::read(&bytes, &catalogue());
    }

    #[test]
    fn no_cells_make_it_panic(rows in prop::collection::vec(prop::collection::vec(cell(), 0..16), 0..12)) {
        let mut text = format!("{HEADER}\r\n");
        for row in &rows {
            let line: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&(line.join(";") + "\r\n"));
        }
        let sheet = intake::read(text.as_bytes(), &catalogue()).expect("the header is there");
        prop_assert!(sheet.rows.len() <= rows.len());
        let again = intake::read(text.as_bytes(), &catalogue()).expect("it was read before");
        prop_assert_eq!(world::keys(&sheet), world::keys(&again));
    }
}
