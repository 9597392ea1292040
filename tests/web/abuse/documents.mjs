// Documents that are small and ask for very much, each with the code that the hub refuses it with.

const times = (count, text) => Array.from({ length: count }, (_, number) => (text instanceof Function ? text(number) : text)).join(" ");
const fragments = (count, body) => times(count, (number) => `fragment f${number} on Query { ${body(number)} }`);

const deep = "QUERY_TOO_DEEP";
const large = "QUERY_TOO_LARGE";
const complex = "QUERY_TOO_COMPLEX";
const unread = "GRAPHQL_PARSE_FAILED";
const invalid = "GRAPHQL_VALIDATION_FAILED";

/** Selections that lead from enterprises to their declarations and back. */
const around = (levels) => (levels === 0 ? "name" : `declarations(first: 1) { nodes { enterprise { ${around(levels - 1)} } } }`);
/** An introspection of types of fields of types. */
const types = (levels) => (levels === 0 ? "name" : `fields { type { ${types(levels - 1)} } }`);

export const documents = [
  // Brackets.
  ...[65, 1_000, 7_000, 14_000].flatMap((levels) => [
    [`${levels} lists inside one another`, `{ standards(filter: ${"[".repeat(levels)}`, deep],
    [`${levels} closed lists inside one another`, `{ nodes(ids: ${"[".repeat(levels)}${"]".repeat(levels)}) { id } }`, deep],
  ]),
  ["60,000 lists inside one another", `{ nodes(ids: ${"[".repeat(60_000)}`, large],
  ["5,000 objects inside one another", `{ standards(filter: ${"{a:".repeat(5_000)}`, deep],
  ["5,000 selections inside one another", "{a".repeat(5_000), deep],
  ["30,000 bare brackets", "{".repeat(30_000), deep],
  ["3,900 inline fragments inside one another", `{${"...{".repeat(3_900)}`, deep],
  ["5,000 round brackets inside one another", `{ a${"(".repeat(5_000)}`, deep],
  ["a type of 5,000 lists", `query($a: ${"[".repeat(5_000)}Int`, deep],
  ["a default of 5,000 lists", `query($a: Int = ${"[".repeat(5_000)}`, deep],
  ["5,000 lists in a directive", `{ hubInfo @skip(if: ${"[".repeat(5_000)}`, deep],
  ["5,000 brackets that close nothing", "}".repeat(5_000), unread],
  ["selections 40 deep", `{ enterprises(first: 1) { nodes { ${around(13)} } } }`, deep],
  // Fragments.
  ...[10, 20, 30, 300].map((levels) => [
    `${levels} fragments that each spread the next one twice`,
    `{ ...f0 } ${fragments(levels, (number) => `...f${number + 1} ...f${number + 1}`)} fragment f${levels} on Query { __typename }`,
    levels > 64 ? deep : complex,
  ]),
  [
    "8 fragments that each spread the next one ten times",
    `{ ...f0 } ${fragments(8, (number) => times(10, `...f${number + 1}`))} fragment f8 on Query { __typename }`,
    complex,
  ],
  [
    "30 fragments that spread the next one in two inline variants",
    `{ ...f0 } ${fragments(30, (number) => times(2, `... on Query { ...f${number + 1} }`))} fragment f30 on Query { __typename }`,
    complex,
  ],
  [
    "2,000 spreads of a fragment of ten fields",
    `{ ${times(2_000, "...f0")} } fragment f0 on Query { ${times(10, "__typename")} }`,
    complex,
  ],
  ["a chain of 800 fragments", `{ ...f0 } ${fragments(800, (number) => `...f${number + 1}`)} fragment f800 on Query { __typename }`, deep],
  ["a fragment that spreads itself", `{ ...f0 } ${fragments(1, () => "...f0")}`, invalid],
  ["two fragments that spread one another", `{ ...f0 } ${fragments(2, (number) => `...f${1 - number}`)}`, invalid],
  ["a circle of 50 fragments", `{ ...f0 } ${fragments(50, (number) => `...f${(number + 1) % 50}`)}`, invalid],
  ["a circle of 800 fragments", `{ ...f0 } ${fragments(800, (number) => `...f${(number + 1) % 800}`)}`, deep],
  ["30 fragments that spread all 30", `{ ...f0 } ${fragments(30, () => times(30, (number) => `...f${number}`))}`, complex],
  ["800 fragments that nobody spreads", `{ __typename } ${fragments(800, () => "__typename")}`, invalid],
  ["1,000 spreads of nothing", `{ ${times(1_000, (number) => `...f${number}`)} }`, invalid],
  // Width.
  ["51 aliases", `{ ${times(51, (number) => `a${number}: __typename`)} }`, complex],
  ["1,500 aliases", `{ ${times(1_500, (number) => `a${number}: __typename`)} }`, complex],
  ["5,000 times the same field", `{ hubInfo { ${times(5_000, "stamp")} } }`, complex],
  ["21 root fields", `{ ${times(21, "hubInfo { version }")} }`, complex],
  ["800 arguments that contradict one another", `{ ${times(800, (number) => `region(code: "${number}") { name }`)} }`, complex],
  ["51 directives", `{ ${times(51, "__typename @skip(if: false)")} }`, complex],
  ["1,100 directives on a field", `{ __typename ${times(1_100, "@skip(if: true)")} }`, complex],
  ["50 directives of no name", `{ __typename ${times(50, "@nothing")} }`, invalid],
  ["more than 8,000 tokens", `{ ${times(8_001, "a")} }`, large],
  ["3,000 fields that are not there", `{ hubInfo { ${times(3_000, (number) => `x${number}`)} } }`, invalid],
  ["1,500 variables that nobody uses", `query(${times(1_500, (number) => `$v${number}: Int`)}) { __typename }`, invalid],
  ["2,000 operations without a name", times(2_000, "{ a }"), invalid],
  // Price.
  [
    "pages inside pages",
    "{ enterprises(first: 200) { nodes { declarations(first: 200) { nodes { products(first: 200) { totalCount } } } } } }",
    complex,
  ],
  [
    "20 pages of pages",
    `{ ${times(20, (number) => `a${number}: standards(first: 200) { nodes { declarations(first: 200) { nodes { id } } } }`)} }`,
    complex,
  ],
  ["introspection of types of types", `{ __schema { types { ${types(4)} } } }`, complex],
  ["introspection 100 deep", `{ __type(name: "Standard") { fields { type { ${times(30, "ofType {")} name ${times(30, "}")} } } } }`, deep],
  ["names of 25,000 letters in a page of 200", `{ standards(first: 200) { nodes { ${"n".repeat(25_000)}: id } } }`, large],
  // Words.
  ["a string without an end", `{ standard(number: "${"x".repeat(30_000)}`, unread],
  ["a block string without an end", `{ standard(number: """${'\\"""'.repeat(6_000)}`, unread],
  ["30,000 letters of nothing", "\u0001".repeat(7_000), unread],
  ["a name of 30,000 letters", `{ ${"x".repeat(30_000)} }`, large],
  ["a number of 30,000 digits", `{ standards(first: ${"9".repeat(30_000)}) { totalCount } }`, large],
  ["a number of 10^99999", "{ standards(first: 1e99999) { totalCount } }", invalid],
  ["a string with half a character", '{ standard(number: "\\ud800") { id } }', unread],
  ["a string with a character that is none", '{ standard(number: "\\u{110000}") { id } }', unread],
  ["U+0000 between words", "{ __typename \u0000 }", unread],
  ["U+0000 in a string", '{ standard(number: "\\u0000") { id } }', "BAD_USER_INPUT"],
  ["another order of bytes", "\ufffe{ __typename }", unread],
  ["a definition of a type", "type Query { a: Int }", invalid],
  ["32 KiB and a byte", `{ __typename } #${"x".repeat(32 * 1024)}`, large],
];
