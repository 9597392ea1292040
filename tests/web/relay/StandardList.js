// A list of standards, turned forwards and backwards, and a search over several types.

import { graphql } from "relay-runtime";

export const query = graphql`
  query StandardListQuery($text: String!) {
    ...StandardList_standards
    ...StandardList_found @arguments(text: $text)
  }
`;

export const standards = graphql`
  fragment StandardList_standards on Query
  @refetchable(queryName: "StandardListPageQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 3 }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
    filter: { type: "StandardFilter" }
  ) {
    standards(first: $first, after: $after, last: $last, before: $before, filter: $filter)
      @connection(key: "StandardList_standards") {
      edges {
        node {
          number
          effectiveOn
        }
      }
    }
  }
`;

export const found = graphql`
  fragment StandardList_found on Query @argumentDefinitions(text: { type: "String!" }) {
    search(text: $text, first: 5) {
      edges {
        node {
          __typename
          ...StandardList_standard @alias
          ...StandardList_enterprise @alias
        }
      }
    }
  }
`;

export const standard = graphql`
  fragment StandardList_standard on Standard {
    number
    status
  }
`;

export const enterprise = graphql`
  fragment StandardList_enterprise on Enterprise {
    creditCode
  }
`;
