import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeBindingRequest } from '../../testing/writeBindingRequest.ts';
import { readBindingRequest } from './bindingRequest.ts';

/** RFC 5769, section 2.1. */
const sample = {
  message: Buffer.from(
    [
      '000100582112a442b7e7a701bc34d686fa87dfae',
      '802200105354554e207465737420636c69656e74',
      '002400046e0001ff',
      '80290008932ff9b151263b36',
      '000600096576746a3a68367659202020',
      '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2',
      '80280004e57a3bcf',
    ].join(''),
    'hex',
  ),
  password: 'VOkJxbRl1RmTxUk/WvJxBt',
};

const text = fc.string({ minLength: 1, maxLength: 30 }).filter((each) => /^[\w+/]+$/.test(each));

test('a check names whom it asks, and is from whoever knows the password', () => {
  fc.assert(
    fc.property(text, text, text, text, (ours, theirs, password, other) => {
      const check = readBindingRequest(writeBindingRequest(`${ours}:${theirs}`, password));
      expect(check?.ufrag).toBe(ours);
      expect(check?.isFrom(password)).toBe(true);
      expect(check?.isFrom(other)).toBe(other === password);
    }),
  );
});

test('reads the sample request of the standard', () => {
  const check = readBindingRequest(sample.message);
  expect(check).toMatchObject({
    ufrag: 'evtj',
    transactionId: Buffer.from('b7e7a701bc34d686fa87dfae', 'hex'),
    nominates: false,
    isControlled: true,
  });
  expect(check?.isFrom(sample.password)).toBe(true);
  expect(check?.isFrom(`${sample.password} `)).toBe(false);
});

test('tells who nominates, and who takes itself for the controlled end', () => {
  for (const nominates of [true, false])
    for (const isControlled of [true, false]) {
      const check = readBindingRequest(
        writeBindingRequest('ours:theirs', 'password', { nominates, isControlled }),
      );
      expect(check).toMatchObject({ nominates, isControlled });
      expect(check?.isFrom('password')).toBe(true);
    }
});

test('the transaction stays what it was when the bytes are written over', () => {
  const bytes = writeBindingRequest('ours:theirs', 'password');
  const expected = bytes.toString('hex', 8, 20);
  const check = readBindingRequest(bytes);
  bytes.fill(0);
  expect(check?.transactionId.toString('hex')).toBe(expected);
});

test('what follows the integrity is not covered by it, and so not read', () => {
  const useCandidate = Buffer.from([0, 0x25, 0, 0]);
  const longer = Buffer.concat([writeBindingRequest('ours:theirs', 'password'), useCandidate]);
  longer.writeUInt16BE(longer.length - 20, 2);
  const check = readBindingRequest(longer);
  expect(check?.isFrom('password')).toBe(true);
  expect(check?.nominates).toBe(false);
});

test('a check without a name, or with an integrity of another length, is none', () => {
  const integrity = (length: number) => Buffer.concat([Buffer.from([0, 8, 0, length]), Buffer.alloc(length)]);
  const name = Buffer.from([0, 6, 0, 4, ...Buffer.from('a:bc')]);
  const message = (...attributes: Buffer[]) => {
    const body = Buffer.concat(attributes);
    const bytes = Buffer.concat([sample.message.subarray(0, 20), body]);
    bytes.writeUInt16BE(body.length, 2);
    return bytes;
  };
  expect(readBindingRequest(message(name, integrity(20)))).not.toBeNull();
  expect(readBindingRequest(message(integrity(20)))).toBeNull();
  expect(readBindingRequest(message(integrity(20), name))).toBeNull();
  expect(readBindingRequest(message(name, integrity(32)))).toBeNull();
  expect(readBindingRequest(message(name, integrity(0)))).toBeNull();
  expect(readBindingRequest(message(name))).toBeNull();
});

test('a check that was changed anywhere before its integrity is from nobody', () => {
  const whole = writeBindingRequest('ours:theirs', 'password');
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(readBindingRequest(changed)?.isFrom('password') ?? false).toBe(false);
  }
});

test('anything else is no check, and nothing throws', () => {
  const whole = writeBindingRequest('ours:theirs', 'password');
  for (let end = 0; end < whole.length; end++) expect(readBindingRequest(whole.subarray(0, end))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const check = readBindingRequest(Buffer.concat([whole.subarray(0, 8), bytes]));
      expect(check?.isFrom('password') ?? false).toBe(false);
    }),
  );
});

test('nothing throws, whatever was done to a check', () => {
  const change = fc.record({ at: fc.nat(200), value: fc.nat(255) });
  fc.assert(
    fc.property(
      fc.constantFrom(sample.message, writeBindingRequest('ours:theirs', 'password')),
      fc.array(change, { maxLength: 8 }),
      fc.nat(200),
      fc.boolean(),
      (whole, changes, end, rightLength) => {
        const bytes = Buffer.from(whole.subarray(0, end));
        for (const { at, value } of changes) if (at < bytes.length) bytes[at] = value;
        if (rightLength && bytes.length >= 20) bytes.writeUInt16BE(bytes.length - 20, 2);
        readBindingRequest(bytes)?.isFrom('password');
      },
    ),
    { numRuns: 2_000 },
  );
});
