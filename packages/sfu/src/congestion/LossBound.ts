/** Observations that are weighed, the time each spans, ms, and how much less each counts than the one after it. */
const WINDOW = 20;
const SPAN = 250;
const FADE = 0.9;
/** The same for the loss that lasts: a bound that wavers with chance would make pictures flap. */
const SLOW_FADE = 0.97;
/** Loss that is none of ours: up to this share, and more the less is sent, since there is less to gain by sending less. */
const LEAST_INHERENT = 0.001;
const INHERENT = 0.05;
const INHERENT_BALANCE = 100_000;
/** Among bounds that explain the losses equally well the higher one is right, as long as the loss is bearable. */
const PREFERENCE = 0.02;
const BEARABLE = 0.15;
/** A lower bound must be more likely by this factor's logarithm: a few packets more or less lost are chance. */
const DOUBT = 1.5;
const TIE_BREAK = 0.0005;
/** After the bound was lowered it rises to so many times what arrives, for so long, ms. */
const CAREFUL_GROWTH = 1.3;
const CAREFUL_TIME = 1_000;
/** Unbearable loss goes no lower at once than to this share of what arrives. */
const BACKOFF = 0.85;
const STEP_UP = 1.02;
const STEP_DOWN = 0.95;
/** Steps of Newton's method towards the most likely inherent loss. */
const ITERATIONS = 2;

/**
 * The bound that losses set, bit/s: after libwebrtc's LossBasedBweV2. A loss is either inherent, whatever is sent, or comes
 * of sending more than the path carries; which it is shows in how the loss changes with the rate. The bound is the
 * capacity that makes the observed losses most likely; so radio loss alone does not take a picture away, and a policer,
 * which delays nothing, is still found.
 */
export class LossBound {
  readonly #received = new Float64Array(WINDOW);
  readonly #lost = new Float64Array(WINDOW);
  readonly #rates = new Float64Array(WINDOW);
  #count = 0;
  #bound = Number.POSITIVE_INFINITY;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #since = Number.NaN;
  #bytes = 0;
  #partReceived = 0;
  #partLost = 0;
  #average = 0;
  #slowReceived = 0;
  #slowLost = 0;

  /** Infinite as long as losses do not speak against anything. */
  get bitrate(): number {
    return this.#bound;
  }

  /** The share that is lost, 0 to 1, newer packets counting more. */
  get loss(): number {
    return this.#average;
  }

