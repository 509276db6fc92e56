//! What the columns of other programs' address books are called, in German and English.

use super::place::PostalKind;
use domain::fold::fold;

/// A column that means something.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) says: Says,
    /// Of an address: whose.
    pub(super) postal: PostalKind,
    /// Of an address: the how-manieth.
    pub(super) number: u32,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Full,
    Prefix,
    Given,
    Middle,
    Family,
    Suffix,
    Organisation,
    Department,
    Function,
    Phone,
    Email,
    Lists,
    Postal(PostalPart),
    Photo,
    Birthday,
    Note,
    Fax,
    Link,
    /// Known, and of no use: what a number is called, how a name sounds.
    Nothing,
}

/// A part of an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PostalPart {
    Street,
    Addition,
    Number,
    Postcode,
    City,
    Country,
}

/// Titles by their letters, as [`letters`] leaves them: without case, accents, digits and signs.
const TITLES: &[(Says, &[&str])] = &[
    (
        Says::Full,
        &[
            "name",
            "anzeigename",
            "displayname",
            "vollstandigername",
            "fullname",
            "ansprechpartner",
            "ansprechpartnerin",
            "ansprechperson",
            "kontakt",
            "nameundvorname",
            "namevorname",
            "vorundnachname",
            "vornameundnachname",
        ],
    ),
    (
        Says::Prefix,
        &["anrede", "titel", "title", "nameprefix", "namensprafix", "akadtitel"],
    ),
    (Says::Given, &["vorname", "firstname", "givenname"]),
    (
        Says::Middle,
        &["weiterevornamen", "middlename", "additionalname", "zweitervorname"],
    ),
    (
        Says::Family,
        &[
            "nachname",
            "lastname",
            "familyname",
            "familienname",
            "zuname",
            "surname",
        ],
    ),
    (Says::Suffix, &["suffix", "namesuffix", "namenssuffix"]),
    (
        Says::Organisation,
        &[
            "firma",
            "company",
            "organisation",
            "organization",
            "organizationname",
            "organisationname",
            "einrichtung",
            "institution",
            "trager",
            "verein",
            "unternehmen",
        ],
    ),
    (
        Says::Department,
        &["abteilung", "department", "organizationdepartment", "bereich"],
    ),
    (
        Says::Function,
        &[
            "position",
            "jobtitle",
            "organizationtitle",
            "funktion",
            "function",
            "arbeitstitel",
            "rolle",
            "role",
            "aufgabe",
        ],
    ),
    (
        Says::Phone,
        &[
            "telefon",
            "telefonnummer",
            "tel",
            "phone",
            "phonevalue",
            "phonenumber",
            "telefongeschaftlich",
            "telefonprivat",
            "telgeschaftlich",
            "teldienstlich",
            "telprivat",
            "dienstlichtelefon",
            "privattelefon",
            "telefondienstlich",
            "mobiltelefon",
            "mobiltelnr",
            "mobilnummer",
            "mobil",
            "handy",
            "handynummer",
            "mobilephone",
            "mobilenumber",
            "mobile",
            "businessphone",
            "workphone",
            "homephone",
            "otherphone",
            "weiterestelefon",
            "telefonfirma",
            "companymainphone",
            "primaryphone",
            "haupttelefon",
            "festnetz",
            "autotelefon",
            "carphone",
            "assistantsphone",
            "telefonassistent",
        ],
    ),
    (
        Says::Email,
        &[
            "email",
            "mail",
            "emailadresse",
            "emailaddress",
            "emailvalue",
            "mailadresse",
            "primareemailadresse",
            "sekundareemailadresse",
            "primaryemail",
            "secondaryemail",
        ],
    ),
    (
        Says::Lists,
        &[
            "kategorien",
            "categories",
            "labels",
            "verteiler",
            "groupmembership",
            "gruppen",
            "gruppe",
        ],
    ),
    (Says::Photo, &["photo", "foto", "bild"]),
    (
        Says::Birthday,
        &["geburtstag", "birthday", "jahrestag", "anniversary", "geburtsdatum"],
    ),
    (
        Says::Note,
        &[
            "notizen",
            "notiz",
            "notes",
            "note",
            "bemerkung",
            "bemerkungen",
            "anmerkung",
            "anmerkungen",
            "kommentar",
        ],
    ),
    (
        Says::Fax,
        &[
            "faxgeschaftlich",
            "faxprivat",
            "businessfax",
            "homefax",
            "otherfax",
            "weiteresfax",
            "fax",
            "faxnumber",
            "faxnummer",
            "pager",
            "pagernumber",
            "pagernummer",
        ],
    ),
    (
        Says::Link,
        &[
            "webseite",
            "webpage",
            "website",
            "websitevalue",
            "personalwebpage",
            "screenname",
            "messengername",
            "url",
            "homepage",
            "imvalue",
        ],
    ),
    (
        Says::Nothing,
        &[
            "emaillabel",
            "emailtype",
            "phonelabel",
            "phonetype",
            "addresslabel",
            "addresstype",
            "addressformatted",
            "websitelabel",
            "websitetype",
            "emaildisplayname",
            "emailangezeigtername",
            "emailtyp",
            "emailaddresstype",
            "birthyear",
            "birthmonth",
            "initialen",
            "initials",
            "prioritat",
            "priority",
            "vertraulichkeit",
            "sensitivity",
            "privat",
            "private",
            "geschlecht",
            "gender",
            "relevanz",
        ],
    ),
    (
        Says::Postal(PostalPart::Street),
        &[
            "strasse",
            "street",
            "adresse",
            "address",
            "addressstreet",
            "anschrift",
            "strasseundhausnummer",
            "strassehausnummer",
            "strassehausnr",
            "strassenr",
        ],
    ),
    (
        Says::Postal(PostalPart::Addition),
        &["adresszusatz", "zusatz", "addressextendedaddress", "extendedaddress"],
    ),
    (
        Says::Postal(PostalPart::Number),
        &["hausnummer", "hausnr", "nr", "housenumber"],
    ),
    (
        Says::Postal(PostalPart::Postcode),
        &[
            "postleitzahl",
            "plz",
            "postalcode",
            "postcode",
            "zipcode",
            "zip",
            "addresspostalcode",
        ],
    ),
    (
        Says::Postal(PostalPart::City),
        &["ort", "stadt", "wohnort", "city", "addresscity", "town"],
    ),
    (
        Says::Postal(PostalPart::Country),
        &["land", "landregion", "country", "countryregion", "addresscountry"],
    ),
    (
        Says::Nothing,
        &[
            "region",
            "state",
            "bundesland",
            "bundeslandkanton",
            "addressregion",
            "postfach",
            "pobox",
            "addresspobox",
        ],
    ),
];

