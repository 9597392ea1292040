// A hub out of nothing but the schema, for building pages and testing them without one. The same seed and question give
// the same answer; codes pass their checks and belong to nobody.

import {
  buildSchema,
  getNamedType,
  graphql,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from "graphql";
import { sampleCreditCode, sampleGtin, sampleOrganizationCode, type Chance } from "./sample-codes.js";

type Made = Record<string, unknown>;
type Place = { type: string; field: string; key: string; chance: Chance };

/** Chance that depends on a text alone. */
function chanceOf(text: string): Chance {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0)!, 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const whole = (chance: Chance, from: number, to: number) => from + Math.floor(chance() * (to - from + 1));
const pick = <Member>(chance: Chance, members: readonly Member[]) => members[whole(chance, 0, members.length - 1)];
const opaque = (text: string) => btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const day = (chance: Chance, from = 2018, to = 2025) =>
  new Date(Date.UTC(whole(chance, from, to), 0, whole(chance, 1, 365))).toISOString().slice(0, 10);

const names: Readonly<Record<string, readonly string[]>> = {
  Enterprise: ["示例一电缆有限公司", "示例二纺织有限公司", "示例三食品有限公司"],
  Product: ["示例电缆", "示例毛巾", "示例饼干"],
  Region: ["示例市", "示例县"],
};

/** Values by `Type.field` or by `field`; what stands in neither is made from the type alone. */
const makers: Readonly<Record<string, (place: Place) => unknown>> = {
  id: ({ type, key }) => opaque(`1:${type}:${key}`),
  cursor: ({ key }) => opaque(key),
  creditCode: ({ chance }) => sampleCreditCode(chance),
  organizationCode: ({ chance }) => sampleOrganizationCode(chance),
  gtin: ({ chance }) => sampleGtin(chance),
  number: ({ chance }) => `GB/T ${whole(chance, 90000, 99999)}-${whole(chance, 2018, 2026)}`,
  standardNumber: ({ chance }) => `Q/000000MOCK ${String(whole(chance, 1, 999)).padStart(3, "0")}-${whole(chance, 2018, 2026)}`,
  name: ({ type, chance }) => pick(chance, names[type] ?? ["示例名称"]),
  "Region.code": ({ chance }) => `${whole(chance, 11, 65)}0000`,
  validFrom: ({ chance }) => day(chance, 2018, 2021),
  validUntil: ({ chance }) => day(chance, 2022, 2025),
  version: ({ key }) => Number(key.split(".").findLast((part) => /^\d+$/.test(part)) ?? 0) + 1,
  hasNextPage: () => false,
  hasPreviousPage: () => false,
};

const byScalar: Readonly<Record<string, (place: Place) => unknown>> = {
  String: ({ field }) => `示例 ${field}`,
  ID: ({ type, key }) => opaque(`1:${type}:${key}`),
  Int: ({ chance }) => whole(chance, 1, 100),
  Boolean: ({ chance }) => chance() < 0.5,
  Date: ({ chance }) => day(chance),
  DateTime: ({ chance }) => `${day(chance)}T${String(whole(chance, 0, 23)).padStart(2, "0")}:00:00.000000+00:00`,
};

function placeOf(info: GraphQLResolveInfo, seed: number): string {
  const keys: (string | number)[] = [];
  for (let path: GraphQLResolveInfo["path"] | undefined = info.path; path; path = path.prev) keys.unshift(path.key);
  return `${seed}:${keys.join(".")}`;
}

/** Makes a value of a type; an object is made as far as its name, its fields when they are asked for. */
function make(type: GraphQLOutputType, place: Place, info: GraphQLResolveInfo, args: Made): unknown {
  if (isNonNullType(type)) return make(type.ofType, place, info, args);
  if (isListType(type)) {
    const count = Math.min(whole(place.chance, 1, 3), typeof args["first"] === "number" ? args["first"] : 3);
    return Array.from({ length: count }, (_, at) => {
      const key = `${place.key}.${at}`;
      return make(type.ofType, { ...place, key, chance: chanceOf(key) }, info, {});
    });
  }
  if (isAbstractType(type)) {
    const possible = info.schema.getPossibleTypes(type);
    const asked = typeof args["id"] === "string" ? atob(args["id"].replace(/-/g, "+").replace(/_/g, "/")).split(":")[1] : undefined;
    return make(possible.find(({ name }) => name === asked) ?? pick(place.chance, possible)!, place, info, args);
  }
  if (isObjectType(type)) {
    // What an object was asked by is what it has: the code of `enterprise(creditCode:)` is that of the enterprise.
    const fields = type.getFields();
    const given = Object.entries(args).filter(([name, value]) => name in fields && typeof value === "string");
    const object: Made = { __typename: type.name, ...Object.fromEntries(given) };
    const nodes = fields["nodes"];
    if (!type.name.endsWith("Connection") || !nodes) return object;
    const made = make(nodes.type, place, info, args) as Made[];
    const edges = made.map((node, at) => ({ __typename: type.name.replace(/Connection$/, "Edge"), cursor: opaque(`${place.key}.${at}`), node }));
    return { ...object, nodes: made, edges, totalCount: made.length };
  }
  if (isEnumType(type)) return pick(place.chance, type.getValues())?.value;
  const maker = makers[`${place.type}.${place.field}`] ?? makers[place.field] ?? byScalar[type.name];
  if (!maker) throw new Error(`src/mocks.ts makes no scalar ${type.name}`);
  const value = maker(place);
  // A maker by the name of a field is meant for texts, or for whatever the field holds.
  return type.name === "Int" && typeof value !== "number" ? byScalar["Int"]!(place) : value;
}

/** A `fetch` that answers every valid document out of a schema. Some values that may be unknown are. */
export function mockFetch(schemaText: string, seed = 1): typeof fetch {
  const schema = buildSchema(schemaText);
  const fieldResolver: GraphQLFieldResolver<Made | undefined, unknown, Made> = (source, args, _, info) => {
    if (source && info.fieldName in source) return source[info.fieldName];
    const key = placeOf(info, seed);
    const chance = chanceOf(key);
    const isRoot = info.path.prev === undefined;
    if (!isRoot && !isNonNullType(info.returnType) && !isObjectType(getNamedType(info.returnType)) && chance() < 0.1) return null;
    return make(info.returnType, { type: info.parentType.name, field: info.fieldName, key, chance }, info, args);
  };
  return async (_, init) => {
    const { query = "", variables, operationName } = JSON.parse(String(init?.body ?? "{}"));
    const answer = await graphql({ schema, source: query, variableValues: variables, operationName, fieldResolver });
    return new Response(JSON.stringify(answer), {
      status: answer.data === undefined ? 400 : 200,
      headers: { "content-type": "application/graphql-response+json; charset=utf-8" },
    });
  };
}
