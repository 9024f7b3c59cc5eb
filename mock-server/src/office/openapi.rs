//! The OpenAPI document of the reference API, made from the same table as its router.

use std::collections::BTreeSet;

use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::{
    calls::{CALLS, Op, Spec},
    request, user, views,
};

/// Schemas by name, with those that they refer to; and the names of those that took no other fields by themselves.
#[derive(Default)]
struct Schemas(Map<String, Value>, BTreeSet<String>);

/// The name of the schema that is referred to.
fn referred(schema: &Value) -> Option<String> {
    let to = schema.get("$ref")?.as_str()?;
    to.strip_prefix("#/components/schemas/").map(str::to_owned)
}

impl Schemas {
    /// A reference to a type.
    fn of<T: ToSchema + PartialSchema>(&mut self) -> Value {
        let mut all = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut all);
        for (name, schema) in all {
            let value = serde_json::to_value(schema).unwrap_or_default();
            self.0.insert(name, value);
        }
        json!({"$ref": format!("#/components/schemas/{}", T::name())})
    }

    /// Makes types that hold another one's fields say what is meant.
    ///
    /// As they are written down by themselves, a flattened type that takes no other fields would refuse those beside it, and
    /// one that may be absent would have to be null, which an object never is.
    fn join_flattened(&mut self) {
        let names: Vec<String> = self.0.keys().cloned().collect();
        for name in names {
            let Some(Value::Array(mut parts)) = self.part(&name, "allOf").cloned() else {
                continue;
            };
            let mut is_closed = false;
            for part in &mut parts {
                if let Some(inner) = referred(part) {
                    is_closed |= self.open(&inner);
                } else if let Some(Value::Array(either)) = part.get_mut("oneOf") {
                    let inner = either.iter().find_map(referred).unwrap_or_default();
                    let fields = self.part(&inner, "required").cloned();
                    let fields = fields.as_ref().and_then(Value::as_array);
                    let absent: Vec<Value> = fields
                        .into_iter()
                        .flatten()
                        .map(|field| json!({"required": [field]}))
                        .collect();
                    for choice in either {
                        if choice["type"] == "null" {
                            *choice = json!({"type": "object", "not": {"anyOf": absent}});
                        }
                    }
                }
            }
            if let Some(Value::Object(schema)) = self.0.get_mut(&name) {
                schema.insert("allOf".to_owned(), parts.into());
                if is_closed {
                    schema.insert("unevaluatedProperties".to_owned(), false.into());
                }
            }
        }
    }

    fn part(&self, name: &str, part: &str) -> Option<&Value> {
        self.0.get(name)?.get(part)
    }

    /// Lets a type be flattened; whether it took no other fields before, or was opened for another one already.
    fn open(&mut self, name: &str) -> bool {
        let Some(Value::Object(schema)) = self.0.get_mut(name) else {
            return false;
        };
        if schema.remove("additionalProperties") == Some(Value::Bool(false)) {
            self.1.insert(name.to_owned());
        }
        self.1.contains(name)
    }

    fn request(&mut self, op: Op) -> Option<Value> {
        Some(match op {
            Op::Verify => self.of::<user::User>(),
            Op::Issue => self.of::<request::IssueRequest>(),
            Op::ByHand => self.of::<request::ByHandRequest>(),
            Op::File => self.of::<request::FileRequest>(),
            Op::Cancel => self.of::<request::CancelRequest>(),
            Op::Exchange => self.of::<request::ExchangeRequest>(),
            _ => return None,
        })
    }

    /// What is answered; none for a CSV file or nothing but the result.
    fn answer(&mut self, op: Op) -> Option<Value> {
        Some(match op {
            Op::Verify => self.of::<views::Verified>(),
            Op::Member => self.of::<views::MemberInfo>(),
            Op::Passbook => self.of::<views::PassbookView>(),
            Op::Campaign => self.of::<views::CampaignView>(),
            Op::Sample => self.of::<views::MailText>(),
            Op::Issue => self.of::<views::Issued>(),
            Op::FindIssue => self.of::<views::FoundIssue>(),
            Op::ByHand => self.of::<views::ByHandDone>(),
            Op::File => self.of::<views::Accepted>(),
            Op::Registration => self.of::<views::RegistrationView>(),
            Op::Registrations => {
                let found = self.of::<views::FoundRegistration>();
                json!({"oneOf": [found, self.of::<views::RegistrationPage>()]})
            }
            Op::History => self.of::<views::HistoryPage>(),
            Op::Cancel | Op::Cancellation => self.of::<views::CancellationView>(),
            Op::FindCancellation => self.of::<views::FoundCancellation>(),
            Op::Bill => self.of::<views::BillView>(),
            Op::Exchange => self.of::<views::Exchanged>(),
            Op::FindExchange => self.of::<views::FoundExchange>(),
            Op::Completed | Op::Errors | Op::DeleteLists => return None,
        })
    }
}

