//! What trouble with the notebook's file says to a person. Nothing is ever deleted because of it, and each text says so.

use super::language::Language;
use store::Error;

/// The sentences for a failure of the store.
pub(super) fn say(error: &Error, language: Language) -> String {
    let (german, english) = match error {
        Error::NotCreated => (
            "In diesem Ordner liegt kein Notizbuch.",
            "There is no notebook in this folder.",
        ),
        Error::Exists => (
            "In diesem Ordner liegt schon ein Notizbuch. Es wurde nichts geändert.",
            "There is a notebook in this folder already. Nothing was changed.",
        ),
        Error::NotABackup => (
            "Diese Datei ist keine Sicherung eines Notizbuchs, oder sie ist nicht vollständig. Es wurde nichts geändert. Nehmen \
             Sie eine andere Sicherung.",
            "This file is no backup of a notebook, or it is not whole. Nothing was changed. Take another backup.",
        ),
        Error::MissingKeyFile => (
            "Neben dem Notizbuch fehlt seine Schlüsseldatei. Das Notizbuch selbst ist noch da, es wurde nichts gelöscht. \
             Holen Sie die Datei aus einer Sicherung dieses Ordners zurück.",
            "The key file beside the notebook is missing. The notebook itself is still there, nothing was deleted. \
             Bring the file back from a backup of this folder.",
        ),
        Error::DamagedKeyFile => (
            "Die Schlüsseldatei des Notizbuchs ist beschädigt. Es wurde nichts gelöscht. Holen Sie sie aus einer Sicherung \
             dieses Ordners zurück.",
            "The notebook's key file is damaged. Nothing was deleted. Bring it back from a backup of this folder.",
        ),
        Error::Locked(_) => (
            "Ein anderes Programm hält das Notizbuch gerade fest. Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.",
            "Another program holds the notebook right now. Nothing was changed. Try again in a moment.",
        ),
        Error::Newer { .. } => (
            "Dieses Notizbuch wurde von einer neueren Version geschrieben. Es wurde nichts geändert. Aktualisieren Sie das Programm.",
            "This notebook was written by a newer version. Nothing was changed. Update the program.",
        ),
        Error::Damaged(_) => (
            "Die Datei des Notizbuchs ist beschädigt. Es wurde nichts gelöscht. Legen Sie den Ordner beiseite und melden Sie das \
             Gerät in einem neuen Ordner an: alles Übertragene kommt von der Stadt zurück.",
            "The notebook's file is damaged. Nothing was deleted. Put the folder aside and enrol the device in a new folder: \
             everything that was transferred comes back from the city.",
        ),
        Error::DiskFull(_) => (
            "Der Speicherplatz ist voll. Was zuvor gespeichert wurde, ist sicher; dieser Schritt nicht. Schaffen Sie Platz und \
             wiederholen Sie ihn.",
            "The disk is full. What was saved before is safe, this step is not. Make room and repeat it.",
        ),
        Error::ReadOnly(_) => (
            "In den Ordner des Notizbuchs kann nicht geschrieben werden. Es wurde nichts geändert. Prüfen Sie die Rechte am Ordner.",
            "The notebook's folder cannot be written to. Nothing was changed. Check the folder's permissions.",
        ),
        Error::Erased(_) => (
            "Dieser Eintrag wurde endgültig gelöscht und nimmt nichts mehr an.",
            "This record was erased for good and takes nothing any more.",
        ),
        _ => {
            let begin = language.pick(
                "Das Notizbuch konnte nicht gelesen oder geschrieben werden. Es wurde nichts gelöscht. Prüfen Sie, ob noch Platz \
                 ist, und versuchen Sie es noch einmal. Grund: ",
                "The notebook could not be read or written. Nothing was deleted. Check whether there is room left, and try \
                 again. Reason: ",
            );
            return format!("{begin}{error}");
        }
    };
    language.pick(german, english).to_owned()
}
