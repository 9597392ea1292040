// The page of an enterprise, whose declarations are turned page by page.

import { graphql } from "relay-runtime";

export const query = graphql`
  query EnterprisePageQuery($creditCode: String!) {
    enterprise(creditCode: $creditCode) {
      id
      name
      formerNames {
        name
        until
      }
      ...EnterprisePage_declarations
    }
  }
`;

export const declarations = graphql`
  fragment EnterprisePage_declarations on Enterprise
  @refetchable(queryName: "EnterprisePageDeclarationsQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" }) {
    declarations(first: $first, after: $after) @connection(key: "EnterprisePage_declarations") {
      totalCount
      edges {
        node {
          standardNumber
          declaredOn
          ...EnterprisePage_findings
        }
      }
    }
  }
`;

export const findings = graphql`
  fragment EnterprisePage_findings on Declaration {
    findings {
      rule
      message(lang: EN)
    }
  }
`;
