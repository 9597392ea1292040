//! Annotations.

mod input;
mod mutation;
mod query;
mod refusal;
mod types;
mod vocabulary;

pub(crate) use mutation::AnnotationMutation;
pub(crate) use query::{AnnotationConnection, AnnotationQuery, annotations_of};
pub(crate) use types::Annotation;
