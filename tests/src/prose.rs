//! Notes as people write them, made up: 200 to 800 characters of German, the same for the same seed.

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

    /// One of `choices`; the earlier ones more often, as words are in a language.
    pub fn word<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let n = choices.len();
        choices[self.below(n).min(self.below(n))]
    }
}

const WHO: &[&str] = &[
    "Eine Mutter",
    "Ein älterer Herr",
    "Drei Jugendliche",
    "Eine Nachbarin",
    "Ein Vater",
    "Zwei Großmütter",
    "Eine Pflegerin",
    "Der Hausmeister",
    "Ein Schüler",
    "Eine Alleinerziehende",
    "Die Gruppe am Spielplatz",
];
const SAYS: &[&str] = &[
    "erzählt, dass",
    "fragt, warum",
    "ärgert sich, weil",
    "wünscht sich, dass",
    "befürchtet, dass",
    "freut sich, dass",
    "meldet, dass",
    "weiß nicht, ob",
];
const WHAT: &[&str] = &[
    "der Aufzug",
    "die Straßenbeleuchtung",
    "der Spielplatz",
    "die Bank an der Haltestelle",
    "der Jugendclub",
    "die Nebenkostenabrechnung",
    "der Brief vom Jobcenter",
    "das Stadtteilzentrum",
    "der Radweg",
    "die Sprechstunde",
    "der Müllplatz",
    "die Kinderarztpraxis",
    "der Sprachkurs",
    "die Wohnungsgesellschaft",
    "das Nachbarschaftsfest",
    "der Zebrastreifen",
    "die Tagespflege",
    "der Supermarkt",
    "die Grünfläche",
    "das Bürgeramt",
    "der Schulweg",
];
const HOW: &[&str] = &[
    "seit Wochen nicht funktioniert",
    "abends zu früh schließt",
    "zu weit entfernt liegt",
    "niemand zuständig ist",
    "viel besser geworden ist",
    "zu teuer geworden ist",
    "für Rollstühle zu eng ist",
    "nachts zu dunkel ist",
    "keinen Platz mehr bietet",
    "nur online erreichbar ist",
    "wieder geöffnet hat",
    "ständig überfüllt ist",
];
const THEN: &[&str] = &[
    "Nächste Woche noch einmal nachfragen.",
    "Flyer der Schuldnerberatung mitgegeben.",
    "Will zur Stadtteilkonferenz kommen.",
    "Begleitung zum Termin angeboten.",
    "Bittet um Rückmeldung.",
    "Kennt die Beratungsstelle noch nicht.",
    "Möchte selbst mithelfen, wenn jemand anfängt.",
    "Das Gespräch war freundlich und kurz.",
];

/// A note's text.
pub fn note_text(dice: &mut Dice) -> String {
    let end = 200 + dice.below(600);
    let mut text = String::with_capacity(end + 120);
    while text.len() < end {
        let sentence = format!(
            "{} {} {} {}. {} ",
            dice.word(WHO),
            dice.word(SAYS),
            dice.word(WHAT),
            dice.word(HOW),
            dice.word(THEN)
        );
        text.push_str(&sentence);
        if dice.below(6) == 0 {
            // Names of streets and houses make the long tail that every index of real notes has.
            text.push_str(&format!(
                "Gemeint ist Hausnummer {} im Block {:03x}. ",
                dice.below(400),
                dice.below(4096)
            ));
        }
    }
    text.trim_end().to_owned()
}
