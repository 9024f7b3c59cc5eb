//! The shop's own side: its contract, its journal, and the library's client over both.

use std::path::Path;
use std::sync::Arc;

use netmile::contract::Contract;
use netmile::reference::{Site, SiteSecret};
use netmile::wire::TdesKey;
use netmile::{Client, Error, ErrorKind, HashKey};
use netmile_journal_sql::SqlJournal;
use zeroize::Zeroizing;

use crate::arguments::KeyArguments;
use crate::config::Config;
use crate::context::Context;
use crate::keys;
use crate::methods;
use crate::output::{Exit, Failure};

/// Variable with the 3DES key.
const TDES_KEY: &str = "NETMILE_TDES_KEY";
/// Variable with its initial vector.
const TDES_IV: &str = "NETMILE_TDES_IV";
/// Variable with the password of the Basic authentication, where it is not the hash key.
const PASSWORD: &str = "NETMILE_API_PASSWORD";

/// Variable with the secret of the site that issues miles.
const SITE_SECRET: &str = "NETMILE_SITE_SECRET";

/// A client over the shop's journal.
pub(crate) struct Shop {
    pub(crate) client: Client,
    /// Whether it takes payments.
    pub(crate) pays: bool,
    /// Whether it issues miles.
    pub(crate) issues: bool,
}

impl Shop {
    /// Opens the journal that the configuration names, and talks to the gateway that it names.
    pub(crate) async fn open(
        context: &Context,
        arguments: &KeyArguments,
        config: &Config,
    ) -> Result<Self, Failure> {
        // Everything that needs no database comes first, so that wrong usage leaves it alone.
        let contract = contract(context, arguments, config)?;
        let journal = journal(context, config, false).await?;
        let client = Client::builder()
            .contract(contract)
            .journal(Arc::new(journal))
            .build()
            .map_err(|error| refused(context, &error))?;
        Ok(Self {
            client,
            pays: true,
            issues: false,
        })
    }

    /// Opens the journal with all that the configuration names: a contract, a site that issues miles, or both.
    pub(crate) async fn open_whole(
        context: &Context,
        arguments: &KeyArguments,
        config: &Config,
    ) -> Result<Self, Failure> {
        let issues = config.site.is_some();
        let pays = !issues || config.merchant_id.is_some() || config.service_id.is_some();
        let mut builder = Client::builder();
        if pays {
            builder = builder.contract(contract(context, arguments, config)?);
        }
        if issues {
            builder = builder.site(site(context, config)?);
        }
        let journal = journal(context, config, false).await?;
        let client = builder
            .journal(Arc::new(journal))
            .build()
            .map_err(|error| refused(context, &error))?;
        Ok(Self {
            client,
            pays,
            issues,
        })
    }
}

fn contract(
    context: &Context,
    arguments: &KeyArguments,
    config: &Config,
) -> Result<Contract, Failure> {
    let (Some(merchant_id), Some(service_id)) = (&config.merchant_id, &config.service_id) else {
        return Err(Failure::usage(
            "contract_missing",
            context.say(
                "merchant_id and service_id must stand in netmile.toml",
                "netmile.toml に merchant_id と service_id を設定してください",
            ),
        ));
    };
    let Some(endpoints) = config.gateway() else {
        return Err(Failure::usage(
            "endpoint_missing",
            context.say(
                "netmile.toml must say which gateway to talk to: [endpoints] environment = \"mock\", \"test\" or \"production\"",
                "netmile.toml の [endpoints] に environment（mock、test、production のいずれか）を設定してください",
            ),
        ));
    };
    let key = keys::require_hash_key(context, arguments.key_file.as_deref(), config)?;
    let contract = Contract::netmile(merchant_id, service_id, key.clone(), endpoints)
        .map_err(|error| refused(context, &error))?;
    let contract = with_secrets(context, contract, &key, config)?;
    let methods = methods::all(context.lang, &config.methods)?;
    Ok(methods.into_iter().fold(contract, Contract::with_method))
}

/// The 3DES key of the contract, if it has one.
pub(crate) fn tdes_key(context: &Context, config: &Config) -> Result<Option<TdesKey>, Failure> {
    let own = config.api.as_ref();
    let find = |variable, file: Option<&Path>| keys::find(context, None, variable, file);
    let key = find(TDES_KEY, own.and_then(|own| own.tdes_key_file.as_deref()))?;
    let iv = find(TDES_IV, own.and_then(|own| own.tdes_iv_file.as_deref()))?;
    match (key, iv) {
        (Some(key), Some(iv)) => TdesKey::new(key.value.as_bytes(), iv.value.as_bytes())
            .map(Some)
            .map_err(|error| refused(context, &error)),
        (None, None) => Ok(None),
        _ => Err(Failure::usage(
            "key_missing",
            context.say(
                "the 3DES key and its initial vector belong together: give both or neither",
                "3DES キーと初期ベクトルは、両方を指定するか、両方を省略してください",
            ),
        )),
    }
}

