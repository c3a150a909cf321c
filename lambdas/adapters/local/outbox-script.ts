/** The outbox page's script, which the page also works without: new messages appear, codes get a button to copy. */
import { hash } from 'node:crypto';

export const outboxScript = `
const say = (text) => { document.querySelector('[role=status]').textContent = text; };

function addButtons() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll('code:not(:has(+ button))')) {
    const button = document.createElement('button');
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy ' + code.textContent);
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      say('Copied ' + code.textContent);
    });
    code.after(button);
  }
}

async function redraw() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  document.title = page.title;
  document.querySelector('#messages').replaceWith(page.querySelector('#messages'));
  addButtons();
}

async function follow(newest) {
  const answer = await fetch('/_local/outbox/wait?timeoutMs=50000&after=' + newest);
  if (answer.status === 408) return newest;
  if (!answer.ok) throw new Error('The outbox did not answer');
  const message = await answer.json();
  await redraw();
  say('New message to ' + message.to);
  return message.id;
}

async function keepFollowing(newest) {
  for (;;) {
    try {
      newest = await follow(newest);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

addButtons();
const list = document.querySelector('#messages[data-newest]');
if (list) keepFollowing(list.dataset.newest);
`;

/** As a Content-Security-Policy names it: this script runs, and no other. */
export const scriptSource = (): string => `'sha256-${hash('sha256', outboxScript, 'base64')}'`;
