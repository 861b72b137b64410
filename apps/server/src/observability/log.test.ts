import { inspect } from 'node:util';
import type { BusinessEvent } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { Notifier } from '../notifier.ts';
import { Secret } from '../secret.ts';
import { createEmit, logSink } from './events.ts';
import { createLog } from './log.ts';

function captured(level: 'trace' | 'info' = 'trace') {
  const lines: string[] = [];
  const log = createLog({ level }, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

test('what identifies people or opens doors is struck out, wherever somebody logs it', () => {
  const { log, lines } = captured();
  log.info(
    { email: 'ada@example.org', request: { cookie: 'tasty', address: '192.0.2.1' }, token: 'tttt' },
    'x',
  );
  log.info({ key: new Secret('hunter2'), secret: 'hunter3', relay: { credential: 'hunter4' } }, 'x');
  log.info({ signal: { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' } }, 'x');
  expect(lines.join('')).not.toMatch(/ada@|tasty|192\.0\.2\.1|tttt|hunter/);
});

test('a fault is logged by what and where, not by its message, which may quote its input', () => {
  const { log, lines, last } = captured();
  const cause = Object.assign(new Error('Key (email)=(ada@example.org) already exists'), { code: '23505' });
  log.error({ fault: new TypeError('cannot read ada@example.org', { cause }) }, 'a request failed');
  expect(lines.join('')).not.toContain('ada@');
  expect(last()).toMatchObject({ level: 'error', fault: { type: 'TypeError', cause: { code: '23505' } } });
  expect(last().fault.stack[0]).toContain('log.test.ts');
});

test('a business event is one line with its name; refusals that anybody can cause stay below the usual level', () => {
  const { log, lines, last } = captured('info');
  const emit = createEmit(log, [logSink(log)]);
  emit({ event: 'service.started', version: '1.2.3' });
  expect(last()).toMatchObject({ level: 'info', event: 'service.started', version: '1.2.3' });
  emit({ event: 'request.refused', surface: 'http', code: 'request.origin' });
  expect(lines).toHaveLength(1);
});

test('a sink that fails is reported and does not keep the event from the others', () => {
  const { log, last } = captured();
  const heard: BusinessEvent[] = [];
  const broken = () => {
    throw new Error('full');
  };
  createEmit(log, [broken, (event) => void heard.push(event)])({ event: 'owner.link_made' });
  expect(heard).toEqual([{ event: 'owner.link_made' }]);
  expect(last()).toMatchObject({ level: 'error', event: 'owner.link_made' });
});

test('a secret prints as a mark, however it is printed', () => {
  const secret = new Secret('hunter2');
  const printed = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ a: [secret] }, { depth: 9 }),
  ];
  expect(printed.join('')).not.toContain('hunter2');
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.reveal()).toBe('hunter2');
});

test('a listener that fails does not keep a happening from the others, and one that left hears no more', () => {
  const faults: unknown[] = [];
  const heard: number[] = [];
  const notifier = new Notifier<number>((fault) => faults.push(fault));
  notifier.listen(() => {
    throw new Error('no');
  });
  const listening = notifier.listen((happening) => heard.push(happening));
  notifier.tell(1);
  listening[Symbol.dispose]();
  notifier.tell(2);
  expect(heard).toEqual([1]);
  expect(faults).toHaveLength(2);
});
