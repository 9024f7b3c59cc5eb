//! Where the server is: reading the URL, and deciding when to speak TLS.

use std::net::IpAddr;
use std::path::Path;

use netmile::Result;
use percent_encoding::percent_decode_str;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::{Host, Url};

use crate::failure::wrong_url as wrong;

/// What a URL starts with.
pub(crate) const SCHEMES: [&str; 2] = ["postgres:", "postgresql:"];

/// What administrators of the server read in its list of sessions.
const APPLICATION: &str = "netmile";

const DEFAULT_PORT: u16 = 5432;

/// A server, and how it is spoken to.
enum Server {
    /// The directory of a Unix socket.
    Socket(String),
    /// A host of a network.
    Host { name: String, is_here: bool },
}

/// Reads the URL. Everything that it does not say is decided here: the driver would look into the environment.
pub(super) fn parse(url: &str) -> Result<PgConnectOptions> {
    // The source of the error is left out: who knows what it quotes.
    let url = Url::parse(url).map_err(|_| {
        wrong("must look like postgres://USER:PASSWORD@HOST:PORT/DATABASE or postgres:///DATABASE?host=/DIRECTORY&user=USER")
    })?;
    if url.fragment().is_some() {
        return Err(wrong("must encode # as %23"));
    }
    let mut asked = Asked::default();
    if let Some(host) = url.host() {
        asked.server = Some(server(host)?);
    }
    asked.port = url.port();
    asked.user = decoded(url.username())?;
    asked.password = decoded(url.password().unwrap_or_default())?;
    asked.database = decoded(url.path().strip_prefix('/').unwrap_or_default())?;
    for (name, value) in url.query_pairs() {
        asked.take(&name, value.into_owned())?;
    }
    asked.into_options()
}

#[derive(Default)]
struct Asked {
    server: Option<Server>,
    port: Option<u16>,
    user: String,
    password: String,
    database: String,
    tls: Option<String>,
    authority: String,
    certificate: String,
    key: String,
}

impl Asked {
    fn take(&mut self, name: &str, value: String) -> Result<()> {
        if value.contains('\0') {
            return Err(wrong("must not contain NUL"));
        }
        match name {
            "host" => self.server = Some(named(value)?),
            "port" => {
                let port = value.parse();
                self.port = Some(port.map_err(|_| wrong("port must be a number up to 65535"))?);
            }
            "user" => self.user = value,
            "password" => self.password = value,
            "dbname" => self.database = value,
            "sslmode" => self.tls = Some(value),
            "sslrootcert" => self.authority = value,
            "sslcert" => self.certificate = value,
            "sslkey" => self.key = value,
            _ => {
                return Err(wrong(
                    "takes only the parameters host, port, user, password, dbname, sslmode, sslrootcert, sslcert and sslkey",
                ));
            }
        }
        Ok(())
    }

    fn into_options(self) -> Result<PgConnectOptions> {
        let server = self
            .server
            .ok_or_else(|| wrong("must name a host, or the directory of a socket as ?host="))?;
        if self.user.is_empty() {
            return Err(wrong("must name a user"));
        }
        if self.database.is_empty() || self.database.contains('/') {
            return Err(wrong("must name a database after the host"));
        }
        if self.certificate.is_empty() != self.key.is_empty() {
            return Err(wrong("sslcert and sslkey belong together"));
        }
        for file in [&self.authority, &self.certificate, &self.key] {
            if !file.is_empty() && !Path::new(file).is_file() {
                return Err(wrong("sslrootcert, sslcert and sslkey must name files"));
            }
        }
        let mode = tls_mode(&server, self.tls.as_deref())?;
        let mut options = PgConnectOptions::new_without_pgpass()
            .port(self.port.unwrap_or(DEFAULT_PORT))
            .username(&self.user)
            .password(&self.password)
            .database(&self.database)
            .application_name(APPLICATION)
            .ssl_mode(mode)
            .disable_statement_logging();
        options = match server {
            Server::Socket(directory) => options.host("localhost").socket(directory),
            Server::Host { name, .. } => options.host(&name),
        };
        // An empty list of authorities stands for none of our own.
        options = if self.authority.is_empty() {
            options.ssl_root_cert_from_pem(Vec::new())
        } else {
            options.ssl_root_cert(&self.authority)
        };
        if !self.certificate.is_empty() {
            options = options
                .ssl_client_cert(&self.certificate)
                .ssl_client_key(&self.key);
        }
        Ok(options)
    }
}

fn decoded(text: &str) -> Result<String> {
    let text = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| wrong("must be UTF-8 where it is percent-encoded"))?;
    if text.contains('\0') {
        return Err(wrong("must not contain NUL"));
    }
    Ok(text.into_owned())
}

fn server(host: Host<&str>) -> Result<Server> {
    match host {
        Host::Domain(name) => named(decoded(name)?),
        Host::Ipv4(ip) => Ok(address(ip.into())),
        Host::Ipv6(ip) => Ok(address(ip.into())),
    }
}

fn address(ip: IpAddr) -> Server {
    Server::Host {
        name: ip.to_string(),
        is_here: ip.is_loopback(),
    }
}

fn named(name: String) -> Result<Server> {
    if name.starts_with('/') {
        return Ok(Server::Socket(name));
    }
    if let Ok(ip) = name.parse::<IpAddr>() {
        return Ok(address(ip));
    }
    let usual = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(usual) {
        return Err(wrong(
            "must name one host, in ASCII, or the directory of a socket",
        ));
    }
    Ok(Server::Host {
        is_here: name.eq_ignore_ascii_case("localhost"),
        name,
    })
}

