import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_REPORTED, type TransportFeedback } from '../rtcp/transportFeedback.ts';
import { type LinkConditions, SimulatedLink } from '../testing/SimulatedLink.ts';
import { type ReceiverOptions, SimulatedReceiver, simulate } from '../testing/SimulatedReceiver.ts';
import { BandwidthEstimator, START_BITRATE } from './BandwidthEstimator.ts';

/** Sound and one smallest picture, with what IP adds. */
const SOUND_AND_PICTURE = 200_000;

function open(
  conditions: Partial<LinkConditions>,
  options: ReceiverOptions,
  seed = 1,
): { link: SimulatedLink; receiver: SimulatedReceiver } {
  const link = new SimulatedLink(conditions, seed);
  return { link, receiver: new SimulatedReceiver(link, options) };
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe('BandwidthEstimator on a simulated path', () => {
  it('finds what a path carries: 80 to 100 %, and soon', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 150_000, max: 8_000_000 }),
        fc.integer({ min: 5, max: 150 }),
        fc.integer({ min: 150, max: 600 }),
        seeds,
        (capacity, delay, queue, seed) => {
          const { receiver } = open({ capacity, delay, queue }, { demand: 3 * capacity }, seed);
          simulate([receiver], 0, 30_000);
          const found = receiver.mean(10_000, 30_000) / capacity;
          expect(found).toBeGreaterThan(0.8);
          // Above it only where the queue is too short to be told from the voices.
          expect(found).toBeLessThan(1.1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('on another path holds nothing against it that was lost on the former one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_000, max: 5_000_000 }),
        fc.integer({ min: 10, max: 80 }),
        seeds,
        (capacity, delay, seed) => {
          const { link, receiver } = open({ capacity, delay }, { demand: 0.7 * capacity }, seed);
          simulate([receiver], 0, 15_000);
          const former = receiver.estimator.estimate;
          const { sequence } = receiver.estimator;
          link.conditions.loss = 1;
          simulate([receiver], 15_000, 17_000);
          link.conditions.loss = 0;
          receiver.estimator = receiver.estimator.onAnotherPath();
          expect(receiver.estimator.sequence).not.toBe(sequence);
          expect(receiver.estimator.estimate).toBeGreaterThanOrEqual(former / 2);
          simulate([receiver], 17_000, 20_000);
          expect(receiver.estimator.loss).toBe(0);
          expect(receiver.mean(18_000, 20_000)).toBeGreaterThan(0.7 * capacity);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('has the queue empty 3 s after a fall to 150 kbit/s, and 90 % of the former rate 10 s after the return', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 800_000, max: 5_000_000 }),
        fc.integer({ min: 10, max: 80 }),
        fc.constantFrom<readonly number[] | undefined>(undefined, [150_000, 500_000, 1_500_000]),
        seeds,
        (capacity, delay, layers, seed) => {
          const { link, receiver } = open({ capacity, delay }, { demand: 1.2 * capacity, layers }, seed);
          simulate([receiver], 0, 15_000);
          const former = receiver.mean(10_000, 15_000);
          link.conditions.capacity = 150_000;
          simulate([receiver], 15_000, 40_000);
          for (const { queueDelay } of receiver.between(18_000, 19_000)) expect(queueDelay).toBeLessThan(250);
          expect(
            Math.min(...receiver.between(17_000, 18_000).map(({ queueDelay }) => queueDelay)),
          ).toBeLessThan(20);
          expect(receiver.mean(25_000, 40_000)).toBeLessThan(160_000);
          link.conditions.capacity = capacity;
          simulate([receiver], 40_000, 50_000);
          const regained = Math.max(...receiver.between(45_000, 50_000).map(({ estimate }) => estimate));
          expect(regained).toBeGreaterThan(0.9 * Math.min(former, capacity));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('does not collapse for jitter of 300 ms and 5 % of the packets out of order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), seeds, (jitter, seed) => {
        const { receiver } = open(
          { capacity: 4_000_000, jitter, reordering: 0.05 },
          { demand: 2_000_000 },
          seed,
        );
        simulate([receiver], 0, 30_000);
        for (const { estimate } of receiver.samples) expect(estimate).toBeGreaterThan(600_000);
        expect(receiver.mean(20_000, 30_000)).toBeGreaterThan(900_000);
      }),
      { numRuns: 20 },
    );
  });

  it('takes nothing away for somebody whose machine is held up for a moment now and then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 400 }),
        fc.integer({ min: 1_500, max: 6_000 }),
        fc.integer({ min: 200_000, max: 2_000_000 }),
        seeds,
        (last, every, demand, seed) => {
          const { receiver } = open({ capacity: 8_000_000, stalls: { every, last } }, { demand }, seed);
          simulate([receiver], 0, 40_000);
          for (const { estimate } of receiver.between(10_000, 40_000))
            expect(estimate).toBeGreaterThan(demand * 0.8);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([0.1, 0.2, 0.3])('leaves sound and a picture at a random loss of %d', (loss) => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 100 }), seeds, (delay, seed) => {
        const { receiver } = open({ capacity: 4_000_000, delay, loss }, { demand: 2_000_000 }, seed);
        receiver.feedbackLoss = loss;
        simulate([receiver], 0, 30_000);
        // For a moment chance may take more away.
        for (const { estimate } of receiver.samples)
          expect(estimate).toBeGreaterThan(SOUND_AND_PICTURE * 0.6);
        expect(receiver.mean(5_000, 30_000)).toBeGreaterThan(SOUND_AND_PICTURE);
      }),
      { numRuns: 8 },
    );
  });

  it('lives through losses in bursts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), seeds, (length, seed) => {
        const burst = { begins: 0.01, ends: 1 / length };
        const { receiver } = open({ capacity: 4_000_000, burst }, { demand: 2_000_000 }, seed);
        simulate([receiver], 0, 30_000);
        for (const { estimate } of receiver.samples) expect(estimate).toBeGreaterThan(SOUND_AND_PICTURE);
        expect(receiver.mean(10_000, 30_000)).toBeGreaterThan(600_000);
      }),
      { numRuns: 15 },
    );
  });

  it('finds a policer, which delays nothing', () => {
    const { receiver } = open({ capacity: 1_000_000, policed: true }, { demand: 3_000_000 });
    simulate([receiver], 0, 40_000);
    expect(receiver.mean(10_000, 40_000)).toBeGreaterThan(800_000);
    expect(receiver.mean(10_000, 40_000)).toBeLessThan(1_150_000);
  });

  it('shares a path with another call', () => {
    const link = new SimulatedLink({ capacity: 2_000_000 });
    const [first, second] = [1, 2].map(() => new SimulatedReceiver(link, { demand: 5_000_000 }));
    if (first === undefined || second === undefined) throw new Error('two');
    simulate([first], 0, 10_000);
    // The late one begins against a path that is full.
    simulate([first, second], 10_000, 120_000);
    const [one, other] = [first.mean(40_000, 120_000), second.mean(40_000, 120_000)];
    for (const share of [one / (one + other), other / (one + other)]) {
      expect(share).toBeGreaterThan(0.25);
      expect(share).toBeLessThan(0.75);
    }
    expect(one + other).toBeGreaterThan(1_500_000);
  });

  it('takes what a stream that does not give way leaves', () => {
    const link = new SimulatedLink({ capacity: 2_000_000 });
    const rigid = new SimulatedReceiver(link, { demand: 0, video: 900_000 });
    const receiver = new SimulatedReceiver(link, { demand: 5_000_000 });
    simulate([rigid, receiver], 0, 60_000);
    expect(receiver.mean(20_000, 60_000)).toBeGreaterThan(600_000);
    expect(receiver.mean(20_000, 60_000)).toBeLessThan(1_100_000);
  });

  it('loses nothing of the estimate while little is sent, and knows what more the path would carry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), seeds, (video, seed) => {
        const { receiver } = open({ capacity: 3_000_000 }, { demand: 2_500_000, video: 1_800_000 }, seed);
        simulate([receiver], 0, 8_000);
        const { estimate } = receiver.estimator;
        receiver.options = { demand: 2_000_000, video };
        simulate([receiver], 8_000, 60_000);
        expect(receiver.estimator.estimate).toBeGreaterThanOrEqual(estimate);
        expect(receiver.estimator.estimate).toBeGreaterThan(2_000_000);
      }),
      { numRuns: 10 },
    );
  });

  it('never claims more than was proved: half as much again as arrives, or what a probe brought through', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200_000, max: 3_000_000 }),
        fc.integer({ min: 100_000, max: 10_000_000 }),
        fc.integer({ min: 0, max: 50 }),
        seeds,
        (capacity, demand, jitter, seed) => {
          const { receiver } = open({ capacity, jitter }, { demand }, seed);
          simulate([receiver], 0, 20_000);
          for (const { time, estimate } of receiver.samples)
            if (time > 2_000) {
              expect(estimate).toBeLessThanOrEqual(Math.max(START_BITRATE * 1.1, demand * 1.8 + 120_000));
              expect(estimate).toBeLessThanOrEqual(Math.max(START_BITRATE * 1.1, capacity * 1.6 + 120_000));
            }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('keeps the queue that key frames of 6 times a frame make below a quarter of a second', () => {
    const { receiver } = open({ capacity: 1_500_000, queue: 1_000 }, { demand: 3_000_000 });
    simulate([receiver], 0, 40_000);
    for (const { queueDelay } of receiver.between(5_000, 40_000)) expect(queueDelay).toBeLessThan(300);
  });

  it('gives up what it knew when packets go out and nothing comes back, and not when nothing goes out', () => {
    const estimator = new BandwidthEstimator();
    for (let time = 0; time < 30_000; time += 20) estimator.tick(0, time);
    expect(estimator.estimate).toBe(START_BITRATE);
    for (let time = 30_000; time < 50_000; time += 20) {
      estimator.onSent(1_000, time);
      estimator.tick(0, time);
    }
    expect(estimator.estimate).toBeLessThan(40_000);
  });
});

