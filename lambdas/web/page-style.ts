/** How pages look: in light and dark, on a telephone and on a wide screen. */
export const pageStyle = `
:root { --ink: #16242b; --soft: #51646e; --paper: #f3f6f7; --card: #fff; --line: #d3dde1; --water: #0b6477; --on-water: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eef1; --soft: #a3b5bd; --paper: #10191d; --card: #18242a; --line: #2d3d45; --water: #6cc6d8; --on-water: #10191d; }
}
* { box-sizing: border-box; }
body { display: grid; min-height: 100vh; margin: 0; padding: 1rem; place-items: center; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 28rem; padding: 2rem 1.75rem; border: 1px solid var(--line); border-radius: .9rem; background: var(--card); }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: .75rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
form { margin: 1.5rem 0 0; }
button { width: 100%; min-height: 3rem; padding: .5rem 1rem; border: 0; border-radius: .6rem; background: var(--water); color: var(--on-water); font: 600 1.05rem/1.3 system-ui, sans-serif; cursor: pointer; }
a { color: var(--water); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--water); outline-offset: 3px; border-radius: .6rem; }
`;
