import {
  API_PREFIX,
  BUILTIN_ROLES,
  BusinessEvent,
  CALL_CHANNEL_PATH,
  CallChannelMessage,
  CLOSE,
  ClientMessage,
  CSRF_HEADER,
  ERROR_TEXTS,
  ERRORS,
  type ErrorCode,
  FILE_ROUTES,
  type FileRoute,
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
  return `${[intro(), routes(), files(), signalling(), calls(), errors(), limits(), events()].join('\n\n')}\n`;
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
    whoMay(route),
    given(route),
    route.response === null ? '204, no body' : code(notation(route.response)),
  ]);
  return `## REST

Who is signed in is told by a \`__Host-\` cookie that signing in sets. Every request that changes something carries the header \`${CSRF_HEADER}\`, is \`application/json\` when it has a body (at most ${LIMITS.restBodyBytes} bytes), and comes from the service's own origin; otherwise it is refused with \`request.origin\`. A refused request is answered with the status of its code and \`{ "error": { code, text, field?, retryAfterMs? } }\`.

${table(['name', 'request', 'who', 'query, body', 'response'], rows)}

"Confirmed": whoever calls has to have proved who they are within the last ${LIMITS.stepUpMs / 60_000} minutes, or is refused with \`auth.step_up\`. The roles and what each may do:

${table(
  ['role', 'permissions'],
  Object.entries(BUILTIN_ROLES).map(([role, permissions]) => [role, permissions.map(code).join(', ')]),
)}`;
}

/** What a request brings. */
function given({ query, body }: Route): string {
  const parts = [
    ...(query === undefined ? [] : [`?${notation(query)}`]),
    ...(body === undefined ? [] : [notation(body)]),
  ];
  return parts.map(code).join(' ');
}

function whoMay({ access, stepUp }: Route): string {
  const who = access === 'anyone' ? 'anyone' : access === 'account' ? 'signed in' : `\`${access}\``;
  return stepUp === true ? `${who}, confirmed` : who;
}

function files(): string {
  const octets = `\`${'application/octet-stream'}\``;
  const rows = Object.entries(FILE_ROUTES as Record<string, FileRoute>).map(([name, route]) => [
    name,
    `\`${route.method} ${API_PREFIX}${route.path}\``,
    route.body === 'bytes' ? octets : route.body === null ? '' : code(notation(route.body)),
    route.response === 'bytes'
      ? octets
      : route.response === null
        ? '204, no body'
        : code(notation(route.response)),
  ]);
  return `## Files

Files are encrypted before they come here; their names, types and keys travel by messages of the group. The server keeps the ciphertext until its sender takes it back or the last one has left the meeting. Each request carries \`authorization: Bearer …\` with the token that \`file-access\` gave on the socket; it is good for ${LIMITS.fileAccessMs / 60_000} minutes and ends when the participant goes. The rules for requests that change something are those above.

The browser makes the id, 128 random bits. Part n is the ${LIMITS.filePartBytes} bytes of the ciphertext from n × ${LIMITS.filePartBytes}, the last part what is left. Parts may come in any order and again; \`missing\` says what is still to be sent. Others can fetch a file once it is finished. One of which no part comes for ${LIMITS.fileIdleMs / 60_000} minutes before that is taken away.

${table(['name', 'request', 'body', 'response'], rows)}`;
}

