// The lines under a declaration or an enterprise: what a machine finds to be wrong, for a person to verify.

import { graphql, unmask, type FragmentType } from "./gql/index.js";

const FindingLine = graphql(`
  fragment FindingLine on Finding {
    rule
    basis
    severity
    message(lang: ZH)
  }
`);

export function findingLines(findings: readonly FragmentType<typeof FindingLine>[]): string[] {
  return unmask(FindingLine, findings).map(({ severity, message, basis }) => `  ! ${severity} ${message}（${basis}）`);
}
