import { ServerMessage } from '@conclave/protocol';
import { describe, expect, it } from 'vitest';
import { AT_THE_DOOR, Door } from './Door.ts';

const types = ServerMessage.def.options.flatMap((option) => [...option.def.shape.type.def.values]);

describe('the door', () => {
  it('lets nothing through while it is closed but what somebody who waits is told', () => {
    const door = new Door();
    door.close();
    const through = types.filter((type) => door.lets({ type }));
    expect(new Set(through)).toEqual(AT_THE_DOOR);
    expect(door.letsWritten).toBe(false);
  });

  it('lets everything through once it is open', () => {
    const door = new Door();
    door.close();
    door.open();
    for (const type of types) expect(door.lets({ type })).toBe(true);
    expect(types.length).toBeGreaterThan(AT_THE_DOOR.size);
    expect(door.letsWritten).toBe(true);
  });
});
