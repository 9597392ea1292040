//! The sums over a selection set, and how they grow from one level to the next.

/// Fields of introspection that list types inside types.
const LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// Sums over one part of a selection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) selections: usize,
    pub(super) depth: usize,
    pub(super) lists: usize,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.selections = self.selections.saturating_add(other.selections);
        self.depth = self.depth.max(other.depth);
        self.lists = self.lists.max(other.lists);
    }

    /// Below one more field.
    fn deeper(mut self) -> Self {
        self.depth += usize::from(self.selections > 0);
        self
    }
}

/// Sums over a selection set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) data: Counts,
    /// What stands below `__schema` and `__type`, these two included.
    pub(super) introspection: Counts,
    pub(super) aliases: usize,
    pub(super) directives: usize,
    pub(super) root_fields: usize,
    /// Selection sets inside one another, those of fragments included.
    pub(super) nesting: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: Tally) {
        self.data.add(other.data);
        self.introspection.add(other.introspection);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.root_fields = self.root_fields.saturating_add(other.root_fields);
        self.nesting = self.nesting.max(other.nesting);
    }

    /// The sums of a field of this name with these sums below it.
    pub(super) fn field(name: &str, below: Tally) -> Self {
        let mut tally = Tally {
            aliases: below.aliases,
            directives: below.directives,
            root_fields: 1,
            nesting: below.nesting,
            introspection: below.introspection.deeper(),
            ..Default::default()
        };
        let mut counts = below.data;
        counts.selections = counts.selections.saturating_add(1);
        counts.depth += 1;
        if name == "__schema" || name == "__type" {
            tally.introspection.add(counts);
        } else {
            counts.lists += usize::from(LISTS.contains(&name));
            tally.data = counts;
        }
        tally
    }
}