fn with_secrets(
    context: &Context,
    mut contract: Contract,
    hash_key: &HashKey,
    config: &Config,
) -> Result<Contract, Failure> {
    let own = config.api.as_ref();
    if let Some(key) = tdes_key(context, config)? {
        contract = contract.with_encryption(key);
    }
    let find = |variable, file: Option<&Path>| keys::find(context, None, variable, file);
    let user = own.and_then(|own| own.user.as_deref());
    let password = find(PASSWORD, own.and_then(|own| own.password_file.as_deref()))?;
    if user.is_some() || password.is_some() {
        let id = contract.id();
        let usual = format!("{}{}", id.merchant_id, id.service_id);
        let password = password.map_or_else(
            || Zeroizing::new(hash_key.expose().to_owned()),
            |found| found.value,
        );
        let password = netmile::secret::SecretText::new(password.as_str());
        contract = contract.with_basic(user.unwrap_or(&usual), password);
    }
    Ok(contract)
}

/// A client over the journal of whoever issues miles.
pub(crate) async fn for_miles(context: &Context, config: &Config) -> Result<Client, Failure> {
    let site = site(context, config)?;
    // A merchant that only issues miles has no shop whose journal could be missed.
    let journal = journal(context, config, true).await?;
    Client::builder()
        .site(site)
        .journal(Arc::new(journal))
        .build()
        .map_err(|error| refused(context, &error))
}

fn site(context: &Context, config: &Config) -> Result<Site, Failure> {
    let Some(own) = &config.site else {
        return Err(Failure::usage(
            "site_missing",
            context.say(
                "netmile.toml must name the site that issues miles: [site] with site_id and key_id",
                "netmile.toml の [site] に site_id と key_id を設定してください",
            ),
        ));
    };
    let Some(secret) = keys::find(context, None, SITE_SECRET, own.secret_file.as_deref())? else {
        return Err(Failure::usage(
            "key_missing",
            context.say(
                "no secret of the site: set NETMILE_SITE_SECRET, or secret_file in [site] of netmile.toml",
                "サイトの秘密鍵がありません。環境変数 NETMILE_SITE_SECRET、または netmile.toml の [site] の secret_file を設定してください",
            ),
        ));
    };
    let url = own.url.as_deref().or(config.mock_url.as_deref());
    let url = url.unwrap_or(crate::mock::DEFAULT_URL);
    SiteSecret::new(secret.value.as_str())
        .and_then(|secret| Site::new(own.site_id.as_str(), own.key_id.as_str(), secret, url))
        .map_err(|error| refused(context, &error))
}

async fn journal(
    context: &Context,
    config: &Config,
    may_be_new: bool,
) -> Result<SqlJournal, Failure> {
    let Some(url) = config.journal.url.as_deref() else {
        return Err(Failure::usage(
            "journal_missing",
            context.say(
                "netmile.toml must name the shop's journal: [journal] url = \"sqlite://shop.db\" or \"postgres://…\"",
                "netmile.toml の [journal] に url（sqlite://shop.db または postgres://…）を設定してください",
            ),
        ));
    };
    // The library makes a file that is missing. Here that would be an empty journal beside the shop's own.
    if let Some(rest) = url.strip_prefix("sqlite:") {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        if !may_be_new && !Path::new(path).is_file() {
            return Err(Failure::new(
                Exit::Unreachable,
                "journal_unreadable",
                context.say(
                    "the journal's file does not exist; the path in [journal] url counts from the working directory",
                    "ジャーナルのファイルがありません。[journal] の url は現在のディレクトリを基準に指定してください",
                ),
            ));
        }
    }
    SqlJournal::connect(url)
        .await
        .map_err(|error| refused(context, &error))
}

/// An error of the library: nothing was sent. Says what to change in `netmile.toml` where that helps.
pub(crate) fn refused(context: &Context, error: &Error) -> Failure {
    let exit = match error.kind() {
        ErrorKind::Journal | ErrorKind::Transport => Exit::Unreachable,
        _ => Exit::Usage,
    };
    let mut failure = Failure::library(context.lang, error);
    failure.exit = exit;
    if error.kind() == ErrorKind::NotInContract {
        failure.message.push('\n');
        failure.message.push_str(context.say(
            "What a method can do by API stands in [[methods]] of netmile.toml.",
            "API 型で使用できる機能は netmile.toml の [[methods]] に設定します。",
        ));
    }
    failure
}
