import { afterEach, expect, test, vi } from 'vitest';
import { canTakePart } from './support.ts';

afterEach(() => vi.unstubAllGlobals());

test('a browser takes part when it has WebRTC and can encrypt each frame, and else does not', () => {
  expect(canTakePart()).toBe(false);
  vi.stubGlobal('RTCPeerConnection', class {});
  expect(canTakePart()).toBe(false);
  vi.stubGlobal('RTCRtpScriptTransform', class {});
  expect(canTakePart()).toBe(true);
});
