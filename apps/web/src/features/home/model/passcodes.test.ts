import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../storage/memoryStorage.ts';
import { PasscodeStore } from './passcodes.ts';

describe('PasscodeStore', () => {
  it('keeps passcodes apart by account, and clears them', () => {
    const storage = new MemoryStorage();
    const mine = new PasscodeStore('a', storage);
    mine.set('m1', 'one');
    mine.set('m2', 'two');
    mine.delete('m1');
    expect(mine.get('m1')).toBeNull();
    expect(new PasscodeStore('a', storage).get('m2')).toBe('two');
    expect(new PasscodeStore('b', storage).get('m2')).toBeNull();
    mine.clear();
    expect(mine.get('m2')).toBeNull();
  });

  it('is empty when storage is damaged or asked for a name of Object.prototype', () => {
    const storage = new MemoryStorage();
    storage.set('conclave.passcodes.a', '{"m": 3}');
    expect(new PasscodeStore('a', storage).get('m')).toBeNull();
    expect(new PasscodeStore('a', storage).get('constructor')).toBeNull();
  });
});
