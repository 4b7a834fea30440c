//! The API's documentation, made of its OpenAPI document.

use std::sync::LazyLock;

use axum::extract::Extension;
use axum::response::Html;
use maud::{Markup, html};
use serde_json::Value;

use super::layout::page;
use crate::serve::Caller;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(crate::api::routes().1).unwrap_or_default());

/// Shows every route with what it takes and gives.
pub(super) async fn show(caller: Option<Extension<Caller>>) -> Html<String> {
    let paths = DOCUMENT["paths"].as_object();
    let routes: Vec<(&String, &String, &Value)> = paths
        .into_iter()
        .flatten()
        .flat_map(|(path, methods)| {
            methods.as_object().into_iter().flatten().map(move |(m, op)| (path, m, op))
        })
        .collect();
    let main = html! {
        h1 { "API" }
        p { (words(&DOCUMENT["info"]["description"])) }
        p { "This page is made of " a href="/api/v1/openapi.json" { "the OpenAPI document" } ", and that of the code." }
        @for (path, method, operation) in &routes { (route(path, method, operation)) }
        h2 { "Errors" }
        ul { @for code in codes() { li id=(words(code)) { code { (words(code)) } } } }
        h2 { "Records" }
        @for (name, schema) in DOCUMENT["components"]["schemas"].as_object().into_iter().flatten() { (record(name, schema)) }
    };
    page(caller.as_deref(), "API", "/docs", &main)
}

fn codes() -> impl Iterator<Item = &'static Value> {
    DOCUMENT.pointer("/components/schemas/Code/enum").and_then(Value::as_array).into_iter().flatten()
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn route(path: &str, method: &str, operation: &Value) -> Markup {
    let parameters = operation["parameters"].as_array();
    html! {
        section.route {
            h2 { code { (method.to_uppercase()) " " (path) } }
            p { (words(&operation["summary"])) " " (words(&operation["description"])) }
            @if let Some(parameters) = parameters {
                dl {
                    @for parameter in parameters {
                        dt { code { (words(&parameter["name"])) } @if parameter["required"] == true { " (needed)" } }
                        dd { (words(&parameter["description"])) }
                    }
                }
            }
            @if let Some(content) = operation.pointer("/requestBody/content").and_then(Value::as_object) {
                p.small { "Takes " @for (n, kind) in content.keys().enumerate() { @if n > 0 { ", " } code { (kind) } } "." }
            }
            @for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                @if status != "default" { p.small { code { (status) } " " (words(&response["description"])) } }
            }
        }
    }
}

fn record(name: &str, schema: &Value) -> Markup {
    html! {
        details id={ "record-" (name) } {
            summary { code { (name) } " " (words(&schema["description"])) }
            dl {
                @for (field, of) in schema["properties"].as_object().into_iter().flatten() {
                    dt { code { (field) } }
                    dd { (words(&of["description"])) " " (kind(of)) }
                }
            }
        }
    }
}

/// What a field holds, in a few words.
fn kind(of: &Value) -> String {
    if let Some(reference) = of["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or("").to_owned();
    }
    if let Some(words) = of["enum"].as_array() {
        return words.iter().map(|word| word.as_str().unwrap_or("null")).collect::<Vec<_>>().join(" | ");
    }
    match &of["type"] {
        Value::String(one) if one == "array" => format!("list of {}", kind(&of["items"])),
        Value::String(one) => one.clone(),
        Value::Array(several) => several.iter().map(words).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}
