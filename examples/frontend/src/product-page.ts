// The page of a product: which standards it was held to when it was made, and which today.

import { graphql, unmask, type FragmentType } from "./gql/index.js";
import type { ProductPageQuery } from "./gql/graphql.js";
import type { Ask } from "./hub.js";
import { changeKind, words } from "./labels.js";
import { clockInChina, type CivilDate } from "./scalars.js";

const HeldTo = graphql(`
  fragment HeldTo on StandardInForce {
    standard {
      number
      name
    }
    version
    validFrom
    validUntil
    knownFrom
    reason(lang: ZH)
  }
`);

const ProductPage = graphql(`
  query ProductPage($id: ID!, $madeOn: Date!) {
    product(id: $id) {
      id
      name
      brand
      model
      gtin
      enterprise {
        name
        creditCode
      }
      then: standardsInForce(on: $madeOn) {
        ...HeldTo
      }
      today: standardsInForce {
        ...HeldTo
      }
      declarations(first: 5) {
        nodes {
          standardNumber
          versions {
            version
            changeKind
            validFrom
            validUntil
          }
        }
      }
    }
  }
`);

export type Product = NonNullable<ProductPageQuery["product"]>;

/** A product by its id, with the standards of the day on which it was made. */
export async function product(ask: Ask, id: string, madeOn: CivilDate): Promise<Product | null> {
  const { data } = await ask(ProductPage, { id, madeOn });
  return data.product ?? null;
}

function heldTo(title: string, held: readonly FragmentType<typeof HeldTo>[]): string[] {
  const lines = unmask(HeldTo, held).map(
    (one) =>
      `  - ${one.standard?.number ?? "?"} ${one.standard?.name ?? ""} ${one.validFrom}–${one.validUntil ?? ""} ` +
      `${one.reason}（获悉 known since ${clockInChina(one.knownFrom)}）`,
  );
  return [`  ${title}: ${held.length}`, ...lines];
}

/** The page as lines of text. */
export function productPage({ name, brand, model, gtin, enterprise, then, today, declarations }: Product, madeOn: CivilDate): string[] {
  return [
    `${name} ${brand ?? ""} ${model ?? ""} ${gtin ?? ""} ${enterprise?.name ?? ""}`,
    ...heldTo(`生产之日 when it was made, ${madeOn}`, then),
    ...heldTo("今日 today", today),
    ...declarations.nodes.flatMap(({ standardNumber, versions }) =>
      versions.map(
        (one) => `  ${standardNumber} ${one.version} ${words(changeKind, one.changeKind)} ${one.validFrom}–${one.validUntil ?? ""}`,
      ),
    ),
  ];
}
