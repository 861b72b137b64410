import type { Config } from '../config/config.ts';
import type { Settings } from '../config/schema.ts';

type MediaSettings = Settings['media'];

/** The first port of each kind; workers take one after the other from there. Null: none. */
export function mediaPorts({ udpPort, tcp, tcpPort }: MediaSettings): {
  readonly udpPort: number;
  readonly tcpPort: number | null;
} {
  return { udpPort, tcpPort: tcp ? (tcpPort ?? udpPort) : null };
}

/** What a firewall has to let in, for people: "UDP 40000 to 40003, TCP 40000 to 40003". */
export function describeMediaPorts({ media }: Pick<Config, 'media'>): string {
  const { udpPort, tcpPort } = mediaPorts(media);
  const range = (first: number) =>
    media.workers === 1 ? `${first}` : `${first} to ${first + media.workers - 1}`;
  return [`UDP ${range(udpPort)}`, ...(tcpPort === null ? [] : [`TCP ${range(tcpPort)}`])].join(', ');
}
