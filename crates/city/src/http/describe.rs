//! The OpenAPI 3.1 document, made from the routes and from the types of `wire`.
//!
//! Paths are built with utoipa. A schema of OpenAPI 3.1 is JSON Schema 2020-12, which is what schemars writes: so the
//! types need one derive, and the document cannot say anything else than what serde reads.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, HttpMethod, InfoBuilder, LicenseBuilder, OpenApiBuilder,
    PathItem, Ref, RefOr, Required, ResponseBuilder, Schema, SecurityRequirement,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathsBuilder},
    request_body::RequestBodyBuilder,
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use wire::{Problem, ProblemCode};

use super::{
    blobs::{BYTES, LENGTH, OFFSET},
    routes::Route,
};

type Make = fn(&mut SchemaGenerator) -> schemars::Schema;

/// What a route is, in the document's words.
pub(crate) struct About {
    method: HttpMethod,
    id: &'static str,
    summary: &'static str,
    open: bool,
    query: Option<Make>,
    body: Option<Make>,
    bytes: bool,
    header: Option<(&'static str, &'static str)>,
    reply: Reply,
    fails: &'static [ProblemCode],
}

/// What a route answers when all is well.
pub(crate) enum Reply {
    /// JSON of this type.
    Json(Make),
    /// 204.
    Nothing,
    /// 204, and how much of an attachment is held in its headers.
    Held,
    /// Bytes of an attachment.
    Bytes,
    /// JSON that is described elsewhere.
    Any(&'static str),
}

impl Reply {
    pub(crate) fn json<T: JsonSchema>() -> Self {
        Self::Json(SchemaGenerator::subschema_for::<T>)
    }
}

impl About {
    pub(crate) fn get(id: &'static str, summary: &'static str) -> Self {
        let (query, body) = (None, None);
        Self {
            method: HttpMethod::Get,
            id,
            summary,
            open: false,
            query,
            body,
            bytes: false,
            header: None,
            reply: Reply::Nothing,
            fails: &[],
        }
    }

    pub(crate) fn post(id: &'static str, summary: &'static str) -> Self {
        Self {
            method: HttpMethod::Post,
            ..Self::get(id, summary)
        }
    }

    pub(crate) fn put(id: &'static str, summary: &'static str) -> Self {
        Self {
            method: HttpMethod::Put,
            ..Self::get(id, summary)
        }
    }

    pub(crate) fn head(id: &'static str, summary: &'static str) -> Self {
        Self {
            method: HttpMethod::Head,
            ..Self::get(id, summary)
        }
    }

    /// Needs neither token nor protocol.
    pub(crate) fn open(self) -> Self {
        Self { open: true, ..self }
    }

    pub(crate) fn takes<T: JsonSchema>(self) -> Self {
        Self {
            body: Some(SchemaGenerator::subschema_for::<T>),
            ..self
        }
    }

    /// The body is ciphertext.
    pub(crate) fn takes_bytes(self) -> Self {
        Self { bytes: true, ..self }
    }

    /// A header that may be sent, and what it says.
    pub(crate) fn header(self, name: &'static str, says: &'static str) -> Self {
        Self {
            header: Some((name, says)),
            ..self
        }
    }

    /// The query's parameters are the members of this type.
    pub(crate) fn asks<T: JsonSchema>(self) -> Self {
        Self {
            query: Some(|generator| T::json_schema(generator)),
            ..self
        }
    }

    pub(crate) fn gives(self, reply: Reply) -> Self {
        Self { reply, ..self }
    }

    pub(crate) fn fails(self, fails: &'static [ProblemCode]) -> Self {
        Self { fails, ..self }
    }
}

/// The document as JSON text.
pub(crate) fn document<C>(routes: &[Route<C>]) -> String {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    let _ = generator.subschema_for::<Problem>();
    let paths = routes.iter().fold(PathsBuilder::new(), |paths, route| {
        let operation = operation(route.path, &route.about, &mut generator);
        paths.path(route.path, PathItem::new(route.about.method.clone(), operation))
    });
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "The device's token: 32 random bytes as base64url, made by the device at enrolment",
    ));
    let document = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Quartierbuch: the city")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "What a device and the city say to each other. docs/protocol.md tells the story.",
                ))
                .license(Some(
                    LicenseBuilder::new()
                        .name("EUPL-1.2")
                        .identifier(Some("EUPL-1.2"))
                        .build(),
                )),
        )
        .paths(paths)
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("token", SecurityScheme::Http(token.build()))
                .build(),
        ))
        .build();
    let mut document = serde_json::to_value(&document).expect("the document holds only strings and maps");
    document["components"]["schemas"] = Value::Object(generator.take_definitions(true));
    document.to_string()
}