function signalling(): string {
  return `## Signalling

One WebSocket at \`${SIGNAL_PATH}\`, from the service's own origin only. The first message is \`join\` or \`resume\`, within ${LIMITS.joinTimeoutMs / 1000} s. Every message from the client carries a number in \`request\` and is answered by exactly one \`ok\`, \`joined\`, \`waiting\`, \`answer\`, \`relays\`, \`group-seat\`, \`file-access\` or \`error\` with the same number; everything else comes unasked. A client sends \`ping\` every ${LIMITS.pingIntervalMs / 1000} s; a socket that is silent for ${LIMITS.silenceMs / 1000} s is dead. Whoever lost the socket can \`resume\` with the token of the last \`joined\` for ${LIMITS.resumeGraceMs / 1000} s and keeps the transport if it still lives.

A message is at most ${LIMITS.signalMessageBytes} bytes; a \`group-commit\` of a member of the group may have ${LIMITS.signalCommitBytes}.

### The door, and order

\`join\` is answered by \`joined\`, or by \`waiting\` where somebody has to let them in. Then nothing comes but \`lobby\` (whether somebody is there who can), and at last \`joined\` with \`request: null\`, or \`ended\`; nothing but \`leave\` and \`ping\` is taken. Nobody waits longer than ${LIMITS.lobbyMs / 3_600_000} hours, at most ${LIMITS.lobby} wait at once, and a lost socket has left.

Those with the control \`admit\` are told of each one by \`knocked\` and \`knock-over\`, and find all in \`joined.lobby\`. They let in with \`admit\`, up to ${LIMITS.admittedAtOnce} at once, all of those who still wait or none, each with an admission that their device has signed (docs/e2ee.md); members of the group get it with \`group-pending\` and \`group-commit\`. They turn away with \`turn-away\`.

\`moderate\` is what hosts and co-hosts do; each action needs the control that is named at it in \`packages/protocol/src/moderation.ts\`, and is refused with \`meeting.not_allowed\` without it, towards a host, and towards a co-host by anybody but a host. Whom it is done to hears \`moderated\`; what holds for all comes by \`orders\`; what may be sent, by \`allowed\`. What was stopped is taken for on again only after its client has said once, by \`sources\`, that it is off.

### The group

The server is the delivery service of the meeting's MLS group (RFC 9420, RFC 9750): it gives the group its id, takes one commit for each epoch, relays, and looks into nothing. Everything opaque is base64url without padding.

1. \`join\` brings a KeyPackage. Whoever finds no group founds one, at epoch 0; everybody else waits.
2. Members are told by \`group-pending\` who waits and whose leaf is dead, whole each time. One of them sends \`group-commit\`. The first for an epoch is accepted: the others get it, those who are added get \`group-welcome\` and are members. Every later one is refused with \`group.stale_epoch\`, and one that neither adds nor removes anybody with \`group.not_pending\`.
3. Every member, the one who committed too, says \`group-ack\` when an epoch has begun for it; when all who are connected have, each hears \`group-settled\`.
4. Who lost the socket resumes with the state kept and gets the commits that were missed (up to ${LIMITS.groupMissedCommits}, ${LIMITS.groupMissedChars} characters), else is \`behind\` and sends \`group-rejoin\`. A page that was closed (close code 1001) has lost its state: its leaf is dead at once, its place is kept. Application messages are not kept.
5. When nobody is left in a group, or nobody of it is connected for ${LIMITS.groupDesertedMs / 1000} s while somebody waits, the one who has waited longest founds another. So it is when members are connected and let in, for ${LIMITS.groupStalledMs / 1000} s, nobody or only others than the one who has waited longest; whoever a member has refused is not counted. \`group-seat-changed\` tells so.
6. When of those who were in an epoch, or were added, more than half send \`group-rejoin\` instead of \`group-ack\` for what one member committed, and at least two, that member is \`behind\` and is told so by \`group-seat-changed\`. The others stay what they are.

A Welcome may be for a KeyPackage that its owner has replaced meanwhile: like any that cannot be used it is answered by \`group-rejoin\`.

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

function calls(): string {
  return `## Calls

Who is signed in listens on a WebSocket at \`${CALL_CHANNEL_PATH}\`, from the service's own origin only; it is refused without a session and closed with it. The server alone speaks, at least every ${LIMITS.callPingMs / 1000} s; a page that sends anything is cut off. What pages want they say over REST.

1. \`ring\` is answered the same whoever is rung. Every page of the callee hears it by \`state\`, for ${LIMITS.ringMs / 1000} s.
2. The first \`answerCall\` has the call, and brings a public key that was made for it. The caller hears \`answered\`, the callee's other pages \`over\`.
3. The caller's browser makes a meeting up, seals its passcode to that key, and gives both within ${LIMITS.callSecretMs / 1000} s (\`giveCallSecret\`). The server keeps the meeting, and passes the sealed passcode to the session that has answered by \`secret\`; of it nothing is kept. Both join the meeting as any other.
4. Every other end is told to the caller by \`ended\`. \`missed\` does not say why.

A contact from outside does the same by \`ringByLink\`, \`awaitOutsideCall\` and \`giveOutsideSecret\`, with the secret of their link and then the token of the call. Keys and texts are in docs/e2ee.md.

${messages(CallChannelMessage.def.options)}`;
}

type Message =
  | typeof ClientMessage.def.options
  | typeof ServerMessage.def.options
  | typeof CallChannelMessage.def.options;

function messages(options: Message): string {
  const rows = options.map((option) => {
    const [type] = [...option.def.shape.type.def.values];
    return [`\`${type}\``, code(notation(option))];
  });
  return table(['type', 'message'], rows);
}

function errors(): string {
  const rows = Object.entries(ERRORS).map(([name, { status, retry }]) => [
    `\`${name}\``,
    `${status}`,
    retry ? 'yes' : 'no',
    ERROR_TEXTS[name as ErrorCode],
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
