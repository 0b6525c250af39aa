import { acquireHost } from '../controls/host';
import { registerControls } from '../controls/toolkit';
import { readSecretHostMessage, type SecretPageMessage, versioned } from '../secret-protocol';
import { SecretPage } from './page';

registerControls();
// The page keeps no state: what is typed or shown here is gone with it.
const { post: send } = acquireHost();
const post = (message: SecretPageMessage): void => send(versioned(message));
const page = new SecretPage(document.body, post);
const faults = new Set<string>();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const reading = readSecretHostMessage(data);
  if ('message' in reading) {
    page.receive(reading.message);
    return;
  }
  // Each kind of fault once: what floods the page must not flood the log.
  if (!faults.has(reading.fault)) post({ type: 'fault', text: reading.fault });
  faults.add(reading.fault);
});
// Whoever turns to something else leaves no value on the screen.
window.addEventListener('blur', () => page.leave());
document.addEventListener('visibilitychange', () => document.hidden && page.leave());
post({ type: 'ready' });
