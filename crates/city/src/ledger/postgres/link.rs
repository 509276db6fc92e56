//! Connections, and how blocking work waits for them.
//!
//! The ledger's calls block, so they may be made from any thread, an asynchronous one's included; the connections live
//! on a small runtime of their own.

use super::address::Address;
use crate::Error;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime as Timer};
use futures::executor::block_on;
use std::{future::Future, time::Duration};
use tokio::runtime::{Builder, Handle, Runtime};

/// A call waits at most so long for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many connections, all in all; writers and readers are bounded before they ask for one.
const MOST: usize = 16;
/// Bytes travel here, and nothing is computed.
const THREADS: usize = 2;

/// The way to the database.
pub(super) struct Link {
    pool: Pool,
    runtime: Option<Runtime>,
}

impl Link {
    pub(super) fn new(address: &Address) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("city-database")
            .enable_all()
            .build()
            .map_err(Error::Threads)?;
        let recycling_method = RecyclingMethod::Fast;
        let manager = Manager::from_config(
            address.config.clone(),
            address.tls.clone(),
            ManagerConfig { recycling_method },
        );
        let pool = Pool::builder(manager)
            .max_size(MOST)
            .runtime(Timer::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .build()
            .expect("a runtime is given");
        Ok(Self {
            pool,
            runtime: Some(runtime),
        })
    }

    /// A connection inside a transaction that these statements began.
    ///
    /// A connection that broke while it lay idle, as when the database was started anew, says so at its first statement:
    /// nothing was done by then, so another one is taken.
    pub(super) fn begin(&self, statements: &str) -> Result<Object, Error> {
        let mut last = Error::Busy;
        for _ in 0..=MOST {
            let connection = self.connection()?;
            match wait(connection.batch_execute(statements)) {
                Ok(()) => return Ok(connection),
                Err(error) => {
                    let broken = connection.is_closed();
                    drop(Object::take(connection));
                    last = error.into();
                    if !broken {
                        break;
                    }
                }
            }
        }
        Err(last)
    }

    /// A connection outside of any transaction.
    pub(super) fn connection(&self) -> Result<Object, Error> {
        let _entered = self.runtime().enter();
        block_on(self.pool.get()).map_err(|error| match error {
            PoolError::Backend(error) => Error::from(error),
            _ => Error::Busy,
        })
    }

    pub(super) fn runtime(&self) -> &Handle {
        self.runtime.as_ref().expect("it is taken only when dropped").handle()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.pool.close();
        if let Some(runtime) = self.runtime.take() {
            // Nobody waits for it: a drop may come from a thread that must not block.
            runtime.shutdown_background();
        }
    }
}

/// Waits for a statement.
pub(super) fn wait<T>(statement: impl Future<Output = T>) -> T {
    block_on(statement)
}
