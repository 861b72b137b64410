/**
 * Runs in a page, before it plays anything by Web Audio. From then on `window.__played(hz)` says how loud that tone is, of 1.0,
 * in what goes to the loudspeaker now.
 */
export function watchPlayed(): void {
  const analysers: AnalyserNode[] = [];
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context, { fftSize: 8192, smoothingTimeConstant: 0 });
      connect.call(this, analyser);
      analysers.push(analyser);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
  const played = (hz: number) => {
    const levels = analysers.map((analyser) => {
      const decibels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(decibels);
      const bin = Math.round((hz * analyser.fftSize) / analyser.context.sampleRate);
      return 10 ** (Math.max(...decibels.subarray(bin - 2, bin + 3)) / 20);
    });
    return Math.max(0, ...levels);
  };
  Object.assign(window, { __played: played });
}

/** Runs in the same page later. */
export function playedTone(hz: number): number {
  return (window as unknown as { __played(hz: number): number }).__played(hz);
}
