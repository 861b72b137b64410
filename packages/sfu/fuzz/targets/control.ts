import { WorkerMessage } from '../../src/control/events.ts';
import type { OfferLine } from '../../src/control/media.ts';
import { Request } from '../../src/control/requests.ts';
import { RECORDED, recordedOffer } from '../../src/sdp/fixtures/recorded.ts';
import { negotiate } from '../../src/sdp/negotiate.ts';
import { OfferError } from '../../src/sdp/OfferError.ts';
import { USES } from '../../src/testing/Meeting.ts';
import { writeOffer } from '../../src/testing/writeOffer.ts';
import { must, type Target } from '../Target.ts';

const lines: readonly OfferLine[] = USES.map((use, index) => ({ mid: String(index), use }));
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const local = {
  iceUfrag: 'abcd',
  icePwd: 'a'.repeat(24),
  fingerprint,
  setup: 'active',
  candidates: [],
} as const;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The offer of a browser. It is longer than other inputs are, so it begins with short ones. */
export const offer: Target = {
  seeds: [
    text(writeOffer(lines, local)),
    ...[1, 2, 4].map((count) => text(writeOffer(lines.slice(0, count), local))),
    ...RECORDED.map((name) => text(recordedOffer(name).offer)),
  ],
  run(input) {
    const sdp = new TextDecoder('latin1').decode(input);
    for (const declared of [lines, lines.slice(0, 1), lines.slice(0, 2), lines.slice(0, 4)]) {
      try {
        const negotiation = negotiate(sdp, declared);
        must(negotiation.lines.length === declared.length, 'other lines than were declared');
        must(/^[A-Za-z0-9+/]{4,256}$/.test(negotiation.remote.iceUfrag), 'a ufrag that is none');
        must(/^[0-9A-F:]{95}$/.test(negotiation.remote.fingerprint), 'a fingerprint that is none');
      } catch (error) {
        if (!(error instanceof OfferError)) throw error;
        must(error.message.length < 200, 'an error that quotes what it was given');
      }
    }
  },
};

const requests = [
  { id: 1, type: 'start', options: { udpPort: 1 } },
  { id: 2, type: 'openRoom', room: 'r' },
  {
    id: 3,
    type: 'setView',
    room: 'r',
    peer: 'p',
    view: { tiles: 1, tile: { width: 1, height: 1 }, pinned: [], sizes: [], screen: { width: 0, height: 0 } },
  },
  { kind: 'events', events: [{ type: 'speakers', room: 'r', speakers: ['p'] }] },
  { kind: 'failure', id: 1, code: 'limit', message: 'm' },
];

/** The messages between the server and a worker, either way. */
export const control: Target = {
  seeds: requests.map((request) => text(JSON.stringify(request))),
  run(input) {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('latin1').decode(input));
    } catch {
      return;
    }
    for (const schema of [Request, WorkerMessage]) {
      const parsed = schema.safeParse(value);
      if (parsed.success) must(schema.safeParse(parsed.data).success, 'what was read cannot be read again');
    }
  },
};
