// The query page of the hub: GraphiQL against `POST /graphql`, and its WebSocket for subscriptions.
// Nothing is loaded from another host, and no script stands in the page itself.

import { examples } from "./examples.js";

const endpoint = new URL("graphql", document.baseURI);
const socketEndpoint = new URL(endpoint);
socketEndpoint.protocol = endpoint.protocol === "https:" ? "wss:" : "ws:";

// The token lives as long as the tab of the browser and is never written to its permanent storage.
const tokenBox = document.getElementById("token");
tokenBox.value = sessionStorage.getItem("nqi-hub:token") ?? "";
tokenBox.addEventListener("change", () => sessionStorage.setItem("nqi-hub:token", tokenBox.value.trim()));

function authorization() {
  const token = tokenBox.value.trim();
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function failure(message) {
  return { errors: [{ message }] };
}

async function post(request, headers) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/json;q=0.9",
      "Content-Type": "application/json",
      ...authorization(),
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return failure(`HTTP ${response.status}: ${text.slice(0, 500)}`);
  }
}

// One socket per subscription, by the protocol `graphql-transport-ws`.
function subscribe(request) {
  return {
    subscribe(observer) {
      const socket = new WebSocket(socketEndpoint, "graphql-transport-ws");
      const send = (message) => socket.send(JSON.stringify(message));
      let ended = false;
      const end = (finish) => {
        if (ended) return;
        ended = true;
        finish();
        socket.close(1000);
      };
      const receive = {
        connection_ack: () => send({ type: "subscribe", id: "1", payload: request }),
        ping: () => send({ type: "pong" }),
        next: ({ payload }) => observer.next(payload),
        error: ({ payload }) => end(() => observer.error({ errors: payload })),
        complete: () => end(() => observer.complete()),
      };
      socket.addEventListener("open", () => send({ type: "connection_init", payload: authorization() }));
      socket.addEventListener("message", ({ data }) => {
        const message = JSON.parse(data);
        if (!ended) receive[message.type]?.(message);
      });
      socket.addEventListener("close", ({ code, reason }) => {
        end(() => observer.error(failure(`WebSocket ${code} ${reason}`.trim())));
      });
      return {
        unsubscribe: () => end(() => socket.readyState === WebSocket.OPEN && send({ type: "complete", id: "1" })),
      };
    },
  };
}

function fetcher(request, { documentAST, headers } = {}) {
  const operation = documentAST?.definitions.find(
    ({ kind, name }) =>
      kind === "OperationDefinition" && (!request.operationName || name?.value === request.operationName),
  );
  return operation?.operation === "subscription" ? subscribe(request) : post(request, headers);
}

const tabs = examples.map(({ query, variables }) => ({
  query: query.trim(),
  variables: variables ? JSON.stringify(variables, null, 2) : null,
}));

// GraphiQL keeps the reader's own tabs here; history and colours are kept elsewhere and stay.
const keptTabs = ["tabState", "query", "variables", "headers", "operationName"].map((key) => `graphiql:${key}`);

document.getElementById("examples").addEventListener("click", () => {
  for (const key of keptTabs) localStorage.removeItem(key);
  location.reload();
});

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: tabs,
    defaultEditorToolsVisibility: "variables",
    // Of the first default tab GraphiQL shows the query but forgets the variables.
    variables: localStorage.getItem("graphiql:tabState") ? undefined : tabs[0].variables,
  }),
);
