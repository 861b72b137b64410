import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const codec = (mimeType: string, sdpFmtpLine?: string) => ({ mimeType, clockRate: 90_000, sdpFmtpLine });
const chromium = [
  codec('video/VP8'),
  codec('video/rtx'),
  codec('video/H264', 'level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f'),
  codec('video/H264', 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'),
  codec('video/AV1', 'level-idx=5;profile=0;tier=0'),
  codec('video/VP9', 'profile-id=0'),
  codec('video/VP9', 'profile-id=2'),
];

/** A browser with these codecs, that reads `codec` of an encoding or does not, and keeps up with some. */
function browser(codecs: readonly object[], readsCodec: boolean, smooth: readonly string[]): void {
  vi.stubGlobal('RTCRtpSender', { getCapabilities: () => ({ codecs }) });
  vi.stubGlobal(
    'RTCPeerConnection',
    class {
      addTransceiver(_: string, { sendEncodings }: { sendEncodings: { codec?: object }[] }): void {
        if (readsCodec) void sendEncodings[0]?.codec;
      }
      close(): void {}
    },
  );
  vi.stubGlobal('navigator', {
    mediaCapabilities: {
      encodingInfo: async ({ video }: { video: { contentType: string } }) => ({
        supported: true,
        smooth: smooth.includes(video.contentType),
      }),
    },
  });
}

async function sendable(): Promise<string[]> {
  const { sendableCodecs } = await import('./sendableCodecs.ts');
  return sendableCodecs();
}

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

test('layered codecs only where the browser keeps up with them', async () => {
  browser(chromium, true, ['video/VP9', 'video/AV1']);
  expect(await sendable()).toEqual(['VP9', 'AV1', 'VP8', 'H264']);
  vi.resetModules();
  browser(chromium, true, ['video/VP9']);
  expect(await sendable()).toEqual(['VP9', 'VP8', 'H264']);
});

test('one alone where it cannot be changed', async () => {
  browser(chromium, false, ['video/VP9']);
  expect(await sendable()).toEqual(['VP8']);
});

test('what the device has: H.264 in the profile that is forwarded, or nothing', async () => {
  browser(chromium.slice(1, 4), true, []);
  expect(await sendable()).toEqual(['H264']);
  vi.resetModules();
  browser(chromium.slice(1, 3), true, []);
  expect(await sendable()).toEqual([]);
});
