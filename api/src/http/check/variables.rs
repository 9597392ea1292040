//! Variables against their types (`CoerceVariableValues` of the specification), which the executor looks at only where
//! a resolver happens to use them.

use apollo_compiler::Schema;
use apollo_compiler::ast::{Type, VariableDefinition};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::validation::Valid;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Pos, Value, Variables};

use super::limits::Limits;
use super::place::Places;
use super::refusal::{BAD_INPUT, NUL, Refusal, short};

/// A variable of an operation.
pub(super) struct Defined {
    name: String,
    ty: Type,
    default: bool,
    place: Option<Pos>,
}

impl Defined {
    pub(super) fn of(definition: &VariableDefinition, place: Option<usize>, places: &Places<'_>) -> Self {
        Self {
            name: definition.name.as_str().to_owned(),
            ty: (*definition.ty).clone(),
            default: definition.default_value.is_some(),
            place: place.map(|offset| places.at(offset)),
        }
    }
}

/// Checks that each variable has what its type asks for. Variables that the operation does not define are left out.
pub(super) fn check(
    defined: &[Defined],
    given: &Variables,
    schema: &Valid<Schema>,
    limits: &Limits,
) -> Result<(), Refusal> {
    for value in given.values() {
        plain(value, limits.nesting)?;
    }
    let mut faults = Vec::new();
    for variable in defined {
        let mut check = Check {
            schema,
            at: format!("${}", variable.name),
            faults: Vec::new(),
            most: limits.errors.saturating_sub(faults.len()),
        };
        match given.get(variable.name.as_str()) {
            Some(value) => check.value(value, &variable.ty),
            None if variable.ty.is_non_null() && !variable.default => {
                check.fault(format!("`{}` is required: send it in `variables`", variable.ty));
            }
            None => {}
        }
        faults.extend(check.faults.into_iter().map(|message| (message, variable.place)));
    }
    Refusal::all(BAD_INPUT, faults, limits.errors).map_or(Ok(()), Err)
}

/// Refuses a value that is nested deeper than `levels` or holds U+0000.
fn plain(value: &Value, levels: usize) -> Result<(), Refusal> {
    let below = || {
        levels.checked_sub(1).ok_or_else(|| {
            let message = "a variable is nested too deep: send a flatter value";
            Refusal::new(BAD_INPUT, message, None)
        })
    };
    match value {
        Value::String(text) if text.contains('\0') => Err(Refusal::new(BAD_INPUT, NUL, None)),
        Value::List(items) => {
            let levels = below()?;
            items.iter().try_for_each(|item| plain(item, levels))
        }
        Value::Object(fields) => {
            let levels = below()?;
            fields.values().try_for_each(|field| plain(field, levels))
        }
        _ => Ok(()),
    }
}

struct Check<'a> {
    schema: &'a Valid<Schema>,
    /// Where the value stands, such as `$filter.kind[0]`.
    at: String,
    faults: Vec<String>,
    most: usize,
}

impl Check<'_> {
    fn fault(&mut self, what: impl AsRef<str>) {
        if self.faults.len() < self.most {
            let at = short(&self.at, 120);
            self.faults.push(format!("`{at}`: {}", what.as_ref()));
        }
    }

    /// Looks at a part of the value.
    fn part(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        if self.faults.len() >= self.most {
            return;
        }
        let before = self.at.len();
        self.at.push_str(name);
        look(self);
        self.at.truncate(before);
    }

    fn value(&mut self, value: &Value, ty: &Type) {
        if *value == Value::Null {
            if ty.is_non_null() {
                self.fault(format!("`{ty}` cannot be null: send a value"));
            }
            return;
        }
        match (ty, value) {
            (Type::List(item) | Type::NonNullList(item), Value::List(values)) => {
                for (at, value) in values.iter().enumerate() {
                    self.part(&format!("[{at}]"), |check| check.value(value, item));
                }
            }
            // One value stands for a list of one.
            (Type::List(item) | Type::NonNullList(item), value) => self.value(value, item),
            (Type::Named(name) | Type::NonNullNamed(name), value) => self.named(value, name),
        }
    }

    fn named(&mut self, value: &Value, name: &str) {
        match self.schema.types.get(name) {
            Some(ExtendedType::Enum(definition)) => {
                let word = match value {
                    Value::String(word) => word.as_str(),
                    Value::Enum(word) => word.as_str(),
                    _ => "",
                };
                if !definition.values.contains_key(word) {
                    let said = described(value);
                    self.fault(format!(
                        "{said} is no value of `{name}`: see the schema for its values"
                    ));
                }
            }
            Some(ExtendedType::InputObject(definition)) => match value {
                Value::Object(fields) => self.object(fields, definition),
                _ => self.fault(format!("`{name}` takes an object, not {}", described(value))),
            },
            Some(ExtendedType::Scalar(definition)) if definition.is_built_in() => {
                let (fits, wanted) = match name {
                    "Int" => (int(value), "a whole number of 32 bits"),
                    "Float" => (matches!(value, Value::Number(_)), "a number"),
                    "Boolean" => (matches!(value, Value::Boolean(_)), "true or false"),
                    "ID" => (
                        matches!(value, Value::String(_)) || whole(value),
                        "a text or whole number",
                    ),
                    _ => (matches!(value, Value::String(_)), "a text"),
                };
                if !fits {
                    self.fault(format!("`{name}` takes {wanted}, not {}", described(value)));
                }
            }
            // A scalar of the hub reads its values itself.
            _ => {}
        }
    }

    fn object(&mut self, fields: &IndexMap<Name, Value>, definition: &InputObjectType) {
        let name = &definition.name;
        for (field, value) in fields {
            let known = definition.fields.get(field.as_str());
            self.part(&format!(".{field}"), |check| match known {
                Some(known) => check.value(value, &known.ty),
                None => check.fault(format!(
                    "`{name}` has no such field: leave it out, or see the schema for its name"
                )),
            });
        }
        for (field, known) in &definition.fields {
            if known.is_required() && !fields.contains_key(field.as_str()) {
                self.part(&format!(".{field}"), |check| {
                    check.fault(format!("`{}` is required: send a value", known.ty));
                });
            }
        }
        if definition.directives.has("oneOf") {
            let null = fields.values().any(|value| *value == Value::Null);
            if fields.len() != 1 || null {
                self.fault(format!("`{name}` takes exactly one field that is not null"));
            }
        }
    }
}

fn whole(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.is_i64() || number.is_u64())
}

fn int(value: &Value) -> bool {
    match value {
        Value::Number(number) => number
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        _ => false,
    }
}

/// A value in a message: the start of what is short by nature, only the kind of what may be long.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Number(number) => short(&number.to_string(), 40),
        Value::Boolean(flag) => flag.to_string(),
        Value::String(text) => format!("{:?}", short(text, 40)),
        Value::Enum(word) => short(word, 40),
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Binary(_) => "bytes".to_owned(),
    }
}
