declare global {
  interface Window {
    /** Every RTCPeerConnection that the page made, oldest first. */
    __peers: RTCPeerConnection[];
    /** Every WebSocket that the page made, oldest first. */
    __sockets: WebSocket[];
    /** Every worker that the page made, oldest first. */
    __workers: Worker[];
    /** The last `joined` said that we are this participant. */
    __self: string | null;
    /** Who is in which receive line, as the last `slots` said. */
    __slots: readonly { readonly mid: string; readonly participantId: string | null }[];
    /** States that any RTCPeerConnection has been in since it first connected, other than `connected` and `closed`. */
    __broken: RTCPeerConnectionState[];
    /** Every track that getUserMedia or getDisplayMedia gave. */
    __captured: MediaStreamTrack[];
    /** The last text that the page put on the clipboard; its permissions policy forbids to read it there. */
    __copied: string | null;
    /** What the encryption has found wrong with received lines, in the order in which it said so; null: it is over. */
    __doubts: { readonly line: number; readonly doubt: string | null }[];
  }
}

/** Runs in the page before its own scripts: keeps what a spec wants to look into, and changes nothing else. */
export function record(): void {
  window.__peers = [];
  window.__sockets = [];
  window.__workers = [];
  window.__captured = [];
  window.__copied = null;
  window.__self = null;
  window.__slots = [];
  window.__broken = [];
  window.__doubts = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.__peers.push(this);
      let connected = false;
      this.addEventListener('connectionstatechange', () => {
        const state = this.connectionState;
        if (state === 'connected') connected = true;
        else if (connected && state !== 'closed') window.__broken.push(state);
      });
    }
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      window.__sockets.push(this);
      this.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data));
        if (message.type === 'joined') window.__self = message.self;
        if (message.type === 'slots') window.__slots = message.slots;
      });
    }
  };
  window.Worker = class extends window.Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      window.__workers.push(this);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'doubt') window.__doubts.push({ line: data.line, doubt: data.doubt });
      });
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
