//! The router, the OpenAPI document and the contract name the same routes.

use crate::scripted::{problem, served};
use serde_json::Value;
use std::collections::BTreeSet;
use wire::ProblemCode;

const CONTRACT: [(&str, &str); 18] = [
    ("post", "/v1/enrol"),
    ("get", "/v1/me"),
    ("post", "/v1/push"),
    ("get", "/v1/changes"),
    ("get", "/v1/wait"),
    ("post", "/v1/state"),
    ("get", "/v1/devices"),
    ("get", "/v1/verify"),
    ("post", "/v1/erasures"),
    ("get", "/v1/erasures/{id}"),
    ("post", "/v1/forgotten"),
    ("head", "/v1/blobs/{sha256}"),
    ("put", "/v1/blobs/{sha256}"),
    ("get", "/v1/blobs/{sha256}"),
    ("get", "/v1/openapi.json"),
    ("get", "/v1/schema/{kind}"),
    ("get", "/healthz"),
    ("get", "/readyz"),
];

async fn document(served: &crate::scripted::Served) -> Value {
    let answer = served.bare("GET", "/v1/openapi.json").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

fn routes(document: &Value) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            all.insert((method.clone(), path.clone()));
        }
    }
    all
}

#[tokio::test]
async fn the_document_names_what_the_contract_names() {
    let document = document(&served().await).await;
    assert_eq!(document["openapi"], "3.1.0");
    let contract = CONTRACT
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .into();
    assert_eq!(routes(&document), contract);
}

#[tokio::test]
async fn the_router_serves_what_the_document_names_and_nothing_else() {
    let served = served().await;
    let documented = routes(&document(&served).await);
    for (_, path) in &documented {
        for method in ["get", "post", "put", "delete", "patch", "options"] {
            let concrete = path
                .replace("{id}", "00000000-0000-4000-8000-000000000000")
                .replace("{sha256}", &"0".repeat(64))
                .replace("{kind}", "note");
            // A wait would last: without its cursor it is refused at once, which shows as well that it is served.
            let answer = served.call(&method.to_uppercase(), &concrete).send().await.unwrap();
            if documented.contains(&(method.to_owned(), path.clone())) {
                assert!(
                    ![404, 405].contains(&answer.status().as_u16()),
                    "{method} {path} is documented and not served"
                );
            } else {
                let allowed = answer
                    .headers()
                    .get("allow")
                    .map(|v| v.to_str().unwrap().to_lowercase());
                problem(answer, 405, ProblemCode::Invalid).await;
                let known = documented.iter().find(|(_, p)| p == path).unwrap();
                assert!(
                    allowed.unwrap_or_default().contains(&known.0),
                    "{method} {path} says which method it knows"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_reference_of_the_document_leads_somewhere_and_every_call_says_how_it_fails() {
    let document = document(&served().await).await;
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    found.insert(reference.clone());
                }
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(
        found.len() > 20,
        "the document refers to the wire's types, not only {found:?}"
    );
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let secured = operation.get("security").is_some();
            let header = operation["parameters"].as_array().into_iter().flatten();
            let protocol = header.filter(|p| p["name"] == "Quartierbuch-Protocol").count() == 1;
            assert_eq!(secured, protocol, "{method} {path}: token and protocol go together");
            assert_eq!(secured, operation["responses"].get("426").is_some(), "{method} {path}");
            assert!(operation["responses"].get("503").is_some(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn each_known_kind_has_a_schema_that_is_open_to_unknown_members() {
    let served = served().await;
    for kind in domain::Kind::KNOWN {
        let answer = served.bare("GET", &format!("/v1/schema/{kind}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{kind}");
        assert_eq!(answer.headers()["content-type"], "application/schema+json");
        let schema: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert_eq!(schema["type"], "object", "{kind}: a body is an object");
        assert_ne!(
            schema["additionalProperties"], false,
            "{kind}: newer members travel unharmed"
        );
    }
}
