//! A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket there, and by a port only where a
//! test wants TLS.
//!
//! A shell keeps watch over it: when this process ends, in whatever way, the shell reads the end of its pipe, stops the
//! cluster and removes the folder. PostgreSQL refuses to run as root; then the cluster belongs to the account `postgres`.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    ops::Deref,
    os::unix::{
        fs::{PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

const WATCH: &str = r#"
trap '' INT TERM HUP
cd "$1" && PATH="$2:$PATH"
initdb -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 && cat settings >>data/postgresql.conf &&
pg_ctl -D data -l log -w start >/dev/null 2>&1 && echo ready
cat >/dev/null
pg_ctl -D data -m immediate -w stop >/dev/null 2>&1
rm -rf "$1"
"#;

const SETTINGS: &str = "max_connections = 200\n";
/// For tests. What is not synced is lost only if the machine stops. No janitor takes part: its transactions would hold back
/// the feed at moments that no test foresees.
const LIGHT: &str = "fsync = off\nfull_page_writes = off\nautovacuum = off\nshared_buffers = 64MB\n";

/// By which a socket is named.
const PORT: u16 = 5_432;

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
    databases: AtomicU32,
    /// Its stdin is the pipe that the watching shell reads.
    _watch: Child,
}

/// A cluster for one test at a time: an open transaction holds back the feeds of a whole cluster.
pub struct Lease(Option<Cluster>);

static IDLE: Mutex<Vec<Cluster>> = Mutex::new(Vec::new());

impl Lease {
    /// Takes a cluster that no other test of this process uses, or starts one.
    ///
    /// # Panics
    /// When there is no PostgreSQL on this machine, or it does not start.
    pub fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self(Some(idle.unwrap_or_else(|| Cluster::start(LIGHT, None))))
    }

    /// A new cluster, whose transactions are counted from the beginning.
    pub fn fresh() -> Self {
        Self(Some(Cluster::start(LIGHT, None)))
    }

    /// A new cluster that keeps what it said it kept, as one outside of tests does.
    pub fn durable() -> Self {
        Self(Some(Cluster::start("", None)))
    }

    /// A new cluster that is also reached on loopback, where it speaks TLS with this certificate and key, both PEM.
    pub fn secured(certificate: &str, key: &str) -> Self {
        Self(Some(Cluster::start(LIGHT, Some((certificate, key)))))
    }
}

impl Deref for Lease {
    type Target = Cluster;

    fn deref(&self) -> &Cluster {
        self.0.as_ref().expect("it is taken only when dropped")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let cluster = self.0.take();
        // Nobody knows in what state a failed test left it.
        if !std::thread::panicking() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).extend(cluster);
        }
    }
}

