// Documents that are small and ask for very much, by every way that a document comes in.

import { assault } from "./attack.mjs";
import { documents } from "./documents.mjs";
import { greeting, subscribing, talk } from "./socket.mjs";
import { asking, get, post, send } from "./wire.mjs";

/** The longest address that the hub reads, with room for the names of the parameters. */
const longestAddress = 16 * 1024 - 16;

const refusedBy = (status) => documents.map(([name, document, code, more]) => [name, document, `${status}${code}`, more]);
const fits = ([, document]) => encodeURIComponent(document).length < longestAddress;

assault("documents by POST", (document) => send(post(asking(document))), refusedBy("400 "));

assault("documents by GET", (document) => send(get({ query: document })), refusedBy("400 ").filter(fits));

assault("documents by WebSocket", (document) => talk([greeting, subscribing("1", document)]), refusedBy("error "));
