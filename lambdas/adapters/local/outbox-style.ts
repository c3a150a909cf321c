/** How the outbox page looks, in light and dark, on a telephone and on paper-white screens alike. */
export const outboxStyle = `
:root {
  --ink: #16242b; --soft: #51646e; --paper: #f4f7f8; --card: #fff; --line: #d3dde1; --water: #0b6477; --code: #e3f1f4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eef1; --soft: #a3b5bd; --paper: #10191d; --card: #18242a; --line: #2d3d45; --water: #6cc6d8; --code: #12343c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
p { margin: .4rem 0 1rem; color: var(--soft); }
a { color: var(--water); }
:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; border-radius: 3px; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-bottom: 1rem; }
label { display: grid; gap: .15rem; flex: 1 1 14rem; color: var(--soft); font-size: .875rem; }
input, button { font: inherit; padding: .45rem .65rem; border: 1px solid var(--soft); border-radius: .4rem; color: var(--ink); background: var(--card); }
button { border-color: var(--water); background: var(--water); color: var(--card); cursor: pointer; }
form > a { padding: .5rem 0; }
.messages { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
.messages li {
  display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .75rem 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
}
.messages li > * { grid-column: 1; min-width: 0; overflow-wrap: anywhere; }
.messages .to { font-weight: 600; }
.messages .facts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: .875rem; color: var(--soft); }
@media (min-width: 36rem) { .messages .code { grid-column: 2; grid-row: 1 / span 3; align-self: center; } }
.code, dd { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.messages .subject { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
code { padding: .1rem .6rem; border-radius: .4rem; background: var(--code); font: 600 1.35rem/1.5 ui-monospace, monospace; letter-spacing: .06em; overflow-wrap: anywhere; user-select: all; }
code + button { padding: .15rem .6rem; font-size: .875rem; background: transparent; color: var(--water); }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { padding: 2.5rem 1rem; text-align: center; border: 1px dashed var(--line); border-radius: .6rem; }
dl { display: grid; gap: .35rem; margin: 1rem 0; }
dl div { display: grid; grid-template-columns: 6rem 1fr; gap: 1rem; align-items: baseline; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 22rem; resize: vertical; border: 1px solid var(--line); border-radius: .6rem; background: #fff; color-scheme: light; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
`;
