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
    return { codecs: [], encodings: this.#encodings.map((encoding) => ({ ...encoding })) };
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
  const layers = new SenderLayers(camera as unknown as RTCRtpSender, screen as unknown as RTCRtpSender, true);
  return { camera, layers };
}

test('nothing is set before the answer is there, then what is wanted', async () => {
  const { camera, layers } = make();
  layers.set({ camera: ['q', 'h'], screen: false, codec: null });
  await camera.finishAll();
  expect(camera.applied).toEqual([]);
  layers.negotiated();
  await camera.finishAll();
  expect(camera.active).toBe('qh');
});

test('a layer that is wanted again while its pause is under way ends up sent', async () => {
  const { camera, layers } = make();
  layers.negotiated();
  layers.set({ camera: ['q', 'h', 'f'], screen: false, codec: null });
  await camera.finishAll();
  layers.set({ camera: [], screen: false, codec: null });
  layers.set({ camera: ['f'], screen: false, codec: null });
  layers.set({ camera: ['q', 'f'], screen: false, codec: null });
  await camera.finishAll();
  expect(camera.active).toBe('qf');
});

test('the codec is changed with the layers, all encodings in one go; not where the browser cannot', async () => {
  const codecs = ['video/VP8', 'video/VP9'].map((mimeType) => ({ mimeType, clockRate: 90_000 }));
  for (const changesCodecs of [true, false]) {
    const applied: { codec?: { mimeType: string }; scalabilityMode?: string; active: boolean }[][] = [];
    let encodings: { rid: string; active: boolean }[] = ['q', 'h', 'f'].map((rid) => ({
      rid,
      active: false,
    }));
    const sender = {
      getParameters: () => ({ codecs, encodings: encodings.map((encoding) => ({ ...encoding })) }),
      setParameters: async (parameters: { encodings: typeof encodings }) => {
        encodings = parameters.encodings;
        applied.push(parameters.encodings);
      },
    } as unknown as RTCRtpSender;
    const layers = new SenderLayers(sender, new SlowSender([]) as unknown as RTCRtpSender, changesCodecs);
    layers.negotiated();
    layers.set({ camera: ['q', 'h', 'f'], screen: false, codec: 'VP9' });
    await new Promise((resolve) => setTimeout(resolve));
    const [last] = applied.slice(-1);
    if (changesCodecs) {
      expect(last?.map(({ codec }) => codec?.mimeType)).toEqual(Array(3).fill('video/VP9'));
      expect(last?.filter(({ active }) => active)).toMatchObject([{ rid: 'q', scalabilityMode: 'L3T3_KEY' }]);
    } else {
      expect(last?.map(({ codec, active }) => [codec, active])).toEqual(Array(3).fill([undefined, true]));
    }
  }
});
