import type { Server } from './Transport.ts';

/** A media server in a process of its own, whose CPU and memory are measured. */
export interface MediaProcess extends Server, AsyncDisposable {
  readonly pid: number;
}
