import { DgramPort } from './DgramPort.ts';
import { LinuxPort } from './LinuxPort.ts';
import type { UdpPort, UdpPortOptions } from './UdpPort.ts';

/** A bound UDP socket as this system has it best. Rejects when the port cannot be had. */
export function openUdpPort(options: UdpPortOptions): Promise<UdpPort> {
  return process.platform === 'linux' ? LinuxPort.open(options) : DgramPort.open(options);
}
