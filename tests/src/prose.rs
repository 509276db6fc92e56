//! Notes as people write them, made up: 200 to 800 characters of German, the same for the same seed.
//!
//! They repeat themselves about as much as real ones do: names, streets, numbers and some twenty thousand compounds.

use std::{fmt::Write as _, sync::LazyLock};

/// A small generator (SplitMix64, Steele et al. 2014) so that a run can be repeated on any machine.
pub struct Dice(u64);

impl Dice {
    /// Begins at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    /// One of `choices`, each as often as the others.
    pub fn any<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// One of `choices`; the earlier ones more often, as words are in a language.
    pub fn word<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let n = choices.len();
        choices[self.below(n).min(self.below(n))]
    }
}

/// A list of words, apart by blanks.
type Words = LazyLock<Vec<&'static str>>;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $text:literal;)+) => {
        $($(#[$doc])* static $name: Words = LazyLock::new(|| $text.split_whitespace().collect());)+
    };
}

words! {
    PEOPLE: "Mutter Nachbarin Rentnerin Pflegerin Alleinerziehende Lehrerin Schülerin Verkäuferin Großmutter Erzieherin
        Studentin Mieterin Vermieterin Ärztin Trainerin Anwohnerin Hausmeisterin Busfahrerin Auszubildende Witwe";
    NAMES_A: "Ber Wen Kal Mor Stein Hol Grün Ro Sche Ha Wit Bran Lin Al Fro Zan Pe Tru Mül Kö Dom Eis Fal Gra Hei Jan
        Krü Lam Neu Oel Pom Quan Rei Sal Tei Ul Vog Wag Zie Bach";
    NAMES_B: "mann ler ner dorf berg kamp sen ke ow ig ert hardt feld wald stedt ski in el ing mer bach gart lich tke
        zow ler nert mut wich thal";
    STREETS: "Linden Goethe Bahnhof Mühl Kirch Garten Schiller Berliner Moskauer Nord Süd Wiesen Birken Ulmen Hafen Brühler
        Löber Andreas Magdeburger Leipziger Weimarische Eugen-Richter- Karl-Marx- Tallinner Vilnius Budapester Prager
        Mainzer Hamburger Salzburger Erlen Fasanen Dahlien Nelken Mozart Händel Robert-Koch- Curie Roten Krumme";
    STREET_ENDS: "straße weg allee platz ring gasse ufer hof steig";
    PARTS: "Spielplatz Straßen Haus Keller Treppen Wohnungs Nachbarschafts Kinder Jugend Senioren Stadtteil Schul Sprach
        Miet Nebenkosten Bürger Garten Sport Fahrrad Bus Haltestellen Müll Sperrmüll Pflege Familien Schulden Energie
        Sozial Begegnungs Nachhilfe Ferien Musik Theater Tanz Frauen Männer Eltern Großeltern Klein Nacht Morgen Advents
        Sommer Winter Frühlings Flohmarkt Reparatur Näh Koch Lese Gesundheits Impf Zahnarzt Apotheken Supermarkt Park
        Grün Baum Hunde Brücken Baustellen Verkehrs Tempo Ampel Internet Computer Handy Behörden Ausländer
        Integrations Dolmetscher Arbeits Ausbildungs Bewerbungs Wohngeld Heiz Strom Wasser Schimmel Aufzugs Fenster
        Balkon Dach Flur Klingel Briefkasten Paket Hausmeister Beirats Kultur Geschichts Gedenk Friedens Demokratie Wahl
        Beteiligungs Umwelt Klima Hitze Trinkwasser Laden Markt Imbiss Kiosk Post Bank Polizei Feuerwehr Ordnungs
        Bibliotheks Vereins Ehrenamts Kirchen Moschee Trauer Suizid Sucht Drogen Alkohol Spritzen Gewalt Mobbing
        Streit Lärm Graffiti Vandalismus Bolzplatz Skate Kletter Schwimm Bade Rollstuhl Blinden Hörgeräte Demenz";
    DIE: "beleuchtung gruppe konferenz beratung abrechnung gesellschaft stelle stunde sprechstunde initiative werkstatt
        versammlung feier tafel bühne anlage rampe treppe bank wiese verwaltung kasse karte frage sorge planung sperrung
        sanierung förderung erhöhung kündigung begleitung börse küche stube halle sicherheit";
    DER: "platz treff weg kurs club verein brief antrag termin garten streit zaun container schaden ausfall mangel umbau
        beirat abend nachmittag flohmarkt stammtisch lotse raum wart bericht plan vertrag schlüssel zuschuss unfall";
    DAS: "zentrum amt fest projekt angebot problem büro café gebäude haus programm schild netz lager frühstück treffen
        formular konzept geld heim museum team gespräch papier turnier";
    ADJECTIVES: "alt neu kaputt dunkel laut leer überfüllt geschlossen teuer schmutzig gefährlich beliebt vergessen rutschig
        eng weit freundlich unübersichtlich kalt feucht gesperrt wackelig verschoben abgesagt ausgebucht unbekannt
        umstritten ungepflegt zugeparkt barrierefrei hilfreich langsam kompliziert undicht beschmiert abgebaut verwahrlost
        schön gelungen fertig halbfertig bewilligt abgelehnt versprochen wichtig";
    WHEN: "seit_Wochen seit_Montag seit_dem_Sommer abends nachts morgens am_Wochenende jeden_Dienstag nach_der_Schule
        vor_acht_Uhr seit_dem_Umbau in_den_Ferien bei_Regen im_Winter neuerdings immer_noch schon_wieder zweimal_im_Monat
        fast_täglich seit_zwei_Jahren kurz_vor_Weihnachten bis_mittags donnerstags ab_sechzehn_Uhr";
    SAYS: "erzählt,_dass berichtet,_dass ärgert_sich,_weil wünscht_sich,_dass befürchtet,_dass freut_sich,_dass meldet,_dass
        fragt,_ob weiß_nicht,_ob hofft,_dass beschwert_sich,_dass hat_gehört,_dass glaubt,_dass bezweifelt,_dass
        vermutet,_dass bestätigt,_dass";
    THEN: "Nachfragen Rückruf_versprochen Flyer_mitgegeben Termin_vereinbart Begleitung_angeboten Formular_ausgefüllt
        Weitervermittelt Adresse_notiert Bittet_um_Rückmeldung Will_mithelfen Kommt_zur_Stadtteilkonferenz Ablage
        Mit_dem_Hausmeister_gesprochen Beim_Jobcenter_angerufen Kennt_die_Beratungsstelle_nicht Fotos_gemacht
        Im_Team_besprechen An_die_Stadtwerke_gemeldet Übersetzung_nötig Wieder_vorbeischauen";
    DOES: "angerufen geschrieben gewartet geholfen repariert geklagt gesammelt gefeiert aufgeräumt nachgefragt protestiert
        unterschrieben gespendet gestritten gekocht gelernt übersetzt vermittelt widersprochen mitgemacht organisiert
        aufgegeben verloren gefunden gemeldet beantragt eingezahlt umgezogen verschlafen vergessen";
}

