declare global {
  interface Window {
    /** Every RTCPeerConnection that the page made, oldest first. */
    __peers: RTCPeerConnection[];
    /** Every WebSocket that the page made, oldest first. */
    __sockets: WebSocket[];
    /** Every track that getUserMedia or getDisplayMedia gave. */
    __captured: MediaStreamTrack[];
    /** The last text that the page put on the clipboard; its permissions policy forbids to read it there. */
    __copied: string | null;
  }
}

/** Runs in the page before its own scripts: keeps what a spec wants to look into, and changes nothing else. */
export function record(): void {
  window.__peers = [];
  window.__sockets = [];
  window.__captured = [];
  window.__copied = null;
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.__peers.push(this);
    }
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      window.__sockets.push(this);
    }
  };
  const clipboard = navigator.clipboard;
  if (clipboard !== undefined) {
    const writeText = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (text) => {
      await writeText(text);
      window.__copied = text;
    };
  }
  const devices = navigator.mediaDevices;
  if (devices === undefined) return;
  const keep = (stream: MediaStream): MediaStream => {
    window.__captured.push(...stream.getTracks());
    return stream;
  };
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => keep(await getUserMedia(constraints));
  const getDisplayMedia = devices.getDisplayMedia?.bind(devices);
  if (getDisplayMedia === undefined) return;
  devices.getDisplayMedia = async (options) => keep(await getDisplayMedia(options));
}
