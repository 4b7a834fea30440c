//! Schemas of the codebook's closed vocabularies, taken from the vocabularies themselves.

use model::{Action, Basis, Category, Directness, Factuality, Kind, Stage};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

fn one_of(words: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

fn one_of_or_null(words: impl Iterator<Item = &'static str>) -> Object {
    let values = words.map(serde_json::Value::from).chain([serde_json::Value::Null]);
    let types = SchemaType::Array(vec![Type::String, Type::Null]);
    ObjectBuilder::new().schema_type(types).enum_values(Some(values)).build()
}

/// What a claim's proposition is about.
pub fn kind() -> Object {
    one_of(Kind::ALL.iter().map(|word| word.as_str()))
}

/// How sure a source is.
pub fn factuality() -> Object {
    one_of(Factuality::ALL.iter().map(|word| word.as_str()))
}

/// What a claim is said to rest on.
pub fn basis() -> Object {
    one_of(Basis::ALL.iter().map(|word| word.as_str()))
}

/// How words are given.
pub fn directness() -> Object {
    one_of(Directness::ALL.iter().map(|word| word.as_str()))
}

/// A class of goods.
pub fn category() -> Object {
    one_of(Category::ALL.iter().map(|word| word.as_str()))
}

/// How far a transfer has got, where it is one.
pub fn stage() -> Object {
    one_of_or_null(Stage::ALL.iter().map(|word| word.as_str()))
}

/// How far a deal has got.
pub fn deal_stage() -> Object {
    one_of(Stage::ALL.iter().map(|word| word.as_str()))
}

/// What is done with an instrument, where the claim is on a measure.
pub fn action() -> Object {
    one_of_or_null(Action::ALL.iter().map(|word| word.as_str()))
}
