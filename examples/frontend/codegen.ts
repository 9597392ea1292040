// Types for every document of this folder, from the schema of the hub: `npm run codegen`.

import type { CodegenConfig } from "@graphql-codegen/cli";
import { readFileSync } from "node:fs";

const config: CodegenConfig = {
  schema: "../../schema.graphql", // or the address of a hub, https://hub.example.org/graphql
  documents: ["src/**/*.ts", "!src/gql/**"],
  generates: {
    "./src/gql/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: { unmaskFunctionName: "unmask" },
        // Writes src/gql/persisted-documents.json: the manifest for a hub that executes trusted documents only.
        persistedDocuments: { hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        importExtension: ".js",
        scalars: JSON.parse(readFileSync("scalars.json", "utf8")),
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
