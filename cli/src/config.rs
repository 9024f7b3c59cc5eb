//! `netmile.toml`: contract, endpoints, where the keys are. Never the keys themselves.

use std::path::{Path, PathBuf};

use netmile::Lang;
use netmile::settlement::SettlementTerms;
use serde::Deserialize;

use crate::methods::MethodEntry;
use crate::output::{Exit, Failure};

/// Name of the file that is read if none is named.
pub(crate) const FILE: &str = "netmile.toml";

/// Largest configuration, in bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// The configuration. Paths are relative to the directory of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// 5 digits.
    pub(crate) merchant_id: Option<String>,
    /// 3 digits.
    pub(crate) service_id: Option<String>,
    /// File with the hash key.
    pub(crate) hash_key_file: Option<PathBuf>,
    /// Address of the mock gateway, such as `http://127.0.0.1:8080`.
    pub(crate) mock_url: Option<String>,
    /// Where the shop takes notices.
    pub(crate) notify_url: Option<String>,
    #[serde(default)]
    pub(crate) endpoints: Endpoints,
    /// Present if the contract has the API type.
    pub(crate) api: Option<Api>,
    #[serde(default)]
    pub(crate) journal: Journal,
    /// What the contract's methods are called in the API type.
    #[serde(default)]
    pub(crate) methods: Vec<MethodEntry>,
    /// What was agreed about commission and payout.
    #[serde(default)]
    pub(crate) settlement: SettlementTerms,
    /// Present if miles are issued.
    pub(crate) site: Option<Site>,
}

impl Config {
    /// The gateway's addresses: those of the environment, changed by what is given by itself. None if neither an
    /// environment nor a mock nor the address of the API type is named.
    pub(crate) fn gateway(&self) -> Option<netmile::contract::Endpoints> {
        use netmile::contract::Endpoints as Addresses;
        let own = &self.endpoints;
        let mock = self.mock_url.as_deref();
        let environment = own
            .environment
            .or(mock.is_some().then_some(Environment::Mock));
        let mut addresses = match environment {
            Some(Environment::Mock) => Addresses::mock(mock.unwrap_or(crate::mock::DEFAULT_URL)),
            Some(Environment::Test) => Addresses::test(),
            Some(Environment::Production) => Addresses::production(),
            // The other addresses are the link type's, to which no verb sends anything.
            None if own.api.is_some() => Addresses::production(),
            None => return None,
        };
        let changed = [
            (&mut addresses.purchase, &own.purchase),
            (&mut addresses.registration, &own.registration),
            (&mut addresses.api, &own.api),
        ];
        for (address, own) in changed {
            if let Some(own) = own {
                address.clone_from(own);
            }
        }
        for (address, own) in [
            (&mut addresses.registration_delete, &own.registration_delete),
            (&mut addresses.recurring, &own.recurring),
        ] {
            if own.is_some() {
                address.clone_from(own);
            }
        }
        Some(addresses)
    }
}

/// Where the gateway is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endpoints {
    /// The preset that the others change.
    pub(crate) environment: Option<Environment>,
    pub(crate) purchase: Option<String>,
    pub(crate) registration: Option<String>,
    pub(crate) registration_delete: Option<String>,
    pub(crate) recurring: Option<String>,
    pub(crate) api: Option<String>,
}

/// A preset of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Environment {
    /// The mock at `mock_url`.
    Mock,
    /// SBPS's test environment.
    Test,
    /// SBPS's production environment.
    Production,
}

/// Secrets of the API type besides the hash key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Api {
    /// User of the Basic authentication; by default merchant_id followed by service_id.
    pub(crate) user: Option<String>,
    /// File with its password; by default the hash key is the password.
    pub(crate) password_file: Option<PathBuf>,
    /// File with the 3DES key, 24 characters.
    pub(crate) tdes_key_file: Option<PathBuf>,
    /// File with the 3DES initial vector, 8 characters.
    pub(crate) tdes_iv_file: Option<PathBuf>,
}

/// The site (加盟サイト) that issues miles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Site {
    /// 加盟サイト ID.
    pub(crate) site_id: String,
    /// Names the secret.
    pub(crate) key_id: String,
    /// File with the secret, at least 32 characters.
    pub(crate) secret_file: Option<PathBuf>,
    /// Address of NetMile's service; by default the mock's.
    pub(crate) url: Option<String>,
}

/// Where the shop's journal is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Journal {
    /// URL of the database. It may hold a password: never printed.
    pub(crate) url: Option<String>,
}

/// Members that somebody might add although they are secrets.
const SECRETS: [&str; 8] = [
    "hash_key", "hashkey", "key", "password", "secret", "tdes_key", "tdes_iv", "des_key",
];

