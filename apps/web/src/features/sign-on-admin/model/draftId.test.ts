import { expect, test } from 'vitest';
import { MemoryStorage } from '../../../storage/memoryStorage.ts';
import { draftId, forgetDraftId } from './draftId.ts';

test('a provider that is not saved yet keeps its id, and with it its addresses, until it is', () => {
  const tab = new MemoryStorage();
  const id = draftId('generic', tab);
  expect(draftId('generic', tab)).toBe(id);
  // Another kind is another provider.
  expect(draftId('saml', tab)).not.toBe(id);
  forgetDraftId('generic', tab);
  expect(draftId('generic', tab)).not.toBe(id);
});

test('what is no id is not taken for one', () => {
  const tab = new MemoryStorage();
  tab.set('conclave.new-provider.google', 'nonsense');
  expect(draftId('google', tab)).toMatch(/^[\da-f-]{36}$/);
});
