import {
  API_PREFIX,
  BusinessEvent,
  CLOSE,
  ClientMessage,
  CSRF_HEADER,
  ERRORS,
  LIMITS,
  PROTOCOL_VERSION,
  ROUTES,
  type Route,
  ServerMessage,
  SIGNAL_PATH,
} from '@conclave/protocol';
import { notation } from './notation.ts';

/** The whole of docs/protocol.md. */
export function renderProtocol(): string {
  return `${[intro(), routes(), signalling(), errors(), limits(), events()].join('\n\n')}\n`;
}

function intro(): string {
  return `# The protocol

Version ${PROTOCOL_VERSION}. Written from \`packages/protocol\` by \`npm run docs\`; the schemas there are the contract, this page is for reading.

Everything is JSON in UTF-8. Objects are strict: an unknown key, a key that is there twice, or \`__proto__\` is refused, and so is nesting deeper than ${LIMITS.jsonDepth}. Types below are what a sender may write; \`x?\` may be left out, \`a..b\` bounds a length, a number of items or a value. Ids: a meeting is \`xxxxx-xxxxx-xxxxx-xxxxx\` of \`23456789abcdefghjkmnpqrstuvwxyz\`, a participant 16 characters of base64url, a token 256 bits in base64url.`;
}

function routes(): string {
  const rows = Object.entries(ROUTES as Record<string, Route>).map(([name, route]) => [
    name,
    `\`${route.method} ${API_PREFIX}${route.path}\``,
    route.access === 'anyone' ? 'anyone' : 'signed in',
    route.body === undefined ? '' : code(notation(route.body)),
    route.response === null ? '204, no body' : code(notation(route.response)),
  ]);
  return `## REST

Who is signed in is told by a \`__Host-\` cookie that signing in sets. Every request that changes something carries the header \`${CSRF_HEADER}\`, is \`application/json\` when it has a body (at most ${LIMITS.restBodyBytes} bytes), and comes from the service's own origin; otherwise it is refused with \`request.origin\`. A refused request is answered with the status of its code and \`{ "error": { code, text, field?, retryAfterMs? } }\`.

${table(['name', 'request', 'who', 'body', 'response'], rows)}`;
}

function signalling(): string {
  return `## Signalling

One WebSocket at \`${SIGNAL_PATH}\`, from the service's own origin only. The first message is \`join\` or \`resume\`, within ${LIMITS.joinTimeoutMs / 1000} s. Every message from the client carries a number in \`request\` and is answered by exactly one \`ok\`, \`joined\`, \`answer\` or \`error\` with the same number; everything else comes unasked. A client sends \`ping\` every ${LIMITS.pingIntervalMs / 1000} s; a socket that is silent for ${LIMITS.silenceMs / 1000} s is dead. Whoever lost the socket can \`resume\` with the token of the last \`joined\` for ${LIMITS.resumeGraceMs / 1000} s and keeps the transport if it still lives.

### From the client

${messages(ClientMessage.def.options)}

### From the server

${messages(ServerMessage.def.options)}

### Close codes

${table(
  ['code', 'meaning'],
  Object.entries(CLOSE).map(([meaning, number]) => [`${number}`, meaning]),
)}`;
}

type Message = typeof ClientMessage.def.options | typeof ServerMessage.def.options;

function messages(options: Message): string {
  const rows = options.map((option) => {
    const [type] = [...option.def.shape.type.def.values];
    return [`\`${type}\``, code(notation(option))];
  });
  return table(['type', 'message'], rows);
}

function errors(): string {
  const rows = Object.entries(ERRORS).map(([name, { status, retry, text }]) => [
    `\`${name}\``,
    `${status}`,
    retry ? 'yes' : 'no',
    text,
  ]);
  return `## Errors

On the socket the same code travels in an \`error\` message.

${table(['code', 'HTTP status', 'may succeed later', 'text'], rows)}`;
}

function limits(): string {
  const rows = Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, `${value}`]);
  return `## Limits

Sizes in bytes or characters, times in ms.

${table(['limit', 'value'], rows)}`;
}

function events(): string {
  const rows = BusinessEvent.def.options.map((option) => {
    const [event] = [...option.def.shape.event.def.values];
    const fields = Object.keys(option.def.shape).filter((key) => key !== 'event');
    return [`\`${event}\``, fields.join(', ')];
  });
  return `## Business events

Not on the wire: the vocabulary of the log (later of the audit log and the metrics). Ids and counts only.

${table(['event', 'fields'], rows)}`;
}

function code(text: string): string {
  // A bar inside a table cell ends the cell, even in code.
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