/// Words that say whose address it is, before or behind the part.
const WHOSE: &[(PostalKind, &[&str])] = &[
    (PostalKind::Work, &["geschaftlich", "dienstlich", "business", "work"]),
    (PostalKind::Home, &["privat", "home"]),
    (PostalKind::Other, &["weitere", "weiterer", "weiteres", "other"]),
];

impl Head {
    /// What a title means; nothing where it means nothing to us.
    pub(super) fn named(title: &str) -> Option<Self> {
        let (letters, inner, last) = letters(title);
        // "Address 2 - Street" is of a second address; "Business Street 2" is a second line of the same one.
        let number = inner.unwrap_or(1);
        let head = |says, postal| Self { says, postal, number };
        if let Some(says) = says(&letters) {
            return Some(head(second_line(says, last), PostalKind::Other));
        }
        WHOSE.iter().find_map(|(kind, words)| {
            let part = words
                .iter()
                .find_map(|word| letters.strip_prefix(word).or_else(|| letters.strip_suffix(word)))?;
            match says(part)? {
                says @ (Says::Postal(_) | Says::Nothing) => Some(head(second_line(says, last), *kind)),
                _ => None,
            }
        })
    }
}

fn says(letters: &str) -> Option<Says> {
    let found = TITLES.iter().find(|(_, titles)| titles.contains(&letters));
    found.map(|(says, _)| *says)
}

fn second_line(says: Says, last: Option<u32>) -> Says {
    match says {
        Says::Postal(PostalPart::Street) if last.is_some_and(|last| last > 1) => Says::Postal(PostalPart::Addition),
        says => says,
    }
}

/// A title's letters in lower case, the number inside it and the one at its end.
fn letters(title: &str) -> (String, Option<u32>, Option<u32>) {
    let folded = fold(title);
    let digits = folded
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let before = folded.trim_end().strip_suffix(digits).unwrap_or(&folded);
    let inside: String = before.chars().filter(char::is_ascii_digit).collect();
    let letters = before.chars().filter(|c| c.is_alphabetic()).collect();
    (letters, inside.parse().ok(), digits.parse().ok())
}
