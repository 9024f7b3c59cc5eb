//! The served document against what is asked and answered: every call of these tests is held against it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use crate::client::{Answer, KEY, Site, cp932, file, taro};

static DOCUMENT: OnceCell<Value> = OnceCell::const_new();

/// Holds a call against the document: what was taken has to be allowed, and what is answered has to be promised.
pub async fn check(site: &Site, (method, path): (&str, &str), body: &Value, answer: &Answer) {
    let document = DOCUMENT
        .get_or_init(|| async {
            let served = site.send("GET", "/v1/openapi.json", Vec::new(), Vec::new());
            served.await.unwrap().json()
        })
        .await;
    let path = path.split('?').next().unwrap();
    let Some(operation) = operation(document, method, path) else {
        return;
    };
    let schema = |part: &Value| part["content"]["application/json"]["schema"].clone();
    let judge = Judge(document);
    // A fault may have cut it, or put another page in its place.
    let Ok(told) = serde_json::from_slice::<Value>(&answer.bytes) else {
        return;
    };
    let status = answer.status.to_string();
    let promised = schema(&operation["responses"][&status]);
    if promised.is_null() || told.get("result").is_none() {
        return;
    }
    judge.assert(&promised, &told, &format!("{method} {path}: {status}"));
    let asked = schema(&operation["requestBody"]);
    if answer.status == 200 && !asked.is_null() {
        judge.assert(&asked, body, &format!("{method} {path}: request"));
    }
}

/// The operation of a path; fixed segments come before parameters.
fn operation<'d>(document: &'d Value, method: &str, path: &str) -> Option<&'d Value> {
    let sent: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() == sent.len()
            && template
                .iter()
                .zip(&sent)
                .all(|(want, is)| want.starts_with('{') || want == is)
    };
    let paths = document["paths"].as_object().unwrap();
    let fitting = paths.iter().filter(|(template, _)| fits(template));
    let (_, methods) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
    methods.get(method.to_lowercase())
}

/// Just those keywords that the document uses; any other one is a mistake of this judge.
struct Judge<'d>(&'d Value);

/// Names of the fields that a schema knows of, or what is wrong.
type Judged = Result<BTreeSet<String>, String>;

impl Judge<'_> {
    fn assert(&self, schema: &Value, value: &Value, what: &str) {
        if let Err(wrong) = self.judge(schema, value) {
            panic!("{what}: {wrong}\n{value}");
        }
    }

    fn judge(&self, schema: &Value, value: &Value) -> Judged {
        let schema = schema.as_object().expect("a schema");
        let mut known = BTreeSet::new();
        for (keyword, rule) in schema {
            match keyword.as_str() {
                "description" | "default" | "format" | "unevaluatedProperties" => {}
                "$ref" => {
                    let to = rule.as_str().unwrap().strip_prefix('#').unwrap();
                    known.extend(self.judge(self.0.pointer(to).expect("a schema"), value)?);
                }
                "type" => {
                    let types = rule.as_array().cloned().unwrap_or(vec![rule.clone()]);
                    if !types
                        .iter()
                        .any(|name| is_of(name.as_str().unwrap(), value))
                    {
                        return Err(format!("{value} is no {rule}"));
                    }
                }
                "enum" if rule.as_array().unwrap().contains(value) => {}
                "enum" => return Err(format!("{value} is none of {rule}")),
                "minimum" if value.as_f64() >= rule.as_f64() || value.is_null() => {}
                "minimum" => return Err(format!("{value} is below {rule}")),
                "required" => {
                    let names = rule.as_array().unwrap().iter();
                    let mut missing =
                        names.filter(|name| value.get(name.as_str().unwrap()).is_none());
                    if let Some(name) = missing.next() {
                        return Err(format!("{name} is missing"));
                    }
                }
                "items" => {
                    for item in value.as_array().into_iter().flatten() {
                        self.judge(rule, item)?;
                    }
                }
                "properties" => known.extend(self.properties(rule, value)?),
                "additionalProperties" => {
                    assert_eq!(rule, &json!(false));
                    let own = schema.get("properties").and_then(Value::as_object);
                    stranger(value, |name| own.is_some_and(|own| own.contains_key(name)))?;
                }
                "allOf" => {
                    for part in rule.as_array().unwrap() {
                        known.extend(self.judge(part, value)?);
                    }
                }
                "oneOf" | "anyOf" => {
                    let all = rule.as_array().unwrap().iter();
                    let all: Vec<Judged> = all.map(|part| self.judge(part, value)).collect();
                    let fitting = all.iter().filter(|part| part.is_ok()).count();
                    if fitting == 0 || (keyword == "oneOf" && fitting > 1) {
                        return Err(format!("{fitting} of {keyword} fit: {all:?}"));
                    }
                    all.into_iter()
                        .flatten()
                        .for_each(|part| known.extend(part));
                }
                "not" if self.judge(rule, value).is_ok() => return Err(format!("is {rule}")),
                "not" => {}
                other => panic!("{other} is not judged"),
            }
        }
        if let Some(rule) = schema.get("unevaluatedProperties") {
            assert_eq!(rule, &json!(false));
            stranger(value, |name| known.contains(name))?;
        }
        Ok(known)
    }

    fn properties(&self, rule: &Value, value: &Value) -> Judged {
        let mut known = BTreeSet::new();
        for (name, field) in value.as_object().unwrap_or(&Map::new()) {
            if let Some(rule) = rule.get(name) {
                self.judge(rule, field)
                    .map_err(|why| format!("{name}: {why}"))?;
                known.insert(name.clone());
            }
        }
        Ok(known)
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}

