/**
 * Closes the page's sockets, and each new one as soon as it is made, until `window.__online()` is called. Media goes on.
 * Runs in the page.
 */
export function keepOffline(): void {
  const Online = window.WebSocket;
  window.__online = () => {
    window.WebSocket = Online;
  };
  window.WebSocket = class extends Online {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.close();
    }
  };
  for (const socket of window.__sockets) socket.close();
}

declare global {
  interface Window {
    __online: () => void;
  }
}
