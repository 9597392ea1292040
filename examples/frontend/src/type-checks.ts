// What must not compile. Nothing here runs: `tsc` fails where one of these mistakes is no mistake any more.

import { enterprise, type Enterprise } from "./enterprise-page.js";
import type { EnterprisePageQueryVariables, StandardPageQueryVariables, StandardStatus } from "./gql/graphql.js";
import type { Ask } from "./hub.js";
import type { CivilDate, Instant } from "./scalars.js";

// @ts-expect-error A text is no day before it was read as one.
export const day: CivilDate = "2026-11-21";

// @ts-expect-error A day is no instant.
export const moment = (on: CivilDate): Instant => on;

// @ts-expect-error The number is missing.
export const nothing: StandardPageQueryVariables = {};

// @ts-expect-error A page has a number of rows.
export const rows: EnterprisePageQueryVariables = { creditCode: "", first: "3" };

// @ts-expect-error There is no such status.
export const status: StandardStatus = "VALID";

// @ts-expect-error A finding shows its fields only to who unmasks its fragment.
export const message = (found: Enterprise["findings"][number]) => found.message;

// @ts-expect-error Unknown is null, and has to be looked at before use.
export const code = (known: Enterprise): string => known.creditCode;

// @ts-expect-error The answer may be that there is no such enterprise.
export const name = async (ask: Ask) => (await enterprise(ask, "")).name;
