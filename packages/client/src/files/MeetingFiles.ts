import { type FileNews, type PreparedFile, toBase64Url } from '@conclave/e2ee';
import { ConclaveError } from '@conclave/protocol';
import type { Observable, State } from '../observable.ts';
import type { Signal } from '../signalling/Signal.ts';
import { FileList } from './FileList.ts';
import { Lane } from './Lane.ts';
import { problemOf } from './problemOf.ts';
import { download, type Transfer, type TransferParts, upload } from './transfers.ts';
import type { SharedFile } from './types.ts';

const uploadsAtOnce = 1;
const downloadsAtOnce = 2;

/**
 * The files of one stay: what we send and what the others offer. All of it is encrypted and decrypted in the worker; here
 * ciphertext goes to the server and comes from it. Nothing is fetched before somebody asks for it.
 */
export class MeetingFiles implements Disposable {
  readonly #parts: TransferParts;
  readonly #list: FileList;
  readonly #uploads = new Lane(uploadsAtOnce);
  readonly #downloads = new Lane(downloadsAtOnce);
  readonly #underWay = new Map<string, AbortController>();
  readonly #closing = new AbortController();

  /** @param shown where they are to be seen */
  constructor(parts: TransferParts, shown: State<readonly SharedFile[]>) {
    this.#parts = parts;
    this.#list = new FileList(shown);
  }

  get files(): Observable<readonly SharedFile[]> {
    return this.#list.shown;
  }

  setSignal(signal: Signal | null): void {
    this.#parts.server.setSignal(signal);
    this.#parts.persistence.setConnected(signal !== null);
  }

  hear(news: FileNews): void {
    if (news.type === 'withdrawn') {
      this.#stop(news.id);
      this.#list.update(news.id, { state: { name: 'withdrawn' } });
      return;
    }
    const { from, ...file } = news.file;
    if (this.#list.find(file.id) !== undefined) return;
    const state = { name: 'offered' } as const;
    this.#list.add({ ...file, from: { ...from, self: false }, at: Date.now(), state });
  }

  send(file: File): void {
    const id = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
    const from = { participantId: null, name: '', isGuest: false, self: true };
    const { name, size } = file;
    this.#list.add({ id, name, size, mediaType: null, from, at: Date.now(), state: { name: 'preparing' } });
    void this.#whileUnderWay(id, (abort) => this.#send(id, file, abort));
  }

  /** Of what is under way; what has failed is no longer shown. */
  cancel(id: string): void {
    const file = this.#list.find(id);
    if (file?.state.name === 'failed' || (this.#underWay.has(id) && file?.from.self === true))
      this.#list.remove(id);
    this.#stop(id);
  }

  /** @returns the content, of no type; null when there is none, and the file's state says why. */
  async download(id: string): Promise<Blob | null> {
    const file = this.#list.find(id);
    if (file === undefined || file.from.self || this.#underWay.has(id)) return null;
    if (file.state.name === 'withdrawn') return null;
    return await this.#whileUnderWay(id, (abort) => this.#receive(id, abort));
  }

  /** Takes back what we have sent. Whoever has it already keeps it. */
  withdraw(id: string): void {
    const file = this.#list.find(id);
    if (file?.state.name !== 'sent') return;
    this.#list.update(id, { state: { name: 'withdrawn' } });
    this.#takeBack(id).catch(() => {
      // Of a place that was lost meanwhile nothing can be taken back; when the meeting is over, it is gone.
      if (!this.#closing.signal.aborted) this.#list.update(id, { state: { name: 'sent' } });
    });
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
  }

  async #send(id: string, file: File, abort: AbortSignal): Promise<null> {
    let offered = false;
    try {
      const prepared = await this.#prepare(id, file, abort);
      const { name, mediaType } = prepared;
      this.#list.update(id, { name, mediaType, state: { name: 'waiting' } });
      await this.#uploads.run(async () => {
        this.#list.update(id, { state: { name: 'sending', done: 0, paused: false } });
        const transfer = this.#transfer(id, { fileId: id, ...prepared }, abort);
        await upload(this.#parts, transfer);
        offered = true;
        await this.#parts.persistence.run(() => this.#parts.call('file-offer', { id }), transfer);
      }, abort);
      this.#list.update(id, { state: { name: 'sent' } });
    } catch (error) {
      await this.#undo(id, offered);
      throw error;
    }
    return null;
  }

  async #prepare(id: string, file: File, abort: AbortSignal): Promise<PreparedFile> {
    const { server, persistence, call } = this.#parts;
    const access = await persistence.run(() => server.access(), { abort, onPaused: () => {} });
    if (!access.maySend) throw new ConclaveError('file.not_allowed');
    if (file.size > access.largestBytes) throw new ConclaveError('file.too_large');
    const prepared = await call('file-prepare', { id, file, name: file.name });
    abort.throwIfAborted();
    return prepared;
  }

  /** What was sent of it is of no use; it may be that others have heard of it. */
  async #undo(id: string, offered: boolean): Promise<void> {
    const { server, call } = this.#parts;
    if (offered) await this.#takeBack(id).catch(() => {});
    else await server.remove(id, this.#closing.signal).catch(() => {});
    await call('file-drop', { id }).catch(() => {});
  }

  async #takeBack(id: string): Promise<void> {
    const { server, persistence, call } = this.#parts;
    const attempts = { abort: this.#closing.signal, onPaused: () => {} };
    const gone = (error: unknown) => {
      if (problemOf(error) !== 'gone') throw error;
    };
    await persistence.run((abort) => server.remove(id, abort).catch(gone), attempts);
    await persistence.run(() => call('file-withdraw', { id }), attempts);
  }

  async #receive(id: string, abort: AbortSignal): Promise<Blob> {
    const { call } = this.#parts;
    this.#list.update(id, { state: { name: 'receiving', done: 0, paused: false } });
    try {
      return await this.#downloads.run(async () => {
        const parts = await call('file-begin', { id });
        await download(this.#parts, this.#transfer(id, parts, abort));
        const content = await call('file-finish', { id });
        abort.throwIfAborted();
        this.#list.update(id, { state: { name: 'received' } });
        return content;
      }, abort);
    } catch (error) {
      await call('file-drop', { id }).catch(() => {});
      if (abort.aborted && this.#list.find(id)?.state.name === 'receiving')
        this.#list.update(id, { state: { name: 'offered' } });
      throw error;
    }
  }

  #transfer(
    id: string,
    { fileId, parts, sealedBytes }: Pick<Transfer, 'fileId' | 'parts' | 'sealedBytes'>,
    abort: AbortSignal,
  ): Transfer {
    return {
      ...{ id, fileId, parts, sealedBytes, abort },
      onProgress: (through) => this.#list.carry(id, { done: through / parts }),
      onPaused: (paused) => this.#list.carry(id, { paused }),
    };
  }

  /** Never rejects: what goes wrong is the file's state. */
  async #whileUnderWay<T>(id: string, act: (abort: AbortSignal) => Promise<T>): Promise<T | null> {
    const control = new AbortController();
    const abort = AbortSignal.any([control.signal, this.#closing.signal]);
    this.#underWay.set(id, control);
    try {
      return await act(abort);
    } catch (error) {
      if (!abort.aborted) this.#list.update(id, { state: { name: 'failed', problem: problemOf(error) } });
      return null;
    } finally {
      this.#underWay.delete(id);
    }
  }

  #stop(id: string): void {
    this.#underWay.get(id)?.abort();
  }
}
