import type { ServerMessage } from '@conclave/protocol';
import { asChromium } from './chromium.ts';
import type { Page } from './page.ts';

/** What a server that means ill makes of each word to one page. */
export type Lie = (message: ServerMessage) => readonly ServerMessage[];

export interface Tampering {
  lie: Lie;
  /** All that was told, as the honest server said it. */
  readonly told: ServerMessage[];
  /** Says something of its own. */
  say(message: ServerMessage): void;
}

/** Puts itself between a page and its server, before the page opens its socket. Chromium only. */
export async function tamperWith(page: Page): Promise<Tampering> {
  const { playwright } = asChromium(page);
  let send: (text: string) => void = () => {};
  const tampering: Tampering = {
    lie: (message) => [message],
    told: [],
    say: (message) => send(JSON.stringify(message)),
  };
  await playwright.routeWebSocket(/\/api\//, (socket) => {
    const server = socket.connectToServer();
    send = (text) => socket.send(text);
    server.onMessage((data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      tampering.told.push(message);
      for (const one of tampering.lie(message)) send(JSON.stringify(one));
    });
  });
  return tampering;
}
