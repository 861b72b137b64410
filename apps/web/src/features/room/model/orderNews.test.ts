import { type MeetingOrders, NO_ORDERS } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { isSecured, orderNews } from './orderNews.ts';

const held = { microphone: true, camera: true, screen: true };
const secured: MeetingOrders = { ...NO_ORDERS, locked: true, held, chat: 'off' };

test.each<[string, MeetingOrders, MeetingOrders, readonly string[]]>([
  ['nothing', NO_ORDERS, NO_ORDERS, []],
  ['locked', NO_ORDERS, { ...NO_ORDERS, locked: true }, ['locked']],
  ['unlocked', { ...NO_ORDERS, locked: true }, NO_ORDERS, ['unlocked']],
  ['held', NO_ORDERS, { ...NO_ORDERS, held: { ...held, camera: false } }, ['held.microphone', 'held.screen']],
  ['free', { ...NO_ORDERS, held }, NO_ORDERS, ['free.microphone', 'free.camera', 'free.screen']],
  ['no chat', NO_ORDERS, { ...NO_ORDERS, chat: 'off' }, ['chatOff']],
  ['chat of hosts', { ...NO_ORDERS, chat: 'off' }, { ...NO_ORDERS, chat: 'hosts' }, ['chatHosts']],
  ['chat', { ...NO_ORDERS, chat: 'off' }, NO_ORDERS, ['chatOn']],
  ['the emergency is one thing', NO_ORDERS, secured, ['secured']],
])('%s', (_, before, after, news) => expect(orderNews(before, after)).toEqual(news));

test('it is secured as long as all of it holds', () => {
  expect(isSecured(secured)).toBe(true);
  expect(isSecured({ ...secured, locked: false })).toBe(false);
  expect(isSecured({ ...secured, held: { ...held, screen: false } })).toBe(false);
});
