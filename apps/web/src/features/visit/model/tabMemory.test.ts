import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../storage/memoryStorage.ts';
import { TabMemory } from './tabMemory.ts';

describe('TabMemory', () => {
  it('starts with everything off and survives a new page', () => {
    const storage = new MemoryStorage();
    const memory = new TabMemory('m', storage);
    expect(memory.read()).toMatchObject({ passcode: null, inRoom: false, camera: false, microphone: false });
    memory.update({ passcode: 'abc', camera: true });
    memory.update({ inRoom: true });
    expect(new TabMemory('m', storage).read()).toMatchObject({ passcode: 'abc', camera: true, inRoom: true });
    expect(new TabMemory('other', storage).read().passcode).toBeNull();
  });

  it.each(['{', '[]', '{"camera":"yes"}', 'null'])('takes nothing from damaged storage: %s', (text) => {
    const storage = new MemoryStorage();
    storage.set('conclave.visit.m', text);
    expect(new TabMemory('m', storage).read()).toMatchObject({ camera: false, inRoom: false });
  });
});
