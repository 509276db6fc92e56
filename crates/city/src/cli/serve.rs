//! `city serve`.

use std::{env, future::Future, os::unix::process::CommandExt, process::Command, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

use super::{Failed, args::Serving, print::Printer};
use crate::{
    LedgerOptions, Service,
    http::{Door, Doorstep, Limits, TlsFiles, log_to_stderr},
};

/// What the ledger was asked before the signal is done in much less.
const LAST_MOMENT: Duration = Duration::from_secs(10);
/// The ledger answers a call in milliseconds and writes one at a time: hundreds of threads would only hold memory.
const LEDGER_THREADS: usize = 16;
/// glibc gives every thread a heap of its own, up to eight a processor, and each keeps the most that it ever held. Two
/// are as fast for what the city does, and hold 40 MB less when 500 devices come at once.
const HEAPS: (&str, &str) = ("MALLOC_ARENA_MAX", "2");

/// Answers devices until SIGTERM or SIGINT.
pub(super) fn serve(options: &LedgerOptions, serving: &Serving) -> Result<(), Failed> {
    begin_with_few_heaps();
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

/// Begins this program anew, as the same process, with the setting that glibc reads before its first line. Whoever runs it
/// may say otherwise; where it cannot be begun anew, it goes on as it is.
fn begin_with_few_heaps() {
    let (name, heaps) = HEAPS;
    if env::var_os(name).is_some() {
        return;
    }
    if let Ok(program) = env::current_exe() {
        // It returns only where it failed.
        let _ = Command::new(program)
            .args(env::args_os().skip(1))
            .env(name, heaps)
            .exec();
    }
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
