//! The schema, as tests make their questions from it.

use apollo_compiler::Schema;
use apollo_compiler::ast::FieldDefinition;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;

/// The contract of the hub.
pub(super) fn schema() -> Valid<Schema> {
    match Schema::parse_and_validate(api::sdl(), "schema.graphql") {
        Ok(schema) => schema,
        Err(faults) => panic!("{faults}"),
    }
}

/// A field that not everybody who sees its object may read.
pub(super) struct GuardedField {
    pub(super) of: String,
    pub(super) name: String,
}

/// The fields of an object or interface; nothing for other types.
pub(super) fn fields<'s>(schema: &'s Schema, name: &str) -> Vec<&'s FieldDefinition> {
    match schema.types.get(name) {
        Some(ExtendedType::Object(object)) => object.fields.values().map(|field| &***field).collect(),
        Some(ExtendedType::Interface(interface)) => {
            interface.fields.values().map(|field| &***field).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields of the three roots, as `Query.node`.
pub(super) fn roots(schema: &Schema) -> Vec<String> {
    let of = |root: &str| -> Vec<String> {
        let fields = fields(schema, root);
        fields
            .iter()
            .map(|field| format!("{root}.{}", field.name))
            .collect()
    };
    let roots: Vec<String> = ["Query", "Mutation", "Subscription"]
        .into_iter()
        .flat_map(of)
        .collect();
    assert!(
        roots.len() > 20,
        "the schema shows {} root fields only",
        roots.len()
    );
    roots
}

/// Every field that is marked with `@guarded`.
pub(super) fn guarded(schema: &Schema) -> Vec<GuardedField> {
    let mut found = Vec::new();
    for of in schema.types.keys() {
        for field in fields(schema, of) {
            if field.directives.has("guarded") {
                found.push(GuardedField {
                    of: of.to_string(),
                    name: field.name.to_string(),
                });
            }
        }
    }
    assert!(!found.is_empty(), "no field is guarded");
    found
}

/// The members of an enum; nothing for other types.
pub(super) fn members(schema: &Schema, name: &str) -> Vec<String> {
    match schema.types.get(name) {
        Some(ExtendedType::Enum(kind)) => kind.values.keys().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The fields of an input with the names of their types; nothing for other types.
pub(super) fn inputs(schema: &Schema, name: &str) -> Vec<(String, String, bool)> {
    match schema.types.get(name) {
        Some(ExtendedType::InputObject(input)) => input
            .fields
            .values()
            .map(|field| {
                let kind = field.ty.inner_named_type().to_string();
                (field.name.to_string(), kind, field.ty.is_list())
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The type of the rows of a connection, if the type is one.
pub(super) fn row_of<'s>(schema: &'s Schema, connection: &str) -> Option<&'s str> {
    let nodes = |field: &&FieldDefinition| field.name == "nodes" && connection.ends_with("Connection");
    let nodes = fields(schema, connection).into_iter().find(nodes)?;
    Some(nodes.ty.inner_named_type().as_str())
}

/// Whether a type has no fields of its own.
pub(super) fn is_leaf(schema: &Schema, name: &str) -> bool {
    matches!(
        schema.types.get(name),
        Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_))
    )
}

/// The fields of a type that hold a value and need no argument.
pub(super) fn leaves(schema: &Schema, name: &str) -> Vec<String> {
    let fields = fields(schema, name).into_iter();
    fields
        .filter(|field| is_leaf(schema, field.ty.inner_named_type()) && !needs_argument(field))
        .map(|field| field.name.to_string())
        .collect()
}

fn needs_argument(field: &FieldDefinition) -> bool {
    field.arguments.iter().any(|argument| argument.is_required())
}

/// Everything that can be asked of a type without an argument, so many objects deep; pages of three.
pub(super) fn selection(schema: &Schema, name: &str, depth: u32) -> String {
    if matches!(
        schema.types.get(name),
        Some(ExtendedType::Union(_) | ExtendedType::Interface(_))
    ) {
        return "__typename ... on Node { id }".to_owned();
    }
    let mut asked = leaves(schema, name);
    for field in fields(schema, name) {
        let of = field.ty.inner_named_type();
        if depth == 0 || is_leaf(schema, of) || needs_argument(field) {
            continue;
        }
        asked.push(match row_of(schema, of) {
            Some(row) => format!("{}(first: 3) {{ {} }}", field.name, page(schema, row, depth - 1)),
            None => format!("{} {{ {} }}", field.name, selection(schema, of, depth - 1)),
        });
    }
    match asked.is_empty() {
        true => "__typename".to_owned(),
        false => asked.join(" "),
    }
}

/// Everything of a page of rows.
pub(super) fn page(schema: &Schema, row: &str, depth: u32) -> String {
    format!(
        "totalCount pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} edges {{ cursor }} nodes {{ {} }}",
        selection(schema, row, depth)
    )
}
