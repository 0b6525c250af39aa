import { acquireHost } from '../controls/host';
import { registerControls } from '../controls/toolkit';
import { readGraphHostMessage, versioned, type GraphPageMessage } from '../protocol';
import { GraphPage } from './page';

registerControls();
const host = acquireHost();
const post = (message: GraphPageMessage): void => host.post(versioned(message));
const page = new GraphPage({ root: document.body, post, kept: host.state(), keep: host.keep });
const faults = new Set<string>();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const reading = readGraphHostMessage(data);
  if ('message' in reading) {
    page.receive(reading.message);
    return;
  }
  // Each kind of fault once: what floods the page must not flood the log.
  if (!faults.has(reading.fault)) post({ type: 'fault', text: reading.fault });
  faults.add(reading.fault);
});
page.start();
