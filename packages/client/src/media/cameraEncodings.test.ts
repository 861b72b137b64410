import type { CameraLayer } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { planCamera, planScreen } from './cameraEncodings.ts';

const sent = (wanted: CameraLayer[], codec: Parameters<typeof planCamera>[1]) =>
  planCamera(wanted, codec).map(({ active, scalabilityMode, scaleResolutionDownBy }) =>
    active ? `${scalabilityMode ?? 'any'} /${scaleResolutionDownBy}` : '',
  );

test('in simulcast each encoding is a layer', () => {
  for (const codec of ['VP8', 'H264', null] as const) {
    expect(sent(['q', 'f'], codec)).toEqual(['any /4', '', 'any /1']);
    expect(sent([], codec)).toEqual(['', '', '']);
  }
});

test('with spatial layers several are one stream up to the largest, and one alone is sent alone', () => {
  for (const codec of ['VP9', 'AV1'] as const) {
    expect(sent(['q'], codec)).toEqual(['L1T3 /4', '', '']);
    expect(sent(['f'], codec)).toEqual(['', '', 'L1T3 /1']);
    expect(sent(['q', 'h'], codec)).toEqual(['L2T3_KEY /2', '', '']);
    expect(sent(['h', 'f'], codec)).toEqual(['L3T3_KEY /1', '', '']);
    expect(sent(['q', 'h', 'f'], codec)).toEqual(['L3T3_KEY /1', '', '']);
    expect(sent([], codec)).toEqual(['', '', '']);
  }
});

test('the one stream may take what its layers may take together', () => {
  expect(planCamera(['q', 'h', 'f'], 'VP9')[0]?.maxBitrate).toBe(2_450_000);
  expect(planCamera(['q', 'h'], 'VP9')[0]?.maxBitrate).toBe(650_000);
});

test('a screen has one layer in every codec', () => {
  expect(planScreen(true, 'VP9')).toMatchObject([{ active: true, scalabilityMode: 'L1T1' }]);
  expect(planScreen(false, 'VP8')).toMatchObject([{ active: false, scalabilityMode: undefined }]);
});
