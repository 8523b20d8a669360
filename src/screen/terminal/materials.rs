//! The materials that were asked for: each once, and again after a failure when somebody looks again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::client::AskError;
use crate::screen::Act;

/// How many materials are kept; more than a meeting has.
const KEPT_MAX: usize = 512;

/// What is known of a material.
#[derive(Debug, Clone)]
pub enum Material {
    /// It was asked for.
    Asked,
    /// Its text.
    Here(Arc<str>),
    /// It could not be had.
    Failed(AskError),
}

/// Materials by path.
#[derive(Debug, Clone, Default)]
pub struct Materials(BTreeMap<String, Material>);

impl Materials {
    /// Asks for those of `paths` that are not here and not asked for.
    pub fn want<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Act> {
        let mut acts = Vec::new();
        for path in paths.into_iter().filter(|path| !path.is_empty()) {
            let known = matches!(self.0.get(path), Some(Material::Asked | Material::Here(_)));
            if !known && self.0.len() < KEPT_MAX {
                self.0.insert(path.to_owned(), Material::Asked);
                acts.push(Act::Material(path.to_owned()));
            }
        }
        acts
    }

    /// An answer came.
    pub fn answered(&mut self, path: String, result: Result<Arc<str>, AskError>) {
        let material = match result {
            Ok(text) => Material::Here(text),
            Err(error) => Material::Failed(error),
        };
        self.0.insert(path, material);
    }

    /// What is known of a material.
    pub fn get(&self, path: &str) -> Option<&Material> {
        self.0.get(path)
    }
}
