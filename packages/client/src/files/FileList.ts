import type { State } from '../observable.ts';
import type { FileState, SharedFile } from './types.ts';

/** Files that are shown at most: the oldest that nothing happens to make way. */
const most = 600;

/** The files of a stay as they are shown, in the order in which they came. */
export class FileList {
  readonly shown: State<readonly SharedFile[]>;

  constructor(shown: State<readonly SharedFile[]>) {
    this.shown = shown;
  }

  find(id: string): SharedFile | undefined {
    return this.shown.get().find((file) => file.id === id);
  }

  add(file: SharedFile): void {
    const files = [...this.shown.get(), file];
    const excess = files.length > most ? files.find(({ state }) => !isUnderWay(state)) : undefined;
    this.shown.set(files.filter((one) => one !== excess));
  }

  remove(id: string): void {
    this.shown.set(this.shown.get().filter((file) => file.id !== id));
  }

  update(id: string, change: Partial<SharedFile>): void {
    this.shown.set(this.shown.get().map((file) => (file.id === id ? { ...file, ...change } : file)));
  }

  /** Of one that is being carried. */
  carry(id: string, change: { readonly done?: number; readonly paused?: boolean }): void {
    const state = this.find(id)?.state;
    if (state?.name === 'sending' || state?.name === 'receiving')
      this.update(id, { state: { ...state, ...change } });
  }
}

function isUnderWay({ name }: FileState): boolean {
  return name === 'preparing' || name === 'waiting' || name === 'sending' || name === 'receiving';
}
