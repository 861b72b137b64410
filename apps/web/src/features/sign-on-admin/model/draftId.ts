import { ProviderId } from '@conclave/protocol';
import * as z from 'zod/mini';
import { type KeyValues, tabStorage } from '../../../storage/storage.ts';
import type { Preset } from './draft.ts';

const keyOf = (preset: Preset) => `conclave.new-provider.${preset}`;

/**
 * The id of a provider that is still to be saved: chosen here, so that the provider can be told its addresses before. It is the same
 * whenever the form is opened again in this tab, since the addresses may be entered there already.
 */
export function draftId(preset: Preset, storage: KeyValues = tabStorage): ProviderId {
  const kept = z.safeParse(ProviderId, storage.get(keyOf(preset)));
  if (kept.success) return kept.data;
  const id = z.parse(ProviderId, crypto.randomUUID());
  storage.set(keyOf(preset), id);
  return id;
}

/** It is saved, or taken by somebody else: the next provider has another one. */
export function forgetDraftId(preset: Preset, storage: KeyValues = tabStorage): void {
  storage.remove(keyOf(preset));
}
