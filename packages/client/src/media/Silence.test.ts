import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receivedBytes, Silence } from './Silence.ts';

test('a transport on which something comes each second is alive, however little', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500_000 }), { maxLength: 50 }), (amounts) => {
      const silence = new Silence();
      let bytes = 0;
      for (const [second, amount] of amounts.entries()) {
        bytes += amount;
        expect(silence.observe(bytes, second * 1_000)).toBe('alive');
      }
    }),
  );
});

test('where media came and nothing comes, the transport is dead after three seconds', () => {
  const silence = new Silence();
  silence.observe(0, 0);
  silence.observe(50_000, 1_000);
  expect(silence.observe(50_000, 2_000)).toBe('doubtful');
  expect(silence.observe(50_000, 3_000)).toBe('doubtful');
  expect(silence.observe(50_000, 4_000)).toBe('dead');
});

test('it is dead sooner when the server has answered by another way since', () => {
  const silence = new Silence();
  silence.observe(0, 0);
  silence.answered(500);
  silence.observe(50_000, 1_000);
  expect(silence.observe(50_000, 2_899)).toBe('doubtful');
  silence.answered(2_000);
  expect(silence.observe(50_000, 2_899)).toBe('doubtful');
  expect(silence.observe(50_000, 2_900)).toBe('dead');
});

test('where only reports came, some may get lost', () => {
  const silence = new Silence();
  silence.observe(0, 0);
  silence.observe(100, 1_000);
  for (let second = 2; second < 7; second++) expect(silence.observe(100, second * 1_000)).toBe('alive');
  expect(silence.observe(200, 7_000)).toBe('alive');
  for (let second = 8; second < 13; second++) expect(silence.observe(200, second * 1_000)).toBe('alive');
  expect(silence.observe(200, 13_000)).toBe('dead');
});

test('only the path in use counts', () => {
  const entries = [
    { type: 'candidate-pair', nominated: true, bytesReceived: 7 },
    { type: 'candidate-pair', nominated: false, bytesReceived: 90 },
    { type: 'transport', bytesReceived: 800 },
  ];
  expect(receivedBytes(new Map(entries.map((entry, id) => [`${id}`, entry])))).toBe(7);
  expect(receivedBytes(new Map())).toBeNull();
});

test('tells whether anything came lately', () => {
  const silence = new Silence();
  expect(silence.heardWithin(2_500, 0)).toBe(false);
  silence.observe(100, 1_000);
  silence.observe(100, 2_000);
  expect(silence.heardWithin(2_500, 3_500)).toBe(true);
  expect(silence.heardWithin(2_500, 3_501)).toBe(false);
});
