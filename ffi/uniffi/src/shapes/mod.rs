//! Requests and answers of the operations that are called by name: plain data that crosses as JSON.
//!
//! `Debug` shows ids, codes and amounts only: the other fields may be personal. How a call to the gateway or to NetMile
//! ended is always a record with `outcome` (`done`, `rejected` or `unknown`), `value`, `rejection` and `ticket`, of
//! which the fitting one is there. An unknown outcome is no error: the money may have moved.

pub mod catalogue;
pub mod exchange;
pub mod files;
pub mod members;
pub mod mile_campaigns;
pub mod mile_tags;
pub mod miles;
pub mod payments;
pub mod registrations;
pub mod settlement;
pub mod subscriptions;

macro_rules! shapes {
    ($(
        $(#[$meta:meta])*
        $name:ident shows [$($shown:ident),*] {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $type,)*
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct(stringify!($name))
                        $(.field(stringify!($shown), &self.$shown))*
                        .finish_non_exhaustive()
                }
            }
        )+

        /// What they look like.
        pub(crate) const DESCRIPTIONS: &[crate::describe::RecordDescription] =
            &[$(crate::describe::RecordDescription {
                name: stringify!($name),
                attributes: &[$(stringify!($meta)),*],
                shown: &[$(stringify!($shown)),*],
                fields: &[$(crate::describe::FieldDescription {
                    name: stringify!($field),
                    kind: stringify!($type),
                    attributes: &[$(stringify!($field_meta)),*],
                }),*],
                #[cfg(feature = "watch")]
                printed: |json| serde_json::from_str::<$name>(json).map(|is| format!("{is:?}\n{is:#?}")),
            }),+];
    };
}
pub(crate) use shapes;

/// How a call ended, as a record of its own for each kind of value.
macro_rules! outcomes {
    ($($outcome:ident of $value:ty,)+) => {$(
        impl<T: Into<$value> + std::fmt::Debug> From<netmile::operation::Outcome<T>> for $outcome {
            fn from(outcome: netmile::operation::Outcome<T>) -> Self {
                use netmile::operation::Outcome;
                #[cfg(feature = "watch")]
                netmile_ffi_runtime::watch::value(&outcome);
                let (name, value, rejection, ticket) = match outcome {
                    Outcome::Done(value) => ("done", Some(value.into()), None, None),
                    Outcome::Rejected(why) => ("rejected", None, Some((&why).into()), None),
                    Outcome::Unknown(ticket) => ("unknown", None, None, Some((&ticket).into())),
                };
                Self { outcome: name.to_owned(), value, rejection, ticket }
            }
        }
    )+};
}
pub(crate) use outcomes;

/// Every record that crosses, of all operations.
pub(crate) fn descriptions() -> impl Iterator<Item = &'static crate::describe::RecordDescription> {
    [
        crate::records::DESCRIPTIONS,
        payments::DESCRIPTIONS,
        registrations::DESCRIPTIONS,
        subscriptions::DESCRIPTIONS,
        settlement::DESCRIPTIONS,
        members::DESCRIPTIONS,
        miles::DESCRIPTIONS,
        mile_campaigns::DESCRIPTIONS,
        mile_tags::DESCRIPTIONS,
        files::DESCRIPTIONS,
        exchange::DESCRIPTIONS,
        catalogue::DESCRIPTIONS,
    ]
    .into_iter()
    .flatten()
}