describe('BandwidthEstimator and feedback that lies', () => {
  const arrival = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
    fc.integer({ min: 0, max: 4_000 }),
  );
  const lie = fc.record({
    baseSequence: fc.oneof(fc.nat(0xffff), fc.nat(600)),
    arrivals: fc.oneof(
      fc.array(arrival, { minLength: 1, maxLength: 300 }),
      fc.constant(new Array<null>(MAX_REPORTED).fill(null)),
      fc.constant(Array.from({ length: MAX_REPORTED }, (_, index) => -index)),
    ),
  });
  const feedback = (part: { baseSequence: number; arrivals: (number | null)[] }): TransportFeedback => ({
    type: 'transport-feedback',
    senderSsrc: 1,
    mediaSsrc: 2,
    feedbackCount: 0,
    ...part,
  });

  it('neither breaks nor is lifted above what was sent, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(lie, { maxLength: 100 }), fc.integer({ min: 0, max: 8 }), (lies, packets) => {
        const estimator = new BandwidthEstimator();
        let time = 0;
        for (const part of lies) {
          time += 60;
          for (let index = 0; index < packets; index++) estimator.onSent(400, time + index);
          estimator.tick(400_000, time);
          estimator.onFeedback(feedback(part), 50, time + 30);
          expect(Number.isFinite(estimator.estimate)).toBe(true);
          expect(Number.isFinite(estimator.bitrate(time))).toBe(true);
          // At most 8 packets of 444 bytes in 60 ms were sent: 474 kbit/s.
          expect(estimator.estimate).toBeLessThanOrEqual(START_BITRATE);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('counts a packet once, however often it is acknowledged, and none that was never sent', () => {
    const estimator = new BandwidthEstimator();
    for (let round = 0; round < 100; round++) {
      const time = round * 50;
      estimator.onSent(200, time);
      const arrivals = Array.from({ length: 400 }, (_, index) => index);
      estimator.onFeedback(feedback({ baseSequence: 0, arrivals }), 20, time + 20);
    }
    expect(estimator.estimate).toBeLessThanOrEqual(START_BITRATE);
    expect(estimator.loss).toBe(0);
  });

  it('takes receivers whose clock jumps for what they are', () => {
    const estimator = new BandwidthEstimator();
    let jumps = 0;
    for (let index = 0; index < 2_000; index++) {
      const time = index * 20;
      const { sequence } = estimator;
      estimator.onSent(1_000, time);
      if (index % 300 === 299) jumps += 40_000_000;
      estimator.onFeedback(
        feedback({ baseSequence: sequence, arrivals: [((time + jumps) * 4) | 0] }),
        20,
        time + 20,
      );
    }
    // 418 kbit/s arrive all the time.
    expect(estimator.estimate).toBeGreaterThan(400_000);
  });
});
