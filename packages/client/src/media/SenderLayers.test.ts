import { expect, test } from 'vitest';
import { SenderLayers } from './SenderLayers.ts';

/** A sender whose `setParameters` takes as long as the test wants it to. */
class SlowSender {
  readonly applied: string[] = [];
  readonly #encodings: { rid: string; active: boolean }[];
  #finish: (() => void)[] = [];

  constructor(rids: readonly string[]) {
    this.#encodings = rids.map((rid) => ({ rid, active: false }));
  }

  getParameters() {
    return { encodings: this.#encodings.map((encoding) => ({ ...encoding })) };
  }

  setParameters({ encodings }: { encodings: { rid: string; active: boolean }[] }): Promise<void> {
    return new Promise((resolve) => {
      this.#finish.push(() => {
        this.#encodings.splice(0, this.#encodings.length, ...encodings);
        this.applied.push(this.active);
        resolve();
      });
    });
  }

  get active(): string {
    return this.#encodings
      .filter(({ active }) => active)
      .map(({ rid }) => rid)
      .join('');
  }

  async finishAll(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve));
      const waiting = this.#finish.splice(0);
      if (waiting.length === 0) return;
      for (const finish of waiting) finish();
    }
  }
}

function make() {
  const camera = new SlowSender(['q', 'h', 'f']);
  const screen = new SlowSender(['']);
  const layers = new SenderLayers(camera as unknown as RTCRtpSender, screen as unknown as RTCRtpSender);
  return { camera, layers };
}

test('nothing is set before the answer is there, then what is wanted', async () => {
  const { camera, layers } = make();
  layers.set({ camera: ['q', 'h'], screen: false });
  await camera.finishAll();
  expect(camera.applied).toEqual([]);
  layers.negotiated();
  await camera.finishAll();
  expect(camera.active).toBe('qh');
});

test('a layer that is wanted again while its pause is under way ends up sent', async () => {
  const { camera, layers } = make();
  layers.negotiated();
  layers.set({ camera: ['q', 'h', 'f'], screen: false });
  await camera.finishAll();
  layers.set({ camera: [], screen: false });
  layers.set({ camera: ['f'], screen: false });
  layers.set({ camera: ['q', 'f'], screen: false });
  await camera.finishAll();
  expect(camera.active).toBe('qf');
});
