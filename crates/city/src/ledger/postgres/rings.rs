//! What other transactions told, in this process and others (LISTEN), handed on when the feed has come there.
//!
//! Somebody who wrote may be kept before somebody who began earlier. Whoever is woken for it would find nothing yet, and
//! would not be woken again; so news waits here for the oldest open transaction.

use super::address::Address;
use crate::ledger::{Hear, Key, Ring};
use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::{Instant, sleep, timeout},
};
use tokio_postgres::{AsyncMessage, Client, Error};

const HORIZON: &str = include_str!("stands.sql");
/// How often the horizon is looked at while nothing is told.
const IDLE: Duration = Duration::from_secs(1);
/// The same while something waits for it.
const PENDING: Duration = Duration::from_millis(10);
/// Before a connection that broke is made anew.
const PAUSE: Duration = Duration::from_millis(500);

/// How long the same transaction has held the feed back.
#[derive(Clone, Default)]
pub(super) struct Horizon(Arc<Mutex<Option<(i64, Instant)>>>);

impl Horizon {
    /// None where nothing is held back.
    pub(super) fn stands(&self) -> Option<Duration> {
        let stands = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stands.map(|(_, since)| since.elapsed())
    }

    /// Notes the oldest open transaction and the next one to begin.
    fn see(&self, oldest: i64, next: i64) {
        let mut stands = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *stands {
            _ if oldest >= next => *stands = None,
            Some((same, _)) if same == oldest => {}
            _ => *stands = Some((oldest, Instant::now())),
        }
    }
}

/// What a transaction told.
#[derive(Debug, PartialEq, Eq)]
struct News {
    transaction: i64,
    /// Its newest place in the feed.
    seq: u64,
    ring: Ring,
}

/// A connection that hears.
pub(super) struct Listening {
    client: Client,
    told: UnboundedReceiver<String>,
}

impl Listening {
    /// Begins to listen: what is kept after this is heard.
    pub(super) async fn begin(address: &Address) -> Result<Self, Error> {
        let (client, connection) = address.config.connect(address.tls.clone()).await?;
        let (tell, told) = unbounded_channel();
        tokio::spawn(drive(connection, tell));
        client.batch_execute("LISTEN city").await?;
        Ok(Self { client, told })
    }

    /// Hears until the connection breaks.
    async fn hear(&mut self, horizon: &Horizon, hear: &Hear) -> Result<(), Error> {
        let mut pending: Vec<News> = Vec::new();
        loop {
            let patience = if pending.is_empty() { IDLE } else { PENDING };
            match timeout(patience, self.told.recv()).await {
                Ok(None) => return Ok(()),
                Ok(Some(news)) => pending.extend(read(&news)),
                Err(_) => {}
            }
            while let Ok(news) = self.told.try_recv() {
                pending.extend(read(&news));
            }
            let row = self.client.query_one(HORIZON, &[]).await?;
            let (oldest, next) = (row.try_get(0)?, row.try_get(1)?);
            horizon.see(oldest, next);
            for news in pending.extract_if(.., |news| news.transaction < oldest) {
                hear(news.ring, news.seq);
            }
        }
    }
}

/// Hears for ever. After a pause in hearing anything may have been told.
pub(super) async fn follow(address: Address, mut listening: Listening, horizon: Horizon, hear: Hear) {
    loop {
        // That the connection broke is seen by whoever asks the database, and /readyz says it.
        let _ = listening.hear(&horizon, &hear).await;
        listening = loop {
            sleep(PAUSE).await;
            if let Ok(again) = Listening::begin(&address).await {
                break again;
            }
        };
        hear(Ring::All, 0);
    }
}

/// Moves bytes, and hands on what is told, until the connection ends.
async fn drive<S, T>(connection: tokio_postgres::Connection<S, T>, tell: UnboundedSender<String>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let mut connection = pin!(connection);
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        if let AsyncMessage::Notification(news) = message
            && tell.send(news.payload().to_owned()).is_err()
        {
            break;
        }
    }
}

/// What a transaction told. What does not read was told by somebody else, and may be anything.
fn read(news: &str) -> Option<News> {
    let mut lines = news.lines();
    let (transaction, seq) = lines.next()?.split_once(' ').unwrap_or_default();
    let keys: Option<std::collections::BTreeSet<Key>> = lines.map(Key::parse).collect();
    let ring = match keys {
        Some(keys) if !keys.is_empty() => Ring::Keys(keys),
        _ => Ring::All,
    };
    Some(News {
        transaction: transaction.parse().unwrap_or(0),
        seq: seq.parse().unwrap_or(0),
        ring,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_names_keys_or_means_anything() {
        let news = |transaction, seq, ring| Some(News { transaction, seq, ring });
        assert_eq!(read("7 9\ncity"), news(7, 9, Ring::Keys([Key::City].into())));
        assert_eq!(read("7 0"), news(7, 0, Ring::All));
        assert_eq!(read("x\nnonsense"), news(0, 0, Ring::All));
    }
}
