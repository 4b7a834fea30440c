//! The API: one file a resource, each with its routes, and the OpenAPI document made of them.

mod actors;
pub mod ask;
mod changes;
mod claims;
mod deals;
mod documents;
pub mod embargoes;
mod health;
mod ingests;
mod judgements;
pub mod schema;
mod screening;
mod search;
mod stories;
pub mod watches;

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::serve::Shared;

pub use changes::since as changes_since;
pub use claims::ClaimQuery;
pub use judgements::{Verdict, Wanted, judgement};

/// What stands at the head of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "waybill",
        description = "A sourced ledger of reported arms transfers: who is said to supply what to whom, how far it has \
            got, who says so on what evidence, and who denies it. Lists come in pages: ask again with `after` set to \
            `next`. Every answer has an `ETag`; errors are `application/problem+json` with a `code` that stays."
    ),
    security(("token" = [])),
    tags(
        (name = "claims", description = "One proposition, asserted by one source, about one event."),
        (name = "deals", description = "What all documents say of one supplier, recipient and class of goods."),
        (name = "documents", description = "Articles and statements as published; those with the role admin may add."),
        (name = "judgements", description = "What people hold of claims, deals and actors; the role analyst is needed."),
        (name = "watches", description = "Saved searches and followed deals, with feeds and webhooks."),
        (name = "server", description = "Whether the server runs, and how."),
    )
)]
struct Head;

/// The routes of the API, and the document that describes them.
pub fn routes() -> (Router<Shared>, utoipa::openapi::OpenApi) {
    let router = OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(documents::list))
        .routes(routes!(documents::one))
        .routes(routes!(ingests::add))
        .routes(routes!(ingests::one))
        .routes(routes!(ingests::fetch))
        .routes(routes!(claims::list))
        .routes(routes!(claims::one))
        .routes(routes!(deals::list))
        .routes(routes!(deals::one))
        .routes(routes!(stories::list))
        .routes(routes!(stories::one))
        .routes(routes!(actors::list))
        .routes(routes!(actors::one))
        .routes(routes!(embargoes::list))
        .routes(routes!(embargoes::touched))
        .routes(routes!(changes::list))
        .routes(routes!(search::list))
        .routes(routes!(screening::list))
        .routes(routes!(judgements::list, judgements::add))
        .routes(routes!(watches::list, watches::add))
        .routes(routes!(watches::one, watches::remove))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
        .routes(routes!(health::document));
    let (router, mut document) = router.split_for_parts();
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    document.components.get_or_insert_default().add_security_scheme("token", token);
    name_operations(&mut document);
    (router, document)
}

/// Gives each operation a name of its own, such as `get_deals_by_id`, for programs that make clients of the document.
fn name_operations(document: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let parts = path.split('/').filter(|part| !["", "api", "v1"].contains(part));
        let parts: Vec<String> = parts.map(|part| part.replace("{id}", "by_id").replace('.', "_")).collect();
        let methods = [("get", &mut item.get), ("post", &mut item.post), ("delete", &mut item.delete)];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{}", parts.join("_")));
            }
        }
    }
}
