//! Digests: equal where both hold the same, refused where one does not see the slice whole.

use crate::town::{Device, Town, accepted, code};
use domain::{DistrictId, Kind, State};
use sha2::{Digest as _, Sha256};
use wire::{Backend, ProblemCode, VerifyAnswer, VerifyQuery};

/// The digest as a device computes it, written from the protocol's page and not from the city's code.
fn own_digest(device: &Device, district: Option<DistrictId>, kind: Option<&Kind>) -> (u64, String) {
    let hash = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let mut sum = [0u32; 32];
    let mut count = 0;
    for head in device.copy.values() {
        let e = &head.envelope;
        let wanted = e.organisation == Some(device.me.organisation)
            && district.is_none_or(|d| e.districts.contains(&d))
            && kind.is_none_or(|k| e.kind == *k)
            && matches!(e.state, State::Live | State::Trashed);
        if !wanted {
            continue;
        }
        count += 1;
        let envelope = serde_json::to_string(e).expect("JSON");
        let body = head.body.as_ref().map_or("", |body| body.as_str());
        let sealed = head.sealed.as_ref().map_or("", |sealed| sealed.as_str());
        let line = format!(
            "{} {} {} {} {}",
            e.id,
            e.version,
            hash(&envelope),
            hash(body),
            hash(sealed)
        );
        for (place, byte) in sum.iter_mut().zip(Sha256::digest(line.as_bytes())) {
            *place += u32::from(byte);
        }
    }
    let mut carry = 0;
    let mut bytes = [0u8; 32];
    for place in (0..32).rev() {
        let total = sum[place] + carry;
        bytes[place] = u8::try_from(total % 256).expect("a byte");
        carry = total / 256;
    }
    (count, hex::encode(bytes))
}

fn figures(answer: VerifyAnswer) -> (u64, String) {
    (answer.count, answer.digest.0)
}

#[tokio::test]
async fn the_digest_of_every_slice_equals_what_a_device_computes() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt", "Roter Berg"]).await;
    lea.pull().await;
    let sets: [&[&str]; 4] = [&["Rieth"], &["Altstadt"], &["Rieth", "Altstadt"], &[]];
    let kinds = [Kind::Note, Kind::Board, Kind::Task];
    let drafts: Vec<_> = (0..24).map(|n| lea.draft(kinds[n % 3].clone(), sets[n % 4])).collect();
    let ids: Vec<_> = drafts.iter().map(crate::town::Draft::id).collect();
    lea.push(drafts.into_iter().map(|draft| draft.change()).collect()).await;
    lea.pull().await;
    let altstadt = lea.district("Altstadt");
    let changes = vec![
        lea.edit(ids[0]).saying("anders").change(),
        lea.edit(ids[4]).moved_to([altstadt]).change(),
        lea.edit(ids[1]).state(State::Trashed).change(),
        lea.edit(ids[2]).state(State::Deleted).change(),
        lea.edit(ids[8]).sealed("AAAA").change(),
    ];
    for outcome in lea.push(changes).await {
        accepted(&outcome);
    }
    lea.pull().await;
    let districts = [
        None,
        Some(lea.district("Rieth")),
        Some(altstadt),
        Some(lea.district("Roter Berg")),
    ];
    for district in districts {
        for kind in [None, Some(Kind::Note), Some(Kind::Board), Some(Kind::Month)] {
            let query = VerifyQuery {
                organisation: None,
                district,
                kind: kind.clone(),
                cursor: lea.cursor.clone(),
            };
            let answer = figures(lea.caller.verify(query).await.expect("a digest"));
            assert_eq!(
                answer,
                own_digest(&lea, district, kind.as_ref()),
                "{district:?} {kind:?}"
            );
        }
    }
    assert_eq!(
        city::admin::verify(&town.service).expect("verified").wrong,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_slice_moved_on_only_if_it_changed_itself() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    lea.pull().await;
    lea.push_one(lea.note("Rieth").change()).await;
    lea.pull().await;
    lea.push_one(lea.note("Altstadt").change()).await;
    let ask = |district| VerifyQuery {
        district: Some(district),
        cursor: lea.cursor.clone(),
        ..VerifyQuery::default()
    };
    assert!(lea.caller.verify(ask(lea.district("Rieth"))).await.is_ok());
    assert_eq!(
        code(lea.caller.verify(ask(lea.district("Altstadt"))).await),
        ProblemCode::MovedOn
    );
}

#[tokio::test]
async fn a_slice_that_is_not_seen_whole_is_forbidden() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    anna.pull().await;
    lea.pull().await;
    lea.push(vec![lea.note("Rieth").change(), lea.note("Altstadt").change()])
        .await;
    let all = VerifyQuery::default();
    assert_eq!(code(anna.caller.verify(all.clone()).await), ProblemCode::Forbidden);
    assert_eq!(figures(lea.caller.verify(all).await.expect("a digest")).0, 2);
    let of = |district| VerifyQuery {
        district: Some(district),
        ..VerifyQuery::default()
    };
    assert!(anna.caller.verify(of(anna.district("Rieth"))).await.is_ok());
    assert_eq!(
        code(anna.caller.verify(of(anna.district("Altstadt"))).await),
        ProblemCode::Forbidden
    );
    town.person("Sven", "Süd e.V.", domain::Role::Lead, &["Rieth"]);
    let sven = town.device("Sven").await;
    let foreign = VerifyQuery {
        organisation: Some(anna.me.organisation),
        ..VerifyQuery::default()
    };
    assert_eq!(code(sven.caller.verify(foreign).await), ProblemCode::Forbidden);
}

#[tokio::test]
async fn asking_for_a_slice_does_not_tell_whether_there_is_anything_in_it() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    anna.pull().await;
    lea.pull().await;
    lea.push_one(lea.note("Rieth").change()).await;
    let ask = |kind| VerifyQuery {
        kind,
        ..VerifyQuery::default()
    };
    for kind in [None, Some(Kind::Note), Some(Kind::Request)] {
        let before = code(anna.caller.verify(ask(kind.clone())).await);
        assert_eq!(
            before,
            ProblemCode::Forbidden,
            "nothing stands in Altstadt yet: {kind:?}"
        );
    }
    lea.push_one(lea.note("Altstadt").change()).await;
    assert_eq!(code(anna.caller.verify(ask(None)).await), ProblemCode::Forbidden);
    assert!(lea.caller.verify(ask(None)).await.is_ok());
}
