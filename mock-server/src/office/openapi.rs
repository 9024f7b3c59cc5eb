//! The OpenAPI document of the reference API, made from the same table as its router.

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

/// Schemas by name, with those that they refer to.
#[derive(Default)]
struct Schemas(Map<String, Value>);

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
