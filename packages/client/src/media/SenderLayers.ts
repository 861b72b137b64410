import type { Wanted } from '@conclave/protocol';

/**
 * Which simulcast layers are sent. `setParameters` is a transaction that may be slow, so only the newest wish
 * is kept: an older one can never pause a layer that is wanted again.
 */
export class SenderLayers {
  readonly #camera: RTCRtpSender;
  readonly #screen: RTCRtpSender;
  #wanted: Wanted = { camera: [], screen: false };
  #negotiated = false;
  #busy = false;
  #dirty = false;

  constructor(camera: RTCRtpSender, screen: RTCRtpSender) {
    this.#camera = camera;
    this.#screen = screen;
  }

  set(wanted: Wanted): void {
    this.#wanted = wanted;
    void this.#apply();
  }

  /** From now on the browser takes parameters. */
  negotiated(): void {
    this.#negotiated = true;
    void this.#apply();
  }

  async #apply(): Promise<void> {
    this.#dirty = true;
    if (this.#busy || !this.#negotiated) return;
    this.#busy = true;
    while (this.#dirty) {
      this.#dirty = false;
      const { camera, screen } = this.#wanted;
      await setActive(this.#camera, (rid) => camera.some((layer) => layer === rid));
      await setActive(this.#screen, () => screen);
    }
    this.#busy = false;
  }
}

async function setActive(
  sender: RTCRtpSender,
  isActive: (rid: string | undefined) => boolean,
): Promise<void> {
  const parameters = sender.getParameters();
  let changed = false;
  for (const encoding of parameters.encodings) {
    const active = isActive(encoding.rid);
    changed ||= encoding.active !== active;
    encoding.active = active;
  }
  if (!changed) return;
  // Rejected only when the transport is gone meanwhile; the next one starts from the newest wish.
  await sender.setParameters(parameters).catch(() => {});
}
