//! The long poll: subscribe, then compare, then wait to be woken.

use super::{
    Service, Stop,
    bell::Stroke,
    cursor::Point,
    who::{Who, epoch},
};
use crate::ledger::{Key, Reading, keys_of_person};
use domain::{At, DeviceId};
use std::time::Duration;
use tokio::time::{sleep, timeout};
use wire::{Cursor, Failure, MAX_WAIT_SECONDS, Token, WaitAnswer};

/// What a look at the ledger found for a device that waits.
struct Look {
    answer: WaitAnswer,
    keys: Vec<Key>,
    /// How far the device's cursor has come.
    reached: u64,
    device: DeviceId,
}

impl Look {
    fn has_news(&self) -> bool {
        self.answer.more || self.answer.scope_changed || self.answer.leaving
    }
}

/// Answers as soon as there is something, or when the time is over.
pub(super) async fn wait(service: &Service, token: Option<Token>, cursor: Cursor) -> Result<WaitAnswer, Failure> {
    // Subscribed before the first look, so that nothing slips between the two.
    let mut strokes = service.bell().listen();
    let mut heard = *strokes.borrow_and_update();
    let mut look = look_once(service, token.clone(), cursor.clone()).await?;
    let woken = async {
        while !look.has_news() {
            if strokes.changed().await.is_err() {
                break;
            }
            let stroke = *strokes.borrow_and_update();
            match service.bell().since(heard, &look.keys, look.reached) {
                Stroke::Nothing => {}
                Stroke::Record => look.answer.more = true,
                Stroke::Anything => look = look_once(service, token.clone(), cursor.clone()).await?,
            }
            heard = stroke;
        }
        Ok::<_, Failure>(())
    };
    match timeout(Duration::from_secs(MAX_WAIT_SECONDS), woken).await {
        Ok(woken) => woken?,
        Err(_) => return Ok(look.answer),
    }
    let mut chance = [0; 1];
    service.world().fill(&mut chance);
    sleep(service.bell().pace(look.device, chance[0])).await;
    Ok(look.answer)
}

async fn look_once(service: &Service, token: Option<Token>, cursor: Cursor) -> Result<Look, Failure> {
    let now = service.world().now();
    service
        .glance(move |reading| look(reading, token.as_ref(), &cursor, now))
        .await
}

fn look(reading: &dyn Reading, token: Option<&Token>, cursor: &Cursor, now: At) -> Result<Look, Stop> {
    let who = Who::of(reading, token, now)?;
    let point = Point::read(cursor, &epoch(reading)?)?;
    let keys = keys_of_person(&who.person.rights);
    let scope_changed = point.known() != who.person.scope_version;
    // What stands beyond the place through which the feed is whole is told when the feed has come there.
    let more = point.pass.is_some() || !reading.steps(&keys, point.seq, reading.seq()?, 1)?.is_empty();
    let leaving = who.person.leaving_since.is_some();
    Ok(Look {
        answer: WaitAnswer {
            more: more || scope_changed,
            scope_changed,
            leaving,
        },
        keys,
        reached: point.seq,
        device: who.device.id,
    })
}
