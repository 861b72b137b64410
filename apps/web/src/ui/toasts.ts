import { State } from '@conclave/client';

export interface Toast {
  readonly id: number;
  readonly text: string;
}

const shownMs = 5_000;
let lastId = 0;

/** Short messages about what has just happened, the oldest first. */
export const toasts = new State<readonly Toast[]>([]);

export function showToast(text: string): void {
  lastId += 1;
  const id = lastId;
  // The same text twice would only push the rest away.
  toasts.set([...toasts.get().filter((toast) => toast.text !== text), { id, text }].slice(-3));
  setTimeout(() => dismissToast(id), shownMs);
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