fn operation(path: &str, about: &About, generator: &mut SchemaGenerator) -> Operation {
    let mut operation = OperationBuilder::new()
        .operation_id(Some(about.id))
        .summary(Some(about.summary))
        .parameters(Some(parameters(path, about, generator)));
    if !about.open {
        operation = operation.security(SecurityRequirement::new("token", Vec::<String>::new()));
    }
    if let Some(body) = about.body {
        let content = ContentBuilder::new().schema(Some(schema(body(generator)))).build();
        let body = RequestBodyBuilder::new()
            .content("application/json", content)
            .required(Some(Required::True));
        operation = operation.request_body(Some(body.build()));
    }
    if about.bytes {
        let body = RequestBodyBuilder::new()
            .content(BYTES, ContentBuilder::new().build())
            .required(Some(Required::True));
        operation = operation.request_body(Some(body.build()));
    }
    operation = match &about.reply {
        Reply::Json(make) => {
            let content = ContentBuilder::new().schema(Some(schema(make(generator)))).build();
            operation.response(
                "200",
                ResponseBuilder::new()
                    .description("Done")
                    .content("application/json", content),
            )
        }
        Reply::Nothing => operation.response("204", ResponseBuilder::new().description("Done")),
        Reply::Held => {
            let number = |says: &str| {
                let number = schema(schemars::json_schema!({"type": "integer", "minimum": 0}));
                HeaderBuilder::new()
                    .schema(Some(number))
                    .description(Some(says))
                    .build()
            };
            let response = ResponseBuilder::new()
                .description("Held")
                .header(
                    OFFSET.as_str(),
                    number("So many bytes are held; the next piece begins here"),
                )
                .header(LENGTH.as_str(), number("How long the whole is, once a piece came"));
            operation.response("204", response)
        }
        Reply::Bytes => ["200", "206"].into_iter().fold(operation, |operation, status| {
            let response = ResponseBuilder::new()
                .description("Ciphertext; Content-Range says which bytes of how many")
                .content(BYTES, ContentBuilder::new().build());
            operation.response(status, response)
        }),
        Reply::Any(content_type) => {
            let content = ContentBuilder::new().schema(Some(schema(schemars::json_schema!({"type": "object"}))));
            operation.response(
                "200",
                ResponseBuilder::new()
                    .description("Done")
                    .content(*content_type, content.build()),
            )
        }
    };
    problems(about)
        .into_iter()
        .fold(operation, |operation, (status, codes)| {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            let response = ResponseBuilder::new()
                .description(codes)
                .content("application/problem+json", content);
            operation.response(status, response)
        })
        .build()
}

/// Status -> codes that come with it: those of the route, and those of every call of its sort.
fn problems(about: &About) -> Vec<(String, String)> {
    use ProblemCode as P;
    let every: &[P] = if about.open {
        &[P::Unavailable]
    } else {
        &[P::Unauthorised, P::Revoked, P::TooOld, P::Unavailable]
    };
    let mut codes: Vec<P> = every.iter().chain(about.fails).copied().collect();
    codes.sort_by_key(|code| (code.status(), code.as_str()));
    codes.dedup();
    let mut problems: Vec<_> = codes
        .chunk_by(|a, b| a.status() == b.status())
        .map(|same| {
            let names: Vec<_> = same.iter().map(|code| code.as_str()).collect();
            (same[0].status().to_string(), names.join(", "))
        })
        .collect();
    if about.body.is_some() || about.bytes {
        problems.push(("415".to_owned(), P::Invalid.as_str().to_owned()));
    }
    problems
}

fn parameters(path: &str, about: &About, generator: &mut SchemaGenerator) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    if !about.open {
        let number = schema(schemars::json_schema!({"type": "integer", "minimum": wire::OLDEST_PROTOCOL}));
        parameters.push(parameter("Quartierbuch-Protocol", ParameterIn::Header, true, number));
    }
    for name in path.split(['{', '}']).skip(1).step_by(2) {
        let text = schema(schemars::json_schema!({"type": "string"}));
        parameters.push(parameter(name, ParameterIn::Path, true, text));
    }
    if let Some((name, says)) = about.header {
        let text = schema(schemars::json_schema!({"type": "string", "description": says}));
        parameters.push(parameter(name, ParameterIn::Header, false, text));
    }
    if let Some(query) = about.query {
        let query = query(generator).to_value();
        let required = |name: &str| {
            query["required"]
                .as_array()
                .is_some_and(|all| all.contains(&json!(name)))
        };
        for (name, member) in query["properties"].as_object().into_iter().flatten() {
            let member = schemars::Schema::try_from(present(member)).unwrap_or_default();
            parameters.push(parameter(name, ParameterIn::Query, required(name), schema(member)));
        }
    }
    parameters
}

/// A query cannot say null: a member that may be null is one that may be left out.
fn present(member: &Value) -> Value {
    let mut member = member.clone();
    if let Some([one, null]) = member["anyOf"].as_array().map(Vec::as_slice)
        && null == &json!({"type": "null"})
    {
        return one.clone();
    }
    if let Some(types) = member.get_mut("type").and_then(Value::as_array_mut) {
        types.retain(|t| t != "null");
    }
    member
}

fn parameter(name: &str, place: ParameterIn, required: bool, schema: RefOr<Schema>) -> Parameter {
    let required = if required { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(Some(schema))
        .build()
}

fn schema(schema: schemars::Schema) -> RefOr<Schema> {
    serde_json::from_value(schema.to_value())
        .expect("references and plain types read back; the rest stands in components")
}
