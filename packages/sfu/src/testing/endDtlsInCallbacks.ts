import { DtlsContext } from '../transport/dtls/DtlsContext.ts';
import type { DtlsPorts } from '../transport/dtls/DtlsSession.ts';
import { DtlsPair, type DtlsPairOptions } from './DtlsPair.ts';

/**
 * Ends DTLS sessions out of each of their callbacks, at every call, in all that can happen to a session. It is a process
 * of its own because what goes wrong there ends the process; it prints what was called after the end, as JSON.
 */
const LIVES: Readonly<Record<string, DtlsPairOptions & { live: (pair: DtlsPair) => void }>> = {
  'a call, closed by the peer': {
    live: (pair) => {
      pair.shakeHands();
      pair.client.write(Buffer.from('nobody reads this'));
      pair.exchange();
      pair.client.close();
      pair.exchange();
    },
  },
  'a call, closed by us': {
    live: (pair) => {
      pair.shakeHands().session[Symbol.dispose]();
      pair.exchange();
    },
  },
  'a peer that wants another handshake': {
    live: (pair) => {
      pair.shakeHands().client.renegotiate();
      pair.exchange();
    },
  },
  'a peer that breaks the protocol': {
    live: (pair) => {
      pair.shakeHands().give(pair.client.forge(21, Buffer.from([9, 9]), 100));
      pair.exchange();
    },
  },
  'another certificate': { fingerprint: '00', live: (pair) => pair.shakeHands() },
  'no certificate': { client: { identity: null }, live: (pair) => pair.shakeHands() },
  'no profile': { client: { profiles: null }, live: (pair) => pair.shakeHands() },
  'a first message that makes no sense': {
    live: (pair) => {
      pair.give(Buffer.from(`16fefd00000000000000000010${'01'.repeat(16)}`, 'hex'));
      pair.exchange();
    },
  },
};

const context = new DtlsContext();
const late: string[] = [];
let ended = 0;

for (const [name, { live, ...options }] of Object.entries(LIVES))
  for (const port of ['send', 'onConnected', 'onFailed', 'onClosed'] satisfies (keyof DtlsPorts)[])
    for (let call = 0; call < 6; call++) {
      let count = 0;
      let over = false;
      using pair = new DtlsPair({
        ...options,
        context,
        on: (called, { session }) => {
          if (over) late.push(`${called} after ${port} ${call} of ${name}`);
          if (called !== port || count++ !== call) return;
          session[Symbol.dispose]();
          session.receive(Buffer.alloc(20, 22), 20);
          session.tick();
          over = true;
          ended += 1;
        },
      });
      live(pair);
      pair.session.receive(Buffer.alloc(20, 22), 20);
      pair.session.tick();
    }

context[Symbol.dispose]();
process.stdout.write(JSON.stringify({ ended, late }));