/// What everybody talks about, and what a search looks for.
const COMMON: &[&str] = &[
    "der Aufzug",
    "der Spielplatz",
    "die Straßenbeleuchtung",
    "der Brief vom Jobcenter",
    "das Stadtteilzentrum",
    "der Radweg",
    "der Müllplatz",
    "der Sprachkurs",
    "die Nebenkostenabrechnung",
    "das Bürgeramt",
    "der Schulweg",
    "der Platz für Rollstühle",
];
const WHO: &[&str] = &[
    "Eine Mutter",
    "Ein Schüler",
    "Drei Jugendliche",
    "Der Hausmeister",
    "Ein älterer Herr",
    "Zwei Großmütter",
];

/// A note's text.
pub fn note_text(dice: &mut Dice) -> String {
    let end = 200 + dice.below(520);
    let mut text = String::with_capacity(end + 160);
    while text.len() < end {
        sentence(dice, &mut text);
    }
    text.trim_end().to_owned()
}

fn sentence(dice: &mut Dice, text: &mut String) {
    let who = who(dice);
    let (thing, other) = (thing(dice), thing(dice));
    let (says, when, does) = (phrase(dice, &SAYS), phrase(dice, &WHEN), dice.any(&DOES));
    let (adjective, another) = (dice.any(&ADJECTIVES), dice.any(&ADJECTIVES));
    let written = match dice.below(20) {
        0..=3 => write!(text, "{who} {says} {thing} {when} {adjective} ist. "),
        4 | 5 => write!(
            text,
            "{who} hat wegen {} {does}, {thing} sei {adjective}. ",
            street(dice)
        ),
        6 => write!(
            text,
            "{} bei {}: {thing} {adjective}, {other} {another}. ",
            capital(&when),
            street(dice)
        ),
        7 => write!(
            text,
            "{} Leute haben {when} {does}; {thing} bleibt {adjective}. ",
            2 + dice.below(60)
        ),
        8 | 9 => write!(text, "{}, {}. ", phrase(dice, &THEN), street(dice)),
        10 => write!(text, "{who}, Tel. {:04}, {thing}: {adjective}. ", dice.below(10_000)),
        // As one types who has no time.
        11..=18 => {
            let words: Vec<String> = (0..4 + dice.below(8)).map(|_| keyword(dice)).collect();
            write!(text, "{}. ", words.join(" "))
        }
        // Houses and blocks make the long tail that every index of real notes has.
        _ => write!(
            text,
            "Gemeint ist Hausnummer {} im Block {:03x}, {}. ",
            dice.below(400),
            dice.below(4096),
            phrase(dice, &THEN)
        ),
    };
    written.expect("a String takes everything");
}

fn keyword(dice: &mut Dice) -> String {
    match dice.below(7) {
        0 => dice.any(&ADJECTIVES).to_owned(),
        1 => dice.any(&DOES).to_owned(),
        2 => format!("{}{}", dice.any(&NAMES_A), dice.any(&NAMES_B)),
        3 => format!("{}.{}.", 1 + dice.below(31), 1 + dice.below(12)),
        4 => street(dice),
        5 => format!("{}:{:02}", 7 + dice.below(14), dice.below(60)),
        _ => thing(dice),
    }
}

fn who(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.word(WHO).to_owned(),
        1 => format!("Eine {}", dice.any(&PEOPLE)),
        n => {
            let title = if n == 2 { "Frau" } else { "Herr" };
            format!("{title} {}{}", dice.any(&NAMES_A), dice.any(&NAMES_B))
        }
    }
}

/// A thing with its article: something common, or one of some twenty thousand compounds.
fn thing(dice: &mut Dice) -> String {
    let (article, ends) = match dice.below(4) {
        0 => return dice.word(COMMON).to_owned(),
        1 => ("die", &DIE),
        2 => ("der", &DER),
        _ => ("das", &DAS),
    };
    format!("{article} {}{}", dice.any(&PARTS), dice.any(ends))
}

fn street(dice: &mut Dice) -> String {
    let (name, end) = (dice.any(&STREETS), dice.any(&STREET_ENDS));
    format!("{name}{end} {}", 1 + dice.below(180))
}

fn phrase(dice: &mut Dice, phrases: &[&str]) -> String {
    dice.any(phrases).replace('_', " ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
