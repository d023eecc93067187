import { readAddress, type OneTimeAddress } from '../gateway/address.policy.js';
import { ExchangeClient } from '../gateway/exchange.client.js';
import { LinkFlow } from './link-flow.js';
import { offeredAddress } from './offered-address.reader.js';
import { ADDRESS_FAULTS, type Action, type Screen } from './screen.policy.js';

const LABELS: Readonly<Record<Action, string>> = {
  ask: 'Try again',
  equal: 'They are equal',
  differs: 'They differ',
  cancel: 'Cancel the link',
  again: 'Enter another address'
};
const MAIN: readonly Action[] = ['ask', 'equal', 'again'];

const form = element<HTMLFormElement>('start');
const input = element<HTMLInputElement>('address');
const fault = element('fault');
const progress = element('progress');

form.addEventListener('submit', event => {
  event.preventDefault();
  const address = readAddress(input.value);
  if (typeof address === 'string') fault.textContent = ADDRESS_FAULTS[address];
  else void start(address);
});
void offeredAddress(Number(location.hash.slice(1))).then(address => {
  if (address !== null && input.value === '') input.value = address;
});

async function start({ url, pattern }: OneTimeAddress): Promise<void> {
  fault.textContent = '';
  const wanted = { origins: [pattern] };
  // In parallel, because Chrome accepts a permission request only while it handles the click.
  const [before, allowed] = await Promise.all([chrome.permissions.contains(wanted), chrome.permissions.request(wanted)]);
  if (!allowed) {
    fault.textContent = ADDRESS_FAULTS['not-allowed'];
    return;
  }
  const flow: LinkFlow = new LinkFlow(new ExchangeClient(url), (screen, session) => {
    show(screen, session, action => act(flow, action));
    // The extension keeps nothing, not even the permission.
    if (!before && ['done', 'failed'].includes(screen.state)) void chrome.permissions.remove(wanted);
  });
  input.value = '';
  form.hidden = true;
  progress.hidden = false;
  await flow.ask();
}

function act(flow: LinkFlow, action: Action): void {
  switch (action) {
    case 'ask':
      return void flow.ask();
    case 'equal':
    case 'differs':
      return void flow.confirm(action === 'equal');
    case 'cancel':
      return void flow.cancel();
    case 'again':
      flow.leave();
      progress.hidden = true;
      form.hidden = false;
      input.focus();
  }
}

function show({ state, title, text, code, actions }: Screen, session: string | undefined, act: (action: Action) => void): void {
  progress.dataset['state'] = state;
  element('title').textContent = title;
  element('text').textContent = text;
  element('code').textContent = code ?? '';
  if (session !== undefined) element('session').textContent = `Session ${session}`;
  const buttons = actions.map(action => {
    const button = document.createElement('button');
    button.textContent = LABELS[action];
    button.className = MAIN.includes(action) ? 'main' : '';
    button.addEventListener('click', () => act(action));
    return button;
  });
  element('actions').replaceChildren(...buttons);
}

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id} in the page`);
  return found as Kind;
}