/// Reads the named file, or [`FILE`] if it exists.
pub(crate) fn load(lang: Lang, named: Option<&Path>) -> Result<Config, Failure> {
    let path = named.unwrap_or(Path::new(FILE));
    let text = match read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
            return Ok(Config::default());
        }
        Err(error) => {
            return Err(Failure::new(
                Exit::Unreachable,
                "config_unreadable",
                format!(
                    "{}: {} ({error})",
                    path.display(),
                    lang.pick(
                        "the configuration cannot be read",
                        "設定ファイルを読み込めません"
                    )
                ),
            ));
        }
    };
    let mut config = parse(lang, &path.display().to_string(), &text)?;
    let directory = path.parent().unwrap_or(Path::new(""));
    let mut files = vec![&mut config.hash_key_file];
    if let Some(api) = &mut config.api {
        files.extend([
            &mut api.password_file,
            &mut api.tdes_key_file,
            &mut api.tdes_iv_file,
        ]);
    }
    if let Some(site) = &mut config.site {
        files.push(&mut site.secret_file);
    }
    for file in files.into_iter().flatten() {
        *file = directory.join(&file);
    }
    Ok(config)
}

fn read(path: &Path) -> std::io::Result<String> {
    if std::fs::metadata(path)?.len() > MOST_BYTES {
        return Err(std::io::Error::other("larger than 64 KiB"));
    }
    std::fs::read_to_string(path)
}

/// Errors name the place only: the parser's own text quotes the line, and a secret may stand in it.
fn parse(lang: Lang, name: &str, text: &str) -> Result<Config, Failure> {
    if let Ok(table) = text.parse::<toml::Table>()
        && let Some(secret) = secret_of(&table)
    {
        return Err(Failure::usage(
            "secret_in_config",
            match lang {
                Lang::En => format!(
                    "{name}: {secret} does not belong into the configuration. Put it into a file of its own that only you can read, and name that file (such as hash_key_file)."
                ),
                Lang::Ja => format!(
                    "{name}: {secret} は設定ファイルに書かないでください。本人だけが読めるファイルに保存し、そのファイル名を指定してください（hash_key_file など）。"
                ),
            },
        ));
    }
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            1 + text
                .bytes()
                .take(span.start)
                .filter(|b| *b == b'\n')
                .count()
        });
        Failure::usage(
            "config_invalid",
            match lang {
                Lang::En => format!("{name}, line {line}: {}", reason(&error)),
                Lang::Ja => format!("{name} の {line} 行目に誤りがあります: {}", reason(&error)),
            },
        )
    })
}

/// The parser's reason without what it quotes of the file.
fn reason(error: &toml::de::Error) -> String {
    let text = error.message();
    let first = text.lines().next().unwrap_or_default();
    match first.split_once(':') {
        Some((kind, _)) if kind.starts_with("invalid type") => kind.to_owned(),
        _ => first.to_owned(),
    }
}

fn secret_of(table: &toml::Table) -> Option<&str> {
    table.iter().find_map(|(name, value)| match value {
        toml::Value::Table(inner) => secret_of(inner),
        toml::Value::Array(items) => items
            .iter()
            .filter_map(toml::Value::as_table)
            .find_map(secret_of),
        _ => SECRETS
            .contains(&name.to_ascii_lowercase().as_str())
            .then_some(name.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_of_the_docs_is_read() {
        for file in ["cli.md", "cli.ja.md"] {
            let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
            let page = std::fs::read_to_string(path).unwrap();
            let block = page.split("```toml\n").nth(1).unwrap();
            let text = block.split("```").next().unwrap();
            let config = parse(Lang::En, file, text).unwrap();
            assert_eq!(config.endpoints.environment, Some(Environment::Test));
            assert_eq!(config.journal.url.as_deref(), Some("sqlite:shop.db"));
            assert!(config.api.unwrap().tdes_iv_file.is_some());
            assert_eq!(config.site.unwrap().site_id, "8763");
            let methods = crate::methods::all(Lang::En, &config.methods).unwrap();
            assert!(methods.iter().any(|m| m.tag() == "netmile"));
        }
    }

    #[test]
    fn a_secret_is_refused_and_not_repeated() {
        for text in [
            "hash_key = \"SECRET\"",
            "[api]\npassword = \"SECRET\"",
            "[api]\nTDES_KEY = \"SECRET\"",
            "[[methods]]\ntag = \"netmile\"\nkey = \"SECRET\"",
            "merchant_id = SECRET",
            "merchant_id = \"SECRET",
            "merchant_id = 5\nservice_id = [\"SECRET\"]",
            "[endpoints]\nenvironment = 3 # SECRET",
        ] {
            for lang in [Lang::En, Lang::Ja] {
                let failure = parse(lang, "netmile.toml", text).unwrap_err();
                assert_eq!(failure.exit, Exit::Usage);
                assert!(!failure.message.contains("SECRET"), "{}", failure.message);
            }
        }
    }

    #[test]
    fn an_error_names_its_line() {
        let failure = parse(Lang::En, "netmile.toml", "\n\nmerchant = \"99999\"\n").unwrap_err();
        assert!(failure.message.contains("line 3"), "{}", failure.message);
        assert!(
            failure.message.contains("unknown field"),
            "{}",
            failure.message
        );
    }
}
