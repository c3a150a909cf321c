/** The outbox page's script, which the page also works without: new messages appear, codes get a button to copy. */
import { hash } from 'node:crypto';

export const outboxScript = `
const status = document.querySelector('[role=status]');
let silence;

function say(text, stays) {
  clearTimeout(silence);
  status.textContent = text;
  if (!stays) silence = setTimeout(() => { status.textContent = ''; }, 5000);
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    say('Copied ' + code.textContent);
  } catch {
    getSelection().selectAllChildren(code);
    say('Selected ' + code.textContent + ', ready to be copied');
  }
}

function addButtons() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll('code:not(:has(+ button))')) {
    const button = document.createElement('button');
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy ' + code.textContent);
    button.addEventListener('click', () => copy(code));
    code.after(button);
  }
}

function showLocalTimes() {
  for (const time of document.querySelectorAll('time:not([title])')) {
    time.title = time.textContent;
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  }
}

function dress() {
  addButtons();
  showLocalTimes();
}

// Rows that stay are left alone, and with them the focus, and what is selected.
function showRows(rows) {
  const list = document.querySelector('.messages');
  const ids = new Set(rows.map((row) => row.id));
  for (const row of [...list.children]) if (!ids.has(row.id)) row.remove();
  let next = list.firstElementChild;
  for (const row of rows) {
    if (next && next.id === row.id) next = next.nextElementSibling;
    else {
      row.classList.add('new');
      list.insertBefore(row, next);
    }
  }
}

async function redraw() {
  const answer = await fetch(location.href);
  if (!answer.ok) throw new Error('The outbox did not answer');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.title = page.title;
  showRows([...page.querySelectorAll('.messages > li')]);
  document.querySelector('.note').replaceWith(page.querySelector('.note'));
  dress();
  return page.querySelector('.messages').dataset.newest;
}

async function follow(newest) {
  const answer = await fetch('/_local/outbox/wait?timeoutMs=50000&after=' + newest);
  if (answer.status === 408) return newest;
  if (!answer.ok) throw new Error('The outbox did not answer');
  const message = await answer.json();
  newest = await redraw();
  say('New message to ' + message.to);
  return newest;
}

async function keepFollowing(newest) {
  for (let isLost = false; ; ) {
    try {
      if (isLost) {
        newest = await redraw();
        say('The service is back.');
      }
      isLost = false;
      newest = await follow(newest);
    } catch {
      isLost = true;
      say('The service does not answer. Trying again …', true);
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

dress();
const list = document.querySelector('.messages[data-newest]');
if (list) keepFollowing(list.dataset.newest);
`;

/** As a Content-Security-Policy names it: this script runs, and no other. */
export const scriptSource = (): string => `'sha256-${hash('sha256', outboxScript, 'base64')}'`;
