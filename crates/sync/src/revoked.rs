//! Whether "you are revoked" really comes from the city.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::DeviceId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use wire::{Problem, ProblemCode, Token};

/// Whether this problem proves that the city revoked this device: HMAC-SHA256(sha256(token), "revoked" + device id).
///
/// The client has removed the proof where the connection was neither verified TLS nor loopback, so that nobody can
/// make a device destroy its key who does not hold the hash of its token.
pub(crate) fn is_proven(problem: &Problem, token: &Token, device: DeviceId) -> bool {
    let Some(proof) = problem
        .proof
        .as_deref()
        .filter(|_| problem.code == ProblemCode::Revoked)
    else {
        return false;
    };
    let Ok(proof) = BASE64_URL_SAFE_NO_PAD.decode(proof) else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&Sha256::digest(token.0.as_bytes())).expect("any length is a key");
    mac.update(b"revoked");
    mac.update(device.to_string().as_bytes());
    mac.verify_slice(&proof).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(proof: Option<&str>) -> Problem {
        Problem {
            proof: proof.map(str::to_owned),
            ..ProblemCode::Revoked.problem()
        }
    }

    #[test]
    fn only_the_right_proof_counts() {
        let token = Token("dG9rZW4".into());
        let device: DeviceId = "018f0000-0000-7000-8000-000000000001".parse().expect("an id");
        let right = {
            let mut mac = Hmac::<Sha256>::new_from_slice(&Sha256::digest(b"dG9rZW4")).expect("a key");
            mac.update(b"revoked018f0000-0000-7000-8000-000000000001");
            BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        };
        assert!(is_proven(&problem(Some(&right)), &token, device));
        assert!(!is_proven(&problem(None), &token, device), "hearsay");
        assert!(!is_proven(&problem(Some("AAAA")), &token, device), "a wrong proof");
        assert!(
            !is_proven(&problem(Some(&right)), &Token("other".into()), device),
            "another device's proof"
        );
        let other_code = Problem {
            code: ProblemCode::Forbidden,
            ..problem(Some(&right))
        };
        assert!(!is_proven(&other_code, &token, device), "only `revoked` destroys a key");
    }
}
