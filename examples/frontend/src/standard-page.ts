// The page of a standard: whether it is in force and why, and who declares it.

import { graphql } from "./gql/index.js";
import type { StandardPageQuery } from "./gql/graphql.js";
import { findingLines } from "./findings.js";
import type { Ask } from "./hub.js";
import { declarationStatus, standardStatus, words } from "./labels.js";
import type { CivilDate } from "./scalars.js";

const StandardPage = graphql(`
  query StandardPage($number: String!, $on: Date) {
    standard(number: $number) {
      id
      number
      name
      effectiveOn
      status(on: $on)
      statusReason(on: $on) {
        because(lang: ZH)
      }
      replacedBy {
        number
      }
      declarations(first: 5) {
        totalCount
        nodes {
          declaredOn
          status
          enterprise {
            name
            creditCode
            region {
              name
            }
          }
          products(first: 2) {
            nodes {
              name
              model
            }
          }
          findings {
            ...FindingLine
          }
        }
      }
    }
  }
`);

export type Standard = NonNullable<StandardPageQuery["standard"]>;

/** A standard by its number in any spelling, as it stood on a day or stands today. */
export async function standard(ask: Ask, number: string, on: CivilDate | null = null): Promise<Standard | null> {
  const { data } = await ask(StandardPage, { number, on });
  return data.standard ?? null;
}

/** The page as lines of text. */
export function standardPage({ number, name, status, statusReason, replacedBy, declarations }: Standard): string[] {
  return [
    `${number} ${name ?? ""} ${words(standardStatus, status)}`,
    `  ${statusReason.because}`,
    ...replacedBy.map((successor) => `  被代替 replaced by ${successor.number}`),
    `  声明执行 declared by: ${declarations.totalCount}`,
    ...declarations.nodes.flatMap((declaration) => [
      `  - ${declaration.declaredOn} ${declaration.enterprise?.name ?? "?"} ${words(declarationStatus, declaration.status)}`,
      ...declaration.products.nodes.map((product) => `    ${product.name} ${product.model ?? ""}`),
      ...findingLines(declaration.findings),
    ]),
  ];
}
