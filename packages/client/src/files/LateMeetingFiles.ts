import type { FileNews } from '@conclave/e2ee';
import { State } from '../observable.ts';
import type { Signal } from '../signalling/Signal.ts';
import type { MeetingFiles } from './MeetingFiles.ts';
import type { TransferParts } from './transfers.ts';
import type { SharedFile } from './types.ts';

export interface LateFilesOptions {
  /** Of the service. */
  readonly origin: string;
  readonly call: TransferParts['call'];
}

/** `MeetingFiles`, fetched when the first file is sent or offered: nobody waits for its script to join. */
export class LateMeetingFiles implements Disposable {
  readonly files = new State<readonly SharedFile[]>([]);
  readonly #options: LateFilesOptions;
  #loading: Promise<MeetingFiles> | null = null;
  #loaded: MeetingFiles | null = null;
  #signal: Signal | null = null;
  #closed = false;

  constructor(options: LateFilesOptions) {
    this.#options = options;
  }

  setSignal(signal: Signal | null): void {
    this.#signal = signal;
    this.#loaded?.setSignal(signal);
  }

  hear(news: FileNews): void {
    void this.#load().then((files) => files.hear(news), reportError);
  }

  send(file: File): void {
    void this.#load().then((files) => files.send(file), reportError);
  }

  cancel(id: string): void {
    this.#loaded?.cancel(id);
  }

  async download(id: string): Promise<Blob | null> {
    return (await this.#loaded?.download(id)) ?? null;
  }

  withdraw(id: string): void {
    this.#loaded?.withdraw(id);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#loaded?.[Symbol.dispose]();
  }

  #load(): Promise<MeetingFiles> {
    this.#loading ??= this.#begin().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #begin(): Promise<MeetingFiles> {
    const { origin, call } = this.#options;
    const { openMeetingFiles } = await import('./openMeetingFiles.ts');
    const files = openMeetingFiles(this.files, origin, call);
    if (this.#closed) files[Symbol.dispose]();
    files.setSignal(this.#signal);
    this.#loaded = files;
    return files;
  }
}
