//! `city serve`.

use std::{future::Future, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

use super::{Failed, args::Serving, print::Printer};
use crate::{
    LedgerOptions, Service,
    http::{Door, Doorstep, Limits, TlsFiles, log_to_stderr},
};

/// What the ledger was asked before the signal is done in much less.
const LAST_MOMENT: Duration = Duration::from_secs(10);
/// The ledger answers a call in milliseconds and writes one at a time: hundreds of threads would only hold memory.
const LEDGER_THREADS: usize = 32;

/// Answers devices until SIGTERM or SIGINT.
pub(super) fn serve(options: &LedgerOptions, serving: &Serving) -> Result<(), Failed> {
    log_to_stderr();
    let service = Service::open(options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(LEDGER_THREADS)
        .build()
        .map_err(Failed::Network)?;
    let served = runtime.block_on(answer(service, doorstep(serving)));
    // The cipher's library is taken down when the process ends, so no thread may still be in the ledger then; a task
    // that outlives its moment by so much shall not hold the process.
    runtime.shutdown_timeout(LAST_MOMENT);
    served
}

async fn answer(service: Service, step: Doorstep) -> Result<(), Failed> {
    let door = Door::open(service.clone(), step).await?;
    // Before the line: whoever reads it may send a signal at once.
    let stop = asked_to_stop().map_err(Failed::Network)?;
    let ready = serde_json::json!({"listening": door.url(), "metrics": door.metrics_url()});
    Printer::line(&ready.to_string());
    tokio::select! {
        served = door.serve(stop) => served.map_err(Failed::Network),
        () = service.tend() => Ok(()),
    }
}

fn doorstep(serving: &Serving) -> Doorstep {
    let files = |(cert, key)| TlsFiles { cert, key };
    Doorstep {
        listen: serving.listen,
        tls: serving.tls_cert.clone().zip(serving.tls_key.clone()).map(files),
        behind_proxy: serving.behind_proxy,
        metrics: serving.metrics_listen,
        limits: Limits::default(),
    }
}

fn asked_to_stop() -> std::io::Result<impl Future<Output = ()> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