impl Cluster {
    /// Starts a cluster.
    fn start(settings: &str, tls: Option<(&str, &str)>) -> Self {
        let bin = programs();
        let folder = tempfile::Builder::new()
            .prefix("pg-")
            .tempdir()
            .expect("a temporary folder can be made")
            .keep();
        let mut own = format!("{SETTINGS}{settings}unix_socket_directories = '{}'\n", folder.display());
        let port = if tls.is_some() { free_port() } else { PORT };
        own += &match tls {
            None => "listen_addresses = ''\n".to_owned(),
            Some(_) => format!(
                "listen_addresses = '127.0.0.1'\nport = {port}\nssl = on\nssl_cert_file = '{0}/cert'\nssl_key_file = '{0}/key'\n",
                folder.display()
            ),
        };
        let mut files = vec![("settings", own)];
        if let Some((certificate, key)) = tls {
            files.extend([("cert", certificate.to_owned()), ("key", key.to_owned())]);
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", WATCH, "sh"]).arg(&folder).arg(&bin);
        for (name, content) in &files {
            let path = folder.join(name);
            fs::write(&path, content).expect("a file can be written there");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        }
        if let Some((user, group)) = account() {
            let paths = files.iter().map(|(name, _)| folder.join(name)).chain([folder.clone()]);
            paths.for_each(|path| chown(path, Some(user), Some(group)).expect("root may give files away"));
            shell.uid(user).gid(group);
        }
        let mut watch = shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let mut line = String::new();
        BufReader::new(watch.stdout.take().expect("stdout is piped"))
            .read_line(&mut line)
            .expect("the shell's stdout can be read");
        let said = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert_eq!(line.trim(), "ready", "PostgreSQL starts: {}", said());
        let cluster = Self {
            folder,
            bin,
            port,
            databases: AtomicU32::new(0),
            _watch: watch,
        };
        cluster.ask("postgres", "CREATE ROLE city LOGIN");
        cluster
    }

    /// Makes an empty database that belongs to an account which may do nothing beside; its URL.
    pub fn database(&self) -> String {
        let name = format!("city{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.make(&name);
        format!(
            "postgresql:///{name}?user=city&host={}&port={}",
            self.folder.display(),
            self.port
        )
    }

    /// An empty database of the same sort; its URL by this name of the machine, of a cluster that speaks TLS.
    pub fn secured_database(&self, host: &str) -> String {
        let name = format!("city{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.make(&name);
        format!("postgresql://city@{host}:{}/{name}", self.port)
    }

    /// Copies a database at which nobody is at work; the copy's URL.
    pub fn copy_of(&self, name: &str) -> String {
        let copy = format!("city{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.ask(
            "postgres",
            &format!("CREATE DATABASE {copy} OWNER city TEMPLATE {name}"),
        );
        format!("postgresql:///{copy}?user=city&host={}", self.folder.display())
    }

    /// Makes an empty database of this name.
    pub fn make(&self, name: &str) {
        self.ask("postgres", &format!("CREATE DATABASE {name} OWNER city"));
    }

    /// What a statement answers, columns divided by `|`.
    ///
    /// # Panics
    /// When it fails.
    pub fn ask(&self, database: &str, sql: &str) -> String {
        self.run(
            "psql",
            &[
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                database,
                "-c",
                sql,
            ],
        )
    }

    /// What one of PostgreSQL's programs says.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        let output = self
            .command(program)
            .args(args)
            .output()
            .expect("PostgreSQL's programs start");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {args:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// One of PostgreSQL's programs, told where the cluster is.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command
            .env("PGHOST", &self.folder)
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "postgres")
            .stdin(Stdio::null());
        command
    }

    /// Kills every process of the cluster at once, as the end of its machine would.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&self) {
        let parent = self.process();
        let children = Command::new("pgrep")
            .args(["-P", &parent])
            .output()
            .expect("pgrep is there");
        let children = String::from_utf8_lossy(&children.stdout).into_owned();
        let all: Vec<&str> = [parent.as_str()]
            .into_iter()
            .chain(children.split_whitespace())
            .collect();
        // Some have ended by themselves when their turn comes.
        let _ = Command::new("kill").arg("-9").args(&all).stderr(Stdio::null()).status();
        // While one lives, it holds the memory that the next start wants for itself.
        while all.iter().any(|process| is_alive(process)) {
            std::thread::yield_now();
        }
        // Where nobody asks about the dead, the process that these files name seems to be there.
        for file in ["data/postmaster.pid", &format!(".s.PGSQL.{}.lock", self.port)] {
            fs::remove_file(self.folder.join(file)).expect("it ran");
        }
    }

    /// Starts it again after [`Cluster::kill`].
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&self) {
        let mut command = self.command("pg_ctl");
        command.args(["-w", "-D"]).arg(self.folder.join("data"));
        command.arg("-l").arg(self.folder.join("log")).arg("start");
        if let Some((user, group)) = account() {
            command.uid(user).gid(group);
        }
        let status = command.stdout(Stdio::null()).status().expect("pg_ctl starts");
        assert!(status.success(), "PostgreSQL starts again");
    }

    fn process(&self) -> String {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("it runs");
        file.lines().next().expect("a process id").to_owned()
    }
}

/// A port that was free a moment ago: PostgreSQL takes none by itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has free ports");
    listener.local_addr().expect("it listens").port()
}

/// Whether a process runs; one that ended and that nobody has asked about yet does not.
fn is_alive(process: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(process).join("stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// Where the newest PostgreSQL of this machine has its programs.
fn programs() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(|bin| {
            let version = bin
                .parent()
                .and_then(Path::file_name)
                .and_then(|name| name.to_str()?.parse().ok());
            version.unwrap_or(0u32)
        });
    let elsewhere = || {
        let asked = Command::new("pg_config").arg("--bindir").output().ok()?;
        Some(PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim()))
    };
    newest
        .or_else(elsewhere)
        .expect("these tests want PostgreSQL: apt-get install postgresql, or run them by `make test`")
}

/// The account that runs the cluster in place of root; none where this is not root.
fn account() -> Option<(u32, u32)> {
    let own = fs::metadata("/proc/self").expect("/proc is there");
    if std::os::unix::fs::MetadataExt::uid(&own) != 0 {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").expect("the system has accounts");
    let postgres = accounts.lines().find(|line| line.starts_with("postgres:"));
    let mut parts = postgres
        .expect("the Debian package makes the account postgres")
        .split(':')
        .skip(2);
    let mut number = || parts.next()?.parse().ok();
    Some((number()?, number()?))
}
