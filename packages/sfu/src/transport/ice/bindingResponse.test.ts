import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBindingResponse } from '../../testing/readBindingResponse.ts';
import { writeBindingSuccess, writeRoleConflict } from './bindingResponse.ts';

/** Of RFC 5769, sections 2.2 and 2.3: they show that the test reads answers as the standard has it. */
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';
const TRANSACTION = Buffer.from('b7e7a701bc34d686fa87dfae', 'hex');
const PORT = 32_853;
const samples = {
  ipv4: {
    address: Buffer.from([192, 0, 2, 1]),
    message: [
      '0101003c2112a442b7e7a701bc34d686fa87dfae',
      '8022000b7465737420766563746f7220',
      '002000080001a147e112a643',
      '000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7',
      '80280004c07d4c96',
    ],
  },
  ipv6: {
    address: Buffer.from('20010db8123456780011223344556677', 'hex'),
    message: [
      '010100482112a442b7e7a701bc34d686fa87dfae',
      '8022000b7465737420766563746f7220',
      '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9',
      '00080014a382954e4be67bf11784c97c8292c275bfe3ed41',
      '80280004c8fb0b4c',
    ],
  },
};

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));
const password = fc.string({ minLength: 1, maxLength: 40 });
const port = fc.integer({ min: 0, max: 0xffff });

test.each(Object.entries(samples))('our own reader understands the sample for %s', (_, sample) => {
  const answer = readBindingResponse(Buffer.from(sample.message.join(''), 'hex'));
  expect(answer).toMatchObject({
    isSuccess: true,
    transactionId: TRANSACTION,
    mapped: { address: sample.address, port: PORT },
    hasFingerprint: true,
  });
  expect(answer?.isFrom(PASSWORD)).toBe(true);
});

test.each(Object.entries(samples))('masks the address of the sample for %s as it does', (_, sample) => {
  const { address, message } = sample;
  const written = writeBindingSuccess(TRANSACTION, { address, port: PORT }, PASSWORD);
  expect(written.toString('hex')).toContain(message[2]);
});

test('tells a browser its address, of either family, signed with our password', () => {
  fc.assert(
    fc.property(
      bytes(12),
      fc.oneof(bytes(4), bytes(16)),
      port,
      password,
      password,
      (transactionId, address, from, ours, other) => {
        const written = writeBindingSuccess(transactionId, { address, port: from }, ours);
        const answer = readBindingResponse(written);
        expect(answer).toMatchObject({
          isSuccess: true,
          transactionId,
          mapped: { address, port: from },
          code: null,
          hasFingerprint: true,
        });
        expect(answer?.isFrom(ours)).toBe(true);
        expect(answer?.isFrom(other)).toBe(other === ours);
        expect(written).toHaveLength(address.length === 4 ? 64 : 76);
      },
    ),
  );
});

test('tells who takes itself for the controlled end to take the other role', () => {
  fc.assert(
    fc.property(bytes(12), password, (transactionId, ours) => {
      const answer = readBindingResponse(writeRoleConflict(transactionId, ours));
      expect(answer).toMatchObject({
        isSuccess: false,
        transactionId,
        mapped: null,
        code: 487,
        hasFingerprint: true,
      });
      expect(answer?.isFrom(ours)).toBe(true);
    }),
  );
});
