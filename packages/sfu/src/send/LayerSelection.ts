import { activeSpatialLayers, bestTarget } from '../codec/decodeTargets.ts';
import type { DependencyDescriptor } from '../codec/dependencyDescriptor.ts';
import { type DependencyStructure, DTI } from '../codec/dependencyStructure.ts';

/** Frames that are remembered: chains and references reach back this far at most, late packets too. */
const REMEMBERED = 256;

/**
 * Which frames of a described stream a slot forwards: those of one decode target (AV1 RTP specification, A.4). It goes
 * over to another one at a frame that says that one may switch there and whose chain is whole among what was forwarded,
 * so never to a picture that the receiver could not decode. A frame is decided once, and its late packets go its way.
 */
export class LayerSelection {
  /** The spatial layer that is wished for. */
  wanted = 0;
  #current = -1;
  #target = -1;
  #structure: DependencyStructure | null = null;
  #active = 0;
  /** By frame number: which frame it was, and whether it was forwarded. */
  readonly #numbers = new Int32Array(REMEMBERED).fill(-1);
  readonly #forwarded = new Uint8Array(REMEMBERED);

  /** The highest spatial layer that is forwarded; −1 before the first frame. */
  get current(): number {
    return this.#current;
  }

  /** Another layer is to be forwarded than is, as far as it is sent at all. */
  get isWaiting(): boolean {
    return this.#structure !== null && this.#current !== this.#reachable();
  }

  /** Another source begins, with the first packet of a key frame. */
  restart(wanted: number): void {
    this.wanted = wanted;
    this.#current = -1;
    this.#target = -1;
    this.#structure = null;
    this.#numbers.fill(-1);
  }

  /** Whether the packet's frame is forwarded. */
  accepts(descriptor: DependencyDescriptor): boolean {
    const { frameNumber } = descriptor;
    const place = frameNumber % REMEMBERED;
    if (this.#numbers[place] !== frameNumber) {
      const forwarded = this.#decide(descriptor);
      this.#numbers[place] = frameNumber;
      this.#forwarded[place] = forwarded ? 1 : 0;
    }
    return this.#forwarded[place] === 1;
  }

  #decide(descriptor: DependencyDescriptor): boolean {
    const { structure, activeTargets, dtis } = descriptor;
    if (structure !== this.#structure || activeTargets >= 0) {
      this.#structure = structure;
      if (activeTargets >= 0) this.#active = activeTargets;
      this.#target = this.#current < 0 ? -1 : bestTarget(structure, this.#current, this.#active);
    }
    const wanted = this.#reachable();
    if (wanted !== this.#current) {
      const target = bestTarget(structure, wanted, this.#active);
      if (target >= 0 && dtis[target] === DTI.switch && this.#isWhole(descriptor, target)) {
        this.#current = wanted;
        this.#target = target;
      } else if (this.#current < 0) this.#beginBelow(descriptor, wanted);
    }
    return this.#target >= 0 && (dtis[this.#target] ?? DTI.notPresent) !== DTI.notPresent;
  }

  /** Where the key picture does not begin the wished layer yet, it begins the best one below that it can. */
  #beginBelow(descriptor: DependencyDescriptor, wanted: number): void {
    const { structure, dtis } = descriptor;
    for (let layer = wanted - 1; layer >= 0; layer--) {
      const target = bestTarget(structure, layer, this.#active);
      if (target < 0 || dtis[target] !== DTI.switch || !this.#isWhole(descriptor, target)) continue;
      this.#current = layer;
      this.#target = target;
      return;
    }
  }

  /** What is wished for, or the highest layer below it that is being sent. */
  #reachable(): number {
    const structure = this.#structure;
    if (structure === null) return this.wanted;
    for (
      let layer = Math.min(this.wanted, activeSpatialLayers(structure, this.#active) - 1);
      layer > 0;
      layer--
    )
      if (bestTarget(structure, layer, this.#active) >= 0) return layer;
    return 0;
  }

  /**
   * Everything that the frame needs in the decode target was forwarded: what it refers to, and the last frame of its
   * chain. The chain alone does not say it: with all layers built upon each other, the last frame of the upper layer's
   * chain is the lower layer's of the same picture, and browsers call every frame of the upper layer one to switch at.
   */
  #isWhole(
    { structure, frameNumber, chainDiffs, frameDiffs }: DependencyDescriptor,
    target: number,
  ): boolean {
    if (!frameDiffs.every((diff) => this.#wasForwarded(frameNumber - diff))) return false;
    const chain = structure.protectedBy[target] ?? structure.chains;
    const diff = chainDiffs[chain] ?? 0;
    return diff === 0 || this.#wasForwarded(frameNumber - diff);
  }

  #wasForwarded(number: number): boolean {
    const frame = number & 0xffff;
    const place = frame % REMEMBERED;
    return this.#numbers[place] === frame && this.#forwarded[place] === 1;
  }
}
