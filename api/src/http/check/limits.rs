//! How much one request may ask for.

/// What a document and a request may ask for. Counts are taken with every fragment put in its place.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a document.
    pub bytes: usize,
    /// Tokens of a document.
    pub tokens: usize,
    /// Bytes of a name: every row of an answer repeats it.
    pub name: usize,
    /// Open brackets of any kind at one place, of a document and of variables; also selection sets inside one another.
    pub nesting: usize,
    /// Fields and fragments of all operations of a document.
    pub selections: usize,
    /// Aliases of an operation.
    pub aliases: usize,
    /// Directives of an operation.
    pub directives: usize,
    /// Root fields of an operation.
    pub root_fields: usize,
    /// Fields below one another.
    pub depth: usize,
    /// As `selections`, of what stands below `__schema` and `__type`.
    pub introspection_selections: usize,
    /// As `depth`, of what stands below `__schema` and `__type`.
    pub introspection_depth: usize,
    /// Lists of `fields`, `inputFields`, `interfaces` and `possibleTypes` inside one another: each multiplies the answer.
    pub introspection_lists: usize,
    /// The price of one operation with its variables.
    pub price: u64,
    /// Errors of one refusal.
    pub errors: usize,
    /// Bytes of checked documents that are kept for the next request, estimated.
    pub cached_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 * 1024,
            tokens: 8_000,
            name: 200,
            nesting: 64,
            selections: 5_000,
            aliases: 50,
            directives: 50,
            root_fields: 20,
            depth: 16,
            introspection_selections: 1_000,
            introspection_depth: 20,
            introspection_lists: 2,
            price: 50_000,
            errors: 50,
            cached_bytes: 16 * 1024 * 1024,
        }
    }
}
