// Words for the members of enums. A record over the type: a member that the schema gains does not compile until it has its words.

import type { ChangeKind, DeclarationStatus, StandardStatus } from "./gql/graphql.js";

type Words<Members extends string> = Readonly<Record<Members, { zh: string; en: string }>>;

export const standardStatus: Words<StandardStatus> = {
  IN_FORCE: { zh: "现行", en: "in force" },
  UPCOMING: { zh: "即将实施", en: "upcoming" },
  REPLACED: { zh: "被代替", en: "replaced" },
  WITHDRAWN: { zh: "废止", en: "withdrawn" },
  UNKNOWN: { zh: "不详", en: "unknown" },
};

export const declarationStatus: Words<DeclarationStatus> = {
  CURRENT: { zh: "现行", en: "in effect" },
  REVISED: { zh: "已修订", en: "revised" },
  WITHDRAWN: { zh: "废止", en: "withdrawn" },
  DELETED_AT_SOURCE: { zh: "来源已删除", en: "deleted at the source" },
  UNKNOWN: { zh: "不详", en: "unknown" },
};

export const changeKind: Words<ChangeKind> = {
  DECLARED: { zh: "首次声明", en: "declared" },
  REVISED: { zh: "修订", en: "revised" },
  RENAMED: { zh: "更名", en: "renamed" },
  SUPERSEDED: { zh: "被代替", en: "superseded" },
  ABOLISHED: { zh: "废止", en: "abolished" },
  DELETED_AT_SOURCE: { zh: "来源已删除", en: "deleted at the source" },
};

/** The words of a member; one that a newer hub added is shown as it is. */
export function words<Members extends string>(table: Words<Members>, member: Members): string {
  const found: { zh: string; en: string } | undefined = table[member];
  return found ? `${found.zh} ${found.en}` : member;
}
