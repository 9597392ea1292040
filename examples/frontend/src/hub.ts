// Asks the hub: one function over `fetch`, typed by the documents that codegen reads.

import type { TypedDocumentString } from "./gql/graphql.js";

/** An error of an answer. What a program decides by is the code; the message is for people. */
export interface HubError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
}

/** An answer: what there is of the data, and what is missing from it and why. */
export interface Answer<Data> {
  data: Data;
  errors: HubError[];
}

/** No data at all: the hub refused the request, or something between did. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly errors: HubError[],
    /** Seconds after which to try again, where the hub says so. */
    readonly retryAfter?: number,
  ) {
    super(errors.map(({ message, extensions }) => `${extensions?.code ?? "?"}: ${message}`).join("; ") || `HTTP ${status}`);
    this.name = "Refused";
  }

  /** The code of the first error. */
  get code(): string | undefined {
    return this.errors[0]?.extensions?.code;
  }
}

export interface Settings {
  /** The address of `/graphql`. */
  url: string;
  /** Sends the hash of a document in place of its text; the hub has to know the manifest. */
  trusted?: boolean;
  /** Milliseconds after which a request is given up; the hub itself gives up after ten seconds. */
  patience?: number;
  /** What to fetch with: the mocks put themselves here. */
  fetch?: typeof fetch;
}

/** Variables may be left out where a document has none. */
type Rest<Variables> = Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];

export type Ask = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  ...rest: Rest<Variables>
) => Promise<Answer<Data>>;

/** A hub at an address. */
export function hub({ url, trusted = false, patience = 15_000, fetch: send = fetch }: Settings): Ask {
  return async <Data, Variables>(document: TypedDocumentString<Data, Variables>, ...[variables]: Rest<Variables>) => {
    const hash = document.__meta__?.["hash"] as string | undefined;
    const named = trusted && hash ? { documentId: hash } : { query: document.toString() };
    const response = await send(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
      },
      body: JSON.stringify({ ...named, variables }),
      signal: AbortSignal.timeout(patience),
    });
    const { data, errors = [] } = (await response.json().catch(() => ({}))) as { data?: Data | null; errors?: HubError[] };
    if (data === undefined || data === null) {
      const wait = Number(response.headers.get("retry-after") ?? NaN);
      throw new Refused(response.status, errors, Number.isNaN(wait) ? undefined : wait);
    }
    return { data, errors };
  };
}