/// Whether there is a field that is not known.
fn stranger(value: &Value, is_known: impl Fn(&str) -> bool) -> Result<(), String> {
    let mut names = value.as_object().into_iter().flat_map(Map::keys);
    match names.find(|name| !is_known(name)) {
        Some(name) => Err(format!("{name} is not a field")),
        None => Ok(()),
    }
}

#[tokio::test]
async fn every_call_that_takes_a_body_fits_the_document_and_nothing_beside_it_does() {
    let site = Site::open().await;
    let settings = json!({"deposit": {"kind": "after_days", "days": 3}, "deposit_mail": false,
        "inserted_text": "秋の感謝祭", "member_registration": "no", "password_generation": "no"});
    let rows = json!([{"mail": "taro@member.example", "designated_key": "C1", "miles": 100}]);
    let issue = json!({"tran_id": "T1", "campaign_id": "46256", "user": taro(), "designated_key": "C1", "miles": 100});
    let by_hand = json!({"tran_id": "T2", "campaign_id": "46256", "rows": rows});
    let upload = file("B1", 1, "46256", &cp932("taro@member.example,C1,100\r\n"));
    let calls = [
        ("/v1/issuances", issue),
        ("/v1/registrations/by-hand", by_hand),
        ("/v1/registrations/files", upload),
    ];
    for (path, plain) in calls {
        let mut whole = plain.clone();
        for (name, value) in settings.as_object().unwrap() {
            whole[name] = value.clone();
        }
        let mut other = whole.clone();
        other["colour"] = "blue".into();
        // These hold themselves against the document.
        site.post(path, whole.clone()).await.ok();
        assert_eq!(site.post(path, other.clone()).await.status, 400);
        let document = DOCUMENT.get().unwrap();
        let asked = &operation(document, "POST", path).unwrap()["requestBody"];
        let schema = &asked["content"]["application/json"]["schema"];
        for fits in [&plain, &whole] {
            Judge(document).assert(schema, fits, path);
        }
        let wrong = Judge(document).judge(schema, &other).unwrap_err();
        assert_eq!(wrong, "colour is not a field", "{path}");
        other["colour"] = Value::Null;
        other.as_object_mut().unwrap().remove("tran_id");
        assert!(Judge(document).judge(schema, &other).is_err());
    }
    // Known and unknown.
    let issued = site.get("/v1/issuances?tran_id=T1").await.ok();
    let id = &issued["issuance"]["issuance_id"];
    let cancel = json!({"tran_id": "T4", "issuance_ids": [id], "reason": "returned_goods"});
    site.post("/v1/cancellations", cancel).await.ok();
    for (found, tran_id) in [(true, "T4"), (false, "T5")] {
        let told = site
            .get(&format!("/v1/cancellations?tran_id={tran_id}"))
            .await
            .ok();
        assert_eq!(told["found"], found, "{told}");
    }
    // What is not signed is refused as the document says, too.
    let answer = site.send(
        "GET",
        "/v1/campaigns/46255",
        vec![("X-Key-Id", KEY.0.to_owned())],
        Vec::new(),
    );
    let answer = answer.await.unwrap();
    assert_eq!(answer.status, 401);
    check(&site, ("GET", "/v1/campaigns/46255"), &Value::Null, &answer).await;
}
