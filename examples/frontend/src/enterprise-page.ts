// The page of an enterprise: who it is, what it declared, and what it makes. Declarations are turned page by page.

import { findingLines } from "./findings.js";
import { graphql } from "./gql/index.js";
import type { EnterprisePageQuery } from "./gql/graphql.js";
import type { Ask } from "./hub.js";
import { changeKind, declarationStatus, words } from "./labels.js";

const EnterprisePage = graphql(`
  query EnterprisePage($creditCode: String!, $first: Int!, $after: String) {
    enterprise(creditCode: $creditCode) {
      id
      name
      creditCode
      formerNames {
        name
        until
      }
      region {
        code
        name
      }
      declarations(first: $first, after: $after) {
        totalCount
        nodes {
          id
          standardNumber
          standardName
          status
          declaredOn
          versions {
            version
            changeKind
            validFrom
          }
          findings {
            ...FindingLine
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      products(first: 5) {
        totalCount
        nodes {
          id
          name
          brand
          model
          gtin
        }
      }
      findings {
        ...FindingLine
      }
    }
  }
`);

export type Enterprise = NonNullable<EnterprisePageQuery["enterprise"]>;

/** An enterprise with a page of its declarations; nothing where the hub does not know the code, or may not show it. */
export async function enterprise(
  ask: Ask,
  creditCode: string,
  { first = 3, after = null }: { first?: number; after?: string | null } = {},
): Promise<Enterprise | null> {
  const { data } = await ask(EnterprisePage, { creditCode, first, after });
  return data.enterprise ?? null;
}

/** Every declaration of an enterprise, a page at a time. */
export async function* declarations(ask: Ask, creditCode: string, first = 100) {
  for (let after: string | null = null; ; ) {
    const page: Enterprise | null = await enterprise(ask, creditCode, { first, after });
    if (!page) return;
    yield* page.declarations.nodes;
    const { hasNextPage, endCursor } = page.declarations.pageInfo;
    if (!hasNextPage || !endCursor) return;
    after = endCursor;
  }
}

/** The page as lines of text. */
export function enterprisePage({ name, creditCode, formerNames, region, declarations, products, findings }: Enterprise): string[] {
  return [
    `${name} ${creditCode ?? ""} ${region?.name ?? ""}`,
    ...formerNames.map((former) => `  曾用名 formerly ${former.name}，至 until ${former.until ?? "?"}`),
    `  自我声明 declarations: ${declarations.totalCount}`,
    ...declarations.nodes.flatMap((declaration) => [
      `  - ${declaration.standardNumber} ${declaration.standardName ?? ""} ${words(declarationStatus, declaration.status)}`,
      ...declaration.versions.map((one) => `    ${one.version} ${one.validFrom} ${words(changeKind, one.changeKind)}`),
      ...findingLines(declaration.findings),
    ]),
    `  产品 products: ${products.totalCount}`,
    ...products.nodes.map((product) => `  - ${product.name} ${product.brand ?? ""} ${product.model ?? ""} ${product.gtin ?? ""}`),
    ...findingLines(findings),
  ];
}
