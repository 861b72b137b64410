import { FIRST_POLICY, NO_SOURCES, rulesOf, toClientRules } from '@conclave/protocol';
import { expect, test, vi } from 'vitest';
import type { Devices } from '../devices/types.ts';
import { OwnMedia } from './OwnMedia.ts';
import type { ScreenShare } from './ScreenShare.ts';

function media(on: { microphone?: boolean; camera?: boolean; starting?: boolean } = {}) {
  const off: string[] = [];
  const device = (isOn = false) => ({ on: isOn, starting: on.starting === true });
  const devices = {
    state: { get: () => ({ microphone: device(on.microphone), camera: device(on.camera) }) },
    turnOffMicrophone: () => off.push('microphone'),
    turnOffCamera: () => off.push('camera'),
    stopAll: vi.fn(),
  };
  const screen = { stop: () => off.push('screen') };
  return { off, media: new OwnMedia(devices as unknown as Devices, screen as unknown as ScreenShare) };
}

test('what may not be sent is not captured', () => {
  const one = media();
  one.media.keepWithin({ ...NO_SOURCES, camera: true });
  expect(one.off).toEqual(['microphone', 'screen']);
});

test('what the rules have off at the start is turned off, also while it is starting', () => {
  const rules = { microphoneAtStart: 'off', cameraAtStart: 'chosen' } as const;
  const all = { ...toClientRules(rulesOf(FIRST_POLICY, {})), ...rules };
  const on = media({ microphone: true, camera: true });
  expect(on.media.beginOff(all)).toBe(true);
  expect(on.off).toEqual(['microphone']);
  const starting = media({ starting: true });
  expect(starting.media.beginOff(all)).toBe(true);
  expect(media().media.beginOff(all)).toBe(false);
});

test('what a host has stopped while the socket was lost is off here too, and nothing else', () => {
  const told = { ...NO_SOURCES, microphone: true, camera: true };
  const one = media();
  one.media.stopWhatWasStopped(told, { ...NO_SOURCES, camera: true });
  expect(one.off).toEqual(['microphone']);
  const same = media();
  same.media.stopWhatWasStopped(told, told);
  expect(same.off).toEqual([]);
});
