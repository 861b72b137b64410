import { describe, expect, it } from 'vitest';
import { announcements, type Heard } from './announcements.ts';

const person = (id: string, screen = false) => ({ id, name: id.toUpperCase(), screen });
const base: Heard = {
  joined: true,
  reconnecting: false,
  microphone: false,
  camera: false,
  path: null,
  others: [person('a')],
};

describe('announcements', () => {
  it('says who comes and goes', () => {
    expect(announcements(base, { ...base, others: [person('a'), person('b')] })).toEqual([
      { says: 'joined', name: 'B' },
    ]);
    expect(announcements(base, { ...base, others: [] })).toEqual([{ says: 'left', name: 'A' }]);
  });

  it('counts a crowd in place of naming it', () => {
    const crowd = ['b', 'c', 'd'].map((id) => person(id));
    expect(announcements(base, { ...base, others: [...base.others, ...crowd] })).toEqual([
      { says: 'joinedMany', count: 3 },
    ]);
  });

  it('says when media takes another way, not which one it begins with', () => {
    const through = (path: Heard['path']): Heard => ({ ...base, path });
    expect(announcements(through(null), through('server'))).toEqual([]);
    expect(announcements(through('server'), through('direct'))).toEqual([{ says: 'pathDirect' }]);
    expect(announcements(through('direct'), through('server'))).toEqual([{ says: 'pathServer' }]);
  });

  it('does not greet whoever was there before', () => {
    expect(announcements({ ...base, joined: false, others: [] }, base)).toEqual([]);
    const back = announcements({ ...base, joined: false, reconnecting: true, others: [] }, base);
    expect(back).toEqual([{ says: 'back' }]);
  });

  it('says what becomes of one’s own devices and of screens', () => {
    expect(announcements(base, { ...base, microphone: true })).toEqual([{ says: 'microphoneOn' }]);
    expect(announcements({ ...base, camera: true }, base)).toEqual([{ says: 'cameraOff' }]);
    expect(announcements(base, { ...base, others: [person('a', true)] })).toEqual([
      { says: 'shares', name: 'A' },
    ]);
    expect(announcements(base, { ...base, joined: false, reconnecting: true })).toEqual([
      { says: 'reconnecting' },
    ]);
  });
});