/// Plain connections stay on this machine. To any other only the mode is good that verifies both the certificate and
/// the name: the others let somebody in between read and change what the shop believes about its money.
fn tls_mode(server: &Server, asked: Option<&str>) -> Result<PgSslMode> {
    let is_here = match server {
        Server::Socket(_) => return Ok(PgSslMode::Disable),
        Server::Host { is_here, .. } => *is_here,
    };
    let mode = match asked {
        None if is_here => PgSslMode::Disable,
        None | Some("verify-full") => PgSslMode::VerifyFull,
        Some("disable") => PgSslMode::Disable,
        Some("allow") => PgSslMode::Allow,
        Some("prefer") => PgSslMode::Prefer,
        Some("require") => PgSslMode::Require,
        Some("verify-ca") => PgSslMode::VerifyCa,
        Some(_) => {
            return Err(wrong(
                "sslmode must be verify-full, or disable on this machine",
            ));
        }
    };
    if is_here || matches!(mode, PgSslMode::VerifyFull) {
        return Ok(mode);
    }
    Err(wrong(
        "sslmode must be verify-full for a server on another machine",
    ))
}

#[cfg(test)]
mod tests {
    use netmile::ErrorKind;

    use super::*;

    #[test]
    fn reads_the_usual_spellings() {
        for (url, host, socket, port, user, database, verified) in [
            (
                "postgres://u@db.example/d",
                "db.example",
                None,
                5432,
                "u",
                "d",
                true,
            ),
            (
                "postgresql://u:p@db.example:5433/d",
                "db.example",
                None,
                5433,
                "u",
                "d",
                true,
            ),
            (
                "postgres://u@db.example/d?sslmode=verify-full",
                "db.example",
                None,
                5432,
                "u",
                "d",
                true,
            ),
            (
                "postgres://a%40b:p%3A%2F@localhost/d%20e",
                "localhost",
                None,
                5432,
                "a@b",
                "d e",
                false,
            ),
            (
                "postgres://u@127.0.0.9/d",
                "127.0.0.9",
                None,
                5432,
                "u",
                "d",
                false,
            ),
            (
                "postgres://u@[::1]:7/d?sslmode=prefer",
                "::1",
                None,
                7,
                "u",
                "d",
                false,
            ),
            (
                "postgres://u@[2001:db8::1]/d",
                "2001:db8::1",
                None,
                5432,
                "u",
                "d",
                true,
            ),
            (
                "postgres://u@%2Frun%2Fpostgresql/d",
                "localhost",
                Some("/run/postgresql"),
                5432,
                "u",
                "d",
                false,
            ),
            (
                "postgres:///d?host=/tmp/x&user=u&port=6",
                "localhost",
                Some("/tmp/x"),
                6,
                "u",
                "d",
                false,
            ),
            (
                "postgres://other/?host=10.0.0.1&user=u&dbname=d&password=p",
                "10.0.0.1",
                None,
                5432,
                "u",
                "d",
                true,
            ),
        ] {
            let options = parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(options.get_host(), host, "{url}");
            assert_eq!(
                options.get_socket().and_then(|s| s.to_str()),
                socket,
                "{url}"
            );
            assert_eq!(options.get_port(), port, "{url}");
            assert_eq!(options.get_username(), user, "{url}");
            assert_eq!(options.get_database(), Some(database), "{url}");
            let full = matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
            assert_eq!(full, verified, "{url}");
        }
    }

    #[test]
    fn refuses_what_it_does_not_know_and_does_not_repeat_it() {
        for (url, rule) in [
            ("postgres:", "must name a host"),
            ("postgres://", "must name a host"),
            ("postgres://SECRET@/d", "must look like"),
            ("postgres://u:SECRET@host:99999/d", "must look like"),
            ("postgres://u:SECRET@host", "a database"),
            ("postgres://u:SECRET@host/", "a database"),
            ("postgres://u:SECRET@host/a/b", "a database"),
            ("postgres://:SECRET@host/d", "a user"),
            ("postgres://u:SECRET@a,b/d", "one host"),
            ("postgres://u:SECRET@a%20b/d", "one host"),
            ("postgres://u:SECRET%00@host/d", "NUL"),
            ("postgres://u:SECRET%FF@host/d", "UTF-8"),
            ("postgres://u:SECRET@host/d#x", "%23"),
            (
                "postgres://u:SECRET@host/d?options=x",
                "only the parameters",
            ),
            ("postgres://u:SECRET@host/d?SECRET=x", "only the parameters"),
            ("postgres://u:SECRET@host/d?port=SECRET", "a number"),
            ("postgres://u@localhost/d?sslmode=SECRET", "sslmode"),
            ("postgres://u@localhost/d?sslcert=SECRET", "together"),
            ("postgres://u@host/d?sslrootcert=/nowhere/SECRET", "files"),
        ] {
            let error = parse(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
            assert_eq!(error.field_name(), Some("journal_url"));
            assert!(error.detail().contains(rule), "{url}: {error}");
            let source = std::error::Error::source(&error).map(|s| format!("{s} {s:?}"));
            assert!(!format!("{error} {error:?} {source:?}").contains("SECRET"));
        }
    }

    #[test]
    fn a_server_elsewhere_is_verified_or_refused() {
        let hosts = [
            "db.example",
            "192.0.2.1",
            "[2001:db8::1]",
            "127.0.0.1.example",
            "localhost.example",
        ];
        for host in hosts {
            for mode in ["disable", "allow", "prefer", "require", "verify-ca"] {
                let url = format!("postgres://u:SECRET@{host}/d?sslmode={mode}");
                let error = parse(&url).unwrap_err();
                assert!(error.detail().contains("verify-full"), "{url}: {error}");
            }
        }
        let moved = "postgres://u@localhost/d?sslmode=disable&host=db.example";
        assert!(parse(moved).is_err(), "the last host counts");
    }
}
