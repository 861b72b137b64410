import { BitWriter } from '../codec/BitWriter.ts';
import { type DependencyStructure, writeStructure } from '../codec/dependencyStructure.ts';
import { structureOf } from './structures.ts';

/** One frame of a described stream, as its first and only packet brings it. */
export interface DescribedFrame {
  readonly descriptor: Uint8Array<ArrayBuffer>;
  readonly frameNumber: number;
  readonly picture: number;
  readonly spatialId: number;
  readonly temporalId: number;
  readonly key: boolean;
  /** The last one of its picture. */
  readonly last: boolean;
}

/** The frames of L1T3, L2T3_KEY or L3T3_KEY, picture by picture: T0 T2 T1 T2 from each key picture on. */
export class DescribedStream {
  readonly structure: DependencyStructure;
  readonly layers: number;
  #frameNumber: number;
  #picture = 0;
  #place = -1;

  constructor(layers: 2 | 3, firstFrameNumber: number, templateIdOffset = 0) {
    this.layers = layers;
    this.structure = structureOf(layers === 2 ? 'L2T3_KEY' : 'L3T3_KEY', templateIdOffset);
    this.#frameNumber = firstFrameNumber;
  }

  picture(key: boolean): DescribedFrame[] {
    this.#place = key || this.#place < 0 ? 0 : this.#place + 1;
    this.#picture += 1;
    const isKey = this.#place === 0;
    const row = isKey ? 0 : ([1, 3, 2, 4][this.#place % 4] ?? 1);
    return Array.from({ length: this.layers }, (_, spatialId) => {
      const frameNumber = this.#frameNumber & 0xffff;
      this.#frameNumber += 1;
      const template = spatialId * 5 + row;
      return {
        descriptor: this.#write(template, frameNumber, isKey && spatialId === 0),
        frameNumber,
        picture: this.#picture,
        spatialId,
        temporalId: this.structure.templates[template]?.temporalId ?? 0,
        key: isKey,
        last: spatialId === this.layers - 1,
      };
    });
  }

  #write(template: number, frameNumber: number, attach: boolean): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(250);
    const writer = new BitWriter(bytes);
    writer.bits(0b11, 2);
    writer.bits((template + this.structure.templateIdOffset) % 64, 6);
    writer.bits(frameNumber, 16);
    if (attach) {
      writer.bits(0b10000, 5);
      writeStructure(writer, this.structure);
    }
    return bytes.slice(0, writer.end);
  }
}
