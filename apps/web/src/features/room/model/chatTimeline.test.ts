import type { ChatEntry, Poll, SharedFile } from '@conclave/client';
import { expect, it } from 'vitest';
import { chatTimeline } from './chatTimeline.ts';

const message = (at: number): ChatEntry => ({
  ...{
    kind: 'message',
    key: `m${at}`,
    text: '.',
    at,
    replyTo: null,
    deletedBy: null,
    edited: false,
    privateWith: null,
    delivery: 'sent',
  },
  author: { participantId: 'a', name: 'A', guest: false, self: false },
});
const gap: ChatEntry = { kind: 'gap', key: 'gap', away: true };
const file = (at: number) => ({ id: `f${at}`, at }) as SharedFile;
const keys = (entries: readonly ChatEntry[], files: readonly SharedFile[]) =>
  chatTimeline(entries, files).map(({ key }) => key.replace('file ', ''));

it('files stand among the messages by their time', () => {
  expect(keys([message(1), message(3)], [file(0), file(2), file(4)])).toEqual(['f0', 'm1', 'f2', 'm3', 'f4']);
});

it('nothing is lost or told twice when clocks differ', () => {
  const entries = [message(5), message(2), gap, message(3)];
  expect(keys(entries, [file(4), file(1)])).toEqual(['m5', 'm2', 'gap', 'm3', 'f4', 'f1']);
  expect(keys([], [file(1)])).toEqual(['f1']);
  expect(keys([gap], [])).toEqual(['gap']);
});

it('polls stand among messages and files by the time at which they came', () => {
  const poll = (at: number) => ({ kind: 'poll', key: `p${at}`, at }) as Poll;
  const timeline = chatTimeline([message(1), message(4)], [file(2), file(6)], [poll(0), poll(3), poll(7)]);
  expect(timeline.map(({ key }) => key.replace('file ', ''))).toEqual([
    'p0',
    'm1',
    'f2',
    'p3',
    'm4',
    'f6',
    'p7',
  ]);
});
