// Loaded into every thread of the worker of `npm run bench:memory` before anything else: workflows live in a thread of
// their own, whose garbage nobody else can collect. Node loads only a CommonJS module into threads, by --require.
const channel = new BroadcastChannel('collect-garbage');
channel.onmessage = () => globalThis.gc();
channel.unref();
