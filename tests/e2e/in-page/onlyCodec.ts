/** Runs in the page before its own scripts: the browser of a device that has no other codec of pictures. */
export function onlyCodec(name: string): void {
  const only = (capabilities: RTCRtpCapabilities | null): RTCRtpCapabilities | null => {
    if (capabilities === null) return null;
    const wanted = [`video/${name}`, 'video/rtx'].map((type) => type.toLowerCase());
    const codecs = capabilities.codecs.filter(
      ({ mimeType }) => !mimeType.startsWith('video/') || wanted.includes(mimeType.toLowerCase()),
    );
    return { ...capabilities, codecs };
  };
  const ofSender = RTCRtpSender.getCapabilities.bind(RTCRtpSender);
  RTCRtpSender.getCapabilities = (kind) => only(ofSender(kind));
  const ofReceiver = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
  RTCRtpReceiver.getCapabilities = (kind) => only(ofReceiver(kind));
}
