/** How the outbox page looks: in light and dark, on a telephone and on a wide screen. */
export const outboxStyle = `
:root {
  --ink: #16242b; --soft: #51646e; --paper: #f3f6f7; --card: #fff; --line: #d3dde1;
  --edge: #7b8d96; --water: #0b6477; --on-water: #fff; --code: #e1f0f4; --fresh: #0b647726;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eef1; --soft: #a3b5bd; --paper: #10191d; --card: #18242a; --line: #2d3d45;
    --edge: #6d828c; --water: #6cc6d8; --on-water: #10191d; --code: #12343c; --fresh: #6cc6d833;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.25rem; }
header a { display: inline-flex; gap: .5rem; align-items: center; font-weight: 600; text-decoration: none; }
main { padding-top: 1.25rem; padding-bottom: 5rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 .4rem; font-size: 1.1rem; line-height: 1.3; }
p { margin: .35rem 0 1rem; color: var(--soft); }
a { color: var(--water); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; border-radius: .25rem; }

form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1.25rem 0; }
label { display: grid; gap: .2rem; flex: 1 1 14rem; color: var(--soft); font-size: .875rem; }
input, button { min-height: 2.5rem; padding: .25rem .75rem; border: 1px solid; border-radius: .5rem; font: inherit; }
input { width: 100%; min-width: 0; border-color: var(--edge); background: var(--card); color: var(--ink); font-size: 1rem; }
button { border-color: var(--water); background: var(--water); color: var(--on-water); font-weight: 600; cursor: pointer; }
form > a { padding: .5rem 0; }

.messages { display: grid; gap: .6rem; margin: 0; padding: 0; list-style: none; }
.messages li, dl, pre, iframe { border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.messages li { display: grid; grid-template-columns: 1fr auto; gap: .15rem 1.5rem; padding: .8rem 1rem; }
.messages li > * { grid-column: 1; min-width: 0; overflow-wrap: anywhere; }
.messages .to { font-weight: 600; }
.messages .subject, .messages .link { justify-self: start; }
.messages .subject span { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.messages .facts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: .875rem; color: var(--soft); }
@media (min-width: 40rem) { .messages .code { grid-column: 2; grid-row: 1 / span 3; align-self: center; } }
.new { animation: arrive 3s ease-out; }
@keyframes arrive { from { background: var(--fresh); border-color: var(--water); } }
@media (prefers-reduced-motion: reduce) { .new { animation: none; } }

.code, dd { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
code {
  padding: .1rem .6rem; border-radius: .4rem; background: var(--code); overflow-wrap: anywhere; user-select: all;
  font: 600 1.35rem/1.5 ui-monospace, monospace; letter-spacing: .06em;
}
code + button { min-height: 2.25rem; background: transparent; color: var(--water); font-size: .875rem; }
.empty { margin: 0; padding: 2.5rem 1rem; border: 1px dashed var(--edge); border-radius: .6rem; text-align: center; }

dl { display: grid; gap: .4rem; margin: 1rem 0; padding: .9rem 1rem; }
dl div { display: grid; grid-template-columns: 5.5rem 1fr; gap: 1rem; align-items: baseline; }
dt { color: var(--soft); }
dd { min-width: 0; margin: 0; overflow-wrap: anywhere; }
dd > * { min-width: 0; }
iframe { display: block; width: 100%; height: 18rem; resize: vertical; background: #fff; color-scheme: light; }
pre { margin: 0; padding: .9rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .95rem/1.5 ui-monospace, monospace; }

.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[role=status] {
  position: fixed; inset: auto 1rem 1rem; width: fit-content; max-width: calc(100% - 2rem); margin: 0 auto; padding: .6rem 1rem;
  border-radius: .6rem; background: var(--ink); color: var(--paper); overflow-wrap: anywhere; pointer-events: none;
}
[role=status]:empty { opacity: 0; }
`;
