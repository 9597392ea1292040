// Documents that chance has disturbed, the same for a seed on every machine.

/** A generator of numbers below a bound (SplitMix64). */
export function chance(seed) {
  const mask = (number) => BigInt.asUintN(64, number);
  let state = mask(seed);
  return (bound) => {
    state = mask(state + 0x9e3779b97f4a7c15n);
    let mixed = mask((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = mask((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return Number((mixed ^ (mixed >> 31n)) % BigInt(Math.max(bound, 1)));
  };
}

/** Words, numbers, strings and signs of a document, each with the blanks behind it. */
export function tokens(text) {
  const found = [];
  let inside = false; // a string
  for (const sign of text) {
    const before = found.at(-1)?.at(-1) ?? "";
    const word = /[\p{Alphabetic}\p{N}_]/u;
    const joins = inside || /\s/.test(sign) || (word.test(sign) && word.test(before)) || (sign === "." && before === ".");
    if (sign === '"') inside = !inside;
    if (joins && found.length > 0) found.push(found.pop() + sign);
    else found.push(sign);
  }
  return found;
}

/** One of the documents with one to three of its tokens taken away, doubled, swapped, or joined by some of another text. */
export function disturbed(documents, others, below) {
  const anyOf = (items) => items[below(items.length)];
  const parts = tokens(anyOf(documents));
  for (let times = 1 + below(3); times > 0; times -= 1) {
    // A change among signs mostly breaks the syntax; half of the changes are among words, so that they reach validation.
    const wanted = anyOf([/^/, /^[\p{Alphabetic}\p{N}_"]/u]);
    const places = [...parts.keys()].filter((at) => wanted.test(parts[at]));
    if (places.length === 0) break;
    const [at, other] = [anyOf(places), anyOf(places)];
    const foreign = tokens(anyOf(others)).filter((token) => wanted.test(token));
    const from = below(foreign.length);
    const changes = [
      () => parts.splice(at, 1),
      () => parts.splice(at, 0, parts[other]),
      () => ([parts[at], parts[other]] = [parts[other], parts[at]]),
      () => (parts[at] = parts[other]),
      () => parts.splice(at, below(2), ...foreign.slice(from, from + 1 + below(6))),
      () => parts.splice(at, 1, ...foreign.slice(from, from + 1)),
    ];
    anyOf(changes)();
  }
  return parts.join("");
}
