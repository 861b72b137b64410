import { isIP, SocketAddress as NodeAddress } from 'node:net';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toSocketAddress, unmapped } from './SocketAddress.ts';

/** How Node writes these 16 bytes. */
function text(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return canonical(hex.replaceAll(/(....)(?=.)/g, '$1:'));
}

function canonical(address: string): string {
  return new NodeAddress({ address, family: 'ipv6' }).address;
}

const port = fc.integer({ min: 0, max: 65_535 });
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

test('reads every IPv6 address, however it is written', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), sixteen.map(text)), port, (address, at) => {
      const read = toSocketAddress(address, at);
      expect(read.bytes).toHaveLength(16);
      expect(text(read.bytes)).toBe(canonical(address));
      expect(read).toMatchObject({ port: at, scope: 0 });
    }),
  );
});

test('reads every address that Node writes', () => {
  // Addresses with long runs of zeroes are the ones that are shortened.
  const sparse = fc
    .array(fc.constantFrom(0, 0, 0, 1, 0xfe), { minLength: 16, maxLength: 16 })
    .map((bytes) => Uint8Array.from(bytes));
  fc.assert(
    fc.property(fc.oneof(sixteen, sparse), (bytes) => {
      expect(Buffer.from(toSocketAddress(text(bytes), 1).bytes)).toEqual(Buffer.from(bytes));
    }),
  );
});

test('an IPv4 address is the same, mapped or not, and STUN gets its four bytes', () => {
  fc.assert(
    fc.property(fc.ipV4(), port, (address, at) => {
      const plain = toSocketAddress(address, at);
      expect(toSocketAddress(`::ffff:${address}`, at)).toEqual(plain);
      expect(toSocketAddress(`::FFFF:${address}`, at)).toEqual(plain);
      expect(text(plain.bytes)).toBe(canonical(`::ffff:${address}`));
      expect([...unmapped(plain)].join('.')).toBe(address);
    }),
  );
});

test('what is not mapped stays sixteen bytes', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      fc.pre(!text(bytes).startsWith('::ffff:'));
      expect(unmapped({ bytes, scope: 0, port: 1 })).toEqual(bytes);
    }),
  );
  for (const address of ['::', '::1', '::1.2.3.4', '::fffe:1.2.3.4', '0:0:0:0:1:ffff:1.2.3.4'])
    expect(unmapped(toSocketAddress(address, 1))).toHaveLength(16);
});

test.each([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['1::', '00010000000000000000000000000000'],
  ['2001:db8::9:1', '20010db8000000000000000000090001'],
  ['64:ff9b::192.0.2.1', '0064ff9b0000000000000000c0000201'],
])('%s', (address, hex) => expect(Buffer.from(toSocketAddress(address, 1).bytes).toString('hex')).toBe(hex));

test('an interface is told by its number or its name', () => {
  expect(toSocketAddress('fe80::1%7', 1).scope).toBe(7);
  expect(toSocketAddress('fe80::1', 1).scope).toBe(0);
  expect(toSocketAddress('fe80::1%no-such-interface', 1).scope).toBe(0);
  for (const [name, addresses = []] of Object.entries(networkInterfaces()))
    for (const { address, scopeid = 0 } of addresses)
      if (scopeid > 0) {
        const read = toSocketAddress(`${address}%${name}`, 1);
        expect(read.scope).toBe(scopeid);
        expect(text(read.bytes)).toBe(canonical(address));
      }
});

test.each([
  ...['', '%', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.4::', '1.2.3.4:1', '::1.2.3'],
  ...['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2::3', ':1::', '1::2:', ':::', '::g', '::12345', ' ::1'],
])('“%s” is no address', (junk) => expect(() => toSocketAddress(junk, 1)).toThrow('not an IP address'));

test('what Node takes for no address is none here', () => {
  const likely = fc
    .array(fc.constantFrom(':', '::', '.', '1', 'ffff', '0', '255', 'g', '1.2.3.4'), { maxLength: 18 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(likely, fc.string()), (junk) => {
      const [address = ''] = junk.split('%');
      const read = () => toSocketAddress(junk, 1);
      if (isIP(address) === 0) expect(read).toThrow('not an IP address');
      else expect(read().bytes).toHaveLength(16);
    }),
    { numRuns: 500 },
  );
});