fn operation(spec: &Spec, schemas: &mut Schemas) -> Value {
    let text = json!({"type": "string"});
    let in_path = spec.path.split(['{', '}']).skip(1).step_by(2);
    let mut parameters: Vec<Value> = in_path
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": text}))
        .collect();
    let in_query = spec.query.iter();
    parameters.extend(in_query.map(|name| json!({"name": name, "in": "query", "schema": text})));
    let done = match (spec.op, schemas.answer(spec.op)) {
        (Op::Completed | Op::Errors, _) => {
            json!({"text/csv": {"schema": {"type": "string", "format": "binary"}}})
        }
        (_, Some(schema)) => json!({"application/json": {"schema": {"allOf": [
            {"$ref": "#/components/schemas/Ok"}, schema,
        ]}}}),
        (_, None) => json!({"application/json": {"schema": {"$ref": "#/components/schemas/Ok"}}}),
    };
    let problem = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}});
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({"description": "done", "content": done}),
    );
    for (status, meaning) in [
        ("400", "breaks a rule"),
        ("401", "not believed"),
        ("403", "not allowed"),
        ("404", "no such thing"),
        ("409", "tran_id used with another body"),
        ("410", "deleted for good"),
        ("413", "too large"),
        ("422", "refused by a published code"),
        ("429", "too many at a time"),
    ] {
        let response = json!({"description": meaning, "content": problem});
        responses.insert(status.to_owned(), response);
    }
    let mut operation = json!({
        "operationId": spec.name,
        "summary": spec.summary,
        "parameters": parameters,
        "responses": responses,
        "security": [{"key": [], "timestamp": [], "nonce": [], "signature": []}],
    });
    if let (Some(schema), Value::Object(map)) = (schemas.request(spec.op), &mut operation) {
        let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
        map.insert("requestBody".to_owned(), body);
    }
    operation
}

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    schemas.0.insert(
        "Ok".to_owned(),
        json!({"type": "object", "required": ["result"],
            "properties": {"result": {"type": "string", "enum": ["ok"]}}}),
    );
    schemas.0.insert(
        "Error".to_owned(),
        json!({"type": "object", "required": ["result", "table", "code", "message"], "properties": {
            "result": {"type": "string", "enum": ["error"]},
            "table": {"type": "string", "enum": ["api", "manual", "automatic", "file"]},
            "code": {"type": "string"},
            "field": {"type": "string"},
            "message": {"type": "string"},
        }}),
    );
    let mut paths: Map<String, Value> = Map::new();
    for spec in CALLS {
        let operation = operation(spec, &mut schemas);
        let path = paths.entry(spec.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = path {
            methods.insert(spec.method.to_ascii_lowercase(), operation);
        }
    }
    schemas.join_flattened();
    let header = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Reference API for miles",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A protocol of this project's own; not NetMile's.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.0,
            "securitySchemes": {
                "key": header("X-Key-Id"),
                "timestamp": header("X-Timestamp"),
                "nonce": header("X-Nonce"),
                "signature": header("X-Signature"),
            },
        },
    })
}

/// `GET /v1/openapi.json`.
pub(crate) async fn serve() -> Response {
    Json(document()).into_response()
}
