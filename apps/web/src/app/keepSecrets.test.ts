import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TabMemory } from '../features/visit/model/tabMemory.ts';
import { MemoryStorage } from '../storage/memoryStorage.ts';
import { keepSecrets } from './keepSecrets.ts';

const id = 'abcde-fghjk-mnpqr-stuvw';
const storage = new MemoryStorage();
vi.mock('../storage/storage.ts', async (original) => ({
  ...(await original<typeof import('../storage/storage.ts')>()),
  get tabStorage() {
    return storage;
  },
}));

/** A tab at an address, which is opened anew or gets another fragment. */
class Tab {
  readonly location = { pathname: `/m/${id}`, search: '', hash: '', reload: vi.fn() };
  readonly history = {
    state: null,
    replaceState: (_state: unknown, _title: string, url: string) => {
      expect(url).not.toContain('#');
      this.location.hash = '';
    },
  };
  #changed = () => {};

  addEventListener(_: 'hashchange', listener: () => void): void {
    this.#changed = listener;
  }

  open(hash: string): void {
    this.location.hash = hash;
    keepSecrets(this as unknown as Window);
    expect(this.location.hash).toBe('');
  }

  change(hash: string): void {
    this.location.hash = hash;
    this.#changed();
  }
}

const kept = () => JSON.parse(storage.get(`conclave.visit.${id}`) ?? '{}') as object;

describe('keepSecrets', () => {
  beforeEach(() => storage.remove(`conclave.visit.${id}`));

  it('keeps passcode and invitation for the tab, and takes them out of the address', () => {
    new Tab().open('#p=abcd&i=secret');
    expect(kept()).toMatchObject({ passcode: 'abcd', invitation: 'secret' });
  });

  it('adds what comes with a second link, and loads the page anew', () => {
    const tab = new Tab();
    tab.open('#i=secret');
    expect(kept()).toMatchObject({ passcode: null, invitation: 'secret' });
    tab.change('#abcd-efgh');
    expect(kept()).toMatchObject({ passcode: 'abcd-efgh', invitation: 'secret' });
    expect(tab.location.reload).toHaveBeenCalledOnce();
  });

  it('leads in again by the same link, unless one is inside', () => {
    const tab = new Tab();
    tab.open('#i=secret');
    new TabMemory(id, storage).update({ inRoom: true });
    tab.change('#i=secret');
    expect(tab.location.reload).not.toHaveBeenCalled();
    new TabMemory(id, storage).update({ inRoom: false });
    tab.change('#i=secret');
    expect(tab.location.reload).toHaveBeenCalledOnce();
  });
});
