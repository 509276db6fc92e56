//! Address books of other programs, read as their exports stand on a disk. `cards/README.md` says after what they are made.

use domain::kinds::{Address, Contact, ContactType, Standing};
use intake::{
    Error, Notice,
    card::{CardDraft, CardWhy, Cards, LeftOut, SkippedCard, read},
    limits,
};
use proptest::prelude::*;

fn book(name: &str) -> Cards {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cards")
        .join(name);
    read(&std::fs::read(path).expect("a fixture")).expect("an address book")
}

fn only(cards: &Cards) -> &CardDraft {
    assert_eq!(cards.cards.len(), 1, "one card");
    &cards.cards[0]
}

fn address(street: &str, number: &str, postcode: &str, addition: &str) -> Option<Address> {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(Address {
        street: said(street),
        number: said(number),
        postcode: said(postcode),
        city: said("Erfurt"),
        addition: said(addition),
        ..Address::default()
    })
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn outlook_writes_quoted_printable_in_windows_letters() {
    let book = book("outlook.vcf");
    let card = only(&book);
    assert_eq!(
        card.contact,
        Contact {
            contact_type: ContactType::Person,
            standing: Standing::Professional,
            name: "Dr. Jürgen Müller-Lüdenscheidt".to_owned(),
            function: said("Referatsleiter Straßensozialarbeit und aufsuchende Hilfen"),
            organisation: said("Stadt Erfurt, Amt für Soziales"),
            phones: vec!["+49 (361) 555-0101".to_owned(), "0151 555 0102".to_owned()],
            emails: vec!["j.mueller@erfurt.example".to_owned()],
            address: address("Große Straße", "12 a", "99084", "Hinterhaus, Raum 12"),
            ..Contact::default()
        }
    );
    assert_eq!(
        card.left_out,
        [LeftOut::Note, LeftOut::Fax, LeftOut::Birthday, LeftOut::Photo],
        "what is not taken is named"
    );
    assert!(card.is_by_office());
}

#[test]
fn apple_groups_its_lines_and_says_what_is_a_company() {
    let book = book("apple.vcf");
    let [person, company] = &book.cards[..] else {
        panic!("two cards, the group is none")
    };
    assert_eq!(person.contact.name, "Erika Maria Kästner");
    assert_eq!(person.contact.organisation, said("Stadtteilbüro, Nord, Beratung"));
    assert_eq!(
        person.contact.emails,
        ["erika.kaestner@stadtteilbuero-nord.example", "erika@privat.example"],
        "a folded line is one"
    );
    assert_eq!(person.contact.phones, ["+49 151 5550103", "0361 555 01 04"]);
    assert_eq!(
        person.contact.address,
        address("Magdeburger Allee", "22", "99086", "Erdgeschoss"),
        "where somebody works comes first"
    );
    assert!(person.left_out.contains(&LeftOut::Address));
    assert_eq!(
        (company.contact.contact_type.clone(), company.contact.name.as_str()),
        (ContactType::Organisation, "Kita Sonnenschein")
    );
    assert_eq!(company.contact.organisation, None, "an organisation is not in itself");
    assert_eq!(
        book.skipped,
        [SkippedCard {
            place: 3,
            why: CardWhy::Group
        }]
    );
}

#[test]
fn google_puts_everybody_into_a_list_of_its_own() {
    let book = book("google.vcf");
    let [known, neighbour] = &book.cards[..] else {
        panic!("two cards")
    };
    assert_eq!(known.contact.name, "Ömer Yıldız");
    assert_eq!(known.contact.distribution_lists, ["Runder Tisch Nord"]);
    assert_eq!(known.left_out, [LeftOut::Link, LeftOut::Note]);
    assert_eq!(neighbour.contact.distribution_lists, Vec::<String>::new());
    assert_eq!(
        neighbour.contact.standing,
        Standing::Resident,
        "who has no function and no organisation stands there by no office"
    );
}

#[test]
fn nextcloud_writes_version_four() {
    let book = book("nextcloud.vcf");
    let [person, office] = &book.cards[..] else {
        panic!("two cards")
    };
    assert_eq!(person.contact.function, said("Beraterin, Sprachmittlung"));
    assert_eq!(person.contact.phones, ["+49-151-555-0109"]);
    assert_eq!(person.contact.languages, ["ar", "de"]);
    assert_eq!(
        person.contact.distribution_lists,
        ["Sprachmittler", "Runder Tisch Nord"]
    );
    assert_eq!(office.contact.contact_type, ContactType::Organisation);
    assert_eq!(office.contact.name, "Bürgerbüro Rieth");
}

#[test]
fn thunderbird_has_several_addresses_and_letters_of_the_north() {
    let book = book("thunderbird.vcf");
    let card = only(&book);
    assert_eq!(card.contact.name, "Åsa Ångström");
    assert_eq!(card.contact.emails, ["asa@example.org", "asa.angstroem@schule.example"]);
    assert_eq!(card.contact.phones, ["0361 555 01 11"]);
    assert_eq!(card.left_out, [LeftOut::Fax, LeftOut::Note]);
}

#[test]
fn the_columns_of_german_outlook_are_known() {
    let book = book("outlook.csv");
    let [card, other] = &book.cards[..] else {
        panic!("two rows")
    };
    assert_eq!(card.place, 2, "as Excel shows it");
    assert_eq!(
        card.contact,
        Contact {
            contact_type: ContactType::Person,
            standing: Standing::Professional,
            name: "Zoë Ärmel".to_owned(),
            function: said("Leiterin"),
            organisation: said("Kita Sonnenschein, Leitung"),
            phones: vec!["+49 361 5550113".to_owned(), "0151 5550114".to_owned()],
            emails: vec!["zoe@kita.example".to_owned()],
            address: address("Mainzer Straße", "7", "99089", "Hofgebäude"),
            distribution_lists: vec!["Runder Tisch Nord".to_owned(), "Presse".to_owned()],
            ..Contact::default()
        }
    );
    assert_eq!(card.left_out, [], "a birthday of 0.0.00 is none");
    let codes: Vec<bool> = other
        .left_out
        .iter()
        .map(|left| matches!(left, LeftOut::Email { .. } | LeftOut::Phone { .. } | LeftOut::Note))
        .collect();
    assert_eq!(codes, [true; 3], "what is no address and no number is said");
    let titles: Vec<&str> = book
        .notices
        .iter()
        .filter_map(|notice| match notice {
            Notice::ColumnLeftOut { title } => Some(title.as_str()),
            Notice::TimeTwice { .. } => None,
        })
        .collect();
    assert_eq!(
        titles,
        ["Konto"],
        "of ninety columns only the filled ones that nobody knows are named"
    );
}

#[test]
fn google_writes_several_values_into_one_cell() {
    let book = book("google.csv");
    let card = only(&book);
    assert_eq!(card.contact.emails, ["oemer@moschee.example", "verein@moschee.example"]);
    assert_eq!(card.contact.phones, ["+49 1515550106", "0361 555 01 07"]);
    assert_eq!(card.contact.address, address("Weg", "5", "99085", "2. Hof"));
    assert_eq!(card.contact.distribution_lists, ["Runder Tisch Nord"]);
    assert_eq!(card.left_out, [LeftOut::Photo, LeftOut::Link, LeftOut::Address]);
}

#[test]
fn the_columns_of_german_thunderbird_are_known() {
    let book = book("thunderbird.csv");
    let card = only(&book);
    assert_eq!(
        card.contact.name, "Åsa Ångström",
        "filed by the family name, and shown as one says it"
    );
    assert_eq!(card.contact.emails, ["asa@example.org", "asa.angstroem@schule.example"]);
    assert_eq!(card.contact.phones, ["0361 555 01 11", "0151 5550115"]);
    assert_eq!(card.contact.function, said("Schulsozialarbeiterin"));
    assert_eq!(card.contact.organisation, said("Grundschule 25, Förderzentrum"));
    assert_eq!(card.contact.address, address("Schulweg", "3", "99086", "Haus B"));
}

#[test]
fn a_list_that_somebody_typed_is_an_address_book() {
    let text = "Teilnehmende Runder Tisch;;;;\r\n\r\nName;Einrichtung;Telefon;E-Mail;PLZ\r\nFrau Kaiser;Kirchenkreis;0361 1;k@kirche.example;99084\r\n";
    let cards = read(text.as_bytes()).expect("an address book");
    let card = only(&cards);
    assert_eq!(card.contact.name, "Frau Kaiser");
    assert_eq!(card.contact.organisation, said("Kirchenkreis"));
}

#[test]
fn the_same_card_twice_is_taken_once() {
    let one = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nTEL:1 2 3\nEND:VCARD\n";
    let nobody = "BEGIN:VCARD\nVERSION:3.0\nFN:\nTEL:1 2 3\nEND:VCARD\n";
    let cards = read(format!("{one}{nobody}{one}").as_bytes()).expect("cards");
    assert_eq!(cards.cards.len(), 1);
    let why: Vec<(u32, CardWhy)> = cards
        .skipped
        .iter()
        .map(|skipped| (skipped.place, skipped.why))
        .collect();
    assert_eq!(why, [(2, CardWhy::NoName), (3, CardWhy::Twice)]);
}

#[test]
fn a_card_in_utf_16_is_read() {
    let text = "\u{feff}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jörg\r\nORG:Verein\r\nEND:VCARD\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(only(&read(&bytes).expect("a card")).contact.name, "Jörg");
}

#[test]
fn other_files_and_too_many_cards_are_refused_by_name() {
    for other in [
        "",
        "%PDF-1.7",
        "Datum;Stadtteil;Thema\n1.1.2026;Rieth;Armut\n",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    ] {
        assert!(
            matches!(read(other.as_bytes()), Err(Error::NotAnAddressBook)),
            "{other}"
        );
    }
    let many = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(limits::MAX_CARDS + 1);
    assert!(matches!(read(many.as_bytes()), Err(Error::TooManyCards { .. })));
    let rows = format!("Name;Telefon\n{}", "A;1\n".repeat(limits::MAX_CARDS + 1));
    assert!(matches!(read(rows.as_bytes()), Err(Error::TooManyCards { .. })));
}

#[test]
fn what_a_card_brings_may_be_kept_as_it_is() {
    let long = "x".repeat(1_000);
    let phones: String = (0..100).map(|n| format!("TEL:{n}\n")).collect();
    let text = format!(
        "BEGIN:VCARD\nVERSION:3.0\nFN:{long}\u{1}\u{0}\nORG:{long}{long}\nEMAIL:a b@c\nEMAIL:a@b.c\nEMAIL:a@b.c\n{phones}END:VCARD\n"
    );
    let cards = read(text.as_bytes()).expect("a card");
    let card = only(&cards);
    assert_eq!(card.contact.check(), [], "nothing of it is refused later");
    assert!(
        card.left_out.contains(&LeftOut::Cut),
        "and it is said that something was cut"
    );
}

fn line() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("FN"),
        Just("N"),
        Just("ORG"),
        Just("ADR;TYPE=work"),
        Just("TEL;CELL"),
        Just("EMAIL"),
        Just("KIND"),
        Just("PHOTO;ENCODING=b"),
        Just("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-16"),
        Just("CATEGORIES"),
        Just("BEGIN"),
        Just("END"),
        Just("item1.X-ABShowAs"),
        Just("LANG"),
        Just(" "),
        Just("BDAY;VALUE=date")
    ];
    (name, "[ -~äß;,\\\\=\u{1}]{0,40}").prop_map(|(name, value)| format!("{name}:{value}\r\n"))
}

proptest! {
    #[test]
    fn no_card_makes_it_panic_and_whatever_is_taken_may_be_kept(lines in prop::collection::vec(line(), 0..30)) {
        let text = format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{}END:VCARD\r\n", lines.concat());
        if let Ok(cards) = read(text.as_bytes()) {
            for card in cards.cards {
                let faults = card.contact.check();
                let own: Vec<_> = faults.iter().filter(|fault| fault.field != "consents").collect();
                prop_assert!(own.is_empty(), "{own:?}");
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let _ = read(&[b"BEGIN:VCARD\n".as_slice(), &bytes].concat());
        let _ = read(&[b"Name;Telefon\n".as_slice(), &bytes].concat());
    }
}
