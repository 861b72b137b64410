import type { ParticipantState } from '@conclave/client';
import { expect, test } from 'vitest';
import { isAudience, knocking, onStage } from './webinar.ts';

const person = (id: string, stage: ParticipantState['stage']) => ({ id, stage }) as ParticipantState;
const rules = (form: 'meeting' | 'webinar') => ({ form }) as Parameters<typeof isAudience>[0]['rules'];

test('pictures are of those on stage; of a meeting the same list comes back', () => {
  const all = [person('a', 'on'), person('b', 'on')];
  expect(onStage(all)).toBe(all);
  expect(onStage([...all, person('c', 'off'), person('d', 'asked')])).toEqual(all);
});

test('an audience is whoever is not on the stage of a webinar', () => {
  expect(isAudience({ rules: rules('webinar'), stage: 'off' })).toBe(true);
  expect(isAudience({ rules: rules('webinar'), stage: 'asked' })).toBe(true);
  expect(isAudience({ rules: rules('webinar'), stage: 'on' })).toBe(false);
  expect(isAudience({ rules: rules('meeting'), stage: 'on' })).toBe(false);
});

test('whoever waits for the beginning does not knock', () => {
  const lobby = [{ waitsFor: 'host' }, { waitsFor: 'beginning' }] as unknown as Parameters<
    typeof knocking
  >[0]['lobby'];
  expect(knocking({ lobby })).toBe(1);
});
