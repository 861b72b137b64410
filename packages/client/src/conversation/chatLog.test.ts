import { describe, expect, it } from 'vitest';
import {
  addGap,
  addMessage,
  CHAT_ENTRIES,
  type ChatLog,
  deleteMessage,
  editMessage,
  emptyLog,
  find,
  keyOf,
  type LoggedMessage,
  removeMessage,
  settleEdit,
} from './chatLog.ts';

const message = (participantId: string, id: string, over: Partial<LoggedMessage> = {}): LoggedMessage => ({
  kind: 'message',
  key: keyOf(participantId, id),
  id,
  device: `device of ${participantId}`,
  author: { participantId, name: participantId, guest: true, self: false },
  text: id,
  at: 0,
  replyTo: null,
  deletedBy: null,
  edited: false,
  privateWith: null,
  former: null,
  delivery: 'sent',
  ...over,
});
const logOf = (...messages: LoggedMessage[]): ChatLog => messages.reduce(addMessage, emptyLog);

describe('the chat log', () => {
  it('keeps 500 entries, and counts all messages of others', () => {
    const log = logOf(...Array.from({ length: 700 }, (_, index) => message('ada', `${index}`)));
    expect(log.entries).toHaveLength(CHAT_ENTRIES);
    expect(log.entries[0]?.key).toBe('ada/200');
    expect(log.received).toBe(700);
    expect(logOf(message('me', '1', { author: { ...message('me', '1').author, self: true } })).received).toBe(
      0,
    );
  });

  it('takes a message once; the same id of somebody else is another message', () => {
    const log = logOf(message('ada', '1'), message('ada', '1', { text: 'other' }), message('ben', '1'));
    expect(log.entries.map(({ key }) => key)).toEqual(['ada/1', 'ben/1']);
    expect(find(log, 'ada/1')?.text).toBe('1');
  });

  it('forgets a text that its author takes back, and leaves it to nobody else to do so', () => {
    const log = logOf(message('ada', '1', { replyTo: 'ben/1' }), message('ada', '2'));
    const deleted = deleteMessage(log, 'ada/1', { device: 'device of ada' });
    expect(find(deleted, 'ada/1')).toMatchObject({ text: null, replyTo: null });
    expect(find(deleted, 'ada/2')?.text).toBe('2');
    // Another device under the same participant id, after the first one has gone.
    expect(deleteMessage(log, 'ada/1', { device: 'another device' })).toBe(log);
  });

  it('puts another text in the place of the former one, by the same device alone', () => {
    const log = logOf(message('ada', '1'));
    const by = { device: 'device of ada' };
    const edited = editMessage(log, 'ada/1', 'other', by);
    expect(find(edited, 'ada/1')).toMatchObject({ text: 'other', edited: true, former: null });
    expect(editMessage(log, 'ada/1', 'other', { ...by, device: 'another' })).toBe(log);
    const deleted = deleteMessage(log, 'ada/1', by);
    expect(editMessage(deleted, 'ada/1', 'back again', by)).toBe(deleted);
  });

  it('has the former text again when a change did not come to the others', () => {
    const own = { ...message('me', '1').author, self: true };
    const by = { device: 'device of me' };
    let log = logOf(message('me', '1', { author: own }));
    log = editMessage(editMessage(log, 'me/1', 'second', by), 'me/1', 'third', by);
    expect(find(settleEdit(log, 'me/1', false), 'me/1')).toMatchObject({ text: '1', edited: false });
    const settled = settleEdit(log, 'me/1', true);
    expect(find(settled, 'me/1')).toMatchObject({ text: 'third', edited: true, former: null });
    expect(settleEdit(settled, 'me/1', false)).toBe(settled);
  });

  it('says who has deleted what is not theirs', () => {
    const log = removeMessage(logOf(message('ada', '1')), 'ada/1', 'Host');
    expect(find(log, 'ada/1')).toMatchObject({ text: null, deletedBy: 'Host' });
    expect(removeMessage(log, 'ada/1', 'Other')).toBe(log);
  });

  it('shows one gap for several in a row', () => {
    const log = addGap(addGap(logOf(message('ada', '1')), 'a', true), 'b', false);
    expect(log.entries.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', key: 'a', away: true }]);
    expect(addGap(addMessage(log, message('ada', '2')), 'c', false).entries).toHaveLength(4);
  });
});
