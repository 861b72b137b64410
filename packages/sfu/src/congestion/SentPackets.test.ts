import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MISSING, RECEIVED, SentPackets, UNREPORTED } from './SentPackets.ts';

const packet = fc.record({
  size: fc.nat(0xffff),
  time: fc.double({ noNaN: true }),
  probe: fc.nat(0xff),
  state: fc.constantFrom(UNREPORTED, MISSING, RECEIVED),
});

test('what is known of a packet stays with it, whatever its neighbours are', () => {
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 50 }), fc.nat(0xffff), (packets, first) => {
      const sent = new SentPackets(first);
      for (const { size, time, probe } of packets) sent.add(size, time, probe);
      for (const [index, { state }] of packets.entries()) {
        expect(sent.state(first + index)).toBe(UNREPORTED);
        if (state !== UNREPORTED) sent.setState(first + index, MISSING);
        if (state === RECEIVED) sent.setState(first + index, RECEIVED);
      }
      for (const [index, { size, time, probe, state }] of packets.entries()) {
        const number = first + index;
        expect([sent.size(number), sent.time(number), sent.probe(number), sent.state(number)]).toEqual([
          ...[size, time, probe, state],
        ]);
      }
    }),
  );
});