  /**
   * @param bytes of both, as sent
   * @param delayBased the estimate from delay, bit/s
   * @param acknowledged bit/s that arrive, null: not known
   */
  add(
    part: { readonly received: number; readonly lost: number; readonly bytes: number },
    delayBased: number,
    acknowledged: number | null,
    now: number,
  ): void {
    if (Number.isNaN(this.#since)) this.#since = now;
    this.#partReceived += part.received;
    this.#partLost += part.lost;
    this.#bytes += part.bytes;
    const elapsed = now - this.#since;
    if (elapsed < SPAN || this.#partReceived + this.#partLost === 0) return;
    const at = this.#count % WINDOW;
    this.#received[at] = this.#partReceived;
    this.#lost[at] = this.#partLost;
    this.#rates[at] = (this.#bytes * 8_000) / elapsed;
    this.#count += 1;
    this.#slowReceived = this.#slowReceived * SLOW_FADE + this.#partReceived;
    this.#slowLost = this.#slowLost * SLOW_FADE + this.#partLost;
    this.#partReceived = 0;
    this.#partLost = 0;
    this.#bytes = 0;
    this.#since = now;
    this.#measure();
    this.#update(delayBased, acknowledged, now);
  }

  #measure(): void {
    let received = 0;
    let lost = 0;
    for (let age = 0; age < Math.min(WINDOW, this.#count); age++) {
      const at = (this.#count - 1 - age) % WINDOW;
      received += FADE ** age * (this.#received[at] ?? 0);
      lost += FADE ** age * (this.#lost[at] ?? 0);
    }
    this.#average = received + lost > 0 ? lost / (received + lost) : 0;
  }

  #update(delayBased: number, acknowledged: number | null, now: number): void {
    if (this.#average === 0 && this.#bound === Number.POSITIVE_INFINITY) return;
    const current = Math.min(this.#bound, delayBased);
    const candidates = [current, current * STEP_UP, current * STEP_DOWN, delayBased];
    // What arrives gets through: no loss is a reason to send less than that.
    if (acknowledged !== null) candidates.push(acknowledged);
    let best = current;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const candidate of candidates) {
      const inherent = this.#likelyInherent(candidate);
      const score = this.#score(candidate, inherent) - (candidate < current ? DOUBT : 0);
      if (score <= bestScore) continue;
      best = candidate;
      bestScore = score;
    }
    this.#apply(best, delayBased, acknowledged, now);
  }

  #apply(best: number, delayBased: number, acknowledged: number | null, now: number): void {
    const arriving = acknowledged ?? 0;
    const lasting = this.#slowLost / (this.#slowLost + this.#slowReceived);
    const most = lasting > INHERENT ? INHERENT_BALANCE / (lasting - INHERENT) : Number.POSITIVE_INFINITY;
    let bound = Math.min(Math.max(best, Math.min(arriving, this.#bound)), Math.max(most, arriving * BACKOFF));
    const careful = now - this.#loweredAt < CAREFUL_TIME;
    if (careful && acknowledged !== null && bound > this.#bound)
      bound = Math.max(this.#bound, Math.min(bound, acknowledged * CAREFUL_GROWTH));
    if (bound < Math.min(this.#bound, delayBased)) this.#loweredAt = now;
    this.#bound = bound >= delayBased ? Number.POSITIVE_INFINITY : bound;
  }

  /** By Newton's method from the loss as it is; the likelihood is concave in it. */
  #likelyInherent(capacity: number): number {
    const most = Math.min(0.99, INHERENT + INHERENT_BALANCE / capacity);
    let inherent = Math.min(most, Math.max(LEAST_INHERENT, this.#average));
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      let slope = 0;
      let curve = 0;
      for (let age = 0; age < Math.min(WINDOW, this.#count); age++) {
        const at = (this.#count - 1 - age) % WINDOW;
        const weight = FADE ** age;
        const kept = 1 - this.#excess(at, capacity);
        const loss = 1 - kept * (1 - inherent);
        const lost = weight * (this.#lost[at] ?? 0);
        const received = weight * (this.#received[at] ?? 0);
        slope += (lost * kept) / loss - received / (1 - inherent);
        curve -= (lost * kept * kept) / (loss * loss) + received / ((1 - inherent) * (1 - inherent));
      }
      if (curve < 0) inherent = Math.min(most, Math.max(LEAST_INHERENT, inherent - slope / curve));
    }
    return inherent;
  }

  #score(capacity: number, inherent: number): number {
    let score = 0;
    let packets = 0;
    for (let age = 0; age < Math.min(WINDOW, this.#count); age++) {
      const at = (this.#count - 1 - age) % WINDOW;
      const weight = FADE ** age;
      const loss = 1 - (1 - this.#excess(at, capacity)) * (1 - inherent);
      const lost = this.#lost[at] ?? 0;
      const received = this.#received[at] ?? 0;
      score += weight * (lost * Math.log(loss) + received * Math.log(1 - loss));
      packets += weight * (lost + received);
    }
    const preference = this.#average < BEARABLE ? PREFERENCE : TIE_BREAK;
    return score + preference * Math.log1p(capacity / 1_000) * packets;
  }

  /** The share of an observation's packets that a path of this capacity has no room for. */
  #excess(at: number, capacity: number): number {
    const rate = this.#rates[at] ?? 0;
    return rate > capacity ? (rate - capacity) / rate : 0;
  }
}
