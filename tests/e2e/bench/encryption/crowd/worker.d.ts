declare module '@conclave/client/worker?worker&url' {
  const url: string;
  export default url;
}
