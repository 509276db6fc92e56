//! The listeners: one for devices, one on loopback for figures.

use axum::{Router, http::header, routing::get};
use axum_server::{Handle, accept::Accept, tls_rustls::RustlsAcceptor, tls_rustls::RustlsConfig};
use hyper_util::rt::TokioTimer;
use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
};
use tokio::{net::TcpSocket, sync::watch};

use super::{
    app::app,
    connections::Bounded,
    tls::{self, TlsError, TlsFiles},
    town::{City, Limits, Town},
};

/// Where and how the city is to be reached.
#[derive(Clone, Debug)]
pub struct Doorstep {
    /// Where devices call; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Certificate and key, for TLS here.
    pub tls: Option<TlsFiles>,
    /// A proxy before it does TLS, and its `X-Forwarded-For` is believed.
    pub behind_proxy: bool,
    /// Where the figures are shown; only on loopback.
    pub metrics: SocketAddr,
    /// How much it takes on.
    pub limits: Limits,
}

impl Doorstep {
    /// On loopback, on free ports, without TLS.
    pub fn loopback() -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            listen,
            tls: None,
            behind_proxy: false,
            metrics: listen,
            limits: Limits::default(),
        }
    }
}

/// Why the city cannot be reached under an address.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Anybody in the network could read along.
    #[error("{0} can be reached from outside of this machine, and nothing encrypts the way there")]
    InTheClear(SocketAddr),
    /// Figures are for this machine only.
    #[error("{0} can be reached from outside of this machine; figures are shown on loopback only")]
    MetricsOutside(SocketAddr),
    /// The address is taken or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Certificate or key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// An open door: addresses are known, nobody has been answered yet.
pub struct Door<C: City> {
    town: Arc<Town<C>>,
    closing: watch::Sender<bool>,
    listener: TcpListener,
    metrics: TcpListener,
    address: SocketAddr,
    metrics_address: SocketAddr,
    tls: Option<(RustlsConfig, TlsFiles)>,
}

impl<C: City> Door<C> {
    /// Takes the addresses.
    ///
    /// # Errors
    /// When the way there is not safe, or an address or certificate cannot be used.
    pub async fn open(city: C, step: Doorstep) -> Result<Self, OpenError> {
        if !step.listen.ip().is_loopback() && step.tls.is_none() && !step.behind_proxy {
            return Err(OpenError::InTheClear(step.listen));
        }
        if !step.metrics.ip().is_loopback() {
            return Err(OpenError::MetricsOutside(step.metrics));
        }
        let tls = match step.tls {
            Some(files) => Some((tls::read(&files).await?, files)),
            None => None,
        };
        let (listener, address) = listen(step.listen)?;
        let (metrics, metrics_address) = listen(step.metrics)?;
        let (closing, closes) = watch::channel(false);
        let town = Town::new(city, step.limits, step.behind_proxy, closes);
        Ok(Self {
            town,
            closing,
            listener,
            metrics,
            address,
            metrics_address,
            tls,
        })
    }

    /// The city's address as a device is given it.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The address of the figures.
    pub fn metrics_url(&self) -> String {
        format!("http://{}/metrics", self.metrics_address)
    }

    /// Answers until `stop` resolves. Then waiting devices are answered at once, and open calls get a moment to end.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        let Self {
            town,
            closing,
            listener,
            metrics,
            tls,
            ..
        } = self;
        let handle = Handle::new();
        let app = app(Arc::clone(&town));
        let places = Bounded::new(town.limits.connections);
        let figures = tokio::spawn(show_figures(Arc::clone(&town), metrics));
        let renewals = tls.clone().map(|(config, files)| tokio::spawn(renew(config, files)));
        let server = async {
            match tls {
                None => run(listener, places, handle.clone(), app, &town.limits).await,
                Some((config, _)) => {
                    let acceptor = RustlsAcceptor::new(config).handshake_timeout(town.limits.head_time);
                    run(listener, acceptor.acceptor(places), handle.clone(), app, &town.limits).await
                }
            }
        };
        let stopping = async {
            stop.await;
            // Whoever waits hears it from the watch; the listener takes nobody any more.
            closing.send_replace(true);
            handle.graceful_shutdown(Some(town.limits.closing_time));
            std::future::pending::<()>().await;
        };
        let ended = tokio::select! {
            ended = server => ended,
            () = stopping => Ok(()),
        };
        figures.abort();
        if let Some(renewals) = renewals {
            renewals.abort();
        }
        ended
    }
}

/// So many callers may stand before the door until they are let in. Beyond that Linux drops who knocks, and they knock
/// again a second later; the standard library's listener has room for 128.
const KNOCKING: u32 = 4_096;

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), OpenError> {
    let listen = || {
        let socket = if address.is_ipv4() {
            TcpSocket::new_v4()?
        } else {
            TcpSocket::new_v6()?
        };
        // The port may be taken again at once after a stop, as with the standard library's listener.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(KNOCKING)?.into_std()?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    listen().map_err(|source| OpenError::Listen { address, source })
}

async fn run<A>(
    listener: TcpListener,
    acceptor: A,
    handle: Handle<SocketAddr>,
    app: Router,
    limits: &Limits,
) -> io::Result<()>
where
    A: Accept<tokio::net::TcpStream, axum::middleware::AddExtension<Router, axum::extract::ConnectInfo<SocketAddr>>>
        + Clone
        + Send
        + Sync
        + 'static,
    A::Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send,
    A::Service: axum_server::service::SendService<axum::http::Request<hyper::body::Incoming>> + Send,
    A::Future: Send,
{
    let mut server = axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle);
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time);
    server
        .http_builder()
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.head_time)
        .max_concurrent_streams(64);
    server
        .serve(app.into_make_service_with_connect_info::<SocketAddr>())
        .await
}

async fn show_figures<C: City>(town: Arc<Town<C>>, listener: TcpListener) -> io::Result<()> {
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let show = move || {
        let text = town.measure.text();
        async move { ([(header::CONTENT_TYPE, content_type)], text) }
    };
    let listener = tokio::net::TcpListener::from_std(listener)?;
    axum::serve(listener, Router::new().route("/metrics", get(show))).await
}

/// SIGHUP: certificates are renewed every few weeks, and waiting devices shall not notice.
async fn renew(config: RustlsConfig, files: TlsFiles) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangups = signal(SignalKind::hangup())?;
    while hangups.recv().await.is_some() {
        tls::read_again(&config, &files).await;
    }
    Ok(())
}
