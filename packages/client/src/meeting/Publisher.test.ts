import { NO_SOURCES, type SourceSet } from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { MediaTransport } from '../media/MediaTransport.ts';
import type { Signal } from '../signalling/Signal.ts';
import { Publisher, type SourceTracks } from './Publisher.ts';

const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const none: SourceTracks = { microphone: null, camera: null, screen: null, 'screen-audio': null };
const track = {} as MediaStreamTrack;

/** Notes in which order tracks are attached and sources announced. */
function make() {
  const log: string[] = [];
  const attached = new Map<string, MediaStreamTrack | null>();
  const transport = {
    send: async (source: string, what: MediaStreamTrack | null) => {
      if ((attached.get(source) ?? null) !== what)
        log.push(`${what === null ? 'detach' : 'attach'} ${source}`);
      attached.set(source, what);
    },
  } as unknown as MediaTransport;
  const signal = {
    request: async ({ sources }: { sources: SourceSet }) => {
      const on = Object.entries(sources).filter(([, value]) => value);
      log.push(`announce ${on.map(([key]) => key).join(',')}`);
    },
  } as unknown as Signal;
  const publisher = new Publisher();
  publisher.setTransport(transport);
  publisher.setAllowed(all);
  publisher.setSignal(signal);
  log.length = 0;
  return { publisher, log, attached, signal };
}

test('turning on is announced before anything is sent; turning off stops sending before it is announced', () => {
  const { publisher, log } = make();
  publisher.setTracks({ ...none, microphone: track });
  expect(log.splice(0)).toEqual(['announce microphone', 'attach microphone']);
  publisher.setTracks(none);
  expect(log).toEqual(['detach microphone', 'announce ']);
});

test('what is not allowed is neither sent nor announced, and comes back with the permission', () => {
  const { publisher, attached, log } = make();
  publisher.setTracks({ ...none, camera: track });
  publisher.setAllowed(NO_SOURCES);
  expect(attached.get('camera')).toBeNull();
  log.length = 0;
  publisher.setAllowed(all);
  expect(log).toEqual(['announce camera', 'attach camera']);
});

test('a new socket is told again what is on', () => {
  const { publisher, log, signal } = make();
  publisher.setTracks({ ...none, camera: track });
  log.length = 0;
  publisher.setSignal(null);
  publisher.setSignal(signal);
  expect(log).toEqual(['announce camera']);
});

test('a direct path gets what the server gets, until the server is not needed; then back again', () => {
  const { publisher, attached } = make();
  const direct = new Map<string, MediaStreamTrack | null>();
  const target = {
    send: async (source: string, what: MediaStreamTrack | null) => void direct.set(source, what),
  };
  publisher.setTracks({ ...none, microphone: track });
  publisher.setDirect(target, false);
  expect([attached.get('microphone'), direct.get('microphone')]).toEqual([track, track]);
  publisher.setDirect(target, true);
  expect([attached.get('microphone'), direct.get('microphone')]).toEqual([null, track]);
  publisher.setDirect(target, false);
  expect([attached.get('microphone'), direct.get('microphone')]).toEqual([track, track]);
});

test('turning off takes the track from both paths before it is announced', () => {
  const { publisher, log, attached } = make();
  const target = {
    send: async (source: string, what: MediaStreamTrack | null) => {
      if (source === 'microphone') log.push(`direct ${what === null ? 'detach' : 'attach'}`);
    },
  };
  publisher.setTracks({ ...none, microphone: track });
  publisher.setDirect(target, true);
  log.length = 0;
  publisher.setTracks(none);
  expect(log.indexOf('direct detach')).toBeLessThan(log.indexOf('announce '));
  expect(attached.get('microphone')).toBeNull();
});
